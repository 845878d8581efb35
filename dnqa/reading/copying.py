"""A copy of a document as text that a person can correct: Markdown, with every citation written as `[^4]`.

Passages of files that are not text have no place in a text of their own; theirs is the one in this copy.
"""

from collections.abc import Iterable, Mapping


class Copy:
    """Writes a copy piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._n_lines = 1
        self._last = ""

    @property
    def text(self) -> str:
        """All that was written, with a line break at the end."""
        return "".join(self._pieces).rstrip("\n") + "\n"

    @property
    def position(self) -> int:
        """Where the next character is written."""
        return self._length

    @property
    def line(self) -> int:
        """The line that is written on, from 1."""
        return self._n_lines

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._n_lines += text.count("\n")

    def begin(self, kind: str, level: int = 0) -> None:
        """Begin a block: "heading" of a level from 1, "paragraph", "item" or "row"."""
        if self._last and not (kind == self._last and kind in ("item", "row")):
            self._write("\n")
        if kind == "row" and self._last == "row" and not self._ruled:
            self._write(f"|{' --- |' * self._n_cells}\n")
            self._ruled = True
        if kind != "row" or self._last != "row":
            self._ruled = False
        opening = {"heading": f"{'#' * max(1, min(6, level))} ", "item": "- ", "row": "| "}
        self._write(opening.get(kind, ""))
        self._last = kind
        self._starts = True

    def add(self, words: str) -> tuple[int, int, int]:
        """Write a sentence of the block that was begun; its line, start and end."""
        if not self._starts:
            self._write(" ")
        self._starts = False
        self._n_cells = words.count(" | ") + 1
        line, start = self._n_lines, self._length
        self._write(words)
        return line, start, self._length

    def end(self) -> None:
        """End the block."""
        self._write(" |\n" if self._last == "row" else "\n")

    def add_references(self, references: Mapping[int, str]) -> None:
        """Write the entries of a reference list."""
        if references:
            self._write("\n")
        for number, entry in sorted(references.items()):
            self._write(f"[^{number}]: {entry}\n")

    _ruled = False
    _starts = True
    _n_cells = 1


def spell_out(numbers: Iterable[int]) -> str:
    """Citation numbers as a copy has them: "[^1][^3]"."""
    return "".join(f"[^{number}]" for number in numbers)
