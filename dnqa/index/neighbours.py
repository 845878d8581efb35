"""Known questions that are like a query, by the passages that they answer."""

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dnqa.index import loops
from dnqa.index.field import Field
from dnqa.index.store import Store

WEIGHTS = array("d", (1.0, 0.5, 0.25))
"""How the nearest known questions of a passage count, nearest first."""
SHARES = array("d", (1.0, 0.9, 0.9, 0.7))
"""What a known question counts for each of its passages, by its rank; the last for all further ones."""
LAST_RANK = len(SHARES) - 1


class Nearest(NamedTuple):
    """How near known questions are to a query, by the passages that they answer.

    places: where a passage stands in the three that follow, for each that answers any known question, ascending; the
        last place in them is of questions that the source does not answer.
    bests: the similarity of the nearest question, 0 if none is near.
    means: the weighted mean of the nearest questions, where one that is missing counts as 0.
    numbers: the nearest question, the first of several as near.
    """

    places: Mapping[int, int]
    bests: Sequence[float]
    means: Sequence[float]
    numbers: Sequence[int]


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
            self._places = {row: place for place, row in enumerate(store.numbers("answers.passages"))}
            starts, numbers, ranks = (store.numbers(f"answers.{part}") for part in ("starts", "questions", "ranks"))
            self._answers = starts, numbers, ranks

    def list_alike(self, query: dict[str, float], least: float) -> list[int]:
        """Numbers of the known questions whose cosine with a query is at least so much, the nearest first."""
        if not self._questions.n_rows:
            return []
        similarities = self._questions.score(query)
        alike = [number for number, cosine in enumerate(similarities) if cosine >= least]
        return sorted(alike, key=lambda number: -similarities[number])

    def find(self, query: dict[str, float]) -> Nearest | None:
        """The known questions that are near, None if there are none at all.

        query: weight by feature, before idf.
        """
        if not self._questions.n_rows:
            return None
        similarities = self._questions.score(query)
        return Nearest(self._places, *loops.find_nearest(similarities, self._answers, SHARES, WEIGHTS))
