"""Count the words of sources: each source alone, and then all together.

Counting a source needs nothing but the source and gives a value that can be pickled, so that other processes can do it.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dnqa.index.meaning import list_sentences
from dnqa.index.source_records import source_record
from dnqa.records import Passage
from dnqa.sources.corpus import Source
from dnqa.text.analysis import Token, analyse
from dnqa.text.meaning import Encoder, Vectors

NO_TERM = 0xFFFFFFFF
"""Stands between two headings in a sequence of terms, so that no pair reaches across."""
_STEPS = 32
"""Mean lengths from one to its double; one step moves no score by more than a fiftieth."""


class SourceCounts(NamedTuple):
    """What an index needs of one source.

    record: all that was read of it but its passages, as JSON has it.
    handoff: the clinic's own line, "" if its sidecar has none.
    passages: in document order.
    words: normalised, of its passages and headings.
    terms: of its passages, each once, in order of appearance.
    order: of every passage in turn the terms, by their places in `terms`.
    lengths: how many of these each passage has.
    vectors: of what is encoded of each passage, two rows each; None without an encoder.
    """

    record: dict[str, Any]
    handoff: str
    passages: tuple[Passage, ...]
    words: frozenset[str]
    terms: tuple[str, ...]
    order: "array[int]"
    lengths: "array[int]"
    vectors: "Vectors | None" = None


def count_source(source: Source, encoder: Encoder | None = None) -> SourceCounts:
    """Count the words of a source, and encode its passages if there is an encoder."""
    words: set[str] = set()
    places = _Numbers()
    order, lengths = array("I"), array("I")
    for passage in source.document.passages:
        tokens = analyse(passage.text)
        words.update([token.word for token in tokens])
        length = len(order)
        order.extend([places[token.term] for token in tokens if token.term])
        lengths.append(len(order) - length)
    for path in {passage.path for passage in source.document.passages}:
        words.update(token.word for heading in path for token in analyse(heading))
    handoff = source.sidecar.handoff
    passages = source.document.passages
    vectors = encoder.encode(list_sentences(passages)) if encoder else None
    return SourceCounts(
        source_record(source), handoff, passages, frozenset(words), tuple(places), order, lengths, vectors
    )


def round_length(n_terms: int, n_passages: int) -> float:
    """The mean length of passages in terms, rounded to one of 32 steps from a number to its double.

    So it stays the same when one of many documents changes, and so does what was weighed by it.
    """
    mean = n_terms / max(1, n_passages)
    return 2.0 ** (round(_STEPS * math.log2(mean)) / _STEPS) if mean else 1.0


class _Numbers(dict[str, int]):
    """Gives every new key the next number."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class Counts:
    """The counts of all sources, merged one after the other.

    terms: a number for each.
    order, starts: the terms of all passages by these numbers, and where each passage begins and the last one ends.
    heading_of: for each passage the group of headings above it; headings: the terms of each heading of such a group.
    runs: by source and path, the passages directly under it, as half-open runs.
    cited: passages by citation number.
    words: normalised, of passages and headings.
    sources: the records of all sources, in order.
    handoff: of the first source that has one; handoff_from: the name of its file.
    vectors: of the passages of each source, if they were encoded.
    """

    def __init__(self) -> None:
        self.terms: dict[str, int] = _Numbers()
        self.order, self.starts = array("I"), array("I", [0])
        self.heading_of = array("I")
        self.headings: list[list[list[str]]] = []
        self.runs: dict[tuple[int, tuple[str, ...]], list[list[int]]] = {}
        self.cited: dict[int, array[int]] = {}
        self.words: set[str] = set()
        self.sources: list[dict[str, Any]] = []
        self.handoff = self.handoff_from = ""
        self.vectors: list[Vectors] = []
        self._groups: dict[tuple[str, ...], int] = {}

    @property
    def n_passages(self) -> int:
        """How many passages all sources have."""
        return len(self.heading_of)

    @property
    def n_terms(self) -> int:
        """How many terms all passages have, repeats counted."""
        return self.starts[self.n_passages]

    def add(self, counted: SourceCounts) -> None:
        """Merge the counts of the next source."""
        numbers = array("I", map(self.terms.__getitem__, counted.terms))
        self.order.extend(map(numbers.__getitem__, counted.order))
        for length in counted.lengths:
            self.starts.append(self.starts[-1] + length)
        for passage in counted.passages:
            self._place(passage)
        self.words |= counted.words
        self.sources.append(counted.record)
        if counted.handoff and not self.handoff:
            self.handoff, self.handoff_from = counted.handoff, counted.record["file"]
        self.vectors += [] if counted.vectors is None else [counted.vectors]

    def _place(self, passage: Passage) -> None:
        """Note under which headings a passage stands and what it cites."""
        row = len(self.heading_of)
        group = self._groups.setdefault(passage.path, len(self._groups))
        if group == len(self.headings):
            self.headings.append([_list_terms(analyse(heading)) for heading in passage.path])
        self.heading_of.append(group)
        runs = self.runs.setdefault((len(self.sources), passage.path), [])
        if runs and runs[-1][1] == row:
            runs[-1][1] = row + 1
        else:
            runs.append([row, row + 1])
        for number in passage.citations:
            self.cited.setdefault(number, array("I")).append(row)

    def add_headings(self, reach: int) -> None:
        """Put the terms of each group of headings behind those of the passages, once all sources were merged.

        reach: so many times NO_TERM stands between two headings.
        """
        for headings in self.headings:
            for place, terms in enumerate(headings):
                if place:
                    self.order.extend((NO_TERM,) * reach)
                self.order.extend(map(self.terms.__getitem__, terms))
            self.starts.append(len(self.order))

    def name_headings(self) -> Iterable[tuple[str, object]]:
        """What headings are asked for by: the terms and the small words of a name, with the passages below it.

        Returned by one of the terms.

        A heading with a slash has a name on each side of it.
        """
        names: dict[str, list[object]] = {}
        for (_, path), rows in self.runs.items():
            for name in (*path[-1].split("/"), path[-1]) if path else ():
                tokens = analyse(name)
                own = sorted(set(_list_terms(tokens)))
                if own:
                    small = sorted({token.word for token in tokens if not token.term})
                    names.setdefault(own[0], []).append([own, small, rows])
        return names.items()


def _list_terms(tokens: Sequence[Token]) -> list[str]:
    return [token.term for token in tokens if token.term]
