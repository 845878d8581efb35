"""How like known questions are to a query, and words to one that may be misspelt.

Innermost loops, compiled where there is a compiler, as those of `dnqa.index.postings` are.
"""

from array import array
from collections.abc import Sequence
from typing import Any

Numbers = Any
"""Numbers one behind the other: an array, or a part of the index."""


def add_up(
    rows: Numbers, weights: Numbers, spans: Sequence[tuple[int, int]], shares: Sequence[float], scores: Numbers
) -> None:
    """Add to the scores of rows the postings of some features, each times its share.

    rows, weights: postings. spans: where those of each feature begin and end.
    """
    for number in range(len(spans)):
        start, stop = spans[number]
        share = shares[number]
        for place in range(start, stop):
            scores[rows[place]] += share * weights[place]


class Nearest:
    """How near known questions are to a query, by the passages that they answer, each by its place among these.

    weights: of the nearest ones.
    bests: the similarities of the nearest ones, as many for each passage, the highest first.
    numbers: the nearest one.
    """

    def __init__(self, n_places: int, weights: Numbers) -> None:
        """Begin.

        n_places: how many passages, with one more behind them for all questions that have no answer.
        """
        self.n_places = n_places
        self.n_best = len(weights)
        self.weights = weights
        self.bests = array("d", bytes(8 * n_places * len(weights)))
        self.numbers = array("I", bytes(4 * n_places))

    def add(self, similarities: Numbers, starts: Numbers, places: Numbers, shares: Numbers) -> None:
        """Take note of all known questions.

        similarities: of each. starts, places: the passages that answer it. shares: what it counts for the first of
        them, the second and so on, the last for all that follow.
        """
        n_shares = len(shares)
        for number in range(len(similarities)):
            similarity = similarities[number]
            if similarity > 0:
                start, stop = starts[number], starts[number + 1]
                if start == stop:
                    self.put(self.n_places - 1, similarity * shares[0], number)
                for answer in range(start, stop):
                    self.put(places[answer], similarity * shares[min(answer - start, n_shares - 1)], number)

    def put(self, place: int, similarity: float, number: int) -> None:
        """Take note of a known question of a passage."""
        first = place * self.n_best
        at = first + self.n_best - 1
        if similarity <= self.bests[at]:
            return
        while at > first and self.bests[at - 1] < similarity:
            self.bests[at] = self.bests[at - 1]
            at -= 1
        self.bests[at] = similarity
        if at == first:
            self.numbers[place] = number

    def list_found(self) -> list[tuple[int, int, float, float]]:
        """Passages, the nearest known question of each, how near that is, and a weighted mean of the nearest ones."""
        found = []
        whole = 0.0
        for number in range(self.n_best):
            whole += self.weights[number]
        for place in range(self.n_places):
            first = place * self.n_best
            if self.bests[first] > 0:
                total = 0.0
                for number in range(self.n_best):
                    total += self.weights[number] * self.bests[first + number]
                found.append((place, self.numbers[place], self.bests[first], total / whole))
        return found


def find_alike(written: Numbers, heard: Numbers, letters: Sequence[int], sounds: Sequence[int], most: int) -> list[int]:
    """The words that may be another one, misspelt; by their places.

    Those that have at most so many letters that the other has not, and lack at most so many, in every set of them; or
    that sound like it but for one letter of each.

    written, heard: some sets of letters, as bits, of each word, and as many of how it sounds. letters, sounds: those of
    the other. most: below 0 if no word is near enough as written.
    """
    n_sets = len(letters)
    other = array("I", [*letters, *sounds])
    found = []
    for place in range(0, len(written), n_sets):
        is_near = most >= 0
        is_heard = True
        for number in range(n_sets):
            is_near = is_near and differ_by(written[place + number], other[number], most)
            is_heard = is_heard and differ_by(heard[place + number], other[n_sets + number], 1)
        if is_near or is_heard:
            found.append(place // n_sets)
    return found


def differ_by(one: int, other: int, most: int) -> bool:
    """Whether each of two sets of bits has at most so many that the other has not."""
    missing, more = other & ~one, one & ~other
    for _ in range(most):
        missing &= missing - 1
        more &= more - 1
    return missing == 0 and more == 0
