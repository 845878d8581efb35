"""Known questions that are like a query, by the passages that they answer."""

from array import array

from dnqa.index import likeness
from dnqa.index.field import Field
from dnqa.index.store import Store

WEIGHTS = array("d", (1.0, 0.5, 0.25))
"""How the nearest known questions of a passage count, nearest first."""
SHARES = array("d", (1.0, 0.9, 0.9, 0.7))
"""What a known question counts for each of its passages, by its rank; the last for all further ones."""
LAST_RANK = len(SHARES) - 1


class Neighbours:
    """Finds the nearest known questions.

    In the index:
    answers.passages   those that answer any known question, ascending
    By these, and behind them by no passage at all:
    answers.starts     where its questions begin
    answers.questions  numbers of the questions that it answers, ascending; of those that nothing answers
    answers.ranks      how many passages answer each of these better, a whole number of one byte, at most LAST_RANK
    """

    def __init__(self, store: Store, questions: Field) -> None:
        self._questions = questions
        if questions.n_rows:
            sections = [store.numbers(f"answers.{part}") for part in ("passages", "starts", "questions", "ranks")]
            self._answers = likeness.Answers(sections, WEIGHTS, SHARES)

    def find(self, query: dict[str, float]) -> likeness.Nearest | None:
        """The known questions that are near, None if there are none at all.

        query: weight by feature, before idf.
        """
        return self._answers.find_nearest(self._questions.score(query)) if self._questions.n_rows else None
