"""Page furniture: running heads and feet, page numbers, lines about the journal."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dnqa.formats.pdf.stretches import Stretch

_ZONE = 0.16  # of the height of a page, at its top and bottom, where furniture may stand
_PLACES = 0.12  # of the height of a page, where what stands at the place of other furniture is furniture
_EDGE = 0.075  # of the height of a page, where a lone line is furniture
_SAME_PLACE = 4.0  # points between baselines that are at one place
_APART = 1.45  # times the distance of lines is between furniture and text
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\[(]\s*)?(?:(?:page|p\.|pg\.?|seite)\s*)?(?:[A-Z]{0,2}\d{1,5}|[ivxlc]{1,6})"
    r"(?:\s*(?:of|/|\|)\s*\d{1,4})?(?:\s*[-–—|\])])?$",
    re.I,
)
_PAGE_OF = re.compile(r"\bpage\s+\d{1,4}\b(?:\s*(?:of|/)\s*\d{1,4})?|\b\d{1,3}\s*(?:/|of)\s*\d{1,3}$", re.I)
_JOURNAL = re.compile(
    r"\bdoi\b|©|\(c\)\s*\d{4}|copyright|\bISSN\b|https?://|\bwww\."
    r"|^(?:received|accepted|published|cite this|available)\b"
    r"|\ball rights reserved\b|creative commons|\b(?:19|20)\d\d\s*[;,:]\s*\d+|\bvol(?:ume|\.)?\s*\d+"
    r"|\d+\s*\((?:19|20)\d\d\)|\((?:19|20)\d\d\)\s*\d+|e-?mail|correspond",
    re.I,
)
_SENTENCE = re.compile(r"[.!?]$")
_ENTRY = re.compile(r"[\[(]?\d{1,3}[\])]?[.)]?\s")
_SMALL = 0.96  # times the size of the text, at most
_LONG = 120  # letters of a line that is text
_NEXT = 1.05  # usual distances of lines between a page number and what is next to it, at least
_NUMBER_SIZE = 1.35  # times the size of the text is a page number, at most
_CELLS = 3  # side by side are a row of a table, unless the last is a page number
_TEXT_SIZE, _HEADING_SIZE = 0.98, 1.15  # times the size of the text, at least
_MAX_ROWS = 4  # of furniture at the top or bottom of a page


def find_furniture(
    pages: Sequence[Sequence[Stretch]], heights: Sequence[float], size: float, leading: float
) -> set[int]:
    """The ids of the stretches that are furniture, among those of all pages.

    size, leading: of the text, in points.
    """
    repeated = _find_repeated(pages, heights)
    places = _places([stretch for page in pages for stretch in page if id(stretch) in repeated])
    finder = _Finder(size, leading, repeated, places, *_find_frame(pages, repeated, size, leading))
    found = set(repeated)
    for stretches, height in zip(pages, heights, strict=True):
        rows = _rows(stretches)
        found |= finder.find(rows, height, at_top=True) | finder.find(rows[::-1], height, at_top=False)
    return found


class _Finder(NamedTuple):
    """Finds the furniture of one page after the other.

    size, leading: of the text. repeated: ids of what stands on several pages. places: the baselines of that.
    top, bottom: the edges of the text, on the page where they are outermost.
    """

    size: float
    leading: float
    repeated: set[int]
    places: Sequence[float]
    top: float
    bottom: float

    def find(self, rows: Sequence[Sequence[Stretch]], height: float, *, at_top: bool) -> set[int]:
        """The ids of what is furniture among rows, from an edge of a page inward."""
        own: set[int] = set()
        for n, row in enumerate(rows[: min(_MAX_ROWS, len(rows) - 1)]):
            away = (row[0].y if at_top else height - row[0].y) / height
            gap = abs(rows[n + 1][0].y - row[0].y) / self.leading
            if any(id(stretch) in self.repeated for stretch in row):
                own |= {id(stretch) for stretch in row if _may_go_with(stretch, row, self.repeated)}
                continue
            is_beside = bool(own) and abs(rows[n - 1][0].y - row[0].y) < 1.1 * self.leading and gap >= _APART
            if (own and not is_beside) or away > _ZONE:
                break
            is_inside = self._is_inside(row, at_top=at_top)
            if not own and not is_inside and away < _PLACES and (end := self._measure_small(rows[n:])):
                return {id(stretch) for line in rows[n : n + end] for stretch in line}
            if not self._is_known(row, away) and (is_inside or not self._is_lone(row, gap, away, at_top=at_top)):
                break
            own |= {id(stretch) for stretch in row}
        return own

    def _is_inside(self, row: Sequence[Stretch], *, at_top: bool) -> bool:
        """Whether a row stands where there is text on some page."""
        return row[0].top >= self.top - _SAME_PLACE if at_top else row[0].bottom <= self.bottom + _SAME_PLACE

    def _is_known(self, row: Sequence[Stretch], away: float) -> bool:
        """Whether there is furniture at the place of a row on other pages."""
        return away < _PLACES and any(abs(row[0].y - place) <= _SAME_PLACE for place in self.places)

    def _measure_small(self, rows: Sequence[Sequence[Stretch]]) -> int:
        """How many rows at an edge are small print that stands apart from the text, 0 if they are not."""
        for n, (row, following) in enumerate(pairwise(rows[: _MAX_ROWS + 1]), start=1):
            text = _text(row)
            if _largest(row) > _SMALL * self.size or _ENTRY.match(text) or len(text) > _LONG:
                return 0
            is_by_text = _largest(following) >= _TEXT_SIZE * self.size
            if is_by_text or abs(following[0].y - row[0].y) > _APART * self.leading:
                words = " ".join(map(_text, rows[:n]))
                return n if n > 1 and (_JOURNAL.search(words) or _PAGE_OF.search(words)) else 0
        return 0

    def _is_lone(self, row: Sequence[Stretch], gap: float, away: float, *, at_top: bool) -> bool:
        """Whether the outermost row of a page is furniture by its words, or by its place and size.

        gap: to the next row, in usual distances of lines. away: from the edge of the page, in heights of it.
        """
        text, largest = _text(row), _largest(row)
        if len(row) >= _CELLS and not _PAGE_NUMBER.match(row[-1].text) and not _PAGE_OF.search(text):
            return False
        if any(_PAGE_NUMBER.match(stretch.text) or _PAGE_OF.search(stretch.text) for stretch in row) and gap > _NEXT:
            return largest < _NUMBER_SIZE * self.size and len(row) <= _CELLS
        if _JOURNAL.search(text) and largest < self.size and away < _PLACES and gap > 1.2 and not _ENTRY.match(text):
            return True
        if largest > 1.1 * self.size or gap < _APART or len(text) > _LONG:
            return False
        is_title = at_top and row[0].page == 1 and largest >= self.size and any(stretch.is_bold for stretch in row)
        is_sentence = bool(_SENTENCE.search(text)) and len(text.split()) > 8
        is_small = largest < _SMALL * self.size and away < 0.1
        return not is_title and not is_sentence and (away < _EDGE or is_small)


def _text(row: Sequence[Stretch]) -> str:
    return " ".join(stretch.text for stretch in row)


def _largest(row: Sequence[Stretch]) -> float:
    return max(stretch.size for stretch in row)


def _find_frame(
    pages: Sequence[Sequence[Stretch]], found: set[int], size: float, leading: float
) -> tuple[float, float]:
    """The uppermost and lowermost edge of text on any page: headings, and text with more text near it."""
    tops: list[float] = []
    bottoms: list[float] = []
    for page in pages:
        rows = _rows([line for line in page if id(line) not in found and line.size >= _TEXT_SIZE * size])
        near = [below[0].y - above[0].y < _APART * leading for above, below in pairwise(rows)]
        large = [row[0].size >= _HEADING_SIZE * size for row in rows]
        text = [row for n, row in enumerate(rows) if large[n] or any(near[max(n - 1, 0) : n + 1])]
        if len(text) > 1:
            tops.append(text[0][0].top)
            bottoms.append(text[-1][0].bottom)
    return min(tops, default=float("inf")), max(bottoms, default=float("-inf"))


def _find_repeated(pages: Sequence[Sequence[Stretch]], heights: Sequence[float]) -> set[int]:
    """Stretches that stand at one place on several pages, with at most their numbers changed."""
    alike: dict[str, list[tuple[int, Stretch]]] = defaultdict(list)
    for number, (page, height) in enumerate(zip(pages, heights, strict=True)):
        for stretch in page:
            if stretch.y < _ZONE * height or stretch.y > (1 - _ZONE) * height:
                alike[_DIGITS.sub("#", stretch.text).casefold()].append((number, stretch))
    found: set[int] = set()
    for key, group in alike.items():
        has_words = sum(map(str.isalpha, key)) > 2
        if not has_words and not _PAGE_NUMBER.match(group[0][1].text):
            continue
        for number, stretch in group:
            for other, twin in group:
                steps = has_words or _first_number(twin) - _first_number(stretch) == other - number
                if other != number and steps and abs(stretch.y - twin.y) <= _SAME_PLACE:
                    found.add(id(stretch))
                    break
    return found


def _first_number(stretch: Stretch) -> int:
    match = _DIGITS.search(stretch.text)
    return int(match[0]) if match else 0


def _places(stretches: Sequence[Stretch]) -> list[float]:
    """The baselines at which furniture stands."""
    places: list[float] = []
    for stretch in sorted(stretches, key=lambda stretch: stretch.y):
        if not places or stretch.y - places[-1] > 1:
            places.append(stretch.y)
    return places


def _rows(stretches: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches by baseline, from the top and the left."""
    rows: list[list[Stretch]] = []
    for stretch in sorted(stretches, key=lambda stretch: stretch.y):
        if rows and stretch.y - rows[-1][0].y <= 3:
            rows[-1].append(stretch)
        else:
            rows.append([stretch])
    return [sorted(row, key=lambda stretch: stretch.x0) for row in rows]


def _may_go_with(stretch: Stretch, row: Sequence[Stretch], found: set[int]) -> bool:
    """Whether a stretch beside furniture is furniture: it is no text of a column that ends at the same height."""
    sizes = [other.size for other in row if id(other) in found]
    return any(abs(stretch.size - size) < 1.6 for size in sizes) and len(stretch.text) < 90


def body_leading(pages: Sequence[Sequence[Stretch]], size: float) -> float:
    """The usual distance of lines in a size, 1.2 sizes where it cannot be told."""
    counts: dict[float, int] = defaultdict(int)
    for page in pages:
        lines = sorted(
            (line for line in page if abs(line.size - size) < 0.3), key=lambda line: (round(line.x0), line.y)
        )
        for above, below in pairwise(lines):
            distance = below.y - above.y
            if abs(above.x0 - below.x0) < 2 and 0.9 * size < distance < 2.2 * size:
                counts[round(distance * 2) / 2] += 1
    return max(counts, key=lambda distance: counts[distance]) if counts else 1.2 * size
