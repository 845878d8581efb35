"""Break text into lines of a width, by the cells that its characters take."""

from rich.cells import cell_len, chop_cells


def wrap(words: list[str], width: int) -> list[str]:
    """Words, set off by single spaces, as lines of at most `width` cells, from 2.

    A word that is wider than a line is cut.
    """
    width = max(width, 2)
    lines: list[str] = []
    line: list[str] = []
    used = -1  # cells of the line, without the space before its first word
    for word in words:
        cells = len(word) if word.isascii() else cell_len(word)
        if used + 1 + cells <= width:
            line.append(word)
            used += 1 + cells
            continue
        if line:
            lines.append(" ".join(line))
        *whole, rest = chop_cells(word, width) if cells > width else [word]
        lines += whole
        line, used = [rest], cell_len(rest)
    lines.append(" ".join(line))
    return lines
