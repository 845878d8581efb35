"""What was refused in this conversation, to choose what is taught."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dnqa.app.messages import RowPicked
from dnqa.app.widgets.filtered_list import FilteredList, Rows, holds_words
from dnqa.records import Answer
from dnqa.rendering import cite, count


class RefusedScreen(ModalScreen[Answer]):
    """A list of refusals; its result is the one that was picked, None if none was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", show=False)]

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__()
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Refused"
            dialog.border_subtitle = "Enter: teach · Esc: back"
            yield FilteredList(self._find, placeholder="Words of a question")

    def _find(self, typed: str) -> Rows:
        found = [answer for answer in self._answers if holds_words(typed, answer.question)]
        return Rows([(_describe(answer), answer) for answer in found], count(len(found), "question"))

    def on_row_picked(self, message: RowPicked) -> None:
        """Give back what was picked."""
        message.stop()
        assert isinstance(message.value, Answer)
        self.dismiss(message.value)


def _describe(answer: Answer) -> Content:
    """The question, and below it what comes closest."""
    closest = [hit.passage for hit in answer.closest[:1]]
    return Content.assemble(
        answer.question, *((f"\n  ≈ {passage.text} {cite(passage)}", "$quiet") for passage in closest)
    )
