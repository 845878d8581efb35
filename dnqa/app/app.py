"""The app: it carries out commands, watches the corpus and the clock, and leaves the terminal clean."""

import asyncio
import io
import math
import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Event, InputEvent
from textual.screen import Screen

from dnqa.app.background import run_apart
from dnqa.app.copying import CopyingApp
from dnqa.app.help import help_content
from dnqa.app.keys import KEYS, shown_key
from dnqa.app.messages import (
    BrowseWanted,
    CommandGiven,
    PassageOpened,
    QuestionAsked,
    QuestionsPasted,
    SectionOpened,
)
from dnqa.app.prompts import (
    Prompt,
    prompt_for_document,
    prompt_for_idle_time,
    prompt_for_sheet,
    prompt_for_source,
    prompt_for_transcript,
    prompt_for_unanswered,
)
from dnqa.app.screens.browse import BrowseScreen
from dnqa.app.screens.main import DeskScreen
from dnqa.app.screens.refused import RefusedScreen
from dnqa.app.screens.teach import Lesson, TeachScreen
from dnqa.app.screens.text import TextScreen
from dnqa.app.stopping import StoppableApp
from dnqa.app.themes import DARK, LIGHT
from dnqa.desk import Session
from dnqa.desk.commands import COMMANDS, read_command
from dnqa.desk.finder import Finder
from dnqa.desk.suggestions import Suggestions, choose_examples
from dnqa.errors import DnqaError, UsageError
from dnqa.library import Library
from dnqa.records import Answer
from dnqa.rendering import cite, error_text, why_text
from dnqa.text.characters import clean_line

_WIDE = 100  # columns from which the source has a place beside the conversation
_HIGH = 16  # rows from which boxes have borders
_WATCH_EVERY = 2.0  # seconds
_LEAVE_WITHIN = 3.0  # seconds between two Ctrl+C
_WARN_BEFORE = 30  # seconds before everything is cleared for want of typing


class DeskApp(StoppableApp, CopyingApp):
    """A session on a screen."""

    CSS_PATH = "desk.tcss"
    TITLE = "dnqa"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(KEYS["new"], "command('new')", show=False, priority=True),  # whatever is open, it is closed
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 - as Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_HIGH, "-high")]  # noqa: RUF012

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
        """Read the corpus again when a file of it has changed on disk."""
        changed = await run_apart(self.session.find_changed)
        if changed:
            await self.reload(f"{', '.join(map(clean_line, changed))} changed on disk")

    async def reload(self, why: str) -> None:
        """Read the corpus again; if it cannot be read, say so and go on with what is there."""
        session = self.session
        try:
            lost = await run_apart(session.reload)
        except (DnqaError, OSError) as error:
            when = f"{session.edition.loaded:%H:%M}"
            self.desk.say(f"⚠ {error_text(error)}. Answers still come from what was read at {when}.")
            return
        await self._take_up(f"{why}; read again at {session.edition.loaded:%H:%M}")
        if lost:
            self.tell(f"No longer in the source and taken off the sheet: “{lost[0].text}”", warns=True)

    async def _take_up(self, remark: str) -> None:
        """Show the session's corpus, which was read again; what was answered before belongs to the past."""
        self._finder = None
        self.desk.say("")
        await self.desk.take_up()
        if self.session.answers:
            await self.desk.log_view.retire(f"── {remark}; what is above was answered before ──")
        else:
            self.tell(remark)
        self.run_worker(self._warm_up())

    def _take_up_soon(self, remark: str) -> None:
        self.run_worker(self._take_up(remark))

    # --- telling ---

    def complain(self, error: Exception) -> None:
        """Say in one line what went wrong."""
        self.tell(f"⚠ {error_text(error)}", warns=True)

    # --- commands ---

    def action_command_palette(self) -> None:
        """Open the palette over the desk, not over a dialog."""
        if isinstance(self.screen, DeskScreen):
            super().action_command_palette()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: the commands that apply now."""
        if isinstance(screen, DeskScreen):
            for command in COMMANDS:
                if self.desk.applies(command.name):
                    key = shown_key(command.name)
                    summary = f"{command.summary} ({key})" if key else command.summary
                    yield SystemCommand(command.label, summary, partial(self.action_command, command.name))

    async def on_question_asked(self, message: QuestionAsked) -> None:
        """Do what was typed: a command, or asking."""
        message.stop()
        try:
            typed = read_command(message.question)
        except UsageError as error:
            self.tell(error_text(error))
            return
        if typed:
            await self.action_command(typed[0].name, typed[1])
        else:
            self.run_worker(self.desk.ask(message.question, message.visit))

    def on_questions_pasted(self, message: QuestionsPasted) -> None:
        """Ask them one after the other."""
        message.stop()
        self.run_worker(self.desk.ask_all(message.questions, message.visit))

    async def on_command_given(self, message: CommandGiven) -> None:
        """Do what a click on a key asks for."""
        message.stop()
        await self.action_command(message.name)

    async def action_command(self, name: str, argument: str = "") -> None:
        """Carry out a command, or say why it does nothing now.

        argument: what was typed behind it.
        """
        obstacle = self.desk.find_obstacle(name)
        if obstacle:
            self.tell(obstacle)
            return
        done = getattr(self, f"_do_{name}")(argument)
        if asyncio.iscoroutine(done):
            await done

    def _do_help(self, _: str) -> None:
        self.push_screen(TextScreen("Help", help_content()))

    def _do_why(self, _: str) -> None:
        if turn := self.desk.log_view.last_turn:
            self.push_screen(TextScreen("Why", Content(why_text(turn.answer))))

    def _do_source(self, _: str) -> None:
        self.desk.toggle_source()

    def on_browse_wanted(self, message: BrowseWanted) -> None:
        """List everything that a long answer did not show."""
        message.stop()
        self._do_browse(message.typed)

    def _do_browse(self, typed: str) -> None:
        def end(opened: PassageOpened | SectionOpened | None) -> None:
            if opened:
                self.desk.post_message(opened)

        several = len(self.session.library.corpus.sources) > 1
        self.push_screen(BrowseScreen(self.finder, typed, names_source=several), end)

    def _do_copy(self, _: str) -> None:
        passage = self.desk.passage
        assert passage
        self.run_worker(self.copy(self.session.copy_text(passage), cite(passage)))

    def _do_tick(self, _: str) -> None:
        passage = self.desk.passage
        assert passage
        ticked = self.session.tick(passage)
        self.desk.log_view.show_ticked(passage, ticked=ticked)
        self.desk.refresh_state()

    def _do_sheet(self, typed: str) -> None:
        self._save(prompt_for_sheet, typed, "patient-sheet", lambda: self.session.sheet)

    def _do_transcript(self, typed: str) -> None:
        self._save(prompt_for_transcript, typed, "transcript", lambda: {".md": self.session.transcript})

    def _save(self, prompt: Prompt, typed: str, name: str, write: Callable[[], dict[str, str]]) -> None:
        """Ask where to save; in the browser, hand the files over instead, by their suffixes."""
        if not self.is_web:
            self.push_screen(prompt(self.session, typed, self.tell))
            return
        for suffix, text in write().items():
            self.deliver_text(io.StringIO(text), save_filename=f"{name}{suffix}")

    def _do_more(self, _: str) -> None:
        turn = self.desk.log_view.last_turn
        if turn and turn.answer.closest:  # a refusal has no more; what comes closest can be looked at
            self.desk.post_message(PassageOpened(turn.answer.closest[0].passage))
            return
        self.run_worker(self.desk.ask("tell me more"))

    def _do_teach(self, _: str) -> None:
        if turn := self.desk.log_view.chosen_turn:
            self._open_lesson(turn.answer)

    def _open_lesson(self, answer: Answer) -> None:
        """Let a person say what answers a question."""
        passages = self.session.list_likely(answer)

        def end(lesson: Lesson | None) -> None:
            if lesson:
                self.run_worker(self._teach(*lesson))

        self.push_screen(TeachScreen(answer.question, passages, self.finder), end)

    async def _teach(self, question: str, passages: tuple[Any, ...]) -> None:
        try:
            path = await run_apart(self.session.teach, question, passages)
        except (DnqaError, OSError) as error:
            self.complain(error)
            return
        await self._take_up(f"Added to {clean_line(path.name)}, not yet reviewed")

    async def _do_new(self, _: str) -> None:
        await self.clear_all("Cleared for the next patient.")

    def _do_reload(self, _: str) -> None:
        self.run_worker(self.reload("Asked for"))

    def _do_unanswered(self, typed: str) -> None:
        if self.session.unanswered:
            self.session.keep_unanswered(None)
            self._tell_state("Refused questions are no longer kept.")
        else:
            self.push_screen(prompt_for_unanswered(self.session, typed, self._tell_state))

    def _do_only(self, typed: str) -> None:
        self.push_screen(prompt_for_source(self.session, typed, self._take_up_soon))

    def _do_add(self, typed: str) -> None:
        self.push_screen(prompt_for_document(self.session, typed, self._take_up_soon))

    def _do_refused(self, _: str) -> None:
        def end(question: str | None) -> None:
            answer = next((answer for answer in self.session.refused if answer.question == question), None)
            if answer:
                self._open_lesson(answer)

        self.push_screen(RefusedScreen([answer.question for answer in self.session.refused]), end)

    def _do_idle(self, typed: str) -> None:
        self.push_screen(prompt_for_idle_time(self.session, typed, self._tell_state))

    def _tell_state(self, text: str) -> None:
        """Say what was switched on or off, and show it in the title."""
        self.tell(text)
        self.desk.refresh_state()

    def _do_theme(self, _: str) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def _do_quit(self, _: str) -> None:
        self.exit()

    def action_help_quit(self) -> None:
        """Leave at the second Ctrl+C, and say so at the first."""
        now = self._clock()
        if now - self._interrupted_at <= _LEAVE_WITHIN:
            self.exit()
            return
        self._interrupted_at = now
        self.tell("Press Ctrl+C again to leave; nothing is kept.")
