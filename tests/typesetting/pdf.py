"""Hand-outs as PDF."""
# mypy: disable-error-code="import-untyped"

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from tests.typesetting.handout import (
    Block,
    Box,
    Bullets,
    Handout,
    Heading,
    Numbered,
    Paragraph,
    Row,
    Run,
    Sentence,
    Table,
    capital_headings,
    label,
)
from tests.typesetting.hyphens import breaks

_FONTS = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "Vera": ("Vera", "VeraBd", "VeraIt", "VeraBI"),
}
_COMPOUND = re.compile(r"[A-Za-z]+-(?=[A-Za-z])")
_WIDTH, _HEIGHT = A4
_MARGIN = 2.2 * cm
_GUTTER = 0.8 * cm
_INSET = 1.65  # of the text of bullets and numbers, in letters


@dataclass(frozen=True)
class Style:
    """How a hand-out is typeset; Vera is embedded as a TrueType font, and can have ligatures for fi and fl."""

    columns: Literal[1, 2] = 1
    citations: Literal["raised", "bracket", "spaced bracket"] = "raised"
    dash: str = "-"
    font: Literal["Times", "Helvetica", "Vera"] = "Times"
    size: float = 11
    headings: Literal["bigger", "bold", "capitals"] = "bigger"
    justified: bool = False
    hyphenated: bool = False
    indented: bool = False
    rules: bool = True
    bullet: str = "•"
    head: Literal["all", "later", "none"] = "all"
    foot: Literal["page of", "bare", "none"] = "page of"
    ligatures: bool = False


def to_pdf(handout: Handout, style: Style | None = None) -> bytes:
    """The hand-out as PDF; with headings in capitals it is capital_headings of it that is to be read."""
    style = style or Style()
    if style.headings == "capitals":
        handout = capital_headings(handout)
    _, pages = _built(handout, style, 0)
    return _built(handout, style, pages)[0]


def _built(handout: Handout, style: Style, pages: int) -> tuple[bytes, int]:
    """The PDF that says it has so many pages, and how many it does have."""
    setter = _Setter(handout, style)
    top = setter.title()
    drawn: list[int] = []

    def furnish(canvas: Any, template: Any) -> None:
        drawn.append(template.page)
        _furniture(canvas, handout, style, setter.names[0], (template.page, pages))

    file = BytesIO()
    template = BaseDocTemplate(
        file,
        pagesize=A4,
        invariant=1,
        title=handout.title,
        author=", ".join(author.name for author in handout.authors),
    )
    inner = _WIDTH - 2 * _MARGIN
    taken = sum(flowable.wrap(inner, _HEIGHT)[1] + flowable.getSpaceAfter() for flowable in top)
    height = _HEIGHT - 2 * _MARGIN
    title = _frame(_MARGIN, _MARGIN + height - taken, inner, taken, "title")
    step = setter.width + _GUTTER

    def columns(tall: float) -> list[Any]:
        return [_frame(_MARGIN + n * step, _MARGIN, setter.width, tall, f"column{n}") for n in range(style.columns)]

    template.addPageTemplates(
        [
            PageTemplate("first", [title, *columns(height - taken)], onPage=furnish),
            PageTemplate("later", columns(height), onPage=furnish),
        ]
    )
    story = [*top, FrameBreak(), NextPageTemplate("later"), *setter.set(handout.blocks), *setter.references()]
    template.build(story)
    return file.getvalue(), len(drawn)


def _frame(x: float, y: float, width: float, height: float, name: str) -> Any:
    return Frame(
        x, y, width, height + 0.1, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=name, showBoundary=0
    )


def _furniture(canvas: Any, handout: Handout, style: Style, font: str, page: tuple[int, int]) -> None:
    number, pages = page
    right, above, below = _WIDTH - _MARGIN, _HEIGHT - 1.3 * cm, 1.2 * cm
    canvas.saveState()
    canvas.setFont(font, 8.5)
    canvas.setLineWidth(0.4)
    if style.head == "all" or (style.head == "later" and number > 1):
        canvas.drawString(_MARGIN, above, handout.running_head)
        canvas.line(_MARGIN, above - 4, right, above - 4)
    if style.foot == "page of":
        canvas.drawString(_MARGIN, below, handout.running_foot)
        canvas.drawRightString(right, below, f"Page {number} of {pages}")
    elif style.foot == "bare":
        canvas.drawCentredString(_WIDTH / 2, below, str(number))
    canvas.restoreState()


class _Setter:
    """What sets the parts of one hand-out in one style, as flowables."""

    def __init__(self, handout: Handout, style: Style) -> None:
        self.handout = handout
        self.style = style
        self.names = _fonts(style.font)
        self.width: float = (_WIDTH - 2 * _MARGIN - (style.columns - 1) * _GUTTER) / style.columns
        size = style.size
        self.body = ParagraphStyle(
            "body",
            fontName=self.names[0],
            fontSize=size,
            leading=size * 1.25,
            alignment=TA_JUSTIFY if style.justified else 0,
            spaceAfter=0 if style.indented else size * 0.6,
            embeddedHyphenation=1,
        )
        if style.hyphenated:
            self.body.hyphenationLang = breaks
        self.item = ParagraphStyle(
            "item",
            parent=self.body,
            leftIndent=size * _INSET,
            bulletIndent=0,
            spaceAfter=size * 0.2,
            bulletFontName=self.names[0],
            bulletFontSize=size,
        )
        self.cell = ParagraphStyle("cell", parent=self.body, fontSize=size - 1, leading=(size - 1) * 1.2, alignment=0)
        self.cell.spaceAfter = 0

    def title(self) -> list[Flowable]:
        """Title, authors, affiliations and whom to write to."""
        size = self.style.size
        centred = ParagraphStyle("title", fontName=self.names[1], fontSize=size + 7, leading=size + 10, spaceAfter=5)
        small = ParagraphStyle("front", fontName=self.names[0], fontSize=size - 1, leading=(size - 1) * 1.25)
        if self.handout.affiliations:
            centred.alignment = small.alignment = TA_CENTER
        names = ", ".join(
            escape(author.name) + (self._raised(label(author.affiliations), size) if author.affiliations else "")
            for author in self.handout.authors
        )
        lines = [names]
        lines += [self._raised(str(n), size - 1) + escape(name) for n, name in self.handout.affiliations.items()]
        lines += [escape(self.handout.correspondence)] if self.handout.correspondence else []
        return [Text(escape(self.handout.title), centred), *(Text(line, small) for line in lines), Spacer(1, size)]

    def references(self) -> list[Flowable]:
        """The heading over the references, and these."""
        if not self.handout.references:
            return []
        size = self.style.size - 1.5
        look = ParagraphStyle(
            "reference", parent=self.item, fontSize=size, leading=size * 1.2, leftIndent=20, bulletFontSize=size
        )
        form = "{}." if self.style.citations == "raised" else "[{}]"
        heading = "REFERENCES" if self.style.headings == "capitals" else "References"
        listed = [Text(escape(text), look, bulletText=form.format(n)) for n, text in self.handout.references.items()]
        return [*self._heading(Heading(heading), boxed=False), *listed]

    def set(self, blocks: tuple[Block, ...], *, boxed: bool = False) -> list[Flowable]:
        """The flowables of blocks."""
        flowables: list[Flowable] = []
        before: Block | None = None
        for block in blocks:
            match block:
                case Heading():
                    flowables += self._heading(block, boxed)
                case Paragraph(sentences):
                    look = self.body
                    if self.style.indented and isinstance(before, Paragraph):
                        look = ParagraphStyle("indented", parent=look, firstLineIndent=14)
                    flowables.append(Text(self._joined(sentences), look))
                case Bullets(items):
                    flowables += [Text(self._joined(item), self.item, bulletText=self.style.bullet) for item in items]
                case Numbered(items):
                    flowables += [
                        Text(self._joined(item), self.item, bulletText=f"{n}.") for n, item in enumerate(items, start=1)
                    ]
                case Table(rows):
                    flowables += [Spacer(1, 3), self._table(rows, self._room(boxed)), Spacer(1, self.style.size * 0.6)]
                case Box(inner):
                    flowables += [Spacer(1, 3), self._box(inner), Spacer(1, self.style.size * 0.6)]
            if isinstance(block, Bullets | Numbered):
                flowables.append(Spacer(1, self.style.size * 0.4))
            before = block
        return flowables

    def _room(self, boxed: bool) -> float:
        return self.width - 16 if boxed else self.width

    def _heading(self, heading: Heading, boxed: bool) -> list[Flowable]:
        size = self.style.size
        first = heading.level == 1
        font = self.names[1]
        match self.style.headings:
            case "bigger":
                size += 4 if first else 1.5
            case "bold":
                font = self.names[1 if first else 3]
            case "capitals":
                font = self.names[1 if first else 0]
        above = 0 if boxed else self.style.size * (0.8 if first else 0.5)
        look = ParagraphStyle(
            "heading", fontName=font, fontSize=size, leading=size * 1.2, spaceBefore=above, spaceAfter=4
        )
        text = Text(self._letters(heading.text), look)
        # in the same column as the heading there are to be three lines at least
        return [text] if boxed else [CondPageBreak(size * 1.2 + above + 3.5 * self.body.leading), text]

    def _table(self, rows: tuple[Row, ...], room: float) -> Flowable:
        bold = ParagraphStyle("head", parent=self.cell, fontName=self.names[1])
        cells = [[Text(self._letters(cell), self.cell if n else bold) for cell in row] for n, row in enumerate(rows)]
        grid = Grid(cells, colWidths=self._widths(rows, room), hAlign="LEFT")
        commands: list[tuple[Any, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
        if self.style.rules:
            commands.append(("GRID", (0, 0), (-1, -1), 0.5, black))
        grid.setStyle(commands)
        return grid

    def _widths(self, rows: tuple[Row, ...], room: float) -> list[float]:
        """The widths of columns: those their texts would like, or less, but never less than their longest word."""
        size = self.style.size - 1

        def width(text: str) -> float:
            return float(pdfmetrics.stringWidth(text, self.names[1], size)) + 10

        columns = list(zip(*rows, strict=True))
        liked = [max(map(width, column)) for column in columns]
        least = [max(width(word) for cell in column for word in cell.split()) for column in columns]
        if sum(liked) <= room:
            return [wide + min(24, (room - sum(liked)) / len(liked)) for wide in liked]
        share = (room - sum(least)) / (sum(liked) - sum(least))
        return [low + (wide - low) * share for low, wide in zip(least, liked, strict=True)]

    def _box(self, blocks: tuple[Block, ...]) -> Flowable:
        box = Grid([[self.set(blocks, boxed=True)]], colWidths=[self.width])
        box.setStyle([("BOX", (0, 0), (-1, -1), 1, black), *_padding(8)])
        return box

    def _joined(self, sentences: tuple[Sentence, ...]) -> str:
        return " ".join("".join(map(self._run, sentence)) for sentence in sentences)

    def _run(self, run: Run) -> str:
        text = self._letters(run.text)
        match run.look:
            case "bold":
                text = f"<b>{text}</b>"
            case "italic":
                text = f"<i>{text}</i>"
            case "raised":
                text = self._raised(text, self.style.size)
            case "lowered":
                text = f'<sub rise="{self.style.size * 0.15:g}" size="{self.style.size * 0.65:g}">{text}</sub>'
        if run.link:
            text = f'<link href="{escape(run.link)}" color="blue">{text}</link>'
        if not run.citations:
            return text
        cited = label(run.citations, self.style.dash)
        if self.style.citations == "raised":
            return text + self._raised(cited, self.style.size)
        return text + (" " if self.style.citations == "spaced bracket" else "") + f"[{cited}]"

    def _raised(self, text: str, size: float) -> str:
        return f'<super rise="{size * 0.36:g}" size="{size * 0.64:g}">{text}</super>'

    def _letters(self, text: str) -> str:
        if self.style.ligatures:
            text = text.replace("fi", "ﬁ").replace("fl", "ﬂ")
        # what is in front of a hyphen is kept apart, or reportlab loses the hyphen when it breaks lines a second time
        return _COMPOUND.sub(r'<font color="black">\g<0></font>', escape(text))


def _padding(points: float) -> list[tuple[Any, ...]]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), points) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


def _fonts(family: str) -> tuple[str, ...]:
    """The upright, bold, italic and bold italic font of a family; those that come with reportlab are embedded."""
    names = _FONTS[family]
    if family == "Vera" and "Vera" not in pdfmetrics.getRegisteredFontNames():
        for name in names:
            pdfmetrics.registerFont(TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf")))
        pdfmetrics.registerFontFamily("Vera", *names)
    return names
