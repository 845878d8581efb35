"""Blocks of lines: paragraphs, items of lists, rows of tables."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import pairwise

from dnqa.formats.pdf.layout import Part
from dnqa.formats.pdf.stretches import Stretch

_WIDER = 1.13  # times the usual distance of lines is a gap between blocks
_WIDE = 1.4  # times it is one even behind a full line that ends no sentence
_WIDEST = 2.2  # times it is one even in a sentence
_INDENT = 0.6  # sizes of the font
_ANOTHER_SIZE = 0.07
_ROOM = 0.35  # sizes of the font, for the space in front of a word
_LARGE = 1.15  # times the size of the text are headings, of which the lines belong together
_LARGE_LEADING = 1.8  # sizes of the font
_CENTRED = 1.5  # points that the middles of centred lines may differ
_ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BULLET = re.compile(r"[•‣⁃◦●○■□▪▫➢➤►▶✓✔❖♦◆∙·\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf06e]\ufe0e?")
_DASH = re.compile(r"[-–—*o]$")
_NUMBER = re.compile(r"(?:\(?(\d{1,2})[.)]|\(?([a-z]|[ivx]{2,4})\)|([ivx]{1,4})\.)$")
_LIST = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_CITATION = re.compile(rf"\[{_LIST}\]|\({_LIST}\)(?:[.,;]|$)")
_NUMBERS = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*\.?$")
_RAISED_SIZE = 0.85
_RAISED_GAP = 0.8  # of the usual distance of lines
_SYMBOLS = re.compile(r"symbol|wingding|dingbat", re.I)


class BlockKind(Enum):
    """What a block is, as far as its place and its first characters tell."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    ROW = "row"
    ENTRY = "entry"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Block:
    """Lines that belong together.

    lines: from top to bottom; of a row those of one cell after the other. cells: the lines of a row by cell.
    label: the bullet or number in front of its first line.
    box: the number of its box, 0 if in none. gap: the space above it, in usual distances of lines; 9 at the top.
    is_first, is_last: whether it begins or ends a column. is_full: whether its last line has no room for a word.
    is_indented: whether its first line is. number: of an entry. level: of a heading.
    """

    kind: BlockKind
    lines: list[Stretch]
    label: str = ""
    box: int = 0
    gap: float = 9.0
    is_first: bool = False
    is_last: bool = False
    is_full: bool = False
    is_indented: bool = False
    number: int = 0
    level: int = 0
    cells: list[list[Stretch]] = field(default_factory=list)

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.lines[0].page

    @property
    def text(self) -> str:
        """Its lines, joined by spaces."""
        return " ".join(line.text for line in self.lines)

    @property
    def has_ended(self) -> bool:
        """Whether it ends with a sentence, what is raised aside."""
        return has_ended(self.lines[-1])


def join_large(blocks: Sequence[Block], size: float) -> list[Block]:
    """Blocks, those joined that are lines of one heading which is wider than a column; size: of the text."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and last.kind is block.kind is BlockKind.PARAGRAPH and _are_one_heading(last, block, size):
            last.lines += block.lines
        else:
            joined.append(block)
    return joined


def _are_one_heading(last: Block, block: Block, size: float) -> bool:
    above, below = last.lines[-1], block.lines[0]
    return (
        last.page == block.page
        and last.box == block.box
        and above.size > _LARGE * size
        and abs(above.size - below.size) < 0.1
        and above.is_bold == below.is_bold
        and 0 < below.y - above.y < _LARGE_LEADING * below.size
    )


def has_ended(line: Stretch) -> bool:
    """Whether a line ends a sentence, citations aside."""
    text = line.text
    if line.raised and line.raised[-1][1] == len(text):
        text = text[: line.raised[-1][0]]
    text = re.sub(r"\s*\[[\d,–\- ]+\]$", "", text)
    return bool(_ENDED.search(text))


class BlockCutter:
    """Cuts parts into blocks.

    size: of the text. leading: the usual distance of lines, by size of the font in halves of a point.
    """

    def __init__(self, size: float, leading: Mapping[float, float]) -> None:
        self.size = size
        self.leading = leading

    def cut(self, part: Part) -> list[Block]:
        """The blocks of a part, in order."""
        if part.table is not None:
            return list(_rows(part))
        blocks: list[Block] = []
        for line in part.lines:
            last = blocks[-1] if blocks else None
            label = _find_label(line)
            if last is None:
                blocks.append(_begin(line, label, part.box, 9.0))
                blocks[-1].is_first = True
                continue
            gap = (line.y - last.lines[-1].y) / self._distance(line, last.lines[-1])
            if (is_raised_rest(last, line) and 0 < gap < _WIDER) or (
                _NUMBERS.match(line.text) and 0 < gap < _RAISED_GAP
            ):
                last.lines.append(raise_line(line))
                continue
            starts = self._starts(last, line, part, gap)
            if label and (starts or self._is_next_label(last, label, line)):
                blocks.append(_begin(line, label, part.box, gap))
            elif starts:
                block = _begin(line, "", part.box, gap)
                block.is_indented = line.x0 - part.left > _INDENT * line.size
                blocks.append(block)
            else:
                last.lines.append(line)
            last.is_full = not _has_room(last.lines[-1], line, part.left, part.right)
        if blocks:
            ending = blocks[-1].lines[-1]
            blocks[-1].is_last = True
            blocks[-1].is_full = not part.is_side and ending.x1 > part.right - 6 * ending.size
        return blocks

    def _distance(self, line: Stretch, above: Stretch) -> float:
        size = max(line.size, above.size)
        return self.leading.get(round(size * 2) / 2, 1.2 * size)

    def _starts(self, block: Block, line: Stretch, part: Part, gap: float) -> bool:
        """Whether a line begins a new block, by its place and look."""
        last = block.lines[-1]
        if abs(line.size - last.size) > _ANOTHER_SIZE * last.size or gap > _WIDEST or gap <= 0:
            return True
        if _looks_other(block, line):
            return True
        if last.size > _LARGE * self.size and line.y - last.y < _LARGE_LEADING * line.size and not block.label:
            return False
        ended = has_ended(last)
        if not ended and line.text[0].islower():
            return False
        full = not _has_room(last, line, part.left, part.right)
        if _CITATION.match(line.text) and gap <= _WIDE:
            return False
        if gap > _WIDE or (gap > _WIDER and (ended or not full)):
            return True
        return self._is_set_off(block, line, ended, full) or not full

    def _is_set_off(self, block: Block, line: Stretch, ended: bool, full: bool) -> bool:
        """Whether the left end of a line says that it begins a block."""
        indent = _INDENT * line.size
        first, last = block.lines[0], block.lines[-1]
        if block.label:
            hang = block.lines[1].x0 if len(block.lines) > 1 else _text_start(first)
            if abs(line.x0 - hang) <= indent:
                return False
            return line.x0 < hang - indent and (ended or not full or line.x0 < first.x0 - indent)
        if len(block.lines) == 1:
            if line.x0 > first.x0 + indent:
                return ended
            return line.x0 < first.x0 - 4 * line.size and ended
        return line.x0 > last.x0 + indent or line.x0 < last.x0 - indent

    def _is_next_label(self, block: Block, label: str, line: Stretch) -> bool:
        if _BULLET.match(label):
            return True
        if not has_ended(block.lines[-1]) and block.label == "":
            return False
        last, this = _NUMBER.match(block.label), _NUMBER.match(label)
        if this and last:
            return (
                bool(this[1] and last[1] and int(this[1]) == int(last[1]) + 1)
                or abs(line.x0 - block.lines[0].x0) <= _INDENT * line.size
            )
        return bool(block.label) and abs(line.x0 - block.lines[0].x0) <= 2


def _begin(line: Stretch, label: str, box: int, gap: float) -> Block:
    return Block(BlockKind.ITEM if label else BlockKind.PARAGRAPH, [line], label=label, box=box, gap=gap)


def _rows(part: Part) -> Iterator[Block]:
    if part.table is None:
        return
    for row in part.table.rows:
        cells = [sorted(cell, key=lambda line: (round(line.y), line.x0)) for cell in row]
        yield Block(BlockKind.ROW, [line for cell in cells for line in cell], box=part.box, cells=cells)


def _find_label(line: Stretch) -> str:
    """The bullet or number of a list in front of a line, or "" if there is none."""
    first = line.pieces[0].text
    if len(line.pieces) < 2:
        return first[0] if _BULLET.match(first) and len(first) > 1 else ""
    if _BULLET.match(first):
        return first if len(first) <= 2 else first[0]
    if len(first) == 1 and _SYMBOLS.search(line.pieces[0].look.font) and not first.isalnum():
        return first
    gap = line.pieces[1].x0 - line.pieces[0].x1
    if len(first) == 1 and _SYMBOLS.search(line.pieces[0].look.font) and gap > 0.4 * line.size:
        return first
    if _DASH.match(first):
        return first if gap > 0.15 * line.size else ""
    return first if _NUMBER.match(first) and (line.pieces[1].after_space or gap > 0.1 * line.size) else ""


def _text_start(line: Stretch) -> float:
    return line.pieces[1].x0 if len(line.pieces) > 1 else line.x0


def _has_room(line: Stretch, following: Stretch, left: float, right: float) -> bool:
    """Whether the first word of the following line would have fitted behind a line, set from the left or centred."""
    shift = abs(line.x0 - following.x0)
    if shift > _CENTRED and abs(line.x0 + line.x1 - following.x0 - following.x1) < _CENTRED:
        return line.x1 - line.x0 + following.first_word + _ROOM * line.size < right - left
    return line.x1 + following.first_word + _ROOM * line.size < right


def _looks_other(block: Block, line: Stretch) -> bool:
    """Whether a line is set as a heading is and those above it are not, or the other way round."""
    last = block.lines[-1]
    if last.is_bold != line.is_bold:
        if block.label or (not has_ended(last) and line.text[0].islower()):
            return False
        if last.is_bold:  # a bold beginning of a paragraph that goes on in the next line
            return not line.pieces[0].look.is_bold
        return True
    if last.text.isupper() != line.text.isupper() and min(len(last.text), len(line.text)) > 3:
        if block.label or (line.text[0].islower() and not last.text.isupper()):
            return False
        return last.text.isupper() or not any(map(str.islower, line.text))
    if last.is_italic != line.is_italic and last.look.font != line.look.font:
        return bool(len(block.lines) == 1 and last.is_italic and not has_ended(last) and line.text[0].isupper())
    return (
        last.look.colour != line.look.colour
        and len(block.lines) == 1
        and not has_ended(last)
        and (line.text[0].isupper())
    )


def is_raised_rest(block: Block, line: Stretch) -> bool:
    """Whether a line is nothing but citations, for which the last line of a block had no room."""
    return bool(_NUMBERS.match(line.text)) and line.size < _RAISED_SIZE * block.lines[-1].size


def is_citation(line: Stretch) -> bool:
    """Whether a line is a citation in brackets and nothing else."""
    return bool(_CITATION.fullmatch(line.text))


def raise_line(line: Stretch) -> Stretch:
    """A line, all of it raised."""
    return replace(line, raised=[(0, len(line.text))])


def find_leading(lines: Iterable[Sequence[Stretch]]) -> dict[float, float]:
    """The usual distance of lines by size of the font in halves of a point, of lines below each other."""
    counts: dict[float, dict[float, int]] = {}
    for chain in lines:
        for above, below in pairwise(chain):
            distance = below.y - above.y
            if abs(above.size - below.size) < 0.3 and 0.8 * above.size < distance < 2.4 * above.size:
                by_distance = counts.setdefault(round(above.size * 2) / 2, {})
                by_distance[round(distance * 4) / 4] = by_distance.get(round(distance * 4) / 4, 0) + 1
    return {size: _least_usual(by_distance) for size, by_distance in counts.items()}


def _least_usual(counts: Mapping[float, int]) -> float:
    """The least of the distances that are about as frequent as the most frequent one."""
    most = max(counts.values())
    return min(distance for distance, count in counts.items() if count >= 0.4 * most)
