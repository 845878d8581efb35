"""Functions of a text that remember what they gave.

`functools.lru_cache` moves what it gives to the front of a list each time. A question looks up some thirty words, most
of which no question before had at hand; there this is quicker by a twentieth of the question.
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class _Memory(dict[str, T]):
    """What a function gives, by text; all is forgotten when it is for too many."""

    def __init__(self, read: Callable[[str], T], most: int) -> None:
        super().__init__()
        self._read = read
        self._most = most

    def __missing__(self, text: str) -> T:
        value = self._read(text)
        if len(self) >= self._most:
            self.clear()
        self[text] = value
        return value


def remember(read: Callable[[str], T], most: int) -> Callable[[str], T]:
    """A function that gives what another does, and remembers it for up to so many texts."""
    return _Memory(read, most).__getitem__
