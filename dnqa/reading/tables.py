"""Rows of tables, told from lines of text: by bars, by gaps, or by the numbers that they end in."""

import re
from collections.abc import Sequence

from dnqa.reading.lines import Edit, TextLine

_RULER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?|\|\s*:?-{2,}:?\s*\|")
_DRAWN = re.compile(r"[+|]?(?:[-=─━═]{2,}[\s+|┼┬┴├┤│]+)+(?:[-=─━═]{2,}[+|]?)?|[-=─━═]{12,}")
_GAP = re.compile(r"[ \u00a0]*\t[ \t\u00a0]*|[ \u00a0]{2,}")
_NUMBERS_BEHIND = re.compile(r"(?:[^\W\d_][^.?!:;]*?)((?:\s+[<>~±]?\d[\d.,]*%?(?:\s?[-–]\s?\d[\d.,]*)?|\s+[-–—]){2,})")
_CAPTION = re.compile(r"(?:table|figure|fig\.?|box|chart)\s+\d{1,3}[a-z]?\b", re.I)
_LEADER = re.compile(
    r"(?<![.…_·\s])[ \u00a0]*+(?:(?:\.[ \u00a0]?){4,}+|…{2,}+|(?:_ ?){4,}+|·{4,}+)[ \u00a0]*+(?=[^\s.…_·])"
)
"""Dots that lead from a name to its value."""
_FEWEST_ROWS = 2


def is_caption(text: str) -> bool:
    """Whether a line names a table or figure by its number: "Table 1. Iron in food."."""
    return bool(_CAPTION.match(text))


def find_rows(lines: Sequence[TextLine]) -> tuple[set[int], set[int], list[Edit]]:
    """The lines that are rows of a table and those that only rule it, by their places; and how cells are joined."""
    rows: set[int] = set()
    rulers = {place for place, line in enumerate(lines) if _RULER.fullmatch(line.text)}
    drawn = {place for place, line in enumerate(lines) if _DRAWN.fullmatch(line.text)}
    for ruler in rulers | drawn:
        rows |= _find_barred(lines, ruler)
    barred = frozenset(rows - rulers - drawn)
    rows |= _find_runs(lines, rows | rulers, drawn)
    led = {place for place, line in enumerate(lines) if (match := _LEADER.search(line.text)) and match.start()}
    rows |= led
    rulers |= {place for place in drawn if {place - 1, place + 1} & rows}
    rows -= rulers | drawn
    edits = [
        edit
        for place in sorted(rows)
        for edit in (_join_led(lines[place]) if place in led else _join_cells(lines[place], place in barred))
    ]
    return rows, rulers, edits


def _find_barred(lines: Sequence[TextLine], ruler: int) -> set[int]:
    """The rows around a ruler line of Markdown."""
    rows = set()
    if ruler and "|" in lines[ruler - 1].text and lines[ruler].is_below:
        rows.add(ruler - 1)
    place = ruler + 1
    while place < len(lines) and lines[place].is_below and "|" in lines[place].text:
        rows.add(place)
        place += 1
    return rows


def _find_runs(lines: Sequence[TextLine], taken: set[int], drawn: set[int]) -> set[int]:
    """Rows by gaps of a tab or two spaces, or by as many numbers at their ends, two or more below one another."""
    found: set[int] = set()
    for count in (_count_cells, _count_numbers):
        run: list[int] = []
        for place, line in enumerate(lines):
            if place in drawn and run:  # a line between the head and the rows parts nothing
                continue
            n = 0 if place in taken else count(line.text)
            goes_on = bool(run) and line.is_below and n and n == count(lines[run[-1]].text)
            if not goes_on:
                if len(run) >= _FEWEST_ROWS:
                    found.update(run)
                run = []
            if n:
                run.append(place)
        if len(run) >= _FEWEST_ROWS:
            found.update(run)
    return found


def _count_cells(text: str) -> int:
    """How many cells gaps make of a line, 0 for a line of text."""
    cells = _GAP.split(text)
    has_stop = text.endswith((".", "!", "?")) and len(cells) < 3
    return 0 if len(cells) < 2 or has_stop or _starts_item(cells[0]) else len(cells)


def _starts_item(cell: str) -> bool:
    return bool(re.fullmatch(r"[-•*–▪o\uf0b7]|\(?(?:\d{1,3}|[a-z]|[ivx]+)[.)]", cell))


def _count_numbers(text: str) -> int:
    """How many numbers stand at the end of a row, 0 for a line of text."""
    match = _NUMBERS_BEHIND.fullmatch(text)
    return len(match[1].split()) if match else 0


def _join_led(line: TextLine) -> list[Edit]:
    """What makes " | " of the dots between a name and its value."""
    return [Edit(line.start + match.start(), line.start + match.end(), " | ") for match in _LEADER.finditer(line.text)]


def _join_cells(line: TextLine, has_bars: bool) -> list[Edit]:
    """What makes " | " of the gaps or bars between the cells of a row."""
    if has_bars:
        inner = re.compile(r"\s*(?<!\\)\|\s*")
        edits = []
        for match in inner.finditer(line.text):
            at_end = match.start() == 0 or match.end() == len(line.text)
            edits.append(Edit(line.start + match.start(), line.start + match.end(), "" if at_end else " | "))
        return edits
    return [Edit(line.start + match.start(), line.start + match.end(), " | ") for match in _GAP.finditer(line.text)]
