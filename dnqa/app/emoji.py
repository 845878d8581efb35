"""Keep what stands right of an emoji in its place, however wide a terminal draws that.

An emoji of several characters (joined by U+200D, with a variation selector or a skin tone, a flag, a keycap) is two
cells wide to Textual; terminals take anything from one to six, and those in browsers one for any emoji. So each is
written into cells that were emptied before, and the cursor is put behind them, whatever the terminal has made of it.
The text itself stays as it is.
"""

import re

from rich.cells import cell_len
from textual.driver import Driver

_TAIL = r"[\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]"  # never alone: it changes what is before it
_EMOJI = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{1,2}"
    rf"|(?:[\U0001f000-\U0001faff]|[^\x00-\x20](?=[\ufe00-\ufe0f\u200d\u20e3]))(?:{_TAIL}|\u200d[^\x00-\x1f]?)*"
)
"""A space behind a joiner too: to Textual it is a part of the emoji."""
_SAVE, _RESTORE = "\x1b7", "\x1b8"


def hold_places(output: str) -> str:
    """What is written to a terminal, with every emoji in just the cells that are meant for it."""
    return output if output.isascii() else _EMOJI.sub(_hold, output)


def _hold(match: re.Match[str]) -> str:
    width = cell_len(match[0])
    forward = f"\x1b[{width}C" if width else ""
    return f"{_SAVE}{' ' * width}{_RESTORE}{match[0]}{_RESTORE}{forward}"


def hold_driver(driver: type[Driver]) -> type[Driver]:
    """A driver that writes as another does, and holds places."""

    def write(self: Driver, data: str) -> None:
        driver.write(self, hold_places(data))

    return type(driver.__name__, (driver,), {"write": write})
