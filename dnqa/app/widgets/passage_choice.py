"""The passages of a corpus, of which one answers a question, or none."""

from collections.abc import Sequence

from textual.content import Content

from dnqa.app.widgets.filtered_list import FilteredList, Rows
from dnqa.app.widgets.passage_card import quote
from dnqa.desk.finder import Finder, Kind
from dnqa.records import Passage
from dnqa.rendering import count

SILENT = "∅ The source does not say"
_MOST_ROWS = 30


class PassageChoice(FilteredList):
    """A filtered list of passages, and a row for none, whose value is None."""

    def __init__(self, passages: Sequence[Passage], finder: Finder) -> None:
        """A choice.

        passages: of the corpus, the likely ones first.
        """
        super().__init__(self._find_passages, placeholder="Words of the passage, or its citation number")
        self._passages = passages
        self._finder = finder

    def _find_passages(self, typed: str) -> Rows:
        if typed.strip():
            entries = self._finder.find(typed, limit=_MOST_ROWS).entries
            passages = [entry.passage for entry in entries if entry.kind is Kind.PASSAGE and entry.passage]
        else:
            passages = list(self._passages[:_MOST_ROWS])
        rows: list[tuple[Content, Passage | None]] = [(quote(passage), passage) for passage in passages]
        silent = (Content(SILENT), None)
        rows.insert(len(rows) if typed.strip() else 0, silent)  # who looks for a passage wants a passage
        return Rows(rows, f"{count(len(passages), 'passage')} listed of {len(self._passages):,}")
