"""Rows of text as weighted features, compared with a query by their cosines.

The weights are scikit-learn's TF-IDF with sublinear counts (1 + ln tf) and smoothed idf; rows have Euclidean length 1.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from dnqa.features import is_term
from dnqa.index.store import Store

UNKNOWN = 0.4
"""What a term that a field does not have adds to the length of a query, as a share of the rarest
term's square: a question of unknown words is like nothing. From 0 to 1 hit@1 moves by 0.02."""
_CACHED = 1 << 13  # features whose postings are remembered


class Field:
    """Rows of text that a query can be compared with, in plain Python.

    n_rows: how many.
    rarest: the idf of a term that occurs in one row.

    In the index, by the number of a feature: NAME.idf, its inverse document frequency, scaled by the weight of its
    kind; NAME.starts, where its postings begin; NAME.rows, ascending; NAME.weights.
    """

    def __init__(self, store: Store, name: str, n_rows: int, column: Callable[[str], int | None]) -> None:
        """Read a field.

        column: the number of a feature in this field, None if no row has it.
        """
        self.n_rows = n_rows
        self.rarest = smoothed_idf(n_rows) if n_rows else 1.0
        self._store = store
        self._name = name
        self._column = column
        self.idf = lru_cache(_CACHED)(self._read_idf)
        """The inverse document frequency of a feature, scaled by the weight of its kind; None if no row has it."""
        self.postings = lru_cache(_CACHED)(self._read_postings)
        """Rows of a feature that is there, ascending, and their weights."""

    def _read_idf(self, feature: str) -> float | None:
        column = self._column(feature)
        return None if column is None else self._store.number(f"{self._name}.idf", column)

    def _read_postings(self, feature: str) -> tuple[Sequence[int], Sequence[float]]:
        rows, weights = self.read_postings(feature)
        return rows.tolist(), weights.tolist()

    def read_postings(self, feature: str) -> tuple[memoryview, memoryview]:
        """Rows and weights of a feature as they lie in the index, both empty if no row has it."""
        column = self._column(feature)
        if column is None:
            return memoryview(b""), memoryview(b"")
        start, stop = self._store.span(f"{self._name}.starts", column)
        rows = self._store.numbers(f"{self._name}.rows", start, stop)
        return rows, self._store.numbers(f"{self._name}.weights", start, stop)

    def find_shares(self, query: Mapping[str, float]) -> dict[str, float]:
        """The weight of each feature of a query that the field has, once the query has length 1.

        query: weight by feature, before idf.
        """
        shares = {}
        square = 0.0
        for feature, weight in query.items():
            idf = self.idf(feature)
            if idf is not None:
                shares[feature] = share = weight * idf
                square += share * share
            elif is_term(feature):
                square += UNKNOWN * (weight * self.rarest) ** 2
        length = math.sqrt(square)
        return {feature: share / length for feature, share in shares.items()}

    def score(self, query: Mapping[str, float]) -> list[float]:
        """The cosine of a query with every row, 0 to 1.

        query: weight by feature, before idf.
        """
        scores = [0.0] * self.n_rows
        for feature, share in self.find_shares(query).items():
            for row, weight in zip(*self.postings(feature), strict=True):
                scores[row] += share * weight
        return scores


def smoothed_idf(n_rows: int) -> float:
    """The smoothed inverse document frequency of a feature that one of n rows has, as scikit-learn has it."""
    return math.log((1 + n_rows) / 2) + 1
