"""Answer or refuse: the one place that decides, from evidence that it can name.

A wrong answer costs 3 and a refusal 1: when the evidence is thin, refuse.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dnqa.analysis import Token, terms
from dnqa.answers import Hit, Status

MIN_COVERAGE = 0.5
"""Share of the question's meaning, by idf, that the best passage and its headings must hold."""

_GREETINGS = frozenset(
    "hello hi hey hiya morning afternoon evening good day thanks thank you cheers ta bye goodbye ok okay great "
    "perfect lovely much very so many there that's fine all for now brilliant super a".split()
)
_GREETING_CORE = frozenset(
    "hello hi hey hiya morning afternoon evening thanks thank cheers ta bye goodbye ok okay".split()
)


class Decision(NamedTuple):
    """What to do with a question, the hits to stand behind, and the question's words that no passage has."""

    status: Status
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether a line asks anything: not when it is empty, a greeting or thanks."""
    words = [token.text.lower() for token in tokens]
    greeting = any(word in _GREETING_CORE for word in words) and all(word in _GREETINGS for word in words)
    return bool(words) and not greeting


def decide(tokens: Sequence[Token], hits: Sequence[Hit], idf: Mapping[str, float]) -> Decision:
    """Decide about a question whose terms found hits, best first.

    idf: of the terms that the corpus has; a term that it does not have weighs as much as the rarest.
    """
    asked = list(dict.fromkeys(token.term for token in tokens if token.term))
    missing = tuple(dict.fromkeys(token.text for token in tokens if token.term and token.term not in idf))
    if not hits or not asked:
        return Decision(Status.NOT_IN_SOURCE, (), missing)
    rarest = max(idf.values())
    best = hits[0].passage
    held = {*terms(best.text), *(term for heading in best.path for term in terms(heading))}
    total = sum(idf.get(term, rarest) for term in asked)
    coverage = sum(idf.get(term, rarest) for term in asked if term in held) / total
    if coverage < MIN_COVERAGE:
        return Decision(Status.NOT_IN_SOURCE, (), missing)
    return Decision(Status.ANSWERED, tuple(hits), missing)
