"""dnqa beside other search engines in one run: quality, and what building and asking cost.

    python -m tests.benchmarks.engines [FOLDER ...] [--generated N ...] [--plot FILE.svg]

FOLDER: a collection in BEIR layout; N: so many made-up passages. Each engine builds in a process of its own and answers
in another. Columns: nDCG@10; seconds to build; size of the index, with what is needed to show a text, in MB; memory
while building and while answering, at most, in MB; a cold question, which is a whole process, beside a process that
imports numpy; milliseconds of a question once the engine is warm, for half of the questions and for 95 of 100; and
questions a second. Engines that are not installed are left out and named. --plot draws the costs against the sizes.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.peers import ENGINES

DEPTH = 10
N_QUESTIONS = 200
N_COLD = 7
N_ROUNDS = 3  # through all questions, the first to warm up
_COLUMNS = ("nDCG@10", "build s", "disk MB", "build MB", "ask MB", "cold x", "p50 ms", "p95 ms", "a second")


class Dataset(NamedTuple):
    """Texts and questions; with grades by question and text where they are known, by their numbers."""

    name: str
    texts: Sequence[str]
    questions: Sequence[str]
    grades: Mapping[int, Mapping[int, int]]


def read_dataset(folder: Path) -> Dataset:
    """A collection in BEIR layout."""
    from tests.benchmarks.collections import read_collection

    collection = read_collection(folder)
    number = {name: n for n, name in enumerate(collection.documents)}
    grades = {
        n: {number[name]: grade for name, grade in collection.grades[question].items() if name in number}
        for n, question in enumerate(collection.questions)
    }
    return Dataset(
        folder.name,
        list(collection.documents.values()),
        [" ".join(q.split()) for q in collection.questions.values()],
        grades,
    )


def generate_dataset(n: int) -> Dataset:
    """Made-up passages, with questions."""
    from tests.benchmarks.generated import make_passages, make_questions

    texts = list(make_passages(n))
    return Dataset(f"{n:,} generated", texts, make_questions(texts, N_QUESTIONS), {})


def measure(name: str, dataset: Dataset, folder: Path) -> dict[str, float]:
    """All figures of an engine; raises ImportError if it is not installed."""
    texts, questions = folder / "texts", folder / "questions"
    texts.write_text("\n".join(" ".join(text.split()) for text in dataset.texts), encoding="utf-8")
    sample = list(dataset.questions)
    if len(sample) > N_QUESTIONS and not dataset.grades:
        sample = random.Random(0).sample(sample, N_QUESTIONS)
    questions.write_text("\n".join(sample), encoding="utf-8")
    index = folder / "index"
    index.mkdir()
    built = _run("build", name, texts, index)
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    ratios = []
    for question in random.Random(1).sample(sample, min(N_COLD, len(sample))):
        started = time.perf_counter()
        _run("cold", name, question, index)
        cold = time.perf_counter() - started
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import numpy"], check=True)
        ratios.append(cold / (time.perf_counter() - started))
    warm = _run("warm", name, questions, index)
    return {
        "nDCG@10": _ndcg(dataset, warm["found"]),
        "build s": built["seconds"],
        "disk MB": size / 1e6,
        "build MB": built["peak"],
        "ask MB": warm["peak"],
        "cold x": statistics.median(ratios),
        "p50 ms": warm["p50"],
        "p95 ms": warm["p95"],
        "a second": warm["per_second"],
    }


def _ndcg(dataset: Dataset, found: Sequence[Sequence[Sequence[float]]]) -> float:
    if not dataset.grades:
        return float("nan")
    import ir_measures

    grades = {str(q): {str(text): grade for text, grade in of.items()} for q, of in dataset.grades.items()}
    run = {str(q): {str(int(text)): score for text, score in hits} for q, hits in enumerate(found)}
    total: float = sum(value.value for value in ir_measures.iter_calc([ir_measures.nDCG @ DEPTH], grades, run))
    return total / len(grades)


def _run(step: str, *arguments: object) -> dict[str, Any]:
    """A step in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.engines", "--step", step, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "ModuleNotFoundError" in done.stderr:
        raise ImportError(done.stderr.strip().rsplit("\n", 1)[-1])
    if done.returncode:
        raise RuntimeError(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.rsplit("\n", 2)[-2])
    return result


def take_step(step: str, name: str, what: str, folder: Path) -> None:
    """What a process of its own does; prints what came of it as JSON."""
    os.environ["DNQA_ENCODER"] = "off"  # words are compared with words
    engine = ENGINES[name](folder)
    if step == "build":
        texts = Path(what).read_text(encoding="utf-8").split("\n")
        started = time.perf_counter()
        engine.build(texts)
        print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak_memory()}))
        return
    engine.open()
    if step == "cold":
        print(json.dumps({"n": len(engine.search(what, DEPTH))}))
        return
    questions = Path(what).read_text(encoding="utf-8").split("\n")
    found, times = [], []
    for number in range(N_ROUNDS):
        for question in questions:
            started = time.perf_counter()
            hits = engine.search(question, DEPTH)
            if number:
                times.append(1000 * (time.perf_counter() - started))
            else:
                found.append(hits)
    times.sort()
    result = {
        "p50": times[len(times) // 2],
        "p95": times[int(0.95 * len(times))],
        "per_second": 1000 * len(times) / sum(times),
        "peak": peak_memory(),
        "found": found,
    }
    print(json.dumps(result))


def peak_memory() -> float:
    """The most memory that this process has had, mapped pages included, in MB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text(encoding="utf-8").split("\n") if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1e3


def draw(rows: Mapping[str, Mapping[int, Mapping[str, float]]], path: Path) -> None:
    """Costs against sizes, a line for each engine."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "dnqa", "svg.fonttype": "none"})
    from matplotlib import pyplot as plt

    columns = ("build s", "disk MB", "ask MB", "cold x", "p50 ms", "p95 ms")
    figure, axes = plt.subplots(2, 3, figsize=(11, 6), layout="constrained")
    for column, axis in zip(columns, axes.flat, strict=True):
        for name, by_size in rows.items():
            sizes = sorted(by_size)
            bold = {"linewidth": 2.5, "color": "black"} if name == "dnqa" else {"linewidth": 1.2}
            axis.plot(sizes, [by_size[size][column] for size in sizes], marker="o", label=name, **bold)
        axis.set(xscale="log", yscale="log", title=column.replace(" x", ", times importing numpy"), xlabel="passages")
    axes.flat[0].legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--generated", nargs="+", type=int, default=[], metavar="N")
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--plot", type=Path, metavar="FILE")
    parser.add_argument("--step", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.step:
        step, name, what, folder = options.step
        take_step(step, name, what, Path(folder))
        return
    rows: dict[str, dict[int, dict[str, float]]] = {}
    for given in (*options.folders, *options.generated):
        dataset = generate_dataset(given) if isinstance(given, int) else read_dataset(given)
        print(f"\n{dataset.name}: {len(dataset.texts):,} texts, {len(dataset.questions):,} questions")
        print(" " * 13, *(column.rjust(9) for column in _COLUMNS))
        for name in options.engines:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    figures = measure(name, dataset, Path(folder))
                except ImportError as error:
                    print(f"{name}: left out: {error}")
                    continue
            print(name.ljust(13), *(f"{figures[column]:9.3f}" for column in _COLUMNS), flush=True)
            if isinstance(given, int):
                rows.setdefault(name, {})[given] = figures
    if options.plot:
        draw(rows, options.plot)


if __name__ == "__main__":
    main()
