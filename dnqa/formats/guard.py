"""Read files that may be hostile in a process of its own, which ends when it takes too long or too much memory."""

import pickle
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from dnqa.errors import FormatError
from dnqa.records import Document

SECONDS = 10.0
"""So long a file may take."""
MEGABYTES = 450
"""So much memory a file may take, where the system can be told."""
LARGEST = 100_000_000
"""Bytes of a file that is read at all."""
_DRAW = "draw"
_LENGTH = struct.Struct("<Q")
_TOO_LONG = "reading it takes too long; save it anew, or in smaller parts"
_ENDED = "it cannot be read, and is perhaps damaged or made to do harm; save it anew, or as text"


class Guard:
    """A process that reads files one after the other, started when the first one comes and anew when it was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, kind: str, data: bytes) -> Document:
        """Read a file of a format. Raises FormatError if it cannot be read, for whatever reason."""
        document: Document = self._ask(kind, data)
        return document

    def draw(self, data: bytes) -> list[bytes]:
        """The pages of a PDF as PNG pictures. Raises FormatError if they cannot be drawn, for whatever reason."""
        pictures: list[bytes] = self._ask(_DRAW, data)
        return pictures

    def _ask(self, kind: str, data: bytes) -> Any:
        if len(data) > LARGEST:
            raise FormatError(f"it has more than {LARGEST // 1_000_000} MB; split it")
        process = self._process or self._start()
        has_ended = threading.Event()

        def end() -> None:
            has_ended.set()
            process.kill()

        timer = threading.Timer(SECONDS, end)
        timer.start()
        try:
            answer = _exchange(process, (kind, data))
        except (OSError, EOFError, pickle.UnpicklingError, ValueError):
            self.close()
            raise FormatError(_TOO_LONG if has_ended.is_set() else _ENDED) from None
        finally:
            timer.cancel()
        if isinstance(answer, str):
            raise FormatError(answer)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        code = "from dnqa.formats.guard import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            for stream in (self._process.stdin, self._process.stdout):
                if stream:
                    with suppress(OSError):
                        stream.close()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _exchange(process: subprocess.Popen[bytes], request: tuple[str, bytes]) -> Any:
    assert process.stdin
    assert process.stdout
    _send(process.stdin, request)
    return _receive(process.stdout)


def _send(stream: Any, value: object) -> None:
    written = pickle.dumps(value)
    stream.write(_LENGTH.pack(len(written)))
    stream.write(written)
    stream.flush()


def _receive(stream: Any) -> Any:
    """The next value. Raises EOFError at the end."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        raise EOFError
    written = stream.read(_LENGTH.unpack(length)[0])
    return pickle.loads(written)  # from a process of our own


def serve() -> None:
    """Read what comes on standard input, until it ends: the other side of a guard."""
    from dnqa.formats.choice import MARKDOWN, TEXT, read_format
    from dnqa.formats.pictures import draw_pages
    from dnqa.reading import read_text

    _limit()
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that is printed may get among the answers
    while True:
        try:
            kind, data = _receive(requests)
        except EOFError:
            return
        answer: object
        try:
            if kind == _DRAW:
                answer = draw_pages(data)
            elif kind in (TEXT, MARKDOWN):
                answer = _plain(read_text(data.decode("utf-8"), is_markdown=kind == MARKDOWN))
            else:
                answer = _plain(read_format(kind, data))
        except FormatError as error:
            answer = str(error)
        except MemoryError:
            answer = "reading it takes too much memory; save it anew, or in smaller parts"
        except RecursionError:
            answer = "it is nested too deeply; save it anew, or as text"
        except Exception:  # whatever a hostile file does, it is one line
            answer = _ENDED
        _send(answers, answer)


def _plain(document: Document) -> Document:
    """A document that can be sent."""
    return document._replace(references=dict(document.references))


def _limit() -> None:
    """Let the system end this process when it takes too much."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        size = MEGABYTES * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
