# cython: boundscheck=False, initializedcheck=False
"""How like known questions are to a query, and words to one that may be misspelt.

Innermost loops, compiled where there is a compiler, as those of `dnqa.index.postings` are. What they read was checked
against its checksums as a whole, so that no place of it has to be doubted again.
"""

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from dnqa.text.features import is_term

_N_BITS = 32  # of a set of letters
Numbers = Any
"""Numbers one behind the other: an array, or a part of the index."""


class Rows:
    """Rows of weighted features, by their postings, as `dnqa.index.field.Field` keeps them."""

    def __init__(self, sections: Sequence[Numbers], n_rows: int, unknown: float) -> None:
        """Read rows.

        sections: idf, starts, rows and weights.
        unknown: what a term that no row has adds to the square of a query's length, beside the square of its weight.
        """
        self.idf, self.starts, self.rows, self.weights = sections
        self.n_rows = n_rows
        self.unknown = unknown

    def score(self, query: dict[str, float], find: Callable[[str], int | None]) -> Numbers:
        """The cosine of a query with every row.

        query: weight by feature, before idf. find: the number of a feature, None for one that no row has.
        """
        found = array("d", [0.0]) * self.n_rows
        scores, starts, rows, weights = found, self.starts, self.rows, self.weights
        features, shares = [], []
        square = 0.0
        for name, weight in query.items():
            feature = find(name)
            if feature is not None:
                share = weight * self.idf[feature]
                square += share * share
                features.append(feature)
                shares.append(share)
            elif is_term(name):
                square += self.unknown * weight * weight
        length = square**0.5
        for number in range(len(features)):
            column, share = features[number], shares[number] / length
            for place in range(starts[column], starts[column + 1]):
                scores[rows[place]] += share * weights[place]
        return found


class Nearest:
    """How near known questions are to a query, by the passages that they answer.

    passages: that any question answers, ascending. Each is known by its place among these.
    unanswered: the place behind the last, of all questions that have no answer.
    weights: of the nearest ones.
    bests: the similarities of the nearest ones, as many for each passage, the highest first.
    numbers: the nearest one, the first of several as near.
    """

    def __init__(self, n_passages: int, n_best: int) -> None:
        """None is near yet."""
        self.unanswered = n_passages
        self.n_best = n_best
        self.bests = array("d", [0.0]) * ((n_passages + 1) * n_best)
        self.numbers = array("I", [0]) * (n_passages + 1)
        self.passages: Numbers = None
        self.weights: Numbers = None

    def best(self, place: int) -> float:
        """How near the nearest question of a passage is, 0 if none is near."""
        return self.bests[place * self.n_best]

    def mean(self, place: int) -> float:
        """The weighted mean of the nearest questions of a passage, 0 for those that there are too few of."""
        total = whole = 0.0
        for number in range(self.n_best):
            total += self.weights[number] * self.bests[place * self.n_best + number]
            whole += self.weights[number]
        return total / whole

    def list_rows(self) -> list[int]:
        """The passages that near questions answer, ascending."""
        rows = []
        for place in range(self.unanswered):
            if self.bests[place * self.n_best] > 0:
                rows.append(self.passages[place])  # noqa: PERF401  # compiled, a loop knows the type of its counter
        return rows


class Answers:
    """Which known questions passages answer, as `dnqa.index.neighbours.Neighbours` keeps it.

    weights: how the nearest questions of a passage count. shares: what a question counts for a passage of each rank.
    """

    def __init__(self, sections: Sequence[Numbers], weights: Numbers, shares: Numbers) -> None:
        """Read answers.

        sections: passages, starts, questions and ranks.
        """
        self.passages, self.starts, self.questions, self.ranks = sections
        self.weights, self.shares = weights, shares

    def find_nearest(self, similarities: Numbers) -> Nearest:
        """The known questions that are nearest.

        similarities: of all of them.
        """
        nearest = Nearest(len(self.passages), len(self.weights))
        nearest.passages, nearest.weights = self.passages, self.weights
        starts, questions, ranks, shares = self.starts, self.questions, self.ranks, self.shares
        bests = nearest.bests
        for place in range(nearest.unanswered + 1):
            first = place * nearest.n_best
            last = first + nearest.n_best - 1
            least = 0.0
            for at in range(starts[place], starts[place + 1]):
                similarity = similarities[questions[at]] * shares[ranks[at]]
                if similarity > least:
                    slot = last
                    while slot > first and bests[slot - 1] < similarity:
                        bests[slot] = bests[slot - 1]
                        slot -= 1
                    bests[slot] = similarity
                    if slot == first:
                        nearest.numbers[place] = questions[at]
                    least = bests[last]
        return nearest


class Candidate:
    """A passage and what speaks for it.

    row: its number in document order.
    support: the weighted mean of the three that follow; with few known questions, the better of its own words and its
        nearest known question.
    words: how much of the question its own words hold, from 0, about 1 for all of it.
    asked: cosine with its text, headings and known questions.
    neighbours: weighted mean of the cosines with its nearest known questions.
    nearest: the number of its nearest known question, None if none is near.
    """

    def __init__(self, row: int, words: float) -> None:
        self.row = row
        self.words = words
        self.support = self.asked = self.neighbours = 0.0
        self.nearest: int | None = None


def list_candidates(
    rows: Sequence[int],
    words: list[float],
    asked: Numbers | None,
    nearest: Nearest | None,
    shares: tuple[float, float, float],
) -> list[Candidate]:
    """The passages that anything speaks for, in order.

    rows: passages, ascending where any question is near. words: how much of a question the words of each hold. asked:
    the cosine of every passage with its known questions; without, support is the better of its words and its nearest
    question. shares: of the three in the support.
    """
    found = []
    place, last = 0, 0 if nearest is None else nearest.unanswered
    of_words, of_asked, of_mean = shares
    for number, row in enumerate(rows):
        candidate = Candidate(row, words[number])
        best = 0.0
        if nearest is not None:
            while place < last and nearest.passages[place] < row:
                place += 1
            if place < last and nearest.passages[place] == row:
                best = nearest.best(place)
                if best > 0:
                    candidate.neighbours = nearest.mean(place)
                    candidate.nearest = nearest.numbers[place]
        if asked is None:
            candidate.support = max(candidate.words, best)
        else:
            candidate.asked = asked[row]
            together = of_words * candidate.words + of_asked * candidate.asked + of_mean * candidate.neighbours
            candidate.support = together / (of_words + of_asked + of_mean)
        if candidate.support > 0:
            found.append(candidate)
    return found


def set_bits(letters: str) -> int:
    """Letters as bits; different ones may share a bit."""
    bits = 0
    for letter in letters:
        bits |= 1 << ord(letter) % _N_BITS
    return bits


def find_alike(
    written: Numbers, heard: Numbers, groups: list[tuple[int, int]], letters: Sequence[int], sounds: Sequence[int]
) -> list[int]:
    """The words that may be another one, misspelt; by their places.

    Those that have at most so many letters that the other has not, and lack at most so many, in every set of them; or
    that sound like it but for one letter of each.

    written, heard: some sets of letters, as bits, of each word, and as many of how it sounds. groups: the place behind
    the last word of each group, and how many letters may differ in it, below 0 if no word of it is near enough as
    written. letters, sounds: sets of the other.
    """
    n_sets = len(letters)
    other = array("I", [*letters, *sounds])
    found = []
    place = 0
    for stop, most in groups:
        while place < stop:
            is_near = most >= 0
            is_heard = True
            for number in range(n_sets):
                is_near = is_near and differ_by(written[place * n_sets + number], other[number], most)
                is_heard = is_heard and differ_by(heard[place * n_sets + number], other[n_sets + number], 1)
            if is_near or is_heard:
                found.append(place)
            place += 1
    return found


def differ_by(one: int, other: int, most: int) -> bool:
    """Whether each of two sets of bits has at most so many that the other has not."""
    missing, more = other & ~one, one & ~other
    for _ in range(most):
        missing &= missing - 1
        more &= more - 1
    return missing == 0 and more == 0
