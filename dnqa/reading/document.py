"""From the text of a source to its passages."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from dnqa.reading.blocks import Block, Kind, cut_blocks
from dnqa.reading.columns import read_columns
from dnqa.reading.conventions import find_citations
from dnqa.reading.lines import Line
from dnqa.reading.sentences import Marker, cut_sentences
from dnqa.reading.wording import Wording
from dnqa.records import Document, Doubt, Heading, Passage, identify_next
from dnqa.text.characters import CleanText, clean

_LINE_BREAK = re.compile(r"\r\n|[\r\n]")
_HAS_WORD = re.compile(r"[^\W_]")


def read_text(text: str) -> Document:
    """Read a source: its passages with their citation numbers, headings and reference entries.

    Never raises on any string; offsets are characters of that string. Takes time in proportion
    to its length.
    """
    return _read(text)


def read_lines(lines: Iterable[Line]) -> Document:
    """Read a source given as lines, of which its format says what they are.

    Offsets are characters of the lines joined by "\n".
    """
    listed = list(lines)
    raised: list[tuple[int, int]] = []
    starts: list[int] = []
    offset = 0
    for line in listed:
        starts.append(offset)
        raised += ((offset + start, offset + end) for start, end in line.raised)
        offset += len(line.text) + 1
    return _read("\n".join(line.text for line in listed), raised, dict(zip(starts, listed, strict=True)))


def _read(
    source: str, raised: Sequence[tuple[int, int]] = (), known: Mapping[int, Line] = MappingProxyType({})
) -> Document:
    """Read a source.

    raised: half-open spans that are set as superscript. known: lines by where they begin.
    """
    cleaned = clean(source) if known else read_columns(clean(source))
    layout = cut_blocks(cleaned.text, {cleaned.position(start): line for start, line in known.items()})
    citations = find_citations(layout, [_cleaned_span(cleaned, span) for span in raised])
    line_breaks = [match.end() for match in _LINE_BREAK.finditer(source)]

    def line_of(position: int) -> int:
        return bisect_right(line_breaks, cleaned.source_start(position)) + 1

    wording = Wording(layout.text, [*layout.edits, *citations.edits])
    headings: list[Heading] = []
    above: list[tuple[int, str]] = []  # rank and text of the headings that a passage stands under
    passages: list[Passage] = []
    repeats: Counter[str] = Counter()
    lead_in: int | None = None  # number of the passage that introduces the list that goes on
    doubts = [Doubt(line_of(position), message) for position, message in citations.doubts]
    for block in layout.blocks:
        if block.kind is Kind.HEADING:
            while above and above[-1][0] >= block.rank:
                above.pop()
            text = wording.read(block.start, block.end, ())
            headings.append(_heading(cleaned, block, text, len(above), line_of(block.start)))
            above.append((block.rank, text))
            lead_in = None
            continue
        if block.kind is not Kind.ITEM:
            lead_in = None
        for start, end, numbers, text in _cut_passages(
            layout.text, block, citations.markers.get(block.start, []), wording
        ):
            passages.append(
                Passage(
                    id=identify_next(text, repeats),
                    text=text,
                    citations=numbers,
                    section=above[-1][1] if above else "",
                    path=tuple(text for _, text in above),
                    line=line_of(start),
                    start=cleaned.source_start(start),
                    end=cleaned.source_end(end),
                    lead=0 if lead_in is None else len(passages) - lead_in,
                )
            )
        if passages and block.kind is not Kind.ITEM and passages[-1].text.endswith(":"):
            lead_in = len(passages) - 1
    doubts += (
        Doubt(line_of(at), "a number stands alone here: a page number or a citation?") for at in layout.lone_numbers
    )
    return Document(
        tuple(passages),
        tuple(headings),
        MappingProxyType(layout.references),
        citations.convention,
        tuple(sorted(doubts, key=lambda doubt: doubt.line)),
    )


def _cut_passages(
    text: str, block: Block, markers: list[Marker], wording: Wording
) -> Iterator[tuple[int, int, tuple[int, ...], str]]:
    """Start, end, citation numbers and words of every passage of a block."""
    starts = [marker.start for marker in markers]
    for start, end in cut_sentences(text, block.start, block.end, markers):
        own = markers[bisect_left(starts, start) : bisect_left(starts, end)]
        words = wording.read(start, end, own)
        if words:
            yield start, end, tuple(sorted({number for marker in own for number in marker.numbers})), words


def _heading(cleaned: CleanText, block: Block, text: str, depth: int, line: int) -> Heading:
    return Heading(text, depth, line, cleaned.source_start(block.start), cleaned.source_end(block.end))


def _cleaned_span(cleaned: CleanText, span: tuple[int, int]) -> tuple[int, int]:
    """A span of the source as a span of the cleaned text."""

    return cleaned.position(span[0]), cleaned.position(span[1])
