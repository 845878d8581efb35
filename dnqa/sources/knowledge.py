"""What a corpus knows besides its text: synonyms and known questions, which a clinic can read and edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dnqa.records import Passage
from dnqa.sources.corpus import QUESTIONS_FILE, SYNONYMS_FILE
from dnqa.sources.known_questions import KnownQuestion, read_questions
from dnqa.sources.synonyms import GENERAL_FILE, SynonymList, read_synonyms


@dataclass(frozen=True)
class Knowledge:
    """Synonyms and known questions of a corpus.

    synonyms: the corpus's own over the general ones.
    questions: in file order.
    problems: file name, line and message for what in them no longer fits the corpus.
    """

    synonyms: SynonymList
    questions: tuple[KnownQuestion, ...] = ()
    problems: tuple[tuple[str, int, str], ...] = ()


def read_knowledge(path: Path, passages: Sequence[Passage]) -> Knowledge:
    """Read what a corpus knows; a corpus of a single file has the general synonyms only.

    passages: of the corpus, if it has known questions.
    Raises CorpusError, naming file and line, for a file that is not in its format.
    """
    synonyms = read_synonyms(GENERAL_FILE)
    if not path.is_dir():
        return Knowledge(synonyms)
    own = path / SYNONYMS_FILE
    if own.is_file():
        synonyms = read_synonyms(own).over(synonyms)
    asked = questions_path(path)
    if not asked.is_file():
        return Knowledge(synonyms)
    known = read_questions(asked, passages)
    problems = tuple((QUESTIONS_FILE, line, message) for line, message in known.problems)
    return Knowledge(synonyms, known.questions, problems)


def questions_path(path: Path) -> Path:
    """Where a corpus keeps its known questions."""
    return path / QUESTIONS_FILE
