"""What of a text the index weighs: its terms, pairs of neighbouring terms, and its stop words.

Pairs tell "nerve root" from "root ... nerve"; stop words tell "who does it" from "what does it
do" between a question and a known question. Both count less than terms.
"""

from collections.abc import Iterable, Sequence

from dnqa.text.analysis import Token, analyse

TERM_WEIGHT, PAIR_WEIGHT, STOP_WORD_WEIGHT = 1.0, 0.5, 0.5
"""Set by cross-validation on the development questions; 0.3 to 0.8 and 0.3 to 0.6 differ by less than their error."""

_PAIR, _STOP = "\t", "~"


def list_features(tokens: Sequence[Token]) -> list[str]:
    """Terms, pairs and stop words of a text, repeats kept; the three kinds cannot be confused."""
    features = []
    before = ""
    for token in tokens:
        if not token.term:
            features.append(_STOP + token.word)
            continue
        features.append(token.term)
        if before:
            features.append(f"{before}{_PAIR}{token.term}")
        before = token.term
    return features


def list_all_features(texts: Iterable[str]) -> list[str]:
    """The features of several texts; no pair reaches from one into the next."""
    return [feature for text in texts for feature in list_features(analyse(text))]


def list_terms(texts: Iterable[str]) -> list[str]:
    """The terms of several texts."""
    return [token.term for text in texts for token in analyse(text) if token.term]


def is_term(feature: str) -> bool:
    """Whether a feature is a term, not a pair or a stop word."""
    return feature[0] != _STOP and _PAIR not in feature


def weigh(feature: str) -> float:
    """How much a feature of this kind counts."""
    if feature[0] == _STOP:
        return STOP_WORD_WEIGHT
    return PAIR_WEIGHT if _PAIR in feature else TERM_WEIGHT
