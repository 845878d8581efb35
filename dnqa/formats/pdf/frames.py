"""Frames drawn on a page: boxes that hold text of their own, and grids of table cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dnqa.formats.pdf.glyphs import Area
from dnqa.formats.pdf.stretches import Stretch

_TOUCH = 2.5  # points between rules that belong to one frame
_MAX_RULES = 600  # where there are more they are a picture
_LARGE = 0.75  # of the page; a larger frame goes around all of its text
_COVERED = 0.8  # of the side of a frame there are to be rules
_LINES_OF_CELL = 3  # at most, of a row that stands alone
_LEAST_WIDE, _LEAST_HIGH = 30.0, 14.0


@dataclass(slots=True)
class Frame:
    """A box, or a grid if it has inner columns and rows.

    area: in points from the left top of the page. columns, rows: the places of its upright and level rules, the outer
    ones too. stretches: the text in it that is not in a frame inside it.
    """

    area: Area
    columns: list[float]
    rows: list[float]
    stretches: list[Stretch] = field(default_factory=list)
    frames: "list[Frame]" = field(default_factory=list)

    @property
    def is_grid(self) -> bool:
        """Whether its text stands in cells: boxes side by side are no cells."""
        if len(self.columns) == 2 or self.frames:
            return False
        return len(self.rows) > 2 or all(len(cell) <= _LINES_OF_CELL for cell in self.rows_of_cells()[0])

    def holds(self, stretch: Stretch) -> bool:
        """Whether a stretch stands inside."""
        middle = (stretch.x0 + stretch.x1) / 2
        return self.area.x0 - 1 <= middle <= self.area.x1 + 1 and self.area.y0 <= stretch.y - 1 <= self.area.y1

    def holds_frame(self, other: "Frame") -> bool:
        """Whether another frame stands inside."""
        mine, its = self.area, other.area
        return mine.x0 - 1 <= its.x0 and its.x1 <= mine.x1 + 1 and mine.y0 - 1 <= its.y0 and its.y1 <= mine.y1 + 1

    def side_by_side(self) -> "list[Frame]":
        """The boxes of a frame that has columns but no rows."""
        if len(self.columns) == 2 or len(self.rows) > 2 or self.frames:
            return []
        cells = self.rows_of_cells()[0]
        return [
            Frame(Area(left, self.area.y0, right, self.area.y1), [left, right], self.rows, cell)
            for (left, right), cell in zip(pairwise(self.columns), cells, strict=True)
        ]

    def rows_of_cells(self) -> list[list[list[Stretch]]]:
        """The text of a grid by row and column, from the top and the left."""
        cells: list[list[list[Stretch]]] = [[[] for _ in self.columns[1:]] for _ in self.rows[1:]]
        for stretch in self.stretches:
            row = _place(self.rows, stretch.y - 0.3 * stretch.size)
            column = _place(self.columns, stretch.x0 + 1)
            cells[row][column].append(stretch)
        return cells


def find_frames(rules: Iterable[Area], areas: Iterable[Area], size: tuple[float, float]) -> list[Frame]:
    """The frames that rules and the edges of areas form on a page of a size, from the smallest to the largest."""
    lines = [*rules, *(edge for area in areas for edge in _edges(area))]
    if len(lines) > _MAX_RULES:
        lines = [*rules][:_MAX_RULES]
    frames = [frame for group in _connected(lines) if (frame := _frame(group, size))]
    return sorted(frames, key=lambda frame: (frame.area.x1 - frame.area.x0) * (frame.area.y1 - frame.area.y0))


def fill_frames(frames: Sequence[Frame], stretches: Iterable[Stretch]) -> tuple[list[Frame], list[Stretch]]:
    """Put text into frames; return the frames that stand in no other, and the text that stands in none.

    A frame with no more than one line of text is none: it is the ground of a heading, or a picture.
    """
    stretches = list(stretches)
    for stretch in stretches:
        for frame in frames:
            if frame.holds(stretch):
                frame.stretches.append(stretch)
                break
    held: set[int] = set()
    outer: list[Frame] = []
    for place, frame in enumerate(frames):
        around = next((other for other in frames[place + 1 :] if other.holds_frame(frame)), None)
        lines = {round(stretch.y) for stretch in frame.stretches}
        if len(lines) + len(frame.frames) < 2:
            if around is not None:
                around.stretches += frame.stretches
                around.frames += frame.frames
            else:
                outer += frame.frames
            continue
        held |= {id(stretch) for stretch in frame.stretches}
        if around is not None:
            around.frames.append(frame)
        else:
            outer.append(frame)
    return outer, [stretch for stretch in stretches if id(stretch) not in held]


def _edges(area: Area) -> tuple[Area, ...]:
    x0, y0, x1, y1 = area
    return Area(x0, y0, x1, y0), Area(x0, y1, x1, y1), Area(x0, y0, x0, y1), Area(x1, y0, x1, y1)


def _connected(lines: Sequence[Area]) -> list[list[Area]]:
    """Groups of lines that touch."""
    groups: list[list[Area]] = []
    order = sorted(lines, key=lambda line: line.y0)
    group_of: list[int] = list(range(len(order)))

    def root(n: int) -> int:
        while group_of[n] != n:
            group_of[n] = group_of[group_of[n]]
            n = group_of[n]
        return n

    for n, line in enumerate(order):
        for other in range(n + 1, len(order)):
            if order[other].y0 > line.y1 + _TOUCH:
                break
            if order[other].x0 <= line.x1 + _TOUCH and line.x0 <= order[other].x1 + _TOUCH:
                group_of[root(other)] = root(n)
    by_root: dict[int, list[Area]] = {}
    for n, line in enumerate(order):
        by_root.setdefault(root(n), []).append(line)
    groups += by_root.values()
    return groups


def _frame(lines: Sequence[Area], size: tuple[float, float]) -> Frame | None:
    """The frame that touching lines form, if they go all around."""
    area = Area(
        min(line.x0 for line in lines),
        min(line.y0 for line in lines),
        max(line.x1 for line in lines),
        max(line.y1 for line in lines),
    )
    wide, high = area.x1 - area.x0, area.y1 - area.y0
    if wide < _LEAST_WIDE or high < _LEAST_HIGH or wide * high > _LARGE * size[0] * size[1]:
        return None
    upright = [line for line in lines if line.y1 - line.y0 > line.x1 - line.x0]
    level = [line for line in lines if line.y1 - line.y0 <= line.x1 - line.x0]
    columns = _gathered((line.x0 + line.x1) / 2 for line in upright)
    rows = _gathered((line.y0 + line.y1) / 2 for line in level)
    if len(columns) < 2 or len(rows) < 2:
        return None
    for side in (columns[0], columns[-1]):
        if _length((line.y0, line.y1) for line in upright if abs((line.x0 + line.x1) / 2 - side) < _TOUCH + 1) < (
            _COVERED * high
        ):
            return None
    for side in (rows[0], rows[-1]):
        if _length((line.x0, line.x1) for line in level if abs((line.y0 + line.y1) / 2 - side) < _TOUCH + 1) < (
            _COVERED * wide
        ):
            return None
    return Frame(area, columns, rows)


def _gathered(places: Iterable[float]) -> list[float]:
    """Places, those that are next to each other as one."""
    gathered: list[float] = []
    for place in sorted(places):
        if not gathered or place - gathered[-1] > 2 * _TOUCH:
            gathered.append(place)
    return gathered


def _length(spans: Iterable[tuple[float, float]]) -> float:
    """How much spans cover."""
    total, end = 0.0, float("-inf")
    for start, stop in sorted(spans):
        if stop > end:
            total += stop - max(start, end)
            end = stop
    return total


def _place(limits: Sequence[float], value: float) -> int:
    """Between which of ascending limits a value lies."""
    for place, limit in enumerate(limits[1:-1]):
        if value < limit:
            return place
    return len(limits) - 2
