"""Lines of a source, with what its format says of them: the one form that every format is read from."""

from collections.abc import Sequence
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
