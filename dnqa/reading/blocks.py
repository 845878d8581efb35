"""Cut a cleaned text into blocks: headings, items, paragraphs, rows of tables; reference entries.

Where a format says what its lines are, they are taken so. Where only the words can tell, as in text that another
program exported, what is no text is found first (`outline`), and the rest line by line.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from dnqa.reading import references
from dnqa.reading.headings import (
    CAPITALS_RANK,
    FINISHED,
    TITLE_RANK,
    find_labels,
    is_in_capitals,
    is_long,
    is_title_case,
)
from dnqa.reading.inline import cut_inline_lists
from dnqa.reading.items import ItemReader, goes_on_small
from dnqa.reading.lines import Edit, Gap, Line, LineKind, TextLine, blank, cut_lines
from dnqa.reading.outline import Outline, outline_text


class Kind(Enum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    ROW = "row"


@dataclass(slots=True)
class Block:
    """A run of lines that belong together.

    start, end: half-open characters of the cleaned text; bullets and "#" are outside.
    rank: of a heading, smaller is higher; 0 otherwise.
    """

    kind: Kind
    start: int
    end: int
    rank: int = 0


class Layout(NamedTuple):
    """A text cut into blocks.

    text: the cleaned text, what is no text replaced by white space.
    blocks: in order.
    references: number to entry; its lines as they are where the format says what they are.
    edits: what is shown as something else, ascending.
    lone_numbers: where numbers stand alone that were left as text.
    """

    text: str
    blocks: list[Block]
    references: dict[int, str]
    edits: list[Edit]
    lone_numbers: list[int]


_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+$")
_UNDERLINE = re.compile(r"=={2,}$|--{2,}$")
_RULE = re.compile(r"(?:[-*_=~][ \t]*){3,}$")
_FOOTNOTE = re.compile(r"\\?\[\^(\d{1,3})\\?\]:[ \t]*")
_CLEAR_BULLET = re.compile(r"[•‣⁃◦●○■□▪▫➢➤✓✔❖♦∙\uf0b7\uf0a7\uf0d8\uf0fc]")


def cut_blocks(text: str, known: Mapping[int, Line] = MappingProxyType({}), *, is_markdown: bool = False) -> Layout:
    """Cut a cleaned text into its blocks, in order.

    known: lines of which the format says what they are, by where they begin. is_markdown: whether it is Markdown.
    """
    said = {start: line for start, line in known.items() if line.kind is not LineKind.UNKNOWN}
    if said:
        return _KnownCutter(text, said).cut()
    return _Cutter(outline_text(text, is_markdown=is_markdown)).cut()


class _KnownCutter:
    """Takes lines as their format says."""

    def __init__(self, text: str, known: Mapping[int, Line]) -> None:
        self._starts = sorted(known)
        self._known = [known[start] for start in self._starts]
        furniture = [
            (start, start + len(line.text))
            for start, line in zip(self._starts, self._known, strict=True)
            if line.kind is LineKind.FURNITURE
        ]
        self._text = blank(text, furniture)
        self._lines = cut_lines(self._text)
        self._blocks: list[Block] = []
        self._references: dict[int, list[str]] = {}
        self._entry = 0  # number of the entry that goes on
        self._open: Block | None = None

    def cut(self) -> Layout:
        """The blocks, in order."""
        place = 0
        while place < len(self._lines):
            place = self._take(place)
        _drop_numbers(self._text, self._blocks)
        _promote_title(self._blocks)
        entries = {number: "\n".join(parts) for number, parts in self._references.items()}
        return Layout(self._text, self._blocks, entries, [], [])

    def _find(self, line: TextLine) -> Line:
        return self._known[max(0, bisect_right(self._starts, line.start) - 1)]

    def _take(self, place: int) -> int:
        line = self._lines[place]
        known = self._find(line)
        if known.kind is LineKind.ENTRY:
            self._entry, self._open = known.number, None
            self._references.setdefault(known.number, []).append(line.text)
        elif known.kind is LineKind.TEXT and self._entry:
            self._references[self._entry].append(line.text)
        elif known.kind is LineKind.TEXT and self._open is not None:
            self._open.end = line.end
        else:
            self._entry = 0
            kinds = {LineKind.ITEM: Kind.ITEM, LineKind.ROW: Kind.ROW, LineKind.HEADING: Kind.HEADING}
            block = Block(kinds.get(known.kind, Kind.PARAGRAPH), line.start, line.end, rank=known.level)
            self._blocks.append(block)
            self._open = None if block.kind is Kind.HEADING else block
            if block.kind is Kind.HEADING and references.is_title(line.text):
                return self._take_list(place + 1)
        return place + 1

    def _take_list(self, place: int) -> int:
        """Take a reference list whose entries the format has not told apart."""
        if place >= len(self._lines) or self._find(self._lines[place]).kind is LineKind.ENTRY:
            return place
        heads = [at for at in range(place, len(self._lines)) if self._find(self._lines[at]).kind is LineKind.HEADING]
        lines = self._lines[: heads[0]] if heads else self._lines
        found = references.read_list(lines, place, lambda _: False)
        if found is None:
            return place
        self._references |= {number: [entry] for number, entry in found.entries.items()}
        return found.end


class _Cutter:
    """One pass over the lines of a text, with what the pass must remember."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.text, self.lines = outline.text, outline.lines
        self.blocks: list[Block] = []
        self.references: dict[int, str] = {}
        self.open: Block | None = None  # the paragraph or item that the next line may go on
        self.items = ItemReader(self.lines)
        capitals = sum(line.text.isupper() for line in self.lines)
        self.capitals_are_headings = capitals * 2 <= len(self.lines)

    def cut(self) -> Layout:
        """The blocks, in order."""
        i = 0
        while i < len(self.lines):
            i = self._take(i)
        if self.blocks and self.blocks[-1].rank >= CAPITALS_RANK and not self.references:
            last = self.blocks[-1]  # a line that heads nothing is text
            last.kind, last.rank = Kind.PARAGRAPH, 0
        _drop_numbers(self.text, [block for block in self.blocks if block.rank < CAPITALS_RANK])
        blocks = _cut_labels(self.text, self.blocks)
        blocks = _cut_inline(self.text, blocks)
        _promote_title(blocks)
        return Layout(self.text, blocks, self.references, self.outline.edits, sorted(self.outline.lone))

    def _take(self, i: int) -> int:
        """Take line i, and what belongs to it, into the blocks; return the next line's index."""
        line = self.lines[i]
        if i in self.outline.rows:
            self._add(Block(Kind.ROW, line.start, line.end))
            self.open = None
            return i + 1
        if _RULE.match(line.text):
            self.open = None
            return i + 1
        if hashes := _HASHES.match(line.text):
            end = line.end - len(line.text) + len(_CLOSING_HASHES.sub("", line.text))
            start = line.start + hashes.end()
            if bold := re.fullmatch(r"(\*\*|__)(?=\S)(.*\S)\1", self.text[start:end]):
                start, end = start + bold.start(2), start + bold.end(2)
            self._add(Block(Kind.HEADING, start, end, rank=len(hashes[1])))
            return self._take_references(i)
        if references.is_title(line.text) and references.read_list(self.lines, i + 1, self._is_heading):
            self._add(Block(Kind.HEADING, line.start, line.end, rank=TITLE_RANK))
            return self._take_references(i)
        if footnote := _FOOTNOTE.match(line.text):
            return self._take_footnote(i, footnote)
        if i in self.outline.headings:
            rank, start, end = self.outline.headings[i]
            self._add(Block(Kind.HEADING, line.start + start, line.start + end, rank=rank))
            self.items.restart()
            return self._take_references(i)
        if self._is_underlined(i):
            rank = 1 if self.lines[i + 1].text[0] == "=" else 2
            self._add(Block(Kind.HEADING, line.start, line.end, rank=rank))
            return self._take_references(i, 2)
        if bullet_length := self._measure_bullet(i):
            if bullet_length == len(line.text):  # the bullet stands alone, its text on the next line
                self.open = Block(Kind.ITEM, line.end, line.end)
            else:
                self._add(Block(Kind.ITEM, line.start + bullet_length, line.end))
            return i + 1
        if rank := self._rank_heading(i):
            self._add(Block(Kind.HEADING, line.start, line.end, rank=rank))
            self.items.restart()
            return i + 1
        self._take_text(i)
        return i + 1

    def _measure_bullet(self, i: int) -> int:
        return self.items.measure(
            i, is_open=self.open is not None, in_list=self.open is not None and self.open.kind is Kind.ITEM
        )

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self.open = None if block.kind is Kind.HEADING else block

    def _take_text(self, i: int) -> None:
        line, block = self.lines[i], self.open
        if block is not None and block.start == block.end:
            self._add(Block(Kind.ITEM, line.start, line.end))
        elif block is not None and not self.outline.is_caption_line(i) and self._goes_on(line, block):
            block.end = line.end
        else:
            self._add(Block(Kind.PARAGRAPH, line.start, line.end))

    def _goes_on(self, line: TextLine, block: Block) -> bool:
        """Whether a line goes on with the block above it."""
        if line.gap in (Gap.LINE, Gap.PAGE):
            return True
        if line.gap is Gap.PAGE_BLANK:
            return line.text[0].islower()
        if line.gap is not Gap.FURNITURE:
            return False
        if line.text[0].islower():
            return True
        if FINISHED.search(self.text[block.start : block.end].rstrip()):
            return not self.outline.is_parted(line)
        return block.kind is Kind.PARAGRAPH

    # headings ------------------------------------------------------------------------------

    def _is_underlined(self, i: int) -> bool:
        return (
            i + 1 < len(self.lines)
            and not self.lines[i].is_below
            and self.lines[i + 1].is_below
            and bool(_UNDERLINE.match(self.lines[i + 1].text))
            and not self._measure_bullet(i)
        )

    def _is_heading(self, i: int) -> bool:
        """Whether line i is a heading where no list goes on."""
        line = self.lines[i]
        return bool(_HASHES.match(line.text)) or is_in_capitals(line.text) or is_title_case(line.text)

    def _rank_heading(self, i: int) -> int:
        """The rank of line i as a heading in capitals or Title Case, 0 if it is none."""
        line = self.lines[i]
        if is_long(line.text) or line.start in self.outline.lone or self.outline.is_caption_line(i):
            return 0
        follower = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if line.text.endswith(("-", "–", "/")):
            return 0
        if follower is not None and follower.gap in (Gap.LINE, Gap.FURNITURE) and goes_on_small(follower.text):
            return 0
        before = self.lines[i - 1].text if i else ""
        if not self.capitals_are_headings and line.text.isupper():
            return 0
        if is_in_capitals(line.text):
            return 0 if line.is_below and before.endswith((",", "-")) else CAPITALS_RANK
        stands_alone = line.gap is not Gap.LINE or self.open is None or bool(FINISHED.search(before))
        stands_alone = stands_alone or (i - 1) in self.outline.rows
        if stands_alone and is_title_case(line.text):
            return TITLE_RANK
        return 0

    # reference lists -----------------------------------------------------------------------

    def _take_references(self, i: int, n_lines: int = 1) -> int:
        """Take the entries below line i if it opens a reference list; return the next line's index.

        n_lines: that the heading takes.
        """
        if not references.is_title(self.lines[i].text):
            return i + n_lines
        found = references.read_list(self.lines, i + n_lines, self._is_heading)
        if found is None:
            return i + n_lines
        self.references = {**found.entries, **self.references}
        self.open = None
        self.items.restart()
        return found.end

    def _take_footnote(self, i: int, footnote: re.Match[str]) -> int:
        entry = [self.lines[i].text[footnote.end() :]]
        self.open = None
        i += 1
        while i < len(self.lines) and self.lines[i].is_below and not self._starts_anew(i):
            entry.append(self.lines[i].text)
            i += 1
        self.references.setdefault(int(footnote[1]), " ".join(" ".join(entry).split()))
        return i

    def _starts_anew(self, i: int) -> bool:
        text = self.lines[i].text
        return bool(_FOOTNOTE.match(text) or _HASHES.match(text) or _CLEAR_BULLET.match(text))


_FEWEST_LABELS = 2


def _cut_labels(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the labels of an abstract as headings, if there are two or more."""
    found = {
        block.start: labels
        for block in blocks
        if block.kind is Kind.PARAGRAPH and (labels := find_labels(text, block.start, block.end))
    }
    if sum(map(len, found.values())) < _FEWEST_LABELS:
        return list(blocks)
    cut: list[Block] = []
    for block in blocks:
        start = block.start
        for label_start, label_end, behind in found.get(block.start, ()):
            if text[start:label_start].strip():
                cut.append(Block(Kind.PARAGRAPH, start, label_start))
            cut.append(Block(Kind.HEADING, label_start, label_end, rank=TITLE_RANK))
            start = behind
        block.start = start
        cut.append(block)
    return cut


def _cut_inline(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the items of lists inside a paragraph as items."""
    cut: list[Block] = []
    for block in blocks:
        spans = cut_inline_lists(text, block.start, block.end) if block.kind is Kind.PARAGRAPH else []
        for number, (start, end) in enumerate(spans):
            cut.append(Block(Kind.ITEM if number and number < len(spans) else Kind.PARAGRAPH, start, end))
        if not spans:
            cut.append(block)
    return cut


_HEADING_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?[ \t\u00a0]+(?=[^\W\d])")


def _drop_numbers(text: str, blocks: Sequence[Block]) -> None:
    """Let headings begin behind their numbers ("2.1 At home"), if two or more have one."""
    numbered = [
        (block, match)
        for block in blocks
        if block.kind is Kind.HEADING and (match := _HEADING_NUMBER.match(text, block.start, block.end))
    ]
    for block, match in numbered if len(numbered) > 1 else ():
        block.start = match.end()


def _promote_title(blocks: list[Block]) -> None:
    """Lift the first heading above the rest if another of its rank follows it at once: it is the title."""
    if len(blocks) > 1 and all(block.kind is Kind.HEADING for block in blocks[:2]) and blocks[0].rank == blocks[1].rank:
        blocks[0].rank = -1
