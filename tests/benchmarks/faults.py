"""What must never happen: a wrong passage, or a traceback, whatever becomes of an index.

    python -m tests.benchmarks.faults [--kills N] [--flips N]

Builds the index of a corpus and kills that N times at random moments, while four processes ask; then cuts and changes
the files of the cache at random, N times, and asks. Every answer is compared with those of an index in memory. Prints
how often each came about, and ends with status 1 if anything was wrong.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import dnqa

QUESTIONS = ["what about serotonin", "does it help with swelling", "trigger points", "what is parking", "[4]"]
_DNQA = [sys.executable, "-m", "dnqa"]


def ask(folder: Path, cache: Path) -> subprocess.Popen[bytes]:
    """A process that asks all questions."""
    command = [*_DNQA, "ask", "--json", "--corpus", str(folder)]
    environment = {**os.environ, "DNQA_CACHE": str(cache)}
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin
    process.stdin.write("\n".join(QUESTIONS).encode())
    process.stdin.close()
    process.stdin = None
    return process


def take(process: subprocess.Popen[bytes], expected: list[list[str]], counts: Counter[str], what: str) -> None:
    """Count what became of a process that asks."""
    out, err = process.communicate()
    passages = [[found["text"] for found in json.loads(line)["passages"]] for line in out.decode().splitlines()]
    if b"Traceback" in err or process.returncode:
        counts[f"{what}: failed"] += 1
        print(err.decode())
    elif passages != expected:
        counts[f"{what}: wrong"] += 1
    else:
        counts[f"{what}: right{', damage named' if err else ''}"] += 1


def start_builder(folder: Path, cache: Path) -> subprocess.Popen[bytes]:
    """A process that builds the index."""
    command = [*_DNQA, "index", "--corpus", str(folder)]
    environment = {**os.environ, "DNQA_CACHE": str(cache)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def kill_builders(folder: Path, cache: Path, expected: list[list[str]], n: int, counts: Counter[str]) -> None:
    """Kill a process that builds at random moments, while four others ask."""
    rng = random.Random(1)
    source = folder / "dry-needling-physiology.md"
    for number in range(n):
        source.write_text(f"# Notes\n\nNotes of edition {number}.\n", encoding="utf-8")  # so that it is built anew
        builder = start_builder(folder, cache)
        askers = [ask(folder, cache) for _ in range(4)] if number % 10 == 0 else []
        try:
            builder.wait(timeout=rng.uniform(0.05, 4))
            counts["builder: done"] += 1
        except subprocess.TimeoutExpired:
            builder.kill()
            builder.wait()
            counts["builder: killed"] += 1
        for asker in askers or [ask(folder, cache)]:
            take(asker, expected, counts, "after a kill")


def damage_files(folder: Path, cache: Path, expected: list[list[str]], n: int, counts: Counter[str]) -> None:
    """Cut files of the cache, and change bits in them."""
    rng = random.Random(2)
    for number in range(n):
        files = [path for path in sorted(cache.rglob("*")) if path.is_file() and not path.name.startswith(".")]
        path = rng.choice(files)
        data = bytearray(path.read_bytes())
        if number % 3 == 0:
            del data[rng.randrange(len(data)) :]
        for _ in range(rng.choice([1, 10, 1000]) if number % 3 else 0):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        take(ask(folder, cache), expected, counts, f"after damage to {path.suffix}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the counts; the exit status is 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--flips", type=int, default=200)
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as aside:
        folder, cache = Path(aside) / "corpus", Path(aside) / "cache"
        folder.mkdir()
        for path in dnqa.load().path.iterdir():
            if path.suffix in (".txt", ".toml"):
                (folder / path.name).write_bytes(path.read_bytes())
        library = dnqa.load(folder, saved=False)
        expected = [[passage.text for passage in library.ask(question).passages] for question in QUESTIONS]
        started = time.perf_counter()
        kill_builders(folder, cache, expected, options.kills, counts)
        (folder / "dry-needling-physiology.md").unlink()
        damage_files(folder, cache, expected, options.flips, counts)
    for what, number in sorted(counts.items()):
        print(f"{number:5} {what}")
    print(f"{time.perf_counter() - started:.0f} s")
    return int(any(what.endswith(("failed", "wrong")) for what in counts))


if __name__ == "__main__":
    sys.exit(main())
