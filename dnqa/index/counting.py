"""Count the words of sources, one after the other."""

import math
from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from dnqa.index.meaning import list_sentences
from dnqa.index.source_records import source_record
from dnqa.records import Passage
from dnqa.sources.corpus import Source
from dnqa.text.analysis import Token, analyse, list_written, read_term
from dnqa.text.meaning import Encoder, Vectors

NO_TERM = 0xFFFFFFFF
"""Stands between two headings in a sequence of terms, so that no pair reaches across."""
_STEPS = 32
"""Mean lengths from one to its double; one step moves no score by more than a fiftieth."""
_STOP_WORD = -1


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


class _TermOf(dict[str, int]):
    """The number of the term of a word as it is written, _STOP_WORD if it has none; takes up all words and terms."""

    def __init__(self, words: set[str], terms: dict[str, int]) -> None:
        super().__init__()
        self._words, self._terms = words, terms

    def __missing__(self, written: str) -> int:
        word, term = read_term(written)
        self._words.add(word)
        self[written] = number = self._terms[term] if term else _STOP_WORD
        return number


class Counts:
    """The counts of some sources.

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
        self._term_of = _TermOf(self.words, self.terms)

    @property
    def n_passages(self) -> int:
        """How many passages all sources have."""
        return len(self.heading_of)

    @property
    def n_terms(self) -> int:
        """How many terms all passages have, repeats counted."""
        return self.starts[self.n_passages]

    def add(self, source: Source, encoder: Encoder | None) -> None:
        """Count the words of the next source, and encode its passages if there is an encoder."""
        term_of = self._term_of.__getitem__
        passages = source.document.passages
        for passage in passages:
            numbers = map(term_of, list_written(passage.text))
            self.order.extend([number for number in numbers if number >= 0])
            self.starts.append(len(self.order))
            self._place(passage)
        if encoder:
            self.vectors.append(encoder.encode(list_sentences(passages)))
        self.sources.append(source_record(source))
        if source.sidecar.handoff and not self.handoff:
            self.handoff, self.handoff_from = source.sidecar.handoff, source.path.name

    def let_go(self) -> None:
        """Forget what is needed only as long as sources are added."""
        self._term_of.clear()
        self._groups.clear()

    def _place(self, passage: Passage) -> None:
        """Note under which headings a passage stands and what it cites."""
        row = len(self.heading_of)
        group = self._groups.setdefault(passage.path, len(self._groups))
        if group == len(self.headings):
            above = list(map(analyse, passage.path))
            self.words.update(token.word for tokens in above for token in tokens)
            self.headings.append(list(map(_list_terms, above)))
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
