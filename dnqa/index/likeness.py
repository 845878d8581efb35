"""Compares many queries with known questions by numpy, to the same numbers as plain Python does."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from dnqa.index.arrays import Numbers, Postings
from dnqa.index.field import Field
from dnqa.index.neighbours import NO_ROW, WEIGHTS, Near, Neighbours, share_at, weigh_nearest
from dnqa.index.store import Store


class ArrayField(Field):
    """Rows of text that many queries are compared with."""

    def __init__(self, store: Store, name: str, n_rows: int, column: Callable[[str], int | None]) -> None:
        super().__init__(store, name, n_rows, column)
        self._arrays = lru_cache(1 << 13)(self._read_arrays)

    def _read_arrays(self, feature: str) -> Postings:
        rows, weights = self.read_postings(feature)
        return Postings(np.array(rows, np.intp), np.array(weights, np.float64))

    def add_up(self, query: Mapping[str, float]) -> Numbers:
        """The cosine of a query with every row, as Field.score."""
        shares = self.find_shares(query)
        if not shares:
            return np.zeros(self.n_rows)
        rows, weights = zip(*map(self._arrays, shares), strict=True)
        gained = np.concatenate(weights) * np.repeat(list(shares.values()), [len(part) for part in rows])
        return np.bincount(np.concatenate(rows), gained, self.n_rows)

    def score(self, query: Mapping[str, float]) -> list[float]:
        """The cosine of a query with every row, as Field.score."""
        scores: list[float] = self.add_up(query).tolist()
        return scores


class ArrayNeighbours(Neighbours):
    """Finds the nearest known questions among many."""

    def __init__(self, store: Store, questions: "ArrayField") -> None:
        super().__init__(store, questions)
        self._similar = questions
        answers = [
            (row, number, share_at(place))
            for number, (start, stop) in enumerate(pairwise(self._starts))
            for place, row in enumerate(self._rows[start:stop] or [NO_ROW])
        ]
        answers.sort(key=lambda answer: answer[:2])
        self._of, self._numbers, self._shares = (np.array(column) for column in zip(*answers, strict=True))
        self._begins = np.flatnonzero(np.concatenate([[True], self._of[1:] != self._of[:-1]]))
        self._group = np.cumsum(np.concatenate([[0], self._of[1:] != self._of[:-1]]))

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near | None]:
        """The known questions that are near, as Neighbours.find."""
        scores = self._similar.add_up(query).take(self._numbers) * self._shares
        nearest: Any = None
        best = []
        for _ in WEIGHTS:
            best.append(np.maximum.reduceat(scores, self._begins))
            places = (scores == best[-1].take(self._group)).nonzero()[0]
            places = places.take(places.searchsorted(self._begins))
            nearest = places if nearest is None else nearest
            scores[places] = 0.0
        found = zip(
            self._of.take(nearest).tolist(),
            self._numbers.take(nearest).tolist(),
            best[0].tolist(),
            weigh_nearest(best).tolist(),
            strict=True,
        )
        near = {row: Near(number, similarity, mean) for row, number, similarity, mean in found if similarity > 0}
        return near, near.pop(NO_ROW, None)
