"""One line at the bottom: the keys that apply now."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from dnqa.app.messages import CommandGiven

_N_LASTING = 2
"""The keys that are never left out, first in their list."""


class Key(NamedTuple):
    """A key of the bar.

    shown: as it is printed on keyboards.
    label: what it does, in a word or two.
    command: the name of the command.
    """

    shown: str
    label: str
    command: str


class KeyBar(Static):
    """The keys in the order of the keyboard; what does not fit is left out, the least useful first.

    Where even the first do not fit with their labels, they stand without.
    """

    def __init__(self) -> None:
        super().__init__("", markup=False, id="keys")
        self._keys: Sequence[Key] = ()

    def show(self, keys: Sequence[Key]) -> None:
        """Set the keys, the most useful first."""
        self._keys = keys
        self.refresh(layout=True)

    @property
    def _fitting(self) -> list[Key]:
        """The keys that fit, in the order of the keyboard."""
        fitting: list[Key] = []
        left = self.size.width
        for place, key in enumerate(self._keys):
            shown = key
            if place < _N_LASTING and sum(map(_width, self._keys[:_N_LASTING])) > self.size.width:
                shown = key._replace(label="")
            if _width(shown) <= left:
                left -= _width(shown)
                fitting.append(shown)
        return sorted(fitting, key=lambda key: (not key.shown.startswith("F"), key.shown))

    def render(self) -> Content:
        """The line for the present width."""
        return Content.assemble(
            *(part for key in self._fitting for part in ((f" {key.shown} ", "bold reverse"), f" {key.label} "))
        )

    def on_click(self, event: Click) -> None:
        """Do what the key under the mouse does."""
        end = 0
        for key in self._fitting:
            end += _width(key)
            if event.x < end:
                self.post_message(CommandGiven(key.command))
                return


def _width(key: Key) -> int:
    return cell_len(f" {key.shown}  {key.label} ")
