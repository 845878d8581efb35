"""A patient sheet on paper: a PDF of A4 pages, with the typeface in it, that prints the same everywhere."""

import io
from typing import Any, NamedTuple

from dnqa.desk.sheet import Sheet
from dnqa.desk.typefaces import Lettering
from dnqa.rendering import cite

_MARGIN = 62  # points, 22 mm
_LEADING = 1.42  # of the size, from line to line
_QUIET = "#333333"
_FIXED = "\N{NO-BREAK SPACE}"  # a citation stays with the last word


class _Sizes(NamedTuple):
    """In points; body: the passages. entry: the references, the clinic. small: what else is said about them."""

    title: float
    heading: float
    body: float
    entry: float
    small: float


_USUAL = _Sizes(title=19, heading=13.5, body=12, entry=10.5, small=9)
_LARGE = _Sizes(title=25, heading=20, body=18, entry=16, small=14)  # large print begins at 16


def sheet_pdf(sheet: Sheet, *, is_large: bool = False) -> bytes:
    """A sheet as the bytes of a PDF.

    is_large: in larger type. Raises UsageError if it has a character that cannot be printed here.
    """
    layout = _Layout(sheet, _LARGE if is_large else _USUAL)
    _, n_pages = layout.build(0)  # how many pages there are is known when all are there
    return layout.build(n_pages)[0]


class _Layout:
    """A sheet on its way to pages."""

    def __init__(self, sheet: Sheet, sizes: _Sizes) -> None:
        passages = [passage for part in sheet.parts for passage in part.passages]
        texts = [passage.text for passage in passages] + [heading for part in sheet.parts for heading in part[:2]]
        self._letters = Lettering("".join((sheet.clinic, sheet.printed, *texts, *sheet.entries, *sheet.facts, "[,]of")))
        self._sheet = sheet
        self._sizes = sizes

    def build(self, n_pages: int) -> tuple[bytes, int]:
        """The PDF with the number of pages said at the foot of each, and how many there are."""
        from reportlab.lib.pagesizes import A4
        from reportlab.platypus import SimpleDocTemplate

        def number(canvas: Any, template: Any) -> None:
            canvas.setFont(self._letters.main.regular, self._sizes.small)
            canvas.drawCentredString(A4[0] / 2, _MARGIN * 0.55, f"{template.page} of {n_pages}")

        stream = io.BytesIO()
        template = SimpleDocTemplate(
            stream,
            pagesize=A4,
            leftMargin=_MARGIN,
            rightMargin=_MARGIN,
            topMargin=_MARGIN * 0.8,
            bottomMargin=_MARGIN,
            title=self._sheet.title,
            author=self._sheet.clinic,
            lang="en",
            initialFontName=self._letters.main.regular,
        )
        template.build(self._flow(), onFirstPage=number, onLaterPages=number)
        return stream.getvalue(), template.page

    def _flow(self) -> list[Any]:
        """What comes on the pages, from top to bottom."""
        from reportlab.platypus import KeepTogether
        from reportlab.platypus.flowables import HRFlowable

        sheet, sizes = self._sheet, self._sizes
        flow = self._head()
        for title, heading, passages in sheet.parts:
            above = [self._line(title, sizes.title, is_bold=True, above=0.5, below=0.3)] if title else []
            above += [self._line(heading, sizes.heading, is_bold=True, above=0.8, below=0.2)] if heading else []
            for passage in passages:
                cited = cite(passage).replace(" ", _FIXED)
                mark_up = self._letters.mark_up
                font = self._letters.main.bold
                marked = f'{mark_up(passage.text)}{_FIXED}<font name="{font}">{mark_up(cited, is_bold=True)}</font>'
                flow.append(KeepTogether([*above, self._paragraph(marked, sizes.body, above=0.2, below=0.35)]))
                above = []
        flow += (
            self._line(entry, sizes.entry, above=0.3 if n else 1.6, hanging=1.6)
            for n, entry in enumerate(sheet.entries)
        )
        rule = HRFlowable(width="100%", thickness=0.6, color=_QUIET, spaceBefore=sizes.body, spaceAfter=3)
        facts = [self._line(fact, sizes.small, above=0.2, color=_QUIET) for fact in sheet.facts]
        return [*flow, KeepTogether([rule, *facts])]

    def _head(self) -> list[Any]:
        """The clinic and the date, above a rule."""
        from reportlab.platypus.flowables import HRFlowable

        sheet, sizes = self._sheet, self._sizes
        clinic = [self._line(sheet.clinic, sizes.entry, is_bold=True)] if sheet.clinic else []
        rule = HRFlowable(width="100%", thickness=0.6, color=_QUIET, spaceBefore=3, spaceAfter=sizes.body / 2)
        return [*clinic, self._line(sheet.printed, sizes.entry, color=_QUIET), rule]

    def _line(self, text: str, size: float, *, is_bold: bool = False, **looks: Any) -> Any:
        return self._paragraph(self._letters.mark_up(text, is_bold=is_bold), size, is_bold=is_bold, **looks)

    def _paragraph(  # noqa: PLR0913 - how a paragraph looks
        self,
        marked: str,
        size: float,
        *,
        is_bold: bool = False,
        above: float = 0,
        below: float = 0,
        hanging: float = 0,
        color: str = "black",
    ) -> Any:
        """A paragraph; the space above and below it, and before its lines but the first, is in parts of its size."""
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        main = self._letters.main
        style = ParagraphStyle(
            "",
            fontName=main.bold if is_bold else main.regular,
            fontSize=size,
            leading=size * _LEADING,
            spaceBefore=size * above,
            spaceAfter=size * below,
            leftIndent=size * hanging,
            firstLineIndent=-size * hanging,
            textColor=color,
            splitLongWords=True,
            allowWidows=0,
            allowOrphans=0,
        )
        return Paragraph(marked, style)
