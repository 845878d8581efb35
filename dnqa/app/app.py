"""The app: it carries out commands."""

import asyncio
import io
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen

from dnqa.app.background import run_apart
from dnqa.app.help import help_content
from dnqa.app.keys import KEYS, shown_key
from dnqa.app.messages import BrowseWanted, CommandGiven, PassageOpened, QuestionAsked, QuestionsPasted, SectionOpened
from dnqa.app.prompts import (
    Prompt,
    prompt_for_idle_time,
    prompt_for_proof,
    prompt_for_sheet,
    prompt_for_source,
    prompt_for_transcript,
    prompt_for_unanswered,
    screen_for_print,
)
from dnqa.app.screens.browse import BrowseScreen
from dnqa.app.screens.main import DeskScreen
from dnqa.app.screens.text import TextScreen
from dnqa.app.teaching import TeachingApp
from dnqa.app.themes import DARK, LIGHT
from dnqa.desk.commands import COMMANDS, read_command, read_type
from dnqa.desk.printing import find_printer
from dnqa.errors import DnqaError, UsageError
from dnqa.rendering import cite, error_text, why_text
from dnqa.text.characters import clean_line


class DeskApp(TeachingApp):
    """A desk that does what is typed: each command by the method of its name."""

    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(KEYS["new"], "command('new')", show=False, priority=True),  # whatever is open, it is closed
    ]

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
        else:
            done = getattr(self, f"_do_{name}")(argument)
            if asyncio.iscoroutine(done):
                await done

    def on_browse_wanted(self, message: BrowseWanted) -> None:
        """List everything that a long answer did not show."""
        message.stop()
        self._browse(message.typed)

    def _do_help(self, _: str) -> None:
        self.push_screen(TextScreen("Help", help_content()))

    def _do_why(self, _: str) -> None:
        if turn := self.desk.log_view.last_turn:
            self.push_screen(TextScreen("Why", Content(why_text(turn.answer))))

    def _do_source(self, _: str) -> None:
        self.desk.toggle_source()

    def _do_browse(self, typed: str) -> None:
        self._browse(typed)

    def _browse(self, typed: str) -> None:
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
        self._save(prompt_for_sheet, typed, "patient-sheet", lambda: self.session.sheet_files)

    def _do_print(self, typed: str) -> None:
        is_large, file = read_type(typed)
        self.session.is_large = self.session.is_large or is_large
        self.run_worker(self._hand_over_paper() if self.is_web else self._open_print(file))

    async def _open_print(self, file: str) -> None:
        visit = self.session.visit
        printer = None if file or self.is_headless else await run_apart(find_printer)
        if visit == self.session.visit and isinstance(self.screen, DeskScreen):
            self.push_screen(screen_for_print(self.session, file, printer, self.tell))

    async def _hand_over_paper(self) -> None:
        """Let the browser have the sheet to print."""
        visit = self.session.visit
        try:
            pdf = await run_apart(self.session.make_paper)
        except DnqaError as error:
            self.complain(error)
            return
        if visit == self.session.visit:
            self.deliver_binary(io.BytesIO(pdf), save_filename="patient-sheet.pdf", mime_type="application/pdf")

    def _do_transcript(self, typed: str) -> None:
        self._save(prompt_for_transcript, typed, "transcript", lambda: {".md": self.session.transcript})

    def _save(self, prompt: Prompt, typed: str, name: str, write: Callable[[], dict[str, str]]) -> None:
        """Ask where to save; in the browser, hand the files over instead, by their suffixes."""
        if not self.is_web:
            self.push_screen(prompt(self.session, typed, self.tell))
            return
        for suffix, text in write().items():
            self.deliver_text(io.StringIO(text), save_filename=f"{name}{suffix}")

    def _do_proof(self, typed: str) -> None:
        if self.is_web:
            self.run_worker(self._hand_over_proof())
        else:
            self.push_screen(prompt_for_proof(self.session, typed, self._save_proof_soon))

    def _save_proof_soon(self, path: Path) -> None:
        self.run_worker(self._save_proof(path))

    async def _save_proof(self, path: Path) -> None:
        try:
            file = await run_apart(self.session.save_proof, path)
        except (DnqaError, OSError) as error:
            self.complain(error)
            return
        self.tell(f"Saved {clean_line(str(file.resolve()))}")

    async def _hand_over_proof(self) -> None:
        try:
            page = await run_apart(self.session.draw_proof)
        except (DnqaError, OSError) as error:
            self.complain(error)
            return
        self.deliver_text(io.StringIO(page), save_filename="proof.html")

    def _do_more(self, _: str) -> None:
        turn = self.desk.log_view.last_turn
        if turn and turn.answer.closest:  # a refusal has no more; what comes closest can be looked at
            self.desk.post_message(PassageOpened(turn.answer.closest[0].passage))
            return
        self.run_worker(self.desk.ask("tell me more"))

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
        self.push_screen(prompt_for_source(self.session, typed, self.take_up_soon))

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
