"""Rows of text as weighted features, compared with a query by their cosines.

The weights are scikit-learn's TF-IDF with sublinear counts (1 + ln tf) and smoothed idf; rows have Euclidean length 1.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from dnqa.index import loops
from dnqa.index.store import Store
from dnqa.text.features import is_term

UNKNOWN = 0.4
"""What a term that a field does not have adds to the length of a query, as a share of the rarest
term's square: a question of unknown words is like nothing. From 0 to 1 hit@1 moves by 0.02."""
_CACHED = 1 << 13  # features of which it is remembered where they are


class Field:
    """Rows of text that a query can be compared with.

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
        self.find: Callable[[str], int | None] = lru_cache(_CACHED)(column)
        """The number of a feature, None if no row has it."""
        self.idf = lru_cache(_CACHED)(self._read_idf)
        """The inverse document frequency of a feature, scaled by the weight of its kind; None if no row has it."""

    @cached_property
    def _idf(self) -> "memoryview[float]":
        return self._store.numbers(f"{self._name}.idf")

    @cached_property
    def _postings(self) -> tuple[Any, Any, Any]:
        starts, rows, weights = (self._store.numbers(f"{self._name}.{part}") for part in ("starts", "rows", "weights"))
        return starts, rows, weights

    def load(self, columns: Iterable[tuple[str, int]]) -> None:
        """Know all features, for many questions.

        columns: features of this field with their numbers.
        """
        self.find = dict(columns).get

    def _read_idf(self, feature: str) -> float | None:
        column = self.find(feature)
        return None if column is None else self._idf[column]

    def score(self, query: dict[str, float]) -> Sequence[float]:
        """The cosine of a query with every row, 0 to 1.

        query: weight by feature, before idf.
        """
        shares: dict[int, float] = {}
        square = 0.0
        for feature, weight in query.items():
            column = self.find(feature)
            if column is not None:
                shares[column] = share = weight * self._idf[column]
                square += share * share
            elif is_term(feature):
                square += UNKNOWN * self.rarest**2 * weight * weight
        length = square**0.5
        unit = {column: share / length for column, share in shares.items()}
        cosines: Sequence[float] = loops.measure_cosines(unit, *self._postings, self.n_rows)
        return cosines


def smoothed_idf(n_rows: int) -> float:
    """The smoothed inverse document frequency of a feature that one of n rows has, as scikit-learn has it."""
    return math.log((1 + n_rows) / 2) + 1
