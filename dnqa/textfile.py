"""Read the text files that a person writes: UTF-8, and what is wrong said in one line."""

from pathlib import Path

from dnqa.errors import DnqaError


def read_utf8(path: Path, error: type[DnqaError]) -> str:
    """The text of a file, a byte order mark dropped.

    Raises the given error, naming the file, if it cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise error(f"{path}: {problem.strerror or problem}; name a file that can be read") from problem
    except UnicodeDecodeError as problem:
        raise error(f"{path}: byte {problem.start + 1} is not UTF-8; save the file as UTF-8") from problem
