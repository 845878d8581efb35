"""The general synonyms of a corpus: which there are, and which it goes without."""

from pathlib import Path
from typing import NamedTuple

from dnqa.errors import CorpusError, UsageError
from dnqa.library import Library
from dnqa.sources.folder import SYNONYMS_FILE
from dnqa.sources.synonyms import GENERAL_FILE, OFF, list_lines, list_off
from dnqa.teaching.lessons import require_own
from dnqa.text.files import read_utf8, write_aside


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
        text = read_utf8(path, CorpusError) if path.is_file() else ""
        line = f"{OFF} {wanted.text}"
        if on:
            kept = [old for old in text.split("\n") if " ".join(old.split()) != " ".join(line.split())]
            text = "\n".join(kept)
        else:
            text += f"{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n"
        write_aside(path, text.encode(), is_shared=True)
    return wanted._replace(is_on=on)
