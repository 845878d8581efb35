"""Ask for one line: a file name, a number of minutes, a synonym."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dnqa.app.widgets.line_input import LineInput


class PromptScreen(ModalScreen[None]):
    """A line to fill in; it stays, with what was typed, until the line can be used."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Back", show=False)]

    def __init__(  # noqa: PLR0913 - what a prompt shows and does
        self,
        title: str,
        text: str,
        value: str,
        use: Callable[[str], str],
        *,
        check: Callable[[str], str] = lambda _: "",
        is_change: bool = False,
        may_be_empty: bool = False,
    ) -> None:
        """A prompt.

        use: does what the line is for, and gives back what went wrong in one line, "" if nothing did.
        check: the same of a line that is being typed, which cannot be used while something is wrong with it.
        is_change: whether the line is one that is there already, so that typing goes on in it, not in its place.
        may_be_empty: whether an empty line means something.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._value = value
        self._use = use
        self._check = check
        self._is_change = is_change
        self._may_be_empty = may_be_empty

    def compose(self) -> ComposeResult:
        """Title, explanation, the line, and a place for what is wrong with it."""
        with VerticalScroll(classes="dialog", can_focus=False) as dialog:
            dialog.border_title = self._title
            dialog.border_subtitle = "Enter: go on · Esc: back"
            yield Static(Content(self._text), markup=False)
            yield LineInput(self._value, select_on_focus=not self._is_change)
            yield Static("", markup=False, id="problem")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is wrong with the line so far."""
        event.stop()
        self._tell(self._check(event.value.strip()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Use the line, or say why it cannot be used."""
        event.stop()
        typed = event.value.strip()
        if not typed and not self._may_be_empty:
            return
        if problem := self._check(typed) or self._use(typed):
            self._tell(problem)
        else:
            self.dismiss()

    def _tell(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(f"⚠ {problem}" if problem else ""))
