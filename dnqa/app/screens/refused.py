"""What was refused in this conversation, to choose what is taught."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dnqa.app.messages import RowPicked
from dnqa.app.widgets.filtered_list import FilteredList, Rows
from dnqa.rendering import count


class RefusedScreen(ModalScreen[str]):
    """A list of questions; its result is the one that was picked, None if none was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", show=False)]

    def __init__(self, questions: Sequence[str]) -> None:
        super().__init__()
        self._questions = questions

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Refused"
            dialog.border_subtitle = "Enter: teach · Esc: back"
            yield FilteredList(self._find, placeholder="Words of a question", typed="")

    def _find(self, typed: str) -> Rows:
        words = typed.lower().split()
        found = [question for question in self._questions if all(word in question.lower() for word in words)]
        return Rows([(Content(question), question) for question in found], count(len(found), "question"))

    def on_row_picked(self, message: RowPicked) -> None:
        """Give back what was picked."""
        message.stop()
        self.dismiss(str(message.value))
