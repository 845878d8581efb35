"""Characters that are never shown, and the way back from what is shown to the source.

Cleaning changes six things and nothing else: invisible characters go, a soft hyphen at a line end joins its word,
U+FFFE, by which PDF programs mark a hyphen at a line end, is one, ligatures become letters, every line break becomes
"\\n", and control characters that could steer a terminal go (bidirectional overrides too). Quotes, dashes,
superscripts and everything else stay as they are: there is no blanket Unicode normalisation.
"""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}

_INVISIBLE = "\u00ad\u200b\u2060\ufeff\ufffe"
_BIDI_OVERRIDES = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff" + _BIDI_OVERRIDES


@cache
def _changed() -> re.Pattern[str]:
    """What cleaning changes, compiled when the first text may have any."""
    return re.compile(
        r"(?P<escape>(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~])"
        r"|(?P<soft>\u00ad[ \t]*(?:\r\n|[\r\n])[ \t]*(?=\w))"
        r"|(?P<broken>\ufffe[ \t]*(?:\r\n|[\r\n])?[ \t]*(?=\w))"
        r"|(?P<line>\r\n|[\r\v\x85\u2028\u2029])"
        r"|(?P<space>[\x1c-\x1f])"
        rf"|(?P<gone>[{_INVISIBLE}{_CONTROLS}]+)"
        r"|(?P<ligature>[ﬀﬁﬂﬃﬄ])"
    )


class CleanText(NamedTuple):
    """A text without hidden characters, and where each part of it stands in the source.

    text: the cleaned text; its only line breaks are "\\n" and "\\f".
    clean_starts, source_starts: where every run that is the same in both begins, ascending.
    """

    text: str
    clean_starts: list[int]
    source_starts: list[int]

    def source_start(self, position: int) -> int:
        """The source offset of the character at a position of the cleaned text."""
        run = bisect_right(self.clean_starts, position) - 1
        return self.source_starts[run] + position - self.clean_starts[run]

    def position(self, offset: int) -> int:
        """Where the character at an offset of the source is in the cleaned text, or would be."""
        run = bisect_right(self.source_starts, offset) - 1
        return min(self.clean_starts[run] + offset - self.source_starts[run], len(self.text))

    def source_end(self, position: int) -> int:
        """The source offset just behind the character that ends at a position of the cleaned text."""
        return self.source_start(position - 1) + 1


def clean(source: str) -> CleanText:
    """Take the hidden characters out of a text and remember where everything was."""
    pieces: list[str] = []
    clean_starts, source_starts = [0], [0]
    length = last = 0
    for match in _changed().finditer(source):
        kept = source[last : match.start()]
        kind = match.lastgroup
        letters = LIGATURES.get(match[0], "")
        new = {"line": "\n", "space": " ", "broken": "-\n", "ligature": letters}.get(kind or "", "")
        pieces += (kept, new)
        length += len(kept)
        for _ in new:  # each new character stands for the whole of what it replaces
            clean_starts.append(length)
            source_starts.append(match.start())
            length += 1
        last = match.end()
        clean_starts.append(length)
        source_starts.append(last)
    pieces.append(source[last:])
    return CleanText("".join(pieces), clean_starts, source_starts)


def clean_line(text: str) -> str:
    """A text as one line that is safe to show: cleaned, white space folded."""
    is_plain = text.isascii() and text.isprintable()  # as most are
    return fold(text if is_plain or not _changed().search(text) else clean(text).text)


def fold(text: str) -> str:
    """A text with every run of white space made a single space, none at the ends."""
    return " ".join(text.split())
