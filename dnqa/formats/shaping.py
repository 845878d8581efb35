"""What the words of lines say of them, in any format that knows its paragraphs; and rows of tables."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from dnqa.reading.headings import is_long
from dnqa.reading.lines import Line, LineKind
from dnqa.reading.references import is_title, match_entry
from dnqa.reading.tables import is_caption
from dnqa.text.characters import fold

Piece = tuple[str, int]
"""Text, and 0, or which raised run it is part of: pieces of one run make one number."""

LIST_TITLE = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:list of |selected |cited )?(references?|bibliography|sources|literature|notes|endnotes"
    r"|footnotes|(?:works|literature|references|sources) cited|(?:reference|source) list"
    r"|references and (?:notes|sources|further reading))\s*:?",
    re.I,
)
"""The heading of a reference list."""
BULLET = re.compile(r"[•‣⁃◦●○■□▪▫➢➤✓✔❖♦∙·\uf0b7\uf0a7\uf0d8\uf0fc]\s*")
_NUMBERS = re.compile(r"[\d\s,;()\[\]–-]+")
_DASH = re.compile(r"[-–—*+o]\s+(?=\w)")
_LIST_NUMBER = re.compile(r"\(?(?:(\d{1,2})[.)]|([a-z])\))\s+(?=\S)")
_CLOSED = re.compile(r"[.,:;!…][)”’\"\]\d]*$")
_SENTENCE_ENDED = re.compile(r"[.!?:][)\]\[”’\"\d]*$")
_ENTRY_ENDED = re.compile(r"[.?!)\]”\"/\d]$")
_ADDRESS = re.compile(
    r"\S@\S+\.\w|^(?:affiliations?\b|doi\b|correspond|e-?mail|tel\b|phone|received|accepted|published|revised|reviewed"
    r"|(?:last )?updated|version\b|written by|authors?\b|by [A-Z]|medically reviewed)",
    re.I,
)
_JOINING = frozenset("a and at by de der di du for in la le of on the to van von with".split())
_MOST_BYLINES = 40
_LONGEST_BYLINE, _LONGEST_CELL = 300, 600  # characters
_HIGHEST, _LONGEST_LEAP = 999, 20  # of entries: the first number, and from one to the next


def fold_pieces(pieces: Iterable[Piece]) -> tuple[str, list[tuple[int, int]]]:
    """One line of pieces of text, white space folded and soft hyphens left out; and the spans of it that are raised."""
    parts: list[str] = []
    raised: list[tuple[int, int]] = []
    length = last_run = 0
    has_gap = False
    for text, run in pieces:
        words = fold(text.replace("\u00ad", ""))
        if text[:1].isspace():
            has_gap = True
        if not words:
            continue
        if has_gap and length:
            parts.append(" ")
            length += 1
        if run and last_run not in (0, run) and not has_gap and parts[-1][-1].isdigit() and words[0].isdigit():
            parts.append(",")  # else two numbers side by side would be read as one
            raised[-1] = (raised[-1][0], length + 1)
            length, run_goes_on = length + 1, True
        else:
            run_goes_on = run == last_run
        parts.append(words)
        if run and run_goes_on and raised and raised[-1][1] == length:
            raised[-1] = (raised[-1][0], length + len(words))
        elif run:
            raised.append((length, length + len(words)))
        length += len(words)
        has_gap, last_run = text[-1].isspace(), run
    return "".join(parts), raised


def is_heading_like(text: str) -> bool:
    """Whether the words of a line that looks like a heading can be one."""
    return (
        bool(re.search(r"[^\W\d_]", text)) and not is_long(text) and not _CLOSED.search(text) and not is_caption(text)
    )


def is_title_like(text: str) -> bool:
    """Whether the words of the first line of a document can be its title."""
    return bool(re.search(r"[^\W\d_]", text)) and len(text) <= _LONGEST_BYLINE and not _CLOSED.search(text)


def join_table(rows: Sequence[Sequence[list[Line]]], *, is_layout: bool = False) -> list[Line]:
    """The lines of a table whose rows have cells of lines: one line a row, or those of its cells if it is a layout."""
    if is_layout or is_layout_table(rows):
        return [line for row in rows for cell in row for line in cell]
    return [join_row(row) for row in rows if any(row)]


def is_layout_table(rows: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Whether a table only places text: it has one column, or cells with headings, tables or long texts."""
    if max(map(len, rows), default=0) < 2:
        return True
    return any(
        any(line.kind is LineKind.HEADING for line in cell)
        or sum(line.kind is LineKind.ROW for line in cell) > 1
        or sum(len(line.text) for line in cell) > _LONGEST_CELL
        for row in rows
        for cell in row
    )


def join_row(cells: Sequence[Sequence[Line]]) -> Line:
    """One line of the cells of a row, joined by " | "; empty ones at its ends are left out."""
    filled = [place for place, cell in enumerate(cells) if cell]
    pieces: list[Piece] = []
    for cell in cells[filled[0] : filled[-1] + 1] if filled else ():
        pieces.append((" | " if pieces else "", 0))
        for line in cell:
            end = 0
            for start, stop in line.raised:
                pieces += ((line.text[end:start], 0), (line.text[start:stop], 1 + len(pieces)))
                end = stop
            pieces += ((line.text[end:], 0), (" ", 0))
    text, raised = fold_pieces(pieces)
    return Line(text, raised, LineKind.ROW)


def finish_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines with what their words say: authors below the title, typed bullets and numbers, entries of a list."""
    return _mark_items(_mark_entries(_mark_bylines(list(lines))))


def _mark_bylines(lines: list[Line]) -> list[Line]:
    """The lines with authors and their addresses, between the title and the first heading or sentence, as furniture."""
    if not lines or lines[0].kind is not LineKind.HEADING or lines[0].level != 1:
        return lines
    found: set[int] = set()
    n_other = 0
    for place, line in enumerate(lines[1 : _MOST_BYLINES + 1], start=1):
        if line.kind not in (LineKind.START, LineKind.ITEM, LineKind.TEXT):
            break
        if _is_byline(line):
            found.add(place)
        elif n_other > 1 or _CLOSED.search(line.text) or line.kind is LineKind.ITEM:
            break
        else:
            n_other += 1
    else:
        if len(lines) <= _MOST_BYLINES + 1:
            return lines  # all of it is short lines: that is the text
    return [line._replace(kind=LineKind.FURNITURE) if place in found else line for place, line in enumerate(lines)]


def _is_byline(line: Line) -> bool:
    text = line.text
    if len(text) > _LONGEST_BYLINE:
        return False
    if _ADDRESS.search(text):
        return True
    words = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", text) if word.lower() not in _JOINING]
    n_small = sum(word[0].islower() for word in words)
    if n_small * 3 <= len(words):
        return (line.kind is LineKind.START or bool(line.raised)) and ("," in text or not _SENTENCE_ENDED.search(text))
    return bool(line.raised) and not _SENTENCE_ENDED.search(text)


def _mark_entries(lines: Sequence[Line]) -> list[Line]:
    """The lines with the entries of a reference list as such, where its heading and their numbers tell."""
    marked: list[Line] = []
    is_listing, last, pending, level = False, 0, 0, 1
    for line, following in zip(lines, [*lines, Line("")][1:], strict=True):
        kind = line.kind
        if kind is LineKind.START and is_title(line.text) and read_entry(following)[0]:
            kind = LineKind.HEADING
        if kind is LineKind.HEADING:
            level = line.level or level
            is_listing, last, pending = bool(LIST_TITLE.fullmatch(line.text)), 0, 0
            marked.append(line._replace(kind=kind, level=level))
            continue
        if not is_listing or kind not in (LineKind.START, LineKind.ITEM, LineKind.ROW):
            marked.append(line)
            continue
        number, text = read_entry(line)
        if pending and not number:
            number, text = pending, line.text
        if number and (number == pending or last < number <= (last + _LONGEST_LEAP if last else _HIGHEST)):
            if text:
                marked.append(Line(text, kind=LineKind.ENTRY, number=number))
                last, pending = number, 0
            else:
                pending = number  # it stands alone, and its entry is still to come
            continue
        goes_on = last and kind is LineKind.START and not _ENTRY_ENDED.search(marked[-1].text)
        marked.append(Line(line.text, kind=LineKind.TEXT) if goes_on else line)
    return marked


def read_entry(line: Line) -> tuple[int, str]:
    """The number of an entry, typed or counted by the format, and its text; 0 if the line is none."""
    if line.kind is LineKind.ROW:
        cell, _, text = line.text.partition(" | ")
        found = re.fullmatch(r"[\[(]?(\d{1,3})[\])]?\.?", cell)
        return (int(found[1]), text) if found else (0, line.text)
    if line.raised and line.raised[0][0] == 0 and line.text[: line.raised[0][1]].isdecimal():
        end = line.raised[0][1]
        return int(line.text[:end]), line.text[end:].lstrip(" .")
    typed = match_entry(line.text)
    if typed and (typed.style.strip() or not line.number):
        return typed.number, line.text[typed.start :]
    return line.number, line.text


def _mark_items(lines: Sequence[Line]) -> list[Line]:
    """The lines without typed bullets and numbers, and headings without citations."""
    starts = [line.text for line in lines if line.kind is LineKind.START]
    dashes = Counter(text[0] for text in starts if _DASH.match(text))
    marked: list[Line] = []
    last = 0  # number typed before the last item
    for line in lines:
        if line.kind is LineKind.HEADING:
            last = 0
            marked.append(line._replace(text="".join(_without_numbers(line)), raised=()))
            continue
        length = 0
        if line.kind in (LineKind.START, LineKind.ITEM) and (bullet := BULLET.match(line.text)):
            length = bullet.end()
        elif line.kind is LineKind.START and (dash := _DASH.match(line.text)) and dashes[line.text[0]] > 1:
            length = dash.end()
        elif line.kind is LineKind.START and (typed := _LIST_NUMBER.match(line.text)):
            number = int(typed[1]) if typed[1] else ord(typed[2]) - ord("a") + 1
            length, last = (typed.end(), number) if number == last + 1 else (0, last)
        if 0 < length < len(line.text):
            raised = [(max(0, start - length), end - length) for start, end in line.raised if end > length]
            marked.append(Line(line.text[length:], raised, LineKind.ITEM))
        else:
            marked.append(line._replace(number=line.number if line.kind is LineKind.ENTRY else 0))
    return marked


def _without_numbers(line: Line) -> Iterable[str]:
    """The parts of a line between its raised numbers."""
    end = 0
    for start, stop in line.raised:
        if _NUMBERS.fullmatch(line.text, start, stop) and not line.text[start - 1 : start].isdigit():
            yield line.text[end:start]
            end = stop
    yield line.text[end:]
