"""Drive the app without a terminal, as a person at the desk would."""

import asyncio
import datetime
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

import dnqa
from dnqa.app.app import DeskApp
from dnqa.desk import Session
from dnqa.desk.outline import Section, outline_all
from dnqa.library import Library

MORNING = datetime.datetime(2026, 5, 1, 9, 14)
NEAR, LONGEST_WAIT = 1 / 50, 1.0  # seconds, as Textual has them
SIZES = ((120, 36), (80, 24), (60, 20), (40, 12))


class Desk:
    """A running app and the hands on its keys.

    app: the app; session: what it asks.
    """

    def __init__(self, app: DeskApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.session = app.session
        self.pilot = pilot

    async def settle(self) -> None:
        """Let everything that is under way end."""
        for _ in range(3):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, as fast as the app takes it."""
        for character in text:
            self.app.post_message(Key(_character_to_key(character), character))
        await self.settle()

    async def ask(self, question: str) -> None:
        """Put a question into the box and wait for its answer."""
        await self.paste(question)
        await self.press("enter")

    async def paste(self, text: str) -> None:
        """Paste a text where the focus is."""
        from textual.events import Paste

        assert self.app.focused
        self.app.focused.post_message(Paste(text))
        await self.settle()

    def desk_says(self, text: str) -> None:
        """Show the line that stays."""
        self.app.desk.say(text)

    @property
    def conversation(self) -> str:
        """All quoted passages of the conversation as one text."""
        return " ".join(passage.text for answer in self.session.answers for passage in answer.passages)

    @property
    def toasts(self) -> list[str]:
        """The messages that are shown for a moment, oldest first."""
        return [str(notification.message) for notification in self.app._notifications]

    @property
    def styled(self) -> list[tuple[str, Style]]:
        """Every run of text on the screen with its style."""
        strips = self.app.screen._compositor.render_strips()
        return [(segment.text, segment.style or Style()) for strip in strips for segment in strip]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the sources."""
        return outline_all(self.session.library.corpus)

    @property
    def raw_lines(self) -> list[str]:
        """The screen as lines of text, as they are drawn."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def lines(self) -> list[str]:
        """The screen as lines of text, without the space at their ends."""
        return [line.rstrip() for line in self.raw_lines]

    @property
    def without_bars(self) -> list[str]:
        """The screen as lines, without borders and marks at their beginnings and ends."""
        return [line.strip(" ▌│║█") for line in self.raw_lines]

    @property
    def unwrapped(self) -> str:
        """The lines that part the conversation where the sources were read again, as they were before wrapping."""
        return " ".join(str(line.render()) for line in self.app.desk.query(".separator"))

    @property
    def text(self) -> str:
        """The screen as one text, white space and borders folded; of a dialog, without the desk beside it."""
        screen = self.app.screen
        dialogs = list(screen.query(".dialog")) if len(self.app.screen_stack) > 1 else []
        region = dialogs[0].region if dialogs else screen.region
        lines = [strip.crop(region.x, region.right).text for strip in screen._compositor.render_strips()]
        return re.sub(r"[\s▌│║█╭╮╰╯─]+", " ", " ".join(lines))


@asynccontextmanager
async def open_desk(
    library: Library | None = None,
    *,
    size: tuple[int, int] = (120, 36),
    session: Session | None = None,
    theme: str = "dark",
    clock: Callable[[], float] = lambda: 0.0,
) -> AsyncIterator[Desk]:
    """The desk, settled, on a screen of a size."""
    session = session or Session(library or shipped(), clock=lambda: MORNING)
    app = DeskApp(session, theme=theme, clock=clock)
    app.NOTIFICATION_TIMEOUT = 3600  # type: ignore[misc]  # messages stay until they have been read
    with pytest.MonkeyPatch.context() as patch:
        for module in ("app", "pilot"):
            patch.setattr(f"textual.{module}.wait_for_idle", wait_for_idle)
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            desk = Desk(app, pilot)
            await desk.settle()
            yield desk


async def wait_for_idle(_: float = 0) -> None:
    """Wait until nothing is left to do but what a thread or a clock begins, and the clock not at once.

    Textual's own tells that by how little was computed within a fiftieth of a second. So long it takes each time, and
    several times for a key; this one waits only where a timer is as near: screens are drawn and resized by such.
    """
    loop: Any = asyncio.get_running_loop()
    limit = loop.time() + LONGEST_WAIT
    while loop.time() < limit:
        await asyncio.sleep(0)
        if loop._ready:  # asyncio tells in no other way what it will call next
            continue
        next_due = min((timer.when() for timer in loop._scheduled if not timer.cancelled()), default=limit)
        if next_due > loop.time() + NEAR:
            return
        await asyncio.sleep(max(0, next_due - loop.time()))


def drive(scenario: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a scenario to its end."""
    asyncio.run(scenario())


@cache
def shipped() -> Library:
    """The shipped corpus, its index built once for all tests."""
    library = dnqa.load()
    _ = library.index
    return library


def own_corpus(tmp_path: Path) -> Library:
    """A small corpus that may be written to."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "after.md").write_text(
        "# Bruising\n\nA bruise may show for a few days [1].\nIce helps in the first hours [2].\n\n"
        "# Sport\n\nRun again after two days [2].\n",
        encoding="utf-8",
    )
    sidecar = 'title = "After care"\nversion = "3"\nhandoff = "Ask the therapist"\n'
    (folder / "after.toml").write_text(sidecar, encoding="utf-8")
    return dnqa.load(folder)
