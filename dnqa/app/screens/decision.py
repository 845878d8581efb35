"""Decide on one thing that nobody has agreed to yet."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from dnqa.app.background import run_apart
from dnqa.app.screens.passage import PassageScreen
from dnqa.app.screens.prompt import PromptScreen
from dnqa.app.widgets.passage_choice import SILENT
from dnqa.desk.finder import Finder
from dnqa.errors import DnqaError
from dnqa.records import Passage
from dnqa.rendering import cite, error_text
from dnqa.teaching.review import Item, Reviewer

_KEEP, _PASSAGE, _REWORD, _DROP = "Keep", "Other passage", "Reword", "Drop"


class DecisionScreen(ModalScreen[bool]):
    """A question or a synonym, and what can be done about it; its result is True once that is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", show=False),
        Binding("pageup", "turn_page(-1)", "Page up", show=False, priority=True),
        Binding("pagedown", "turn_page(1)", "Page down", show=False, priority=True),
    ]

    def __init__(
        self, item: Item, reviewer: Reviewer, list_likely: Callable[[str], Sequence[Passage]], finder: Finder
    ) -> None:
        """A decision to be made.

        list_likely: the passages of the corpus, the likely ones for a question first; it may take a while.
        """
        super().__init__()
        self._item = item
        self._reviewer = reviewer
        self._list_likely = list_likely
        self._finder = finder
        self._is_written = False

    def compose(self) -> ComposeResult:
        """What it is, what can be done, and a place for what went wrong."""
        item = self._item
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "A known question" if item.is_question else "A synonym"
            dialog.border_subtitle = "Enter: choose · Esc: back"
            with VerticalScroll(can_focus=False, classes="about"):
                yield Static(describe(item), markup=False)
            choices = [_KEEP, *([_PASSAGE] if item.is_question else []), _REWORD, _DROP]
            yield OptionList(*(Option(Content(choice), choice) for choice in choices), markup=False, classes="choices")
            yield Static("", markup=False, id="problem")

    def action_turn_page(self, by: int) -> None:
        """Read on in what it is."""
        about = self.query_one(VerticalScroll)
        (about.scroll_page_down if by > 0 else about.scroll_page_up)(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen, or ask first for what it needs."""
        event.stop()
        if event.option_id == _PASSAGE:
            self.run_worker(self._ask_passage(), exclusive=True)
        elif event.option_id == _REWORD:
            what = "The question" if self._item.is_question else "The synonym"
            text = f"{what} in other words:"
            use = partial(self._write, self._reviewer.reword)
            self.app.push_screen(
                PromptScreen(_REWORD, text, self._item.text, use, is_change=True), lambda _: self._end()
            )
        else:
            problem = self._write(self._reviewer.keep if event.option_id == _KEEP else self._reviewer.drop)
            self._end(problem)

    async def _ask_passage(self) -> None:
        question = self._item.text
        try:
            passages = await run_apart(self._list_likely, question)
        except (DnqaError, OSError) as error:
            self._end(error_text(error))
            return

        def end(chosen: tuple[Passage, ...] | None) -> None:
            if chosen is not None:
                self._end(self._write(self._reviewer.answer_by, chosen))

        self.app.push_screen(PassageScreen(question, passages, self._finder), end)

    def _write(self, decide: Callable[..., None], *how: object) -> str:
        """Write a decision; what went wrong in one line, "" if nothing did."""
        try:
            decide(self._item, *how)
        except (DnqaError, OSError) as error:
            return error_text(error)
        self._is_written = True
        return ""

    def _end(self, problem: str = "") -> None:
        """Go back once the decision is written, else say why it is not."""
        if self._is_written:
            self.dismiss(True)
        else:
            self.query_one("#problem", Static).update(Content(f"⚠ {problem}" if problem else ""))


def describe(item: Item) -> Content:
    """What is to be reviewed: a question with what answers it, quoted with its citation, or a synonym."""
    if not item.is_question:
        return Content.assemble(("synonym  ", "$quiet"), item.text)
    lines = [f"{passage.text} {cite(passage)}" for passage in item.passages]
    lines += (f"⚠ no passage any more that opens “{opens}”" for opens in item.lost)
    return Content.assemble(item.text, *((f"\n  {line}", "$quiet") for line in lines or [SILENT]))
