"""How much of what a question means a passage holds."""

from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from dnqa.index import Index
from dnqa.index.wordfield import SYNONYM_SHARE, Concept
from dnqa.query import Query

COMMON_SHARE = 0.7
"""What one of the most common English words weighs beside another word of the same idf."""
UNKNOWN_COMMON_SHARE = 0.3
"""The same for a common word that the corpus does not have."""


class Coverage(NamedTuple):
    """How much of what a question means a passage holds.

    share: by idf, 0 to 1; 0 for a question of stop words.
    matched: the words of the question that the passage holds, each with its part of the share.
    """

    share: float
    matched: tuple[tuple[str, float], ...]


def measure_coverage(query: Query, index: Index, row: int, weights: Mapping[str, float]) -> Coverage:
    """How much of a question a passage holds.

    weights: of the question's terms, as weigh_terms gives them.
    """
    covered = cover(query, index.held_terms(row, list_meant(query)))
    total = sum(weights.values())
    held = {term: weight * covered.get(term, 0.0) for term, weight in weights.items()}
    words = {token.term: token.text for token in reversed(query.tokens) if token.term}
    return Coverage(
        sum(held.values()) / total if total else 0.0,
        tuple((words[term], weight / total) for term, weight in held.items() if weight),
    )


def list_meant(query: Query) -> dict[str, None]:
    """The terms of a question and of its synonyms, each once."""
    meanings = chain.from_iterable(match.meanings for match in query.synonyms)
    return dict.fromkeys((*query.all_terms, *chain.from_iterable(meanings)))


def cover(query: Query, held: Mapping[str, float]) -> dict[str, float]:
    """How far each term of a question is among those held, directly or by a synonym, above 0 to 1."""
    covered = {term: held[term] for term in query.terms if term in held}
    for match in query.synonyms:
        best = max((min(held.get(term, 0.0) for term in meaning) for meaning in match.meanings if meaning), default=0.0)
        for token in query.tokens[match.start : match.end]:
            if SYNONYM_SHARE * best > covered.get(token.term, 0.0):
                covered[token.term] = SYNONYM_SHARE * best
    return covered


def weigh_terms(query: Query, index: Index) -> dict[str, float]:
    """What each term of a question weighs: its idf, or that of the rarest of its synonyms; common words less."""
    idf = index.asked.idf if index.is_rich else index.words.idf
    rarest = index.asked.rarest if index.is_rich else index.words.rarest
    explained: dict[str, float] = {}
    for match in query.synonyms:
        for meaning in match.meanings:
            values = [idf(term) for term in meaning]
            if values and None not in values:
                for token in query.tokens[match.start : match.end]:
                    explained[token.term] = max(explained.get(token.term, 0.0), *filter(None, values))
    weights = {}
    for term in query.terms:
        weight = idf(term) or explained.get(term)
        if term in index.common_terms:
            weights[term] = COMMON_SHARE * weight if weight else UNKNOWN_COMMON_SHARE * rarest
        else:
            weights[term] = weight or rarest
    return weights


def list_concepts(query: Query, weights: Mapping[str, float]) -> list[Concept]:
    """The terms of a question, each with its weight and what its synonyms mean.

    weights: of the terms, as weigh_terms gives them.
    """
    meanings: dict[str, list[tuple[str, ...]]] = {}
    for match in query.synonyms:
        for token in query.tokens[match.start : match.end]:
            meanings.setdefault(token.term, []).extend(filter(None, match.meanings))
    return [
        Concept(term, weight * query.weights.get(term, 1.0), tuple(meanings.get(term, ())))
        for term, weight in weights.items()
    ]
