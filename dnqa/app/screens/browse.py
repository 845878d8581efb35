"""Go through the headings, citations and passages, filtered while a person types."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dnqa.app.messages import PassageOpened, RowPicked, SectionOpened
from dnqa.app.widgets.filtered_list import FilteredList, Rows
from dnqa.app.widgets.passage_card import quote
from dnqa.desk.finder import Entry, Finder, Kind
from dnqa.desk.marking import mark_typed
from dnqa.rendering import count

_MOST_ROWS = 30


class BrowseScreen(ModalScreen[PassageOpened | SectionOpened]):
    """A filter and what matches it; its result says what to open, None if nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f3", "dismiss", "Back", show=False)]

    def __init__(self, finder: Finder, typed: str = "", *, names_source: bool = False) -> None:
        """A finder on the screen.

        typed: what to filter by at first.
        names_source: whether there are several sources, so that each row must say which.
        """
        super().__init__()
        self._finder = finder
        self._typed = typed
        self._names_source = names_source

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Browse"
            dialog.border_subtitle = "Enter: open · Esc: back"
            yield FilteredList(
                self._find, placeholder="Words of a heading or passage, or a citation number", typed=self._typed
            )

    def _find(self, typed: str) -> Rows:
        found = self._finder.find(typed, limit=_MOST_ROWS)
        note = count(found.n_entries, "match", "matches") if typed.strip() else "Headings, then citations"
        if found.n_entries > len(found.entries):
            note += f", the first {len(found.entries)} shown"
        rows = [(self._describe(entry, typed), entry) for entry in found.entries]
        return Rows(rows, note if rows else "∅ Nothing matches.")

    def _describe(self, entry: Entry, typed: str) -> Content:
        source = [f" · {entry.source}"] if self._names_source else []
        supported = [f" · {count(entry.n_passages, 'passage')}"] if entry.n_passages else []
        if entry.kind is Kind.PASSAGE and entry.passage:
            marks = mark_typed(typed, entry.passage.text)
            section = [(f" · {entry.passage.section}", "$quiet")] if entry.passage.section else []
            return Content.assemble("  ", quote(entry.passage, marks), *section, *source)
        if entry.kind is Kind.HEADING:
            return Content.assemble((entry.text, "bold"), *supported, *source)
        number = entry.numbers[0]
        return Content.assemble((f"[{number}]", "bold reverse"), f" {entry.text or 'citation'}", *supported, *source)

    def on_row_picked(self, message: RowPicked) -> None:
        """Open what was picked; a citation lists the passages that it supports first."""
        message.stop()
        entry = message.value
        assert isinstance(entry, Entry)
        box = self.query_one(FilteredList)
        if entry.kind is Kind.CITATION and box.typed.strip(" []") != str(entry.numbers[0]):
            box.typed = str(entry.numbers[0])
        elif entry.kind is Kind.HEADING:
            self.dismiss(SectionOpened(entry.text, entry.source, entry.path))
        elif entry.passage:
            self.dismiss(PassageOpened(entry.passage, outside=True))
