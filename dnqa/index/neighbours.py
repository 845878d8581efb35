"""Known questions that are like a query, by the passages that they answer."""

from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise
from typing import Any, NamedTuple

from dnqa.index.field import Field
from dnqa.index.store import Store

WEIGHTS = (1.0, 0.5, 0.25)
"""How the nearest known questions of a passage count, nearest first."""
FIRST, NEXT, REST = 1.0, 0.9, 0.7
"""What a known question counts for the first of its passages, the next two, and the others."""
_N_NEXT = 2


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
        self._answers: list[list[int]] = []
        if questions.n_rows:
            starts = store.numbers("answers.starts").tolist()
            rows = store.numbers("answers.rows").tolist()
            self._answers = [rows[start:stop] for start, stop in pairwise(starts)]

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near | None]:
        """The known questions that are near, by the passages that they answer; and those that the source does not.

        query: weight by feature, before idf.
        """
        near: dict[int, list[tuple[float, int]]] = {}
        near_nothing: list[tuple[float, int]] = []
        for number, similarity in enumerate(self._questions.score(query)):
            if similarity > 0:
                answers = self._answers[number]
                if not answers:
                    near_nothing.append((similarity, -number))
                for place, row in enumerate(answers):
                    near.setdefault(row, []).append((similarity * share_at(place), -number))
        return {row: _sum_up(found) for row, found in near.items()}, _sum_up(near_nothing) if near_nothing else None


def _sum_up(found: Iterable[tuple[float, int]]) -> Near:
    nearest = nlargest(len(WEIGHTS), found)
    similarity, negated = nearest[0]
    return Near(-negated, similarity, weigh_nearest([similarity for similarity, _ in nearest]))


def weigh_nearest(similarities: Sequence[Any]) -> Any:
    """The weighted mean of the highest similarities, or of arrays of them."""
    return sum(weight * similarity for weight, similarity in zip(WEIGHTS, similarities, strict=False)) / sum(WEIGHTS)


def share_at(place: int) -> float:
    """What a known question counts for one of its passages, by the place among them, from 0."""
    return FIRST if place == 0 else NEXT if place <= _N_NEXT else REST
