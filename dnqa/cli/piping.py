"""Answer lines of questions in order: one as it comes, many on all processors."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dnqa.asking.answering import Answerer
from dnqa.errors import DamagedIndexError
from dnqa.index import open_index
from dnqa.index.workers import CANNOT_START, count_processors, start_pool, without_interrupts
from dnqa.library import Library
from dnqa.records import Answer, Status
from dnqa.rendering import answer_record, answer_text, encode, to_json

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MANY = 300
"""From so many waiting questions on, starting other processes, and what answers many quickly, is worth its time."""
_MOST_AT_ONCE, _FEWEST_AT_ONCE = 64, 8
"""Questions that are handed over at a time: ever fewer towards the end, so that no process waits long for another."""


class Written(NamedTuple):
    """Answers as they are written, in UTF-8, and whether there is one among them that is no refusal."""

    data: bytes
    any_answered: bool


class Style(NamedTuple):
    """How an answer is written.

    top: how many passages it has at most.
    """

    top: int
    as_json: bool = False
    color: bool = False
    explain: bool = False

    def write(self, answer: Answer) -> bytes:
        """An answer as it is written, with its line ends; nothing for a line that was blank."""
        if self.as_json:
            return encode(to_json(answer_record(answer)) + "\n")
        text = f"{answer_text(answer, color=self.color, explain=self.explain)}\n\n" if answer.question else ""
        return encode(text)

    def write_all(self, answers: Sequence[Answer]) -> Written:
        """Answers as they are written, one behind the other."""
        return Written(b"".join(map(self.write, answers)), any(found.status is Status.ANSWERED for found in answers))


def answer_batches(library: Library, batches: Iterable[Sequence[str]], style: Style) -> Iterator[Written]:
    """Answer questions as they come, in order.

    batches: those that are waiting at a time; what is answered of them is given before the next is asked for.
    """

    def answer(lines: Sequence[str]) -> Written:
        return style.write_all([library.ask(line, top=style.top) for line in lines])

    pool = None
    is_ready = False
    try:
        for lines in batches:
            if len(lines) >= MANY and not is_ready:
                is_ready = True
                pool = _start_pool(library, style)
                if pool is None:
                    library.expect_many()
            if not is_ready or len(lines) <= _MOST_AT_ONCE:  # the first answer is there at once
                yield from (answer([line]) for line in lines)
            elif pool:
                yield from _share(pool, lines, answer)
            else:
                yield from map(answer, cut_lines(lines, 1))
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)  # what waits is let go; what is being answered takes a moment


def _share(
    pool: "ProcessPoolExecutor", lines: Sequence[str], answer: Callable[[Sequence[str]], Written]
) -> Iterator[Written]:
    """Let other processes answer, in order.

    answer: does the same, for the case that they cannot.
    """
    from concurrent.futures import BrokenExecutor

    pieces = list(cut_lines(lines, count_processors()))
    try:
        with without_interrupts():  # processes that start would be interrupted before they can ignore it
            waiting = [pool.submit(_answer_piece, piece) for piece in pieces]
    except (BrokenExecutor, *CANNOT_START):
        waiting = []
    for number, piece in enumerate(pieces):
        try:
            written = waiting[number].result() if waiting else answer(piece)
        except (BrokenExecutor, DamagedIndexError):  # a process was killed, or says what is said and mended here
            written = answer(piece)
        yield written


def cut_lines(lines: Sequence[str], n_processes: int) -> Iterator[Sequence[str]]:
    """Questions in the pieces in which they are handed to some processes."""
    start = 0
    while start < len(lines):
        share = (len(lines) - start) // (2 * n_processes)
        stop = start + min(_MOST_AT_ONCE, max(_FEWEST_AT_ONCE, share))
        yield lines[start:stop]
        start = stop


def _start_pool(library: Library, style: Style) -> "ProcessPoolExecutor | None":
    """A process for each processor that there is, None if there is but one, or they cannot share the index."""
    n = count_processors()
    saved = library.index.path
    return None if n < 2 or saved is None else start_pool(n, _prepare_process, (saved, style))


class _Process:
    """What a process has of its own."""

    answerer: Answerer
    style: Style


def _prepare_process(saved: Path, style: Style) -> None:
    try:
        index = open_index(saved)
        index.expect_many()
    except (OSError, DamagedIndexError):  # removed or damaged meanwhile: the one that started it sees to it
        os._exit(1)
    _Process.answerer = Answerer(index)
    _Process.style = style


def _answer_piece(lines: Sequence[str]) -> Written:
    style = _Process.style
    return style.write_all([_Process.answerer.ask(line, top=style.top) for line in lines])
