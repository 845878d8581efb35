"""Known questions that are like a query, by the passages that they answer."""

from collections.abc import Mapping
from heapq import nlargest
from itertools import pairwise

from dnqa.index.field import Field
from dnqa.index.store import Store

NEAREST = 3
"""So many known questions of a passage speak for it."""
FIRST, NEXT, REST = 1.0, 0.9, 0.7
"""What a known question counts for the first of its passages, the next two, and the others."""

Near = list[tuple[float, int]]
"""Known questions: how near, and the number negated, so that of two as near the earlier is the greater."""


class Neighbours:
    """Finds the nearest known questions, in plain Python."""

    def __init__(self, store: Store, questions: Field) -> None:
        self._questions = questions
        self._answers: list[list[int]] = []
        if questions.n_rows:
            starts = store.numbers("answers.starts", "Q").tolist()
            rows = store.numbers("answers.rows", "I").tolist()
            self._answers = [rows[start:stop] for start, stop in pairwise(starts)]

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near]:
        """The NEAREST known questions of each passage that has any, nearest first; and of those without an answer.

        query: weight by feature, before idf.
        """
        near: dict[int, Near] = {}
        near_nothing: Near = []
        for number, similarity in enumerate(self._questions.score(query)):
            if similarity > 0:
                answers = self._answers[number]
                if not answers:
                    near_nothing.append((similarity, -number))
                for place, row in enumerate(answers):
                    near.setdefault(row, []).append((similarity * share_at(place), -number))
        return {row: nlargest(NEAREST, found) for row, found in near.items()}, nlargest(NEAREST, near_nothing)


def share_at(place: int) -> float:
    """What a known question counts for one of its passages, by the place among them, from 0."""
    return FIRST if place == 0 else NEXT if place < 3 else REST
