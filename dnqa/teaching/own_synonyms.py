"""A corpus's own synonyms: which there are, and how one is added, changed and dropped.

They are lines of its synonyms file; whatever else stands there stays as it is.
"""

from pathlib import Path
from typing import NamedTuple

from dnqa.errors import CorpusError, UsageError
from dnqa.library import Library
from dnqa.sources.folder import SYNONYMS_FILE
from dnqa.sources.synonyms import OFF, check_line
from dnqa.teaching.lessons import require_own
from dnqa.teaching.lines import Line, append_line, read_lines, replace_line
from dnqa.text.characters import clean_line

REVIEWED = "# reviewed "
"""Begins a comment that says who agreed to the line below it, and when."""
_COMMENT = "#"


class OwnSynonym(NamedTuple):
    """A line of a corpus's own synonyms.

    line: where it stands. text: as it is written. is_reviewed: whether somebody has agreed to it.
    """

    line: Line
    text: str
    is_reviewed: bool


def list_own(path: Path) -> list[OwnSynonym]:
    """The own synonyms of a corpus, in the order of their file; none of a single file.

    Raises CorpusError for a synonyms file that cannot be read.
    """
    lines = read_lines(path / SYNONYMS_FILE)
    above = ["", *(line.written for line in lines)]
    return [
        OwnSynonym(line, text, before.startswith(REVIEWED))
        for before, line in zip(above, lines, strict=False)
        if (text := clean_line(line.written)) and not text.startswith((_COMMENT, OFF))
    ]


def read_synonym(typed: str) -> str:
    """A synonym as it is written, from what was typed. Raises UsageError, in one line, if it is none."""
    text = clean_line(typed)
    if text.startswith((_COMMENT, OFF)):
        raise UsageError(f'a synonym does not begin with "{_COMMENT if text.startswith(_COMMENT) else OFF}"')
    try:
        check_line(text)
    except CorpusError as error:
        raise UsageError(str(error)) from error
    return text


def add(library: Library, typed: str) -> str:
    """Add a synonym to a corpus of one's own, behind the others; as it was written.

    Raises UsageError if it is none or the corpus is not one's own, CorpusError or OSError if the file cannot be read
    or written.
    """
    folder = require_own(library)
    text = read_synonym(typed)
    append_line(folder / SYNONYMS_FILE, text)
    return text


def change(library: Library, synonym: OwnSynonym, typed: str) -> None:
    """Write a synonym otherwise, or drop it for ""; nobody has agreed to it then.

    Raises UsageError, too, if its line was changed meanwhile, else as `add` does.
    """
    require_own(library)
    text = read_synonym(typed) if typed.strip() else ""
    if text != synonym.text:
        replace_line(synonym.line, [text] if text else [], mark=REVIEWED)
