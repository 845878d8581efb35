"""Known questions that are like a query, by the passages that they answer."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dnqa.index.field import Field
from dnqa.index.store import Store

WEIGHTS = (1.0, 0.5, 0.25)
"""How the nearest known questions of a passage count, nearest first."""
FIRST, NEXT, REST = 1.0, 0.9, 0.7
"""What a known question counts for the first of its passages, the next two, and the others."""
NO_ROW = -1
"""Stands for the passage of the known questions that the source does not answer."""
_N_NEXT = 2
_CHECKED_EVERY = 64  # known questions


class Near(NamedTuple):
    """How near a query is to known questions.

    number: of the nearest one, the first of several as near.
    best: how near that is, above 0 to 1.
    mean: the weighted mean of the nearest ones, 0 for those that there are too few of.
    """

    number: int
    best: float
    mean: float


class Neighbours:
    """Finds the nearest known questions, in plain Python."""

    def __init__(self, store: Store, questions: Field) -> None:
        self._questions = questions
        self._starts: list[int] = store.numbers("answers.starts").tolist() if questions.n_rows else [0]
        self._rows: list[int] = store.numbers("answers.rows").tolist() if questions.n_rows else []
        self._n_rows = len(set(self._rows)) + 1

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near | None]:
        """The known questions that are near, by the passages that they answer; and those that the source does not.

        query: weight by feature, before idf.
        """
        scores = self._questions.score(query)
        near: dict[int, list[tuple[float, int]]] = {}
        for n_seen, number in enumerate(sorted(range(len(scores)), key=scores.__getitem__, reverse=True)):
            similarity = scores[number]
            if similarity <= 0 or (n_seen % _CHECKED_EVERY == 0 and self._has_all(near, similarity)):
                break
            for place, row in enumerate(self._rows[self._starts[number] : self._starts[number + 1]] or (NO_ROW,)):
                found = near.setdefault(row, [])
                found.append((similarity * share_at(place), -number))
                if len(found) > len(WEIGHTS):
                    found.remove(min(found))
        nearest = {row: _sum_up(found) for row, found in near.items()}
        return nearest, nearest.pop(NO_ROW, None)

    def _has_all(self, near: Mapping[int, Sequence[tuple[float, int]]], similarity: float) -> bool:
        """Whether all passages have so many questions that are so near that none as similar as this is among them."""
        return len(near) == self._n_rows and all(
            len(found) == len(WEIGHTS) and min(found)[0] > similarity for found in near.values()
        )


def _sum_up(found: Iterable[tuple[float, int]]) -> Near:
    nearest = sorted(found, reverse=True)
    similarity, negated = nearest[0]
    return Near(-negated, similarity, weigh_nearest([similarity for similarity, _ in nearest]))


def weigh_nearest(similarities: Sequence[Any]) -> Any:
    """The weighted mean of the highest similarities, or of arrays of them."""
    return sum(weight * similarity for weight, similarity in zip(WEIGHTS, similarities, strict=False)) / sum(WEIGHTS)


def share_at(place: int) -> float:
    """What a known question counts for one of its passages, by the place among them, from 0."""
    return FIRST if place == 0 else NEXT if place <= _N_NEXT else REST
