"""Word lists on disk, each looked up without loading it whole; and which words are everyday English.

The English list is SCOWL's up to size 70 (see words/english.LICENSE.txt): one word a line, lower case.
"""

import mmap
from functools import cache
from pathlib import Path

from dnqa.words import FOLDER

WORDS_FILE = FOLDER / "english.txt"
COMMON_FILE = FOLDER / "common.txt"


class SortedLines:
    """The lines of a file that are sorted by byte, mapped and searched by halves."""

    def __init__(self, path: Path, *, end: bytes = b"") -> None:
        """Lines of a file.

        end: what stands between the key of a line and the rest of it; without it the whole line is the key.
        """
        with path.open("rb") as file:
            self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._end = end

    def find(self, key: str) -> str | None:
        """What stands behind a key in its line, "" if nothing does; None if there is no such key."""
        wanted = key.encode("utf-8", "replace") + (self._end or b"\n")
        line = self._find_from(wanted)
        return line[len(wanted) :].decode().rstrip("\n") if key and line.startswith(wanted) else None

    def begins(self, start: str) -> bool:
        """Whether a line begins so."""
        wanted = start.encode("utf-8", "replace")
        return self._find_from(wanted).startswith(wanted)

    def _find_from(self, wanted: bytes) -> bytes:
        """The first line, with its end, that is not before some bytes; b"" if all are."""
        low, high = 0, len(self._lines)
        while low < high:
            middle = (low + high) // 2
            start = self._lines.rfind(b"\n", 0, middle) + 1
            end = self._lines.find(b"\n", middle) + 1
            if self._lines[start:end] < wanted:
                low = end
            else:
                high = start
        return self._lines[low : self._lines.find(b"\n", low) + 1]


@cache
def _english() -> SortedLines:
    return SortedLines(WORDS_FILE)


@cache
def is_english(word: str) -> bool:
    """Whether a word, in any case, is in the everyday English list.

    Words with characters outside ASCII, and the empty string, are not.
    """
    return _english().find(word.lower().replace("’", "'")) is not None


@cache
def common_words() -> frozenset[str]:
    """The four thousand most common English words, lower case."""
    return frozenset(COMMON_FILE.read_text(encoding="utf-8").split())
