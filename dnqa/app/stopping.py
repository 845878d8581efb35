"""Ending properly when told to by a signal."""

import asyncio
import os
import signal
from functools import partial

from textual.app import App


class StoppableApp(App[None]):
    """An app that leaves the terminal as it was.

    stopped_by: the number of the signal that ended it, 0 if none did.
    """

    stopped_by = 0
    _started_by = os.getppid()

    def catch_signals(self) -> None:
        """End properly when told to by a signal, so that the terminal is left as it was."""
        if self.is_headless or self.is_web or os.name == "nt":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, partial(self._stop, number))

    def end_with_server(self) -> None:
        """End at once if the server that shows the desk in a browser has ended without a word."""
        if self.is_web and os.getppid() != self._started_by:
            os._exit(1)

    def _stop(self, number: int) -> None:
        self.stopped_by = number
        self.exit()
