"""What the keys and commands do."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

_TEXT = """\
Type a question and press Enter. The answer is quoted from the source, word for word, with its citation number.
∅ means that the source does not answer; the nearest headings can be opened.
4 or [4] lists what citation 4 supports. "more", "go back", "what about …?" carry the conversation on.

In the box: ↑ ↓ earlier questions · Tab or → takes the suggestion · Esc empties the box (↑ brings it back)
In the conversation (Tab): ↑ ↓ choose a passage · Enter shows it in the source · just type to ask on
Page up and Page down turn the conversation from anywhere.
Mouse: click a passage to choose it; drag to select text and copy it with Ctrl+C. To let the terminal itself
select, hold Shift (Option on a Mac) while dragging.
Ctrl+C twice leaves. Nothing that is typed is stored, unless a command below is told where.

Every key has a command that can be typed instead, in every terminal and browser; Ctrl+P lists those that apply:
"""


class HelpScreen(ModalScreen[None]):
    """Our own words about the desk; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,enter,q", "dismiss", "Back", show=False)]

    def __init__(self, commands: Sequence[tuple[str, str, str]]) -> None:
        """A help page.

        commands: key, name and summary of each.
        """
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """The text, then every command with its key."""
        width = max(len(name) for _, name, _ in self._commands) + 2
        rows = [
            part
            for key, name, summary in self._commands
            for part in ((f"/{name:{width}}", "bold"), (f"{key:8}", "bold"), f"{summary}\n")
        ]
        with VerticalScroll(classes="dialog") as dialog:
            dialog.border_title = "Help"
            dialog.border_subtitle = "Esc: back"
            yield Static(Content.assemble(_TEXT, "\n", *rows), markup=False)
