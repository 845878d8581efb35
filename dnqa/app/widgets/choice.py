"""A row of the conversation that the arrow keys can stand on."""

from collections.abc import Callable

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static


class Choice(Static):
    """A row that can be chosen, and opened with Enter or a click.

    opening: makes the message that opening the row sends; the conversation posts it.
    """

    def __init__(self, content: Content, opening: Callable[[], Message], *, classes: str = "") -> None:
        super().__init__(content, markup=False, classes=classes)
        self.opening = opening

    @property
    def is_retired(self) -> bool:
        """Whether it belongs to a source that has been read again since, and does nothing any more."""
        return self.has_class("-retired")

    def retire(self) -> None:
        """Do nothing any more."""
        self.add_class("-retired")

    def on_click(self, event: Click) -> None:
        """Let the conversation know."""
        event.stop()
        self.post_message(RowClicked(self))


class RowClicked(Message):
    """A row of the conversation was clicked.

    row: which.
    """

    def __init__(self, row: Choice) -> None:
        super().__init__()
        self.row = row
