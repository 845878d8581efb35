"""Lines of the files that a person writes, each of which may have moved, or been changed, since it was read."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dnqa.errors import CorpusError, UsageError
from dnqa.text.files import hold, read_utf8, write_aside


class Line(NamedTuple):
    """A line as it was read.

    file: where it stands. number: its place there, from 1. written: what it says, without its end.
    """

    file: Path
    number: int
    written: str


def read_lines(path: Path) -> list[Line]:
    """The lines of a file, the empty one behind its last end among them; [] if there is no file.

    Raises CorpusError, naming the file, if it cannot be read or is not UTF-8.
    """
    if not path.is_file():
        return []
    return [Line(path, number, written) for number, written in enumerate(read_utf8(path, CorpusError).split("\n"), 1)]


def replace_line(line: Line, new: Sequence[str], *, mark: str = "") -> None:
    """Write other lines in the place of one, none to take it out; the rest of the file stays as it is.

    mark: how a line begins that belongs to the one below it; such a line right above goes, too.
    Raises UsageError if the line is there no more as it was read, OSError if the file cannot be written.
    """
    with hold(line.file):
        lines = [found.written for found in read_lines(line.file)]
        places = [place for place, written in enumerate(lines) if written == line.written]
        if not places:
            raise UsageError(f"{line.file}, line {line.number} was changed meanwhile; begin again")
        end = min(places, key=lambda place: abs(place - line.number + 1)) + 1
        start = end - 2 if mark and end > 1 and lines[end - 2].startswith(mark) else end - 1
        lines[start:end] = [written.rstrip("\r") + "\r" * line.written.endswith("\r") for written in new]
        write_aside(line.file, "\n".join(lines).encode())


def append_line(path: Path, written: str) -> None:
    """Write a line behind the last one of a file, which may be new.

    Raises CorpusError if the file cannot be read, OSError if it cannot be written.
    """
    with hold(path):
        text = read_utf8(path, CorpusError) if path.is_file() else ""
        end = "\r\n" if "\r\n" in text else "\n"
        text += f"{'' if not text or text.endswith(chr(10)) else end}{written}{end}"
        write_aside(path, text.encode(), is_shared=True)
