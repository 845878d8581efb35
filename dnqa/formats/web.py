"""Web pages (.html) as lines: the main text, without what stands around it on the page.

Known limits: what a script would add and what only a style sheet hides or raises is not known; formulas are read from
left to right.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dnqa.formats.shaping import (
    BULLET,
    LIST_TITLE,
    Piece,
    finish_lines,
    fold_pieces,
    is_heading_like,
    join_table,
    read_entry,
)
from dnqa.formats.web_main import NOTES, belongs, find_main, is_beside, is_hidden, names_of, parse_page
from dnqa.reading.lines import Line, LineKind
from dnqa.reading.references import match_entry

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr li legend main ol p pre search section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TABLE_TAGS = frozenset(("table", "tr", "td", "th"))
_BACK = re.compile(r"(?:[↑^↩↵⤴⏎🔙]\ufe0e?\ufe0f?)+|(?:jump|back|return|go back)(?: up| back)?(?: to .{1,20})?", re.I)
_LIBRARY = re.compile(r"\[?(?:google scholar|pubmed|pmc free article|crossref|web of science|medline)\]?", re.I)
_CITED = re.compile(r"\s*\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\s*")
_TO_REFERENCE = re.compile(r"#(?!app|box|ch|eq|fig|page|sec|tab|[fpst]\d)", re.I)  # in an address
_RAISED = re.compile(r"vertical-align\s*:\s*super\b", re.I)
_BRACKETS = re.compile(r"[()\[\]]")
_BREAK: Piece = ("\n", 0)
_LINE_START = re.compile(rf"{BULLET.pattern}|\[?\d{{1,3}}[\].)]\s+[A-Z]")  # of an item or entry that a break sets apart
_NOTE_ID = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote)[-_]?\d{1,3}", re.I)
_LONG_LINE = 40  # characters of what is a sentence rather than an entry of a menu


def read_html(data: bytes) -> list[Line]:
    """The lines of a web page, in order: headings, paragraphs, items, rows, and the entries of its reference list.

    A paragraph is one line. Raises FormatError if the bytes are no page that can be read.
    """
    root = parse_page(data)
    if root is None:
        return []
    lines = _PageReader(*find_main(root)).read()
    return finish_lines(lines[_find_title(lines) :])


def _find_title(lines: Sequence[Line]) -> int:
    """Where the text begins: at the title, if nothing above it is a sentence."""
    for place, line in enumerate(lines):
        if line.kind is LineKind.HEADING and line.level == 1:
            return place
        if line.kind is LineKind.HEADING or (line.text.endswith((".", "!", "?")) and len(line.text) > _LONG_LINE):
            break
    return 0


@dataclass(slots=True)
class _List:
    """A list that is open: whether it is numbered, the number of its next item, and whether references may be in it."""

    is_numbered: bool
    number: int
    is_references: bool


@dataclass(slots=True)
class _Item:
    """An item that is open: its number as an entry, 0 if it has none, and what has been read of it."""

    number: int = 0
    is_reference: bool = False
    has_begun: bool = False
    is_cut: bool = False  # by a list in it


class _PageReader:
    """One walk over the elements of the main text, with what the walk must remember."""

    def __init__(self, main: Any, title: Any | None) -> None:
        self._main = main
        self._sinks: list[list[Line]] = [[]]  # of the page, and of every cell that is open
        self._rows: list[list[list[Line]]] = []
        self._tables: list[list[list[list[Line]]]] = []
        self._lists: list[_List] = []
        self._items: list[_Item] = []
        self._notes: list[Any] = []  # open elements that hold notes or references
        self._raised: list[Any] = []
        self._beside: Any = None  # the open element beside the text that holds sentences
        self._header: Any = None  # the open header of a page, of which only headings are read
        self._heading: Any = None
        self._level = 0
        self._n_pre = 0
        self._goes_on = False  # whether a line stands right above in preformatted text
        self._pieces: list[Piece] = []
        self._in_bracket = False
        self._n_runs = 0  # raised runs so far
        self._list_title = ""  # the last heading, if it may head references
        self._bold_is_heading = main.find(".//h2") is None and main.find(".//h3") is None
        if title is not None:
            self._pieces, self._level = [("".join(title.itertext()), 0)], 1
            self._flush()

    def read(self) -> list[Line]:
        """The lines, in order."""
        from lxml import etree

        walk = etree.iterwalk(self._main, events=("start", "end"))
        skipped = None
        for event, element in walk:
            if event == "start":
                if self._leaves_out(element):
                    walk.skip_subtree()
                    skipped = element
                else:
                    self._start(element)
                continue
            if element is skipped:
                skipped = None
            else:
                self._end(element)
            if element.tail and element is not self._main:
                self._add(element.tail)
        self._flush()
        return self._sinks[0]

    def _leaves_out(self, element: Any) -> bool:
        if element is self._main:
            return False
        if element.tag in ("main", "article"):
            return False
        if is_hidden(element):
            return True
        if element.tag == "a":
            return self._takes_link(element)
        if self._beside is None and is_beside(element):
            if not belongs(element):
                return True
            self._beside = element
        return False

    def _takes_link(self, element: Any) -> bool:
        """Whether a link needs no more reading: it leads back, or is the number of a citation."""
        if len(element) > 8:
            return False
        text = "".join(element.itertext()).strip()
        in_entry = bool(self._notes or (self._items and self._items[-1].is_reference))
        if text and _BACK.fullmatch(text) and (in_entry or not text[0].isalpha()):
            return True
        if in_entry and _LIBRARY.fullmatch(text):
            return True
        if _CITED.fullmatch(text) and _TO_REFERENCE.search(element.get("href", "")):
            is_glued = bool(self._pieces) and self._pieces[-1][0][-1:].isdigit()
            self._n_runs += not self._raised or is_glued
            self._add(text, is_raised=not self._in_bracket)
            return True
        return False

    def _start(self, element: Any) -> None:
        if element.tag == "br":
            self._break()
        elif element.tag in _BLOCKS:
            if self._heading is None:
                self._start_block(element)
            else:
                self._add(" ")
        elif element.tag == "sup" or _RAISED.search(element.get("style", "")):
            self._raised.append(element)
            self._n_runs += 1
        if element.text:
            self._add(element.text)

    def _start_block(self, element: Any) -> None:
        self._flush()
        tag = element.tag
        names = names_of(element)
        if NOTES & names or (tag != "li" and _NOTE_ID.fullmatch(element.get("id", ""))):
            self._notes.append(element)
        if level := self._rank(element):
            self._heading, self._level = element, level
        elif tag in ("ol", "ul"):
            may_be = not self._items and bool(self._notes or self._list_title)
            self._lists.append(_List(tag == "ol", _whole(element.get("start")) or 1, may_be))
        elif tag == "li":
            self._items.append(self._open_item(element))
        elif tag == "header" and self._main.tag == "body" and element.getparent().tag in ("body", "div", "form"):
            self._header = self._header if self._header is not None else element
        elif tag == "table":
            self._tables.append([])
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._sinks.append([])
        elif tag == "pre":
            self._n_pre += 1
            self._goes_on = False

    def _rank(self, element: Any) -> int:
        """How deep an element stands as a heading, 0 if it is none."""
        tag = element.tag
        if tag in _HEADINGS:
            return int(tag[1])
        if element.get("role") == "heading":
            return _whole(element.get("aria-level")) or 2
        if "msotitle" in names_of(element):  # of a page that Word saved
            return 1
        is_bold = self._bold_is_heading and tag in ("p", "div") and not self._items and _is_bold_heading(element)
        return 6 if tag == "summary" or is_bold else 0

    def _open_item(self, element: Any) -> _Item:
        own = self._lists[-1] if self._lists else None
        if (
            own is None
            or not own.is_references
            or (not self._notes and self._list_title == "notes" and not element.get("id"))
        ):
            return _Item()
        said = None if own.is_numbered else re.search(r"\d{1,3}$", element.get("id", ""))
        number = _whole(element.get("value")) or (own.number if own.is_numbered else int(said[0]) if said else 0)
        own.number = number + 1
        return _Item(number, is_reference=True)

    def _end(self, element: Any) -> None:
        if self._raised and self._raised[-1] is element:
            self._raised.pop()
        elif element.tag in _BLOCKS:
            if self._heading is None or self._heading is element:
                self._end_block(element)
            else:
                self._add(" ")
        if self._beside is element:
            self._beside = None

    def _end_block(self, element: Any) -> None:
        self._flush()
        tag = element.tag
        if self._heading is element:
            self._heading, self._level = None, 0
        elif tag in ("ol", "ul"):
            self._lists.pop()
        elif tag == "li":
            self._items.pop()
            if self._items:
                self._items[-1].is_cut = True
        elif tag in _TABLE_TAGS:
            self._end_cells(element)
        elif tag == "pre":
            self._n_pre -= 1
        if self._header is element:
            self._header = None
        if self._notes and self._notes[-1] is element:
            self._notes.pop()

    def _end_cells(self, element: Any) -> None:
        """Take the end of a cell, a row or a table; what stands in none goes to what is around it."""
        if element.tag == "table":
            is_layout = element.get("role") in ("presentation", "none")
            self._sinks[-1] += join_table(self._tables.pop(), is_layout=is_layout)
        elif element.tag == "tr":
            row = self._rows.pop()
            if self._tables:
                self._tables[-1].append(row)
            else:
                self._sinks[-1] += (line for cell in row for line in cell)
        else:
            cell = self._sinks.pop()
            if self._rows:
                self._rows[-1].append(cell)
            else:
                self._sinks[-1] += cell

    # text and lines

    def _add(self, text: str, *, is_raised: bool = False) -> None:
        if self._header is not None and self._heading is None:
            return
        first, *others = text.split("\n") if self._n_pre and self._heading is None else [text]
        run = self._n_runs if is_raised or self._raised else 0
        self._pieces.append((first, run))
        for line in others:
            self._goes_on = self._flush()
            self._pieces.append((line, run))
        if brackets := _BRACKETS.findall(text):
            self._in_bracket = brackets[-1] == "["

    def _break(self) -> None:
        """Take a line break: two of them begin a paragraph."""
        last = next((piece for piece in reversed(self._pieces) if piece is _BREAK or piece[0].strip()), None)
        if last is _BREAK and self._heading is None:
            self._flush()
        else:
            self._pieces.append(_BREAK)

    def _flush(self) -> bool:
        """Make lines of the text since the last block; whether there was any."""
        pieces, self._pieces = self._pieces, []
        self._in_bracket = False
        parts: list[list[Piece]] = [[]]
        for piece, following in zip(pieces, [*pieces, _BREAK][1:], strict=True):
            if piece is _BREAK and _LINE_START.match(following[0].lstrip()):
                parts.append([])
            parts[-1].append(piece)
        lines = [self._say(text, raised) for text, raised in map(fold_pieces, parts) if text]
        self._sinks[-1] += lines
        return bool(lines)

    def _say(self, text: str, raised: Sequence[tuple[int, int]]) -> Line:
        """A line, with what its place on the page says of it."""
        if self._level:
            found = LIST_TITLE.fullmatch(text)
            self._list_title = found[1].lower() if found else ""
            return Line(text, raised, LineKind.HEADING, level=self._level)
        if not self._items:
            number, rest = read_entry(Line(text, raised)) if self._notes and not self._tables else (0, text)
            if number and rest:
                return Line(rest, kind=LineKind.ENTRY, number=number)
            goes_on = bool(self._n_pre) and self._goes_on and not BULLET.match(text)
            return Line(text, raised, LineKind.TEXT if goes_on else LineKind.START)
        item, outer = self._items[-1], self._items[0]
        has_begun, item.has_begun = item.has_begun, True
        if outer.is_reference:
            typed = None if has_begun or item is not outer else match_entry(text)
            if typed and (typed.style.strip() or not outer.number):
                outer.number, text = typed.number, text[typed.start :]
                item.has_begun = bool(text)  # else the number stands alone, and the entry is still to come
            if outer.number:
                kind = LineKind.TEXT if has_begun or item is not outer else LineKind.ENTRY
                return Line(text, kind=kind, number=outer.number if kind is LineKind.ENTRY else 0)
        above = self._sinks[-1][-1].text if self._sinks[-1] else ""
        goes_on = has_begun and not item.is_cut and above.endswith((".", "!", "?"))
        return Line(text, raised, LineKind.TEXT if goes_on else LineKind.ITEM)


def _whole(text: str | None) -> int:
    """The number that a text is, 0 if it is none that can be."""
    return int(text) if text and re.fullmatch(r"\s*\d{1,4}\s*", text, re.ASCII) else 0


def _is_bold_heading(element: Any) -> bool:
    """Whether a paragraph is bold from end to end, short and without an end, as headings made by hand are."""
    if len(element) != 1 or element[0].tag not in ("b", "strong") or (element.text or element[0].tail or "").strip():
        return False
    return is_heading_like("".join(element.itertext()).strip())
