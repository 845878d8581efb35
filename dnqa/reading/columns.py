"""Two columns of text that an export has put side by side: the left one is read to its end, then the right one."""

import re
from collections import Counter

from dnqa.text.characters import CleanText

_SPACES = re.compile(r"(?<=\S)[ \u00a0]{3,}(?=\S)")
_FEWEST_LINES = 3
_FEWEST_LETTERS = 15
"""Letters that a line of a column has on average; less is a cell of a table."""


def read_columns(cleaned: CleanText) -> CleanText:
    """A text with every pair of columns put one below the other."""
    text = cleaned.text
    if "   " not in text:
        return cleaned
    pieces: list[tuple[int, int, str]] = []  # where a piece begins and ends, and what follows it
    start = 0
    changed = False
    for block_start, block_end in _find_blocks(text):
        column = _find_column(text[block_start:block_end])
        if not column:
            continue
        changed = True
        pieces.append((start, block_start, ""))
        left, right = [], []
        line_start = block_start
        for line in text[block_start:block_end].split("\n"):
            line_end = line_start + len(line)
            cut = min(line_start + column, line_end)
            left_end = line_start + len(text[line_start:cut].rstrip())
            if left_end > line_start:
                left.append((line_start, left_end, "\n"))
            if cut < line_end:
                right.append((cut, line_end, "\n"))
            line_start = line_end + 1
        pieces += left + right
        start = block_end + 1
    if not changed:
        return cleaned
    pieces.append((min(start, len(text)), len(text), ""))
    return _rearrange(cleaned, pieces)


def _find_blocks(text: str) -> list[tuple[int, int]]:
    """Runs of lines without a blank one between them."""
    return [match.span() for match in re.finditer(r"[^\n\f]*\S[^\n\f]*(?:\n[^\n\f]*\S[^\n\f]*)*", text)]


def _find_column(block: str) -> int:
    """Where the right column of some lines begins, 0 if there are not two."""
    lines = block.split("\n")
    places = Counter(match.end() for line in lines for match in _SPACES.finditer(line))
    if not places:
        return 0
    column, n = places.most_common(1)[0]
    inside = [line for line in lines if len(line) > column]
    clean = all(line[column - 1 : column].isspace() and not line[column].isspace() for line in inside)
    if n < _FEWEST_LINES or n < len(lines) - 2 or not clean:
        return 0
    left = sum(len(line[:column].strip()) for line in lines) / len(lines)
    right = sum(len(line[column:].strip()) for line in inside) / len(inside)
    return column if min(left, right) >= _FEWEST_LETTERS else 0


def _rearrange(cleaned: CleanText, pieces: list[tuple[int, int, str]]) -> CleanText:
    """A text of pieces of another in a new order, each followed by some characters."""
    texts: list[str] = []
    clean_starts, source_starts = [], []
    length = 0
    runs = list(zip(cleaned.clean_starts, cleaned.source_starts, strict=True))
    for start, end, behind in pieces:
        clean_starts.append(length)
        source_starts.append(cleaned.source_start(start) if cleaned.text else 0)
        for run_start, source in runs:
            if start < run_start < end:
                clean_starts.append(length + run_start - start)
                source_starts.append(source)
        texts += (cleaned.text[start:end], behind)
        length += end - start + len(behind)
    return CleanText("".join(texts), clean_starts, source_starts)
