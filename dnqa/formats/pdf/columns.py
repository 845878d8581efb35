"""The columns of a page, and the order in which what stands on it is read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol, TypeVar

from dnqa.formats.pdf.stretches import Stretch

_ENDINGS = (".", "!", "?", ":", ";")
_LEAST_LETTERS = 18  # of a line of text
_LEAST_LINES = 4  # of a column
_ALIGNED = 3.0  # points between left ends that are one
_FLOWING = 0.25  # of the lines of a column go on in small letters with a sentence of the line above
_FILLED = 0.45  # of the lines of a column reach its right end, nearly
_NEARLY = 0.8
_LEAST_WIDTH = 70.0  # points
_HEADING_ROOM = 34.0  # points above the text of a column, for a heading
_TITLE_HEIGHT = 1.5  # times as high as most lines is a title
_WIDE_SPACE = 6.0  # sizes of the font between lines of one column
_ANOTHER_SIZE = 0.06
_ALIKE = 1.25  # times as wide may a column be as another that it is as wide as
_WIDE = 0.6  # of the least column is the width of one whose lines do not run on, as in a list
_OVERLAP = 4.0  # points that columns may overlap
_MOST = 100  # groups of lines that are put into order; where there are more they are labels of a picture
_NEAR = 60  # things further down that are looked at for what stands right below


class Placed(Protocol):
    """Something with a place on the page, in points from the left top."""

    @property
    def x0(self) -> float:
        """Its left end."""

    @property
    def x1(self) -> float:
        """Its right end."""

    @property
    def top(self) -> float:
        """Its upper edge."""

    @property
    def bottom(self) -> float:
        """Its lower edge."""


Thing = TypeVar("Thing", bound=Placed)


def flows(lines: Sequence[Stretch]) -> bool:
    """Whether lines below each other are text that runs from line to line, and not cells of a table."""
    if len(lines) < _LEAST_LINES or sum(len(line.text) for line in lines) < _LEAST_LETTERS * len(lines):
        return False
    left = min(line.x0 for line in lines)
    width = max(line.x1 for line in lines) - left
    on = sum(above.text[-1] not in _ENDINGS and below.text[0].islower() for above, below in pairwise(lines))
    filled = sum(line.x1 - left >= _NEARLY * width for line in lines)
    return on >= _FLOWING * (len(lines) - 1) and filled >= _FILLED * len(lines)


@dataclass(slots=True)
class Column:
    """A column of text: its place on the page, in points from the left top.

    begin: where its text begins; from there to its top there may be a heading.
    """

    x0: float
    x1: float
    top: float
    bottom: float
    begin: float = 0.0

    def holds(self, x0: float, x1: float, y: float) -> bool:
        """Whether something stands in it."""
        return self.x0 - _OVERLAP <= x0 and x1 <= self.x1 + _OVERLAP and self.top <= y <= self.bottom


def find_columns(stretches: Iterable[Stretch]) -> list[Column]:
    """The columns of text on a page, from the left; none if there is little text.

    Each goes up and down to where text of another width begins.
    """
    lines = sorted((line for line in stretches if len(line.text) >= _LEAST_LETTERS), key=lambda line: line.x0)
    clusters: list[list[Stretch]] = []
    for line in lines:
        if clusters and line.x0 - clusters[-1][0].x0 <= _ALIGNED:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    runs = [run for cluster in clusters for run in _runs(sorted(cluster, key=lambda line: line.y))]
    runs = [part for run in runs for part in _parted(run, runs)]
    columns: list[Column] = []
    for run in sorted(filter(flows, runs), key=len, reverse=True):
        _add(columns, _around(run), may_grow=True)
    if columns:
        least = _WIDE * min(column.x1 - column.x0 for column in columns)
        for run in runs:
            column = _around(run)
            if len(run) >= _LEAST_LINES and not flows(run) and column.x1 - column.x0 >= least:
                _add(columns, column, may_grow=False)
    _even_out(columns)
    return sorted(columns, key=lambda column: (column.x0, column.top))


def _runs(lines: Sequence[Stretch]) -> list[list[Stretch]]:
    """Lines below each other, cut where there is a wide space, or the size changes."""
    runs: list[list[Stretch]] = []
    for line in lines:
        last = runs[-1][-1] if runs else line
        if (
            runs
            and line.y - last.y <= _WIDE_SPACE * line.size
            and abs(line.size - last.size) < _ANOTHER_SIZE * last.size
        ):
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def _parted(run: list[Stretch], runs: Sequence[list[Stretch]]) -> list[list[Stretch]]:
    """A run, those of its lines set apart that reach into a column further right."""
    for other in runs:
        if other[0].x0 > run[0].x0 + _LEAST_WIDTH and flows(other):
            short = [line for line in run if line.x1 <= other[0].x0 + _OVERLAP]
            if len(short) < len(run) and flows(short):
                return [*_parted(short, runs), [line for line in run if line.x1 > other[0].x0 + _OVERLAP]]
    return [run]


def _around(run: Sequence[Stretch]) -> Column:
    return Column(run[0].x0, max(line.x1 for line in run), run[0].top, run[-1].bottom)


def _add(columns: list[Column], new: Column, *, may_grow: bool) -> None:
    """Add a column; join it with one that it shares width and height with, unless that joins more than two."""
    over = [
        column
        for column in columns
        if new.x0 < column.x1 - _OVERLAP
        and column.x0 < new.x1 - _OVERLAP
        and new.top < column.bottom
        and column.top < new.bottom
    ]
    if not over:
        columns.append(new)
    elif len(over) == 1 and may_grow:
        column = over[0]
        grown = Column(min(column.x0, new.x0), max(column.x1, new.x1), min(column.top, new.top), column.bottom)
        if not any(
            grown.x0 < other.x1 and other.x0 < grown.x1 and grown.top < other.bottom and other.top < new.bottom
            for other in columns
            if other is not column
        ):
            column.x0, column.x1 = grown.x0, grown.x1
            column.top, column.bottom = grown.top, max(column.bottom, new.bottom)


def _even_out(columns: Sequence[Column]) -> None:
    """Make columns with one left end equally wide, if they nearly are, and let each reach up to the next."""
    for column in columns:
        alike = [other.x1 for other in columns if abs(other.x0 - column.x0) <= _ALIGNED]
        width = column.x1 - column.x0
        column.x1 = max((right for right in alike if right - column.x0 <= _ALIKE * width), default=column.x1)
    spans = [(column.top, column.bottom) for column in columns]
    for n, column in enumerate(columns):
        over = [
            spans[m]
            for m, other in enumerate(columns)
            if m != n and column.x0 < other.x1 - _OVERLAP and other.x0 < column.x1 - _OVERLAP
        ]
        column.begin = spans[n][0]
        column.top = max((bottom for _, bottom in over if bottom <= spans[n][0]), default=0.0)
        column.bottom = spans[n][1] if any(top >= spans[n][1] for top, _ in over) else float("inf")


def fits_columns(stretches: Iterable[Stretch], columns: Sequence[Column]) -> bool:
    """Whether text stands in columns side by side, short of what is as wide as two of them."""
    starts = sorted(column.x0 for column in columns)
    gutters = [(max(column.x1 for column in columns if column.x0 < start), start) for start in starts[1:]]
    lines = [line for line in stretches if len(line.text) >= _LEAST_LETTERS]
    crossing = sum(any(line.x0 < low and line.x1 > high for low, high in gutters) for line in lines)
    return crossing <= 0.1 * len(lines)


def side_by_side(columns: Sequence[Column]) -> list[Column]:
    """The columns of a page, all as high as it, if they stand side by side; none if some are above wider ones."""
    apart: list[Column] = []
    for column in sorted(columns, key=lambda column: column.x0 - column.x1):
        over = [other for other in apart if column.x0 < other.x1 - _OVERLAP and other.x0 < column.x1 - _OVERLAP]
        if not over:
            apart.append(Column(column.x0, column.x1, 0.0, float("inf")))
        elif column.x1 - column.x0 < _WIDE * (over[0].x1 - over[0].x0):
            return []
    return sorted(apart, key=lambda column: column.x0)


@dataclass(slots=True)
class _Chain:
    """Numbers of things of which each stands right below the one before it, and what they cover."""

    numbers: list[int]
    x0: float
    x1: float
    top: float
    bottom: float


def order_things(things: Sequence[Thing], columns: Sequence[Column]) -> list[list[Thing]]:
    """Things in reading order, those together that stand below each other.

    Of two things the upper one comes first if they share some width, and else the left one, unless something that
    shares some width with both stands between them (after Breuel 2003). What stands alone in a column counts as wide
    as the column.
    """
    ordered = sorted(things, key=lambda thing: (thing.top + thing.bottom, thing.x0))
    links = [_Chain([n], thing.x0, thing.x1, thing.top, thing.bottom) for n, thing in enumerate(ordered)]
    _widen(links, columns)
    return [[ordered[n] for n in chain.numbers] for chain in _sorted(_chain(links))]


def _widen(links: Sequence[_Chain], columns: Sequence[Column]) -> None:
    """Make what stands alone in its column as wide as it; without columns, as all if nothing stands side by side."""
    beside: set[int] = set()
    for n, link in enumerate(links):
        for other in range(n + 1, min(len(links), n + _NEAR)):
            if _is_beside(link, links[other]) and _column(link, columns) == _column(links[other], columns):
                beside |= {n, other}
    if not columns:
        if beside or not links:
            return
        columns = [Column(min(link.x0 for link in links), max(link.x1 for link in links), 0.0, float("inf"))]
    title = _find_title(links, columns)
    for n, link in enumerate(links):
        column = _column(link, columns)
        if n in beside:
            continue
        if n in title:
            link.x0, link.x1 = min(column.x0 for column in columns), max(column.x1 for column in columns)
        elif column is not None:
            link.x0, link.x1 = column.x0, column.x1


def _find_title(links: Sequence[_Chain], columns: Sequence[Column]) -> set[int]:
    """What stands above columns that all begin at one height: their title; nothing if it stands in several of them."""
    begins = [column.begin for column in columns if column.top == 0]
    if len(begins) < 2 or max(begins) - min(begins) > _HEADING_ROOM:
        return set()
    usual = sorted(link.bottom - link.top for link in links)[len(links) // 2]
    title = {
        n
        for n, link in enumerate(links)
        if link.bottom < min(begins) - (0 if link.bottom - link.top > _TITLE_HEIGHT * usual else _HEADING_ROOM)
    }
    over = {column.x0 for n in title if (column := _column(links[n], columns))}
    return title if len(over) < 2 else set()


def _column(link: _Chain, columns: Sequence[Column]) -> Column | None:
    """The column that something stands in."""
    middle = (link.top + link.bottom) / 2
    return next((column for column in columns if column.holds(link.x0, link.x1, middle)), None)


def _is_beside(a: _Chain, b: _Chain) -> bool:
    """Whether two things stand side by side."""
    shared = min(a.bottom, b.bottom) - max(a.top, b.top)
    return shared > 0.3 * min(a.bottom - a.top, b.bottom - b.top) and (a.x1 <= b.x0 + 1 or b.x1 <= a.x0 + 1)


def _chain(links: Sequence[_Chain]) -> list[_Chain]:
    below = [_right_below(links, n) for n in range(len(links))]
    above: list[list[int]] = [[] for _ in links]
    for n, others in enumerate(below):
        for other in others:
            above[other].append(n)
    chains: list[_Chain] = []
    for n, link in enumerate(links):
        if len(above[n]) == 1 and len(below[above[n][0]]) == 1:
            continue
        chain = _Chain([n], link.x0, link.x1, link.top, link.bottom)
        last = n
        while len(below[last]) == 1 and len(above[below[last][0]]) == 1:
            last = below[last][0]
            following = links[last]
            chain.numbers.append(last)
            chain.x0, chain.x1 = min(chain.x0, following.x0), max(chain.x1, following.x1)
            chain.bottom = max(chain.bottom, following.bottom)
        chains.append(chain)
    return chains


def _right_below(links: Sequence[_Chain], n: int) -> list[int]:
    """What stands below something with nothing in between."""
    link = links[n]
    found: list[int] = []
    for other in range(n + 1, min(len(links), n + _NEAR)):
        following = links[other]
        if _share(link, following) and _is_above(link, following):
            if not any(_share(links[known], following) for known in found):
                found.append(other)
            if following.x0 <= link.x0 + _OVERLAP and following.x1 >= link.x1 - _OVERLAP:
                break
    return found


def _sorted(chains: list[_Chain]) -> list[_Chain]:
    if len(chains) > _MOST:
        return sorted(chains, key=lambda chain: (chain.top, chain.x0))
    before = [[_comes_first(a, b, chains) for b in chains] for a in chains]
    left = list(range(len(chains)))
    result: list[_Chain] = []
    while left:
        free = [n for n in left if not any(before[other][n] for other in left if other != n)]
        pick = min(free or left, key=lambda n: (chains[n].top, chains[n].x0))
        left.remove(pick)
        result.append(chains[pick])
    return result


def _comes_first(a: _Chain, b: _Chain, chains: Sequence[_Chain]) -> bool:
    if a is b:
        return False
    if _share(a, b):
        return _is_above(a, b)
    if a.x0 >= b.x0:
        return False
    return not any(
        _share(a, other)
        and _share(b, other)
        and ((_is_above(a, other) and _is_above(other, b)) or (_is_above(b, other) and _is_above(other, a)))
        for other in chains
        if other is not a and other is not b
    )


def _share(a: _Chain, b: _Chain) -> bool:
    """Whether two things share some width."""
    least = min(_OVERLAP, 0.3 * min(a.x1 - a.x0, b.x1 - b.x0))
    return min(a.x1, b.x1) - max(a.x0, b.x0) > least


def _is_above(a: _Chain, b: _Chain) -> bool:
    return a.top + a.bottom < b.top + b.bottom and a.top < b.top
