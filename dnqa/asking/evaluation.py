"""Measure how well a library answers questions whose right answers are known."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dnqa.errors import UsageError
from dnqa.records import Answer, Passage
from dnqa.text.characters import clean_line
from dnqa.text.files import read_utf8

ALL = "ALL"
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


def evaluate(ask: Callable[[str], Answer], questions: Iterable[LabelledQuestion]) -> dict[str, Tally]:
    """Ask all questions and count by kind; the last entry, ALL, counts every one."""
    tallies: dict[str, Tally] = {}
    overall = Tally()
    for question in questions:
        answer = ask(question.question)
        given = [passage.id for passage in answer.passages]
        closest = [hit.passage.id for hit in answer.closest]
        for tally in (tallies.setdefault(question.kind, Tally()), overall):
            tally.add(question.answers, given, closest)
    return {**tallies, ALL: overall}
