"""Tables without a grid around their cells: aligned text over several lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dnqa.formats.pdf.columns import Column, flows
from dnqa.formats.pdf.frames import Frame
from dnqa.formats.pdf.glyphs import Area
from dnqa.formats.pdf.sides import Sides, find_sides
from dnqa.formats.pdf.stretches import Stretch, join_stretches

LABEL = re.compile(
    r"(?:[•‣⁃◦●○■□▪▫➢➤►▶✓✔❖♦◆∙·*–—\-o\uf0b7\uf0a7\uf0d8\uf0fc\u2022]"
    r"|\(?\[?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.):\]]{1,2}|\d{1,3})$"
)
_LABEL_GAP = 3.5  # sizes of the font between a bullet or number and its text
_MOST = 200_000  # pairs of labels and text that are looked at
_NUMBER_GAP = 1.6  # the same where the number is bare, as in the first cell of a row
_LEVEL = 2.0  # points between baselines of one row
_COLUMN_GAP = 4.0  # points between the cells of columns
_CELL_GAP = 0.85  # sizes of the font between the cells of a row that stands alone
_WORD_GAP = 2.5  # sizes of the font between words of one line, at most
_WITHIN = 1.14  # times the least distance of lines is still within a cell
_FAR = 3.5  # sizes of the font between lines that are not of one table
_LONG_CELL, _LONG_CELLS = 60, 38  # letters of a line in one column, or in two, are on average too many for cells
_MOSTLY = 0.6


@dataclass(slots=True)
class Table:
    """A table: the text of its cells by row, those without any left out, and its place on the page."""

    rows: list[list[list[Stretch]]]
    x0: float
    x1: float
    top: float
    bottom: float


def join_labels(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Stretches, bullets and numbers of lists joined with the text behind them."""
    labels = [stretch for stretch in stretches if len(stretch.text) <= 6 and LABEL.match(stretch.text)]
    if not labels or len(labels) * len(stretches) > _MOST:
        return list(stretches)
    joined: dict[int, Stretch] = {}
    gone: set[int] = set()
    for label in labels:
        row = [other for other in stretches if other is not label and abs(other.y - label.y) <= 0.45 * other.size]
        right = [other for other in row if 0 < other.x0 - label.x1 <= _reach(label) * other.size]
        following = min(right, key=lambda other: other.x0, default=None)
        if following is None or id(following) in gone or id(label) in joined:
            continue
        joined[id(label)] = join_stretches(label, joined.get(id(following), following))
        gone.add(id(following))
    return [joined.get(id(stretch), stretch) for stretch in stretches if id(stretch) not in gone]


def join_lines(stretches: Iterable[Stretch], columns: Sequence[Column]) -> list[Stretch]:
    """Stretches, those of one line in one column joined."""
    joined: list[Stretch] = []
    for level in _levels(stretches):
        for stretch in level:
            last = joined[-1] if joined else None
            if (
                last is not None
                and abs(last.y - stretch.y) <= _LEVEL
                and 0 <= stretch.x0 - last.x1 <= _WORD_GAP * stretch.size
                and any(column.holds(last.x0, stretch.x1, stretch.y) for column in columns)
            ):
                joined[-1] = join_stretches(last, stretch)
            else:
                joined.append(stretch)
    return joined


def _reach(label: Stretch) -> float:
    """How far from a label its text may begin, in sizes of the font."""
    return _NUMBER_GAP if label.text.isdigit() else _LABEL_GAP


def grid_table(frame: Frame) -> Table:
    """The table of a grid."""
    area = frame.area
    rows = [[cell for cell in cells if cell] for cells in frame.rows_of_cells()]
    return Table([row for row in rows if row], area.x0, area.x1, area.y0, area.y1)


def find_tables(
    stretches: Sequence[Stretch], columns: Sequence[Column], rules: Sequence[Area]
) -> tuple[list[Table | Sides], list[Stretch]]:
    """The tables, and short columns side by side, in text that stands in columns, and the text that is in none.

    Level rules above each other part the table between them from columns of text.
    """
    tables: list[Table | Sides] = []
    left = list(stretches)
    for area in _ruled(rules):
        inside = [line for line in left if area.y0 < line.y - 1 < area.y1 and area.x0 - 5 < line.x0 < area.x1]
        found = _find(inside, None)
        tables += found
        left = _without(left, found)
    for column in columns or [Column(float("-inf"), float("inf"), float("-inf"), float("inf"))]:
        inside = [
            line
            for line in left
            if column.x0 - 30 <= line.x0 < column.x1
            and line.x1 <= column.x1 + 30
            and column.top <= line.y <= column.bottom
        ]
        found = _find(inside, rules)
        tables += found
        left = _without(left, found)
    return tables, left


def _without(stretches: Iterable[Stretch], tables: Iterable[Table | Sides]) -> list[Stretch]:
    used = {
        id(line)
        for table in tables
        for row in ([table.columns] if isinstance(table, Sides) else table.rows)
        for cell in row
        for line in cell
    }
    return [line for line in stretches if id(line) not in used]


def _ruled(rules: Iterable[Area]) -> list[Area]:
    """The areas between level rules of the same width above each other."""
    groups: list[list[Area]] = []
    for rule in sorted(rules, key=lambda rule: rule.y0):
        if rule.x1 - rule.x0 < 60 or rule.y1 - rule.y0 > rule.x1 - rule.x0:
            continue
        for group in groups:
            if abs(group[0].x0 - rule.x0) < 4 and abs(group[0].x1 - rule.x1) < 4:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [Area(group[0].x0, group[0].y0, group[0].x1, group[-1].y1) for group in groups if len(group) > 2]


def _find(stretches: Sequence[Stretch], rules: Sequence[Area] | None) -> list[Table | Sides]:
    """The tables and short columns among stretches of which none stand in columns of running text side by side.

    rules: of the page; None if they form a table, in which there are no such columns.
    """
    levels = _levels(stretches)
    tables: list[Table | Sides] = []
    n = 0
    while n < len(levels):
        end = _measure(levels, n) if _is_row(levels[n]) else n
        if end > n and rules is not None and (found := find_sides(levels, n, rules)) is not None:
            tables.append(found[2])
            n = found[1]
            continue
        if end == n and len(levels[n]) > 2 and not 2 < n + 1 < len(levels) - 1 and _is_wide_apart(levels[n]):
            end = n + 1  # the head of a table that goes on in the next column
        if end > n:
            tables.append(_table(levels[n:end]))
        n = max(end, n + 1)
    return tables


def _levels(stretches: Iterable[Stretch]) -> list[list[Stretch]]:
    """Stretches by baseline."""
    levels: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda stretch: stretch.y):
        if levels and stretch.y - levels[-1][0].y <= _LEVEL:
            levels[-1].append(stretch)
        else:
            levels.append([stretch])
    return [sorted(level, key=lambda stretch: stretch.x0) for level in levels]


def _is_row(level: Sequence[Stretch]) -> bool:
    """Whether a level has cells side by side, and not just the label of an item and its text."""
    if len(level) != 2:
        return len(level) > 2
    label, text = level
    is_far = text.x0 - label.x1 > _LABEL_GAP * text.size
    return not LABEL.match(label.text) or (is_far and label.text.isdigit())


def _is_wide_apart(level: Sequence[Stretch]) -> bool:
    return all(right.x0 - left.x1 >= _CELL_GAP * left.size for left, right in pairwise(level))


def _measure(levels: Sequence[Sequence[Stretch]], start: int) -> int:
    """Where the table ends that begins at a level; there is none if it ends there."""
    columns = _merged([(cell.x0, cell.x1) for cell in levels[start]])
    end = start + 1
    n_rows = 1
    good = start
    while end < len(levels):
        level = levels[end]
        size = level[0].size
        if level[0].y - levels[end - 1][0].y > _FAR * size:
            break
        merged = _merged([*columns, *((cell.x0, cell.x1) for cell in level)])
        if len(merged) < 2 or len(merged) < len(columns) - 1:
            break
        if _is_row(level):
            n_rows += 1
            good = end
        elif len(level) == 1 and not any(
            low - _LEVEL <= level[0].x0 and level[0].x1 <= high + _COLUMN_GAP for low, high in columns
        ):
            break
        columns = merged
        end += 1
    if n_rows < 2:
        return start
    good = _take_rest(levels, good, end)
    table = [line for level in levels[start : good + 1] for line in level]
    by_column = [[line for line in table if low <= line.x0 <= high] for low, high in columns]
    lengths = sorted(
        (sum(len(line.text) for line in column) / len(column) for column in by_column if column), reverse=True
    )
    if sum(map(flows, by_column)) > 1 or lengths[0] > _LONG_CELL or (lengths[1] > _LONG_CELLS and good - start > 1):
        return start
    return good + 1


def _take_rest(levels: Sequence[Sequence[Stretch]], good: int, end: int) -> int:
    """The last level of a table, of which the last row is known: its cells may go on below."""
    distances = [below[0].y - above[0].y for above, below in pairwise(levels[: good + 1])]
    least = min(distances, default=0.0)
    size = levels[good][0].size
    limit = min(least * _WITHIN, 1.5 * size) if least else 1.4 * size
    last = good
    while last + 1 < end and levels[last + 1][0].y - levels[last][0].y <= limit and levels[last + 1][0].size <= size:
        last += 1
    return last


def _merged(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans, those as one that overlap or nearly so."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1] + _COLUMN_GAP:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _without_gaps(
    columns: Sequence[tuple[float, float]], levels: Sequence[Sequence[Stretch]]
) -> list[tuple[float, float]]:
    """Columns, the one as part of its neighbour that is nothing but a head, which does not stand above its numbers."""
    held = [
        {n for n, level in enumerate(levels) if any(low <= cell.x0 <= high for cell in level)} for low, high in columns
    ]
    joined = [columns[0]]
    for n, (low, high) in enumerate(columns[1:], start=1):
        is_head = {0} in held[n - 1 : n + 1] and not held[n - 1] & held[n]
        if is_head and len(columns) > 2 and len(held[n - 1] | held[n]) == len(levels):
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return joined


def _table(levels: Sequence[Sequence[Stretch]]) -> Table:
    columns = _without_gaps(_merged((cell.x0, cell.x1) for level in levels for cell in level), levels)
    distances = [below[0].y - above[0].y for above, below in pairwise(levels)]
    least = min(distances, default=0.0)
    tight = [level for level, distance in zip(levels[1:], distances, strict=True) if distance <= _WITHIN * least]
    n_whole = sum(len(level) >= len(columns) for level in tight)
    single = n_whole >= _MOSTLY * len(tight)
    rows: list[list[list[Stretch]]] = []
    for n, level in enumerate(levels):
        starts_row = n == 0 or distances[n - 1] > _WITHIN * least
        if starts_row or (single and len(level) > 1):
            rows.append([[] for _ in columns])
        for cell in level:
            place = next((n for n, (low, high) in enumerate(columns) if low <= cell.x0 <= high), 0)
            rows[-1][place].append(cell)
    every = [line for level in levels for line in level]
    return Table(
        [[cell for cell in row if cell] for row in rows],
        min(line.x0 for line in every),
        max(line.x1 for line in every),
        min(line.top for line in every),
        max(line.bottom for line in every),
    )
