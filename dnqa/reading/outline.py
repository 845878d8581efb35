"""What the lines of an exported text are, as far as it takes more than one line to tell."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dnqa.reading import references
from dnqa.reading.furniture import find_bylines, find_furniture, find_page_numbers
from dnqa.reading.headings import (
    FINISHED,
    SENTENCE_RANK,
    find_bold,
    find_numbered,
    find_sentence_case,
    is_in_capitals,
    is_title_case,
)
from dnqa.reading.items import starts_item
from dnqa.reading.lines import Edit, Gap, TextLine, blank, cut_lines
from dnqa.reading.markdown import find_marks
from dnqa.reading.markup import find_markup
from dnqa.reading.tables import find_rows, is_caption

_ROUGH_CITATION = re.compile(r"(?<=[a-z.,;)])\d{1,3}(?!\w)|(?<=\[)\d{1,3}(?=[\],–-])")
_TITLE_RANK, _NUMBERED_RANK, _BOLD_RANK = 0, 3, 6


class Outline(NamedTuple):
    """A text without what is no text, and its lines.

    text: what vanishes replaced by white space. lines: of it.
    rows: the places of rows of tables. headings: rank, and where the words begin and end in the line, by place.
    edits: what is shown as something else. lone: where numbers stand alone that were left.
    """

    text: str
    lines: list[TextLine]
    rows: frozenset[int]
    headings: Mapping[int, tuple[int, int, int]]
    edits: list[Edit]
    lone: frozenset[int]

    def is_caption_line(self, i: int) -> bool:
        """Whether line i is the caption of a table: its number, and rows below it or a stop behind it."""
        return is_caption(self.lines[i].text) and (
            i + 1 in self.rows or bool(re.match(r"\w+ \d+[a-z]?[.:] ", self.lines[i].text))
        )

    def is_parted(self, line: TextLine) -> bool:
        """Whether a blank line stands between a line and the one before it."""
        before = self.text.rfind("\n\n", 0, line.start)
        return before >= 0 and not re.search(r"[^\s]", self.text[before : line.start])


def outline_text(text: str, *, is_markdown: bool = False) -> Outline:
    """Find out what takes more than a line to tell."""
    gone, edits = find_markup(text)
    marks: list[Edit] = []
    if is_markdown:
        bars, marks = find_marks(blank(text, gone))
        gone = sorted([*gone, *bars])
    text = blank(text, sorted([*gone, *((edit.start, edit.end) for edit in edits)]))
    lines = cut_lines(text)
    text, lone = _drop_furniture(text, lines)
    lines = cut_lines(text)
    bylines = find_bylines(lines, [is_in_capitals(line.text) or is_title_case(line.text) for line in lines])
    rows, rulers, joins = find_rows(lines)
    if bylines or rulers:
        dropped = sorted(bylines | rulers)
        kept = [place for place in range(len(lines)) if place not in bylines | rulers]
        text = blank(text, [(lines[place].start, lines[place].end) for place in dropped])
        row_starts = {lines[place].start for place in rows}
        lines = [lines[place]._replace(gap=Gap.BLANK) if place - 1 in rulers else lines[place] for place in kept]
        rows = {place for place, line in enumerate(lines) if line.start in row_starts}
    headings = _find_headings(lines, rows, has_title=bool(bylines))
    return Outline(text, lines, frozenset(rows), headings, sorted([*edits, *joins, *marks]), lone)


def _drop_furniture(text: str, lines: Sequence[TextLine]) -> tuple[str, frozenset[int]]:
    """A text without its furniture and page numbers, and where other numbers stand alone."""
    title = next((place for place, line in enumerate(lines) if _opens_list(lines, place)), len(lines))
    in_list = frozenset(range(title + 1, len(lines)))
    furniture = find_furniture(lines, in_list)
    listed = {entry.number for place in in_list if (entry := references.match_entry(lines[place].text))}
    cited = [int(match[0]) for line in lines[:title] for match in _ROUGH_CITATION.finditer(line.text)]
    fits = frozenset(listed) or frozenset(range(1, max(cited, default=-1) + 2))
    pages, lone = find_page_numbers(lines, furniture, fits)
    dropped = sorted(furniture | pages)
    spans = [(lines[place].start, lines[place].end) for place in dropped]
    return blank(text, spans), frozenset(lines[place].start for place in lone)


def _opens_list(lines: Sequence[TextLine], place: int) -> bool:
    following = lines[place + 1 : place + 3]
    return references.is_title(lines[place].text) and any(references.match_entry(line.text) for line in following)


def _find_headings(lines: Sequence[TextLine], rows: set[int], *, has_title: bool) -> dict[int, tuple[int, int, int]]:
    is_item = [starts_item(line.text) for line in lines]
    numbered = find_numbered(lines, is_item)
    bold = find_bold(lines)
    found = {
        place: (_NUMBERED_RANK + depth, start, len(lines[place].text)) for place, (depth, start) in numbered.items()
    }
    found |= {place: (_BOLD_RANK, start, end) for place, (start, end) in bold.items()}
    end = next((place for place in range(len(lines)) if _opens_list(lines, place)), len(lines))
    is_closed = [
        place == 0
        or bool(FINISHED.search(lines[place - 1].text))
        or place - 1 in found
        or place - 1 in rows
        or is_in_capitals(lines[place - 1].text)
        for place in range(len(lines))
    ]
    is_other = [
        place in found
        or place in rows
        or is_item[place]
        or place >= end
        or line.text.startswith(("#", "[", "|"))
        or is_in_capitals(line.text)
        for place, line in enumerate(lines)
    ]
    sentence_case = find_sentence_case(lines, is_other, is_closed)
    for place in sentence_case:
        if not is_title_case(lines[place].text):
            found[place] = (SENTENCE_RANK, 0, len(lines[place].text))
    if lines and (has_title or _is_title(lines, found)):
        found[0] = (_TITLE_RANK, 0, len(lines[0].text))
    return found


def _is_title(lines: Sequence[TextLine], found: Mapping[int, tuple[int, int, int]]) -> bool:
    """Whether the first line is the title: a short line without an end above the first heading."""
    first = lines[0].text
    if 0 in found and found[0][0] == SENTENCE_RANK:
        return 1 in found
    is_short = len(first.split()) <= 10 and not re.search(r"[.,:;!\d\])>]$", first) and first[0].isupper()
    return 0 not in found and 1 in found and is_short and not first.startswith("#")
