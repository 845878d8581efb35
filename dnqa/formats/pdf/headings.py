"""Which blocks are headings, and which of them is the title."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from dnqa.formats.pdf.blocks import Block, BlockKind
from dnqa.formats.pdf.front import find_text_above, is_of_letter, mark_front
from dnqa.formats.pdf.glyphs import Look
from dnqa.formats.pdf.references import is_title
from dnqa.formats.pdf.stretches import Stretch

_LARGER = 1.06  # times the size of the text
_MUCH_LARGER = 1.3
_MAX_LINES, _MAX_LETTERS = 4, 200
_MAX_WORDS = 14  # of a heading that is not larger than the text
_CLOSED = re.compile(r"[.,;]$|[.;,]\s*\[?\d[\d,–-]*\]?$")
_INNER_END = re.compile(r"[^\W\d_]{2}\d*[.!?][\"'”’)]*\s+[A-Z]")
_CAPTION = re.compile(r"(?:supplementary\s+)?(?:table|figure|fig\.?)\s*[A-Z]?\d", re.I)
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.)\s+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = 0.95


class _Style(NamedTuple):
    """How a heading is set, the more prominent the smaller."""

    smallness: float
    is_plain: bool
    is_italic: bool
    is_lower: bool


def mark_headings(blocks: Sequence[Block], size: float, look: Look) -> None:
    """Make headings of the blocks that are set as such, with their levels; furniture of the authors around the title.

    size, look: of the text.
    """
    finder = _HeadingFinder(blocks, size, look)
    finder.mark()
    title = _find_title(blocks, size)
    mark_front(blocks, title, size)
    _set_levels(blocks, title)


class _HeadingFinder:
    """Finds headings by comparing how blocks are set with how the text is."""

    def __init__(self, blocks: Sequence[Block], size: float, look: Look) -> None:
        self.blocks = blocks
        self.size = size
        self.look = look
        self.running: Counter[tuple[float, bool, str]] = Counter()  # letters of text that is clearly no heading
        for block in blocks:
            if block.kind is BlockKind.PARAGRAPH and (len(block.lines) > _MAX_LINES or _CLOSED.search(block.text)):
                self.running[self._key(block)] += len(block.text)
        self.lone = Counter(
            block.lines[0].look.font
            for block in blocks
            if len(block.lines) == 1 and block.gap > 1.15 and block.lines[0].look.font != look.font
        )
        self.fonts = Counter(
            line.look.font
            for block in blocks
            for line in block.lines
            if len(block.lines) > 1 or _CLOSED.search(block.text) or block.kind is not BlockKind.PARAGRAPH
        )
        self.lone_looks = Counter(
            block.lines[0].look for block in blocks if len(block.lines) == 1 and not _CLOSED.search(block.text)
        )

    def mark(self) -> None:
        """Mark them."""
        found = [n for n in range(len(self.blocks)) if self._is_heading(n)]
        for n in found:
            following = self._following(n)
            if following is None and n < len(self.blocks) and self.blocks[n].lines[0].size < _MUCH_LARGER * self.size:
                continue  # it heads nothing
            self.blocks[n].kind = BlockKind.HEADING

    def _key(self, block: Block) -> tuple[float, bool, str]:
        line = block.lines[0]
        return round(line.size * 2) / 2, all(line.is_bold for line in block.lines), line.look.font

    def _is_prominent(self, line: Stretch) -> bool:
        return line.is_bold or line.text.isupper() or line.size >= _LARGER * self.size

    def _following(self, n: int) -> Block | None:
        return next((block for block in self.blocks[n + 1 :] if block.kind is not BlockKind.FURNITURE), None)

    def _is_heading(self, n: int) -> bool:
        block = self.blocks[n]
        text = block.text
        if block.kind is not BlockKind.PARAGRAPH and not (block.kind is BlockKind.ITEM and self._is_numbered(block)):
            return False
        if len(block.lines) > _MAX_LINES or len(text) > _MAX_LETTERS or not _WORD.search(text) or _CAPTION.match(text):
            return False
        if is_of_letter(block) or _has_sentences(text):
            return False
        line = block.lines[0]
        is_running = self.running[self._key(block)] > 3 * len(text) + 200
        if line.size >= _LARGER * self.size and not is_running:
            return not _CLOSED.search(text) or line.size >= _MUCH_LARGER * self.size
        n_words = len(text.split())
        if _CLOSED.search(text) or n_words > _MAX_WORDS or text[0].islower() or len(block.lines) > 3:
            return False
        if all(line.is_bold for line in block.lines) and not self.look.is_bold:
            return not text.endswith(":") and not is_running
        if text.isupper() and sum(map(str.isalpha, text)) > 2:
            return not text.endswith(":")
        return self._is_set_apart(n, block)

    def _is_numbered(self, block: Block) -> bool:
        """Whether an item with a number is set as a heading."""
        line = block.lines[0]
        is_set_apart = line.look.colour != self.look.colour or line.look.font != self.look.font
        return block.label[:1].isdigit() and (self._is_prominent(line) or is_set_apart)

    def _is_set_apart(self, n: int, block: Block) -> bool:
        """Whether a line of the size and weight of the text is a heading by its slant, colour or font, and place."""
        line = block.lines[0]
        if len(block.lines) > 1 or block.text[-1] in ":!" or not line.text[0].isalnum():
            return False
        is_other = (line.is_italic and not self.look.is_italic) or line.look.colour != self.look.colour
        font = line.look.font
        is_other = is_other or self.lone[font] > 2 or (font != self.look.font and not self.fonts[font])
        before = self.blocks[n - 1] if n else None
        is_below_heading = before is not None and len(before.lines) == 1 and self._is_prominent(before.lines[0])
        if not is_other or (block.gap < 1.15 and not is_below_heading) or line.size < _SMALL * self.size:
            return False
        following = self._following(n)
        if following is None or (following.kind is BlockKind.ROW and self.lone_looks[line.look] < 3):
            return False
        return following.lines[0].look != line.look and not following.text[0].islower()


def _has_sentences(text: str) -> bool:
    """Whether a text is two sentences or more, of words that are small for the most part."""
    words = text.split()
    small = sum(word[0].islower() for word in words)
    return bool(_CLOSED.search(text) and _INNER_END.search(text)) and small > 0.5 * len(words) and len(words) > 6


def _find_title(blocks: Sequence[Block], size: float) -> Block | None:
    """The largest heading of the first page that has text, unless there is text above it."""
    if not blocks:
        return None
    page = blocks[0].page
    candidates = [
        block
        for block in blocks
        if block.page == page and block.kind is BlockKind.HEADING and not block.box and not is_title(block)
    ]
    title = max(candidates, key=lambda block: block.lines[0].size, default=None)
    if title is None or title.lines[0].size < _LARGER * size:
        first = next((block for block in blocks if block.kind is not BlockKind.FURNITURE), None)
        return first if first is not None and first.kind is BlockKind.HEADING else None
    return None if find_text_above(blocks[: blocks.index(title)], size) else title


def _set_levels(blocks: Sequence[Block], title: Block | None) -> None:
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    styles = sorted({_style(block) for block in headings if block is not title})
    for block in headings:
        block.level = 1 if block is title else styles.index(_style(block)) + 1
    numbered = sum(bool(_NUMBERING.match(block.text) or block.label) for block in headings)
    for block in headings:
        if block.label:
            continue
        match = _NUMBERING.match(block.text)
        if match and (numbered > 1 or "." in match[0]):
            block.label = match[0]


def _style(block: Block) -> _Style:
    line = block.lines[0]
    return _Style(
        -round(line.size * 2) / 2,
        not all(line.is_bold for line in block.lines),
        all(line.is_italic for line in block.lines),
        not block.text.isupper(),
    )
