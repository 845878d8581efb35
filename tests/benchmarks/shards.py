"""Whether an index in shards gives what one index gives, to the last bit, on real and made-up texts.

    python -m tests.benchmarks.shards [FOLDER ...] [--generated N ...] [--shards N ...] [--questions N]

FOLDER: a collection in BEIR layout; N: so many made-up passages. All texts are built into one index, then into so many
shards, and asked: every answer must be the same as JSON, with its passages, ids, scores, order and refusals. Columns:
seconds to build, milliseconds of a question, and how many answers differ.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from dnqa.asking.answering import Answerer
from dnqa.index import Index
from dnqa.index.saving import Way, build, build_ahead
from dnqa.index.workers import run_on_all
from dnqa.rendering import answer_record, to_json
from tests.benchmarks.growth import write_documents

_TEXTS_IN_DOCUMENT = 20


def write_collection(folder: Path, into: Path) -> list[str]:
    """Write the texts of a collection as documents, and return its questions."""
    from tests.benchmarks.collections import read_collection

    collection = read_collection(folder)
    texts = [" ".join(text.split()) for text in collection.documents.values()]
    for number, start in enumerate(range(0, len(texts), _TEXTS_IN_DOCUMENT)):
        some = (f"{text} [{place % 9 + 1}]" for place, text in enumerate(texts[start : start + _TEXTS_IN_DOCUMENT]))
        (into / f"texts{number:05}.md").write_text("\n\n".join((f"# Part {number}", *some)), encoding="utf-8")
    return [" ".join(question.split()) for question in collection.questions.values()]


def list_questions(index: Index, asked: Sequence[str], n: int) -> Iterator[str]:
    """Questions: those that belong to the texts, pieces of passages, and the same misspelt."""
    rng = random.Random(2)
    yield from rng.sample(asked, min(n // 3, len(asked)))
    for _ in range(n // 3):
        words = index.passage(rng.randrange(index.n_passages)).text.split()
        start = rng.randrange(len(words))
        piece = " ".join(words[start : start + 6])
        yield piece
        yield piece[:3] + piece[4:]
    yield from ("[4]", "[7] and [9]")


def ask_all(index: Index, questions: Sequence[str]) -> tuple[list[str], float]:
    """All answers as JSON, and milliseconds of each on average."""
    answerer = Answerer(index)
    started = time.perf_counter()
    answers = [to_json(answer_record(answerer.ask(question, top=5))) for question in questions]
    return answers, 1000 * (time.perf_counter() - started) / len(questions)


def compare(name: str, corpus: Path, asked: Sequence[str], shards: Sequence[int], n_questions: int) -> None:
    """Print a line for one index, and for each number of shards."""
    started = time.perf_counter()
    whole = build(corpus, None)
    took = time.perf_counter() - started
    questions = list(list_questions(whole, asked, n_questions))
    expected, each_ms = ask_all(whole, questions)
    print(
        f"{name:>20} {whole.n_passages:9,} passages, one index: build {took:6.1f} s, ask {each_ms:6.2f} ms", flush=True
    )
    for n_shards in shards:
        with tempfile.TemporaryDirectory() as cache, patch.dict(os.environ, {"DNQA_CACHE": cache}):
            with (
                patch("dnqa.index.saving.is_large", lambda _: True),
                patch("dnqa.index.assembling.choose_n_shards", lambda _, n=n_shards: n),
            ):
                started = time.perf_counter()
                index, _ = build_ahead(corpus, Way(run_on_all))
                took = time.perf_counter() - started
            answers, each_ms = ask_all(index, questions)
        n_other = sum(one != other for one, other in zip(answers, expected, strict=True))
        differ = f"{n_other} of {len(questions)} answers differ"
        print(f"{'':>12} {n_shards:9} shards: build {took:6.1f} s, ask {each_ms:6.2f} ms, {differ}", flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--generated", nargs="+", type=int, default=[], metavar="N")
    parser.add_argument("--shards", nargs="+", type=int, default=[1, 2, 5, 16], metavar="N")
    parser.add_argument("--questions", type=int, default=600, metavar="N")
    options = parser.parse_args(arguments)
    os.environ["DNQA_ENCODER"] = "off"
    for what in (*options.folders, *options.generated):
        with tempfile.TemporaryDirectory() as made:
            corpus = Path(made)
            is_made_up = isinstance(what, int)
            asked = write_documents(corpus, what) if is_made_up else write_collection(what, corpus)
            name = "made up" if is_made_up else what.name
            compare(name, corpus, asked, options.shards, options.questions)


if __name__ == "__main__":
    main()
