"""From the text of a source to its passages."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from dnqa.reading.blocks import Block, Kind, cut_blocks
from dnqa.reading.columns import read_columns
from dnqa.reading.conventions import find_citations
from dnqa.reading.copying import Copy, spell_out
from dnqa.reading.lines import Line
from dnqa.reading.sentences import Marker, cut_sentences
from dnqa.reading.wording import Wording
from dnqa.records import Document, Doubt, Heading, Passage, identify_next
from dnqa.text.characters import clean

_LINE_BREAK = re.compile(r"\r\n|[\r\n]")


def read_text(text: str, *, is_markdown: bool = False) -> Document:
    """Read a source: its passages with their citation numbers, headings and reference entries.

    is_markdown: whether the marks of Markdown are none of its words; links, headings, tables and front matter are read
    in any text. Never raises on any string; offsets are characters of that string. Takes time in proportion to its
    length.
    """
    return _Reader(text, is_markdown=is_markdown).read()


def read_lines(lines: Iterable[Line]) -> Document:
    """Read a source given as lines, of which its format says what they are.

    Offsets are characters of the document's copy, which `dnqa import` writes.
    """
    listed = list(lines)
    raised: list[tuple[int, int]] = []
    starts: list[int] = []
    offset = 0
    for line in listed:
        starts.append(offset)
        raised += ((offset + start, offset + end) for start, end in line.raised)
        offset += len(line.text) + 1
    text = "\n".join(line.text for line in listed)
    return _Reader(text, raised, dict(zip(starts, listed, strict=True)), Copy()).read()


def copy_text(text: str, *, is_markdown: bool = False) -> str:
    """A copy of a source as text, every citation written as `[^4]`."""
    return _Reader(text, copy=Copy(), is_markdown=is_markdown).read().copy


_ENDED = re.compile(r"[.?!…][”’»\"')\]]*$")
_COPIED = {Kind.ITEM: "item", Kind.ROW: "row"}


class _Reader:
    """Reads one source."""

    def __init__(
        self,
        source: str,
        raised: Sequence[tuple[int, int]] = (),
        known: Mapping[int, Line] = MappingProxyType({}),
        copy: Copy | None = None,
        *,
        is_markdown: bool = False,
    ) -> None:
        """A reader of a source.

        raised: half-open spans that are set as superscript. known: lines by where they begin; offsets are those of the
        copy then. copy: what is read is written into it.
        """
        self._cleaned = clean(source) if known else read_columns(clean(source))
        position = self._cleaned.position
        starts = {position(start): line for start, line in known.items()}
        self._layout = cut_blocks(self._cleaned.text, starts, is_markdown=is_markdown)
        self._citations = find_citations(self._layout, [(position(start), position(end)) for start, end in raised])
        self._wording = Wording(self._layout.text, [*self._layout.edits, *self._citations.edits])
        self._line_breaks = [match.end() for match in _LINE_BREAK.finditer(source)]
        self._line_starts, self._lines = list(starts), list(starts.values())
        self._copy = copy
        self._headings: list[Heading] = []
        self._above: list[tuple[int, str]] = []  # rank and text of the headings that a passage stands under
        self._passages: list[Passage] = []
        self._repeats: Counter[str] = Counter()
        self._lead_in: int | None = None  # number of the passage that introduces the list that goes on

    def read(self) -> Document:
        """The document."""
        for block in self._layout.blocks:
            if block.kind is Kind.HEADING:
                self._take_heading(block)
            else:
                self._take_sentences(block)
        lone = "a number stands alone here: a page number or a citation?"
        doubts = [Doubt(self._line_of(at), message) for at, message in self._citations.doubts]
        doubts += (Doubt(self._line_of(at), lone) for at in self._layout.lone_numbers)
        references = {number: self._wording.join_lines(text) for number, text in self._layout.references.items()}
        if self._copy:
            self._copy.add_references(references)
        return Document(
            tuple(self._passages),
            tuple(self._headings),
            MappingProxyType(references),
            self._citations.convention,
            tuple(sorted(doubts, key=lambda doubt: doubt.line)),
            self._copy.text if self._copy else "",
        )

    def _take_heading(self, block: Block) -> None:
        while self._above and self._above[-1][0] >= block.rank:
            self._above.pop()
        text = self._wording.read(block.start, block.end, ())
        depth = len(self._above)
        place = self._line_of(block.start), *self._source_span(block.start, block.end)
        if self._copy:
            self._copy.begin("heading", depth + 1)
            written = self._copy.add(text)
            self._copy.end()
            place = written if self._lines else place
        self._headings.append(Heading(text, depth, *place))
        self._above.append((block.rank, text))
        self._lead_in = None

    def _take_sentences(self, block: Block) -> None:
        if block.kind is not Kind.ITEM:
            self._lead_in = None
        text, markers = self._layout.text, self._citations.markers.get(block.start, [])
        starts = [marker.start for marker in markers]
        is_first = True
        is_row = block.kind is Kind.ROW  # which is a passage as a whole
        spans = [(block.start, block.end)] if is_row else cut_sentences(text, block.start, block.end, markers)
        for start, end in spans:
            own = markers[bisect_left(starts, start) : bisect_left(starts, end)]
            words = self._wording.read(start, end, own)
            if not words:
                continue
            place = self._line_of(start), *self._source_span(start, end)
            if self._copy:
                if not is_first and not _ENDED.search(self._passages[-1].text):  # nothing else would part the two
                    self._copy.end()
                    is_first = True
                if is_first:
                    self._copy.begin(_COPIED.get(block.kind, "paragraph"))
                written = self._copy.add(self._wording.read(start, end, own, spell_out))
                place = written if self._lines else place
            is_first = False
            self._add_passage(words, own, place, self._page_of(start))
        if self._copy and not is_first:
            self._copy.end()
        if self._passages and block.kind is not Kind.ITEM and self._passages[-1].text.endswith(":"):
            self._lead_in = len(self._passages) - 1

    def _add_passage(self, words: str, own: Sequence[Marker], place: tuple[int, int, int], page: int) -> None:
        line, start, end = place
        self._passages.append(
            Passage(
                id=identify_next(words, self._repeats),
                text=words,
                citations=tuple(sorted({number for marker in own for number in marker.numbers})),
                section=self._above[-1][1] if self._above else "",
                path=tuple(text for _, text in self._above),
                line=line,
                start=start,
                end=end,
                lead=0 if self._lead_in is None else len(self._passages) - self._lead_in,
                page=page,
            )
        )

    def _line_of(self, position: int) -> int:
        return bisect_right(self._line_breaks, self._cleaned.source_start(position)) + 1

    def _source_span(self, start: int, end: int) -> tuple[int, int]:
        return self._cleaned.source_start(start), self._cleaned.source_end(end)

    def _page_of(self, position: int) -> int:
        place = bisect_right(self._line_starts, position) - 1
        return self._lines[place].page if place >= 0 else 0
