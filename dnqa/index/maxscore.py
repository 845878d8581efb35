"""Finds the best passages of many without looking at all of them (MaxScore, Turtle and Flood 1995).

The words of a question are taken from the rarest to the commonest, and the commoner ones are looked up in what has
been found. Once the best of these are better than any passage can be that has none of the words taken so far, the
search ends. Whatever is left out on the way could not have come to enough.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from dnqa.index.arrays import ArrayWordField, Numbers, Word, merge
from dnqa.index.wordfield import SATURATION, saturate

_PAIRED_FIRST = 2
"""Of so many times the passages that are wanted, pairs are counted before it is asked which others may be better."""
_FEW = 1024
"""So few passages are looked at as quickly as is found out which of them need not be."""
_ROUGHLY = 32
"""For so few passages with both words of a pair, counting pairs takes no longer than finding out which not to count."""
_WORTH_CUTTING = 0.7
"""If no more than this share of passages is left, the others are dropped at once."""
_ROUNDING = 1 + 1e-6
"""Bounds are a little wider than what they bound, however sums were rounded."""


def find_best(
    field: ArrayWordField, words: Sequence[Word], pairs: Mapping[tuple[int, int], float], depth: int
) -> tuple[Numbers, Numbers]:
    """The best passages, best first and then in document order, and what they score.

    words: of the question, those that any passage has.
    pairs: what each pair counts, by the numbers of its terms.
    depth: how many at most.
    """
    return _Search(field, sorted(words, key=lambda word: word.size), pairs, depth).run()


class _Search:
    """A search for the best passages."""

    def __init__(
        self, field: ArrayWordField, words: Sequence[Word], pairs: Mapping[tuple[int, int], float], depth: int
    ) -> None:
        self._field = field
        self._pairing = _Pairing(words, pairs, field.most_pair)
        self._depth = depth
        self._enough = 0.0  # so much have the best that were found
        self._seen: list[Numbers] = []

    def run(self) -> tuple[Numbers, Numbers]:
        """The best passages and what they score."""
        try:
            best = self._run()
        finally:  # also if somebody interrupts it
            for rows in self._seen:
                self._field.scratch.is_seen[rows] = False
        return best.rows, best.totals

    def _run(self) -> "_Found":
        words = self._pairing.words
        best = _Found(np.zeros(0, np.intp), np.zeros(0), np.zeros(0))
        first = 0
        while first < len(words) and (words[first].bound + self._pairing.rest(first)) * _ROUNDING >= self._enough:
            last = first + 1
            while last < len(words) and sum(word.size for word in words[first : last + 1]) <= _FEW:
                last += 1
            found = self._look_further(*self._read_new(first, last), first)
            best = best.joined(self._add_pairs(found)).best(self._depth)
            self._enough = _nth(best.totals, self._depth)
            first = last
        return best

    def _read_new(self, first: int, last: int) -> tuple[Numbers, Numbers | None]:
        """The passages that have any of some words, may come to enough, and were not seen before; ascending.

        With how far they hold the word, if it is but one.
        """
        words = self._pairing.words
        shares: Numbers | None
        rows, shares = words[first].read()
        kept = None
        if last > first + 1:
            rows = merge([rows, *(word.read().rows for word in words[first + 1 : last])])
            shares = None
        elif self._enough > (rest := self._pairing.rest(first)):
            kept = (words[first].weight * shares.astype(np.float64) + rest) * _ROUNDING >= self._enough
        rows = rows.astype(np.intp)
        is_seen = self._field.scratch.is_seen
        if self._seen:
            is_new = ~is_seen.take(rows)
            kept = is_new if kept is None else kept & is_new
        if last < len(words):
            self._seen.append(rows)
            is_seen[rows] = True
        if kept is not None and not kept.all():
            places = kept.nonzero()[0]
            rows, shares = rows.take(places), None if shares is None else shares.take(places)
        return rows, shares

    def _look_further(self, rows: Numbers, own: Numbers | None, first: int) -> "_Found":
        """What passages that have none of the words before the first have of it and of the commoner ones.

        own: how far they hold the first, if that is known.
        """
        words = self._pairing.words
        shares: dict[int, Numbers] = {}
        totals = np.zeros(len(rows))
        pairs: Any = self._pairing.bound_pairs(first)
        for place in range(first, len(words)):
            held = words[place].look_up(rows) if place > first or own is None else own.astype(np.float64)
            shares[place] = held
            totals += words[place].weight * held
            if len(rows) > _FEW and place > first:
                pairs = np.maximum(pairs - self._pairing.lose_pairs(shares, place), 0.0)  # differences may be rounded
                most = totals + (pairs + self._pairing.bound_words(place))
                kept = (most * _ROUNDING >= max(self._enough, _nth(totals, self._depth))).nonzero()[0]
                if len(kept) < _WORTH_CUTTING * len(rows):
                    rows, totals, pairs = rows.take(kept), totals.take(kept), pairs.take(kept)
                    shares = {number: held.take(kept) for number, held in shares.items()}
        return _Found(rows, totals, self._bound_pairs(rows, shares))

    def _bound_pairs(self, rows: Numbers, shares: Mapping[int, Numbers]) -> Numbers:
        """What passages can gain by pairs, as far as that shows from how often they have each word."""
        gains = np.zeros(len(rows))
        for one, other, weight in self._pairing.pairs:
            if one in shares and other in shares:
                both = ((shares[one] > 0) & (shares[other] > 0)).nonzero()[0]
                if len(both) <= _ROUGHLY:
                    gains[both] += weight * self._field.most_pair * _ROUNDING
                    continue
                damping = self._field.take_damping(rows.take(both))
                count: Any = self._field.most_per_word
                for held in (shares[one].take(both), shares[other].take(both)):
                    count = count * (held * damping / (SATURATION + 1 - held))  # how often the word is there
                gains[both] += weight * saturate(count, damping) * _ROUNDING
        return gains

    def _add_pairs(self, found: "_Found") -> "_Found":
        """The passages that may be among the best with their pairs, and their scores."""
        found = found.above(max(self._enough, _nth(found.totals, self._depth)))
        for at_once in (_PAIRED_FIRST * self._depth, len(found.rows)):
            likely = found.gains.nonzero()[0]
            if len(likely) > at_once:
                most = found.totals[likely] + found.gains[likely]
                likely = likely[np.argpartition(-most, at_once)[:at_once]]
            if len(likely):
                found.totals[likely] += self._field.score_pairs(self._pairing.weights, found.rows[likely])
                found.gains[likely] = 0
                found = found.above(max(self._enough, _nth(found.totals, self._depth)))
        return found


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
        return self.where((self.totals + self.gains >= enough).nonzero()[0]) if enough else self

    def joined(self, other: "_Found") -> "_Found":
        """These and others."""
        return _Found(*map(np.concatenate, zip(self, other, strict=True)))

    def best(self, depth: int) -> "_Found":
        """The best, then in document order."""
        found = self.where((self.totals >= _nth(self.totals, depth)).nonzero()[0])
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
