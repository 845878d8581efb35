"""Go through what is known of a corpus and nobody has agreed to yet: known questions and synonyms, one by one.

Every decision is written at once: into the line of the question, or as a comment above the line of the synonym, with
who made it and when.
"""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.errors import CorpusError, UsageError
from dnqa.library import Library
from dnqa.records import Passage
from dnqa.sources.folder import SYNONYMS_FILE
from dnqa.sources.knowledge import questions_path
from dnqa.sources.known_questions import name_passage, read_questions
from dnqa.sources.synonyms import OFF, check_line
from dnqa.teaching.lessons import require_own
from dnqa.text.analysis import normalise
from dnqa.text.characters import clean_line
from dnqa.text.files import read_utf8, write_aside

_MARK = "# reviewed "


class Item(NamedTuple):
    """Something to be reviewed.

    file: where it stands. line: its line, from 1. written: that line as it is.
    text: the question, or the synonym. passages: that answer the question.
    is_question: whether it is one, else it is a synonym.
    """

    file: Path
    line: int
    written: str
    text: str
    passages: tuple[Passage, ...]
    is_question: bool


def list_unreviewed(library: Library) -> list[Item]:
    """The known questions and the corpus's own synonyms that nobody has reviewed, in the order of their files.

    Raises UsageError if the corpus is not one's own, CorpusError for a file that is not in its format.
    """
    folder = require_own(library)
    items: list[Item] = []
    asked = questions_path(folder)
    if asked.is_file():
        by_id = {passage.id: passage for passage in library.passages}
        lines = _read_lines(asked)
        for found in read_questions(asked):
            if not found.reviewed:
                passages = tuple(by_id[name] for name, _ in found.answers if name in by_id)
                items.append(Item(asked, found.line, lines[found.line - 1], found.question, passages, True))
    own = folder / SYNONYMS_FILE
    lines = _read_lines(own) if own.is_file() else []
    for number, (above, line) in enumerate(zip(["", *lines], lines, strict=False), 1):
        text = clean_line(line)
        if text and not text.startswith(("#", OFF)) and not above.startswith(_MARK):
            items.append(Item(own, number, line, text, (), False))
    return items


class Reviewer:
    """Writes what a person decides.

    name: who that is, as it is written down.
    """

    def __init__(self, name: str, today: Callable[[], datetime.date] = datetime.date.today) -> None:
        """Raises UsageError for an empty name."""
        self.name = clean_line(name)
        if not self.name:
            raise UsageError("say who reviews: --by NAME")
        self._today = today

    def keep(self, item: Item) -> None:
        """Agree. Raises UsageError if the line was changed meanwhile, OSError if the file cannot be written."""
        self._replace(item, {}, item.text)

    def answer_by(self, item: Item, passages: tuple[Passage, ...]) -> None:
        """Agree to a question with other passages, none if the source does not answer it."""
        self._replace(item, {"passages": list(map(name_passage, passages))}, item.text)

    def reword(self, item: Item, text: str) -> None:
        """Agree to a question or synonym in other words. Raises UsageError, too, for words that are none."""
        worded = clean_line(text)
        if not normalise(worded):
            raise UsageError("that is empty; write it in words")
        if not item.is_question:
            try:
                check_line(worded)
            except CorpusError as error:
                raise UsageError(str(error)) from error
        self._replace(item, {"question": worded}, worded)

    def drop(self, item: Item) -> None:
        """Take it out of its file; the other lines keep their places."""
        _write_line(item, "")

    def _replace(self, item: Item, changes: dict[str, Any], synonym: str) -> None:
        today = self._today().isoformat()
        if item.is_question:
            record = json.loads(item.written) | changes
            record |= {"reviewed": True, "reviewed_by": self.name, "reviewed_on": today}
            _write_line(item, json.dumps(record, ensure_ascii=False))
        else:
            _write_line(item, f"{_MARK}{today} by {self.name}\n{synonym}")


def _read_lines(path: Path) -> list[str]:
    return read_utf8(path, CorpusError).split("\n")


def _write_line(item: Item, line: str) -> None:
    """Write another line, or two, in the place of an item's, which may have moved by what was written above it."""
    lines = _read_lines(item.file)
    places = [place for place, old in enumerate(lines) if old == item.written]
    if not places:
        raise UsageError(f"{item.file}, line {item.line} was changed meanwhile; begin the review again")
    place = min(places, key=lambda place: abs(place - item.line + 1))
    end = "\r" if item.written.endswith("\r") else ""
    lines[place] = line.rstrip("\r").replace("\n", f"{end}\n") + end
    write_aside(item.file, "\n".join(lines).encode())
