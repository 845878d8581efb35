"""Rank passages for a query, and weigh what speaks against answering."""

from collections.abc import Sequence
from dataclasses import dataclass

from dnqa.coverage import list_concepts
from dnqa.index import Index, Near
from dnqa.index.wordfield import list_pairs
from dnqa.query import Query

DEPTH = 30
"""So many passages are ranked at least: those to show, those that come close, and the sections near a refusal."""

WORDS_WEIGHT, ASKED_WEIGHT, QUESTIONS_WEIGHT = 0.25, 1.0, 1.0
"""How the fields add up to support. Set on the development questions; 0.25 to 0.5 for the first,
1 to 2 for the others move hit@1 by less than its error."""

_NEIGHBOURS = (1.0, 0.5, 0.25)
"""How the nearest known questions of a passage count, nearest first."""


@dataclass(frozen=True)
class Candidate:
    """A passage and what speaks for it.

    row: its number in document order.
    support: the weighted mean of the three that follow; with few known questions, the better of
        its own words and its nearest known question.
    words: how much of the question its own words hold, from 0, about 1 for all of it.
    asked: cosine with its text, headings and known questions.
    neighbours: weighted mean of the cosines with its nearest known questions.
    nearest: the number of its nearest known question, None if none is near.
    """

    row: int
    support: float
    words: float
    asked: float
    neighbours: float
    nearest: int | None


@dataclass(frozen=True)
class Ranking:
    """Passages for a query.

    candidates: those with support, most first, then in document order.
    against: how near the query is to known questions that the source does not answer, 0 to 1.
    """

    candidates: tuple[Candidate, ...]
    against: float


def rank(index: Index, query: Query, *, depth: int = DEPTH, among: Sequence[int] | None = None) -> Ranking:
    """Rank the passages of an index for a query, in a total order.

    depth: so many at most, unless `among` says which.
    among: only these, ascending.
    """
    near, near_nothing = index.neighbours.find(query.weights)
    words = _score_words(index, query, near, depth, among)
    asked = index.asked.score(query.weights) if index.is_rich else None
    found = []
    for row, own in words.items():
        neighbours = _mean_of_nearest(near.get(row, ()))
        nearest = -near[row][0][1] if row in near else None
        if asked is not None:
            support = _mix(own, asked[row], neighbours)
        else:
            support = max(own, near[row][0][0] if row in near else 0.0)
        if support > 0:
            found.append(Candidate(row, support, own, asked[row] if asked else 0.0, neighbours, nearest))
    found.sort(key=lambda candidate: (-candidate.support, candidate.row))
    against = _mean_of_nearest(near_nothing if index.is_rich else near_nothing[:1] * len(_NEIGHBOURS))
    return Ranking(tuple(found if among is not None else found[:depth]), against)


def _score_words(
    index: Index, query: Query, near: dict[int, Near], depth: int, among: Sequence[int] | None
) -> dict[int, float]:
    """What the passages that may be ranked hold by their own words, by row."""
    concepts, pairs = list_concepts(query, index), list_pairs(query.all_terms)
    if among is None and not index.is_rich:
        best = dict(index.words.top(concepts, pairs, depth))
        others = sorted(near.keys() - best.keys())
    else:  # where known questions carry the ranking, any passage may be the best
        best = {}
        others = list(range(index.n_passages) if among is None else among)
    return best | dict(zip(others, index.words.score(concepts, pairs, others), strict=True))


def _mix(words: float, asked: float, neighbours: float) -> float:
    """The weighted mean of what speaks for a passage."""
    total = WORDS_WEIGHT + ASKED_WEIGHT + QUESTIONS_WEIGHT
    return (WORDS_WEIGHT * words + ASKED_WEIGHT * asked + QUESTIONS_WEIGHT * neighbours) / total


def _mean_of_nearest(near: Sequence[tuple[float, int]]) -> float:
    """The weighted mean of the highest similarities."""
    mean = sum(weight * similarity for weight, (similarity, _) in zip(_NEIGHBOURS, near, strict=False))
    return mean / sum(_NEIGHBOURS)
