"""The general synonyms of a corpus: which there are, and which it goes without."""

from pathlib import Path
from typing import NamedTuple

from dnqa.errors import UsageError
from dnqa.library import Library
from dnqa.sources.folder import SYNONYMS_FILE
from dnqa.sources.synonyms import GENERAL_FILE, OFF, list_lines, list_off
from dnqa.teaching.lessons import require_own
from dnqa.teaching.lines import append_line, read_lines, replace_line


class GeneralSynonym(NamedTuple):
    """A line of the general synonyms.

    number: from 1, as they are listed. text: as it is written. is_on: whether the corpus uses it.
    """

    number: int
    text: str
    is_on: bool


def list_general(path: Path) -> list[GeneralSynonym]:
    """The general synonyms in their order, for a corpus. Raises CorpusError for a synonyms file that is none."""
    own = path / SYNONYMS_FILE
    off = list_off(own) if own.is_file() else frozenset()
    lines = (text for _, text in list_lines(GENERAL_FILE))
    return [GeneralSynonym(number, text, text not in off) for number, text in enumerate(lines, 1)]


def switch(library: Library, number: int, *, on: bool) -> GeneralSynonym:
    """Use a general synonym in a corpus of one's own, or go without it; it is written into its synonyms file.

    Raises UsageError if there is no such number or the corpus is not one's own, OSError if it cannot be written.
    """
    path = require_own(library) / SYNONYMS_FILE
    listed = list_general(path.parent)
    if not 1 <= number <= len(listed):
        raise UsageError(f"there is no general synonym {number}; 'dnqa synonyms' lists 1 to {len(listed)}")
    wanted = listed[number - 1]
    if wanted.is_on != on:
        written = f"{OFF} {wanted.text}"
        if on:
            for line in read_lines(path):
                if line.written.split() == written.split():
                    replace_line(line, [])
        else:
            append_line(path, written)
    return wanted._replace(is_on=on)
