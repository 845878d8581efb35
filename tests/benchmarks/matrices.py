"""What counting costs beside scikit-learn: the matrices of words and of pairs, and a bare TfidfVectorizer.

    python -m tests.benchmarks.matrices [--passages N] [--runs N]

Both are given the same made-up passages and take the same tokens of them, each in a process of its own. Prints seconds
and the most memory of each, and ratios. dnqa counts two matrices, of words and of pairs of words, and writes them to
disk; scikit-learn counts and weighs one, of words.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from dnqa.text.analysis import terms
from tests.benchmarks.engines import peak_memory


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        take_step(options.step[0], Path(options.step[1]))
        return
    from tests.benchmarks.generated import make_passages

    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.write_text("\n".join(make_passages(options.passages)), encoding="utf-8")
        ratios = []
        for _ in range(options.runs):
            ours, bare = (_run(step, texts) for step in ("dnqa", "scikit-learn"))
            ratios.append((ours[0] / bare[0], ours[1] / bare[1]))
            print(
                f"dnqa {ours[0]:.1f} s, {ours[1]:.0f} MB; TfidfVectorizer {bare[0]:.1f} s, {bare[1]:.0f} MB", flush=True
            )
    times, memories = zip(*ratios, strict=True)
    print(f"ratio of seconds {statistics.median(times):.2f}, of memory {statistics.median(memories):.2f}")


def _run(step: str, texts: Path) -> tuple[float, float]:
    """Seconds and the most memory, in MB."""
    command = [sys.executable, "-m", "tests.benchmarks.matrices", "--step", step, str(texts)]
    seconds, peak = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return seconds, peak


def take_step(step: str, path: Path) -> None:
    """Count, in a process of its own."""
    texts = path.read_text(encoding="utf-8").split("\n")
    started = time.perf_counter()
    if step == "dnqa":
        _count_with_dnqa(texts)
    else:
        from sklearn.feature_extraction.text import TfidfVectorizer

        TfidfVectorizer(analyzer=terms).fit_transform(texts)
    print(json.dumps([time.perf_counter() - started, peak_memory()]))


def _count_with_dnqa(texts: Sequence[str]) -> None:
    from dnqa.index.counting import Counts, round_length
    from dnqa.index.store import StoreWriter
    from dnqa.index.weighing import write_words
    from dnqa.records import Document, Passage
    from dnqa.sources.corpus import Source
    from dnqa.sources.sidecar import Sidecar

    passages = tuple(Passage("", text, (), "", (), row, row, row + 1) for row, text in enumerate(texts))
    counts = Counts()
    counts.add(Source("", Path(), "", "", Sidecar(), Document(passages)), None)
    with tempfile.TemporaryFile() as file:
        writer = StoreWriter(file)
        write_words(writer, counts, round_length(counts.n_terms, counts.n_passages))
        writer.finish({})


if __name__ == "__main__":
    main()
