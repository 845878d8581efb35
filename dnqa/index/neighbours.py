"""Known questions that are like a query, by the passages that they answer."""

from array import array
from collections.abc import Mapping

from dnqa.index import likeness
from dnqa.index.field import Field
from dnqa.index.store import Store

WEIGHTS = array("d", (1.0, 0.5, 0.25))
"""How the nearest known questions of a passage count, nearest first."""
SHARES = array("d", (1.0, 0.9, 0.9, 0.7))
"""What a known question counts for each of its passages, by its place; the last for all further ones."""


class Neighbours:
    """Finds the nearest known questions.

    In the index, by the number of a known question: answers.starts, where the passages that answer it begin; and
    answers.places, which these are among answers.passages, all that answer any.
    """

    def __init__(self, store: Store, questions: Field) -> None:
        self._questions = questions
        if questions.n_rows:
            starts, places = store.numbers("answers.starts"), store.numbers("answers.places")
            passages = array("I", store.numbers("answers.passages"))
            self._answers = likeness.Answers(starts, places, passages, WEIGHTS, SHARES)

    def find(self, query: Mapping[str, float]) -> likeness.Nearest | None:
        """The known questions that are near, None if there are none at all.

        query: weight by feature, before idf.
        """
        return self._answers.find_nearest(self._questions.score(query)) if self._questions.n_rows else None
