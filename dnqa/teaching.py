"""Add known questions to a corpus of one's own, and make such a corpus from the shipped one."""

import datetime
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dnqa.asking.evidence import ALIKE
from dnqa.errors import UsageError
from dnqa.library import LONGEST_QUESTION, Library
from dnqa.sources.folder import shipped_path
from dnqa.sources.knowledge import questions_path
from dnqa.sources.known_questions import append_question
from dnqa.text.analysis import normalise
from dnqa.text.characters import clean_line


def teach(library: Library, question: str, ids: Sequence[str]) -> Path:
    """Add a question to the known questions of a library's corpus, with today's date and not reviewed.

    ids: of the passages that answer it, best first; none if the source does not answer.
    Returns the file. Raises UsageError if the corpus may not be written to, a passage is not
    there, or the question is empty or known; OSError if the file cannot be written.
    """
    corpus = library.corpus
    if not corpus.path.is_dir():
        raise UsageError(f"{corpus.path}: known questions belong to a folder; name a folder with --corpus")
    if corpus.path.resolve() == shipped_path().resolve():
        raise UsageError(
            "the shipped corpus is never written to; copy it with 'dnqa init FOLDER' and use --corpus FOLDER"
        )
    asked = clean_line(question)
    if not normalise(asked) or len(asked) > LONGEST_QUESTION:
        raise UsageError("the question is empty or too long; give one in a sentence")
    if any(normalise(known.question) == normalise(asked) for known in library.knowledge.questions):
        raise UsageError(f"the question is known already; change its line in {questions_path(corpus.path)}")
    by_id = {passage.id: passage for passage in library.passages}
    unknown = [wanted for wanted in ids if wanted not in by_id]
    if unknown:
        raise UsageError(f"no passage {unknown[0]} in this corpus; 'dnqa passages' lists them")
    path = questions_path(corpus.path)
    today = datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()
    append_question(path, asked, [by_id[wanted] for wanted in ids], added=today)
    return path


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


def copy_shipped(folder: Path) -> None:
    """Copy the shipped corpus to a new folder, aside first and then renamed.

    Raises UsageError if the folder is there already; OSError if it cannot be written.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".dnqa-", dir=folder.parent) as aside:
        copied = Path(aside) / "corpus"
        shutil.copytree(shipped_path(), copied)
        copied.rename(folder)
