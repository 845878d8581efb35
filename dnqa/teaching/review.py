"""Go through what is known of a corpus and nobody has agreed to yet: known questions and synonyms, one by one.

Every decision is written at once: into the line of the question, or as a comment above the line of the synonym, with
who made it and when.
"""

import datetime
import json
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from dnqa.errors import UsageError
from dnqa.library import Library
from dnqa.records import Passage
from dnqa.sources.knowledge import questions_path
from dnqa.sources.known_questions import find_passage, name_passage, read_questions
from dnqa.teaching.lessons import require_own
from dnqa.teaching.lines import Line, read_lines, replace_line
from dnqa.teaching.own_synonyms import REVIEWED, list_own, read_synonym
from dnqa.text.analysis import normalise
from dnqa.text.characters import clean_line


class Item(NamedTuple):
    """Something to be reviewed.

    line: where it stands. text: the question, or the synonym.
    passages: that answer the question. lost: the first words of those that it names and that are not there.
    is_question: whether it is one, else it is a synonym.
    """

    line: Line
    text: str
    passages: tuple[Passage, ...] = ()
    lost: tuple[str, ...] = ()
    is_question: bool = False


def list_unreviewed(library: Library) -> list[Item]:
    """The known questions and the corpus's own synonyms that nobody has reviewed, in the order of their files.

    Raises UsageError if the corpus is not one's own, CorpusError for a file that is not in its format.
    """
    folder = require_own(library)
    items: list[Item] = []
    asked = questions_path(folder)
    if asked.is_file():
        by_id = {passage.id: passage for passage in library.passages}
        lines = read_lines(asked)
        for known in read_questions(asked):
            if not known.reviewed:
                found = [find_passage(*named, by_id, library.passages) for named in known.answers]
                lost = tuple(
                    opens or name for (name, opens), there in zip(known.answers, found, strict=True) if not there
                )
                passages = tuple(by_id[name] for name in dict.fromkeys(filter(None, found)))
                items.append(Item(lines[known.line - 1], known.question, passages, lost, is_question=True))
    return items + [Item(own.line, own.text) for own in list_own(folder) if not own.is_reviewed]


def guess_name() -> str:
    """The name under which somebody is at this computer, "" if it has none."""
    return next(filter(None, map(os.environ.get, ("USER", "USERNAME", "LOGNAME"))), "")


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
            worded = read_synonym(text)
        self._replace(item, {"question": worded}, worded)

    def drop(self, item: Item) -> None:
        """Take it out of its file; the other lines keep their places."""
        replace_line(item.line, [""])

    def _replace(self, item: Item, changes: dict[str, Any], synonym: str) -> None:
        today = self._today().isoformat()
        if item.is_question:
            record = json.loads(item.line.written) | changes
            record |= {"reviewed": True, "reviewed_by": self.name, "reviewed_on": today}
            replace_line(item.line, [json.dumps(record, ensure_ascii=False)])
        else:
            replace_line(item.line, [f"{REVIEWED}{today} by {self.name}", synonym])
