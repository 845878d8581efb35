"""One line at the top: which source, in which state, and what is switched on."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from dnqa.desk.provenance import SEPARATOR


class TitleBar(Static):
    """The corpus's facts, as many as fit, the most important first; signs are always shown."""

    def __init__(self) -> None:
        super().__init__("", markup=False, id="title")
        self._facts: Sequence[str] = ()
        self._signs: Sequence[str] = ()

    def show(self, facts: Sequence[str], signs: Sequence[str]) -> None:
        """Set the facts, the most important first, and the signs of what is switched on."""
        self._facts, self._signs = facts, signs
        self.refresh(layout=True)

    def render(self) -> Content:
        """The line for the present width."""
        signs = "".join(f" {sign} " for sign in self._signs)
        left = self.size.width - cell_len(signs) - len("dnqa  ")
        facts = list(self._facts)
        while len(facts) > 1 and cell_len(SEPARATOR.join(facts)) > left:
            facts.pop()
        text = Content(SEPARATOR.join(facts)).truncate(max(1, left), ellipsis=True, pad=True)
        return Content.assemble(("dnqa  ", "bold"), text, (signs, "bold reverse"))
