"""Rank passages for a query, and weigh what speaks against answering."""

from collections.abc import Sequence
from dataclasses import dataclass

from dnqa.coverage import list_concepts
from dnqa.index import Index
from dnqa.query import Query
from dnqa.questions import KnownQuestion
from dnqa.wordfield import list_pairs

WORDS_WEIGHT, ASKED_WEIGHT, QUESTIONS_WEIGHT = 0.25, 1.0, 1.0
"""How the fields add up to support. Set on the development questions; 0.25 to 0.5 for the first,
1 to 2 for the others move hit@1 by less than its error."""

_NEIGHBOURS = (1.0, 0.5, 0.25)
"""How the nearest known questions of a passage count, nearest first."""
_FIRST, _NEXT, _REST = 1.0, 0.9, 0.7
"""What a known question counts for the first of its passages, the next two, and the others."""


@dataclass(frozen=True)
class Candidate:
    """A passage and what speaks for it.

    row: its number in document order.
    support: the weighted mean of the three that follow; with few known questions, the better of
        its own words and its nearest known question.
    words: how much of the question its own words hold, from 0, about 1 for all of it.
    asked: cosine with its text, headings and known questions.
    neighbours: weighted mean of the cosines with its nearest known questions.
    nearest: its nearest known question, None if none is near.
    """

    row: int
    support: float
    words: float
    asked: float
    neighbours: float
    nearest: KnownQuestion | None


@dataclass(frozen=True)
class Ranking:
    """Passages for a query.

    candidates: those with support, most first, then in document order.
    against: how near the query is to known questions that the source does not answer, 0 to 1.
    """

    candidates: tuple[Candidate, ...]
    against: float


def rank(index: Index, query: Query) -> Ranking:
    """Rank the passages of an index for a query, in a total order."""
    words = index.words.score(list_concepts(query, index), list_pairs(query.all_terms)).tolist()
    near, near_nothing = _find_neighbours(index, query)
    asked = index.asked.score(query.weights) if index.is_rich else [0.0] * len(words)
    found = []
    for row, own in enumerate(words):
        neighbours, nearest = _mean_of_nearest(near[row])
        if index.is_rich:
            support = _mix(own, asked[row], neighbours)
        else:
            support = max(own, *(similarity for similarity, _ in near[row]), 0.0)
        if support > 0:
            known = index.known[nearest] if nearest is not None else None
            found.append(Candidate(row, support, own, asked[row], neighbours, known))
    if index.is_rich:
        against = _mean_of_nearest(near_nothing)[0]
    else:
        against = max((similarity for similarity, _ in near_nothing), default=0.0)
    return Ranking(_in_order(found), against)


def _mix(words: float, asked: float, neighbours: float) -> float:
    """The weighted mean of what speaks for a passage."""
    total = WORDS_WEIGHT + ASKED_WEIGHT + QUESTIONS_WEIGHT
    return (WORDS_WEIGHT * words + ASKED_WEIGHT * asked + QUESTIONS_WEIGHT * neighbours) / total


_Near = list[tuple[float, int]]  # similarity and negated number of known questions


def _find_neighbours(index: Index, query: Query) -> tuple[list[_Near], _Near]:
    """The known questions that are like a query: by passage, and those that the source does not answer."""
    near: list[_Near] = [[] for _ in index.passages]
    near_nothing: _Near = []
    for number, similarity in enumerate(index.questions.score(query.weights)):
        if similarity <= 0:
            continue
        answers = index.known[number].passages
        if not answers:
            near_nothing.append((similarity, -number))
        for place, answer in enumerate(answers):
            share = _FIRST if place == 0 else _NEXT if place < 3 else _REST
            near[index.row_of[answer]].append((similarity * share, -number))
    return near, near_nothing


def _in_order(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda candidate: (-candidate.support, candidate.row)))


def _mean_of_nearest(near: _Near) -> tuple[float, int | None]:
    """The weighted mean of the highest similarities, and the number of the nearest question."""
    nearest = sorted(near, reverse=True)[: len(_NEIGHBOURS)]
    mean = sum(weight * similarity for weight, (similarity, _) in zip(_NEIGHBOURS, nearest, strict=False))
    return mean / sum(_NEIGHBOURS), -nearest[0][1] if nearest else None
