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

_NO_ROW = -1  # of the known questions that the source does not answer


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
    """Finds the nearest known questions.

    In the index, by the number of a known question: answers.starts, where the passages that answer it begin; and
    answers.places, which these are among answers.passages, all that answer any.
    """

    def __init__(self, store: Store, questions: Field) -> None:
        self._questions = questions
        if questions.n_rows:
            self._starts, self._places = store.numbers("answers.starts"), store.numbers("answers.places")
            self._rows = [*store.numbers("answers.passages").tolist(), _NO_ROW]

    def find(self, query: Mapping[str, float]) -> tuple[dict[int, Near], Near | None]:
        """The known questions that are near, by the passages that they answer; and those that the source does not.

        query: weight by feature, before idf.
        """
        if not self._questions.n_rows:
            return {}, None
        nearest = likeness.Nearest(len(self._rows), WEIGHTS)
        nearest.add(self._questions.score(query), self._starts, self._places, SHARES)
        near = {self._rows[place]: Near(number, best, mean) for place, number, best, mean in nearest.list_found()}
        return near, near.pop(_NO_ROW, None)
