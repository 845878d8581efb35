"""Known questions that are like a query, by the passages that they answer."""

from array import array
from collections.abc import Mapping
from typing import NamedTuple

from dnqa.index import likeness
from dnqa.index.field import Field
from dnqa.index.store import Store

WEIGHTS = array("d", (1.0, 0.5, 0.25))
"""How the nearest known questions of a passage count, nearest first."""
SHARES = array("d", (1.0, 0.9, 0.9, 0.7))
"""What a known question counts for each of its passages, by its place; the last for all further ones."""


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
    """Finds the nearest known questions."""

    def __init__(self, store: Store, questions: Field, n_passages: int) -> None:
        self._questions = questions
        self._n_passages = n_passages
        if questions.n_rows:
            self._starts, self._rows = store.numbers("answers.starts"), store.numbers("answers.rows")

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near | None]:
        """The known questions that are near, by the passages that they answer; and those that the source does not.

        query: weight by feature, before idf.
        """
        if not self._questions.n_rows:
            return {}, None
        similarities = self._questions.score(query)
        nearest = likeness.Nearest(self._n_passages + 1, WEIGHTS)
        nearest.add(similarities, self._starts, self._rows, SHARES)
        near = {row: Near(number, best, mean) for row, number, best, mean in nearest.list_found()}
        return near, near.pop(self._n_passages, None)
