"""See and change what people say for the words of the source."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dnqa.app.messages import RowPicked
from dnqa.app.screens.prompt import PromptScreen
from dnqa.app.widgets.filtered_list import FilteredList, Rows, holds_words
from dnqa.errors import DnqaError, UsageError
from dnqa.library import Library
from dnqa.rendering import error_text
from dnqa.teaching import own_synonyms, require_own
from dnqa.teaching.general import GeneralSynonym, list_general, switch
from dnqa.teaching.own_synonyms import OwnSynonym

_MOST_ROWS = 300
_FORM = 'what people say, and the source\'s words for it: "a, b => c"; or words for each other: "a, b"'


class SynonymsScreen(ModalScreen[bool]):
    """The synonyms of a corpus, its own before the general ones; its result is whether something was changed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(self, library: Library) -> None:
        """The synonyms of a library's corpus. Raises CorpusError if their file cannot be read."""
        super().__init__()
        self._library = library
        self._is_changed = False
        self._read()

    def _read(self) -> None:
        self._own = own_synonyms.list_own(self._library.path)
        self._general = list_general(self._library.path)

    def compose(self) -> ComposeResult:
        """The list in a box, and a place for what went wrong."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Synonyms"
            dialog.border_subtitle = "Enter: change · Esc: back"
            yield FilteredList(self._find, placeholder="Words of a synonym")
            yield Static("", markup=False, id="problem")

    def _find(self, typed: str) -> Rows:
        own = [found for found in self._own if holds_words(typed, found.text)]
        general = [found for found in self._general if holds_words(typed, found.text)]
        rows: list[tuple[Content, OwnSynonym | GeneralSynonym | None]] = [(Content("+ add a synonym"), None)]
        rows += ((Content.assemble(("own  ", "$quiet"), found.text), found) for found in own)
        signs = {True: "on   ", False: "off  "}
        rows += ((Content.assemble((signs[found.is_on], "$quiet"), found.text), found) for found in general)
        first = f", the first {_MOST_ROWS} shown" if len(rows) > _MOST_ROWS else ""
        n_off = sum(not found.is_on for found in general)
        note = f"{len(own):,} own, {len(general):,} general, {n_off:,} of them off{first}"
        return Rows(rows[:_MOST_ROWS], note, highlighted=1 if typed.strip() else 0)  # who looks for one wants that

    def on_row_picked(self, message: RowPicked) -> None:
        """Change an own synonym or add one; switch a general one on or off."""
        message.stop()
        picked = message.value
        try:
            require_own(self._library)
            if isinstance(picked, GeneralSynonym):
                switch(self._library, picked.number, on=not picked.is_on)
                self._take_up()
        except (DnqaError, OSError) as error:
            self._tell(error_text(error))
            return
        if isinstance(picked, OwnSynonym):
            use = partial(self._write, partial(own_synonyms.change, self._library, picked))
            text = f"{_FORM[0].upper()}{_FORM[1:]}. An empty line drops it."
            self.app.push_screen(
                PromptScreen(
                    "Change a synonym", text, picked.text, use, check=_find_problem, is_change=True, may_be_empty=True
                )
            )
        elif picked is None:
            use = partial(self._write, partial(own_synonyms.add, self._library))
            self.app.push_screen(
                PromptScreen("Add a synonym", f"{_FORM[0].upper()}{_FORM[1:]}.", "", use, check=_find_problem)
            )

    def _write(self, act: Callable[[str], object], typed: str) -> str:
        try:
            act(typed)
            self._take_up()
        except (DnqaError, OSError) as error:
            return error_text(error)
        return ""

    def _take_up(self) -> None:
        """List what the file says now."""
        self._is_changed = True
        self._read()
        self._tell("")
        self.query_one(FilteredList).list_again()

    def _tell(self, problem: str) -> None:
        self.query_one("#problem", Static).update(Content(f"⚠ {problem}" if problem else ""))

    def action_leave(self) -> None:
        """Say whether something was changed."""
        self.dismiss(self._is_changed)


def _find_problem(typed: str) -> str:
    """What is wrong with a synonym as it is typed, "" if nothing is; nothing typed is nothing wrong."""
    try:
        own_synonyms.read_synonym(typed or "a, b")
    except UsageError as error:
        return error_text(error)
    return ""
