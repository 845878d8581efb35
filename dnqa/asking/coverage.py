"""How much of what a question means a passage holds."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from dnqa.asking.query import Query
from dnqa.index import Index
from dnqa.index.wordfield import SYNONYM_SHARE
from dnqa.sources.synonyms import Meaning

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
    total = sum(weights.values())
    if not total:
        return Coverage(0.0, ())
    words = {token.term: token.text for token in reversed(query.tokens)}
    covered = cover(query, index.shares(row).__getitem__)
    matched = tuple([(words[term], weights[term] * share / total) for term, share in covered.items()])
    return Coverage(sum([share for _, share in matched]), matched)


def cover(query: Query, held: Callable[[str], float]) -> dict[str, float]:
    """How far each term of a question is held, directly or by a synonym, above 0 to 1.

    held: how far a term is, 0 to 1.
    """
    covered: dict[str, float] = {}
    for term in dict.fromkeys(query.terms):
        share = held(term)
        if share < SYNONYM_SHARE and term in query.meanings:
            shares = [min(map(held, meaning)) for meaning in query.meanings[term] if meaning]
            share = max(share, SYNONYM_SHARE * max(shares, default=0.0))
        if share:
            covered[term] = share
    return covered


def weigh_terms(query: Query, index: Index) -> dict[str, float]:
    """What each term of a question weighs: its idf, or that of the rarest of its synonyms; common words less."""
    field = index.asked if index.is_rich else index.words
    idf, rarest, common = field.idf, field.rarest, index.common_terms
    weights: dict[str, float] = {}
    for term in query.terms:
        if term not in weights:
            weight = idf(term) or _weigh_meanings(query.meanings.get(term, ()), idf)
            if term in common:
                weights[term] = COMMON_SHARE * weight if weight else UNKNOWN_COMMON_SHARE * rarest
            else:
                weights[term] = weight or rarest
    return weights


def _weigh_meanings(meanings: Iterable[Meaning], idf: Callable[[str], float | None]) -> float:
    """The idf of the rarest word of some meanings, of those all of whose words are known; 0 if there is none."""
    known = [values for meaning in meanings if None not in (values := [idf(term) for term in meaning])]
    return max([value for values in known for value in values if value], default=0.0)
