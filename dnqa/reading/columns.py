"""Two columns of text that an export has put side by side: the left one is read to its end, then the right one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dnqa.text.characters import CleanText

_SPACES = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
_LINE = re.compile(r"([^\n\f]*)(?:[\n\f]|$)")
_GAP = 2  # blanks that stand before the right column at least
_FEWEST_LINES = 3
_FEWEST_LETTERS = 12
"""Letters that a line of a column has on average; less is a cell of a table."""


class _Line(NamedTuple):
    """A line: half-open, without its line break."""

    start: int
    end: int
    text: str


class _Piece(NamedTuple):
    """A part of a text and what follows it in the new order."""

    start: int
    end: int
    behind: str


def read_columns(cleaned: CleanText) -> CleanText:
    """A text with every pair of columns put one below the other."""
    if "   " not in cleaned.text:
        return cleaned
    lines = [_Line(*match.span(1), match[1]) for match in _LINE.finditer(cleaned.text)]
    pieces: list[_Piece] = []
    end = 0
    first = 0
    while first < len(lines):
        column, last = _find_region(lines, first)
        if column:
            pieces.append(_Piece(end, lines[first].start, ""))
            pieces += _part(lines[first : last + 1], column)
            end = min(lines[last].end + 1, len(cleaned.text))
        first = last + 1
    if not pieces:
        return cleaned
    pieces.append(_Piece(end, len(cleaned.text), ""))
    return _rearrange(cleaned, pieces)


def _find_region(lines: Sequence[_Line], first: int) -> tuple[int, int]:
    """Where the right column begins of a region that begins with a line, 0 if none does; and its last line."""
    for match in _SPACES.finditer(lines[first].text):
        column = match.end()
        last, n_both = first, 1
        place = first + 1
        has_ended = False
        while place < len(lines):
            text = lines[place].text
            if not text.strip():
                has_ended = True
            elif _has_both(text, column) or _is_right(text, column):
                n_both += _has_both(text, column)
                last, has_ended = place, False
            elif len(text) > column - _GAP or has_ended:
                break
            elif place == last + 1:
                last = place
            place += 1
        last = _trim(lines, first, last, column)
        if n_both >= _FEWEST_LINES and _is_text(lines[first : last + 1], column):
            return column, last
    return 0, first


def _trim(lines: Sequence[_Line], first: int, last: int, column: int) -> int:
    """The last line of a region: with a right part, or a left part directly below one."""
    with_right = [place for place in range(first, last + 1) if len(lines[place].text) > column]
    place = with_right[-1]
    while place < last and lines[place + 1].text.strip():
        place += 1
    return place


def _has_both(text: str, column: int) -> bool:
    inside = len(text) > column and not text[column].isspace() and text[column - _GAP : column].isspace()
    return inside and bool(text[:column].strip())


def _is_right(text: str, column: int) -> bool:
    return len(text) > column and not text[column].isspace() and not text[:column].strip()


def _is_text(lines: Sequence[_Line], column: int) -> bool:
    """Whether both columns have lines of text, and no cells of a table."""
    left = [line.text[:column].strip() for line in lines if line.text[:column].strip()]
    right = [line.text[column:].strip() for line in lines if line.text[column:].strip()]
    return all(sum(map(len, parts)) >= _FEWEST_LETTERS * len(parts) for parts in (left, right))


def _part(lines: Sequence[_Line], column: int) -> list[_Piece]:
    """The left parts of some lines, then the right ones; a part that is missing is a blank line."""
    left, right = [], []
    for line in lines:
        cut = min(line.start + column, line.end)
        left.append(_Piece(line.start, line.start + len(line.text[:column].rstrip()), "\n"))
        right.append(_Piece(cut, line.end, "\n"))
    return [*_strip(left), *_strip(right)]


def _strip(pieces: list[_Piece]) -> list[_Piece]:
    while pieces and pieces[-1].start == pieces[-1].end:
        pieces.pop()
    return pieces


def _rearrange(cleaned: CleanText, pieces: Sequence[_Piece]) -> CleanText:
    """A text of pieces of another in a new order."""
    texts: list[str] = []
    clean_starts: list[int] = []
    source_starts: list[int] = []
    length = 0
    runs = list(zip(cleaned.clean_starts, cleaned.source_starts, strict=True))
    for start, end, behind in pieces:
        clean_starts.append(length)
        source_starts.append(cleaned.source_start(start))
        for run_start, source in runs:
            if start < run_start < end:
                clean_starts.append(length + run_start - start)
                source_starts.append(source)
        texts += (cleaned.text[start:end], behind)
        length += end - start + len(behind)
    return CleanText("".join(texts), clean_starts, source_starts)
