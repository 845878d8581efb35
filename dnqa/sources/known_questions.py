"""Known questions: questions as people ask them, each with the passages that answer it, or none.

A corpus keeps them in questions.jsonl, one JSON object a line:

question  as people ask it
passages  a list of {"id", "opens"}: the passages that answer it, best first; empty if the source
          does not answer. `opens` is the first words of the passage, by which it is found again
          when an edit has changed its id.
added     the date, year first
reviewed  whether a clinician has agreed; reviewed_by and reviewed_on say who, and on which date
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.errors import CorpusError
from dnqa.records import Passage
from dnqa.text.analysis import split_words
from dnqa.text.characters import clean_line
from dnqa.text.files import hold, read_utf8, write_aside

_N_OPENING_WORDS = 10


@dataclass(frozen=True, slots=True)
class KnownQuestion:
    """A question that people ask.

    question: as they ask it.
    passages: ids of the passages that answer it, best first; () if the source does not answer.
    added: date, year first; "" if unknown.
    reviewed: whether a clinician has agreed.
    """

    question: str
    passages: tuple[str, ...]
    added: str
    reviewed: bool


class KnownQuestions(NamedTuple):
    """The known questions of a corpus, and what is wrong with the rest: line and message."""

    questions: tuple[KnownQuestion, ...]
    problems: tuple[tuple[int, str], ...]


class WrittenQuestion(NamedTuple):
    """A line of a file of known questions.

    line: its number, from 1.
    question: as people ask it.
    answers: id and first words of each passage that answers it, best first.
    added: date, year first; "" if unknown.
    reviewed: whether a clinician has agreed.
    """

    line: int
    question: str
    answers: tuple[tuple[str, str], ...]
    added: str
    reviewed: bool


def read_questions(path: Path) -> tuple[WrittenQuestion, ...]:
    """Read a file of known questions. Raises CorpusError, naming file and line, for a line that is none."""
    lines = read_utf8(path, CorpusError).split("\n")
    return tuple(_parse(line, number, path) for number, line in enumerate(lines, 1) if line.strip())


def match_questions(written: Sequence[WrittenQuestion], passages: Sequence[Passage]) -> KnownQuestions:
    """Known questions with the passages of a corpus that they mean.

    A passage whose id is gone is found again by its first words if exactly one passage has them, and
    reported; the question counts as not reviewed then. A passage that is not found is reported and
    never guessed; a question that has lost all its passages is left out.
    """
    by_id = {passage.id: passage for passage in passages}
    questions, problems = [], []
    said: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {}  # line and passages by the words of a question
    for line, question, answers, added, is_reviewed in written:
        ids = []
        reviewed = is_reviewed
        for name, opens in answers:
            found = find_passage(name, opens, by_id, passages)
            if found is None:
                problems.append((line, f'no passage {name} and none that opens "{opens}"'))
            elif found != name:
                problems.append((line, f"passage {name} is gone; {found} opens with the same words"))
                reviewed = False
            ids.append(found)
        known = tuple(dict.fromkeys(found for found in ids if found is not None))
        words = tuple(split_words(question))
        earlier = said.setdefault(words, (line, known))
        if earlier[1] != known:
            problems.append((line, f"says otherwise than line {earlier[0]}; remove one of the two"))
        if known or not ids:
            questions.append(KnownQuestion(question, known, added, reviewed))
    return KnownQuestions(tuple(questions), tuple(problems))


def _parse(line: str, number: int, path: Path) -> WrittenQuestion:
    place = f"{path}, line {number}"
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{place}: not JSON ({error}); mend or remove the line") from error
    answers = record.get("passages") if isinstance(record, dict) else None
    if (
        not isinstance(answers, list)
        or not isinstance(record.get("question"), str)
        or not record["question"].strip()
        or not isinstance(record.get("added", ""), str)
        or not isinstance(record.get("reviewed", False), bool)
        or not all(
            isinstance(answer, dict) and isinstance(answer.get("id"), str) and isinstance(answer.get("opens", ""), str)
            for answer in answers
        )
    ):
        raise CorpusError(f'{place}: write {{"question": "…", "passages": [{{"id": "…", "opens": "…"}}], …}}')
    return WrittenQuestion(
        number,
        clean_line(record["question"]),
        tuple((clean_line(answer["id"]), clean_line(answer.get("opens", ""))) for answer in answers),
        record.get("added", ""),
        record.get("reviewed", False),
    )


def find_passage(name: str, opens: str, by_id: Mapping[str, Passage], passages: Sequence[Passage]) -> str | None:
    """The id of the passage that a question names by its id and first words, None if it cannot be told."""
    found = by_id.get(name)
    if found is not None and found.text.startswith(opens):
        return found.id
    if not opens:
        return None
    same = [passage.id for passage in passages if passage.text.startswith(opens)]
    return same[0] if len(same) == 1 else None


def make_record(question: str, answers: Sequence[Passage], *, added: str) -> dict[str, Any]:
    """A question as a line of the file has it, not yet reviewed.

    answers: the passages that answer it, best first. added: the date, year first.
    """
    return {"question": question, "passages": list(map(name_passage, answers)), "added": added, "reviewed": False}


def name_passage(passage: Passage) -> dict[str, str]:
    """A passage as a question names it."""
    return {"id": passage.id, "opens": opening(passage)}


def append_records(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    """Append questions to a file of known questions, all or none, and none that somebody else appends is lost.

    Raises OSError if it cannot be written; the file is then as it was.
    """
    new = b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)
    with hold(path):
        old = path.read_bytes() if path.exists() else b""
        end = b"" if not old or old.endswith(b"\n") else b"\n"
        write_aside(path, old + end + new, is_shared=True)


def opening(passage: Passage) -> str:
    """The first words of a passage, enough to find it again."""
    return " ".join(passage.text.split()[:_N_OPENING_WORDS])
