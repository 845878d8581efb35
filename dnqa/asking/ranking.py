"""Rank passages for a query, and weigh what speaks against answering."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from dnqa.asking.coverage import weigh_terms
from dnqa.asking.query import Query
from dnqa.index import Index
from dnqa.index.neighbours import Nearest

DEPTH = 30
"""So many passages are ranked at least: those to show, those that come close, and the sections near a refusal."""

MOST_WORDS = 200
"""A question of more different words is a text that was pasted; its weightiest words say what it is about."""

WORDS_WEIGHT, ASKED_WEIGHT, QUESTIONS_WEIGHT = 0.25, 1.0, 1.0
"""How the fields add up to support. Set on the development questions; 0.25 to 0.5 for the first,
1 to 2 for the others move hit@1 by less than its error."""
_WHOLE_WEIGHT = WORDS_WEIGHT + ASKED_WEIGHT + QUESTIONS_WEIGHT


class Candidate(NamedTuple):
    """A passage and what speaks for it.

    row: its number in document order.
    support: with many known questions, the weighted mean of the three that follow; with few, the better of its own
        words and its nearest known question.
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


EXACT_WEIGHT, COSINE_WEIGHT = 0.5, 2.0
"""What the share of a question that a passage has word for word, and the cosine of both, count beside its support; on
eleven hand-outs a right passage is first in 0.83 with them and in 0.73 without."""
TAUGHT_COSINE_WEIGHT = 0.2
"""The same where known questions carry the ranking, which need little help."""


class Ranking(NamedTuple):
    """Passages for a query.

    candidates: those with support, most first, then in document order.
    against: how near the query is to known questions that the source does not answer, 0 to 1.
    weights: what each term of the query weighs.
    is_chosen: whether only certain passages were ranked.
    refused, answered: how near the nearest known questions are without and with an answer, 0 if there are none.
    refusal: the number of the nearest one without, None if none is near.
    """

    candidates: tuple[Candidate, ...]
    against: float
    weights: Mapping[str, float]
    is_chosen: bool = False
    refused: float = 0.0
    answered: float = 0.0
    refusal: int | None = None


def rank(index: Index, query: Query, *, depth: int = DEPTH, among: Sequence[int] | None = None) -> Ranking:
    """Rank the passages of an index for a query, in a total order.

    depth: so many at most, unless `among` says which.
    among: only these, ascending.
    """
    near = index.neighbours.find(query.weights)
    weights = weigh_terms(query, index)
    asked = {term: weight * query.weights[term] for term, weight in weights.items()}
    if len(asked) > MOST_WORDS:
        asked = dict(sorted(asked.items(), key=itemgetter(1), reverse=True)[:MOST_WORDS])
    question = (asked, query.meanings, query.terms)
    if among is None and not index.is_rich:
        best = index.words.top(*question, depth)
        if near:
            rows_near = {row for row, place in near.places.items() if near.bests[place] > 0}
            others = sorted(rows_near.difference([row for row, _ in best]))
            best += zip(others, index.words.score(*question, others), strict=True)
            best.sort()
    else:  # where known questions carry the ranking, any passage may be the best
        rows = range(index.n_passages) if among is None else among
        best = list(zip(rows, index.words.score(*question, rows), strict=True))
    cosines = index.asked.score(query.weights) if index.is_rich else None
    found = _list_candidates(best, cosines, near)
    found.sort(key=itemgetter(1), reverse=True)  # in document order where support is the same
    candidates = tuple(found if among is not None else found[:depth])
    index.expect_rows([candidate.row for candidate in candidates])
    against = 0.0
    if near:
        against = near.means[-1] if index.is_rich else near.bests[-1]
    ranking = Ranking(candidates, against, weights, among is not None)
    if not near or near.bests[-1] <= 0:
        return ranking
    answered = max(near.bests[:-1], default=0.0)
    return ranking._replace(refused=near.bests[-1], answered=answered, refusal=near.numbers[-1])


def _list_candidates(
    scores: Iterable[tuple[int, float]], cosines: Sequence[float] | None, near: Nearest | None
) -> list[Candidate]:
    """The passages that anything speaks for, in order.

    scores: passages, each with how much of a question its words hold. cosines: of every passage with its known
    questions, None if there are too few of these to rank by.
    """
    found = []
    for row, words in scores:
        best = mean = asked = 0.0
        nearest = None
        place = near.places.get(row) if near else None
        if near and place is not None and near.bests[place] > 0:
            best, mean, nearest = near.bests[place], near.means[place], near.numbers[place]
        if cosines is None:
            support = max(words, best)
        else:
            asked = cosines[row]
            support = (WORDS_WEIGHT * words + ASKED_WEIGHT * asked + QUESTIONS_WEIGHT * mean) / _WHOLE_WEIGHT
        if support > 0:
            found.append(Candidate(row, support, words, asked, mean, nearest))
    return found
