"""Scores many passages and many known questions by numpy, to the same numbers as plain Python does.

The best passages of many are found without looking at all of them (MaxScore, Turtle and Flood 1995): the words of a
question are taken from the rarest to the commonest, and the commoner ones are looked up in what has been found. Once
the best of these are better than any passage can be that has none of the words taken so far, the search ends.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dnqa.index.field import Field
from dnqa.index.neighbours import WEIGHTS, Near, Neighbours, share_at, weigh_nearest
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
_FEW = 1024
"""So few passages are looked at as quickly as is found out which of them need not be."""
_WORTH_CUTTING = 0.7
"""If no more than this share of passages is left, the others are dropped at once."""
_DENSE = 5
"""So many places are written into an array of all passages in the time of finding one by halving."""
_COMMON = 16
"""A term that one passage in so many has is spread out, to be looked up at once; the last ones used are kept so."""
_SPREAD_BYTES = 1 << 26
"""So much memory those may take."""
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
            rows = rows.astype(np.intp)
            for column in others:
                held = self._field.look_up(column, rows)
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
        held = self._field.look_up(self.column, rows) if self.column else np.zeros(len(rows))
        for meaning in self._meanings:
            parts = [self._field.look_up(column, rows) for column in meaning]
            held = np.maximum(held, SYNONYM_SHARE * np.minimum.reduce(parts))
        return held


class _Scratch(threading.local):
    """Arrays for all passages, used again and again.

    is_seen: whether a passage has been found; False for all between two uses.
    places: where a passage stands among some postings, if it stands there; anything between two uses.
    counting: 0, 1, 2 and so on.
    """

    def __init__(self, n_rows: int) -> None:
        self.is_seen = np.zeros(n_rows, bool)
        self.places = np.zeros(n_rows, np.int32)
        self.counting = np.arange(n_rows // _COMMON + 1, dtype=np.int32)


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
        self._most_pair = float(store.header["most_pair"])
        self._most_per_word = 1 / HEADING_SHARE if self._has_headings else 1.0
        self._scratch = _Scratch(n_rows)
        self._spread = lru_cache(max(1, _SPREAD_BYTES // (4 * n_rows)))(self._spread_out)

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

    def look_up(self, column: Column, rows: Numbers) -> Numbers:
        """The shares of a term in some passages, ascending; 0 for those that do not have it."""
        n = column.stop - column.start
        if n * _COMMON > self.n_rows:
            return self._spread(column).take(rows).astype(np.float64)
        postings = self.read(column)
        if len(rows) * _DENSE > n:
            at = self._scratch.places  # what others have left there is told by its row
            at[postings.rows.astype(np.intp)] = self._scratch.counting[:n]
            places: Numbers = at.take(rows)
        else:
            places = postings.rows.searchsorted(rows.astype(np.uint32))
        has_term = postings.rows.take(places, mode="clip") == rows
        return np.where(has_term, postings.shares.take(places, mode="clip"), 0.0)

    def _spread_out(self, column: Column) -> Numbers:
        """The share of a common term in every passage."""
        rows, shares = self.read(column)
        spread = np.zeros(self.n_rows, np.float32)
        spread[rows.astype(np.intp)] = shares
        return spread

    def score(self, concepts: Sequence[Concept], pairs: Sequence[Pair], rows: Sequence[int]) -> list[float]:
        """How much of a question some passages, ascending, hold; as WordField.score."""
        weight = sum(concept.weight for concept in concepts)
        totals = np.zeros(len(rows))
        if not weight or not rows:
            return totals.tolist()
        wanted = np.asarray(rows, np.intp)
        for concept in concepts:
            totals += concept.weight * Word(self, concept).look_up(wanted)
        totals += self._score_pairs(self.weigh_pairs(pairs), wanted)
        scores: list[float] = (totals / weight).tolist()
        return scores

    def top(self, concepts: Sequence[Concept], pairs: Sequence[Pair], depth: int) -> list[tuple[int, float]]:
        """The best passages and their scores, as WordField.top."""
        words = sorted((Word(self, concept) for concept in concepts), key=lambda word: word.size)
        pairing = _Pairing([word for word in words if word.size], self.weigh_pairs(pairs), self._most_pair)
        best = _Found(np.zeros(0, np.intp), np.zeros(0), np.zeros(0))
        enough = 0.0  # so much have the best that were found
        seen: list[Numbers] = []
        first = 0
        while first < len(pairing.words) and pairing.words[first].bound + pairing.rest(first) >= enough:
            last = first + 1
            while last < len(pairing.words) and sum(word.size for word in pairing.words[first : last + 1]) <= _FEW:
                last += 1
            rows = self._read_new(pairing, first, last, enough, seen)
            found = self._look_further(rows, pairing, first, depth, enough)
            best = best.joined(self._add_pairs(found, pairing, depth, enough)).best(depth)
            enough = _nth(best.totals, depth)
            first = last
        for rows in seen:
            self._scratch.is_seen[rows] = False
        scores = best.totals / (sum(concept.weight for concept in concepts) or 1.0)
        return list(zip(best.rows.tolist(), scores.tolist(), strict=True))

    def _read_new(self, pairing: "_Pairing", first: int, last: int, enough: float, seen: list[Numbers]) -> Numbers:
        """The passages that have any of some words, may come to enough, and were not seen before; ascending.

        seen: all that were; added to if there are more words.
        """
        rows, shares = pairing.words[first].read()
        if last > first + 1:
            rows = np.unique(np.concatenate([rows, *(word.read().rows for word in pairing.words[first + 1 : last])]))
            kept = None
        else:
            rest = pairing.rest(first)
            kept = pairing.words[first].weight * shares + rest >= enough if enough > rest else None
        rows = rows.astype(np.intp)
        is_seen = self._scratch.is_seen
        if seen:
            kept = ~is_seen.take(rows) if kept is None else kept & ~is_seen.take(rows)
        if last < len(pairing.words):
            is_seen[rows] = True
            seen.append(rows)
        return rows if kept is None else rows.take(np.flatnonzero(kept))

    def _look_further(self, rows: Numbers, pairing: "_Pairing", first: int, depth: int, enough: float) -> "_Found":
        """What passages that have none of the words before the first have of it and of the commoner ones.

        Those that cannot come to enough are left out, as soon as that shows.
        """
        shares: dict[int, Numbers] = {}
        totals = np.zeros(len(rows))
        pairs: Any = pairing.bound_pairs(first)
        for place in range(first, len(pairing.words)):
            held = pairing.words[place].look_up(rows)
            shares[place] = held
            totals += pairing.words[place].weight * held
            if len(rows) > _FEW and first < place < len(pairing.words) - 1:
                pairs = pairs - pairing.lose_pairs(shares, place)
                most = totals + (pairs + pairing.bound_words(place))
                kept = np.flatnonzero(most >= max(enough, _nth(totals, depth)))
                if len(kept) < _WORTH_CUTTING * len(rows):
                    rows, totals, pairs = rows.take(kept), totals.take(kept), pairs.take(kept)
                    shares = {number: held.take(kept) for number, held in shares.items()}
        return _Found(rows, totals, self._bound_pairs(rows, shares, pairing))

    def _bound_pairs(self, rows: Numbers, shares: Mapping[int, Numbers], pairing: "_Pairing") -> Numbers:
        """What passages can gain by pairs, as far as that shows from how often they have each word."""
        gains = np.zeros(len(rows))
        for one, other, weight in pairing.pairs:
            if one in shares and other in shares:
                both = np.flatnonzero((shares[one] > 0) & (shares[other] > 0))
                damping = self._damping.take(rows.take(both)).astype(np.float64)
                count: Any = self._most_per_word  # in text and headings, of one time in each
                for held in (shares[one].take(both), shares[other].take(both)):
                    count = count * (held * damping / (SATURATION + 1 - held))
                gains[both] += weight * saturate(count, damping) * _ROUNDING
        return gains

    def _add_pairs(self, found: "_Found", pairing: "_Pairing", depth: int, enough: float) -> "_Found":
        """The passages that may be among the best with their pairs, and their scores."""
        found = found.above(max(enough, _nth(found.totals, depth)))
        for at_once in (_PAIRED_AT_ONCE, len(found.rows)):
            open_ = np.flatnonzero(found.gains)
            if len(open_) > at_once:
                most = found.totals[open_] + found.gains[open_]
                open_ = open_[np.argpartition(-most, at_once)[:at_once]]
            if len(open_):
                found.totals[open_] += self._score_pairs(pairing.weights, found.rows[open_])
                found.gains[open_] = 0
                found = found.above(max(enough, _nth(found.totals, depth)))
        return found

    def _score_pairs(self, weights: Mapping[tuple[int, int], float], rows: Numbers) -> Numbers:
        """What pairs add to the scores of some passages."""
        gained = np.zeros(len(rows))
        if not weights or not len(rows):
            return gained
        counts = self._count_in_sequences(list(weights), rows)
        if self._has_headings:
            above, places = np.unique(self._above.take(rows), return_inverse=True)
            of_headings = self._count_in_sequences(list(weights), above.astype(np.intp) + self.n_rows)
            counts = counts + HEADING_SHARE * of_headings[:, places]
        damping = self._damping.take(rows)
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


class _Found(NamedTuple):
    """Passages, what they score so far, and what they may gain at most."""

    rows: Numbers
    totals: Numbers
    gains: Numbers

    def where(self, kept: Numbers) -> "_Found":
        """Only some of them."""
        return _Found(self.rows[kept], self.totals[kept], self.gains[kept])

    def above(self, enough: float) -> "_Found":
        """Those that may come to a score."""
        return self.where(np.flatnonzero(self.totals + self.gains >= enough)) if enough else self

    def joined(self, other: "_Found") -> "_Found":
        """These and others."""
        return _Found(*map(np.concatenate, zip(self, other, strict=True)))

    def best(self, depth: int) -> "_Found":
        """The best, then in document order."""
        found = self.where(np.flatnonzero(self.totals >= _nth(self.totals, depth)))
        return found.where(np.lexsort((found.rows, -found.totals))[:depth])


class _Pairing:
    """The words of a question and their pairs, and what passages can gain by those that were not looked up yet.

    words: from the rarest to the commonest.
    weights: of pairs, by the numbers of the two terms.
    pairs: the places of both words, the rarer first, and the weight.
    """

    def __init__(self, words: Sequence[Word], weights: Mapping[tuple[int, int], float], most: float) -> None:
        """Pairs.

        most: the greatest share of any pair in any passage.
        """
        self.words = words
        self.weights = weights
        places = {word.column.number: place for place, word in enumerate(words) if word.column}
        self.pairs = [
            (min(places[one], places[other]), max(places[one], places[other]), weight)
            for (one, other), weight in weights.items()
        ]
        self._most = most * _ROUNDING

    def bound_words(self, place: int) -> float:
        """What a passage can gain by the words behind one."""
        return sum(word.bound for word in self.words[place + 1 :]) * _ROUNDING

    def bound_pairs(self, place: int) -> float:
        """What a passage can gain by pairs that has none of the words before one."""
        return sum(weight for first, _, weight in self.pairs if first >= place) * self._most

    def rest(self, place: int) -> float:
        """What a passage can gain besides a word that has none before it."""
        return self.bound_words(place) + self.bound_pairs(place)

    def lose_pairs(self, shares: Mapping[int, Numbers], place: int) -> Numbers:
        """What passages cannot gain any more because they do not have a word, each pair once.

        shares: of the words that were looked up, this one the last.
        """
        later = sum((weight for first, second, weight in self.pairs if first == place < second), 0.0)
        lost = np.full(len(shares[place]), later)
        for first, second, weight in self.pairs:
            if second == place and first in shares:
                lost += weight * (shares[first] > 0)
        return np.where(shares[place] > 0, 0.0, lost * self._most)


def _nth(scores: Numbers, n: int) -> float:
    """The nth greatest of some scores, 0 if there are fewer."""
    if len(scores) > _FEW >= 2 * n:  # the nth greatest of some is no more than that of all
        sample = scores[:: len(scores) // _FEW]
        scores = scores[scores >= np.partition(sample, len(sample) - n)[len(sample) - n]]
    return float(np.partition(scores, len(scores) - n)[len(scores) - n]) if len(scores) >= n else 0.0


class ArrayField(Field):
    """Rows of text that many queries are compared with."""

    def __init__(self, store: Store, name: str, n_rows: int, column: Callable[[str], int | None]) -> None:
        super().__init__(store, name, n_rows, column)
        self._arrays = lru_cache(1 << 13)(self._read_arrays)

    def _read_arrays(self, feature: str) -> Postings:
        rows, weights = self.read_postings(feature)
        return Postings(np.frombuffer(rows, "<u4").astype(np.intp), np.frombuffer(weights, "<f4").astype(np.float64))

    def add_up(self, query: Mapping[str, float]) -> Numbers:
        """The cosine of a query with every row, as Field.score."""
        shares = self.find_shares(query)
        if not shares:
            return np.zeros(self.n_rows)
        rows, weights = zip(*map(self._arrays, shares), strict=True)
        gained = np.concatenate(weights) * np.repeat(list(shares.values()), [len(part) for part in rows])
        return np.bincount(np.concatenate(rows), gained, self.n_rows)

    def score(self, query: Mapping[str, float]) -> list[float]:
        """The cosine of a query with every row, as Field.score."""
        scores: list[float] = self.add_up(query).tolist()
        return scores


class ArrayNeighbours(Neighbours):
    """Finds the nearest known questions among many."""

    def __init__(self, store: Store, questions: "ArrayField") -> None:
        super().__init__(store, questions)
        self._similar = questions
        answers = [
            (row, number, share_at(place))
            for number, rows in enumerate(self._answers)
            for place, row in enumerate(rows or [_NO_ROW])
        ]
        answers.sort(key=lambda answer: answer[:2])
        self._rows, self._numbers, self._shares = (np.array(column) for column in zip(*answers, strict=True))
        self._begins = np.flatnonzero(np.concatenate([[True], self._rows[1:] != self._rows[:-1]]))
        self._group = np.cumsum(np.concatenate([[0], self._rows[1:] != self._rows[:-1]]))

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near | None]:
        """The known questions that are near, as Neighbours.find."""
        scores = self._similar.add_up(query).take(self._numbers) * self._shares
        nearest: Any = None
        best = []
        for _ in WEIGHTS:
            best.append(np.maximum.reduceat(scores, self._begins))
            places = (scores == best[-1].take(self._group)).nonzero()[0]
            places = places.take(places.searchsorted(self._begins))
            nearest = places if nearest is None else nearest
            scores[places] = 0.0
        found = zip(
            self._rows.take(nearest).tolist(),
            self._numbers.take(nearest).tolist(),
            best[0].tolist(),
            weigh_nearest(best).tolist(),
            strict=True,
        )
        near = {row: Near(number, similarity, mean) for row, number, similarity, mean in found if similarity > 0}
        return near, near.pop(_NO_ROW, None)
