"""Citation numbers as they are written: "4", "1,3", "2-5", "1; 3–5"."""

import re

LIST = r"\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*(?!\d)"
"""A pattern for one number or several, lists and ranges, spaces allowed."""

_LONGEST_RANGE = 100  # "[4-250]" is a range of something else
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_PART = re.compile(r"\s*(\d{1,3})(?:\s*[–—-]\s*(\d{1,3}))?\s*")


def read_numbers(written: str) -> tuple[int, ...]:
    """The numbers of a list, ascending, each once, ranges expanded.

    Superscript digits count as digits. Empty if anything in it is no citation number: numbers
    run from 1 to 999, have no leading zero, and ranges ascend.
    """
    if written.isascii() and written.isdigit() and len(written) <= 3:
        return (int(written),) if written[0] != "0" else ()
    numbers: set[int] = set()
    for part in re.split(r"[,;]", written.translate(_SUPERSCRIPTS)):
        match = _PART.fullmatch(part)
        if match is None or any(group and group[0] == "0" for group in match.groups()):
            return ()
        first, last = int(match[1]), int(match[2] or match[1])
        if not first <= last <= first + _LONGEST_RANGE:
            return ()
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))
