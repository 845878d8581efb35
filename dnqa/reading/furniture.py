"""Lines that are no text: running heads and feet, page numbers, journal lines, authors and their addresses."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from dnqa.reading.lines import Gap, TextLine

_YEAR = r"(?:19|20)\d\d"
_PAGE_LABEL = re.compile(
    r"(?:page|p\.|pg\.?|seite)\s*\d{1,4}(?:\s*(?:of|/|-|–)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:/|of)\s*\d{1,4}"
    r"|\d{1,4}\s*\|\s*p\s?a\s?g\s?e|page\s*\|\s*\d{1,4}",
    re.I,
)
_OF_PAGES = re.compile(r"\S.*\b\d{1,4} of \d{1,4}$|(?:page )?\d{1,4} of \d{1,4}\b.*", re.I)
_VOLUME = r"\d+[\d\s()\[\]:;,.–-]*(?:[a-z]?\d+)?"
_JOURNAL = re.compile(
    rf"[A-Z][^.?!;()]{{2,60}}\W{_YEAR}\s*(?:;\s*{_VOLUME}|,\s*\d+\s*[:(]{_VOLUME}"
    rf"|[,:]?\s*\(?(?:vol(?:ume)?|no|issue|number)\b\.?.*)"
    rf"|[A-Z][^.?!;()]{{2,60}},?\s+(?:vol(?:ume)?|no|issue)\b\.?\s*\d+.*{_YEAR}.*"
    rf"|[A-Z].{{2,60}}\set al\.? .{{2,60}}{_YEAR}\W+\d+[:(;].*",
    re.I,
)
_NOTICE = re.compile(
    rf"(?:https?://(?:dx\.)?)?doi(?:\.org)?\s*[:/]\s*10\.\S+$|(?:e-?)?ISSN\b.*|©.*"
    rf"|\(c\) {_YEAR}.*|copyright\b.*{_YEAR}.*"
    rf"|(?:received|accepted|revised|submitted|published|first published)\b.*\b{_YEAR}.*"
    r"|(?:to )?cite this (?:as|article)\b.*"
    r"|downloaded from\b.*|all rights reserved\b.*",
    re.I,
)
_AUTHORS_TITLE = re.compile(r"[A-Z][\w'’-]+(?:,? (?:and|&) [A-Z][\w'’-]+| et al)\b\.?,?:? [A-Z\"“].{2,80}")
_LONGEST = 120


def find_furniture(lines: Sequence[TextLine], in_list: frozenset[int]) -> set[int]:
    """The lines that are page furniture, by their places; lone numbers are none yet.

    in_list: places of the lines of a reference list, whose entries look like journal lines.
    """
    found = {
        place
        for place, line in enumerate(lines)
        if len(line.text) <= _LONGEST and _is_furniture(line, place in in_list)
    }
    found |= {
        place
        for place, line in enumerate(lines)
        if _OF_PAGES.fullmatch(line.text) and len(line.text) <= _LONGEST and _is_beside_page(lines, place)
    }
    repeated = Counter(_without_numbers(line.text) for line in lines if _may_repeat(line))
    alike: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if repeated[_without_numbers(line.text)] > 1 and _may_repeat(line):
            alike.setdefault(_without_numbers(line.text), []).append(place)
    for places in alike.values():
        is_beside = [_is_beside_page(lines, place) or not found.isdisjoint((place - 1, place + 1)) for place in places]
        number_lines = [_is_number(lines, place + step) for place in places for step in (-1, 1)]
        if any(is_beside) or sum(number_lines) >= len(places):
            found.update(places)
    for place, line in enumerate(lines):
        beside = any(_find_past_numbers(lines, place, step) in found for step in (-1, 1))
        if beside and place not in in_list and _AUTHORS_TITLE.fullmatch(line.text) and not line.text.endswith("."):
            found.add(place)
    return found


def _is_furniture(line: TextLine, is_listed: bool) -> bool:
    text = line.text
    if _PAGE_LABEL.fullmatch(text):
        return True
    if _NOTICE.fullmatch(text):
        return not is_listed
    return bool(_JOURNAL.fullmatch(text)) and not text.endswith((".", ",", ";")) and len(text.split()) <= 14


def _may_repeat(line: TextLine) -> bool:
    return 3 < len(line.text) <= _LONGEST and not line.text.isdecimal() and any(map(str.isalpha, line.text))


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _is_number(lines: Sequence[TextLine], place: int) -> bool:
    return 0 <= place < len(lines) and lines[place].text.isdecimal() and len(lines[place].text) <= 4


def _find_past_numbers(lines: Sequence[TextLine], place: int, step: int) -> int:
    """The next place, numbers that stand alone skipped."""
    place += step
    while _is_number(lines, place):
        place += step
    return place


def _is_beside_page(lines: Sequence[TextLine], place: int) -> bool:
    """Whether a form feed stands before or behind a line."""
    pages = (Gap.PAGE, Gap.PAGE_BLANK)
    return lines[place].gap in pages or (place + 1 < len(lines) and lines[place + 1].gap in pages)


def find_page_numbers(
    lines: Sequence[TextLine], furniture: set[int], fits: frozenset[int]
) -> tuple[set[int], set[int]]:
    """The numbers alone on a line that are page numbers, and those that may be, by their places.

    fits: the numbers that may be citations, () where nothing tells.
    """
    alone = [place for place in range(len(lines)) if _is_number(lines, place)]
    pages: set[int] = set()
    lone: set[int] = set()
    for place in alone:
        after = lines[place + 1].gap if place + 1 < len(lines) else None
        number = int(lines[place].text)
        if _is_beside_page(lines, place) or not furniture.isdisjoint((place - 1, place + 1)):
            pages.add(place)
        elif lines[place].gap in (Gap.BLANK, Gap.START) and after in (Gap.BLANK, None):
            (pages if fits and number not in fits else lone).add(place)
        elif after is None and pages and number == int(lines[max(pages)].text) + 1:
            pages.add(place)
    for earlier, later in pairwise(sorted(pages | lone)):
        if int(lines[later].text) == int(lines[earlier].text) + 1:
            pages |= {earlier, later}
    return pages, lone - pages


_NAME = r"(?:[A-Z][\w'’-]*\.?|d[eia]|v[ao]n|der|le|la|al|bin)"
_MARKS = r"[\s\d,*†‡§¶a-f]{0,12}"
_AUTHORS = re.compile(
    rf"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?{_NAME}(?: {_NAME}){{1,3}}{_MARKS}"
    rf"(?:(?:(?:,|;| and| &)\s*(?:and )?|(?<=[\d*†‡§¶] )){_NAME}(?: {_NAME}){{1,3}}{_MARKS})*,?"
)
_HAS_MARK = re.compile(r"[a-z.][\d*†‡§¶]|[a-z] ?[*†‡§¶]|[A-Za-z] \d(?:,\d)*$")
_CORRESPONDENCE = re.compile(r"[*†‡]?\s*(?:correspond\w*|e-?mail|address for)\b.*|.*\S@\S+\.\w.*", re.I)
_AFFILIATION = re.compile(r"(?:\(?\d{1,2}\)?\s*|[a-f*†‡§¶]\s+)[A-Z].*|\d{1,2}")
_SENTENCE = re.compile(r"[A-Z“\"].*[a-z)].?[.?!](?:\s|\[|\d|$).*")
_MOST_LINES = 16
_TAG = re.compile(r"<sup>\s*([\d,*†‡§¶a-f -]{1,12})\s*</sup>", re.I)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def find_bylines(lines: Sequence[TextLine], is_heading: Sequence[bool]) -> set[int]:
    """The lines of authors, addresses and correspondence below the title, by their places; none without authors.

    is_heading: of each line, whether its words alone make it one.
    """
    lines = [line._replace(text=_TAG.sub(r"\1", line.text).translate(_RAISED)) for line in lines[:_MOST_LINES]]
    if len(lines) < 3 or lines[0].text.endswith((".", "!", ";", ",")) or not _AUTHORS.fullmatch(lines[1].text):
        return set()
    rest = range(2, min(len(lines), _MOST_LINES))
    has_mark = bool(_HAS_MARK.search(lines[1].text))
    if not has_mark and not any(_CORRESPONDENCE.fullmatch(lines[place].text) for place in rest):
        return set()
    found = {1}
    for place in rest:
        line = lines[place]
        starts = bool(_AFFILIATION.fullmatch(line.text) or _CORRESPONDENCE.fullmatch(line.text))
        follows_number = place - 1 in found and lines[place - 1].text.isdecimal()
        if not starts and not follows_number and not _AUTHORS.fullmatch(line.text):
            may_be_heading = is_heading[place] and "," not in line.text
            if not line.is_below or may_be_heading or _SENTENCE.fullmatch(line.text):
                break
        found.add(place)
    return found
