"""Rows of text as weighted features, compared with a query by their cosines.

The weights are scikit-learn's TF-IDF with sublinear counts (1 + ln tf) and smoothed idf; rows have Euclidean length 1.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from dnqa.features import is_term
from dnqa.index import likeness
from dnqa.index.store import Store

UNKNOWN = 0.4
"""What a term that a field does not have adds to the length of a query, as a share of the rarest
term's square: a question of unknown words is like nothing. From 0 to 1 hit@1 moves by 0.02."""
_CACHED = 1 << 13  # features of which it is remembered where they are

_Entry = tuple[float, tuple[int, int]]  # an idf, and where postings begin and end


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
        self._column = column
        self._find: Callable[[str], _Entry | None] = lru_cache(_CACHED)(self._read_entry)

    @cached_property
    def _rows(self) -> likeness.Rows:
        rows, weights = (self._store.numbers(f"{self._name}.{part}") for part in ("rows", "weights"))
        return likeness.Rows(rows, weights, self.n_rows)

    def _read_entry(self, feature: str) -> _Entry | None:
        column = self._column(feature)
        if column is None:
            return None
        return self._store.number(f"{self._name}.idf", column), self._store.span(f"{self._name}.starts", column)

    def load(self, columns: Iterable[tuple[str, int]]) -> None:
        """Read where all features are, for many questions. Raises DamagedIndexError.

        columns: features of this field with their numbers.
        """
        idfs = self._store.numbers(f"{self._name}.idf").tolist()
        starts = self._store.numbers(f"{self._name}.starts").tolist()
        self._find = {name: (idfs[n], (starts[n], starts[n + 1])) for name, n in columns}.get

    def idf(self, feature: str) -> float | None:
        """The inverse document frequency of a feature, scaled by the weight of its kind; None if no row has it."""
        found = self._find(feature)
        return found[0] if found else None

    def score(self, query: Mapping[str, float]) -> Sequence[float]:
        """The cosine of a query with every row, 0 to 1.

        query: weight by feature, before idf.
        """
        find = self._find
        spans, shares = [], []
        square = 0.0
        for feature, weight in query.items():
            found = find(feature)
            if found:
                idf, span = found
                share = weight * idf
                spans.append(span)
                shares.append(share)
                square += share * share
            elif is_term(feature):
                square += UNKNOWN * (weight * self.rarest) ** 2
        return self._rows.score(spans, shares, math.sqrt(square))


def smoothed_idf(n_rows: int) -> float:
    """The smoothed inverse document frequency of a feature that one of n rows has, as scikit-learn has it."""
    return math.log((1 + n_rows) / 2) + 1
