"""Leader dots, as in price lists: the names and values that they lead from and to are rows of a table."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from dnqa.formats.pdf.glyphs import Piece
from dnqa.formats.pdf.stretches import Stretch, make_stretch
from dnqa.formats.pdf.tables import Table

_DOTS = r"(?:[.·…_]\s?){5,}|…{2,}"
_LEADER = re.compile(rf"\s*(?:{_DOTS})\s*")
_RUN = re.compile(r"[.·_]{4,}|…+")
_PART_OF_LEADER = re.compile(r"[.·…_]+$")
_PAGE_NUMBER = re.compile(r"(?:\d{1,3}|[ivxlc]{1,6})$")
_MAX_VALUE = 40  # letters
_LEVEL = 2.0  # points between baselines of one row
_FAR = 3.0  # sizes of the font between rows of one table
_Row = tuple[Stretch, Stretch, set[int]]


def find_leaders(stretches: Sequence[Stretch]) -> tuple[list[Table], list[Stretch]]:
    """The tables of rows with leader dots, and the other stretches; a table of contents is left as it is."""
    rows = sorted(_find_rows(stretches), key=lambda row: (row[0].y, row[0].x0))
    groups: list[list[_Row]] = []
    for row in rows:
        group = next(
            (
                group
                for group in reversed(groups)
                if row[0].x0 < group[-1][1].x1
                and group[-1][0].x0 < row[1].x1
                and 0 < row[0].y - group[-1][0].y <= _FAR * row[0].size
            ),
            None,
        )
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    groups = [group for group in groups if not _is_contents(group)]
    used = {number for group in groups for row in group for number in row[2]}
    return [_table(group) for group in groups], [line for line in stretches if id(line) not in used]


def _find_rows(stretches: Sequence[Stretch]) -> Iterable[_Row]:
    """The names and values of rows, and the ids of the stretches that they stand in."""
    for line in stretches:
        leaders = list(_LEADER.finditer(line.text))
        if len(leaders) != 1 or not re.search(r"\w", line.text[: leaders[0].start()]):
            continue
        name, value = _split(line)
        if not name:
            continue
        if value:
            right, ids = make_stretch(value, line.page), {id(line)}
        else:
            beside = [other for other in stretches if abs(other.y - line.y) <= _LEVEL and other.x0 >= line.x1 - 1]
            other = min(beside, key=lambda other: other.x0, default=None)
            if other is None or _LEADER.search(other.text):
                continue
            right, ids = other, {id(line), id(other)}
        if len(right.text) <= _MAX_VALUE:
            yield make_stretch(name, line.page), right, ids


def _split(line: Stretch) -> tuple[list[Piece], list[Piece]]:
    """The pieces of a name in front of leader dots, and those behind them."""
    name: list[Piece] = []
    value: list[Piece] = []
    has_dots = False
    for piece in line.pieces:
        dots = _RUN.search(piece.text)
        if _PART_OF_LEADER.match(piece.text) and (name or dots):
            has_dots = True
        elif dots:
            has_dots = True
            if before := piece.text[: dots.start()]:
                name.append(piece._replace(text=before))
            if after := piece.text[dots.end() :]:
                value.append(piece._replace(text=after))
        elif has_dots:
            value.append(piece)
        else:
            name.append(piece)
    return name, value


def _is_contents(rows: Sequence[_Row]) -> bool:
    """Whether rows are a table of contents: the values are page numbers that do not fall."""
    if not all(_PAGE_NUMBER.match(value.text) for _, value, _ in rows):
        return False
    numbers = [int(value.text) for _, value, _ in rows if value.text.isdigit()]
    return all(above <= below for above, below in pairwise(numbers))


def _table(rows: Sequence[_Row]) -> Table:
    cells = [cell for name, value, _ in rows for cell in (name, value)]
    return Table(
        [[[name], [value]] for name, value, _ in rows],
        min(cell.x0 for cell in cells),
        max(cell.x1 for cell in cells),
        min(cell.top for cell in cells),
        max(cell.bottom for cell in cells),
    )
