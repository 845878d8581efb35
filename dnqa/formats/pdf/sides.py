"""Short columns of lists or sentences side by side, which are read one after the other and are no table."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dnqa.formats.pdf.glyphs import Area
from dnqa.formats.pdf.stretches import Stretch

_MOST_COLUMNS = 3
_GUTTER = 6.0  # points between columns, at least
_FAR = 6.0  # sizes of the font between lines of one column
_NEAR = 2.6  # the same between a line above the columns that begins one of them, and the line below it
_WIDE_GAP = 1.8  # the same above a heading that stands below the columns
_LARGER = 1.06
_MOSTLY = 0.6  # of the lines of a column end a sentence or go on with one
_LEAST_WORDS = 3.4  # of a sentence, on average
_LIST_WORDS = 1.5  # of an item, on average
_BULLET = re.compile(r"[•‣⁃◦●○■□▪▫➢➤►▶✓✔✗✘❌❖♦◆∙·\uf0b7\uf0a7\uf0d8\uf0fc*–—-]\ufe0e?\s|\(?\d{1,2}[.)]\s")
_CITATION = re.compile(r"\s*(?:\[[\d,–\- ]+\]|\(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\))$")
_ENDED = re.compile(r"[.!?][\"'”’)\]]*$")


@dataclass(slots=True)
class Sides:
    """Columns side by side, from the left, each with its lines, and their place on the page."""

    columns: list[list[Stretch]]
    x0: float
    x1: float
    top: float
    bottom: float


def find_sides(levels: Sequence[Sequence[Stretch]], start: int, rules: Iterable[Area]) -> tuple[int, int, Sides] | None:
    """The columns that begin at a level of lines with one baseline, and the levels from and to which they go.

    rules: those of the page; between rows they make a table. None if the level begins no such columns.
    """
    spans = _merged([(line.x0, line.x1) for line in levels[start]])
    if not 2 <= len(spans) <= _MOST_COLUMNS:
        return None
    end = start + 1
    is_crossed = False
    while end < len(levels):
        level = levels[end]
        merged = _merged([*spans, *((line.x0, line.x1) for line in level)])
        if len(merged) != len(spans):
            is_crossed = True
            break
        if level[0].y - levels[end - 1][0].y > _FAR * level[0].size:
            break
        spans = merged
        end += 1
    if is_crossed:
        end = _leave_heading(levels, start, end, spans)
    start = _take_above(levels, start, spans)
    columns = _cut(levels[start:end], spans)
    if not all(columns) or max(map(len, columns)) < 2 or not all(map(_is_text, columns)):
        return None
    lines = [line for column in columns for line in column]
    sides = Sides(
        columns,
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.top for line in lines),
        max(line.bottom for line in lines),
    )
    return None if _has_rules(sides, rules) else (start, end, sides)


def _merged(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1] + _GUTTER:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _place(line: Stretch, spans: Sequence[tuple[float, float]]) -> int:
    return next((n for n, (low, high) in enumerate(spans) if low - 1 <= line.x0 <= high + 1), 0)


def _cut(levels: Iterable[Sequence[Stretch]], spans: Sequence[tuple[float, float]]) -> list[list[Stretch]]:
    columns: list[list[Stretch]] = [[] for _ in spans]
    for level in levels:
        for line in level:
            columns[_place(line, spans)].append(line)
    return columns


def _leave_heading(
    levels: Sequence[Sequence[Stretch]], start: int, end: int, spans: Sequence[tuple[float, float]]
) -> int:
    """The end of columns without a heading at their foot, where text as wide as all of them follows."""
    last = max((n for n in range(start, end) if len({_place(line, spans) for line in levels[n]}) > 1), default=start)
    for n in range(last + 1, end):
        line = levels[n][0]
        if len(levels[n]) > 1 or _place(line, spans):
            continue
        above = [other for level in levels[start:n] for other in level]
        if line.y - max(other.y for other in above) > _WIDE_GAP * line.size or (
            line.is_bold and not any(other.is_bold for other in levels[n - 1])
        ):
            return n
    return end


def _take_above(levels: Sequence[Sequence[Stretch]], start: int, spans: Sequence[tuple[float, float]]) -> int:
    """The first level of columns, of which one may begin a little higher than the others."""
    first = start
    for n in range(start - 1, -1, -1):
        line = levels[n][0]
        if len(levels[n]) > 1 or levels[n + 1][0].y - line.y > _NEAR * line.size:
            break
        place = _place(line, spans)
        if not (spans[place][0] - 1 <= line.x0 and line.x1 <= spans[place][1] + 1):
            break
        if place:
            first = n
    return first


def _has_rules(sides: Sides, rules: Iterable[Area]) -> bool:
    """Whether level rules stand between the rows of columns."""
    middle = sides.columns[1][0].x0
    return any(
        rule.x1 - rule.x0 > rule.y1 - rule.y0
        and sides.top < rule.y0 < sides.bottom
        and rule.x0 < middle - _GUTTER
        and rule.x1 > middle
        for rule in rules
    )


def _is_text(column: Sequence[Stretch]) -> bool:
    """Whether a column is a list, or sentences over several lines, its headings aside."""
    least = min(line.size for line in column)
    all_bold = all(line.is_bold for line in column)
    lines = [
        line
        for line in column
        if not line.text.isupper() and line.size <= _LARGER * least and (all_bold or not line.is_bold)
    ]
    if not lines:
        return False
    labelled = [bool(_BULLET.match(line.text)) for line in lines]
    n_words = sum(len(line.text.split()) for line in lines)
    if labelled[0] and sum(labelled) >= 0.4 * len(lines):
        return n_words >= _LIST_WORDS * len(lines) + sum(labelled)
    ends = [_has_ended(line) for line in lines]
    on = [not ended and below.text[0].islower() for ended, (_, below) in zip(ends, pairwise(lines), strict=False)]
    n_sentences = max(1, sum(ends))
    starts_with_number = sum(
        line.text[0].isdigit() and not is_labelled for line, is_labelled in zip(lines, labelled, strict=True)
    )
    return (
        any(ends)
        and sum(ends) + sum(on) + sum(labelled) >= _MOSTLY * len(lines)
        and n_words >= _LEAST_WORDS * n_sentences
        and starts_with_number <= 0.5 * len(lines)
    )


def _has_ended(line: Stretch) -> bool:
    text = line.text
    if line.raised and line.raised[-1][1] == len(text):
        text = text[: line.raised[-1][0]]
    return bool(_ENDED.search(_CITATION.sub("", text)))
