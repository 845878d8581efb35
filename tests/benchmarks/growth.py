"""How building and asking grow with passages and workers, and what that says of more than fit here.

    python -m tests.benchmarks.growth [--sizes N ...] [--workers N ...] [--plot FILE.svg]

Documents of a hundred made-up passages are built into one index by a local cluster of so many worker processes, and
asked through it. Columns: seconds to build; the most memory that a worker had meanwhile, in MB; size of the index in
MB; shards; milliseconds of a question, for half of them and for 95 of 100, asked one after the other; questions a
second, when workers share many; and the memory of all workers that hold the shards, in MB. Behind the table stands the
model that is fitted to it, and what it gives for a thousand million passages.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dnqa.index.sharding import LARGE
from dnqa.index.workers import count_processors

N_QUESTIONS = 100
PASSAGES_IN_DOCUMENT, PASSAGES_UNDER_HEADING = 100, 5
_COLUMNS = (
    "passages",
    "workers",
    "build s",
    "worker MB",
    "index MB",
    "shards",
    "p50 ms",
    "p95 ms",
    "a second",
    "hold MB",
)
_FAR = 1_000_000_000
_BYTES = 160
"""Of a passage in its source, about."""


class Measured(NamedTuple):
    """A row of the table, in the order of its columns."""

    n_passages: int
    n_workers: int
    build_s: float
    worker_mb: float
    index_mb: float
    n_shards: int
    p50_ms: float
    p95_ms: float
    per_second: float
    hold_mb: float


def write_documents(folder: Path, n_passages: int) -> list[str]:
    """Write so many passages in documents, and return questions whose words some of them have."""
    from tests.benchmarks.generated import make_passages, make_questions

    sample: list[str] = []
    for number, passages in enumerate(_cut(make_passages(n_passages), PASSAGES_IN_DOCUMENT)):
        lines = [f"# Sheet {number}", ""]
        for start in range(0, len(passages), PASSAGES_UNDER_HEADING):
            under = passages[start : start + PASSAGES_UNDER_HEADING]
            quoted = (f"{text.capitalize()} [{place % 40 + 1}]." for place, text in enumerate(under, start))
            lines += [f"## {' '.join(under[0].split()[:3])}", "", " ".join(quoted), ""]
        (folder / f"sheet{number:07}.md").write_text("\n".join(lines), encoding="utf-8")
        sample += passages[:1] if len(sample) < 10 * N_QUESTIONS else []
    return make_questions(sample, N_QUESTIONS)


def _cut(passages: Iterator[str], n: int) -> Iterator[list[str]]:
    some: list[str] = []
    for passage in passages:
        some.append(passage)
        if len(some) == n:
            yield some
            some = []
    if some:
        yield some


def read_memory(name: str) -> float:
    """A figure of this process's memory, in MB: VmHWM, the most so far, or VmRSS."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").split("\n")
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1e3


def measure(folder: Path, questions: Sequence[str], n_passages: int, n_workers: int) -> Measured:
    """Build and ask with so many worker processes, each of one thread."""
    from distributed import LocalCluster

    import dnqa
    from dnqa.cluster import Cluster
    from dnqa.index.saving import Way, build_ahead

    with tempfile.TemporaryDirectory() as cache:
        os.environ["DNQA_CACHE"] = cache
        with LocalCluster(n_workers=n_workers, threads_per_worker=1, dashboard_address=None, memory_limit=0) as local:  # type: ignore[no-untyped-call]
            cluster = Cluster(local.scheduler_address)
            way = Way(cluster.run, cluster.open_shards, cluster.ask_all)
            started = time.perf_counter()
            index, _ = build_ahead(folder, way)
            build_s = time.perf_counter() - started
            worker_mb = max(_ask_workers(cluster, "VmHWM"))
            library = dnqa.load(folder, way=way)
            times = []
            for place, question in enumerate((*questions, *questions)):
                started = time.perf_counter()
                library.ask(question)
                if place >= len(questions):
                    times.append(1000 * (time.perf_counter() - started))
            many = random.Random(1).choices(questions, k=8 * N_QUESTIONS)
            list(library.ask_all(many[: 4 * N_QUESTIONS]))
            started = time.perf_counter()
            list(library.ask_all(many))
            per_second = len(many) / (time.perf_counter() - started)
            hold_mb = sum(_ask_workers(cluster, "VmRSS"))
            n_shards = len(index.store.header.get("shards", [0]))
            size = index.n_bytes / 1e6
            cluster.close()
    times.sort()
    p50, p95 = times[len(times) // 2], times[int(0.95 * len(times))]
    return Measured(n_passages, n_workers, build_s, worker_mb, size, n_shards, p50, p95, per_second, hold_mb)


def _ask_workers(cluster: Any, name: str) -> list[float]:
    return list(cluster._client.run(read_memory, name).values())


def fit(rows: Sequence[Measured], value: str, *features: Any) -> list[float]:
    """The weights of some features of a row that explain a column best, none below 0."""
    from scipy.optimize import nnls

    measured = np.array([getattr(row, value) for row in rows])
    table = np.array([[feature(row) for feature in features] for row in rows])
    weights, _ = nnls(table / measured[:, None], np.ones(len(rows)))  # relative errors: small corpora count as much
    return [float(weight) for weight in weights]


def count_busy(row: Measured) -> int:
    """How many workers can be at work at a time: not more than there are processors."""
    return min(row.n_workers, count_processors())


def describe_model(rows: Sequence[Measured]) -> Iterator[str]:
    """What grows with what, and what that gives far beyond what was measured."""
    start, each, serial = fit(
        rows, "build_s", lambda _: 1.0, lambda row: row.n_passages / count_busy(row), lambda row: row.n_passages
    )
    yield f"build s = {start:.1f} + {1e6 * each:.1f} µs · passages / workers + {1e6 * serial:.2f} µs · passages"
    base, shard, passage = fit(
        rows,
        "p50_ms",
        lambda _: 1.0,
        lambda row: row.n_shards / count_busy(row),
        lambda row: row.n_passages / count_busy(row),
    )
    yield f"ask ms = {base:.1f} + {shard:.2f} · shards / workers + {1e6 * passage:.2f} · million passages / workers"
    size = sum(row.index_mb for row in rows) / sum(row.n_passages for row in rows)
    yield f"index = {1e3 * size:.2f} kB a passage"
    for n_workers in (100, 1000):
        n_shards = 1 << (_FAR * _BYTES // LARGE - 1).bit_length()
        hours = (start + each * _FAR / n_workers + serial * _FAR) / 3600
        asked = base + shard * n_shards / n_workers + passage * _FAR / n_workers
        yield (
            f"{_FAR:,} passages in {n_shards:,} shards, {n_workers:,} workers: build {hours:.1f} h, of which "
            f"{serial * _FAR / 3600:.1f} h one after the other; ask {asked:.0f} ms; "
            f"{size * _FAR / 1e3 / n_workers:.1f} GB of index for each worker"
        )


def draw(rows: Sequence[Measured], path: Path) -> None:
    """Build time, ask time and memory against passages, a line for each number of workers."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "dnqa", "svg.fonttype": "none"})
    from matplotlib import pyplot as plt

    columns = {"build_s": "build, seconds", "p50_ms": "a question, milliseconds", "worker_mb": "a worker, MB at most"}
    figure, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    for (name, title), axis in zip(columns.items(), axes, strict=True):
        for n_workers in sorted({row.n_workers for row in rows}):
            own = [row for row in rows if row.n_workers == n_workers]
            label = f"{n_workers} worker{'s' * (n_workers > 1)}"
            axis.plot([row.n_passages for row in own], [getattr(row, name) for row in own], marker="o", label=label)
        axis.set(xscale="log", yscale="log", title=title, xlabel="passages")
    axes[0].legend(fontsize=8)
    figure.savefig(path, metadata={"Date": None})


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table and the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 1_000_000], metavar="N")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2, 4], metavar="N")
    parser.add_argument("--plot", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    os.environ["DNQA_ENCODER"] = "off"
    print("  ".join(f"{name:>9}" for name in _COLUMNS))
    rows = []
    for n_passages in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            questions = write_documents(Path(folder), n_passages)
            for n_workers in options.workers:
                rows.append(measure(Path(folder), questions, n_passages, n_workers))
                print("  ".join(f"{value:9,.1f}" if value % 1 else f"{value:9,.0f}" for value in rows[-1]), flush=True)
    print("\n".join(describe_model(rows)))
    if options.plot:
        draw(rows, options.plot)


if __name__ == "__main__":
    main()
