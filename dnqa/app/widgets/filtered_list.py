"""A list that is filtered while a person types, and walked through without leaving the filter."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from dnqa.app.messages import RowPicked
from dnqa.app.widgets.line_input import LineInput

_QUIET = "auto 70%"  # of black or white, whichever stands out


class Rows(NamedTuple):
    """What to list.

    rows: what each row shows, and what it stands for.
    note: a line below the list.
    highlighted: the row that Enter picks at first, from 0.
    """

    rows: Sequence[tuple[Content, Any]]
    note: str
    highlighted: int = 0


def holds_words(typed: str, text: str) -> bool:
    """Whether a text has all the words, or beginnings of words, that were typed, case aside."""
    folded = text.casefold()
    return all(word in folded for word in typed.casefold().split())


class FilteredList(Vertical):
    """A filter, the rows that match it, and a note below; a row is picked with Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", "Up", show=False, priority=True),
        Binding("down", "move('cursor_down')", "Down", show=False, priority=True),
        Binding("pageup", "move('page_up')", "Page up", show=False, priority=True),
        Binding("pagedown", "move('page_down')", "Page down", show=False, priority=True),
    ]

    def __init__(self, find: Callable[[str], Rows], *, placeholder: str, typed: str = "") -> None:
        """A list.

        find: gives the rows for what was typed.
        typed: what to filter by at first.
        """
        super().__init__()
        self._find = find
        self._placeholder = placeholder
        self._first_typed = typed
        self._values: list[Any] = []

    def compose(self) -> ComposeResult:
        """The filter, the list, the note."""
        yield LineInput(self._first_typed, placeholder=self._placeholder)
        yield OptionList(markup=False)
        yield Static("", markup=False, classes="note")

    def on_mount(self) -> None:
        """List what matches at first."""
        self._list(self._first_typed)
        self.query_one(Input).focus()

    @property
    def typed(self) -> str:
        """What is filtered by."""
        return self.query_one(Input).value

    @typed.setter
    def typed(self, value: str) -> None:
        box = self.query_one(Input)
        box.value = value
        box.cursor_position = len(value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what matches now."""
        event.stop()
        self._list(event.value)

    def list_again(self) -> None:
        """List what matches now that something has changed, the highlight where it was."""
        self._list(self.typed, self.query_one(OptionList).highlighted)

    def _list(self, typed: str, highlighted: int | None = None) -> None:
        found = self._find(typed)
        self._values = [value for _, value in found.rows]
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options(Option(_adapt(content)) for content, _ in found.rows)
        at = found.highlighted if highlighted is None else highlighted
        rows.highlighted = min(at, len(found.rows) - 1) if found.rows else None
        self.query_one(".note", Static).update(Content(found.note), layout=False)

    def action_move(self, how: str) -> None:
        """Move the highlight while the filter keeps the focus."""
        rows = self.query_one(OptionList)
        getattr(rows, f"action_{how}")()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pick the highlighted row."""
        event.stop()
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self.post_message(RowPicked(self._values[highlighted]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pick the row that was clicked."""
        event.stop()
        self.post_message(RowPicked(self._values[event.option_index]))


def _adapt(content: Content) -> Content:
    """A row whose quiet parts can be read on the ground of the highlight, too."""
    spans = [span._replace(style=str(span.style).replace("$quiet", _QUIET)) for span in content.spans]
    return Content(content.plain, spans)
