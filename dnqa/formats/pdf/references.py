"""The reference list of a PDF: where it is, and where its entries begin."""

import re
from collections.abc import Sequence

from dnqa.formats.pdf.blocks import Block, BlockKind
from dnqa.formats.pdf.stretches import Stretch
from dnqa.reading import references as lists

_NUMBER = re.compile(r"(?P<open>[\[(]?)(?P<number>\d{1,3})(?P<close>[\])]?[.):\-–]{0,2}|\.\))(?:\s+|(?=[A-Z]))(?=\S)")
_ALONE = re.compile(r"[\[(]?(\d{1,3})[\])]?[.):]?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEAR_AND_PAGES = re.compile(r"\b(?:19|20)\d\d\s?[;:,]\s?\d+|\bdoi\b", re.I)
_LEAST_ENTRIES = 4  # of a list that no heading stands over
_LEAST_CERTAIN = 2  # of one of which every entry names a year and pages, and that ends the text
_MOSTLY = 0.6
_ENDED = re.compile(r"[.\d][\])”\"’']*$|https?://\S+$|\bwww\.\S+$")
_BULLET = re.compile(r"[^\w\s(\[]+$")
_WIDER = 1.45  # times the widest gap between entries is a gap behind the list
_ANOTHER_SIZE = 0.07
_INDENT, _FAR = 0.6, 4.0  # sizes of the font that text behind the list may stand to the left and right of entries
_LEAST_WORDS = 7  # of a sentence


def mark_references(blocks: list[Block]) -> list[Block]:
    """The blocks, those of the reference list cut into its entries."""
    for place, block in enumerate(blocks):
        if _is_title(block) and (marked := _Entries().read(blocks[place + 1 :], 1)) is not None:
            block.kind = BlockKind.HEADING
            return [*blocks[: place + 1], *marked]
    for place in range(len(blocks)):
        if not _begins_list(blocks[place]):
            continue
        marked = _Entries().read(blocks[place:], _LEAST_ENTRIES)
        if marked is not None and _are_references(marked):
            return [*blocks[:place], *marked]
        marked = _Entries().read(blocks[place:], _LEAST_CERTAIN)
        if marked is not None and _are_all_references(marked):
            return [*blocks[:place], *marked]
    return blocks


def is_title(block: Block) -> bool:
    """Whether a block reads as the heading of a reference list."""
    return len(block.lines) == 1 and lists.is_title(block.text)


def _is_title(block: Block) -> bool:
    return block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) and is_title(block)


def _begins_list(block: Block) -> bool:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return False
    match = _NUMBER.match(block.lines[0].text)
    return bool(match and match["number"] == "1")


def _are_references(blocks: Sequence[Block]) -> bool:
    entries = [block for block in blocks if block.kind is BlockKind.ENTRY]
    n_years = sum(bool(_YEAR.search(block.text)) for block in entries)
    return n_years >= _MOSTLY * sum(block.number > 0 for block in entries)


def _are_all_references(blocks: Sequence[Block]) -> bool:
    """Whether blocks are nothing but entries that name a year and pages."""
    entries = [block for block in blocks if block.kind is not BlockKind.FURNITURE]
    return all(block.kind is BlockKind.ENTRY and bool(_YEAR_AND_PAGES.search(block.text)) for block in entries)


def _is_sentence(block: Block) -> bool:
    """Whether a block at the top of a column is a sentence, and not the rest of an entry."""
    words = block.text.split()
    small = sum(word[0].islower() for word in words)
    if len(words) < _LEAST_WORDS or small < 0.5 * len(words) or not block.text[0].isupper():
        return False
    return block.has_ended and not _YEAR.search(block.text) and not _YEAR_AND_PAGES.search(block.text)


class _Entries:
    """Cuts the lines of a list into entries, of which only the next number begins one."""

    def __init__(self) -> None:
        self.last = 0
        self.result: list[Block] = []
        self.pending = ""  # a number that stands alone, in front of the line that its entry begins with
        self.gap = 1.0  # the widest between entries
        self.has_left = False  # whether the block before is text behind the list

    def read(self, blocks: Sequence[Block], least: int) -> list[Block] | None:
        """The blocks, with the entries; None if there are fewer than so many of these."""
        for place, block in enumerate(blocks):
            if block.kind is BlockKind.FURNITURE:
                self.result.append(block)
                continue
            if self._is_outside(block):
                self.result.append(block)
                continue
            if (block.kind is BlockKind.HEADING and self._ends(blocks, place)) or (not self.last and place > 2):
                self.result += blocks[place:]
                break
            self._take(block)
        return self.result if self.last >= least else None

    def _is_outside(self, block: Block) -> bool:
        """Whether a block is text behind the list or beside it, and no part of an entry."""
        entry = next((other for other in reversed(self.result) if other.kind is BlockKind.ENTRY), None)
        if entry is None or self.pending:
            return False
        if self._number(block.lines[0]) is not None:
            self.has_left = False
            if not block.is_first:
                self.gap = max(self.gap, block.gap)
            return False
        if block.box != entry.box:
            return True
        if _YEAR_AND_PAGES.search(block.text) or (_NUMBER.match(block.text) and _YEAR.search(block.text)):
            self.has_left = False
        elif block.kind is not BlockKind.HEADING and _ENDED.search(entry.text):
            self.has_left = self.has_left or self._is_set_apart(block, entry)
        return self.has_left and block.kind is not BlockKind.HEADING

    def _is_set_apart(self, block: Block, entry: Block) -> bool:
        """Whether a block that follows an entry is set otherwise than entries are."""
        line, size = block.lines[0], entry.lines[0].size
        if block.kind is BlockKind.ROW or _BULLET.match(block.label):
            return True
        if abs(line.size - size) > _ANOTHER_SIZE * size or line.is_bold != entry.lines[-1].is_bold:
            return True
        if block.is_first:
            return _is_sentence(block)
        lefts = [other.x0 for other in entry.lines]
        if block.gap > _WIDER * self.gap or line.x0 < min(lefts) - _INDENT * size:
            return True
        return line.x0 > max(lefts) + _FAR * size

    def _ends(self, blocks: Sequence[Block], place: int) -> bool:
        """Whether a heading ends the list, and is no word in capitals in it."""
        block = blocks[place]
        if not self.last or self._number(block.lines[0]) is not None:
            return not self.last and self._number(block.lines[0]) is None
        following = next((other for other in blocks[place + 1 :] if other.kind is not BlockKind.FURNITURE), None)
        if following is None:
            return True
        return block.lines[0].size > 1.05 * self.result[-1].lines[0].size or self._number(following.lines[0]) is None

    def _take(self, block: Block) -> None:
        part: Block | None = None
        for line in block.lines:
            number = self._number(line)
            if self.pending:
                part = Block(BlockKind.ENTRY, [line], number=self.last, box=block.box)
                self.result.append(part)
                self.pending = ""
            elif number is not None:
                self.last += 1
                if number == line.text:
                    self.pending = number
                    continue
                part = Block(BlockKind.ENTRY, [line], label=number, number=self.last, box=block.box)
                self.result.append(part)
            elif part is not None:
                part.lines.append(line)
            elif self.last:
                part = Block(BlockKind.ENTRY, [line], box=block.box)
                self.result.append(part)
            else:
                self.result.append(block)
                return

    def _number(self, line: Stretch) -> str | None:
        """The number in front of a line, if it is the next one."""
        match = _NUMBER.match(line.text) or _ALONE.match(line.text)
        if match is None or int(match["number"] if match.re is _NUMBER else match[1]) != self.last + 1:
            return None
        return match[0]
