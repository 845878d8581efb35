"""Emoji that terminals draw with different widths."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver

from dnqa.app.emoji import hold_driver, hold_places

SEQUENCES = {
    "joined": "👩‍⚕️",
    "a family": "👨‍👩‍👧",
    "with a selector": "❤️",
    "a keycap": "1️⃣",
    "a flag": "🇩🇪",
    "half a flag": "🇩",
    "a skin tone": "👍🏽",
    "one character": "😀",
    "a joiner at the end": "👩\u200d",
    "several": "❤️👍🏽🇩🇪🇫🇷 ok 👩‍⚕️",
}
_PART = re.compile(r"\x1b([78])|\x1b\[(\d+)C|(.)", re.S)


def sum_up(character: str) -> int:
    """As many cells as the characters have one by one: an old terminal."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def take_one(character: str) -> int:
    """One cell for everything: a browser's."""
    return min(1, sum_up(character))


def take_two(character: str) -> int:
    """Two cells for whatever is not ASCII, selectors too."""
    return 1 if character.isascii() or character == "│" else 2


def draw(output: str, width_of: Callable[[str], int]) -> list[str]:
    """The cells of a row once a terminal has drawn it; a wide character fills its first one."""
    cells = ["?"] * 80  # what stood there before
    at = saved = 0
    for match in _PART.finditer(output):
        if match[1] == "7":
            saved = at
        elif match[1]:
            at = saved
        elif match[2]:
            at += int(match[2])
        else:
            for n in range(width_of(match[3])):
                cells[at + n] = "" if n else match[3]
            at += width_of(match[3])
    return cells


@pytest.mark.parametrize("width_of", [sum_up, take_one, take_two])
@pytest.mark.parametrize("sequence", SEQUENCES.values(), ids=SEQUENCES)
def test_what_stands_right_of_it_keeps_its_place(sequence: str, width_of: Callable[[str], int]) -> None:
    """A border is where it was meant to be, whatever a terminal makes of the emoji; nothing old shows before it."""
    line = f"ab {sequence} end "
    cells = draw(hold_places(f"{line}│"), width_of)
    assert cells.index("│") == cell_len(line)
    assert "?" not in cells[: cells.index("│")]
    assert "".join(cells[cells.index("│") - 4 : cells.index("│")]) == "end "


def test_without_it_they_would_move() -> None:
    """The terminals of these tests do differ from what is meant."""
    for width_of in (sum_up, take_one, take_two):
        assert draw("ab 👍🏽❤️❤️👩‍⚕️ │", width_of).index("│") != cell_len("ab 👍🏽❤️❤️👩‍⚕️ ")


@pytest.mark.parametrize("text", ["plain", "\x1b[1mfür β-blocker → 針治療 ✓ ≥ ½ é e\u0301 …\x1b[0m", "╭─ ● ◷ ⚠ ─╮"])
def test_other_text_is_written_as_it_is(text: str) -> None:
    """Letters of any script, accents, the signs and borders of the app."""
    assert hold_places(text) == text


def test_every_driver_writes_so() -> None:
    """A driver that holds places writes what another would, and is still one of its kind."""
    written: list[str] = []

    class Recorder(HeadlessDriver):
        """Keeps what is written."""

        def write(self, data: str) -> None:
            """Keep it."""
            written.append(data)

    holding: type[Driver] = hold_driver(Recorder)
    assert issubclass(holding, Recorder)
    holding.write(holding.__new__(holding), "a ❤️ b")
    assert written == [hold_places("a ❤️ b")]
