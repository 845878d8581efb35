"""Measure how well a library answers questions whose right answers are known, and how far its probabilities hold."""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.errors import UsageError
from dnqa.records import Answer, Passage
from dnqa.text.characters import clean_line
from dnqa.text.files import read_utf8

ALL = "ALL"
_Z = 1.96
_BOUNDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
_RANKS = 3  # MRR and found@3 count a right passage among the first three


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with its right answers.

    question: as asked.
    kind: a label to count by.
    answers: ids of every passage that is right to show first; empty if refusing is right.
    """

    question: str
    kind: str
    answers: frozenset[str]


@dataclass(slots=True)
class Tally:
    """Counts over questions of a kind.

    n_answerable, n_unanswerable: how many.
    n_right, n_wrong, n_refused: of the answerable; together all of them.
    reciprocal_ranks: sum over the answerable of 1 / rank of the first right passage among three.
    n_found: answerable ones of which a right passage is among the first three answered, or the first three closest.
    n_false: unanswerable ones that were answered.
    """

    n_answerable: int = 0
    n_right: int = 0
    n_wrong: int = 0
    n_refused: int = 0
    reciprocal_ranks: float = 0.0
    n_found: int = 0
    n_unanswerable: int = 0
    n_false: int = 0

    @property
    def cost(self) -> int:
        """A wrong or false answer costs 3, a refusal 1."""
        return 3 * (self.n_wrong + self.n_false) + self.n_refused

    def add(self, answers: frozenset[str], given: Sequence[str], closest: Sequence[str] = ()) -> None:
        """Count one question: the right ids, those given, and those shown as closest to a refused one, best first."""
        if not answers:
            self.n_unanswerable += 1
            self.n_false += bool(given)
            return
        self.n_answerable += 1
        right = bool(given) and given[0] in answers
        self.n_right += right
        self.n_wrong += bool(given) and not right
        self.n_refused += not given
        self.n_found += not answers.isdisjoint((*given[:_RANKS], *closest[:_RANKS]))
        self.reciprocal_ranks += next((1 / rank for rank, found in enumerate(given[:_RANKS], 1) if found in answers), 0)

    def describe_certainty(self) -> str:
        """How far the shares may be off by chance: 95 % intervals, in one line."""
        shares = [("hit@1", self.n_right, self.n_answerable), ("wrong@1", self.n_wrong, self.n_answerable)]
        shares += [("found@3", self.n_found, self.n_answerable), ("false answers", self.n_false, self.n_unanswerable)]
        parts = []
        for name, n_of_it, n in shares:
            if n:
                low, high = find_interval(n_of_it, n)
                parts.append(f"{name} {low:.3f} to {high:.3f}")
        return f"95 % intervals: {', '.join(parts)}"

    def describe(self) -> str:
        """The shares, in one line."""
        parts = []
        if n := self.n_answerable:
            parts.append(
                f"n={n} hit@1={self.n_right / n:.3f} wrong@1={self.n_wrong / n:.3f} "
                f"refused={self.n_refused / n:.3f} MRR={self.reciprocal_ranks / n:.3f} found@3={self.n_found / n:.3f}"
            )
        if n := self.n_unanswerable:
            parts.append(f"n={n} false answers={self.n_false / n:.3f}")
        return " | ".join(parts)


def read_labelled(path: Path, passages: Sequence[Passage], names: Mapping[str, str]) -> list[LabelledQuestion]:
    """Read labelled questions, one JSON object a line: question, kind, answers.

    names: passage texts by the names that the answers may use beside ids.
    Raises UsageError, naming file and line, for a line that is none or an answer that is no passage.
    """
    ids = {passage.id for passage in passages}
    by_text = {passage.text: passage.id for passage in passages}
    questions = []
    for number, record in _read_records(path):
        answers = record.get("answers")
        if (
            not isinstance(record.get("question"), str)
            or not isinstance(answers, list)
            or not all(isinstance(answer, str) for answer in answers)
        ):
            raise UsageError(f'{path}, line {number}: write {{"question": "…", "kind": "…", "answers": ["…"]}}')
        found = {name if name in ids else by_text.get(clean_line(names.get(str(name), ""))) for name in answers}
        if None in found:
            raise UsageError(f"{path}, line {number}: an answer is no passage of this corpus; see 'dnqa passages'")
        questions.append(
            LabelledQuestion(record["question"], str(record.get("kind", "")), frozenset(filter(None, found)))
        )
    return questions


def read_names(path: Path) -> dict[str, str]:
    """Passage texts by name, from a file of {"id", "text"} lines."""
    return {
        str(record["id"]): str(record["text"]) for _, record in _read_records(path) if {"id", "text"} <= set(record)
    }


def _read_records(path: Path) -> Iterable[tuple[int, dict[str, Any]]]:
    lines = read_utf8(path, UsageError).split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UsageError(f"{path}, line {number}: not JSON; mend or remove the line") from error
            if not isinstance(record, dict):
                raise UsageError(f"{path}, line {number}: not a JSON object; mend or remove the line")
            yield number, record


def find_interval(n_of_it: int, n: int) -> tuple[float, float]:
    """Between what a share of n questions lies in 95 of 100 cases (Wilson 1927). n: from 1."""
    share, spread = n_of_it / n, _Z * _Z / n
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z / (1 + spread) * math.sqrt(share * (1 - share) / n + spread / (4 * n))
    return max(0.0, middle - reach), min(1.0, middle + reach)


class Weighed(NamedTuple):
    """What was weighed for a question.

    probability: that the best passage answers, 0 to 1; 1 if the question is known or names a number or a heading.
    is_right: whether it does. is_answerable: whether any does. may_answer: whether no rule keeps it from answering.
    """

    probability: float
    is_right: bool
    is_answerable: bool
    may_answer: bool


class Evaluation(NamedTuple):
    """What came of asking labelled questions.

    tallies: by kind; the last one, ALL, counts every question.
    weighed: by question, in their order. misses: the questions that were answered wrongly, with the answers, and those
        that were refused though they have an answer.
    """

    tallies: Mapping[str, Tally]
    weighed: Sequence[Weighed]
    misses: Sequence[tuple[str, Answer]] = ()

    def describe_reliability(self) -> list[str]:
        """A table, a line for each range of probabilities: of so many passages, how many are right."""
        lines = ["probability    n  mean  right"]
        for least, most in pairwise(_BOUNDS):
            found = [one for one in self.weighed if one.may_answer and least <= one.probability < most]
            if n := len(found):
                mean, right = sum(one.probability for one in found) / n, sum(one.is_right for one in found) / n
                lines.append(f"{least:.2f} to {min(1.0, most):.2f} {n:4} {mean:5.2f} {right:6.2f}")
        return lines

    def trace_curve(self) -> list[tuple[float, float]]:
        """Shares answered falsely and rightly, from answering nothing on to answering whatever no rule forbids."""
        n_answerable = sum(one.is_answerable for one in self.weighed) or 1
        n_unanswerable = len(self.weighed) - sum(one.is_answerable for one in self.weighed) or 1
        right = false = 0
        points = {0.0: (0.0, 0.0)}
        for one in sorted(self.weighed, key=lambda one: -one.probability):
            right += one.may_answer and one.is_right
            false += one.may_answer and not one.is_answerable
            points[-one.probability] = (false / n_unanswerable, right / n_answerable)  # the last of several as probable
        return list(points.values())


def evaluate(ask: Callable[[str], Answer], questions: Sequence[LabelledQuestion]) -> Evaluation:
    """Ask all questions, and count by kind."""
    return count_answers((ask(question.question) for question in questions), questions)


def count_answers(answers: Iterable[Answer], questions: Iterable[LabelledQuestion]) -> Evaluation:
    """Count the answers to some questions, in their order, by kind."""
    tallies: dict[str, Tally] = {}
    overall = Tally()
    weighed, misses = [], []
    for question, answer in zip(questions, answers, strict=True):
        given = [passage.id for passage in answer.passages]
        closest = [hit.passage.id for hit in answer.closest]
        for tally in (tallies.setdefault(question.kind, Tally()), overall):
            tally.add(question.answers, given, closest)
        weighed.append(_weigh(answer, question.answers))
        is_right = given[0] in question.answers if given else not question.answers
        misses += [] if is_right else [(question.question, answer)]
    return Evaluation({**tallies, ALL: overall}, weighed, misses)


def _weigh(answer: Answer, answers: frozenset[str]) -> Weighed:
    why = answer.why
    if why is None or why.weighed is None:  # a part of a line may be weighed, not the line
        is_right = bool(answer.passages) and answer.passages[0].id in answers
        return Weighed(float(bool(answer.passages)), is_right, bool(answers), may_answer=bool(answer.passages))
    return Weighed(dict(why.evidence)["probability"], why.weighed.id in answers, bool(answers), may_answer=not why.rule)
