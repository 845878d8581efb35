"""Decide how a document marks its citations, from its own evidence, and find the markers."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from dnqa.reading import glued, marked
from dnqa.reading.blocks import Block, Kind, Layout
from dnqa.reading.lines import Edit
from dnqa.reading.sentences import Marker, cut_sentences
from dnqa.reading.words import calls_for_number
from dnqa.text.citation_numbers import LIST, read_numbers

_MIN_SPACED_SENTENCES = 3
_MIN_ROUND_ENDINGS = 2
_STRAY, _MANY = 2, 8
"""So few marked numbers are stray ones, where so many stand in round brackets."""


class Citations(NamedTuple):
    """The citation markers of a document.

    convention: its name, "none" if the document has no markers.
    markers: for every block that is no heading, its markers, ascending; keyed by the block's start.
    doubts: offset and message of what was left as text, ascending.
    edits: raised digits that are no citations, as superscript characters.
    """

    convention: str
    markers: dict[int, list[Marker]]
    doubts: list[tuple[int, str]]
    edits: Sequence[Edit] = ()


def find_citations(layout: Layout, raised: Sequence[tuple[int, int]] = ()) -> Citations:
    """Find the citation markers of a document.

    A document uses one convention: one that marks its numbers if there is any, else digits glued
    to words, else round brackets, else numbers set off by a space.
    raised: half-open spans of the cleaned text that are known to be superscript.
    """
    found = _decide(layout, raised)
    return found._replace(edits=marked.find_exponents(layout.text, raised))


def _decide(layout: Layout, raised: Sequence[tuple[int, int]]) -> Citations:
    text = layout.text
    kinds = (Kind.HEADING,) if raised else (Kind.HEADING, Kind.ROW)  # what is raised in a row is no number of its own
    blocks = [block for block in layout.blocks if block.kind not in kinds]
    found = _find_marked(text, blocks, raised)
    if found is not None and not (
        _count(found) <= _STRAY and _find_round(text, blocks, frozenset(layout.references), at_least=_MANY)
    ):
        return found
    in_glue, doubts = _find_glued(text, blocks, frozenset(layout.references))
    n_glued = sum(map(len, in_glue.values()))
    in_round = _find_round(text, blocks, frozenset(layout.references), at_least=n_glued + 1)
    if in_round is not None:
        return Citations("round", in_round, [])
    if n_glued:
        return Citations("glued", in_glue, doubts)
    spaced = _find_spaced(text, blocks, frozenset(layout.references))
    if spaced is not None:
        return Citations("spaced", spaced, doubts)
    return Citations("none", {}, doubts)


def _find_marked(text: str, blocks: list[Block], raised: Sequence[tuple[int, int]]) -> Citations | None:
    by_name: dict[str, dict[int, list[Marker]]] = {}
    if raised:
        by_name["raised"] = _by_block(marked.find_raised(text, raised), blocks)
    for name, signs, find in marked.MARKED:
        if any(sign in text for sign in signs):
            by_name[name] = {block.start: list(find(text, block.start, block.end)) for block in blocks}
    counts = {
        name: sum(bool(marker.numbers) for markers in by_block.values() for marker in markers)
        for name, by_block in by_name.items()
    }
    name = max(counts, key=lambda name: counts[name], default="")
    if not counts.get(name):
        return None
    joined = {
        block.start: marked.join_markers(text, by_name[name][block.start], block.start, block.end) for block in blocks
    }
    return Citations(name, joined, [])


def _count(found: Citations) -> int:
    return sum(map(len, found.markers.values()))


def _by_block(markers: list[Marker], blocks: list[Block]) -> dict[int, list[Marker]]:
    """Markers, ascending, by the start of the block that they stand in."""
    starts = [marker.start for marker in markers]
    return {block.start: markers[bisect_left(starts, block.start) : bisect_left(starts, block.end)] for block in blocks}


def _find_glued(
    text: str, blocks: list[Block], listed: frozenset[int]
) -> tuple[dict[int, list[Marker]], list[tuple[int, str]]]:
    candidates = [candidate for block in blocks for candidate in glued.find_candidates(text, block.start, block.end)]
    prose = "\n".join(text[block.start : block.end] for block in blocks) if candidates else ""
    candidates = glued.leave_out_names(prose, candidates) if candidates else []
    citations, doubtful = glued.settle(prose, candidates, listed)
    doubts = [(candidate.start, _describe_doubt(text, candidate)) for candidate in doubtful]
    markers: dict[int, list[Marker]] = {}
    numbers = [number for candidate in citations for number in candidate.numbers]
    fits = listed or frozenset(range(1, max(numbers) + 2) if numbers else ())
    index = 0
    for block in blocks:
        own = glued.find_own_lines(text, block.start, block.end)
        while index < len(citations) and citations[index].start < block.end:
            own.append(Marker(citations[index].start, citations[index].end, citations[index].numbers))
            index += 1
        own += (
            glued.find_set_off(text, sorted(own), fits, frozenset(numbers), (block.start, block.end)) if numbers else []
        )
        markers[block.start] = _without_overlaps(sorted(own))
    return markers, doubts


def _describe_doubt(text: str, candidate: glued.GluedNumber) -> str:
    written = text[candidate.start : candidate.end]
    if candidate.word:
        return f'"{candidate.word}{written}" may be a name or carry a citation'
    before = re.search(r"[\d.,]+$", text[max(0, candidate.start - 12) : candidate.start])
    whole = before[0] if before else ""
    return f"{whole}{written} = {whole} [{written}]?"


def _without_overlaps(markers: list[Marker]) -> list[Marker]:
    kept: list[Marker] = []
    for marker in markers:
        if not kept or marker.start >= kept[-1].end:
            kept.append(marker)
    return kept


def _find_round(
    text: str, blocks: list[Block], listed: frozenset[int], *, at_least: int
) -> dict[int, list[Marker]] | None:
    """Markers in round brackets, if the document uses them consistently."""
    by_block = {block.start: list(marked.find_round_brackets(text, block.start, block.end)) for block in blocks}
    found = [pair for pairs in by_block.values() for pair in pairs]
    n_endings = sum(ends for _, ends in found)
    in_list = bool(found) and all(set(marker.numbers) <= listed for marker, _ in found)
    if not found or not (n_endings >= max(_MIN_ROUND_ENDINGS, at_least) or (in_list and len(found) >= at_least)):
        return None
    return {
        block.start: marked.join_markers(text, [marker for marker, _ in by_block[block.start]], block.start, block.end)
        for block in blocks
    }


_SPACED = re.compile(
    rf"(?<=[^\W\d])[ \t\u00a0]+(?P<inside>{LIST})(?=[.?!](?:\s|$)|\s*$)"
    rf"|(?<=[.?!])[ \t\u00a0]+(?P<behind>{LIST})(?=\s+[A-Z“\"]|\s*$)"
)


def _find_spaced(text: str, blocks: list[Block], listed: frozenset[int]) -> dict[int, list[Marker]] | None:
    """Markers set off by a space, if every one of three or more sentences has one."""
    markers: dict[int, list[Marker]] = {}
    n_sentences = 0
    for block in blocks:
        found = []
        for match in _SPACED.finditer(text, block.start, block.end):
            numbers = read_numbers(match["inside"] or match["behind"])
            if (
                not numbers
                or calls_for_number(text, match.start(), always=True)
                or (listed and not set(numbers) <= listed)
            ):
                return None
            found.append(Marker(match.start(), match.end(), numbers))
        for start, end in cut_sentences(text, block.start, block.end, found):
            n_sentences += 1
            if not any(start <= marker.start < end for marker in found):
                return None
        markers[block.start] = found
    return markers if n_sentences >= _MIN_SPACED_SENTENCES else None
