"""Keep the questions that the source does not answer, in a file that the user names, masked."""

import errno
import os
from pathlib import Path

from dnqa.desk.masking import mask
from dnqa.errors import UsageError
from dnqa.library import Library
from dnqa.records import Answer, Status
from dnqa.text.analysis import split_words


class Unanswered:
    """A file of refused questions, one a line, digits and likely names masked.

    path: where they go.
    """

    def __init__(self, path: Path) -> None:
        """Raises UsageError, in one line, if the file cannot be written to."""
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} is no file that questions can be added to; name another")
        try:
            with open(path, "a+b", buffering=0, opener=_open_for_owner) as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
                if file.read(1) not in (b"", b"\n"):  # a last line without its end
                    file.write(b"\n")
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror or error}; name a file in a folder that exists") from error
        self.path = path

    def add(self, answer: Answer, library: Library) -> None:
        """Keep the question of an answer if it was refused.

        Several desks may share the file: each line is one write at its end. Raises OSError if it cannot be written.
        """
        for part in answer.parts or (answer,):
            if part.status is Status.NOT_IN_SOURCE:
                self._add(part, library)

    def _add(self, answer: Answer, library: Library) -> None:

        def is_known(word: str) -> bool:
            return all(map(library.knows, split_words(word)))

        line = mask(answer.question, is_known).encode() + b"\n"
        with open(self.path, "ab", buffering=0, opener=_open_for_owner) as file:
            if file.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))


def _open_for_owner(path: str, flags: int) -> int:
    """Open a file that, if it is new, only its owner may read."""
    return os.open(path, flags, 0o600)
