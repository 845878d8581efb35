"""Read the text files that a person writes, and write files that are the old one or the new one, never half of it."""

import os
import tempfile
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


def write_aside(path: Path, data: bytes) -> None:
    """Write a file aside and rename it: whatever happens, it is the old one or the new one.

    The permissions of an old file are kept, a new one is its owner's alone, and a link stays a link.
    Raises OSError if it cannot be written.
    """
    path = path.resolve()
    handle, aside = tempfile.mkstemp(prefix=".dnqa-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(aside, path.stat().st_mode & 0o777)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def append_line(path: Path, line: str) -> None:
    """Append a line to a text file, or begin one; a last line without its end gets one first.

    Raises OSError if it cannot be written; the file is then as it was.
    """
    old = path.read_bytes() if path.exists() else b""
    end = b"" if not old or old.endswith(b"\n") else b"\n"
    write_aside(path, old + end + line.encode() + b"\n")
