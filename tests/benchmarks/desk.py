"""How quickly the desk shows its first screen, and a key, beside a bare Textual app in the same run.

    python -m tests.benchmarks.desk [--passages N] [--runs N]

First screen: from starting the process on a terminal until its first text is written; the ratio is to an
app of nothing but two panes and an input. Key: from a key until its letter is written, on a corpus of N
passages, while typing a question, while the index is still being built, and while filtering in Browse.
POSIX only.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.pty_process import PtyProcess, dnqa_command

BARE = """
from textual.app import App
from textual.containers import Horizontal
from textual.widgets import Input, Static
class Bare(App):
    CSS = "Static { width: 1fr; height: 1fr; border: round white; } Input { dock: bottom; }"
    def compose(self):
        with Horizontal():
            yield Static("Conversation")
            yield Static("Source")
        yield Input()
Bare().run()
"""
_SETTLED = 0.04  # seconds without output, after which a screen is complete
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args(arguments)
    bare, desk = [], []
    for _ in range(options.runs):
        bare.append(time_first_screen([sys.executable, "-c", BARE], b"Conversation"))
        desk.append(time_first_screen(dnqa_command(), b"Conversation"))
    print(f"first screen, median of {options.runs}: bare {_ms(bare)} ms, desk {_ms(desk)} ms")
    print(f"ratio {statistics.median(desk) / statistics.median(bare):.2f}")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "long.txt"
        write_source(source, options.passages)
        for name, times in time_keys(source).items():
            ordered = sorted(times)
            p95 = ordered[int(0.95 * (len(ordered) - 1))]
            print(f"key while {name}: p50 {_ms(times)} ms, p95 {1000 * p95:.1f} ms, most {1000 * ordered[-1]:.1f} ms")


def _ms(times: Sequence[float]) -> str:
    return f"{1000 * statistics.median(times):.1f}"


def write_source(path: Path, n_passages: int) -> None:
    """Write a source of so many passages of made-up words, fifty to a heading."""
    rng = random.Random(1)
    words = ["".join(rng.choices(_LETTERS, k=rng.randint(3, 9))) for _ in range(5000)]
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_passages):
            if number % 50 == 0:
                file.write(f"\n# Section {number // 50 + 1}\n\n")
            file.write(f"- {' '.join(rng.choices(words, k=15)).capitalize()} [{number % 900 + 1}].\n")


def time_first_screen(command: Sequence[str], text: bytes) -> float:
    """Seconds from starting a program until it has written a text."""
    started = time.perf_counter()
    with PtyProcess(command) as program:
        return program.read_until(text) - started


def time_keys(source: Path) -> dict[str, list[float]]:
    """Seconds from a key to the screen, by what is being done."""
    times = {}
    with PtyProcess(dnqa_command("--corpus", str(source))) as desk:
        desk.read_until(b"Conversation")
        times["the index is built"] = [_time_key(desk, letter) for letter in "zqxjzqxjzqxjzqxjzqxj"]
        desk.send(b"\x1b")
        desk.read_until(b"For example", timeout=300)
        desk.read_quiet(0.5)
        times["asking"] = [_time_key(desk, letter) for letter in _LETTERS * 2]
        desk.send(b"\x1b")
        desk.read_quiet(0.5)
        desk.send(b"\x1bOR")
        desk.read_until(b"Browse")
        desk.read_quiet(0.5)
        times["filtering"] = []
        for letter in "the and for ing":
            times["filtering"].append(_time_key(desk, letter))
            desk.send(b"\x7f")
            desk.read_quiet(0.2)
    return times


def _time_key(desk: PtyProcess, letter: str) -> float:
    """Seconds from a key until the last of what it changes on the screen has been written."""
    desk.read_quiet(_SETTLED, limit=1)
    start = len(desk.output)
    desk.send(letter.encode())
    started = time.perf_counter()
    desk.read_any(start)
    return desk.read_quiet(_SETTLED, limit=1) - started


if __name__ == "__main__":
    main()
