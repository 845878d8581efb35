"""Say which passage answers a question, or that the source does not."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dnqa.app.background import run_apart
from dnqa.app.messages import RowPicked
from dnqa.app.screens.confirm import ConfirmScreen
from dnqa.app.widgets.filtered_list import FilteredList
from dnqa.app.widgets.line_input import LineInput
from dnqa.app.widgets.passage_choice import SILENT, PassageChoice
from dnqa.desk.finder import Finder
from dnqa.errors import DnqaError
from dnqa.records import Passage
from dnqa.rendering import cite, error_text
from dnqa.teaching import describe_affected

Lesson = tuple[str, tuple[Passage, ...]]
"""A question as it will be stored, and the passages that answer it, () for none."""


class TeachScreen(ModalScreen[Lesson]):
    """The question, which may be changed, and the passages; its result has been confirmed, None if not."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f7", "dismiss", "Back", show=False)]

    def __init__(
        self,
        question: str,
        passages: Sequence[Passage],
        finder: Finder,
        find_affected: Callable[[str, tuple[Passage, ...]], Sequence[str]],
    ) -> None:
        """A lesson to be given.

        passages: of the corpus, the likely ones first.
        find_affected: the known questions that a lesson may change; it may take a while.
        """
        super().__init__()
        self._question = question
        self._passages = passages
        self._finder = finder
        self._find_affected = find_affected

    def compose(self) -> ComposeResult:
        """The question, then "the source does not say" and the passages."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Teach"
            dialog.border_subtitle = "Enter: choose · Esc: back"
            text = "The question as it will be stored; take out what names a patient:"
            yield Static(Content(text), markup=False)
            yield LineInput(self._question, id="lesson")
            yield Static(Content("Which passage answers it?"), markup=False)
            yield PassageChoice(self._passages, self._finder)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on from the question to the passages."""
        event.stop()
        self.query_one(FilteredList).query_one(Input).focus()

    def on_row_picked(self, message: RowPicked) -> None:
        """Ask before anything is stored."""
        message.stop()
        question = self.query_one("#lesson", Input).value.strip()
        if not question:
            self.query_one("#lesson", Input).focus()
            return
        chosen: tuple[Passage, ...] = (message.value,) if isinstance(message.value, Passage) else ()
        self.run_worker(self._confirm(question, chosen), exclusive=True)

    async def _confirm(self, question: str, chosen: tuple[Passage, ...]) -> None:
        """Show what will be stored, and what else it may change."""
        try:
            affected = await run_apart(self._find_affected, question, chosen)
        except (DnqaError, OSError) as error:
            self.notify(f"⚠ {error_text(error)}", severity="warning", markup=False)
            return
        quoted = [f"{passage.text} {cite(passage)}" for passage in chosen] or [f"{SILENT}."]
        content = Content.assemble(
            "To the known questions will be added, not yet reviewed:\n\n",
            (f"› {question}\n", "bold"),
            "\n".join(quoted),
            "\n\n",
            "\n".join(describe_affected(affected)),
        )

        def end(agreed: bool | None) -> None:
            if agreed:
                self.dismiss((question, chosen))

        self.app.push_screen(ConfirmScreen("Add this question?", content), end)
