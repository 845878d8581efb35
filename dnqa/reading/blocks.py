"""Cut a cleaned text into blocks: headings, items, paragraphs; reference entries; page numbers.

Known limits: tables, columns, running headers and footers are read as paragraphs. A heading
in sentence case ("What to expect") without a "#" cannot be told from a bullet that lost its
mark, so it is a passage: text is rather shown twice than lost.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from dnqa.reading.lines import Line, LineKind
from dnqa.reading.words import LABELS
from dnqa.text.characters import fold


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

    text: the cleaned text, each digit of a page number replaced by white space.
    blocks: in order.
    references: number to entry.
    lone_numbers: where numbers stand alone that were left as text.
    """

    text: str
    blocks: list[Block]
    references: dict[int, str]
    lone_numbers: list[int]


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    gap: str  # what stands between the line before and this one: "start", "line", "blank" or "page"


_PAGE_NUMBER = "\v"  # stands for a digit of a page number: white space that cleaning leaves nowhere
_LINE = re.compile(r"\S[^\n\f]*")
_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+$")
_UNDERLINE = re.compile(r"=={2,}$|--{2,}$")
_RULE = re.compile(r"(?:[-*_=~][ \t]*){3,}$")
_CLEAR_BULLET = re.compile(r"[•‣⁃◦●○■□▪▫➢➤✓✔❖♦∙\uf0b7\uf0a7\uf0d8\uf0fc][ \t\u00a0]*")
_DASH_BULLET = re.compile(r"[-–—*+·][ \t\u00a0]+(?=\S)")
_LETTER_O_BULLET = re.compile(r"o[ \t\u00a0]+(?=[^\W\d_])")
_LIST_NUMBER = re.compile(r"(?:(\d{1,3})([.)])|\(?([a-z]|[ivx]{2,4})\))[ \t\u00a0]+(?=\S)")
_REFERENCE_TITLE = re.compile(r"[#*_ \t]*(?:references|bibliography|works cited|sources)[*_ \t]*:?[#*_ \t]*$", re.I)
_ENTRY = re.compile(r"(?:[-*•][ \t]+)?(\[|\()?(\d{1,3})([\])]|[.)])[ \t\u00a0]+(?=\S)")
_FOOTNOTE = re.compile(r"\\?\[\^(\d{1,3})\\?\]:[ \t]*")

_FINISHED = re.compile(r"[.:;!?…\d\])”’\"'⁰¹²³⁴⁵⁶⁷⁸⁹>^]$")
_CLOSING = re.compile(r"[.,:;!?…\d⁰¹²³⁴⁵⁶⁷⁸⁹]$|[\])>^]$")
_WORD = re.compile(r"[^\W\d_][^\s/–—-]*")
_FREE_NUMBER = re.compile(r"(?:^|\s)\d+(?:\s|$)")
_NUMBERED = re.compile(
    rf"^(?:[^\d]*\b)?(?:{'|'.join(sorted(LABELS))})s?\s+\d{{1,3}}(?:\s*(?:and|to|or|[-–&])\s*\d{{1,3}})?\b[^\d]*$", re.I
)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from if in into is it its nor of off on onto or out over per so than that the "
    "to up via vs with without your you our we not".split()
)
_MAX_HEADING_WORDS = 10
_MAX_HEADING_LENGTH = 90
_CAPITALS_RANK, _TITLE_RANK = 7, 8


def cut_blocks(text: str, known: Mapping[int, Line] = MappingProxyType({})) -> Layout:
    """Cut a cleaned text into its blocks, in order.

    known: lines of which the format says what they are, by where they begin.
    """
    return _Cutter(text, known).cut()


def _cut_lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    end = 0
    for match in _LINE.finditer(text):
        between = text[end : match.start()]
        breaks = between.count("\n")
        if not lines:
            gap = "start"
        elif _PAGE_NUMBER in between:
            gap = "page"
        elif "\f" in between:
            # a form feed usually stands on a line of its own, which is not an empty line
            gap = "page" if breaks <= 2 else "page blank"
        else:
            gap = "line" if breaks == 1 else "blank"
        content = match[0].rstrip()
        end = match.start() + len(content)
        lines.append(_Line(match.start(), end, content, gap))
    return lines


def _blank_page_numbers(text: str, lines: list[_Line]) -> tuple[str, list[_Line], set[int]]:
    """The text without its page numbers, its lines, and where other numbers stand alone."""
    alone = [i for i, line in enumerate(lines) if line.text.isdecimal() and len(line.text) <= 4]
    pages, lone = set(), set()
    for i in alone:
        after = lines[i + 1].gap if i + 1 < len(lines) else "end"
        if lines[i].gap.startswith("page") or after.startswith("page"):
            pages.add(i)
        elif lines[i].gap in ("blank", "start") and after in ("blank", "end"):
            lone.add(i)
        elif after == "end" and pages and int(lines[i].text) == int(lines[max(pages)].text) + 1:
            pages.add(i)
    candidates = sorted(pages | lone)
    for earlier, later in pairwise(candidates):
        if int(lines[later].text) == int(lines[earlier].text) + 1:
            pages |= {earlier, later}
    starts = {lines[i].start for i in lone - pages}
    if not pages:
        return text, lines, starts
    text = _blank(text, [(lines[i].start, lines[i].end) for i in sorted(pages)])
    return text, _cut_lines(text), starts


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with white space for what stands in some spans, ascending."""
    pieces: list[str] = []
    end = 0
    for start, stop in spans:
        pieces += (text[end:start], _PAGE_NUMBER * (stop - start))
        end = stop
    return "".join([*pieces, text[end:]])


class _Cutter:
    """One pass over the lines, with what the pass must remember."""

    def __init__(self, text: str, known: Mapping[int, Line]) -> None:
        starts = sorted(start for start, line in known.items() if line.kind is not LineKind.UNKNOWN)
        self.kinds = [known[start] for start in starts]
        self.starts = starts
        if starts:
            furniture = [
                (start, start + len(line.text)) for start, line in known.items() if line.kind is LineKind.FURNITURE
            ]
            self.text = _blank(text, furniture)
            self.lines, self.lone = _cut_lines(self.text), set[int]()
        else:
            self.text, self.lines, self.lone = _blank_page_numbers(text, _cut_lines(text))
        self.entry = 0  # number of the entry that is open
        self.blocks: list[Block] = []
        self.references: dict[int, list[str]] = {}  # number to the lines of its entry
        self.open: Block | None = None  # the paragraph or item that the next line may go on
        self.list_number = 0
        capitals = sum(line.text.isupper() for line in self.lines)
        self.capitals_are_headings = capitals * 2 <= len(self.lines)
        self.dash_lines: dict[str, int] = {}
        for line in self.lines:
            if _DASH_BULLET.match(line.text):
                self.dash_lines[line.text[0]] = self.dash_lines.get(line.text[0], 0) + 1

    def cut(self) -> Layout:
        i = 0
        while i < len(self.lines):
            i = self._take(i)
        if self.blocks and self.blocks[-1].rank >= _CAPITALS_RANK and not self.references:
            last = self.blocks[-1]  # a line that heads nothing is text
            last.kind, last.rank = Kind.PARAGRAPH, 0
        _promote_title(self.blocks)
        references = {number: fold(" ".join(lines)) for number, lines in self.references.items()}
        return Layout(self.text, self.blocks, references, sorted(self.lone))

    def _take(self, i: int) -> int:
        """Take line i, and what belongs to it, into the blocks; return the next line's index."""
        line = self.lines[i]
        if self.starts and (known := self._find_known(line)):
            return self._take_known(i, known)
        if _RULE.match(line.text):
            self.open = None
            return i + 1
        if hashes := _HASHES.match(line.text):
            end = line.end - len(line.text) + len(_CLOSING_HASHES.sub("", line.text))
            self._add(Block(Kind.HEADING, line.start + hashes.end(), end, rank=len(hashes[1])))
            return self._take_references(i)
        if _REFERENCE_TITLE.match(line.text) and self._is_entry(i + 1):
            self._add(Block(Kind.HEADING, line.start, line.end, rank=_TITLE_RANK))
            return self._take_references(i)
        if footnote := _FOOTNOTE.match(line.text):
            return self._take_footnote(i, footnote)
        if self._is_underlined(i):
            rank = 1 if self.lines[i + 1].text[0] == "=" else 2
            self._add(Block(Kind.HEADING, line.start, line.end, rank=rank))
            return i + 2
        if bullet_length := self._measure_bullet(i):
            if bullet_length == len(line.text):  # the bullet stands alone, its text on the next line
                self.open = Block(Kind.ITEM, line.end, line.end)
            else:
                self._add(Block(Kind.ITEM, line.start + bullet_length, line.end))
            return i + 1
        if rank := self._rank_heading(i):
            self._add(Block(Kind.HEADING, line.start, line.end, rank=rank))
            self.list_number = 0
            return i + 1
        self._take_text(line)
        return i + 1

    def _find_known(self, line: _Line) -> Line | None:
        """What the format says of a line."""
        place = bisect_right(self.starts, line.start) - 1
        return self.kinds[place] if place >= 0 else None

    def _take_known(self, i: int, known: Line) -> int:
        """Take line i as its format says."""
        line = self.lines[i]
        if known.kind is LineKind.ENTRY:
            self.entry, self.open = known.number, None
            self.references.setdefault(known.number, []).append(line.text)
        elif known.kind is LineKind.HEADING:
            self.entry = 0
            self._add(Block(Kind.HEADING, line.start, line.end, rank=known.level))
            return self._take_references(i)
        elif known.kind is LineKind.TEXT and self.entry:
            self.references[self.entry].append(line.text)
        elif known.kind is LineKind.TEXT and self.open is not None:
            self.open.end = line.end
        else:
            self.entry = 0
            kinds = {LineKind.ITEM: Kind.ITEM, LineKind.ROW: Kind.ROW}
            self._add(Block(kinds.get(known.kind, Kind.PARAGRAPH), line.start, line.end))
        return i + 1

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self.open = None if block.kind is Kind.HEADING else block

    def _take_text(self, line: _Line) -> None:
        block = self.open
        if block is not None and block.start == block.end:
            self._add(Block(Kind.ITEM, line.start, line.end))
        elif block is not None and (
            line.gap in ("line", "page") or (line.gap == "page blank" and line.text[0].islower())
        ):
            block.end = line.end
        else:
            self._add(Block(Kind.PARAGRAPH, line.start, line.end))

    # headings ------------------------------------------------------------------------------

    def _is_underlined(self, i: int) -> bool:
        return (
            i + 1 < len(self.lines)
            and self.lines[i].gap != "line"
            and self.lines[i + 1].gap == "line"
            and bool(_UNDERLINE.match(self.lines[i + 1].text))
            and not self._measure_bullet(i)
        )

    def _rank_heading(self, i: int) -> int:
        """The rank of line i as a heading in capitals or Title Case, 0 if it is none."""
        line = self.lines[i]
        if len(line.text) > _MAX_HEADING_LENGTH or line.start in self.lone:
            return 0
        follower = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if line.text.endswith(("-", "–", "/")):
            return 0
        if follower is not None and follower.gap == "line" and _goes_on_small(follower.text):
            return 0
        before = self.lines[i - 1].text if i else ""
        if not self.capitals_are_headings and line.text.isupper():
            return 0
        if _is_in_capitals(line.text):
            return 0 if line.gap == "line" and before.endswith((",", "-")) else _CAPITALS_RANK
        stands_alone = line.gap != "line" or self.open is None or bool(_FINISHED.search(before))
        if stands_alone and _is_title_case(line.text):
            return _TITLE_RANK
        return 0

    # items ---------------------------------------------------------------------------------

    def _measure_bullet(self, i: int) -> int:
        """How many characters of line i are a bullet or list number, 0 if it starts with none."""
        line = self.lines[i]
        if match := _CLEAR_BULLET.match(line.text):
            return match.end()
        if match := _LETTER_O_BULLET.match(line.text):
            return match.end()
        starts_block = line.gap != "line" or self.open is None or self.open.kind is Kind.ITEM
        finished = starts_block or bool(_FINISHED.search(self.lines[i - 1].text))
        if match := _DASH_BULLET.match(line.text):
            return match.end() if finished or self.dash_lines[line.text[0]] > 1 else 0
        if match := _LIST_NUMBER.match(line.text):
            if match[1] is None:
                return match.end() if finished else 0
            number = int(match[1])
            if finished or number == self.list_number + 1:
                self.list_number = number
                return match.end()
        return 0

    # reference lists -----------------------------------------------------------------------

    def _is_entry(self, i: int) -> bool:
        return i < len(self.lines) and bool(_ENTRY.match(self.lines[i].text))

    def _take_references(self, i: int) -> int:
        """Take the entries below line i if it opens a reference list; return the next line's index."""
        if not (_REFERENCE_TITLE.match(self.lines[i].text) and self._is_entry(i + 1)):
            return i + 1
        style = _entry_style(self.lines[i + 1].text)
        number = 0
        i += 1
        while i < len(self.lines):
            line = self.lines[i]
            entry = _ENTRY.match(line.text)
            if entry and _entry_style(line.text) == style and self._is_next(int(entry[2]), number, i):
                number = int(entry[2])
                self.references.setdefault(number, []).append(line.text[entry.end() :])
            elif self._ends_references(i):
                break
            else:
                self.references[number].append(line.text)
            i += 1
        self.open = None
        self.list_number = 0
        return i

    def _is_next(self, number: int, last: int, i: int) -> bool:
        if number == last + 1 or not last:
            return True
        return number > last and (self.lines[i].gap != "line" or self.lines[i - 1].text.endswith("."))

    def _ends_references(self, i: int) -> bool:
        line = self.lines[i]
        if _HASHES.match(line.text):
            return True
        if line.gap == "line":
            return _is_in_capitals(line.text) and self.lines[i - 1].text.endswith(".")
        return not line.gap.startswith("page") or not line.text[0].islower()

    def _take_footnote(self, i: int, footnote: re.Match[str]) -> int:
        number = int(footnote[1])
        entry = [self.lines[i].text[footnote.end() :]]
        self.references.setdefault(number, entry)
        self.open = None
        i += 1
        while i < len(self.lines) and self.lines[i].gap == "line" and not self._starts_anew(i):
            entry.append(self.lines[i].text)
            i += 1
        return i

    def _starts_anew(self, i: int) -> bool:
        text = self.lines[i].text
        return bool(_FOOTNOTE.match(text) or _HASHES.match(text) or _CLEAR_BULLET.match(text))


def _goes_on_small(text: str) -> bool:
    """Whether a line begins with a small letter that is no bullet or list number."""
    return text[0].islower() and not _LIST_NUMBER.match(text) and not _LETTER_O_BULLET.match(text)


def _entry_style(text: str) -> str:
    match = _ENTRY.match(text)
    return f"{match[1] or ''}{match[3]}" if match else ""


def _is_in_capitals(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return text.isupper() and letters >= 3 and not text.endswith((".", "!", ","))


def _is_title_case(text: str) -> bool:
    """Whether a line is in Title Case without closing punctuation or a citation behind it."""
    if _CLOSING.search(text) and not re.search(r"(?:^|\s)(?:\d{1,3}|[A-Z]+\d+)$|\)$", text):
        return False
    if _FREE_NUMBER.search(text) and not _NUMBERED.search(text):
        return False
    words = _WORD.findall(text)
    if not words or len(words) > _MAX_HEADING_WORDS or not text[0].isalnum():
        return False
    if not any(character.isupper() for character in words[0]):
        return False
    return all(
        any(character.isupper() for character in word) or word.strip("(),&’'\"“”").lower() in _SMALL_WORDS
        for word in words
    )


def _promote_title(blocks: list[Block]) -> None:
    """Lift the first heading above the rest if another of its rank follows it at once: it is the title."""
    if len(blocks) > 1 and all(block.kind is Kind.HEADING for block in blocks[:2]) and blocks[0].rank == blocks[1].rank:
        blocks[0].rank = -1
