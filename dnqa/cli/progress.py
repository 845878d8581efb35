"""How far something has come, on a terminal."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self, TextIO, TypeVar

from dnqa.cli.streams import is_terminal
from dnqa.rendering import count

_CLEARED = "\r\x1b[K"
_EVERY = 100
T = TypeVar("T")


class Progress:
    """A line that is written over again and again, and is gone at the end; nothing where there is no terminal."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream if is_terminal(stream) else None

    def show(self, n_sources: int, n_all: int, n_passages: int) -> None:
        """Say how many sources were read of how many, with how many passages."""
        if self._stream:
            step = "reading" if n_sources < n_all else "indexing"
            sources = f"{n_sources:,} of {count(n_all, 'source')}"
            self._stream.write(f"{_CLEARED}dnqa: {step}, {sources}, {count(n_passages, 'passage')}")
            self._stream.flush()

    def follow(self, things: Iterable[T], n_all: int, noun: str) -> Iterator[T]:
        """Give some things, and say after each hundred how many of them there were of how many."""
        for n, thing in enumerate(things, 1):
            yield thing
            if self._stream and n % _EVERY == 0:
                self._stream.write(f"{_CLEARED}dnqa: {n:,} of {count(n_all, noun)}")
                self._stream.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stream:
            self._stream.write(_CLEARED)
            self._stream.flush()
