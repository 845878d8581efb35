"""Everyday English words, looked up on disk.

The list is SCOWL's up to size 70 (see words/english.LICENSE.txt): one word a line, lower case,
sorted by byte. A lookup is a binary search over the mapped file; nothing is loaded whole.
"""

import mmap
from functools import cache

from dnqa import words

WORDS_FILE = words.FOLDER / "english.txt"
COMMON_FILE = words.FOLDER / "common.txt"


@cache
def _mapped_words() -> mmap.mmap:
    with WORDS_FILE.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


@cache
def is_english(word: str) -> bool:
    """Whether a word, in any case, is in the everyday English list.

    Words with characters outside ASCII, and the empty string, are not.
    """
    wanted = word.lower().replace("’", "'").encode("utf-8", "replace")
    if not wanted or b"\n" in wanted:
        return False
    words = _mapped_words()
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        start = words.rfind(b"\n", 0, middle) + 1
        end = words.find(b"\n", middle)
        found = words[start:end]
        if found == wanted:
            return True
        if found < wanted:
            low = end + 1
        else:
            high = start
    return False


@cache
def common_words() -> frozenset[str]:
    """The four thousand most common English words, lower case."""
    return frozenset(COMMON_FILE.read_text(encoding="utf-8").split())
