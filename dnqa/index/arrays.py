"""Scores many passages and many known questions by numpy, to the same numbers as plain Python does.

The best passages of many are found without looking at all of them (MaxScore, Turtle and Flood 1995): the words of a
question are taken from the rarest to the commonest, and once the passages found so far are better than any that has
none of these words can be, the commoner words are only looked up in what was found.
"""

import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dnqa.index.field import Field
from dnqa.index.neighbours import NEAREST, Near, Neighbours, share_at
from dnqa.index.store import BLOCK, Store
from dnqa.index.wordfield import (
    HEADING_SHARE,
    PAIR_REACH,
    SATURATION,
    SYNONYM_SHARE,
    Concept,
    Pair,
    WordField,
    saturate,
)

Numbers = NDArray[Any]

_PAIRED_AT_ONCE = 64
"""Passages whose pairs are counted before it is asked which others could still be among the best."""
_MOST_SHARE = SATURATION + 1
"""What no count is worth more than."""
_LAST_BIT = 9
"""Of the words of a question, the first nine are told apart when passages are left out."""
_ROUNDING = 1 + 1e-6
"""Bounds are a little wider than what they bound, however sums were rounded."""
_NO_ROW = -1  # stands for the known questions without an answer


class Postings(NamedTuple):
    """The passages that hold a word of a question, ascending, and how far each does."""

    rows: Numbers
    shares: Numbers


class Column(NamedTuple):
    """A term in the index: its number, where its postings begin and end, and the greatest of its shares."""

    number: int
    start: int
    stop: int
    most: float


class Section:
    """A section of numbers of which any may be taken, each block of it checked before."""

    def __init__(self, store: Store, name: str, dtype: str) -> None:
        self.numbers = np.frombuffer(store.unchecked(name), dtype)
        self._store = store
        self._start = store.start(name)
        self._is_checked = np.frombuffer(store.is_checked, np.uint8)

    def check(self, starts: Numbers, stops: Numbers | None = None) -> None:
        """Check the blocks that some numbers are in, or some spans of numbers, none of them longer than a block."""
        size = self.numbers.itemsize
        firsts = (starts * size + self._start) // BLOCK
        self._check(firsts)
        if stops is not None:
            lasts = (np.maximum(stops, starts + 1) * size - 1 + self._start) // BLOCK
            if (lasts - firsts > 1).any():
                for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
                    self._store.check(first * BLOCK, last * BLOCK + 1)
            self._check(lasts)

    def _check(self, blocks: Numbers) -> None:
        if not self._is_checked[blocks].all():
            for block in np.unique(blocks).tolist():
                if not self._store.is_checked[block]:
                    self._store.check_block(block)

    def take(self, places: Numbers) -> Numbers:
        """The numbers at some places."""
        self.check(places)
        return self.numbers[places]


class Word:
    """A word of a question among many passages: its term, and each of its synonyms of which all terms are there.

    bound: what it can add to a score at most.
    size: how many passages have it, at most.
    """

    def __init__(self, field: "ArrayWordField", concept: Concept) -> None:
        self._field = field
        self.weight = concept.weight
        self.column = field.find_column(concept.term)
        meanings = ([field.find_column(term) for term in meaning] for meaning in concept.meanings)
        self._meanings = [
            sorted(filter(None, meaning), key=lambda column: column.stop - column.start)
            for meaning in meanings
            if meaning and None not in meaning
        ]
        most = [SYNONYM_SHARE * min(column.most for column in meaning) for meaning in self._meanings]
        size = [meaning[0].stop - meaning[0].start for meaning in self._meanings]
        if self.column:
            most.append(self.column.most)
            size.append(self.column.stop - self.column.start)
        self.bound = self.weight * max(most, default=0.0)
        self.size = sum(size)

    def read(self) -> Postings:
        """All passages that hold the word, and how far."""
        parts = [self._field.read(self.column)] if self.column else []
        for rarest, *others in self._meanings:
            rows, shares = self._field.read(rarest)
            for column in others:
                held = look_up(self._field.read(column), rows)
                rows, shares = rows[held > 0], np.minimum(shares, held)[held > 0]
            parts.append(Postings(rows, SYNONYM_SHARE * shares.astype(np.float64)))
        if len(parts) == 1:
            return parts[0]
        rows = np.unique(np.concatenate([part.rows for part in parts]))
        shares = np.zeros(len(rows))
        for part in parts:
            places = rows.searchsorted(part.rows)
            shares[places] = np.maximum(shares[places], part.shares)
        return Postings(rows, shares)

    def look_up(self, rows: Numbers) -> Numbers:
        """How far some passages, ascending, hold the word."""
        held = look_up(self._field.read(self.column), rows) if self.column else np.zeros(len(rows))
        for meaning in self._meanings:
            parts = [look_up(self._field.read(column), rows) for column in meaning]
            held = np.maximum(held, SYNONYM_SHARE * np.minimum.reduce(parts))
        return held


def look_up(postings: Postings, rows: Numbers) -> Numbers:
    """The shares of some passages, 0 for those that are not among the postings."""
    places = postings.rows.searchsorted(rows)
    places[places == len(postings.rows)] = 0
    return np.where(postings.rows[places] == rows, postings.shares[places].astype(np.float64), 0.0)


class ArrayWordField(WordField):
    """The passages' own words, of many passages."""

    def __init__(self, store: Store, n_rows: int) -> None:
        super().__init__(store, n_rows)
        self.find_column = lru_cache(1 << 15)(self._find_column)
        self._damping = Section(store, "words.damping", "<f4")
        self._above = Section(store, "words.headings", "<u4")
        self._begins = Section(store, "words.sequences", "<u8")
        self._order = Section(store, "words.order", "<u4")
        self._has_headings = bool(store.header["has_headings"])
        self._scratch = threading.local()

    def _find_column(self, term: str) -> Column | None:
        number = self.column(term)
        if number is None:
            return None
        start, stop = self._span(number)
        return Column(number, start, stop, self._store.numbers("words.most", "f", number, number + 1)[0])

    def read(self, column: Column) -> Postings:
        """All passages that have a term, and their shares."""
        rows = self._store.view("words.rows", 4 * column.start, 4 * column.stop)
        shares = self._store.view("words.shares", 4 * column.start, 4 * column.stop)
        return Postings(np.frombuffer(rows, "<u4"), np.frombuffer(shares, "<f4"))

    def score(self, concepts: Sequence[Concept], pairs: Sequence[Pair], rows: Sequence[int]) -> list[float]:
        """How much of a question some passages, ascending, hold; as WordField.score."""
        weight = sum(concept.weight for concept in concepts)
        totals = np.zeros(len(rows))
        if not weight or not rows:
            return totals.tolist()
        wanted = np.asarray(rows, np.uint32)
        for concept in concepts:
            totals += concept.weight * Word(self, concept).look_up(wanted)
        totals += self._score_pairs(self.weigh_pairs(pairs), wanted)
        scores: list[float] = (totals / weight).tolist()
        return scores

    def top(self, concepts: Sequence[Concept], pairs: Sequence[Pair], depth: int) -> list[tuple[int, float]]:
        """The best passages and their scores, as WordField.top."""
        words = sorted((Word(self, concept) for concept in concepts), key=lambda word: word.size)
        words = [word for word in words if word.size]
        if not words:
            return []
        pairing = _Pairing(words, self.weigh_pairs(pairs))
        rows, totals, has = self._find(words, pairing, depth)
        rows, totals = self._add_pairs(rows, totals, pairing, has, depth)
        totals = totals / sum(concept.weight for concept in concepts)
        order = np.lexsort((rows, -totals))[:depth]
        return list(zip(rows[order].tolist(), totals[order].tolist(), strict=True))

    def _find(self, words: Sequence[Word], pairing: "_Pairing", depth: int) -> tuple[Numbers, Numbers, Numbers]:
        """Passages that may be among the best, ascending; what they hold without pairs; and which words, as bits."""
        totals, has = self._borrow()
        found: list[Numbers] = []
        enough = 0.0  # so much have the best that were found
        n_read = 0
        for word in words:
            if n_read and pairing.bound(n_read) < enough:
                break
            rows, shares = word.read()
            gained = word.weight * shares.astype(np.float64)
            before = totals[rows] if n_read else None
            totals[rows] = gained if before is None else before + gained
            has[rows] |= _bit(n_read)
            found.append(rows if before is None else rows[before == 0])
            n_read += 1
            if n_read < len(words):
                enough = _nth(totals[np.concatenate(found)], depth)
        rows = np.concatenate(found) if len(found) > 1 else found[0]
        own, bits = totals[rows], has[rows]
        totals[rows] = 0
        has[rows] = 0
        enough = _nth(own, depth)
        kept = np.flatnonzero(own + pairing.bounds(bits, n_read) >= enough)
        kept = kept[rows[kept].argsort()]
        rows, own, bits = rows[kept], own[kept], bits[kept]
        for number in range(n_read, len(words)):
            held = words[number].look_up(rows)
            own += words[number].weight * held
            bits |= np.where(held > 0, _bit(number), 0).astype(np.uint32)
        return rows, own, bits

    def _borrow(self) -> tuple[Numbers, Numbers]:
        """A total and bits for every passage, all 0, to be given back so."""
        scratch = self._scratch
        if not hasattr(scratch, "totals"):
            scratch.totals, scratch.has = np.zeros(self.n_rows), np.zeros(self.n_rows, np.uint32)
        return scratch.totals, scratch.has

    def _add_pairs(
        self, rows: Numbers, totals: Numbers, pairing: "_Pairing", has: Numbers, depth: int
    ) -> tuple[Numbers, Numbers]:
        """The passages that may be among the best with pairs, and their scores."""
        if not pairing.weights:
            return rows, totals
        most = totals + pairing.bounds(has, len(pairing.words))
        order = np.argsort(-most, kind="stable")
        first, rest = order[: max(depth, _PAIRED_AT_ONCE)], order[max(depth, _PAIRED_AT_ONCE) :]
        totals[first] += self._score_pairs(pairing.weights, rows[first])
        rest = rest[most[rest] >= _nth(totals[first], depth)]
        totals[rest] += self._score_pairs(pairing.weights, rows[rest])
        kept = np.concatenate([first, rest])
        return rows[kept], totals[kept]

    def _score_pairs(self, weights: Mapping[tuple[int, int], float], rows: Numbers) -> Numbers:
        """What pairs add to the scores of some passages."""
        gained = np.zeros(len(rows))
        if not weights or not len(rows):
            return gained
        counts = self._count_in_sequences(list(weights), rows.astype(np.int64))
        if self._has_headings:
            above, places = np.unique(self._above.take(rows.astype(np.int64)), return_inverse=True)
            of_headings = self._count_in_sequences(list(weights), above.astype(np.int64) + self.n_rows)
            counts = counts + HEADING_SHARE * of_headings[:, places]
        damping = self._damping.take(rows.astype(np.int64))
        for weight, count in zip(weights.values(), counts, strict=True):
            gained += weight * saturate(count, damping)
        return gained

    def _count_in_sequences(self, pairs: Sequence[tuple[int, int]], numbers: Numbers) -> Numbers:
        """How often each of some pairs is in each of some sequences; a row for each pair."""
        starts, stops = self._begins.take(numbers).astype(np.int64), self._begins.take(numbers + 1).astype(np.int64)
        self._order.check(starts, stops)
        lengths = stops - starts
        owners = np.repeat(np.arange(len(numbers)), lengths)
        places = np.arange(len(owners)) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)
        terms = self._order.numbers[places]
        at = {column: terms == column for column in {column for pair in pairs for column in pair}}
        counts = np.zeros((len(pairs), len(numbers)))
        for reach in range(1, PAIR_REACH + 1):
            same = owners[reach:] == owners[:-reach]
            for number, (one, other) in enumerate(pairs):
                hits = at[one][:-reach] & at[other][reach:]
                if one != other:
                    hits |= at[other][:-reach] & at[one][reach:]
                where = np.flatnonzero(hits & same)
                if len(where):
                    counts[number] += np.bincount(owners[where], minlength=len(numbers))
        return counts


class _Pairing:
    """The pairs of a question, and what passages can score that have only some of its words.

    words: from the rarest to the commonest.
    weights: by the numbers of the two terms.
    """

    def __init__(self, words: Sequence[Word], weights: Mapping[tuple[int, int], float]) -> None:
        self.words = words
        self.weights = weights
        places = {word.column.number: place for place, word in enumerate(words) if word.column}
        self._pairs = [(places[one], places[other], weight * _MOST_SHARE) for (one, other), weight in weights.items()]

    def bound(self, n_read: int) -> float:
        """What a passage can score that has none of the first n words."""
        bound = sum(word.bound for word in self.words[n_read:])
        bound += sum(weight for one, other, weight in self._pairs if min(one, other) >= n_read)
        return bound * _ROUNDING

    def bounds(self, bits: Numbers, n_read: int) -> Numbers:
        """What each of some passages can gain by pairs and by words behind the first n.

        bits: which of the first n it has.
        """
        gain = np.full(1 << min(n_read, _LAST_BIT + 1), sum((word.bound for word in self.words[n_read:]), 0.0))
        masks = np.arange(len(gain), dtype=np.uint32)
        for one, other, weight in self._pairs:
            needed = sum({_bit(place) for place in (one, other) if place < n_read})
            gain += np.where(masks & needed == needed, weight, 0.0)
        return (gain * _ROUNDING)[bits]


def _bit(place: int) -> int:
    """The bit of a word; those far behind share the last, so that a passage seems to have more, never fewer."""
    return 1 << min(place, _LAST_BIT)


def _nth(scores: Numbers, n: int) -> float:
    """The nth greatest of some scores, 0 if there are fewer."""
    return float(np.partition(scores, len(scores) - n)[len(scores) - n]) if len(scores) >= n else 0.0


class ArrayNeighbours(Neighbours):
    """Finds the nearest known questions among many."""

    def __init__(self, store: Store, questions: Field) -> None:
        super().__init__(store, questions)
        answers = [
            (row, number, share_at(place))
            for number, rows in enumerate(self._answers)
            for place, row in enumerate(rows or [_NO_ROW])
        ]
        answers.sort(key=lambda answer: answer[:2])
        self._rows, self._numbers, self._shares = (np.array(column) for column in zip(*answers, strict=True))
        self._begins = np.flatnonzero(np.concatenate([[True], self._rows[1:] != self._rows[:-1]]))
        self._group = np.cumsum(np.concatenate([[0], self._rows[1:] != self._rows[:-1]]))
        self._postings = lru_cache(1 << 13)(self._read_postings)

    def _read_postings(self, feature: str) -> Postings:
        rows, weights = self._questions.read_postings(feature)
        return Postings(np.frombuffer(rows, "<u4").astype(np.intp), np.frombuffer(weights, "<f4").astype(np.float64))

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near]:
        """The NEAREST known questions of each passage that has any, as Neighbours.find."""
        similarity = np.zeros(self._questions.n_rows)
        for feature, share in self._questions.find_shares(query).items():
            rows, weights = self._postings(feature)
            similarity[rows] += share * weights
        scores = similarity[self._numbers] * self._shares
        near: dict[int, Near] = {}
        for _ in range(NEAREST):
            best = np.maximum.reduceat(scores, self._begins)
            places = np.flatnonzero(scores == best[self._group])
            places = places[np.searchsorted(places, self._begins)]
            for row, number, score in zip(
                self._rows[places].tolist(), self._numbers[places].tolist(), best.tolist(), strict=True
            ):
                if score > 0:
                    near.setdefault(row, []).append((score, -number))
            scores[places] = -1.0
        return near, near.pop(_NO_ROW, [])
