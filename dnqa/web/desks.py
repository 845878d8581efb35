"""The processes behind visitors' desks; one is there before its visitor, so that the first screen comes at once."""

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

_THINNER = {"MALLOC_TRIM_THRESHOLD_": "65536"}
"""Makes the C library of Linux give back what loading took for a moment: 50 MB of a desk that goes by meaning."""
_SETTLED = 1.0  # seconds after a visitor has come or gone, in which starting the next desk would be in the way
_LEAST = 400_000_000
"""Bytes of memory that must be free for another desk: it takes up to 200 MB, and the others need some to go on."""
_MEMORY = Path("/proc/meminfo")


class Desk(AppService):
    """A process with a desk in it, and the WebSocket of who sits at it."""

    def __init__(self, command: Sequence[str], downloads: DownloadManager) -> None:
        """A desk of a command, given as a program and its arguments: no shell reads it, whatever is in a path."""
        super().__init__("", write_bytes=_drop, write_str=_drop, close=_leave, download_manager=downloads, debug=False)
        self._arguments = command

    async def open(self, width: int, height: int) -> None:
        """Start the process."""
        environment = {**_THINNER, **self._build_environment(width, height)}
        self._process = await asyncio.create_subprocess_exec(
            *self._arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = self._process.stdin

    @property
    def is_open(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.returncode is None

    async def seat(self, websocket: web.WebSocketResponse) -> None:
        """Let a visitor see it."""
        self.remote_write_bytes = websocket.send_bytes
        self.remote_write_str = websocket.send_str

        async def leave() -> None:
            await websocket.close()

        self.remote_close = leave
        self._task = asyncio.create_task(self.run())

    async def stop(self) -> None:
        """End the process: if a visitor was there, as when they leave."""
        if self._task is None and self._process is not None and self.is_open:
            self._process.kill()
            await self._process.wait()
        await super().stop()


async def _drop(_: object) -> None:
    """What nobody sees."""


async def _leave() -> None:
    """Nobody is there to be sent away."""


class Desks:
    """Gives every visitor a desk, and starts the next one ahead."""

    def __init__(self, command: Sequence[str], downloads: DownloadManager) -> None:
        self._command = command
        self._downloads = downloads
        self._waiting: Desk | None = None
        self._starting: asyncio.Task[None] | None = None

    async def take(self, width: int, height: int) -> Desk:
        """A desk for a visitor with a screen of so many columns and rows: the one that waits, else a new one."""
        waiting, self._waiting = self._waiting, None
        if waiting and waiting.is_open:
            return waiting  # the visitor's page says its size at once, and whenever it changes
        desk = Desk(self._command, self._downloads)
        await desk.open(width, height)
        return desk

    def prepare(self, *, after: float = _SETTLED) -> None:
        """Start the next desk some seconds from now, unless one waits by then or there is no memory for it."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._start_ahead(after))

    async def close(self) -> None:
        """End the desk that waits."""
        if self._starting:
            self._starting.cancel()
            with suppress(asyncio.CancelledError):
                await self._starting
        if self._waiting:
            await self._waiting.stop()

    async def _start_ahead(self, after: float) -> None:
        await asyncio.sleep(after)
        if has_memory() and not (self._waiting and self._waiting.is_open):
            desk = Desk(self._command, self._downloads)
            await desk.open(80, 24)
            self._waiting = desk


def has_memory(table: Path = _MEMORY) -> bool:
    """Whether there is memory for another desk, as far as the system says.

    table: where Linux says how much there is.
    """
    try:
        lines = table.read_text(encoding="ascii").splitlines()
        free = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration, ValueError):
        return True
    return 1024 * free >= _LEAST
