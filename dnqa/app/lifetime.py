"""What the app does from start to end: it watches the corpus and the clock, and leaves the terminal clean."""

import math
import os
import time
from collections.abc import Callable, Sequence

from textual.driver import Driver
from textual.events import Event, InputEvent

from dnqa.app.background import run_apart
from dnqa.app.copying import CopyingApp
from dnqa.app.emoji import hold_driver
from dnqa.app.screens.main import DeskScreen
from dnqa.app.stopping import StoppableApp
from dnqa.app.themes import DARK, LIGHT
from dnqa.desk import Session
from dnqa.desk.finder import Finder
from dnqa.desk.suggestions import Suggestions, choose_examples
from dnqa.errors import DnqaError
from dnqa.library import Library
from dnqa.rendering import error_text
from dnqa.text.characters import clean_line

_WIDE = 100  # columns from which the source has a place beside the conversation
_MIDDLE = 16  # rows from which boxes have borders
_HIGH = 23  # rows from which everything has a place before anything is asked
_WATCH_EVERY = 2.0  # seconds
_LEAVE_WITHIN = 3.0  # seconds between two Ctrl+C
_WARN_BEFORE = 30  # seconds before everything is cleared for want of typing


class LastingApp(StoppableApp, CopyingApp):
    """A session on a screen."""

    CSS_PATH = "desk.tcss"
    TITLE = "dnqa"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - as Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_MIDDLE, "-middle"), (_HIGH, "-high")]  # noqa: RUF012

    def __init__(
        self,
        session: Session,
        *,
        theme: str = "dark",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """An app for a session.

        theme: "dark" or "light".
        clock: seconds that only grow.
        """
        no_color = bool(os.environ.get("NO_COLOR"))
        if not no_color:
            os.environ.pop("NO_COLOR", None)  # set but empty it asks for nothing, which Textual takes otherwise
        super().__init__(ansi_color=True if no_color else None)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = f"dnqa-{theme}"
        self.session = session
        self._clock = clock
        self._typed_at = clock()
        self._warned = False
        self._interrupted_at = -math.inf
        self._is_cleared = True  # nothing was typed since everything was cleared
        self._finder: Finder | None = None
        self._prepared: tuple[Library, Suggestions, tuple[str, ...]] | None = None  # for which library, and what

    def get_driver_class(self) -> type[Driver]:
        """The driver of this platform; emoji move nothing in what it writes."""
        return hold_driver(super().get_driver_class())

    def get_default_screen(self) -> DeskScreen:
        """The desk."""
        return DeskScreen(self.session)

    @property
    def desk(self) -> DeskScreen:
        """The screen at the bottom."""
        screen = self.screen_stack[0]
        assert isinstance(screen, DeskScreen)
        return screen

    @property
    def finder(self) -> Finder:
        """What Browse and Teach search, made when first wanted."""
        if self._finder is None:
            self._finder = Finder(self.session.library.corpus)
        return self._finder

    # --- from start to end ---

    def on_load(self) -> None:
        """Be ready to be stopped before anything is drawn."""
        self.catch_signals()

    def on_mount(self) -> None:
        """Get ready in the background, so that typing never waits."""
        self.set_interval(_WATCH_EVERY, lambda: self.run_worker(self.check_files()))
        self.set_interval(1.0, self.clear_if_idle)
        self.set_interval(_WATCH_EVERY, self.end_with_server)
        self.call_after_refresh(self.run_worker, self._warm_up)  # the first screen comes first

    async def _warm_up(self) -> None:
        """Build the index, then suggest and give examples; all but the last once for a library."""
        session = self.session
        library = session.library

        def prepare() -> tuple[Library, Suggestions, tuple[str, ...]]:
            session.warm_up()
            return library, Suggestions(library.knowledge.questions), choose_examples(library)

        if self._prepared is None or self._prepared[0] is not library:
            try:
                self._prepared = await run_apart(prepare)
            except (DnqaError, OSError) as error:
                self.desk.say(f"⚠ {error_text(error)}")
                return
        await self.desk.prepare(*self._prepared[1:])

    async def on_event(self, event: Event) -> None:
        """Notice that somebody is there."""
        if isinstance(event, InputEvent):
            self._typed_at = self._clock()
            self._warned = False
            self._is_cleared = False
        await super().on_event(event)

    async def clear_if_idle(self) -> None:
        """Clear everything when nobody has typed for as long as the user set; say so half a minute before."""
        if not self.session.idle_minutes or self._is_cleared:
            return
        left = self.session.idle_minutes * 60 - (self._clock() - self._typed_at)
        if left <= 0:
            await self.clear_all("Cleared: nobody typed for a while.")
        elif left <= _WARN_BEFORE and not self._warned:
            self._warned = True
            text = f"Everything will be cleared in {round(left)} seconds; press any key to keep it."
            self.notify(text, markup=False, timeout=left)

    async def clear_all(self, message: str) -> None:
        """Forget everything about this patient, on the screen and in memory."""
        self.session.clear()
        self._is_cleared = True
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self.clear_notifications()
        self._clipboard = ""  # Textual's own copy of what was copied here; it gives no other way to it
        self._warned = False
        await self.desk.clear_all()
        self.tell(message)
        self.run_worker(self._warm_up())

    async def check_files(self) -> None:
        """Read the corpus again when a file of it has changed on disk; while a dialog is open, what it lists stays."""
        if len(self.screen_stack) > 1:
            return
        changed = await run_apart(self.session.find_changed)
        if changed:
            await self.reload(self._tell_changes(changed))

    def _tell_changes(self, names: Sequence[str]) -> str:
        """What happened to files of the corpus, by their names."""
        folder = self.session.library.path
        is_gone = not os.path.lexists(folder) or folder.is_file()  # then its files are not looked for
        gone = [name for name in names if not is_gone and not os.path.lexists(folder / name)]
        told = [
            (", ".join(map(clean_line, of_kind)), what)
            for of_kind, what in (([name for name in names if name not in gone], "changed on disk"), (gone, "removed"))
        ]
        return "; ".join(f"{listed} {what}" for listed, what in told if listed)

    async def reload(self, why: str) -> None:
        """Read the corpus again; if it cannot be read, say so and go on with what is there."""
        session = self.session
        try:
            lost = await run_apart(session.reload)
        except (DnqaError, OSError) as error:
            when = f"{session.edition.loaded:%H:%M}"
            self.desk.say(f"⚠ {error_text(error)}. Answers still come from what was read at {when}.")
            return
        await self.take_up(f"{why}; read again at {session.edition.loaded:%H:%M}")
        if lost:
            self.tell(f"No longer in the source and taken off the sheet: “{lost[0].text}”", warns=True)

    async def take_up(self, remark: str) -> None:
        """Show the session's corpus, which was read again; what was answered before belongs to the past."""
        self._finder = None
        self.desk.say("")
        await self.desk.take_up()
        if self.session.answers:
            await self.desk.log_view.retire(f"── {remark.removesuffix('.')}; what is above was answered before ──")
        else:
            self.tell(remark)
        self.run_worker(self._warm_up())

    def take_up_soon(self, remark: str) -> None:
        """The same from where nothing is awaited."""
        self.run_worker(self.take_up(remark))

    # --- telling ---

    def complain(self, error: Exception) -> None:
        """Say in one line what went wrong."""
        self.tell(f"⚠ {error_text(error)}", warns=True)

    def action_help_quit(self) -> None:
        """Leave at the second Ctrl+C, and say so at the first."""
        now = self._clock()
        if now - self._interrupted_at <= _LEAVE_WITHIN:
            self.exit()
            return
        self._interrupted_at = now
        self.tell("Press Ctrl+C again to leave; nothing is kept.")
