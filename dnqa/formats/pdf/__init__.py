"""PDF: its lines in reading order, with what their place and look on the page say that they are.

Known limits: superscripts are told by their size and place, so letters that a font draws raised are plain text. Text
in pictures is not read. A table without rules is told by aligned cells over two rows or more; one whose cells are
sentences may be read column by column.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import chain
from typing import Any

from dnqa.errors import FormatError
from dnqa.formats.pdf.blocks import Block, BlockCutter, BlockKind, find_leading, join_large
from dnqa.formats.pdf.flow import join_torn
from dnqa.formats.pdf.furniture import body_leading, find_furniture
from dnqa.formats.pdf.glyphs import Look, PrintedPage, read_pages
from dnqa.formats.pdf.headings import mark_headings
from dnqa.formats.pdf.layout import LayoutReader
from dnqa.formats.pdf.references import mark_references
from dnqa.formats.pdf.stretches import Stretch, find_stretches
from dnqa.reading.lines import Line, LineKind
from dnqa.reading.references import is_title

_WRONG_DASH = re.compile(r"(?<=\d)e(?=\d)")  # some fonts name the raised dash so
_HYPHENS, _LINE_END_HYPHEN = "-‐", "\ufffe"
_BROKEN = re.compile(rf"(\w+){_LINE_END_HYPHEN}(\w+)")
_PAIR = re.compile(r"(?<=\d) (?=\d)")
_WRONG_EQUALS = re.compile(r"(?<=[^\W\d])¼(?=[\d.−-])|(?<=[^\W\d] )¼(?= ?[\d.−-])")
_ENTRY = re.compile(r"[\[(]?\d{1,3}[\])]?[.)]?\s.*\b(?:19|20)\d\d;\s?\d+")
_PASSWORD_ERROR = 4  # of pdfium


def read_pdf(data: bytes) -> list[Line]:
    """The lines of a PDF, in reading order, each with its page.

    Raises FormatError if it is encrypted, damaged, or has no text.
    """
    pages = _read_pages(data)
    if not any(not piece.is_turned for page in pages for piece in page.pieces):
        raise FormatError("the PDF has no text, it is a scan; run it through text recognition (OCR) first")
    return list(_read(pages))


def _read_pages(data: bytes) -> list[PrintedPage]:
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise FormatError("the PDF is encrypted; save a copy without a password") from error
        raise FormatError("not a whole PDF file; export it again") from error
    try:
        return list(read_pages(document))
    except pypdfium2.PdfiumError as error:
        raise FormatError("not a whole PDF file; export it again") from error
    finally:
        document.close()


def _read(pages: Sequence[PrintedPage]) -> Iterator[Line]:
    stretches = [
        find_stretches((piece for piece in page.pieces if not piece.is_turned), number, page.rules)
        for number, page in enumerate(pages, start=1)
    ]
    size, look = _find_text(stretches)
    heights = [page.height for page in pages]
    furniture = find_furniture(stretches, heights, size, body_leading(stretches, size))
    own = [[line for line in printed if id(line) not in furniture] for printed in stretches]
    if any(own) and _find_text(own) != (size, look):  # there is more furniture than text
        size, look = _find_text(own)
        furniture = find_furniture(stretches, heights, size, body_leading(stretches, size))
    layout = LayoutReader(size)
    parts = [
        layout.read(page, [line for line in printed if id(line) not in furniture])
        for page, printed in zip(pages, stretches, strict=True)
    ]
    cutter = BlockCutter(size, find_leading([part.lines for page in parts for part in page]))
    blocks: list[Block] = []
    for part in chain.from_iterable(parts):
        found = cutter.cut(part)
        if part.is_margin:
            for block in found:
                block.kind = BlockKind.FURNITURE
        blocks += found
    blocks = join_large(blocks, size)
    mark_headings(blocks, size, look)
    blocks = join_torn(mark_references(blocks))
    words = cache(partial(_words, stretches))
    for block in blocks:
        yield from _lines(block, words)
    for number, (page, printed) in enumerate(zip(pages, stretches, strict=True), start=1):
        turned = " ".join(piece.text for piece in page.pieces if piece.is_turned)
        for text in [*(line.text for line in printed if id(line) in furniture), turned]:
            if text:
                yield Line(text, kind=LineKind.FURNITURE, page=number)


def _find_text(pages: Sequence[Sequence[Stretch]]) -> tuple[float, Look]:
    """The size and look of most letters, those of a reference list aside."""
    looks: Counter[tuple[float, Look]] = Counter()
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            if is_title(line.text) and looks:
                break
            if _ENTRY.match(line.text):
                continue
            looks[round(line.size * 4) / 4, line.look] += len(line.text)
            sizes[round(line.size * 4) / 4] += len(line.text)
        else:
            continue
        break
    if not looks:
        line = next(line for page in pages for line in page)
        return round(line.size * 4) / 4, line.look
    size = max(sizes, key=lambda each: sizes[each])
    look = max((key for key in looks if key[0] == size), key=lambda key: looks[key])[1]
    return size, look


def _lines(block: Block, words: Callable[[], frozenset[str]]) -> Iterator[Line]:
    """The lines of a block. words: those of the document, for a heading that is hyphenated."""
    if block.kind is BlockKind.ROW:
        yield from _row(block)
        return
    if block.kind is BlockKind.HEADING:
        text, raised = _cut(*_joined(block.lines), block.label)
        if _LINE_END_HYPHEN in text:
            text, raised = _BROKEN.sub(lambda match: _mend_word(match, words()), text), []
        yield Line(text, tuple(raised), LineKind.HEADING, level=block.level, page=block.page)
        return
    kinds = {
        BlockKind.PARAGRAPH: LineKind.START,
        BlockKind.ITEM: LineKind.ITEM,
        BlockKind.ENTRY: LineKind.ENTRY if block.number else LineKind.TEXT,
        BlockKind.FURNITURE: LineKind.FURNITURE,
    }
    for place, line in enumerate(block.lines):
        text, raised = _cut(line.text, line.raised, "" if place else block.label)
        if not text:
            continue
        kind = kinds[block.kind] if not place or block.kind is BlockKind.FURNITURE else LineKind.TEXT
        number = block.number if kind is LineKind.ENTRY else 0
        yield Line(_mend(text, raised), tuple(raised), kind, number=number, page=line.page)


def _row(block: Block) -> Iterator[Line]:
    """The row of a table; where a word is broken at the end of a line, it goes on in a line of its own."""
    text = ""
    raised: list[tuple[int, int]] = []
    for cell, spans in map(_joined, block.cells):
        text += " | " if text else ""
        raised += ((start + len(text), end + len(text)) for start, end in spans)
        text += cell
    start = 0
    for part in text.split(_LINE_END_HYPHEN):
        end = start + len(part)
        spans = [(low - start, high - start) for low, high in raised if start <= low and high <= end]
        hyphen = "-" if end < len(text) else ""
        yield Line(part + hyphen, tuple(spans), LineKind.TEXT if start else LineKind.ROW, page=block.page)
        start = end + 1


def _mend_word(match: re.Match[str], words: frozenset[str]) -> str:
    """A word that is broken at the end of a line, with its hyphen if it is a compound."""
    first, last = match[1], match[2]
    whole = f"{first}{last}".casefold()
    is_compound = f"{first}-{last}".casefold() in words or (first.casefold() in words and last.casefold() in words)
    return f"{first}-{last}" if is_compound and whole not in words else f"{first}{last}"


def _words(pages: Sequence[Sequence[Stretch]]) -> frozenset[str]:
    return frozenset(word.strip(".,:;()?!").casefold() for page in pages for line in page for word in line.text.split())


def _joined(lines: Sequence[Stretch]) -> tuple[str, list[tuple[int, int]]]:
    """Lines as one; the hyphen at the end of one is marked as such."""
    text = ""
    raised: list[tuple[int, int]] = []
    for line in lines:
        if text and text[-1] in _HYPHENS and line.text[0].islower():
            text = text[:-1] + _LINE_END_HYPHEN
        elif text and text[-1] not in "/–":
            text += " "
        raised += ((start + len(text), end + len(text)) for start, end in line.raised)
        text += line.text
    return text, raised


def _cut(text: str, raised: Sequence[tuple[int, int]], label: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without the label in front of it, and its raised spans."""
    if not label or not text.startswith(label):
        return text, list(raised)
    rest = text[len(label) :].lstrip()
    gone = len(text) - len(rest)
    return rest, [(start - gone, end - gone) for start, end in raised if start >= gone]


def _mend(text: str, raised: Sequence[tuple[int, int]]) -> str:
    """A line with what some fonts misname put right, and raised numbers parted by commas, not by spaces."""
    for start, end in raised:
        number = _WRONG_DASH.sub("–", _PAIR.sub(",", text[start:end]))
        text = text[:start] + number + text[end:]
    return _WRONG_EQUALS.sub("=", text) if "¼" in text else text
