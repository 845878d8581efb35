"""The innermost loops of asking as plain Python: short, exhaustive, and quick enough for a hand-out.

This is the definition of what the compiled loops give. Sums are added up in the same order there, so that even the last
bits of two scores are equal. numpy would take longer to import than a hand-out takes to search.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from dnqa.index.store import Store

Numbers = Any
"""Numbers one behind the other: an array, or a part of the index."""
Postings = tuple[Numbers, Numbers]
"""A posting list: the passages that hold a word, ascending, and how far each does, in parallel."""
Word = tuple[Numbers, Numbers, float, int]
"""A word of a question: its posting list, how far any passage holds it at most, and the number of its term."""
Pair = tuple[int, int, float, float]
"""Two words of a question by their places in it, how great a share the pair has at most, and what it weighs."""


class Sequences:
    """Each passage, and each group of headings, as the sequence of its terms."""

    def __init__(self, store: Store, saturation: float, heading_share: float, reach: int) -> None:
        """Read sequences from the sections of `dnqa.index.wordfield.WordField`.

        saturation: the most that a count is worth, less 1.
        heading_share: what a pair in a heading counts beside one in the passage, 0 if no heading has a term.
        reach: how far from each other the terms of a pair are at most.
        """
        self._store, self._saturation, self._heading_share, self._reach = store, saturation, heading_share, reach

    def gain(self, row: int, terms: Sequence[int], pairs: Sequence[Pair]) -> float:
        """What pairs add to the score of a passage.

        terms: of all words of the question, by their numbers.
        """
        wanted = {frozenset((terms[one], terms[other])): 0.0 for one, other, _, _ in pairs}
        self._count(wanted, row, 1.0)
        if self._heading_share:
            above: int = self._store.number("words.headings", row)
            self._count(wanted, self._store.header["n_passages"] + above, self._heading_share)
        damping: float = self._store.number("words.damping", row)
        gained = 0.0
        for one, other, _, weight in pairs:
            count = wanted[frozenset((terms[one], terms[other]))]
            if count:
                gained += weight * (count * (self._saturation + 1) / (count + damping))
        return gained

    def _count(self, wanted: dict[frozenset[int], float], sequence: int, share: float) -> None:
        """Add a share to each wanted pair for each time that it is in a sequence."""
        start, stop = self._store.span("words.sequences", sequence)
        order = self._store.numbers("words.order", start, stop).tolist()
        for distance in range(1, self._reach + 1):
            for pair in map(frozenset, zip(order, order[distance:], strict=False)):
                if pair in wanted:
                    wanted[pair] += share


def score(
    words: Sequence[Word], weights: Sequence[float], pairs: Sequence[Pair], sequences: Sequences, rows: Sequence[int]
) -> list[float]:
    """What some passages score: for each word its weight times how far they hold it, and what pairs add.

    weights: of the words, in parallel. rows: the passages, ascending, each once.
    """
    totals = dict.fromkeys(rows, 0.0)
    masks = dict.fromkeys(rows, 0)
    for number, ((held_by, shares, _, _), weight) in enumerate(zip(words, weights, strict=True)):
        for row, share in zip(held_by, shares, strict=True):
            if row in totals:
                totals[row] += weight * share
                masks[row] |= 1 << number
    terms = [word[3] for word in words]
    wanted = [1 << one | 1 << other for one, other, _, _ in pairs]
    for row, mask in masks.items():
        if any(mask & both == both for both in wanted):
            totals[row] += sequences.gain(row, terms, pairs)
    return list(totals.values())


def top(
    words: Sequence[Word], weights: Sequence[float], pairs: Sequence[Pair], sequences: Sequences, n: int
) -> list[tuple[int, float]]:
    """The best passages and their scores, best first, then in document order; at most n, all above 0.

    words, weights: from the rarest word to the commonest, in parallel.
    """
    rows = sorted(set().union(*(word[0] for word in words)))
    found = zip(rows, score(words, weights, pairs, sequences, rows), strict=True)
    return sorted([hit for hit in found if hit[1] > 0], key=lambda hit: (-hit[1], hit[0]))[:n]


def merge(one: Postings, other: Postings, weight: float, is_all: bool) -> Postings:
    """The passages that hold either of two words, as far as the one that they hold more; or those that hold both, as
    far as the one that they hold less.

    weight: what the other word counts beside the first.
    """
    held, others = dict(zip(*one, strict=True)), dict(zip(*other, strict=True))
    choose = min if is_all else max
    found = {row: choose(held.get(row, 0.0), weight * others.get(row, 0.0)) for row in sorted(held.keys() | others)}
    found = {row: share for row, share in found.items() if share > 0}
    return array("I", found), array("f", found.values())


def measure_cosines(
    query: Mapping[int, float], starts: Numbers, rows: Numbers, weights: Numbers, n_rows: int
) -> Numbers:
    """The cosine of a sparse query with every row, as an array of n_rows.

    query: the weight of each feature, by its number, in a query of length 1.
    starts, rows, weights: where the posting list of each feature begins, the rows that have it, and its weight in each.
    """
    cosines = array("d", [0.0]) * n_rows
    for feature, share in query.items():
        for place in range(starts[feature], starts[feature + 1]):
            cosines[rows[place]] += share * weights[place]
    return cosines


def find_nearest(
    similarities: Numbers, answers: tuple[Numbers, Numbers, Numbers], shares: Numbers, weights: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """How near the nearest known questions of each passage are: three arrays.

    The similarity of the nearest one; the weighted mean of the nearest ones, where a missing one counts as 0; and the
    number of the nearest one, the first of several as near, 0 if none is near.

    similarities: of all known questions. answers: where the questions of each passage begin, these questions, and the
    rank of the passage among the answers of each. shares: what a similarity counts by this rank. weights: of the
    nearest questions, nearest first.
    """
    starts, questions, ranks = answers
    n = len(starts) - 1
    bests, means, numbers = array("d", [0.0]) * n, array("d", [0.0]) * n, array("I", [0]) * n
    for passage in range(n):
        places = range(starts[passage], starts[passage + 1])
        near = [(similarities[questions[place]] * shares[ranks[place]], -questions[place]) for place in places]
        near = sorted((found for found in near if found[0] > 0), reverse=True)[: len(weights)]
        if near:
            bests[passage], numbers[passage] = near[0][0], -near[0][1]
            total = 0.0
            for (similarity, _), weight in zip(near, weights, strict=False):
                total += weight * similarity
            means[passage] = total / sum(weights)
    return bests, means, numbers


def find_alike(
    written: Numbers, heard: Numbers, groups: Sequence[tuple[int, int]], letters: Sequence[int], sounds: Sequence[int]
) -> list[int]:
    """The words, by their places, that may be what another word was meant to be.

    Each word has some sets of letters, as bits. It is found if none of its sets has more than so many letters that the
    other word's has not, nor lacks more; or if the sets of its sound and the other's differ so by one letter at most.

    written, heard: the sets of each word, and those of its sound. groups: the place behind the last word of each group
    of words, and how many letters may differ in the group, below 0 if they are not compared as written. letters,
    sounds: the sets of the other word.
    """
    n_sets = len(letters)
    found = []
    place = 0
    for stop, most in groups:
        for word in range(place, stop):
            sets = slice(word * n_sets, (word + 1) * n_sets)
            if _differ_by(written[sets], letters, most) or _differ_by(heard[sets], sounds, 1):
                found.append(word)
        place = stop
    return found


def _differ_by(sets: Numbers, others: Sequence[int], most: int) -> bool:
    """Whether no set has more than so many bits that its counterpart has not, nor the other way round."""
    return most >= 0 and all(
        (one & ~other).bit_count() <= most and (other & ~one).bit_count() <= most
        for one, other in zip(sets, others, strict=True)
    )
