"""The passages' own words: how much of a question's meaning each passage holds.

A term counts by its inverse document frequency and by a saturated, length-normalised count
(Robertson and Zaragoza 2009); neighbouring words count as unordered pairs, a score of their own
at low weight. A word of a question may be held by its synonyms.

This is the reader for few passages, in plain Python; `dnqa.index.arrays` does the same for many.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from dnqa.index.store import Store
from dnqa.index.table import Table

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""Robertson's k1 and b, at their usual values; around them nDCG@10 on four public collections moves by
less than 0.003."""
PAIR_SHARE = 0.3
"""What pairs count beside terms. Mean nDCG@10 on four public collections: 0 gives 0.633, 0.2 0.649,
0.3 0.651, 0.5 0.648."""
PAIR_REACH = 2
"""Words between the two of a pair, plus one: "nerve roots", "nerve or roots"."""
HEADING_SHARE = 0.5
"""What a word of a heading counts beside one of the passage; from 0.3 to 0.7 hit@1 moves by 0.01."""
SYNONYM_SHARE = 0.8
"""What a synonym covers of the word that was typed; from 0.65 to 1 hit@1 moves by 0.01."""

NO_TERM = 0xFFFFFFFF
"""Stands between two headings in a sequence of terms, so that no pair reaches across."""
_CACHED = 1 << 15  # terms and pairs whose place in the index is remembered

Pair = tuple[str, str]


class Concept(NamedTuple):
    """A word of a question.

    term: its term.
    weight: what it weighs.
    meanings: terms of each of its synonyms.
    """

    term: str
    weight: float
    meanings: tuple[tuple[str, ...], ...]


class WordField:
    """Postings of terms, and each passage as the sequence of its terms.

    n_rows: how many passages.

    In the index, by the number of a term:
    terms            table from term to number
    words.starts     where its postings begin
    words.rows       passages, ascending
    words.shares     saturated counts, by their numbers in words.values: 1 for a word that stands once in a passage of
                     mean length
    words.most       the greatest of these counts
    By passage, and behind the passages by the headings above some of them:
    words.sequences  where its sequence begins in words.order
    words.order      numbers of terms, stop words left out
    words.damping    what a count is divided by, less the count
    words.headings   which headings stand above
    By the lower term of two:
    pairs.starts, pairs.others, pairs.counts  the higher terms that stand beside it in more than one passage, and in
                     how many; a pair that is not listed is in one passage or none
    """

    def __init__(self, store: Store, n_rows: int) -> None:
        self.n_rows = n_rows
        self._store = store
        self._terms = Table(store, "terms")
        self._shares = store.numbers("words.values").tolist()
        self.column = lru_cache(_CACHED)(self._terms.get)
        """The number of a term in the index, None if no passage has it."""
        self._span = lru_cache(_CACHED)(self._read_span)
        self._postings = lru_cache(maxsize=256)(self._read_postings)
        self._hold = lru_cache(maxsize=256)(self._read_held)
        self._sequence = lru_cache(maxsize=256)(self._read_sequence)
        self._pairs_of = lru_cache(maxsize=256)(self._read_pairs)
        self._pair_count = lru_cache(_CACHED)(self._count_pair)

    def _read_span(self, column: int) -> tuple[int, int]:
        return self._store.span("words.starts", column)

    def _read_postings(self, column: int) -> dict[int, float]:
        start, stop = self._span(column)
        shares = map(self._shares.__getitem__, self._store.numbers("words.shares", start, stop))
        return dict(zip(self._store.numbers("words.rows", start, stop), shares, strict=True))

    def _read_sequence(self, number: int) -> Sequence[int]:
        start, stop = self._store.span("words.sequences", number)
        return self._store.numbers("words.order", start, stop).tolist()

    @property
    def rarest(self) -> float:
        """The inverse document frequency of a term that one passage has."""
        return idf(1, self.n_rows)

    def count_passages(self, term: str) -> int:
        """How many passages have a term."""
        column = self.column(term)
        if column is None:
            return 0
        start, stop = self._span(column)
        return stop - start

    def idf(self, term: str) -> float | None:
        """The inverse document frequency of a term, above 0; None if no passage has it."""
        n = self.count_passages(term)
        return idf(n, self.n_rows) if n else None

    def weigh_pairs(self, pairs: Iterable[Pair]) -> dict[tuple[int, int], float]:
        """What each pair of a question counts, by the numbers of its terms.

        Pairs that no passage can have are left out; one that was asked twice counts twice.
        """
        weights: dict[tuple[int, int], float] = {}
        for one, other in pairs:
            first, second = self.column(one), self.column(other)
            if first is not None and second is not None:
                pair = (first, second) if first < second else (second, first)
                weights[pair] = weights.get(pair, 0.0) + PAIR_SHARE * idf(self._pair_count(*pair), self.n_rows)
        return weights

    def _count_pair(self, lower: int, higher: int) -> int:
        start, stop = self._store.span("pairs.starts", lower)
        others = self._store.numbers("pairs.others", start, stop)
        at = bisect_left(others, higher)
        if at == len(others) or others[at] != higher:
            return 1
        return int(self._store.number("pairs.counts", start + at))

    def held_terms(self, row: int, terms: Iterable[str]) -> dict[str, float]:
        """Those of some terms that a passage holds: 1 if in its text, HEADING_SHARE if only in a heading above it."""
        own, above = self._sequence(row), self._sequence(self._heading(row))
        held = {}
        for term in terms:
            column = self.column(term)
            if column is not None:
                share = 1.0 if column in own else HEADING_SHARE if column in above else 0.0
                if share:
                    held[term] = share
        return held

    def _heading(self, row: int) -> int:
        """The sequence of the headings above a passage."""
        return self.n_rows + int(self._store.number("words.headings", row))

    def score(self, concepts: Sequence[Concept], pairs: Sequence[Pair], rows: Sequence[int]) -> list[float]:
        """How much of a question some passages hold: 1 for all its words once in a passage of mean length.

        pairs: of the question, as list_pairs gives them.
        """
        weight = sum(concept.weight for concept in concepts)
        if not weight:
            return [0.0] * len(rows)
        totals = dict.fromkeys(rows, 0.0)
        for term, own_weight, meanings in concepts:
            for row, share in self._hold(term, meanings).items():
                if row in totals:
                    totals[row] += own_weight * share
        weights = self.weigh_pairs(pairs)
        for row, count in self._count_pairs(weights, totals):
            damping = self._store.number("words.damping", row)
            totals[row] += sum(weights[pair] * saturate(n, damping) for pair, n in count.items())
        return [totals[row] / weight for row in rows]

    def top(self, concepts: Sequence[Concept], pairs: Sequence[Pair], depth: int) -> list[tuple[int, float]]:
        """The best passages and their scores, best first, then in document order; at most `depth`, all above 0."""
        rows = sorted({row for concept in concepts for row in self._hold(concept.term, concept.meanings)})
        scored = zip(rows, self.score(concepts, pairs, rows), strict=True)
        return sorted(((row, score) for row, score in scored if score > 0), key=lambda hit: (-hit[1], hit[0]))[:depth]

    def _read_held(self, term: str, meanings: Sequence[Sequence[str]]) -> dict[int, float]:
        """How far each passage holds a word, directly or by a synonym; of a synonym's words, the one it holds least."""
        column = self.column(term)
        held = {} if column is None else dict(self._postings(column))
        for meaning in meanings:
            columns = [self.column(term) for term in meaning]
            parts = [{} if column is None else self._postings(column) for column in columns]
            for row in set(parts[0]).intersection(*parts[1:]):
                held[row] = max(held.get(row, 0.0), SYNONYM_SHARE * min(part[row] for part in parts))
        return held

    def _count_pairs(
        self, pairs: Mapping[tuple[int, int], float], rows: Iterable[int]
    ) -> Iterable[tuple[int, dict[tuple[int, int], float]]]:
        """The passages that have any of some pairs, and how often each."""
        columns = {column for pair in pairs for column in pair}
        if not columns:
            return
        with_terms = [set(self._postings(column)) for column in columns]
        several = {row for row in set().union(*with_terms) if sum(row in own for own in with_terms) > 1}
        repeated = any(first == second for first, second in pairs)
        for row in rows:
            if row in several or repeated:
                found = self._pairs_of(row)
                counts = {pair: found[pair] for pair in pairs if pair in found}
                if counts:
                    yield row, counts

    def _read_pairs(self, row: int) -> dict[tuple[int, int], float]:
        """How often each pair is in a passage; in part, if in a heading above it."""
        counts: dict[tuple[int, int], float] = {}
        for number, share in ((row, 1.0), (self._heading(row), HEADING_SHARE)):
            for pair in pair_up(self._sequence(number)):
                counts[pair] = counts.get(pair, 0.0) + share
        return counts


def list_pairs(terms: Sequence[str]) -> list[Pair]:
    """The unordered pairs of terms that stand next to each other or with one between them, repeats kept."""
    return [
        (terms[i], terms[j]) if terms[i] < terms[j] else (terms[j], terms[i])
        for i in range(len(terms))
        for j in range(i + 1, min(i + 1 + PAIR_REACH, len(terms)))
    ]


def pair_up(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The same of a sequence of terms by their numbers; none reaches across NO_TERM."""
    for i, first in enumerate(numbers):
        if first == NO_TERM:
            continue
        for second in numbers[i + 1 : i + 1 + PAIR_REACH]:
            if second == NO_TERM:
                break
            yield (first, second) if first < second else (second, first)


def saturate(count: Any, damping: Any) -> Any:
    """What a count, or an array of counts, is worth in a passage: it rises ever more slowly, to 1 + SATURATION."""
    return count * (SATURATION + 1) / (count + damping)


def idf(n: int, n_rows: int) -> float:
    """Robertson's inverse document frequency, kept above 0."""
    return math.log(1 + (n_rows - n + 0.5) / (n + 0.5))
