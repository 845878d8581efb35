"""What a corpus knows besides its text: synonyms and known questions, which a clinic can read and edit."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dnqa.records import Passage
from dnqa.sources.folder import QUESTIONS_FILE, list_knowledge_files
from dnqa.sources.known_questions import KnownQuestion, WrittenQuestion, match_questions, read_questions
from dnqa.sources.synonyms import SynonymList, list_off, read_general, read_synonyms


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


@dataclass(frozen=True)
class WrittenKnowledge:
    """Synonyms and known questions as they were written, before the passages of the corpus are known.

    synonyms: the corpus's own over the general ones.
    questions: in file order.
    """

    synonyms: SynonymList
    questions: tuple[WrittenQuestion, ...] = ()

    def match(self, passages: Sequence[Passage]) -> Knowledge:
        """What is known, its questions with the passages of the corpus that they mean."""
        known = match_questions(self.questions, passages)
        problems = tuple((QUESTIONS_FILE, line, message) for line, message in known.problems)
        return Knowledge(self.synonyms, known.questions, problems)


def read_knowledge(path: Path) -> WrittenKnowledge:
    """Read what a corpus knows; a corpus of a single file has the general synonyms only.

    Raises CorpusError, naming file and line, for a file that is not in its format.
    """
    files = list_knowledge_files(path)
    if not files:
        return WrittenKnowledge(read_general())
    own, asked = files
    synonyms = read_synonyms(own).over(read_general(list_off(own))) if own.is_file() else read_general()
    return WrittenKnowledge(synonyms, read_questions(asked) if asked.is_file() else ())


def questions_path(path: Path) -> Path:
    """Where a corpus keeps its known questions."""
    return path / QUESTIONS_FILE
