"""Read the text files that a person writes, and write files that are the old one or the new one, never half of it."""

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dnqa.errors import DnqaError, UsageError
from dnqa.text.characters import clean_line

_PATIENCE = 10  # seconds until a file that somebody else is changing is given up


def read_utf8(path: Path, error: type[DnqaError]) -> str:
    """The text of a file, a byte order mark dropped.

    Raises the given error, naming the file, if it cannot be read or is not UTF-8.
    """
    return decode_utf8(path, read_data(path, error), error)


def read_data(path: Path, error: type[DnqaError]) -> bytes:
    """The bytes of a file. Raises the given error, naming the file, if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as problem:
        raise error(f"{path}: {problem.strerror or problem}; name a file that can be read") from problem


def decode_utf8(path: Path, data: bytes, error: type[DnqaError]) -> str:
    """The text of the bytes of a file, as `read_utf8` gives it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise error(f"{path}: byte {problem.start + 1} is not UTF-8; save the file as UTF-8") from problem


def write_aside(path: Path, data: bytes, *, is_shared: bool = False) -> None:
    """Write a file aside and rename it: whatever happens, it is the old one or the new one.

    The permissions of an old file are kept, a new one is its owner's alone, and a link stays a link.
    is_shared: a new file may be read by whom the system lets read new files. Raises OSError if it cannot be written.
    """
    import tempfile

    path = path.resolve()
    aside = None
    try:
        handle, aside = tempfile.mkstemp(prefix=".dnqa-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(aside, path.stat().st_mode & 0o777)
        elif is_shared:
            os.chmod(aside, 0o666 & ~_read_mask())
        os.replace(aside, path)
    except BaseException as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        if isinstance(error, OSError):  # about the file that was meant, not the one aside
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Let nobody else change a file that is read, changed and written, on this computer or another that shares it.

    It is held by a hidden file beside it, which stays. Raises OSError if that cannot be, or takes too long.
    """
    from filelock import FileLock, Timeout

    path = path.resolve()
    try:
        lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE, mode=0o666)
        lock.acquire()
    except Timeout as error:
        raise OSError(errno.EBUSY, "somebody else is changing it; try again", str(path)) from error
    except NotImplementedError as error:  # a file system that knows no locks
        raise OSError(errno.ENOTSUP, "two could change it at a time there; put it elsewhere", str(path)) from error
    try:
        yield
    finally:
        lock.release()


def _read_mask() -> int:
    """The permissions that the system takes from new files."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_TAKEN = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[1-9¹²³])(?=\.|$)", re.I)
_LONGEST_STEM = 100  # characters: within the 255 bytes that systems take, whatever the letters


def name_for_all(name: str) -> str:
    """A file name as near to this one as every system takes, Windows too: one part of a path, never hidden."""
    plain = _FORBIDDEN.sub("-", clean_line(name)).strip(" .")
    stem, dot, suffix = plain.rpartition(".") if "." in plain else (plain, "", "")
    plain = f"{stem[: _LONGEST_STEM - len(suffix)].rstrip(' .')}{dot}{suffix[:_LONGEST_STEM]}" or "document"
    return f"_{plain}" if _TAKEN.match(plain) else plain


def read_path(typed: str) -> Path:
    """A file as a person names it, "~" for their own folder. Raises UsageError if nothing can have that name."""
    path = read_folder(typed)
    if not path.resolve().name or path.is_dir():
        raise UsageError(f"{clean_line(typed)} is a folder; name a file in it")
    return path


def read_folder(typed: str) -> Path:
    """A folder, there or not, as a person names it; else as `read_path`."""
    try:
        path = Path(typed).expanduser()
        path.resolve().is_dir()
        if sys.platform == "win32" and (_FORBIDDEN.search(path.name) or _TAKEN.match(path.name)):
            raise ValueError(path.name)  # a device, or a stream that no folder shows
    except (RuntimeError, ValueError, OSError) as error:  # "~nobody", a NUL, a name that is too long
        raise UsageError(f"no file can be called '{clean_line(typed)}'; give another name") from error
    return path
