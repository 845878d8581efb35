"""What scores should be: slowly, from scikit-learn's own matrices, by their definitions."""

import math
from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from dnqa.index.counting import round_length
from dnqa.index.wordfield import (
    HEADING_SHARE,
    LENGTH_SHARE,
    PAIR_REACH,
    PAIR_SHARE,
    SATURATION,
    SYNONYM_SHARE,
    Weights,
)
from dnqa.records import Passage
from dnqa.sources.synonyms import Meanings
from dnqa.text.analysis import terms


def make_passages(texts: Sequence[str], headings: Sequence[Sequence[str]] = ()) -> list[Passage]:
    """Passages with some texts, under some headings."""
    paths = [tuple(above) for above in headings] or [()] * len(texts)
    return [
        Passage(f"p{row}", text, (), path[-1] if path else "", path, row + 1, row, row + 1)
        for row, (text, path) in enumerate(zip(texts, paths, strict=True))
    ]


def list_pairs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The unordered pairs of words that stand near enough to each other, repeats kept."""
    return [
        tuple(sorted(pair)) for reach in range(1, PAIR_REACH + 1) for pair in zip(words, words[reach:], strict=False)
    ]


def score_slowly(
    passages: Sequence[Passage], weights: Weights, meanings: Meanings, asked: Sequence[str]
) -> list[float]:
    """How much of a question each passage holds, from dense matrices of all terms and of all pairs."""
    held_terms, held_pairs = count_slowly(passages)
    total = np.zeros(len(passages))
    for word, weight in weights.items():
        held = held_terms.column(word)
        for meaning in meanings.get(word, ()):
            if meaning:
                least = np.minimum.reduce([held_terms.column(term) for term in meaning])
                held = np.maximum(held, SYNONYM_SHARE * least)
        total += weight * held
    for pair in list_pairs(asked):
        total += PAIR_SHARE * held_pairs.idf(pair) * held_pairs.column(pair)
    whole = sum(weights.values())
    return (total / whole).tolist() if whole else [0.0] * len(passages)


def count_slowly(passages: Sequence[Passage]) -> "tuple[Matrix, Matrix]":
    """How far each passage holds each term, and each pair of terms."""
    own = [terms(passage.text) for passage in passages]
    above = [[terms(heading) for heading in passage.path] for passage in passages]
    lengths = np.array([len(words) for words in own], float)
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / round_length(int(lengths.sum()), len(lengths)))
    pairs = [list_pairs(words) for words in own]
    pairs_above = [[list_pairs(words) for words in part] for part in above]
    return Matrix(own, above, damping), Matrix(pairs, pairs_above, damping)


class Matrix:
    """Saturated counts of features by scikit-learn's CountVectorizer."""

    def __init__(
        self,
        own: Sequence[Sequence[object]],
        above: Sequence[Sequence[Sequence[object]]],
        damping: np.ndarray,
    ) -> None:
        vectorizer = CountVectorizer(analyzer=list, dtype=np.float64)
        headings = [[feature for part in parts for feature in part] for parts in above]
        every = [[repr(feature) for feature in row] for row in (*own, *headings)]
        if not any(every):
            every[0] = ["nothing"]
        counted = vectorizer.fit_transform(every).toarray()
        counts = counted[: len(own)] + HEADING_SHARE * counted[len(own) :]
        self._shares = counts * (SATURATION + 1) / (counts + damping[:, None])
        self._shares[counts == 0] = 0.0
        self._columns = vectorizer.vocabulary_

    def column(self, feature: object) -> np.ndarray:
        """How far each passage holds a feature."""
        column = self._columns.get(repr(feature))
        return np.zeros(len(self._shares)) if column is None else self._shares[:, column]

    def idf(self, feature: object) -> float:
        """Robertson's inverse document frequency of a feature, 0 if no passage has it."""
        n = int((self.column(feature) > 0).sum())
        return math.log(1 + (len(self._shares) - n + 0.5) / (n + 0.5)) if n else 0.0
