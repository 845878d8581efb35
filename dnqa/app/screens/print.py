"""Print the patient sheet, or save it as PDF where nothing prints."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dnqa.app.widgets.line_input import LineInput

Act = Callable[[str], Awaitable[str]]
"""Does what the screen is for; gives back what went wrong in one line, "" if nothing did."""


class PrintScreen(ModalScreen[None]):
    """What will be printed; Enter prints it. Where nothing prints, a line says where the PDF goes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", show=False),
        Binding("enter", "print", "Print", show=False),
        Binding("ctrl+l", "change_type", "Larger type", show=False, priority=True),
    ]

    def __init__(
        self,
        describe: Callable[[bool], str],
        *,
        path: str,
        print_now: Act | None,
        save: Act,
        change_type: Callable[[], None],
    ) -> None:
        """A screen.

        describe: what will be printed, or saved if it is given False, and in which type.
        path: where the PDF is offered to be saved. print_now: None if nothing prints.
        change_type: from the usual type to the larger, and back.
        """
        super().__init__()
        self._describe = describe
        self._path = path
        self._print = print_now
        self._save = save
        self._change = change_type
        self._is_busy = False

    def compose(self) -> ComposeResult:
        """What will be printed, the line, and a place for what went wrong."""
        with VerticalScroll(classes="dialog", can_focus=self._print is not None):  # or nothing could scroll it
            yield Static("", markup=False, id="described")
            line = LineInput(self._path)
            line.disabled = self._print is not None  # it is not there yet, and must not have the focus
            yield line
            yield Static("", markup=False, id="problem")

    def on_mount(self) -> None:
        """Show it."""
        self._show()

    def _show(self) -> None:
        dialog = self.query_one(".dialog")
        dialog.border_title = "Print patient sheet"
        dialog.border_subtitle = f"Enter: {'print' if self._print else 'save'} · Esc: back"
        self.query_one("#described", Static).update(Content(self._describe(self._print is not None)))
        line = self.query_one(Input)
        line.display, line.disabled = self._print is None, self._print is not None
        if self._print is None:
            line.focus()

    def action_change_type(self) -> None:
        """Take the other type."""
        self._change()
        self._show()

    def action_print(self) -> None:
        """Print; if that fails, say why and offer to save the PDF."""
        if self._print is None or self._is_busy:
            return
        act = self._print
        self.run_worker(self._do(act, ""))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the PDF, or say why it cannot be saved there."""
        event.stop()
        typed = event.value.strip()
        if typed and not self._is_busy:
            self.run_worker(self._do(self._save, typed))

    async def _do(self, act: Act, typed: str) -> None:
        self._is_busy = True
        problem = await act(typed)
        self._is_busy = False
        if not self.is_attached:
            return  # the next patient has begun
        if problem:
            self._print = None
            self._show()
            place = self.query_one("#problem", Static)
            place.update(Content(f"⚠ {problem}"))
            self.call_after_refresh(place.scroll_visible, animate=False)
        else:
            self.dismiss()
