"""How far something has come, on a terminal."""

from types import TracebackType
from typing import Self, TextIO

from dnqa.cli.streams import is_terminal
from dnqa.rendering import count

_CLEARED = "\r\x1b[K"


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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._stream:
            self._stream.write(_CLEARED)
            self._stream.flush()
