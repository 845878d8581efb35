"""Choose the passage that answers a question, or that none does."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dnqa.app.messages import RowPicked
from dnqa.app.widgets.passage_choice import PassageChoice
from dnqa.desk.finder import Finder
from dnqa.records import Passage


class PassageScreen(ModalScreen[tuple[Passage, ...]]):
    """The passages of a corpus; its result is the one that was picked, () for none of them, None if nothing was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", show=False)]

    def __init__(self, question: str, passages: Sequence[Passage], finder: Finder) -> None:
        """A choice.

        passages: of the corpus, the likely ones first.
        """
        super().__init__()
        self._question = question
        self._passages = passages
        self._finder = finder

    def compose(self) -> ComposeResult:
        """The question above the passages."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Which passage answers it?"
            dialog.border_subtitle = "Enter: choose · Esc: back"
            yield Static(Content(f"› {self._question}"), markup=False, classes="question")
            yield PassageChoice(self._passages, self._finder)

    def on_row_picked(self, message: RowPicked) -> None:
        """Give back what was picked."""
        message.stop()
        self.dismiss((message.value,) if isinstance(message.value, Passage) else ())
