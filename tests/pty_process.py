"""A program on a terminal of its own, as a person would run it: keys in, screen bytes out. POSIX only."""

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType


class PtyProcess:
    """A running program; use it in a `with` statement.

    output: everything that it has written so far.
    """

    def __init__(
        self, command: Sequence[str], *, columns: int = 120, rows: int = 36, env: Mapping[str, str] | None = None
    ) -> None:
        self.output = b""
        self._master, slave = pty.openpty()
        self.resize(columns, rows)
        variables = {name: value for name, value in os.environ.items() if name not in ("DNQA_CORPUS", "NO_COLOR")}
        variables |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=variables,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no other threads here
        )
        self.before = termios.tcgetattr(slave)
        self._slave = slave

    def __enter__(self) -> "PtyProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._slave)
        os.close(self._master)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "process"):
            os.killpg(self.process.pid, signal.SIGWINCH)

    def send(self, keys: bytes) -> None:
        """Type."""
        os.write(self._master, keys)

    def read_until(self, wanted: bytes, *, start: int = 0, timeout: float = 60.0) -> float:
        """Read until some bytes have come behind `start`, and return when, by time.perf_counter.

        Raises TimeoutError with the end of what came instead.
        """
        limit = time.perf_counter() + timeout
        while wanted not in self.output[start:]:
            if not self._read(limit - time.perf_counter()):
                raise TimeoutError(f"no {wanted!r} but {self.output[-2000:]!r}")
        return time.perf_counter()

    def read_quiet(self, seconds: float, *, limit: float = 10.0) -> float:
        """Read until nothing has come for so long, and return when the last came, by time.perf_counter.

        limit: seconds after which to return in any case; a cursor that blinks is never quiet for half a second.
        """
        last = start = time.perf_counter()
        while last - start < limit and self._read(seconds):
            last = time.perf_counter()
        return last

    def read_any(self, start: int, timeout: float = 60.0) -> None:
        """Read until anything has come behind `start`. Raises TimeoutError."""
        limit = time.perf_counter() + timeout
        while len(self.output) <= start:
            if not self._read(limit - time.perf_counter()):
                raise TimeoutError("nothing came")

    def wait(self, timeout: float = 30.0) -> int:
        """Read to the end and return the exit status."""
        limit = time.perf_counter() + timeout
        while self.process.poll() is None and time.perf_counter() < limit:
            self._read(0.05)
        self.read_quiet(0.05)
        return self.process.wait(timeout=0.1)

    @property
    def is_restored(self) -> bool:
        """Whether the terminal's modes are those from before."""
        return termios.tcgetattr(self._slave) == self.before

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError as error:  # the other side has closed
            if error.errno != errno.EIO:
                raise
            return False
        self.output += data
        return bool(data)


def dnqa_command(*arguments: str) -> list[str]:
    """dnqa as a process of this interpreter."""
    return [sys.executable, "-m", "dnqa", *arguments]
