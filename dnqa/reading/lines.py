"""Lines of a source, with what its format says of them: the one form that every format is read from.

A format hands over `Line`s. Text as it stands in a file is cut into `TextLine`s, of which only their words tell what
they are; those of other formats are cut so too, and keep what was said of them.
"""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple


class LineKind(Enum):
    """What a format says that a line is."""

    UNKNOWN = "unknown"
    """Nothing: its words must tell."""
    START = "start"
    """The first line of a paragraph."""
    TEXT = "text"
    """A line that goes on with the one above it, be that a paragraph, an item or an entry."""
    ITEM = "item"
    """The first line of an item of a list; its bullet or number is not in the text."""
    HEADING = "heading"
    ROW = "row"
    """A row of a table, its cells joined by " | "."""
    ENTRY = "entry"
    """The first line of an entry of a reference list; its number is not in the text."""
    FURNITURE = "furniture"
    """A running head, a page number, a navigation bar: no text, whatever stands in it."""


class Line(NamedTuple):
    """A line of a source.

    text: without its line break.
    raised: half-open spans of it that are set as superscript, ascending.
    kind: what the format says that it is.
    level: of a heading, from 1, the outermost; 0 otherwise.
    number: of an entry; 0 otherwise.
    page: that it stands on, from 1; 0 where there are no pages.
    """

    text: str
    raised: Sequence[tuple[int, int]] = ()
    kind: LineKind = LineKind.UNKNOWN
    level: int = 0
    number: int = 0
    page: int = 0


class Gap(Enum):
    """What stands between a line and the one before it."""

    START = "start"
    LINE = "line"
    BLANK = "blank"
    PAGE = "page"
    PAGE_BLANK = "page blank"
    FURNITURE = "furniture"


class TextLine(NamedTuple):
    """A line of a text that has letters, white space at its ends left out.

    start, end: half-open characters of the text. gap: between it and the line before.
    """

    start: int
    end: int
    text: str
    gap: Gap

    @property
    def is_below(self) -> bool:
        """Whether it stands directly below the line before."""
        return self.gap is Gap.LINE


class Edit(NamedTuple):
    """Characters of a text that are shown as others: half-open, and what stands for them."""

    start: int
    end: int
    text: str


_GONE = "\v"  # stands for a character of what is no text: white space that cleaning leaves nowhere
_LINE = re.compile(r"\S[^\n\f]*")


def cut_lines(text: str) -> list[TextLine]:
    """The lines of a text that are not blank."""
    lines: list[TextLine] = []
    end = 0
    for match in _LINE.finditer(text):
        between = text[end : match.start()]
        breaks = between.count("\n")
        if not lines:
            gap = Gap.START
        elif _GONE in between:
            gap = Gap.FURNITURE
        elif "\f" in between:
            # a form feed usually stands on a line of its own, which is not an empty line
            gap = Gap.PAGE if breaks <= 2 else Gap.PAGE_BLANK
        else:
            gap = Gap.LINE if breaks == 1 else Gap.BLANK
        content = match[0].rstrip()
        end = match.start() + len(content)
        lines.append(TextLine(match.start(), end, content, gap))
    return lines


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text of the same length with white space for what stands in some spans, line breaks kept.

    spans: half-open, ascending.
    """
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        pieces += (text[end:start], re.sub(r"[^\n\f]", _GONE, text[start:stop]))
        end = stop
    return "".join([*pieces, text[end:]])
