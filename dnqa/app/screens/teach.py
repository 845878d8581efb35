"""Say which passage answers a question, or that the source does not."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dnqa.app.messages import RowPicked
from dnqa.app.screens.confirm import ConfirmScreen
from dnqa.app.widgets.filtered_list import FilteredList, Rows
from dnqa.app.widgets.line_input import LineInput
from dnqa.app.widgets.passage_card import quote
from dnqa.desk.finder import Finder, Kind
from dnqa.records import Passage
from dnqa.rendering import cite, count

_MOST_ROWS = 30

Lesson = tuple[str, tuple[Passage, ...]]
"""A question as it will be stored, and the passages that answer it, () for none."""


class TeachScreen(ModalScreen[Lesson]):
    """The question, which may be changed, and the passages; its result has been confirmed, None if not."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f7", "dismiss", "Back", show=False)]

    def __init__(self, question: str, passages: Sequence[Passage], finder: Finder) -> None:
        """A lesson to be given.

        passages: of the corpus, the likely ones first.
        """
        super().__init__()
        self._question = question
        self._passages = passages
        self._finder = finder

    def compose(self) -> ComposeResult:
        """The question, then "the source does not say" and the passages."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Teach"
            dialog.border_subtitle = "Enter: choose · Esc: back"
            text = "The question as it will be stored; take out what names a patient:"
            yield Static(Content(text), markup=False)
            yield LineInput(self._question, id="lesson")
            yield Static(Content("Which passage answers it?"), markup=False)
            yield FilteredList(self._find, placeholder="Words of the passage, or its citation number")

    def _find(self, typed: str) -> Rows:
        if typed.strip():
            entries = self._finder.find(typed, limit=_MOST_ROWS).entries
            passages = [entry.passage for entry in entries if entry.kind is Kind.PASSAGE and entry.passage]
        else:
            passages = list(self._passages[:_MOST_ROWS])
        rows: list[tuple[Content, Passage | None]] = [(quote(passage), passage) for passage in passages]
        silent = (Content("∅ The source does not say"), None)
        rows.insert(len(rows) if typed.strip() else 0, silent)  # who looks for a passage wants a passage
        return Rows(rows, f"{count(len(passages), 'passage')} listed of {len(self._passages):,}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on from the question to the passages."""
        event.stop()
        self.query_one(FilteredList).query_one(Input).focus()

    def on_row_picked(self, message: RowPicked) -> None:
        """Ask before anything is stored."""
        message.stop()
        question = self.query_one("#lesson", Input).value.strip()
        if not question:
            self.query_one("#lesson", Input).focus()
            return
        chosen: tuple[Passage, ...] = (message.value,) if isinstance(message.value, Passage) else ()
        quoted = [f"{passage.text} {cite(passage)}" for passage in chosen] or ["∅ The source does not say."]
        content = Content.assemble(
            "To the known questions will be added, not yet reviewed:\n\n",
            (f"› {question}\n", "bold"),
            "\n".join(quoted),
        )

        def end(agreed: bool | None) -> None:
            if agreed:
                self.dismiss((question, chosen))

        self.app.push_screen(ConfirmScreen("Add this question?", content), end)
