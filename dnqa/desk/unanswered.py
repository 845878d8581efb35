"""Keep the questions that the source does not answer, in a file that the user names, masked."""

from pathlib import Path

from dnqa.analysis import split_words
from dnqa.answers import Answer, Status
from dnqa.desk.masking import mask
from dnqa.errors import UsageError
from dnqa.library import Library
from dnqa.spelling import words_of
from dnqa.textfile import append_line


class Unanswered:
    """A file of refused questions, one a line, digits and likely names masked.

    path: where they go.
    """

    def __init__(self, path: Path) -> None:
        """Raises UsageError, in one line, if the file cannot be written to."""
        if path.is_dir() or not path.resolve().parent.is_dir():
            raise UsageError(f"{path}: no file can be written there; name a file in a folder that exists")
        try:
            path.open("ab").close()
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}; name a file that can be written") from error
        self.path = path

    def add(self, answer: Answer, library: Library) -> None:
        """Keep the question of an answer if it was refused. Raises OSError if the file cannot be written."""
        if answer.status is not Status.NOT_IN_SOURCE:
            return
        known = library.knowledge
        own = frozenset(words_of(text for passage in library.passages for text in (*passage.path, passage.text)))
        words = own | known.synonyms.words

        def is_known(word: str) -> bool:
            return all(part in words for part in split_words(word))

        append_line(self.path, mask(answer.question, is_known))
