"""Find where sentences end.

Known limits: an abbreviation that is not in the list below and stands before a capital ends a
sentence; a sentence that begins with a small letter is joined to the one before. Both err
towards showing too much of the source rather than a torn sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple


class Marker(NamedTuple):
    """A citation marker in the cleaned text.

    start, end: half-open characters, the space before it included.
    numbers: ascending; empty for a marker that only joins others, such as "<sup>,</sup>".
    """

    start: int
    end: int
    numbers: tuple[int, ...]


_NEVER_END = frozenset(
    "e.g eg i.e ie cf vs v viz approx max ca dr mr mrs ms mx prof st fig figs no nos p pp ltd dept ph.d b.i.d t.i.d "
    "q.i.d al esp incl resp jr sr inc co corp vol vols ed eds tel ext eq sec ch rev gen hon mt mme".split()
)
_BEFORE_A_NUMBER = frozenset(
    "no nos ext tel min jan feb mar apr jun jul aug sep sept oct nov dec ref art nr tab".split()
)
_NEEDS_A_NUMBER = frozenset("no nos tel ext ch sec ed".split())  # words of their own when no number follows
_COUNTRIES = frozenset("u.s u.k u.s.a u.n e.u d.c a.m p.m".split())
_LETTER_NAMES = frozenset(
    "vitamin vitamins hepatitis type group grade plan part section appendix class box room factor".split()
)

_STOP = re.compile(r"(?P<stop>\.{2,}|[.!?…؟۔।]+|(?P<wide>[。！？｡]+))(?P<closers>[”’»\"')\]]*)")
_CAPTION = re.compile(r"(?:table|figure|fig\.?|box|chart) \d{1,3}[a-z]?", re.I)
_GLUED_NEXT = re.compile(r"[A-Z“](?:[a-z]|\s)")
_SPACE = re.compile(r"\s+")
_OPENERS = "“‘«\"'([¿¡"
_LOWER_NAME = re.compile(r"[a-z]{1,3}[A-Z0-9]")
_WORD_BEFORE = re.compile(r"[^\s(\[“‘\"'/–—]+$")
_CLOSERS = re.compile(r"[”’»\"')\]]*")


def cut_sentences(text: str, start: int, end: int, markers: Sequence[Marker]) -> list[tuple[int, int]]:
    """Cut text[start:end] into sentences.

    markers: ascending and disjoint, those of this span.
    Returns half-open spans without white space at the ends, in order; a marker behind a full
    stop is in the span of the sentence before it. An empty span of text gives no sentences.
    """
    starts = [marker.start for marker in markers]
    cuts = set()
    for match in _STOP.finditer(text, start, end):
        inside = bisect_left(starts, match.start() + 1) - 1
        if inside >= 0 and match.start() < markers[inside].end:
            continue
        after = _skip_markers(text, match.end(), markers, starts)
        behind_marker = inside >= 0 and markers[inside].end == match.start()
        is_caption = match["stop"] == "." and _CAPTION.fullmatch(text, start, match.start())
        glued_next = (after > match.end() or behind_marker) and _GLUED_NEXT.match(text, after, end)
        if (
            match["wide"]
            or glued_next
            or (not is_caption and _ends_here(text, match, after, end, behind_marker=behind_marker))
        ):
            cuts.add(after)
    for marker in markers:
        if _ends_line_before_capital(text, marker, end):
            cuts.add(_CLOSERS.match(text, marker.end).end())  # type: ignore[union-attr]  # always matches
    return _spans(text, start, end, sorted(cuts), markers)


def _skip_markers(text: str, position: int, markers: Sequence[Marker], starts: list[int]) -> int:
    """The position behind the markers, and the closing quotes behind them, that stand at a position."""
    index = bisect_left(starts, position)
    while index < len(markers) and markers[index].start == position:
        position = _CLOSERS.match(text, markers[index].end).end()  # type: ignore[union-attr]  # always matches
        index += 1
    return position


def _next_word(text: str, position: int, end: int) -> str:
    """The first characters behind a position, opening quotes and brackets skipped."""
    while position < end and text[position] in _OPENERS:
        position += 1
    return text[position : min(end, position + 4)]


def _starts_small(word: str) -> bool:
    return word[:1].islower() and not _LOWER_NAME.match(word)


def _ends_here(text: str, match: re.Match[str], after: int, end: int, *, behind_marker: bool) -> bool:
    """Whether the stop that was matched ends a sentence, what follows it beginning at `after`."""
    space = _SPACE.match(text, after, end)
    if space is None:
        return False
    following = _next_word(text, space.end(), end)
    if not following or _starts_small(following):
        return False
    if match["stop"] != "." or behind_marker:
        return True
    return not _is_abbreviation(text, match.start(), following)


def _is_abbreviation(text: str, stop: int, following: str) -> bool:
    """Whether the full stop at an offset belongs to an abbreviation that does not end a sentence."""
    window = text[max(0, stop - 40) : stop]
    found = _WORD_BEFORE.search(window)
    if found is None:
        return False
    token = found[0]
    word = token.lower()
    if word in _COUNTRIES:
        return False
    if word in _BEFORE_A_NUMBER and following[0].isdigit():
        return True
    if len(token) > 1 and token.isalpha() and token.isupper() and following[0].isupper():
        return False  # "in MS. The"
    if word in _NEVER_END:
        return word not in _NEEDS_A_NUMBER
    if len(token) == 1:
        earlier = window[: found.start()].split()
        named = bool(earlier) and earlier[-1].lower() in _LETTER_NAMES
        opens = not earlier or earlier[-1].endswith((".", "!", "?"))
        return token.isupper() and (token != "I" or opens) and not named
    return bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", token))


def _ends_line_before_capital(text: str, marker: Marker, end: int) -> bool:
    """Whether a marker ends its line without a stop and the next line begins with a capital."""
    position = _CLOSERS.match(text, marker.end).end()  # type: ignore[union-attr]  # always matches
    space = _SPACE.match(text, position, end)
    if space is None or not ("\n" in space[0] or "\f" in space[0]):
        return False
    return _next_word(text, space.end(), end)[:1].isupper()


def _spans(text: str, start: int, end: int, cuts: list[int], markers: Sequence[Marker]) -> list[tuple[int, int]]:
    """Sentence spans between cuts; a span of nothing but markers joins the sentence before."""
    spans: list[tuple[int, int]] = []
    index = 0
    for cut in [*(cut for cut in cuts if start < cut < end), end]:
        space = _SPACE.match(text, start, cut)
        first = space.end() if space else start
        last = cut
        while last > first and text[last - 1].isspace():
            last -= 1
        start = cut
        if first >= last:
            continue
        position = first
        while index < len(markers) and markers[index].end <= last:
            if text[position : markers[index].start].strip() == "":
                position = max(position, markers[index].end)
            index += 1
        if position >= last and spans:
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans
