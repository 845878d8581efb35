"""Lines that begin an item of a list, told by their bullet or number."""

import re
from collections import Counter
from collections.abc import Sequence

from dnqa.reading.headings import FINISHED
from dnqa.reading.lines import TextLine

_CLEAR_BULLET = re.compile(r"[•‣⁃◦●○■□▪▫➢➤✓✔❖♦∙\uf0b7\uf0a7\uf0d8\uf0fc][ \t\u00a0]*")
_DASH_BULLET = re.compile(r"[-–—*+·][ \t\u00a0]+(?=\S)")
_LETTER_O_BULLET = re.compile(r"o[ \t\u00a0]+(?=[^\W\d_])")
_LIST_NUMBER = re.compile(r"(?:(\d{1,3})([.)])|\(?([a-z]|[ivx]{2,4})\)|(?P<roman>[ivx]{1,5})\.)[ \t\u00a0]+(?=\S)")
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii".split()


class ItemReader:
    """Measures the bullets and numbers of lines, in their order."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._number = 0  # of the last item with one
        self._dashes = Counter(line.text[0] for line in lines if _DASH_BULLET.match(line.text))
        romans = {match["roman"] for line in lines if (match := _LIST_NUMBER.match(line.text)) and match["roman"]}
        self._has_romans = {"i", "ii"} <= romans

    def restart(self) -> None:
        """Let the next list begin anew."""
        self._number = 0

    def measure(self, i: int, *, is_open: bool, in_list: bool) -> int:
        """How many characters of line i are a bullet or list number, 0 if it starts with none.

        is_open: whether the line above may go on. in_list: whether that is an item.
        """
        line = self._lines[i]
        if match := _CLEAR_BULLET.match(line.text) or _LETTER_O_BULLET.match(line.text):
            return match.end()
        starts_block = not line.is_below or not is_open or in_list
        finished = starts_block or bool(FINISHED.search(self._lines[i - 1].text))
        if match := _DASH_BULLET.match(line.text):
            return match.end() if finished or self._dashes[line.text[0]] > 1 else 0
        if match := _LIST_NUMBER.match(line.text):
            if match["roman"]:
                return match.end() if self._has_romans and match["roman"] in _ROMANS else 0
            if match[1] is None:
                return match.end() if finished else 0
            number = int(match[1])
            if finished or number == self._number + 1:
                self._number = number
                return match.end()
        return 0


def starts_item(text: str) -> bool:
    """Whether a line begins with anything like a bullet or a list number."""
    return any(pattern.match(text) for pattern in (_CLEAR_BULLET, _DASH_BULLET, _LETTER_O_BULLET, _LIST_NUMBER))


def goes_on_small(text: str) -> bool:
    """Whether a line begins with a small letter that is no bullet or list number."""
    return text[0].islower() and not _LIST_NUMBER.match(text) and not _LETTER_O_BULLET.match(text)
