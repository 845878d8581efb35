"""Rank passages for a query, and weigh what speaks against answering."""

from collections.abc import Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from dnqa.asking.coverage import weigh_terms
from dnqa.asking.query import Query
from dnqa.index import Index, likeness

DEPTH = 30
"""So many passages are ranked at least: those to show, those that come close, and the sections near a refusal."""

MOST_WORDS = 200
"""A question of more different words is a text that was pasted; its weightiest words say what it is about."""

WORDS_WEIGHT, ASKED_WEIGHT, QUESTIONS_WEIGHT = 0.25, 1.0, 1.0
"""How the fields add up to support. Set on the development questions; 0.25 to 0.5 for the first,
1 to 2 for the others move hit@1 by less than its error."""


class Ranking(NamedTuple):
    """Passages for a query.

    candidates: those with support, most first, then in document order.
    against: how near the query is to known questions that the source does not answer, 0 to 1.
    weights: what each term of the query weighs.
    """

    candidates: tuple[likeness.Candidate, ...]
    against: float
    weights: Mapping[str, float]


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
            others = sorted(set(near.list_rows()).difference([row for row, _ in best]))
            best += zip(others, index.words.score(*question, others), strict=True)
            best.sort()
        rows: Sequence[int] = [row for row, _ in best]
        scores = [score for _, score in best]
    else:  # where known questions carry the ranking, any passage may be the best
        rows = range(index.n_passages) if among is None else among
        scores = index.words.score(*question, rows)
    cosines = index.asked.score(query.weights) if index.is_rich else None
    found = likeness.list_candidates(rows, scores, cosines, near, (WORDS_WEIGHT, ASKED_WEIGHT, QUESTIONS_WEIGHT))
    found.sort(key=attrgetter("support"), reverse=True)  # in document order where it is the same
    candidates = tuple(found if among is not None else found[:depth])
    against = 0.0
    if near:
        against = near.mean(near.unanswered) if index.is_rich else near.best(near.unanswered)
    return Ranking(candidates, against, weights)
