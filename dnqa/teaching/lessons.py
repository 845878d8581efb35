"""Add known questions to a corpus of one's own, and make such a corpus from the shipped one."""

import csv
import datetime
import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.asking.evidence import ALIKE
from dnqa.errors import CorpusError, UsageError
from dnqa.library import LONGEST_QUESTION, Library
from dnqa.sources.folder import shipped_path
from dnqa.sources.knowledge import questions_path
from dnqa.sources.known_questions import append_records, make_record, read_questions
from dnqa.teaching.lines import Line, read_lines, replace_line
from dnqa.text.analysis import split_words
from dnqa.text.characters import clean_line
from dnqa.text.files import read_utf8


class Lesson(NamedTuple):
    """A question to be taught.

    question: as people ask it. ids: of the passages that answer it, best first; none if the source does not.
    """

    question: str
    ids: tuple[str, ...]


def require_own(library: Library) -> Path:
    """The folder of a corpus of one's own, which may be written to. Raises UsageError for any other."""
    return require_own_folder(library.path)


def require_own_folder(path: Path) -> Path:
    """The folder of a corpus, if it is one's own; nothing of it is read. Raises UsageError as `require_own` does."""
    if not path.is_dir():
        raise UsageError(f"{path}: a single file takes no more; put it into a folder and name that with --corpus")
    if path.resolve() == shipped_path().resolve():
        raise UsageError(
            "the shipped corpus is never written to; copy it with 'dnqa init FOLDER' and use --corpus FOLDER"
        )
    return path


class Taught(NamedTuple):
    """A lesson that was added.

    question: as it was stored. line: where, and how.
    """

    question: str
    line: Line


def teach(library: Library, question: str, ids: Sequence[str]) -> Taught:
    """Add a question to the known questions of a library's corpus, as `teach_all` does."""
    path = teach_all(library, [Lesson(question, tuple(ids))])
    return Taught(clean_line(question), next(line for line in reversed(read_lines(path)) if line.written))


def take_back(taught: Taught) -> None:
    """Take a lesson out of the known questions again.

    Raises UsageError if its line is there no more as it was written, OSError if the file cannot be written.
    """
    if taught.line.written not in (line.written for line in read_lines(taught.line.file)):
        name = taught.line.file.name
        raise UsageError(f"“{taught.question}” was changed in {name} since it was taught; change it there")
    replace_line(taught.line, [])


def teach_all(library: Library, lessons: Sequence[Lesson]) -> Path:
    """Add questions to the known questions of a library's corpus, with today's date and not reviewed: all or none.

    Returns the file. Raises UsageError if the corpus may not be written to, or as `check_lessons` does; OSError if the
    file cannot be written.
    """
    path = questions_path(require_own(library))
    append_records(path, check_lessons(library, lessons))
    return path


def check_lessons(library: Library, lessons: Sequence[Lesson]) -> list[dict[str, Any]]:
    """The lines that lessons would be written as.

    Raises UsageError if a passage is not there, or a question is empty, known or twice among them.
    """
    known = {tuple(split_words(found.question)) for found in library.knowledge.questions}
    taught: set[tuple[str, ...]] = set()
    by_id = {passage.id: passage for passage in library.passages}
    today = datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()
    records = []
    for lesson in lessons:
        asked = clean_line(lesson.question)
        words = tuple(split_words(asked))
        if not words or len(asked) > LONGEST_QUESTION:
            raise UsageError("the question is empty or too long; give one in a sentence")
        named = "" if len(lessons) == 1 else f' "{asked}"'
        if words in known:
            raise UsageError(f"the question{named} is known already; change its line in {questions_path(library.path)}")
        if words in taught:
            raise UsageError(f"the question{named} is there twice; leave one of the two out")
        taught.add(words)
        if unknown := [wanted for wanted in lesson.ids if wanted not in by_id]:
            raise UsageError(f"no passage {clean_line(unknown[0])} in this corpus; 'dnqa passages' lists them")
        records.append(make_record(asked, [by_id[wanted] for wanted in lesson.ids], added=today))
    return records


NO_ANSWER = "none"
"""Stands for the passage in a table of lessons where the source does not answer."""


def read_lessons(path: Path) -> list[Lesson]:
    """Read many lessons: JSON Lines as in questions.jsonl, or CSV with the columns question and passage.

    In CSV a passage is an id, or several with spaces between, or "none" where the source does not answer; a row where
    it is empty is left out. Raises UsageError, naming file and line, for a line that is no lesson.
    """
    if path.suffix.lower() == ".jsonl":
        try:
            written = read_questions(path)
        except CorpusError as error:
            raise UsageError(str(error)) from error
        lessons = [Lesson(line.question, tuple(name for name, _ in line.answers)) for line in written]
    else:
        lessons = _read_table(path)
    if not lessons:
        raise UsageError(
            f'{path}: no question with a passage in this file; fill the passage in, an id or "{NO_ANSWER}"'
        )
    return lessons


def _read_table(path: Path) -> list[Lesson]:
    rows = csv.DictReader(read_utf8(path, UsageError).splitlines())
    rows.fieldnames = [name.strip().lower() for name in rows.fieldnames or ()]
    if not {"question", "passage"} <= set(rows.fieldnames):
        raise UsageError(f'{path}, line 1: name the columns "question" and "passage"')
    lessons = []
    try:
        for row in rows:
            question, passage = row["question"] or "", re.split(r"[\s;]+", (row["passage"] or "").strip())
            if passage == [""]:
                continue
            if not question.strip():
                raise UsageError(f"{path}, line {rows.line_num}: a passage without a question; write both")
            is_none = [name.lower() for name in passage] == [NO_ANSWER]
            lessons.append(Lesson(question, () if is_none else tuple(passage)))
    except csv.Error as error:
        raise UsageError(f"{path}, line {rows.line_num}: {error}; mend or remove the line") from error
    return lessons


def find_affected(library: Library, question: str, ids: Sequence[str]) -> list[str]:
    """The known questions with another answer that are so like a new one that it may change their paraphrases.

    ids: of the passages that answer the new one; none if the source does not answer.
    """
    alike = set(library.list_alike(clean_line(question), ALIKE))
    return [
        known.question
        for known in library.knowledge.questions
        if known.question in alike and (known.passages or ids) and not set(known.passages).intersection(ids)
    ]


_MOST_AFFECTED = 5


def describe_affected(known: Sequence[str]) -> list[str]:
    """What a lesson may change, in lines.

    known: the questions, as `find_affected` gives them; the first of many are named, and the others counted.
    """
    if not known:
        return ["Changes nothing about the known questions."]
    named = [f"  “{clean_line(question)}”" for question in known[:_MOST_AFFECTED]]
    n_others = len(known) - len(named)
    others = [f"  and {n_others:,} {'other' if n_others == 1 else 'others'}"] if n_others else []
    return ["May change what is answered to other wordings of:", *named, *others]


def copy_shipped(folder: Path) -> None:
    """Copy the shipped corpus to a new folder, aside first and then renamed.

    Raises UsageError if the folder is there already; OSError if it cannot be written.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already; open it with --corpus, or name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".dnqa-", dir=folder.parent) as aside:
        copied = Path(aside) / "corpus"
        shutil.copytree(shipped_path(), copied)
        copied.rename(folder)
