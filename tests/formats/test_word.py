"""Word files: what is shown in them, as lines."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.shared import Pt

from dnqa.errors import FormatError
from dnqa.formats.word import read_docx
from dnqa.reading import read_lines
from dnqa.reading.lines import Line, LineKind

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WHOLE = "not a whole Word file; save it again as .docx"
_LARGE = "the Word file is too large to read; save its parts as files of their own"


def _save(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _pack(body: str, **parts: str) -> bytes:
    """A Word file of nothing but the text and named parts, as other programs write them."""
    kinds = "".join(
        f'<Relationship Id="{kind}" Type="http://any/{kind}" Target="{kind}.xml"/>'
        for kind in parts
        if kind != "before"
    )
    root = f'xmlns:w="{_MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        document = f"<w:document {root}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", parts.get("before", "") + document)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{kinds}</Relationships>")
        for kind, text in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {root}>{text}</w:{kind}>")
    return file.getvalue()


def _p(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _say(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.kind.name, line.text) for line in lines]


def test_styles_and_superscripts() -> None:
    """Title and headings have their levels, lists are items, raised runs are spans, authors are no text."""
    document = docx.Document()
    document.add_heading("Knee Pain", 0)
    document.add_paragraph("Ann Lee, Hill Clinic")
    document.add_heading("At home", 1)
    line = document.add_paragraph("Rest hel")
    line.add_run("ps")
    for part in ("1", ",2"):
        line.add_run(part).font.superscript = True
    line.add_run(".")
    document.add_paragraph("Ice it.", style="List Bullet")
    document.add_paragraph("• Walk.")
    lines = read_docx(_save(document))
    assert lines == [
        Line("Knee Pain", (), LineKind.HEADING, level=1),
        Line("Ann Lee, Hill Clinic", [], LineKind.FURNITURE),
        Line("At home", (), LineKind.HEADING, level=2),
        Line("Rest helps1,2.", [(10, 13)], LineKind.START),
        Line("Ice it.", [], LineKind.ITEM),
        Line("Walk.", [], LineKind.ITEM),
    ]


def test_headings_by_their_look() -> None:
    """Without heading styles, short bold or large paragraphs are headings, the larger the higher."""
    document = docx.Document()
    for text, size, bold in (
        ("Knee guide", 18, True),
        ("What it is", 13, True),
        ("Pain in the knee is common.", 11, None),
        ("What helps?", 13, True),
        ("Important:", 11, True),
        ("Rest, and ice.", 11, None),
    ):
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = bold, Pt(size)
    lines = read_docx(_save(document))
    assert [(line.level, line.text) for line in lines if line.level] == [
        (1, "Knee guide"),
        (2, "What it is"),
        (2, "What helps?"),
    ]


def test_localised_heading_styles() -> None:
    """A style is a heading by what it is based on or by its outline level, whatever its id."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="My"/><w:basedOn w:val="berschrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="X"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    )
    body = "".join(
        _p(text, f'<w:pStyle w:val="{style}"/>') for text, style in (("A", "Eigene"), ("B", "X"), ("C", "No"))
    )
    lines = read_docx(_pack(body, styles=styles))
    assert [(line.kind, line.level) for line in lines] == [
        (LineKind.HEADING, 1),
        (LineKind.HEADING, 2),
        (LineKind.START, 0),
    ]


def test_changes_fields_and_odd_characters() -> None:
    """Insertions, results of fields and content controls are shown; deletions, codes and hidden text are not."""
    body = (
        "<w:p><w:ins><w:r><w:t>New</w:t></w:r></w:ins><w:del><w:r><w:delText>Old</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>erates</w:t><w:br/></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>ADDIN 9</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>well</w:t><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t></w:r>'
        "<w:hyperlink><w:r><w:t>.</w:t></w:r></w:hyperlink></w:p>"
        "<w:sdt><w:sdtPr/><w:sdtContent>"
        + _p("Kept.")
        + "</w:sdtContent></w:sdt>"
        + _p("Joined ", "<w:rPr><w:del/></w:rPr>")
        + _p("lines.")
    )
    assert [line.text for line in read_docx(_pack(body))] == ["New co-operates well.", "Kept.", "Joined lines."]


def test_text_box_once_behind_its_paragraph() -> None:
    """A text box is read once, though the file has it twice."""
    box = f"<w:txbxContent>{_p('In the box.')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Around it.</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert [line.text for line in read_docx(_pack(body))] == ["Around it.", "In the box."]


def test_tables() -> None:
    """A row is a line, merged cells once; a table of one cell is a box whose text is read as text."""
    document = docx.Document()
    table = document.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"c{number}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "both"
    table.cell(1, 0).add_paragraph("more")
    document.add_table(1, 1).cell(0, 0).text = "Rest first. Then walk."
    assert _say(read_docx(_save(document))) == [
        ("ROW", "both | c2"),
        ("ROW", "c3 more | c4 | c5"),
        ("START", "Rest first. Then walk."),
    ]


def test_notes() -> None:
    """Notes are entries by the numbers of their references, endnotes behind footnotes."""
    refer = '<w:r><w:t>{}</w:t></w:r><w:r><w:{}Reference w:id="{}"/></w:r>'
    body = f"<w:p>{refer.format('Rest', 'endnote', 7)}{refer.format(' helps', 'footnote', 5)}</w:p>"
    lines = read_docx(
        _pack(
            body,
            footnotes=f'<w:footnote w:id="0">{_p("-")}</w:footnote><w:footnote w:id="5">{_p(" Smith.")}</w:footnote>',
            endnotes=f'<w:endnote w:id="7">{_p("Lee,")}{_p("2001.")}</w:endnote>',
        )
    )
    assert lines == [
        Line("Rest2 helps1", [(4, 5), (11, 12)], LineKind.START),
        Line("Smith.", (), LineKind.ENTRY, number=1),
        Line("Lee, 2001.", (), LineKind.ENTRY, number=2),
    ]


@pytest.mark.parametrize("numbers", [("1. ", "2. "), ("[1] ", "[2] "), ("1\t", "2\t"), (None, None)], ids=repr)
def test_reference_list(numbers: tuple[str | None, ...]) -> None:
    """Paragraphs under "References" are entries, whether their numbers are typed or those of a list."""
    document = docx.Document()
    document.add_heading("Rest", 1)
    document.add_paragraph("It helps [1,2].")
    document.add_heading("References", 1)
    for number, text in zip(numbers, ("Abel T. Knees. 2001.", "Lee A. 12 hips. 2002."), strict=True):
        document.add_paragraph((number or "") + text, style=None if number else "List Number")
    document.add_heading("Contact", 1)
    document.add_paragraph("Call us.")
    read = read_lines(read_docx(_save(document)))
    assert read.references == {1: "Abel T. Knees. 2001.", 2: "Lee A. 12 hips. 2002."}
    assert [(passage.text, passage.citations) for passage in read.passages] == [
        ("It helps.", (1, 2)),
        ("Call us.", ()),
    ]


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_GOOD = _pack(_p("Rest helps."))
_DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "empty": (b"", _WHOLE),
    "noise": (b"PK\3\4" + bytes(range(256)) * 50, _WHOLE),
    "cut off": (_GOOD[: len(_GOOD) // 2], _WHOLE),
    "an old file": (_OLE + b"\0" * 99, "this is an old .doc; save it as .docx"),
    "encrypted": (
        _OLE + "EncryptedPackage".encode("utf-16-le"),
        "the Word file is encrypted; save a copy without a password",
    ),
    "entities": (_pack(_p("&a;&b;"), before=_DOCTYPE), _WHOLE),
    "a bomb": (_pack("<w:p/>" * 5_000_000), _LARGE),
    "a deep table": (_pack("<w:tbl><w:tr><w:tc>" * 9999 + "</w:tc></w:tr></w:tbl>" * 9999), _WHOLE),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_refuses_in_one_line(data: bytes, message: str) -> None:
    """What is no whole Word file, or would do harm, is refused in a line that says what to do."""
    with pytest.raises(FormatError, match="^" + message.replace(".", r"\.") + "$"):
        read_docx(data)


def test_strays_do_no_harm() -> None:
    """Elements where Word never puts them are read as far as they can be."""
    body = (
        f"<w:tc>{_p('a')}</w:tc><w:tr><w:tc>{_p('b')}</w:tc></w:tr><w:t>c</w:t><w:txbxContent>{_p('d')}</w:txbxContent>"
        '<w:p><w:r><w:fldChar w:fldCharType="end"/><w:sym w:char="zz"/><w:t>e</w:t></w:r></w:p>'
    )
    assert [line.text for line in read_docx(_pack(body))] == ["a", "b", "d", "e"]
