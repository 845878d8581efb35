"""Standard input as questions, standard output as UTF-8, whatever the locale and the platform."""

import os
import signal
import sys
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from dnqa.library import LONGEST_QUESTION
from dnqa.rendering import encode

_LONGEST = 4 * LONGEST_QUESTION + 16  # bytes: more than a question of the longest kind has in UTF-8
_READ = 1 << 20  # bytes at a time, if there are so many
_MANY = 1 << 12  # bytes: whoever sends so many at once is likely to send more
_PATIENCE = 0.01  # seconds that more is waited for then; a pipe holds less than a file
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def is_terminal(stream: object) -> bool:
    """Whether a standard stream is a terminal; a closed one is not."""
    try:
        return bool(stream.isatty())  # type: ignore[attr-defined]  # standard streams may be None
    except (AttributeError, ValueError):
        return False


def read_questions(stream: BinaryIO) -> Iterator[str]:
    """The lines of a stream as they come, as `read_batches` gives them."""
    return chain.from_iterable(read_batches(stream))


def read_batches(stream: BinaryIO) -> Iterator[list[str]]:
    """The lines of a stream, those together that are there at a time, without line ends.

    Bad UTF-8 and NUL become U+FFFD, a byte order mark is dropped. Of a line longer than a
    question may be, enough is given to see that it is too long; the rest is skipped unread.
    """
    line = b""
    is_first = True
    while data := _read(stream):
        *lines, line = map(_cut, (line + data).split(b"\n"))
        if lines and is_first:
            lines[0] = lines[0].removeprefix(_BYTE_ORDER_MARK)
            is_first = False
        if lines:
            yield list(map(_decode, lines))
    if line:
        yield [_decode(line.removeprefix(_BYTE_ORDER_MARK) if is_first else line)]


def _read(stream: BinaryIO) -> bytes:
    """What is there, b"" at the end: where much is, as much as comes in large pieces without a pause."""
    piece: bytes = stream.read1(_READ)  # type: ignore[attr-defined]  # binary streams have it
    data = piece
    while len(piece) >= _MANY and len(data) < _READ and _has_more(stream):
        piece = stream.read1(_READ - len(data))  # type: ignore[attr-defined]  # as above
        data += piece
    return data


def _has_more(stream: BinaryIO) -> bool:
    """Whether more comes within moments; where that cannot be known, as of pipes on Windows, it is not waited for."""
    import select

    try:
        return bool(select.select([stream], [], [], _PATIENCE)[0])
    except (OSError, ValueError, TypeError):
        return False


def _cut(line: bytes) -> bytes:
    """A line that is not endless; a character may be cut, but the line is too long anyway."""
    if len(line) <= _LONGEST:
        return line
    return line[:_LONGEST] + (b"..." if line[_LONGEST:].strip() else b"")


def _decode(line: bytes) -> str:
    return line.decode("utf-8", "replace").replace("\0", "\ufffd").rstrip("\r\n")


def write(text: str) -> None:
    """Write a text and a line end to standard output at once, as `write_data` does."""
    write_data(encode(text + "\n"))


def write_data(data: bytes) -> None:
    """Write a text in UTF-8 to standard output at once.

    Raises BrokenPipeError if nobody reads it, or it was closed from the start.
    """
    if sys.stdout is None:
        raise BrokenPipeError
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """Write one line to standard error."""
    try:
        sys.stderr.buffer.write(encode(f"dnqa: {message}\n"))
        sys.stderr.buffer.flush()
    except (OSError, AttributeError, ValueError):
        pass  # nobody listens: the exit code says it


def close_quietly() -> None:
    """Let go of a standard output that nobody reads, so that the interpreter does not complain at exit."""
    if sys.stdout is None:
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


def wants_color(choice: str) -> bool:
    """Whether to colour: "always", "never", or "auto" for a terminal that can and a user who lets us."""
    if choice != "auto":
        return choice == "always"
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def end_on_signals() -> None:
    """End as if interrupted when told to end, so that line editing leaves the terminal as it was."""

    def end(number: int, _: object) -> None:
        complain(f"stopped by signal {number}; nothing was kept")
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
