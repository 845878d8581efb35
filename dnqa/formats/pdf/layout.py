"""What stands on a page, part by part in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dnqa.formats.pdf.columns import Column, find_columns, fits_columns, order_things, side_by_side
from dnqa.formats.pdf.frames import Frame, fill_frames, find_frames
from dnqa.formats.pdf.glyphs import PrintedPage
from dnqa.formats.pdf.leaders import find_leaders
from dnqa.formats.pdf.sides import Sides
from dnqa.formats.pdf.stretches import Stretch, join_stretches
from dnqa.formats.pdf.tables import Table, find_tables, grid_table, join_labels, join_lines

_NARROW = 0.24  # of the width of the page; so narrow is a column in the margin
_LARGE = 1.12  # times the size of the text; what is larger is a heading and may be wider than its column
_SAME_LINE, _NEAR = 0.35, 4.0  # sizes of the font between stretches of one line, up and along
_SMALL = 0.97  # times the size of the text


@dataclass(slots=True)
class Part:
    """Lines below each other, or a table.

    left, right: the ends of the column that they stand in, in points from the left of the page.
    box: the number of the box that they stand in, 0 if in none. is_margin: whether they stand in the margin.
    is_side: whether they are a short column beside others, which ends where its text does.
    """

    lines: list[Stretch] = field(default_factory=list)
    table: Table | None = None
    left: float = 0.0
    right: float = 0.0
    box: int = 0
    is_margin: bool = False
    is_side: bool = False


@dataclass(slots=True)
class _Box:
    """A frame as something with a place."""

    frame: Frame
    x0: float
    x1: float
    top: float
    bottom: float


class LayoutReader:
    """Reads the layout of one page after the other.

    size: of the text of the document, in points.
    """

    def __init__(self, size: float) -> None:
        self.size = size
        self.n_boxes = 0
        self.columns: list[Column] = []

    def read(self, page: PrintedPage, stretches: Sequence[Stretch]) -> list[Part]:
        """The parts of a page, of which the text is given that is no furniture."""
        frames = find_frames(page.rules, page.areas, (page.width, page.height))
        outer, free = fill_frames(frames, stretches)
        led, free = find_leaders(join_labels(free))
        columns = self._find_columns(free)
        if len(columns) > 1 or (columns and not self.columns):
            self.columns = side_by_side(columns) or self.columns
        elif self.columns and fits_columns(free, self.columns):
            columns = self.columns  # of a page before
        tables, free = find_tables(free, columns, page.rules)
        free = join_lines(free, columns)
        parts = self._order([*free, *led, *tables, *map(_as_box, outer)], columns, 0)
        body = [part for part in parts if part.lines and not part.box]
        self._find_margins(body, columns, page.width)
        return parts

    def _find_columns(self, stretches: Iterable[Stretch]) -> list[Column]:
        return find_columns(line for line in stretches if line.size <= _LARGE * self.size)

    def _order(
        self, things: Iterable["Stretch | Table | Sides | _Box"], columns: Sequence[Column], box: int
    ) -> list[Part]:
        parts: list[Part] = []
        for chain in order_things(list(things), columns):
            part = Part(box=box)
            for thing in chain:
                if isinstance(thing, Stretch):
                    _add(part, thing)
                    continue
                parts.append(part)
                if isinstance(thing, Table):
                    parts.append(Part(table=thing, box=box))
                elif isinstance(thing, Sides):
                    parts += (self._read_side(column, box) for column in thing.columns)
                else:
                    parts += self._read_frame(thing.frame)
                part = Part(box=box)
            parts.append(part)
        parts = _joined([part for part in parts if part.lines or part.table])
        for part in parts:
            if part.lines and not part.right:
                self._measure(part, columns)
        return parts

    def _read_side(self, lines: Sequence[Stretch], box: int) -> Part:
        """One of several short columns side by side."""
        part = Part(box=box, is_side=True)
        for line in lines:
            _add(part, line)
        self._measure(part, ())
        return part

    def _measure(self, part: Part, columns: Sequence[Column]) -> None:
        lines = [line for line in part.lines if line.size <= _LARGE * self.size] or part.lines
        part.left = min(line.x0 for line in lines)
        part.right = max(line.x1 for line in lines)
        for column in columns:
            if column.x0 - 30 <= part.left and part.right <= column.x1 + 3 and column.top <= part.lines[0].y:
                part.right = max(part.right, column.x1) if part.lines[0].y <= column.bottom else part.right

    def _read_frame(self, frame: Frame) -> list[Part]:
        if frame.is_grid:
            return [Part(table=grid_table(frame))]
        if boxes := frame.side_by_side():
            return [part for box in boxes if box.stretches for part in self._read_frame(box)]
        self.n_boxes += 1
        number = self.n_boxes
        led, inside = find_leaders(join_labels(frame.stretches))
        columns = self._find_columns(inside)
        tables, free = find_tables(inside, columns, ())
        parts = self._order([*free, *led, *tables, *map(_as_box, frame.frames)], columns, number)
        if len(columns) < 2:
            own = [part for part in parts if part.box == number and part.lines]
            left = min((part.left for part in own), default=0.0)
            right = max((part.right for part in own), default=0.0)
            for part in own:
                part.right = max(right, frame.area.x1 - max(left - frame.area.x0, 0.0) - 2)
        return parts

    def _find_margins(self, parts: Sequence[Part], columns: Sequence[Column], width: float) -> None:
        """Mark narrow columns of small text outside the columns of the page."""
        if not columns:
            return
        for part in parts:
            inside = any(
                part.left < column.x1 and column.x0 < part.right and column.top <= part.lines[0].y <= column.bottom
                for column in columns
            )
            small = max(line.size for line in part.lines) < _SMALL * self.size
            if not inside and small and part.right - part.left < _NARROW * width:
                part.is_margin = True


def _as_box(frame: Frame) -> _Box:
    return _Box(frame, frame.area.x0, frame.area.x1, frame.area.y0, frame.area.y1)


def _add(part: Part, line: Stretch) -> None:
    last = part.lines[-1] if part.lines else None
    if last is not None and _is_beside(last, line):
        part.lines[-1] = join_stretches(last, line)
    else:
        part.lines.append(line)


def _is_beside(last: Stretch, line: Stretch) -> bool:
    """Whether a stretch goes on with the line that another one begins."""
    size = max(last.size, line.size)
    return abs(last.y - line.y) < _SAME_LINE * size and 0 <= line.x0 - last.x1 <= _NEAR * size


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Parts, those joined of which one goes on with the line that the one before it ends with."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.lines
            and last.box == part.box
            and len(part.lines) == 1
            and _is_beside(last.lines[-1], part.lines[0])
        ):
            _add(last, part.lines[0])
            continue
        joined.append(part)
    return joined
