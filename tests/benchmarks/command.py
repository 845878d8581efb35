"""How quickly the command answers: one question from a fresh shell, and ten thousand through a pipe.

    python -m tests.benchmarks.command [--corpus PATH] [--runs N] [QUESTION]

The first beside `python -c "import numpy"`, in turn, as a ratio; the index is built before, and bytecode is kept, as it
is where dnqa is installed. The second with different questions, made of known ones of the corpus that comes with dnqa,
on all processors; beside `python -c "import sklearn"`, as the number of questions that are answered in that time.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

import dnqa

N_PIPED = 10_000
_DNQA = [sys.executable, "-c", "import sys; from dnqa.cli import main; sys.exit(main())"]
_BEGINNINGS = ["", "so ", "please tell me ", "hi, ", "a patient asks: ", "can you say ", "quick question, ", "um "]


def time_run(command: Sequence[str], stdin: bytes = b"") -> float:
    """Seconds of a process from start to end."""
    started = time.perf_counter()
    subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - started


def make_questions(n: int) -> list[str]:
    """Different questions: known ones with another beginning, a word left out, one in ten misspelt."""
    rng = random.Random(5)
    known = [question.question for question in dnqa.load().knowledge.questions]
    questions: dict[str, None] = {}
    while len(questions) < n:
        words = rng.choice(known).split()
        if len(words) > 5 and rng.random() < 0.5:
            del words[rng.randrange(len(words))]
        place = rng.randrange(len(words))
        if len(words[place]) > 5 and rng.random() < 0.1:
            cut = rng.randrange(1, len(words[place]) - 1)
            words[place] = words[place][:cut] + words[place][cut + 1 :]
        questions[rng.choice(_BEGINNINGS) + " ".join(words)] = None
    return list(questions)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus")
    parser.add_argument("--runs", type=int, default=21)
    parser.add_argument("question", nargs="?", default="what does dry needling do about inflammation?")
    options = parser.parse_args(arguments)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    corpus = ["--corpus", options.corpus] if options.corpus else []
    subprocess.run([*_DNQA, "index", *corpus], check=True)
    pairs = [
        (time_run([*_DNQA, "ask", *corpus, options.question]), time_run([sys.executable, "-c", "import numpy"]))
        for _ in range(options.runs)
    ]
    ours, numpys = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(our / numpy for our, numpy in pairs)
    print(f"a question from a fresh shell: {1000 * ours:.0f} ms, importing numpy: {1000 * numpys:.0f} ms")
    print(f"ratio {ratio:.2f}")
    if not corpus:
        questions = "\n".join(make_questions(N_PIPED)).encode()
        pairs = [
            (time_run([*_DNQA, "ask", "--json"], questions), time_run([sys.executable, "-c", "import sklearn"]))
            for _ in range(5)
        ]
        rates = sorted(N_PIPED / our for our, _ in pairs)
        print(
            f"{N_PIPED:,} questions through a pipe: {statistics.median(rates):,.0f} a second, at best {rates[-1]:,.0f}"
        )
        ratio = statistics.median(sklearn / our for our, sklearn in pairs)
        print(f"while scikit-learn is imported: {N_PIPED * ratio:,.0f}")


if __name__ == "__main__":
    main()
