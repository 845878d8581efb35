"""Go through what nobody has agreed to yet."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from dnqa.app.messages import RowPicked
from dnqa.app.screens.decision import DecisionScreen, describe
from dnqa.app.widgets.filtered_list import FilteredList, Rows, holds_words
from dnqa.desk.finder import Finder
from dnqa.records import Passage
from dnqa.teaching.review import Item, Reviewer

_MOST_ROWS = 30


class ReviewScreen(ModalScreen[int]):
    """Known questions and synonyms, each of which leaves the list once it is decided; its result is how many were."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Back", show=False)]

    def __init__(
        self,
        items: Sequence[Item],
        reviewer: Reviewer,
        list_likely: Callable[[str], Sequence[Passage]],
        finder: Finder,
    ) -> None:
        """A review.

        list_likely: the passages of the corpus, the likely ones for a question first; it may take a while.
        """
        super().__init__()
        self._left = {item: " ".join((item.text, *(passage.text for passage in item.passages))) for item in items}
        self._reviewer = reviewer
        self._list_likely = list_likely
        self._finder = finder
        self._n_decided = 0

    def compose(self) -> ComposeResult:
        """The list in a box."""
        with Vertical(classes="dialog tall") as dialog:
            dialog.border_title = "Review"
            dialog.border_subtitle = "Enter: decide · Esc: back"
            yield FilteredList(self._find, placeholder="Words of a question, its passage or a synonym")

    def _find(self, typed: str) -> Rows:
        found = [item for item, text in self._left.items() if holds_words(typed, text)]
        shown = found[:_MOST_ROWS]
        first = f", the first {len(shown)} shown" if len(shown) < len(found) else ""
        note = f"{len(found):,} to review{first} · {self._reviewer.name} reviews"
        return Rows([(describe(item), item) for item in shown], note if self._left else "∅ Nothing is left to review.")

    def on_row_picked(self, message: RowPicked) -> None:
        """Let it be decided, and go on with the next."""
        message.stop()
        item = message.value
        assert isinstance(item, Item)

        def end(decided: bool | None) -> None:
            if decided:
                self._n_decided += 1
                del self._left[item]
                self.query_one(FilteredList).list_again()

        self.app.push_screen(DecisionScreen(item, self._reviewer, self._list_likely, self._finder), end)

    def action_leave(self) -> None:
        """Say how many were decided."""
        self.dismiss(self._n_decided)
