"""Ask before something is done that stays."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class ConfirmScreen(ModalScreen[bool]):
    """A question to answer with Enter or Esc; its result is whether to go on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "dismiss(True)", "Yes", show=False),
        Binding("escape,n", "dismiss(False)", "No", show=False),
    ]

    def __init__(self, title: str, content: Content) -> None:
        super().__init__()
        self._title = title
        self._content = content

    def compose(self) -> ComposeResult:
        """What will be done."""
        with VerticalScroll(classes="dialog") as dialog:  # has the focus, so that the arrow keys scroll it
            dialog.border_title = self._title
            dialog.border_subtitle = "Enter: yes · Esc: no"
            yield Static(self._content, markup=False)
