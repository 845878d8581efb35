"""The reference list of a source: where it begins and ends, and what each of its entries says."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from dnqa.reading.lines import Gap, TextLine
from dnqa.text.characters import fold

_TITLE = re.compile(
    r"[#*_ \t]*(?:\d{1,2}\.?\s+)?(?:references?(?: list| and notes)?|notes and references|bibliography|works cited"
    r"|literature(?: cited)?|further reading|sources)"
    r"[*_ \t]*:?[#*_ \t]*$",
    re.I,
)
_ENTRY = re.compile(
    r"(?:[-*•][ \t]+)?(?P<open>\[|\()?(?P<number>\d{1,3})(?P<close>[\])]|[.)]?)"
    r"(?P<gap>[ \t\u00a0]+|(?<=[\].)])(?=[A-Z])|$)"
)
_BARE_START = re.compile(r"[A-Z“\"‘']|[a-z]+ [A-Z]|https?:")
_ENDED = re.compile(r"[.?!)\]”\"/]$|\d$")
_NEW_ENTRY = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]{1,3}\b|,)")


class Entry(NamedTuple):
    """How an entry begins: its style, its number, and where its text begins in the line."""

    style: str
    number: int
    start: int


class ReferenceList(NamedTuple):
    """A reference list.

    entries: by number. end: the place of the first line behind it.
    """

    entries: dict[int, str]
    end: int


def is_title(text: str) -> bool:
    """Whether a line is the heading of a reference list, if entries follow."""
    return bool(_TITLE.match(text))


def match_entry(text: str) -> Entry | None:
    """How a line begins an entry, None if it cannot."""
    match = _ENTRY.match(text)
    if match is None or match["number"].startswith("0"):
        return None
    bare = not match["open"] and not match["close"]
    if bare and match["gap"] and not _BARE_START.match(text, match.end()):
        return None
    style = f"{match['open'] or ''}{match['close']}{' alone' if match.end() == len(text) else ''}"
    return Entry(style, int(match["number"]), match.end())


def read_list(lines: Sequence[TextLine], first: int, is_heading: Callable[[int], bool]) -> ReferenceList | None:
    """Read the list whose first line stands at a place, None if none begins there.

    is_heading: whether the line at a place is a heading where ordinary text stands.
    """
    if first >= len(lines) or (opening := match_entry(lines[first].text)) is None:
        return None
    if opening.style == "" and not _goes_on(lines, first, opening):
        return None
    if opening.style.endswith("alone"):
        n = _count_alone(lines, first, opening)
        if n > 1:
            return _read_apart(lines, first, n, opening.number)
    return _read_in_turn(lines, first, opening, is_heading)


def _goes_on(lines: Sequence[TextLine], first: int, opening: Entry) -> bool:
    """Whether a list whose numbers have neither stop nor bracket has a second entry, or can only be one."""
    for line in lines[first + 1 :]:
        found = match_entry(line.text)
        if found and found.style == "" and found.number == opening.number + 1:
            return True
    return opening.number == 1


def _count_alone(lines: Sequence[TextLine], first: int, opening: Entry) -> int:
    """How many numbers stand alone below one another."""
    n = 0
    for line in lines[first:]:
        found = match_entry(line.text)
        if found is None or found.style != opening.style or found.number != opening.number + n:
            break
        n += 1
    return n


def _read_apart(lines: Sequence[TextLine], first: int, n: int, number: int) -> ReferenceList:
    """A list of which all numbers stand before all entries: one a line, or parted by blank lines, or as they end."""
    rest = range(first + n, len(lines))
    groups: list[list[int]] = []
    for place in rest:
        if not groups or lines[place].gap is Gap.BLANK:
            groups.append([])
        groups[-1].append(place)
    if groups and len(groups[0]) == n > 1:
        groups = [[place] for place in groups[0]]
    elif len(groups) < n:
        places = [place for group in groups for place in group]
        n = min(n, len(places))
        groups = [[place] for place in places] if len(places) == n else _split_at_ends(lines, places)
    groups = groups[:n]
    entries = {
        number + count: fold(" ".join(lines[place].text for place in group)) for count, group in enumerate(groups)
    }
    return ReferenceList(entries, groups[-1][-1] + 1 if groups else first + n)


def _split_at_ends(lines: Sequence[TextLine], places: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for place in places:
        begins = not groups or (lines[groups[-1][-1]].text.endswith(".") and _NEW_ENTRY.match(lines[place].text))
        if begins:
            groups.append([])
        groups[-1].append(place)
    return groups


def _read_in_turn(
    lines: Sequence[TextLine], first: int, opening: Entry, is_heading: Callable[[int], bool]
) -> ReferenceList:
    texts: dict[int, list[str]] = {}
    last = 0
    place = first
    while place < len(lines):
        line = lines[place]
        entry = match_entry(line.text)
        if entry and entry.style == opening.style and _is_next(lines, place, entry.number, last):
            last = entry.number
            texts.setdefault(last, []).append(line.text[entry.start :])
        elif _ends(lines, place, texts[last], is_heading):
            break
        else:
            texts[last].append(line.text)
        place += 1
    return ReferenceList({number: fold(" ".join(parts)) for number, parts in texts.items()}, place)


def _is_next(lines: Sequence[TextLine], place: int, number: int, last: int) -> bool:
    if number == last + 1 or not last:
        return True
    has_mark = bool(re.match(r"[\[(]?\d+[\]).]", lines[place].text))
    parted = not lines[place].is_below or lines[place - 1].text.endswith(".")
    return has_mark and last < number <= last + 20 and parted


def _ends(lines: Sequence[TextLine], place: int, entry: Sequence[str], is_heading: Callable[[int], bool]) -> bool:
    line = lines[place]
    if line.text.startswith("#"):
        return True
    has_ended = bool(_ENDED.search(entry[-1])) if entry[-1] else False
    if line.is_below:
        return line.text.isupper() and sum(map(str.isalpha, line.text)) > 2 and entry[-1].endswith(".")
    if line.gap in (Gap.PAGE, Gap.FURNITURE) and not has_ended:
        return False
    if line.gap is Gap.PAGE_BLANK and line.text[0].islower():
        return False
    return has_ended or is_heading(place)
