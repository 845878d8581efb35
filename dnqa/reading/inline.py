"""Lists inside a line: "two things: 1. Bend. 2. Hold."."""

import re

_NUMBER = re.compile(r"(?<![\w.,:/(-])(?:(?P<number>\d{1,2})(?P<close>[.)]))[ \t\n]+(?=[^\W\d_])")


def cut_inline_lists(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lead-in of a list that stands inside a span, and its items without their numbers; [] if there is none.

    A list begins with 1 behind a colon, its numbers rise by one, and it has two items or more. The last item ends with
    its sentence; what stands behind is the last of the spans.
    """
    matches: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text, start, end):
        number = int(match["number"])
        if not matches:
            if number == 1 and text[start : match.start()].rstrip().endswith(":"):
                matches.append(match)
        elif number == len(matches) + 1 and match["close"] == matches[0]["close"]:
            matches.append(match)
    if len(matches) < 2:
        return []
    spans = [(start, matches[0].start())]
    ends = [match.start() for match in matches[1:]] + [end]
    spans += [(match.end(), stop) for match, stop in zip(matches, ends, strict=True)]
    return spans
