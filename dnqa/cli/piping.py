"""Answer lines of questions in order: one as it comes, many on all processors."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dnqa.answers import Answer, Status
from dnqa.errors import DamagedIndexError
from dnqa.library import Library, load, open_saved
from dnqa.rendering import answer_record, answer_text, to_json

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MANY = 300
"""From so many waiting questions on, starting other processes, and what answers many quickly, is worth its time."""
_AT_ONCE = 64
"""Questions that are handed over at a time."""


class Style(NamedTuple):
    """How an answer is written.

    top: how many passages it has at most.
    """

    top: int
    as_json: bool = False
    color: bool = False
    explain: bool = False

    def write(self, answer: Answer) -> str:
        """An answer as it is written, with its line ends; "" for a line that was blank."""
        if self.as_json:
            return to_json(answer_record(answer)) + "\n"
        return f"{answer_text(answer, color=self.color, explain=self.explain)}\n\n" if answer.question else ""


class Written(NamedTuple):
    """Answers as they are written, and whether there is one among them that is no refusal."""

    text: str
    any_answered: bool


def answer_lines(ask: Callable[[str], Answer], lines: Sequence[str], style: Style) -> Written:
    """Answer some questions, one after the other."""
    answers = [ask(line) for line in lines]
    return Written("".join(map(style.write, answers)), any(answer.status is Status.ANSWERED for answer in answers))


def answer_batches(library: Library, batches: Iterable[Sequence[str]], style: Style) -> Iterator[Written]:
    """Answer questions as they come, in order.

    batches: those that are waiting at a time; what is answered of them is given before the next is asked for.
    """

    def ask(line: str) -> Answer:
        return library.ask(line, top=style.top)

    pool = None
    is_ready = False
    try:
        for lines in batches:
            if len(lines) >= MANY and not is_ready:
                is_ready = True
                pool = _start_pool(library, style)
                if pool is None:
                    library.expect_many()
            if pool and len(lines) > _AT_ONCE:
                yield from _share(pool, lines, lambda piece: answer_lines(ask, piece, style))
            else:
                yield from (answer_lines(ask, [line], style) for line in lines)
    finally:
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)


def _share(
    pool: "ProcessPoolExecutor", lines: Sequence[str], answer: Callable[[Sequence[str]], Written]
) -> Iterator[Written]:
    """Let other processes answer, in order.

    answer: what they do, for the case that they cannot.
    """
    from concurrent.futures import BrokenExecutor

    pieces = [lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE)]
    try:
        waiting = [pool.submit(_answer_piece, piece) for piece in pieces]
    except BrokenExecutor:
        waiting = []
    for number, piece in enumerate(pieces):
        try:
            written = waiting[number].result() if waiting else answer(piece)
        except BrokenExecutor:  # a process was killed
            written = answer(piece)
        yield written


def _start_pool(library: Library, style: Style) -> "ProcessPoolExecutor | None":
    """A process for each processor that there is, None if there is but one or the index is not saved."""
    n = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    saved = library.index.store.path
    if n < 2 or saved is None:
        return None
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    can_fork = sys.platform == "linux" and "numpy" not in sys.modules  # numpy has threads, which do not survive it
    context = multiprocessing.get_context("fork" if can_fork else "spawn")
    return ProcessPoolExecutor(n, context, _start_process, (library.path, saved, style))


class _Process:
    """What a process has of its own."""

    library: Library
    style: Style


def _start_process(corpus: Path, saved: Path, style: Style) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started it is interrupted too, and ends it
    try:
        _Process.library = open_saved(corpus, saved)
    except (OSError, DamagedIndexError):  # gone meanwhile, since the corpus has changed
        _Process.library = load(corpus)
    _Process.library.expect_many()
    _Process.style = style


def _answer_piece(lines: Sequence[str]) -> Written:
    style = _Process.style
    return answer_lines(lambda line: _Process.library.ask(line, top=style.top), lines, style)
