"""The desk itself: the conversation, the source beside it, and the box to ask in."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key as KeyPress
from textual.events import Paste
from textual.screen import Screen
from textual.widgets import Static

from dnqa.app.background import run_apart
from dnqa.app.keys import KEYS, shown_key
from dnqa.app.messages import PassageChosen, PassageOpened, SectionOpened
from dnqa.app.widgets.conversation_log import ConversationLog
from dnqa.app.widgets.key_bar import Key, KeyBar
from dnqa.app.widgets.question_box import QuestionBox
from dnqa.app.widgets.source_pane import SourcePane
from dnqa.app.widgets.title_bar import TitleBar
from dnqa.desk import Session
from dnqa.desk.commands import BY_NAME
from dnqa.desk.suggestions import Suggestions
from dnqa.errors import DnqaError
from dnqa.records import Answer, Passage
from dnqa.rendering import cite, error_text

_PATIENCE = 0.3  # seconds until a question says that it is being worked on


class DeskScreen(Screen[None]):
    """Shows what the session says.

    session: what is asked.
    passage: the one that copying, ticking and the source pane are about, None if there is none.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"app.command('{name}')", BY_NAME[name].label, show=False) for name, key in KEYS.items()),
        Binding("escape", "back", "Back", show=False),
        Binding("pageup", "turn_page(-1)", "Page up", show=False),
        Binding("pagedown", "turn_page(1)", "Page down", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.passage: Passage | None = None
        self._standing = ""
        self._is_stopped = True  # no row of questions is being asked
        self._in_turn = asyncio.Lock()  # answers come in the order of their questions

    def compose(self) -> ComposeResult:
        """Title, conversation and source, notice, box, keys."""
        yield TitleBar()
        with Horizontal(id="panes"):
            yield ConversationLog()
            yield SourcePane()
        yield Static("", markup=False, id="notice")
        yield QuestionBox()
        yield KeyBar()

    async def on_mount(self) -> None:
        """Show the corpus and be ready for a question."""
        self.query_one(ConversationLog).border_title = "Conversation"
        self.query_one(SourcePane).border_title = "Source"
        await self.take_up()
        self.box.focus()

    @property
    def box(self) -> QuestionBox:
        """Where questions are typed."""
        return self.query_one(QuestionBox)

    @property
    def log_view(self) -> ConversationLog:
        """The conversation."""
        return self.query_one(ConversationLog)

    @property
    def source(self) -> SourcePane:
        """The source pane."""
        return self.query_one(SourcePane)

    async def take_up(self) -> None:
        """Show the session's corpus, which is new."""
        self.source.show(self.session.library.corpus)
        self.passage = None
        self.refresh_state()
        await self.log_view.welcome(self.session.contents, ())

    async def prepare(self, suggestions: Suggestions, examples: tuple[str, ...]) -> None:
        """Suggest known questions, and give examples if nothing has been asked."""
        self.box.suggest(suggestions)
        await self.log_view.welcome(self.session.contents, examples)

    def refresh_state(self) -> None:
        """Show what is ticked, switched on, and which keys apply."""
        self.source.set_ticked(passage.id for passage in self.session.ticked)
        self.query_one(TitleBar).show(self.session.facts, self.session.signs)
        self.query_one(KeyBar).show(self._list_keys())

    def _list_keys(self) -> list[Key]:
        """The keys that apply now, the most useful first."""
        applies = self.applies
        wanted = ["help", "new", *(["sheet"] if applies("sheet") else [])]
        if applies("copy"):
            wanted += ["copy", "tick", "source", "browse", "teach", "quit"]
        else:
            wanted += ["teach", "source", "browse", "quit"]
        labels = {
            "copy": f"Copy {cite(self.passage)}" if self.passage else "",
            "tick": "Untick" if self.passage and self.session.is_ticked(self.passage) else "Tick",
            "sheet": f"Sheet ({len(self.session.ticked)})",
        }
        return [Key(shown_key(name), labels.get(name) or BY_NAME[name].label, name) for name in wanted if applies(name)]

    def find_obstacle(self, name: str) -> str:
        """Why a command would do nothing now, a sentence; "" if it would do something."""
        if name in ("copy", "tick") and self.passage is None:
            return "Choose a passage first: ask, or go to the conversation with Tab."
        if name == "unanswered" and self.app.is_web:
            return "In the browser, name the file when serving: dnqa serve --unanswered FILE."
        if name == "add" and self.app.is_web:  # a path would be one of the computer that serves
            return self.session.find_obstacle(name) or "In the browser, drop the document on the page."
        return self.session.find_obstacle(name, may_copy=not self.app.is_web)  # a server's disk is not the visitor's

    def applies(self, name: str) -> bool:
        """Whether a command would do something now."""
        return not self.find_obstacle(name)

    def say(self, text: str) -> None:
        """Show a line that stays until another takes its place, "" to take it away."""
        self._standing = text
        self._show_notice(text)

    def _show_notice(self, text: str) -> None:
        notice = self.query_one("#notice", Static)
        notice.update(Content(text))
        notice.display = bool(text)

    @asynccontextmanager
    async def holding_questions(self, why: str) -> AsyncIterator[None]:
        """Let questions wait, and say why, until the corpus that they are for is there."""
        async with self._in_turn:
            self.say(why)
            try:
                yield
            finally:
                self.say("")

    async def ask_all(self, questions: Sequence[str], visit: int) -> None:
        """Ask some questions one after the other, and show each answer as it comes, until somebody stops it."""
        self._is_stopped = False
        for number, question in enumerate(questions, 1):
            if self._is_stopped or visit != self.session.visit:
                break
            if len(questions) - number:
                self.say(f"… question {number} of {len(questions)}; Esc stops")
            await self.ask(question, visit)
        self.say("")

    async def ask(self, question: str, visit: int | None = None) -> None:
        """Ask, and show the answer when it comes, unless the next patient has begun.

        visit: that the question belongs to, the present one by default.
        """
        session = self.session
        asked_for = session.visit if visit is None else visit
        self.log_view.expect_answer()
        async with self._in_turn:
            waiting = self.set_timer(
                _PATIENCE, lambda: self._show_notice(f"… the sources are still being read: {question}")
            )
            try:
                answer = await run_apart(session.ask_for, asked_for, question)
            except (DnqaError, OSError) as error:
                if asked_for == session.visit:
                    self.box.put_back(question)
                self.notify(f"⚠ {error_text(error)}", severity="warning", markup=False)
                return
            finally:
                waiting.stop()
                self._show_notice(self._standing)
            if answer:
                await self._show(answer, asked_for)

    async def _show(self, answer: Answer, visit: int) -> None:
        session = self.session
        if visit != session.visit:
            return
        self.passage = None  # a key pressed now must not mean the passage before
        self.source.unmark()
        ticked = frozenset(passage.id for passage in session.ticked)
        await self.log_view.add(answer, session.edition.corpus, ticked, lambda: visit == session.visit)
        self.refresh_state()

    def on_passage_chosen(self, message: PassageChosen) -> None:
        """Mark the passage in the source."""
        message.stop()
        self._choose(message)

    def on_passage_opened(self, message: PassageOpened) -> None:
        """Show the passage in its source."""
        message.stop()
        self._choose(message)
        self.show_source()

    def _choose(self, message: PassageChosen) -> None:
        """Take a passage as the one that keys are about; only that is marked."""
        if message.outside:
            self.log_view.unchoose()
        self.passage = message.passage
        self.source.mark(message.passage)
        self.refresh_state()

    def on_section_opened(self, message: SectionOpened) -> None:
        """Show the section in its source."""
        message.stop()
        self.passage = None
        self.log_view.unchoose()
        self.source.mark_section(message.section, message.source, message.path)
        self.show_source()
        self.refresh_state()

    def show_source(self) -> None:
        """Go to the source pane, which fills a narrow screen."""
        self.add_class("-source")
        self.source.focus()

    def toggle_source(self) -> None:
        """Go to the source pane, or back from it."""
        if self.source.has_focus:
            self.action_back()
        else:
            self.show_source()

    def action_back(self) -> None:
        """Stop a row of questions; back to the question box; there, empty it, which the arrow up undoes."""
        self._is_stopped = True
        self.clear_selection()
        if self.has_class("-source") or not self.box.has_focus:
            if self.has_class("-source") and self.has_class("-narrow"):
                self.log_view.choose_again()
            self.remove_class("-source")
            self.box.focus()
        elif self.box.value:
            self.box.keep(self.box.value)
            self.box.value = ""

    def action_turn_page(self, by: int) -> None:
        """Turn a page of the source if it has the focus, else of the conversation."""
        pane = self.source if self.source.has_focus else self.log_view
        if pane is self.log_view:
            self.log_view.leave_alone()
        (pane.scroll_page_down if by > 0 else pane.scroll_page_up)(animate=False)

    def on_key(self, event: KeyPress) -> None:
        """Typing goes to the question box, wherever the focus is."""
        if self.box.has_focus or not event.is_printable or not event.character:
            return
        event.stop()
        self._type(event.character)

    def on_paste(self, event: Paste) -> None:
        """So does what is pasted."""
        if not self.box.has_focus:
            self._type(event.text)

    def _type(self, text: str) -> None:
        """Go to the box with what was typed or pasted elsewhere."""
        self.remove_class("-source")
        self.box.focus()
        self.box.insert_folded(text)

    async def clear_all(self) -> None:
        """Show nothing of what was asked."""
        self.passage = None
        self.clear_selection()
        self.box.forget(self.session.visit)
        self.remove_class("-source")
        self.box.focus()
        self.source.unmark()
        self.source.scroll_home(animate=False)  # not where the last patient's answer was
        self._show_notice(self._standing)
        await self.log_view.clear()
        self.refresh_state()
