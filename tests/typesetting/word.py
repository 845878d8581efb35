"""Hand-outs as Word documents."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from tests.typesetting.handout import (
    Block,
    Box,
    Bullets,
    Handout,
    Heading,
    Item,
    Numbered,
    Paragraph,
    Row,
    Run,
    Sentence,
    Table,
    expect,
    label,
)

_WIDTH, _HEIGHT = 5400000, 1600000  # of a text box, in English Metric Units
_DRAWN = """
<w:r {word} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
  xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Text Box {number}"/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
      <wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
      <a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>
      </a:ln></wps:spPr><wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr><a:spAutoFit/></wps:bodyPr></wps:wsp>
    </a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:rect style="width:425pt;height:126pt"><v:textbox><w:txbxContent/></v:textbox></v:rect>
  </w:pict></mc:Fallback></mc:AlternateContent></w:r>
"""
_NOTE = """<w:{kind} w:id="{n}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>\
<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:{kind}>"""
_NOTES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:{kind}s {word}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>\
<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>\
{notes}</w:{kind}s>"""


@dataclass(frozen=True)
class Style:
    """How a hand-out is made in Word; as notes, the references must be numbered as they are first cited."""

    citations: Literal["raised", "bracket"] = "raised"
    dash: str = "-"
    headings: Literal["styles", "bold"] = "styles"
    box: Literal["text box", "table", "borders"] = "text box"
    rules: bool = True
    notes: Literal["list", "endnote", "footnote"] = "list"
    broken_runs: bool = False


def to_docx(handout: Handout, style: Style | None = None) -> bytes:
    """The hand-out as a Word document; "bold" headings are bold paragraphs, and broken runs end within words."""
    style = style or Style()
    if style.notes != "list" and not cited_in_order(handout):
        raise ValueError(f"{handout.title}: the references are not numbered as they are first cited")
    document = docx.Document()
    document.core_properties.title = handout.title
    document.core_properties.author = ", ".join(author.name for author in handout.authors)
    _furnish(document, handout)
    writer = _Writer(document, style)
    writer.front(handout)
    writer.write(handout.blocks, document)
    if style.notes == "list":
        writer.heading(Heading("References"), document)
        for number, text in handout.references.items():
            document.add_paragraph(f"{number}. {text}")
    else:
        _add_notes(document, handout.references, style.notes)
    file = BytesIO()
    document.save(file)
    return _undated(file)


def cited_in_order(handout: Handout) -> bool:
    """Whether the references are numbered as they are first cited, each of them, as notes of Word are."""
    firsts = list(dict.fromkeys(number for sentence in _sentences(handout.blocks) for number in _cited(sentence)))
    return firsts == list(handout.references) and len(expect(handout)) > 0


def _cited(sentence: Sentence) -> Iterable[int]:
    return (number for run in sentence for number in run.citations)


def _sentences(blocks: tuple[Block, ...]) -> Iterable[Sentence]:
    for block in blocks:
        match block:
            case Paragraph(sentences):
                yield from sentences
            case Bullets(items) | Numbered(items):
                yield from (sentence for item in items for sentence in item)
            case Box(inner):
                yield from _sentences(inner)


class _Writer:
    """What writes the parts of a hand-out into one document."""

    def __init__(self, document: Document, style: Style) -> None:
        self.document = document
        self.style = style
        self.noted: set[int] = set()
        self.boxes = 0

    def front(self, handout: Handout) -> None:
        """Title, authors, affiliations and whom to write to."""
        self.document.add_paragraph(handout.title, style="Title")
        line = self.document.add_paragraph()
        for number, author in enumerate(handout.authors):
            line.add_run((", " if number else "") + author.name)
            _raise(line, label(author.affiliations))
        for number, name in handout.affiliations.items():
            line = self.document.add_paragraph()
            _raise(line, str(number))
            line.add_run(name)
        if handout.correspondence:
            self.document.add_paragraph(handout.correspondence)

    def write(self, blocks: tuple[Block, ...], into: "Document | _Cell") -> None:
        """Writes blocks at the end of a document or cell."""
        for block in blocks:
            match block:
                case Heading():
                    self.heading(block, into)
                case Paragraph(sentences):
                    self._fill(into.add_paragraph(), sentences)
                case Bullets(items):
                    self._items(items, into, "List Bullet")
                case Numbered(items):
                    self._items(items, into, "List Number")
                case Table(rows):
                    self._table(rows, into)
                case Box(inner):
                    self._box(inner)

    def heading(self, heading: Heading, into: "Document | _Cell") -> None:
        """Writes a heading."""
        if self.style.headings == "styles":
            into.add_paragraph(heading.text, style=f"Heading {heading.level}")
        else:
            run = into.add_paragraph().add_run(heading.text)
            run.bold = True
            run.font.size = Pt(14 if heading.level == 1 else 12)

    def _items(self, items: tuple[Item, ...], into: "Document | _Cell", name: str) -> None:
        numbering = _new_numbering(self.document) if name == "List Number" else None
        for item in items:
            line = into.add_paragraph(style=name)
            if numbering is not None:
                properties = line._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = numbering
            self._fill(line, item)

    def _table(self, rows: tuple[Row, ...], into: "Document | _Cell") -> None:
        table = into.add_table(len(rows), len(rows[0]))
        if self.style.rules:
            table.style = "Table Grid"
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].add_run(text).bold = texts is rows[0] or None

    def _box(self, blocks: tuple[Block, ...]) -> None:
        if self.style.box == "table":
            cell = self.document.add_table(1, 1, style="Table Grid").cell(0, 0)
            self.write(blocks, cell)
            cell._tc.remove(cell.paragraphs[0]._p)  # the empty one that a new cell has
            return
        body = self.document.element.body
        before = len(body)
        self.write(blocks, self.document)
        elements = body[before - 1 : -1]  # the last element of a body is of its section
        if self.style.box == "borders":
            for element in elements:
                _frame(element)
            return
        self.boxes += 1
        drawn = parse_xml(_DRAWN.format(word=nsdecls("w"), width=_WIDTH, height=_HEIGHT, number=self.boxes))
        for content in drawn.iter(qn("w:txbxContent")):
            content.extend(map(deepcopy, elements))
        for element in elements:
            body.remove(element)
        self.document.add_paragraph()._p.append(drawn)

    def _fill(self, line: Line, sentences: tuple[Sentence, ...]) -> None:
        for number, sentence in enumerate(sentences):
            for run in (Run(" "), *sentence) if number else sentence:
                self._run(line, run)

    def _run(self, line: Line, run: Run) -> None:
        half = len(run.text) // 2 if self.style.broken_runs else 0
        for text in filter(None, (run.text[:half], run.text[half:])):
            added = line.add_run(text)
            added.bold = run.look == "bold" or None
            added.italic = run.look == "italic" or None
            if run.look == "raised":
                added.font.superscript = True
            elif run.look == "lowered":
                added.font.subscript = True
            if run.link:
                _link(line, added._r, run.link)
        if not run.citations:
            return
        if self.style.notes != "list":
            for number, cited in enumerate(sorted(run.citations)):
                _raise(line, "," if number else "")
                self._note(line, cited)
        elif self.style.citations == "raised":
            _raise(line, label(run.citations, self.style.dash))
        else:
            line.add_run(f" [{label(run.citations, self.style.dash)}]")

    def _note(self, line: Line, number: int) -> None:
        """Cites with the mark of a note, or with a reference to its mark if the note was cited before."""
        kind = self.style.notes
        if number in self.noted:
            _field(line, f"NOTEREF _Note{number} \\h", str(number), raised=True)
            return
        self.noted.add(number)
        line._p.append(_element("w:bookmarkStart", id=str(number), name=f"_Note{number}"))
        mark = line.add_run()
        mark.font.superscript = True
        mark._r.append(_element(f"w:{kind}Reference", id=str(number)))
        line._p.append(_element("w:bookmarkEnd", id=str(number)))


def _element(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _raise(line: Line, text: str) -> None:
    if text:
        line.add_run(text).font.superscript = True


def _field(line: Line, code: str, shown: str, *, raised: bool = False) -> None:
    """Adds a field, such as the number of the page, that shows a text until Word computes it."""

    def add() -> Any:
        run = line.add_run()
        run.font.superscript = raised or None
        return run._r

    for part in ("begin", "code", "separate", "text", "end"):
        if part == "code":
            instruction = _element("w:instrText")
            instruction.text = f" {code} "
            add().append(instruction)
        elif part == "text":
            line.add_run(shown).font.superscript = raised or None
        else:
            add().append(_element("w:fldChar", fldCharType=part))


def _link(line: Line, run: Any, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.addprevious(link)
    link.append(run)


def _frame(element: Any) -> None:
    """Draws a frame around a paragraph; those that follow each other share it in Word."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{side}", val="single", sz="8", space="6", color="000000"))
    properties = element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _new_numbering(document: Document) -> int:
    """The number of a list that starts anew at 1 and looks as the style List Number does."""
    numbering = document.part.numbering_part.element
    styled = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(styled).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _furnish(document: Document, handout: Handout) -> None:
    """Sets the running head, and the running foot with the number of the page."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Cm(2.5)
    section.header.paragraphs[0].text = handout.running_head
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{handout.running_foot} - Page ")
    _field(foot, "PAGE", "1")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES", "2")


def _add_notes(document: Document, references: dict[int, str], kind: Literal["endnote", "footnote"]) -> None:
    notes = "".join(_NOTE.format(kind=kind, n=number, text=escape(text)) for number, text in references.items())
    relation = RELATIONSHIP_TYPE.ENDNOTES if kind == "endnote" else RELATIONSHIP_TYPE.FOOTNOTES
    content = CONTENT_TYPE.WML_ENDNOTES if kind == "endnote" else CONTENT_TYPE.WML_FOOTNOTES
    blob = _NOTES.format(kind=kind, word=nsdecls("w"), notes=notes).encode()
    document.part.relate_to(Part(PackURI(f"/word/{kind}s.xml"), content, blob, document.part.package), relation)


def _undated(file: BytesIO) -> bytes:
    """The same ZIP archive without the time at which it was written."""
    written = BytesIO()
    with ZipFile(file) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name), old.read(name), ZIP_DEFLATED)
    return written.getvalue()
