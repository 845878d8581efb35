"""From the bytes of a source to its passages, whatever its format; many at a time on all processors."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self, TypeVar

from dnqa.errors import FormatError, SourceError
from dnqa.formats.choice import MARKDOWN, MARKDOWN_SUFFIX, SUFFIXES, TEXT, find_format
from dnqa.formats.guard import Guard
from dnqa.records import Document, Doubt

LONGEST_LINE = 5_000_000
"""Characters. A hand-out has line breaks; a longer line is data, and is refused before it costs memory."""
MANY = 48
"""From so many sources on, text too is read by processes of its own."""
_AHEAD = 4  # sources that are read ahead for each processor
T = TypeVar("T")


class Parser:
    """Parses sources; holds the processes that read what may be hostile."""

    def __init__(self, *, is_many: bool = False) -> None:
        """A parser of one source after the other, or of many at a time."""
        self._is_many = is_many
        self._idle: SimpleQueue[Guard] = SimpleQueue()
        self._guards: list[Guard] = []
        self._threads: ThreadPoolExecutor | None = None

    def parse(self, path: Path, data: bytes) -> Document:
        """The document that a file holds. Raises SourceError, which names the file and says what to do."""
        suffix = path.suffix.lower()
        if not data.strip():
            raise SourceError(f"{path}: the file is empty; put the text of the hand-out in it")
        kind = find_format(suffix, data)
        if kind == TEXT:
            text = decode(path, data)
            is_markdown = suffix == MARKDOWN_SUFFIX
            document = (
                self._read(path, MARKDOWN if is_markdown else TEXT, text.encode())
                if self._is_many
                else _read_text(text, is_markdown=is_markdown)
            )
        else:
            document = self._read(path, kind, data)
        if kind != SUFFIXES.get(suffix, TEXT):
            doubt = Doubt(0, f"this is a {kind}{' file' if kind == 'Word' else ''}, whatever its name says")
            document = document._replace(doubts=(doubt, *document.doubts))
        if not document.passages:
            raise SourceError(f"{path}: no passage in this file; a source needs at least one sentence")
        return document

    def _read(self, path: Path, kind: str, data: bytes) -> Document:
        guard = Guard() if self._idle.empty() else self._idle.get()
        if guard not in self._guards:
            self._guards.append(guard)
        try:
            return guard.read(kind, data)
        except FormatError as error:
            raise SourceError(f"{path}: {error}") from error
        finally:
            self._idle.put(guard)

    def map(self, work: Callable[[T], Document], tasks: Iterable[T | Document]) -> Iterator[Callable[[], Document]]:
        """Do work on some tasks, in their order: what gives each document, or raises what went wrong.

        A task that is a document is done. Of many, some are worked on ahead.
        """
        if not self._is_many:
            for task in tasks:
                yield _later(work, task)
            return
        n = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(n)
        waiting: deque[Future[Document]] = deque()
        for task in tasks:
            waiting.append(self._threads.submit(_later(work, task)))
            if len(waiting) > _AHEAD * n:
                yield waiting.popleft().result
        while waiting:
            yield waiting.popleft().result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._threads:
            self._threads.shutdown(wait=False, cancel_futures=True)
        for guard in self._guards:
            guard.close()


def _later(work: Callable[[T], Document], task: T | Document) -> Callable[[], Document]:
    return lambda: task if isinstance(task, Document) else work(task)


def _read_text(text: str, *, is_markdown: bool) -> Document:
    from dnqa.reading import read_text

    return read_text(text, is_markdown=is_markdown)


def decode(path: Path, data: bytes) -> str:
    """The text of a text file. Raises SourceError, which names the file and says what to do, if it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{path}: byte 1 is not UTF-8, this looks like UTF-16; save the file as UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        raise SourceError(f"{path}: byte {nul + 1} is NUL, this is not a text file; export it as plain text first")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path}: byte {error.start + 1} (line {line}) is not UTF-8; save the file as UTF-8"
        ) from error
    if len(text) > LONGEST_LINE and (line := _find_long_line(text)):
        raise SourceError(f"{path}: line {line} is longer than {LONGEST_LINE:,} characters; break the text into lines")
    return text


def _find_long_line(text: str) -> int:
    """The number of the first line that is too long, 0 if none is."""
    start = 0
    number = 1
    while (end := text.find("\n", start)) >= 0:
        if end - start > LONGEST_LINE:
            return number
        start, number = end + 1, number + 1
    return number if len(text) - start > LONGEST_LINE else 0
