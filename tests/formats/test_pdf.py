"""PDF files: the lines that stand on their pages, in reading order, and what these are."""
# mypy: disable-error-code="import-untyped"

import re
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen import canvas
from reportlab.platypus import Frame, Paragraph

from dnqa.errors import FormatError
from dnqa.formats.pdf import read_pdf
from dnqa.reading import read_lines
from dnqa.reading.lines import Line, LineKind
from tests.typesetting.handout import capital_headings, expect, headings
from tests.typesetting.handouts import HANDOUTS
from tests.typesetting.pdf import Style, to_pdf

_STYLES = {
    "plain": Style(),
    "two columns, justified": Style(
        columns=2, size=9.5, justified=True, indented=True, headings="bold", head="later", foot="bare", rules=False
    ),
    "capitals, brackets": Style(font="Helvetica", size=10, citations="spaced bracket", headings="capitals"),
    "ligatures, dashes": Style(font="Vera", size=9, ligatures=True, columns=2, dash="–", bullet="▪"),
}
_CASES = [
    (name, style)
    for name, style in (
        ("review", "plain"),
        ("tendon", "two columns, justified"),
        ("shoulder", "two columns, justified"),
        ("back", "capitals, brackets"),
        ("conditions", "ligatures, dashes"),
    )
]
_EXPONENTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WORDS = "the knee bends while you walk up and down and it hurts less when the muscles around it are strong again"


def _draw(draw: Callable[[Any], None], size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF of what is drawn on a page."""
    file = BytesIO()
    page = canvas.Canvas(file, pagesize=size, invariant=1, **options)
    draw(page)
    page.save()
    return file.getvalue()


def _set(page: Any, text: str, box: tuple[float, float, float, float], **look: Any) -> None:
    """Set a paragraph into a box of left, bottom, width and height."""
    style = ParagraphStyle("any", fontName="Times-Roman", fontSize=10, leading=12.5, **look)
    frame = Frame(*box, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    left = [Paragraph(part, style) for part in text.split("\n")]
    frame.addFromList(left, page)
    assert not left, "the box is too small"


def _sentence(first: str, n: int = 1) -> str:
    return " ".join(f"{first} {_WORDS}." for _ in range(n))


def _say(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line.kind.name, line.text) for line in lines]


@pytest.mark.parametrize(("name", "style"), _CASES)
def test_handouts_are_read_whole(name: str, style: str) -> None:
    """Every passage of a typeset hand-out has its words and citations; headings, references and title are found."""
    handout = HANDOUTS[name]
    data = to_pdf(handout, _STYLES[style])
    if _STYLES[style].headings == "capitals":
        handout = capital_headings(handout)
    document = read_lines(read_pdf(data))
    found = Counter((passage.text.translate(_EXPONENTS), tuple(passage.citations)) for passage in document.passages)
    assert found == Counter((wanted.text, tuple(wanted.citations)) for wanted in expect(handout, power=""))
    numbering = re.compile(r"^\d+(?:\.\d+)*\.? ")
    wanted_headings = [handout.title, *(numbering.sub("", text) for text in headings(handout.blocks))]
    assert [heading.text for heading in document.headings][:-1] == wanted_headings
    assert document.references == handout.references


def test_furniture_and_pages() -> None:
    """Running heads, feet and authors are furniture on every page, and every line knows its page."""
    handout = HANDOUTS["back"]
    lines = read_pdf(to_pdf(handout, Style()))
    furniture = [line for line in lines if line.kind is LineKind.FURNITURE]
    last = max(line.page for line in lines)
    assert last > 1
    assert all(
        {(handout.running_head, page), (f"Page {page} of {last}", page)}
        <= {(line.text, line.page) for line in furniture}
        for page in range(1, last + 1)
    )
    text = [line for line in lines if line.kind is not LineKind.FURNITURE]
    assert [line.page for line in text] == sorted(line.page for line in text)
    assert text[0] == Line(handout.title, (), LineKind.HEADING, level=1, page=1)


def test_raised_and_lowered() -> None:
    """What is smaller and higher is raised, with no space in front of it; what is lower is plain text."""

    def draw(page: Any) -> None:
        _set(
            page,
            "Rest helps <super>4</super>, and H<sub>2</sub>O too.<super>1,3-5</super> It is 5 mm.",
            (60, 700, 400, 40),
        )

    assert read_pdf(_draw(draw)) == [
        Line("Rest helps 4, and H2O too.1,3-5 It is 5 mm.", ((11, 12), (26, 31)), LineKind.START, page=1)
    ]


def test_hyphens_at_line_ends() -> None:
    """A word broken at the end of a line keeps its hyphen and its line break; in cells and headings it is joined."""
    handout = HANDOUTS["shoulder"]
    style = Style(columns=2, size=9.5, justified=True, hyphenated=True)
    lines = read_pdf(to_pdf(handout, style))
    assert any(line.text.endswith("-") and line.kind is not LineKind.ROW for line in lines)
    assert not any(character in line.text for line in lines for character in "\ufffe\u0002\u00ad")
    rows = [passage.text for passage in read_lines(lines).passages if " | " in passage.text]
    assert rows == [wanted.text for wanted in expect(handout) if " | " in wanted.text]


def test_three_columns_and_a_title() -> None:
    """A title over three columns comes first, then one column after the other, and sentences run through."""

    def draw(page: Any) -> None:
        page.setFont("Times-Bold", 18)
        page.drawCentredString(421, 540, "Walking With a Sore Knee")
        page.setFont("Times-Roman", 8)
        page.drawString(40, 20, "Hill Clinic, May 2024")
        page.drawRightString(800, 20, "– 1 –")
        for n, word in enumerate(("First", "Second", "Third")):
            end = " And so it" if n < 2 else ""
            start = "goes on. " if n else ""
            _set(page, start + _sentence(word, 6) + end, (40 + n * 260, 60, 230, 460))

    lines = read_pdf(_draw(draw, landscape(A4)))
    document = read_lines(lines)
    texts = [passage.text for passage in document.passages]
    assert [heading.text for heading in document.headings] == ["Walking With a Sore Knee"]
    assert texts == [
        *([f"First {_WORDS}."] * 6),
        "And so it goes on.",
        *([f"Second {_WORDS}."] * 6),
        "And so it goes on.",
        *([f"Third {_WORDS}."] * 6),
    ]
    assert ("FURNITURE", "– 1 –") in _say(lines)


def test_boxes_side_by_side() -> None:
    """Boxes beside each other are read one after the other, each with its heading, and tear no sentence."""

    def draw(page: Any) -> None:
        _set(page, _sentence("Before", 4), (60, 630, 470, 120))
        for n, word in enumerate(("Left", "Right")):
            page.rect(60 + n * 240, 500, 220, 100)
            page.setFont("Times-Bold", 10)
            page.drawString(68 + n * 240, 584, f"{word} box")
            _set(page, _sentence(word, 2), (68 + n * 240, 503, 200, 76))
        _set(page, _sentence("After", 4), (60, 360, 470, 120))

    document = read_lines(read_pdf(_draw(draw)))
    assert [heading.text for heading in document.headings] == ["Left box", "Right box"]
    words = [passage.text.split()[0] for passage in document.passages]
    assert words == ["Before"] * 4 + ["Left"] * 2 + ["Right"] * 2 + ["After"] * 4
    assert all(passage.text.endswith("strong again.") for passage in document.passages)


def test_margins_and_turned_text() -> None:
    """A narrow column of small print in the margin and text that runs upward are furniture."""

    def draw(page: Any) -> None:
        _set(page, _sentence("Main", 8), (200, 500, 340, 200))
        page.setFont("Helvetica", 7)
        for n, text in enumerate(("Dr. Ann Lee", "Hill Clinic", "ann@clinic.example", "1 May 2024")):
            page.drawString(50, 680 - 9 * n, text)
        page.translate(580, 300)
        page.rotate(90)
        page.drawString(0, 0, "Do not copy")

    lines = read_pdf(_draw(draw))
    assert {text for kind, text in _say(lines) if kind == "FURNITURE"} == {
        "Dr. Ann Lee",
        "Hill Clinic",
        "ann@clinic.example",
        "1 May 2024",
        "Do not copy",
    }


def test_references_without_heading_or_dot() -> None:
    """A numbered list of works at the end is a reference list without a heading too, and with bare numbers."""

    def draw(page: Any) -> None:
        _set(page, _sentence("Text<super>1,2</super>", 4), (60, 630, 470, 120))
        page.setFont("Times-Roman", 8)
        for n, name in enumerate(("Abel", "Bond", "Cole", "Dent", "Eck"), start=1):
            page.drawString(60, 600 - 20 * n, f"{n} {name} T. On knees and how they heal. Knee Lett 201{n};1:1-")
            page.drawString(70, 591 - 20 * n, f"{n}.")

    lines = read_pdf(_draw(draw, A4))
    assert read_lines(lines).references == {
        n: f"{name} T. On knees and how they heal. Knee Lett 201{n};1:1-{n}."
        for n, name in enumerate(("Abel", "Bond", "Cole", "Dent", "Eck"), start=1)
    }


def _draw_lines(
    lines: list[tuple[float, float, str]], *, box: tuple[float, float, float, float] | None = None
) -> bytes:
    """A PDF of lines, each with its left end and its distance from the top; one that begins with # is bold."""

    def draw(page: Any) -> None:
        for left, top, text in lines:
            page.setFont("Times-Bold" if text[0] == "#" else "Times-Roman", 18 if text[:2] == "##" else 11)
            page.drawString(left, 842 - top, text.lstrip("#"))
        if box:
            page.rect(*box)

    return _draw(draw)


def _passages(data: bytes) -> list[tuple[str, tuple[int, ...], str]]:
    return [
        (passage.text, tuple(passage.citations), passage.section) for passage in read_lines(read_pdf(data)).passages
    ]


def test_letter_and_sentences_around_the_title() -> None:
    """A letter loses nothing above its first heading, nor a hand-out its first sentences, though short."""
    letter = ["Dear Mrs Nkemelu,", "", "Your appointment is on 2 April 2026 at 10:30 in room 4.", "", "#How to find us"]
    lines = [(60.0, 90.0 + 14 * n, text) for n, text in enumerate([*letter, "Take the lift."]) if text]
    assert [text for text, _, _ in _passages(_draw_lines(lines))] == [letter[0], letter[2], "Take the lift."]
    lines = [
        (60.0, 90.0, "##Prices"),
        (60.0, 120.0, "All prices include VAT. We take cards."),
        (60, 150, "#How to pay"),
    ]
    found = _passages(_draw_lines([*lines, (60, 166, "Pay at the desk.")]))
    assert [text for text, _, _ in found] == ["All prices include VAT.", "We take cards.", "Pay at the desk."]


def test_authors_below_the_title() -> None:
    """Authors with marks, their addresses and e-mail are furniture; a line below them that is none is text."""
    front = [
        "Ann M. Lee1, Bob Ray2*",
        "1Hill Clinic, Leeds",
        "2Department of Knees, University of Hull",
        "E-mail: a@b.uk",
    ]
    text = ["Stop smoking before the operation", "Bend your knee ten times an hour."]
    lines = [(60.0, 90.0, "##Knee"), *((60.0, 115.0 + 14 * n, line) for n, line in enumerate(front))]
    lines += [(60.0, 200.0, text[0]), (60.0, 230.0, "#Exercise"), (60.0, 246.0, text[1])]
    data = _draw_lines(lines)
    assert [text for text, _, _ in _passages(data)] == text
    assert [line.text for line in read_pdf(data) if line.kind is LineKind.FURNITURE] == front


@pytest.mark.parametrize("in_box", [False, True])
def test_text_behind_references(in_box: bool) -> None:
    """Text that stands well below the reference list, or in a box beside it, is in no entry of it."""
    entries = ["1. Smith J. Bruises. Lancet. 2001;1:1-9.", "2. Jones P. Noses. BMJ. 2002;2:3-4."]
    last = ["Call 999 if you bleed for more than 10 minutes.", "Do not drive yourself."]
    lines = [(60.0, 90.0, "##Bleeding"), (60.0, 120.0, "Most bruises fade in a week [1]. Press your nose [2].")]
    lines += [(60.0, 150.0, "#References"), (60.0, 170.0, entries[0]), (60.0, 184.0, entries[1])]
    left, top = (320.0, 173.0) if in_box else (60.0, 230.0)
    lines += [(left, top, last[0]), (left, top + 14, last[1])]
    data = _draw_lines(lines, box=(310, 640, 250, 45) if in_box else None)
    assert [text for text, _, _ in _passages(data)] == ["Most bruises fade in a week.", "Press your nose.", *last]
    assert read_lines(read_pdf(data)).references == {n: text[3:] for n, text in enumerate(entries, start=1)}


@pytest.mark.parametrize("bullet", ["", "• "])
def test_short_columns_are_no_table(bullet: str) -> None:
    """Sentences or bullets under headings side by side are read column by column, short cells row by row."""
    rows = [
        ("#Do", "#Do not"),
        (f"{bullet}Bend your knee ten times an hour [1].", f"{bullet}Kneel for 6 weeks [2]."),
        (f"{bullet}Walk every day [2].", f"{bullet}Drive for 4 weeks [1]."),
    ]
    lines = [
        (left, 130.0 + 16 * n, text) for n, row in enumerate(rows) for left, text in zip((60, 320), row, strict=True)
    ]
    assert _passages(_draw_lines([(60, 90, "##Knee"), *lines])) == [
        ("Bend your knee ten times an hour.", (1,), "Do"),
        ("Walk every day.", (2,), "Do"),
        ("Kneel for 6 weeks.", (2,), "Do not"),
        ("Drive for 4 weeks.", (1,), "Do not"),
    ]


def test_price_lists() -> None:
    """A table without rules has a row for each line, also where its head stands elsewhere or dots lead to the price."""
    prices = [("Dry needling, 30 min", "£45"), ("Dry needling, 60 min", "£80"), ("Shockwave", "£210")]
    lines = [(60.0, 90.0, "##Prices"), (60.0, 130.0, "#Service"), (400.0, 130.0, "#Fee")]
    for n, (name, price) in enumerate(prices):
        lines += [(60.0, 146.0 + 16 * n, name), (480.0, 146.0 + 16 * n, price)]
        lines.append((60.0, 300.0 + 16 * n, f"{name} {'.' * 40} {price}"))
    rows = [f"{name} | {price}" for name, price in prices]
    assert [text for text, _, _ in _passages(_draw_lines(lines))] == ["Service | Fee", *rows, *rows]


def test_bold_words_that_begin_a_paragraph() -> None:
    """Bold words at the start of a paragraph are text, a bold line of its own is a heading."""

    def draw(page: Any) -> None:
        _set(page, f"<b>Rest at home</b>\n<b>Ice:</b> {_sentence('Cool', 2)}", (60, 400, 250, 150), spaceAfter=6)

    assert [kind for kind, _ in _say(read_pdf(_draw(draw, A5)))][:3] == ["HEADING", "START", "TEXT"]


def test_encrypted() -> None:
    """A PDF that asks for a password is named as such; one that only forbids printing is read."""

    def draw(page: Any) -> None:
        page.drawString(60, 700, "Rest helps.")

    with pytest.raises(FormatError, match=r"^the PDF is encrypted; save a copy without a password$"):
        read_pdf(_draw(draw, encrypt=StandardEncryption("secret", "owner")))
    assert _say(read_pdf(_draw(draw, encrypt=StandardEncryption("", "owner", canPrint=0)))) == [
        ("START", "Rest helps.")
    ]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"Rest helps.", to_pdf(HANDOUTS["knee"])[:2000]])
def test_damaged(data: bytes) -> None:
    """What is not a whole PDF is not read."""
    with pytest.raises(FormatError, match=r"^not a whole PDF file; export it again$"):
        read_pdf(data)


def test_scanned() -> None:
    """A PDF of pictures has no text to read."""

    def draw(page: Any) -> None:
        page.drawInlineImage(Image.new("L", (40, 40)), 0, 0, 595, 842)

    with pytest.raises(FormatError, match=r"^the PDF has no text, it is a scan; run it through text recognition"):
        read_pdf(_draw(draw))


def test_turned_pages() -> None:
    """A page that is shown turned is read as it is shown."""
    data = to_pdf(HANDOUTS["needling"])
    document = pypdfium2.PdfDocument(data)
    for n in range(len(document)):
        page = document[n]
        page.set_rotation(90)
        page.close()
    turned = BytesIO()
    document.save(turned)
    document.close()
    assert read_lines(read_pdf(turned.getvalue())) == read_lines(read_pdf(data))
