"""A passage as it is quoted in the conversation."""

from collections.abc import Mapping, Sequence
from functools import partial

from textual.content import Content

from dnqa.app.messages import PassageOpened
from dnqa.app.widgets.choice import Choice
from dnqa.records import Passage
from dnqa.rendering import cite, find_place

TICK, REMARK = "✓", "·"


class PassageCard(Choice):
    """A passage word for word with its citation, and below it where it stands and what a person should know."""

    def __init__(  # noqa: PLR0913 - what a card shows
        self,
        passage: Passage,
        *,
        entries: Mapping[int, str],
        names_source: bool,
        marks: Sequence[tuple[int, int]] = (),
        remarks: Sequence[str] = (),
        classes: str = "",
    ) -> None:
        """A card.

        entries: of the source's references, by number.
        names_source: whether there are several sources, so that the card must say which.
        marks: half-open spans of its text that were asked for. remarks: a line each.
        """
        self.passage = passage
        self._entries = entries
        self._names_source = names_source
        self._marks = marks
        self._remarks = remarks
        super().__init__(self._compose_content(ticked=False), partial(PassageOpened, passage), classes=classes)

    def set_ticked(self, ticked: bool) -> None:
        """Show whether the passage is on the patient sheet."""
        self.update(self._compose_content(ticked=ticked))

    def _compose_content(self, *, ticked: bool) -> Content:
        passage = self.passage
        place = [*([passage.section] if passage.section else []), find_place(passage)]
        if self._names_source:
            place.insert(0, passage.title or passage.source)
        if ticked:
            place.append(f"{TICK} on the patient sheet")
        lines = [" · ".join(place)]
        lines += (f"[{number}] {self._entries[number]}" for number in passage.citations if number in self._entries)
        lines += (f"{REMARK} {remark}" for remark in self._remarks)
        return Content.assemble(quote(passage, self._marks), *(("\n" + line, "$quiet") for line in lines))


def quote(passage: Passage, marks: Sequence[tuple[int, int]] = ()) -> Content:
    """A passage word for word with its citation standing out, wherever it is listed.

    marks: half-open spans of its text that are underlined.
    """
    text = passage.text
    pieces: list[str | tuple[str, str]] = []
    end = 0
    for start, stop in marks:
        pieces += (text[end:start], (text[start:stop], "underline"))
        end = stop
    return Content.assemble(*pieces, text[end:], " ", (cite(passage), "reverse $quiet"))
