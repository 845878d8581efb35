"""What is worth teaching: passages that no known question reaches, and what was refused again and again."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dnqa.errors import UsageError
from dnqa.library import Library
from dnqa.records import Passage, Status
from dnqa.text.characters import clean_line
from dnqa.text.files import read_utf8


class Refused(NamedTuple):
    """A question that was refused.

    times: how often. closest: the passage that comes closest, None if none is near.
    """

    question: str
    times: int
    closest: Passage | None


def find_untaught(library: Library) -> list[Passage]:
    """The passages that no known question is answered by, in document order."""
    taught = {name for known in library.knowledge.questions for name in known.passages}
    return [passage for passage in library.passages if passage.id not in taught]


def count_refused(library: Library, path: Path) -> list[Refused]:
    """The questions of a file of refused ones that are refused still, the most frequent first.

    path: as the desk keeps it, a question a line. Raises UsageError if it cannot be read.
    """
    lines = (clean_line(line) for line in read_utf8(path, UsageError).split("\n"))
    by_words: dict[str, list[str]] = {}
    for line in filter(None, lines):
        by_words.setdefault(line.casefold().rstrip(" ?.!"), []).append(line)
    found = []
    for asked in by_words.values():
        answer = library.ask(asked[0])
        if answer.status is Status.NOT_IN_SOURCE:
            wording = Counter(asked).most_common(1)[0][0]
            found.append(Refused(wording, len(asked), answer.closest[0].passage if answer.closest else None))
    return sorted(found, key=lambda refused: -refused.times)
