"""The passages' own words: how much of a question's meaning each passage holds.

A term counts by its inverse document frequency and by a saturated, length-normalised count
(Robertson and Zaragoza 2009); neighbouring words count as unordered pairs, a score of their own
at low weight. A word of a question may be held by its synonyms.

What is done for every passage is in `dnqa.index.loops`.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, reduce
from typing import Any, NamedTuple

from dnqa.index import loops
from dnqa.index.store import Store
from dnqa.index.table import Table
from dnqa.sources.synonyms import Meanings

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""Robertson's k1 and b, at their usual values; around them nDCG@10 on four public collections moves by
less than 0.003."""
PAIR_SHARE = 0.3
"""What pairs count beside terms. Mean nDCG@10 on four public collections: 0 gives 0.633, 0.2 0.649,
0.3 0.651, 0.5 0.648."""
WHOLE_PAIR = 255
"""What the index writes for the greatest share that a pair can have at all."""
PAIR_REACH = 2
"""Words between the two of a pair, plus one: "nerve roots", "nerve or roots"."""
HEADING_SHARE = 0.5
"""What a word of a heading counts beside one of the passage; from 0.3 to 0.7 hit@1 moves by 0.01. One part of several,
since the index counts in units of it."""
SYNONYM_SHARE = 0.8
"""What a synonym covers of the word that was typed; from 0.65 to 1 hit@1 moves by 0.01."""

_CACHED = 1 << 15  # terms and pairs whose place in the index is remembered
_MOST_UNITED = 1 << 22  # passages that remembered words with synonyms have together, at most, unless they are few

Weights = Mapping[str, float]
"""What each word of a question weighs, by its term."""


class Term(NamedTuple):
    """A term that passages have.

    column: its number in the index.
    n_passages: how many passages have it.
    idf: its inverse document frequency, above 0.
    """

    column: int
    n_passages: int
    idf: float


class Held(NamedTuple):
    """The posting list of a word, as the loops take it.

    rows: the passages that hold the word, ascending.
    shares: how far each of these does.
    most: how far any does at most.
    column: the number of its term in the index, -1 if no passage has it.
    """

    rows: Any
    shares: Any
    most: float
    column: int


class Whole(NamedTuple):
    """What a shard must know of the whole corpus, so that its scores are those of an index of the whole.

    order: the words of a question, from the one that the fewest passages hold to the commonest.
    n_passages: how many the corpus has. n_pairs: in how many of them each pair of terms is, by the sorted pair.
    """

    order: Sequence[str]
    n_passages: int
    n_pairs: Mapping[tuple[str, str], int]


class WordField:
    """Postings of terms, and each passage as the sequence of its terms.

    n_rows: how many passages.

    In the index, by the number of a term:
    terms            table from term to number
    words.starts     where its postings begin
    words.rows       passages, ascending
    words.shares     saturated counts: 1 for a word that stands once in a passage of mean length
    words.most       the greatest of these counts
    By passage, and behind the passages by the headings above some of them:
    words.sequences  where its sequence begins in words.order
    words.order      numbers of terms, stop words left out; between two headings a number that no term has, so often
                     that no pair reaches across
    words.damping    what a count is divided by, less the count
    words.headings   which headings stand above; empty if none has a term
    By the lower term of two:
    pairs.starts, pairs.others, pairs.counts  the higher terms that stand beside it in more than one passage, and in
                     how many; a pair that is not listed is in one passage or none
    pairs.most       how great a share each of these can have in any passage, in 255ths of the most that there can be,
                     which stands for any pair that is in headings; of the others the header has it
    """

    def __init__(self, store: Store, n_rows: int) -> None:
        self.n_rows = n_rows
        self._store = store
        self._terms = Table(store, "terms")
        self._has_headings = bool(store.header["has_headings"])
        self.find = lru_cache(_CACHED)(self._read_term)
        """A term by its text, None if no passage has it."""
        self.idf = lru_cache(_CACHED)(self._read_idf)
        """The inverse document frequency of a term, above 0; None if no passage has it."""
        self._read = lru_cache(_CACHED)(self._read_postings)
        self._unite = lru_cache(min(_CACHED, max(256, _MOST_UNITED // max(1, n_rows))))(self._read_united)
        self.weigh_pair = lru_cache(_CACHED)(self._read_pair)
        """What a pair counts, by the lower and the higher number of its terms, and how great a share it can have."""

    @cached_property
    def _sequences(self) -> loops.Sequences:
        return loops.Sequences(self._store, SATURATION, HEADING_SHARE if self._has_headings else 0.0, PAIR_REACH)

    def load(self) -> None:
        """Know all terms, for many questions. Raises DamagedIndexError."""
        self._terms.load()

    def _read_term(self, text: str) -> Term | None:
        column = self._terms.get(text)
        if column is None:
            return None
        start, stop = self._store.span("words.starts", column)
        return Term(column, stop - start, idf(stop - start, self.n_rows))

    def _read_postings(self, text: str) -> Held:
        term = self.find(text)
        column, start, stop = (term.column, *self._store.span("words.starts", term.column)) if term else (-1, 0, 0)
        rows, shares = (self._store.numbers(f"words.{part}", start, stop) for part in ("rows", "shares"))
        return Held(rows, shares, self._store.number("words.most", column) if term else 0.0, column)

    def _read_united(self, term: str, meanings: Sequence[Sequence[str]]) -> Held:
        """The passages that hold a word, directly or by a synonym; of a synonym's words, the one they hold least."""
        own = self._read(term)
        united, most = own[:2], own.most
        for meaning in meanings:
            if meaning and all(map(self.find, meaning)):
                words = sorted(map(self._read, meaning), key=lambda word: len(word.rows))
                held = reduce(lambda one, other: loops.merge(one, other, 1.0, True), [word[:2] for word in words])
                united = loops.merge(united, held, SYNONYM_SHARE, False)
                most = max(most, SYNONYM_SHARE * min(word.most for word in words))
        return Held(*united, most, own.column)

    @property
    def rarest(self) -> float:
        """The inverse document frequency of a term that one passage has."""
        return idf(1, self.n_rows)

    def _read_idf(self, text: str) -> float | None:
        term = self.find(text)
        return term.idf if term else None

    def _read_pair(self, lower: int, higher: int) -> tuple[float, float]:
        n, most = 1, self._store.header["most_single"]
        place = self._find_pair(lower, higher)
        if place is not None:
            n = int(self._store.number("pairs.counts", place))
            most = self._store.number("pairs.most", place) / WHOLE_PAIR * (SATURATION + 1)
        return weigh_pairs(n, self.n_rows), most

    def _find_pair(self, lower: int, higher: int) -> int | None:
        """Where a pair that is in more than one passage is listed, None for any other."""
        start, stop = self._store.span("pairs.starts", lower)
        others = self._store.numbers("pairs.others", start, stop)
        at = bisect_left(others, higher)
        return start + at if at < len(others) and others[at] == higher else None

    def read_shares(self, row: int) -> dict[int, float]:
        """How far a passage holds each of its terms, by their numbers: 1 if it is in its text, HEADING_SHARE if it is
        only in a heading above it."""
        shares = {}
        if self._has_headings:
            above = self.n_rows + int(self._store.number("words.headings", row))
            shares = dict.fromkeys(self._read_sequence(above), HEADING_SHARE)
        return shares | dict.fromkeys(self._read_sequence(row), 1.0)

    def _read_sequence(self, number: int) -> list[int]:
        start, stop = self._store.span("words.sequences", number)
        return self._store.numbers("words.order", start, stop).tolist()

    def score(
        self,
        weights: Weights,
        meanings: Meanings,
        terms: Sequence[str],
        rows: Sequence[int],
        whole: Whole | None = None,
    ) -> list[float]:
        """How much of a question some passages, ascending, hold: 1 for all its words once in one of mean length.

        weights, meanings: of its words. terms: all of it in order; what is no word of the question makes no pair.
        whole: of the corpus, if these are the passages of a shard.
        """
        words = {word: self._hold(word, meanings) for word in weights}
        return loops.score(*self._prepare(weights, words, terms, whole), rows) if rows else []

    def top(
        self, weights: Weights, meanings: Meanings, terms: Sequence[str], depth: int, whole: Whole | None = None
    ) -> list[tuple[int, float]]:
        """The best passages and their scores, best first, then in document order; at most `depth`, all above 0."""
        words = {word: self._hold(word, meanings) for word in (whole.order if whole else weights)}
        if whole is None:
            words = dict(sorted(words.items(), key=_count))
        return loops.top(*self._prepare(weights, words, terms, whole), min(depth, max(1, self.n_rows)))

    def count_held(self, words: Iterable[str], meanings: Meanings) -> list[int]:
        """How many passages hold each of some words, directly or by a synonym."""
        return [len(self._hold(word, meanings).rows) for word in words]

    def count_pair(self, one: str, other: str) -> int:
        """In how many passages two terms stand beside each other, in their text or above it."""
        terms = self.find(one), self.find(other)
        if terms[0] is None or terms[1] is None:
            return 0
        lower, higher = sorted((terms[0].column, terms[1].column))
        listed = self._find_pair(lower, higher)
        if listed is not None:
            return int(self._store.number("pairs.counts", listed))
        held = [self._read(term) for term in dict.fromkeys((one, other))]  # in one passage or none: look there
        rows = loops.merge(held[0][:2], held[-1][:2], 1.0, True)[0]
        pair = (0, len(held) - 1, 1.0, 1.0)
        scores = loops.score(held, [0.0] * len(held), [pair], self._sequences, list(rows)) if len(rows) else []
        return sum(score > 0 for score in scores)

    def _prepare(
        self, weights: Weights, words: Mapping[str, Held], terms: Sequence[str], whole: Whole | None
    ) -> tuple[list[Held], list[float], list[tuple[int, int, float, float]], loops.Sequences]:
        """What the loops take: words, their shares of what all weigh, the pairs of the question, and the passages."""
        held = list(words.values())
        sum_of_weights = sum(weights.values()) or 1.0
        places = {word: place for place, word in enumerate(words) if held[place].column >= 0}
        pairs: dict[tuple[int, int, float], float] = {}
        for one, other in pair_up(terms):
            at, behind = places.get(one, -1), places.get(other, -1)
            if at >= 0 and behind >= 0:
                lower, higher = held[at].column, held[behind].column
                weight, most = self.weigh_pair(*((lower, higher) if lower < higher else (higher, lower)))
                if whole:
                    weight = weigh_pairs(whole.n_pairs[sort_pair(one, other)], whole.n_passages)
                pair = (at, behind, most) if at < behind else (behind, at, most)
                pairs[pair] = pairs.get(pair, 0.0) + weight / sum_of_weights
        shares = [weights[word] / sum_of_weights for word in words]
        return held, shares, [(*pair, weight) for pair, weight in pairs.items()], self._sequences

    def _hold(self, word: str, meanings: Meanings) -> Held:
        return self._unite(word, meanings[word]) if word in meanings else self._read(word)


def pair_up(terms: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The terms of a question that stand near enough to each other to be a pair."""
    for distance in range(1, PAIR_REACH + 1):
        yield from zip(terms, terms[distance:], strict=False)


def sort_pair(one: str, other: str) -> tuple[str, str]:
    """A pair of terms by which it is looked up, whichever comes first."""
    return (one, other) if one < other else (other, one)


def weigh_pairs(n: int, n_rows: int) -> float:
    """What a pair weighs that n of all passages have, 1 at least."""
    return PAIR_SHARE * idf(max(1, n), n_rows)


def _count(word: tuple[str, Held]) -> int:
    """How many passages hold a word."""
    return len(word[1].rows)


def saturate(count: Any, damping: Any) -> Any:
    """What a count, or an array of counts, is worth in a passage: it rises ever more slowly, to 1 + SATURATION."""
    return count * (SATURATION + 1) / (count + damping)


def idf(n: int, n_rows: int) -> float:
    """Robertson's inverse document frequency, kept above 0."""
    return math.log(1 + (n_rows - n + 0.5) / (n + 0.5))
