"""Word files (.docx) as lines: what Word shows once all tracked changes are accepted.

Known limits: page headers and footers are left out, and so is the number of a heading that Word counts itself; what
stands in charts, SmartArt and embedded objects is no text.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dnqa.formats.shaping import (
    Piece,
    finish_lines,
    fold_pieces,
    is_heading_like,
    is_layout_table,
    is_title_like,
    join_row,
)
from dnqa.formats.word_parts import MC, OFF, SIZE, Look, M, Numbering, Package, Styles, W, find_value, read_look
from dnqa.reading.lines import Line, LineKind

_TEXT_LEVEL = 9
_LONGEST_HEADING = 250
_NOTE_RUN = 1  # runs of superscript letters are 1, those of notes begin behind it
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b")
_LEFT_OUT = frozenset("del moveFrom pPr rPr tblPr tblGrid trPr tcPr sdtPr sectPr rt".split())
_CHOSEN = frozenset("Choice Fallback sdt tr tc fldSimple".split())
_NAMES = {f"{W}{tag}": tag for tag in (*_LEFT_OUT, "sdt", "tr", "tc", "fldSimple")}
_NAMES |= {
    f"{W}{tag}": tag
    for tag in "p r t tab ptab br cr noBreakHyphen sym footnoteReference endnoteReference fldChar instrText tbl".split()
}
_NAMES |= {f"{W}txbxContent": "txbxContent", f"{MC}Choice": "Choice", f"{MC}Fallback": "Fallback"}
_NAMES |= {f"{M}t": "m:t", f"{M}sup": "m:sup"}  # of formulas
_SYMBOLS = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    0x57: "Ω",
    0x44: "Δ",
    0xA3: "≤",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
}


def read_docx(data: bytes) -> list[Line]:
    """The lines of a Word file, in order: paragraphs, items, rows, headings, and last the notes as entries.

    A paragraph is one line. Raises FormatError if the bytes are not a whole Word file that can be read.
    """
    package = Package(data)
    body = package.main
    styles = Styles(package.read("styles"))
    numbers = _number_notes(body)
    lines = _read_body(body, styles, Numbering(package.read("numbering")), numbers)
    listed = max((line.number for line in lines), default=0)
    if numbers and listed:  # a list with numbers of its own: the notes are counted on behind it
        numbers = {key: number + listed for key, number in numbers.items()}
        lines = _read_body(body, styles, Numbering(package.read("numbering")), numbers)
    return lines + _read_notes(package, styles, numbers)


@dataclass(slots=True)
class _Block:
    """A line, and how it looks: whether all of it is bold, and the size of its smallest letters in half points."""

    line: Line
    bold: bool = False
    size: int = 0


@dataclass(slots=True)
class _Paragraph:
    """A paragraph that is open, and the blocks of the text boxes that hang on it."""

    look: Look
    pieces: list[Piece] = field(default_factory=list)
    bold: bool = True
    size: int = 0
    boxes: list[_Block] = field(default_factory=list)


class _TextReader:
    """One walk over the elements of a part, with what the walk must remember."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: Mapping[tuple[str, str], int]) -> None:
        self._styles, self._numbering, self._notes = styles, numbering, notes
        self._sinks: list[list[_Block]] = [[]]  # of the part, and of every cell and text box that is open
        self._rows: list[list[list[_Block]]] = []
        self._tables: list[list[list[list[_Block]]]] = []
        self._open: list[_Paragraph] = []
        self._runs: list[Look] = []
        self._fields: list[str] = []  # of each that is open: "code", "shown" or "hidden"
        self._carried: list[Piece] = []  # of a paragraph whose end was deleted
        self._n_raised = 0  # open exponents of formulas

    def read(self, root: Any) -> list[_Block]:
        """The blocks of a part, in order."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped = None
        for event, element in walk:
            name = _NAMES.get(element.tag)
            if event == "start":
                if name in _LEFT_OUT or (name in _CHOSEN and _is_left_out(element, name)):
                    walk.skip_subtree()
                    skipped = element
                elif name:
                    self._start(element, name)
            elif element is skipped:
                skipped = None
            elif name:
                self._end(name)
        return self._sinks[0]

    def _start(self, element: Any, name: str) -> None:
        match name:
            case "r":
                self._runs.append(self._look_of_run(element.find(f"{W}rPr")))
            case "p":
                self._start_paragraph(element.find(f"{W}pPr"))
            case "tbl":
                self._tables.append([])
            case "tr":
                self._rows.append([])
            case "tc" | "txbxContent":
                self._sinks.append([])
            case "m:sup":
                self._n_raised += 1
            case _:
                self._take_text(element, name)

    def _take_text(self, element: Any, name: str) -> None:
        match name:
            case "t" | "m:t":
                self._add(element.text or "", run=int(self._n_raised > 0))
            case "tab" | "ptab" | "br" | "cr":
                self._add(" ")
            case "noBreakHyphen":
                self._add("-")
            case "sym":
                self._add(_read_symbol(element))
            case "footnoteReference" | "endnoteReference":
                self._add_note(element, name)
            case "fldChar":
                self._turn_field(element.get(f"{W}fldCharType"))
            case "instrText":
                if self._fields and _CONTENTS.match(element.text or ""):
                    self._fields[-1] = "hidden"

    def _end(self, name: str) -> None:
        match name:
            case "r":
                self._runs.pop()
            case "p":
                self._end_paragraph()
            case "tbl":
                self._sinks[-1] += _join_table(self._tables.pop())
            case "tr":
                row = self._rows.pop()
                if self._tables:
                    self._tables[-1].append(row)
                else:
                    self._sinks[-1] += (block for cell in row for block in cell)
            case "tc":
                cell = self._sinks.pop()
                if self._rows:
                    self._rows[-1].append(cell)
                else:
                    self._sinks[-1] += cell
            case "txbxContent":
                blocks = self._sinks.pop()
                (self._open[-1].boxes if self._open else self._sinks[-1]).extend(blocks)
            case "m:sup":
                self._n_raised -= 1

    def _look_of_run(self, properties: Any | None) -> Look:
        base = self._open[-1].look if self._open else self._styles.defaults
        if properties is None:
            return base
        own = read_look(properties)
        look = own.over(self._styles.find(find_value(properties, "rStyle", ""))).over(base)
        lifted = look.raised is None and (look.lift or 0) > 0 and (look.size or 0) < (base.size or 0)
        return look._replace(raised=True) if lifted else look

    def _start_paragraph(self, properties: Any | None) -> None:
        style = find_value(properties, "pStyle", self._styles.normal) if properties is not None else self._styles.normal
        look = read_look(properties).over(self._styles.find(style)).over(self._styles.defaults)
        self._open.append(_Paragraph(look, self._carried))
        self._carried = []

    def _end_paragraph(self) -> None:
        paragraph = self._open.pop()
        look = paragraph.look
        self._fields = [state for state in self._fields if state != "code"]  # damaged, or its code has ended
        if look.mark == "del":
            self._carried = paragraph.pieces
            self._sinks[-1] += paragraph.boxes
            return
        text, raised = fold_pieces(paragraph.pieces)
        is_item, number = False, 0
        if look.number_id is not None and text:
            is_item, number = self._numbering.count(look.number_id, look.depth or 0)
        level, name = look.level, look.name or ""
        kind = LineKind.START
        if name.startswith("toc"):
            kind = LineKind.FURNITURE
        elif level is not None and level < _TEXT_LEVEL and len(text) <= _LONGEST_HEADING:
            kind = LineKind.HEADING
        elif is_item or (look.number_id is None and name.startswith(("list bullet", "list number"))):
            kind = LineKind.ITEM
        if text:
            line = Line(text, raised, kind, level=(level or 0) + 1 if kind is LineKind.HEADING else 0, number=number)
            self._sinks[-1].append(_Block(line, paragraph.bold, paragraph.size))
        self._sinks[-1] += paragraph.boxes

    def _add(self, text: str, *, run: int = 0) -> None:
        if not self._open or any(state != "shown" for state in self._fields):
            return
        paragraph = self._open[-1]
        look = self._runs[-1] if self._runs else paragraph.look
        if look.hidden:
            return
        run = run or int(look.raised or False)
        if text.strip() and not run:
            paragraph.bold = paragraph.bold and bool(look.bold)
            paragraph.size = min(paragraph.size or SIZE * 99, look.size or SIZE)
        paragraph.pieces.append((text, run))

    def _add_note(self, element: Any, name: str) -> None:
        number = self._notes.get((name, element.get(f"{W}id", "")))
        if number is not None:
            self._add(str(number), run=_NOTE_RUN + number)

    def _turn_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append("code")
        elif kind == "separate" and self._fields and self._fields[-1] == "code":
            self._fields[-1] = "shown"
        elif kind == "end" and self._fields:
            self._fields.pop()


def _is_left_out(element: Any, name: str) -> bool:
    """Whether an element is shown by another one, was deleted, or only says what to fill in."""
    match name:
        case "Choice" | "Fallback":
            return element.getprevious() is not None
        case "sdt":
            gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            is_contents = gallery is not None and gallery.get(f"{W}val", "").startswith("Table of Contents")
            return is_contents or element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        case "tr":
            return element.find(f"{W}trPr/{W}del") is not None
        case "tc":
            merged = element.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
            return goes_on or element.find(f"{W}tcPr/{W}cellDel") is not None
    return bool(_CONTENTS.match(element.get(f"{W}instr", "")))


def _read_symbol(element: Any) -> str:
    code = element.get(f"{W}char", "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return ""
    number = int(code, 16)
    if element.get(f"{W}font", "").lower() == "symbol":
        return _SYMBOLS.get(number & 0xFF, "")
    return chr(number) if 0x20 <= number < 0xD800 else ""


def _join_table(rows: list[list[list[_Block]]]) -> list[_Block]:
    lines = [[[block.line for block in cell] for cell in row] for row in rows]
    if is_layout_table(lines):
        return [block for row in rows for cell in row for block in cell]
    return [_Block(join_row(row)) for row in lines if any(row)]


def _number_notes(body: Any) -> dict[tuple[str, str], int]:
    """The numbers of footnotes, then of endnotes, as they are referred to, by the kind and id of the reference."""
    numbers: dict[tuple[str, str], int] = {}
    for kind in ("footnoteReference", "endnoteReference"):
        for reference in body.iter(f"{W}{kind}"):
            has_own_mark = reference.get(f"{W}customMarkFollows") not in (None, *OFF)
            is_gone = any(
                _NAMES.get(parent.tag) in ("del", "moveFrom", "Fallback") for parent in reference.iterancestors()
            )
            if not has_own_mark and not is_gone:
                numbers.setdefault((kind, reference.get(f"{W}id", "")), len(numbers) + 1)
    return numbers


def _read_body(body: Any, styles: Styles, numbering: Numbering, notes: Mapping[tuple[str, str], int]) -> list[Line]:
    blocks = _TextReader(styles, numbering, notes).read(body)
    _rank_headings(blocks)
    return finish_lines([block.line for block in blocks])


def _read_notes(package: Package, styles: Styles, numbers: Mapping[tuple[str, str], int]) -> list[Line]:
    lines = []
    for kind in ("footnote", "endnote"):
        root = package.read(f"{kind}s") if any(of == f"{kind}Reference" for of, _ in numbers) else None
        for note in root if root is not None else ():
            number = numbers.get((f"{kind}Reference", note.get(f"{W}id", "")))
            if number is not None:
                blocks = _TextReader(styles, Numbering(None), {}).read(note)
                text = " ".join(block.line.text for block in blocks)
                lines.append(Line(text, kind=LineKind.ENTRY, number=number))
    return sorted(lines, key=lambda line: line.number)


def _rank_headings(blocks: list[_Block]) -> None:
    """Say how deep headings stand: below the title if there is one, and by their look if they have no styles."""
    text = [block for block in blocks if block.line.kind in (LineKind.START, LineKind.ITEM)]
    sizes, bold = Counter[int](), Counter[bool]()
    for block in text:
        sizes[block.size] += len(block.line.text)
        bold[block.bold] += len(block.line.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0)
    bold_tells = bold[False] >= bold[True]

    def stands_out(block: _Block) -> bool:
        shown = block.size > usual or (block.bold and bold_tells and block.size == usual)
        return shown and block.line.kind is LineKind.START and not block.line.raised and block is not blocks[-1]

    styled = [block for block in blocks if block.line.kind is LineKind.HEADING]
    has_title = any(not block.line.level for block in styled)
    if not has_title and blocks and styled and stands_out(blocks[0]) and is_title_like(blocks[0].line.text):
        blocks[0].line = blocks[0].line._replace(kind=LineKind.HEADING)
        styled.append(blocks[0])
        has_title = True
    if not any(block.line.level for block in styled):
        found = [block for block in text if stands_out(block) and is_heading_like(block.line.text)]
        looks = sorted({(block.size, block.bold) for block in found}, reverse=True)
        for block in found:
            level = looks.index((block.size, block.bold)) + 1
            block.line = block.line._replace(kind=LineKind.HEADING, level=level)
        styled += found
    for block in styled if has_title else ():
        block.line = block.line._replace(level=block.line.level + 1)
