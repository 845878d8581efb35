"""Conventions that mark a citation by more than its place: brackets, tags, carets, superscripts."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from dnqa.reading.lines import Edit
from dnqa.reading.sentences import Marker
from dnqa.reading.words import NUMBER_WORDS, calls_for_number, is_length, is_unit, last_word
from dnqa.text.citation_numbers import LIST, read_numbers

_SUP = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TAG = r"<sup\b[^<>]*>(?P<{}>(?:[^<]|<(?!/sup)){{0,300}}?)</sup\s*>"
_BRACKET = re.compile(
    rf"(?:\\?\[){{1,2}}\s*(?P<numbers>{LIST})\s*(?:\\?\]){{1,2}}(?:\((?:\#|https?://|\.{{0,2}}/)[^\s()]*\))?"
)
_FOOTNOTE = re.compile(rf"\\?\[\^(?P<numbers>{LIST})\\?\]")
_CARET = re.compile(rf"\^(?:\\?\[)?\s*(?P<numbers>{LIST})\s*(?:\\?\])?\^")
_HTML = re.compile(rf"<a\b[^<>]*>\s*{_TAG.format('linked')}\s*</a>|{_TAG.format('plain')}", re.I)
_SUPERSCRIPT = re.compile(rf"⁽?(?P<numbers>[{_SUP}]+(?:(?:[⁻–—-]|[,;]\s?)[{_SUP}]+)*)⁾?(?![⁺⁻{_SUP}])")

_INTERVAL_BEFORE = re.compile(r"(?:\bCI|\bIQR|interval|range)\W*$|[=±]\s*$", re.I)
_SEPARATORS = re.compile(r"[\s,;–—-]*")
_BETWEEN = re.compile(r"\s*(?:[,;]\s*)?|\s*(?P<range>[–—-])\s*")


class Convention(NamedTuple):
    """A way to mark citations: its name, characters one of which every marker has, and what finds markers."""

    name: str
    signs: str
    find: Callable[[str, int, int], Iterator[Marker]]


def _find_brackets(text: str, start: int, end: int) -> Iterator[Marker]:
    for match in _BRACKET.finditer(text, start, end):
        numbers = read_numbers(match["numbers"])
        inside_tag = text[match.start() - 1 : match.start()] in ("^", ">")
        if (
            numbers
            and not inside_tag
            and not _INTERVAL_BEFORE.search(text, max(start, match.start() - 24), match.start())
        ):
            yield Marker(match.start(), match.end(), numbers)


def _find_footnotes(text: str, start: int, end: int) -> Iterator[Marker]:
    for match in _FOOTNOTE.finditer(text, start, end):
        if numbers := read_numbers(match["numbers"]):
            yield Marker(match.start(), match.end(), numbers)


def _find_carets(text: str, start: int, end: int) -> Iterator[Marker]:
    for match in _CARET.finditer(text, start, end):
        numbers = read_numbers(match["numbers"])
        if numbers and not _is_exponent(text, match.start()):
            yield Marker(match.start(), match.end(), numbers)


def _find_tags(text: str, start: int, end: int) -> Iterator[Marker]:
    for match in _HTML.finditer(text, start, end):
        inner = _read_tag(match)
        if _is_power(text, match.start(), match.end(), inner):
            continue  # "kg/m<sup>2</sup>"
        if _SEPARATORS.fullmatch(inner):
            yield Marker(match.start(), match.end(), ())
        elif numbers := read_numbers(inner.strip(" \t\n,;")):
            yield Marker(match.start(), match.end(), numbers)


def _read_tag(match: re.Match[str]) -> str:
    """What a tag has inside, without tags and brackets."""
    return unescape(re.sub(r"<[^<>]*>|[\[\]()\\]", "", match["linked"] or match["plain"] or ""))


_LOWERED = re.compile(r"</?sub\b[^<>]*>", re.I)
_RAISED_AS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_POWER = re.compile(r"[-−–+]?\d{1,3}[+−–-]?|[+−–-]")
_ELEMENT = re.compile(
    r"(?:H|He|Li|C|N|O|F|Na|P|S|K|Ca|Cr|Fe|Co|Cu|Ga|Br|Kr|Sr|Y|Mo|Tc|In|I|Xe|Cs|Lu|Tl|Ra|U|Rb|Zr|Sm|Re)\b"
)


def _is_power(text: str, start: int, end: int, inner: str) -> bool:
    """Whether a raised number is text: a power of ten, a square or cube, a charge, the mass of an isotope."""
    written = inner.strip()
    if not _POWER.fullmatch(written):
        return False
    before = text[start - 1 : start]
    is_signed = written[0] in "+-−–" or written[-1] in "+-−–"
    if is_signed:
        return before.isalnum()
    if re.search(r"(?<![\d.,])10$|(?:×|x|\*|·) ?10$", text[max(0, start - 5) : start]):
        return True
    is_symbol = len(last_word(text, start)) == 1 and before in "RrxnNXχ"
    if written in ("2", "3") and (is_length(text, start) or is_symbol):
        return True
    opens = start == 0 or before.isspace() or before in "([-–"
    return opens and bool(_ELEMENT.match(text, end))


def find_exponents(text: str, raised: Sequence[tuple[int, int]] = ()) -> list[Edit]:
    """What is raised and no citation, as superscript characters; tags around other words go.

    raised: half-open spans that are known to be superscript.
    """
    edits = []
    for match in _HTML.finditer(text) if "<" in text else ():
        inner = _read_tag(match)
        if _is_power(text, match.start(), match.end(), inner):
            edits.append(Edit(match.start(), match.end(), inner.strip().translate(_RAISED_AS)))
        elif not read_numbers(inner.strip(" \t\n,;")) and not _SEPARATORS.fullmatch(inner):
            edits.append(Edit(match.start(), match.end(), inner))
    edits += (Edit(*match.span(), "") for match in _LOWERED.finditer(text))
    edits += (
        Edit(start, end, text[start:end].translate(_RAISED_AS))
        for start, end in _join_raised(text, raised)
        if _is_power(text, start, end, text[start:end])
    )
    return edits


def _find_superscripts(text: str, start: int, end: int) -> Iterator[Marker]:
    for match in _SUPERSCRIPT.finditer(text, start, end):
        numbers = read_numbers(match["numbers"])
        followed_by_word = text[match.end() : match.end() + 1].isalnum()
        if numbers and not followed_by_word and not _is_exponent(text, match.start()):
            yield Marker(match.start(), match.end(), numbers)


def _is_exponent(text: str, start: int) -> bool:
    """Whether a raised number at an offset stands behind a digit, a unit or a single letter."""
    before = text[start - 1 : start]
    return before.isdigit() or before in "+-⁻⁺" or is_unit(text, start) or len(last_word(text, start)) == 1


MARKED = (
    Convention("html", "<", _find_tags),
    Convention("footnote", "^", _find_footnotes),
    Convention("caret", "^", _find_carets),
    Convention("bracket", "[", _find_brackets),
    Convention("superscript", _SUP, _find_superscripts),
)
"""Conventions whose markers cannot be anything else, in the order that settles ties."""


def _join_raised(text: str, raised: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of which those that touch, or go on over a line end, are one."""
    joined: list[tuple[int, int]] = []
    for start, end in raised:
        between = text[joined[-1][1] : start] if joined else "x"
        goes_on = "\n" in between and not between.strip() and text[joined[-1][1] - 1] in ",;–—-"
        is_power = bool(joined) and _is_power(text, *joined[-1], text[slice(*joined[-1])])
        if joined and not is_power and (not between or goes_on):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def find_raised(text: str, raised: Sequence[tuple[int, int]]) -> list[Marker]:
    """Markers from spans that are known to be superscript, as a font tells in PDF and Word files."""
    markers = []
    for start, end in _join_raised(text, raised):
        written = text[start:end].strip(" \t,;()[]–—-")
        numbers = read_numbers(written)
        if numbers and not _is_power(text, start, end, text[start:end]):
            markers.append(Marker(start, end, numbers))
        elif not written and text[start:end].strip():
            markers.append(Marker(start, end, ()))
    return markers


_ALWAYS_LABELS = frozenset(("figure", "fig", "table", "tab", "ext", "page", "no"))
_ROUND = re.compile(rf"\(\s*(?P<numbers>{LIST})\s*\)")
_CLOSES = re.compile(r"[.?!]|\s*$|\s*\n")
_OPENS = re.compile(r"\s+[A-Z“\"]")


def find_round_brackets(text: str, start: int, end: int) -> Iterator[tuple[Marker, bool]]:
    """Round brackets with numbers that may be citations, and whether each ends a sentence or line.

    Item numbers ("(1) a taut band"), counts ("three (3)") and what follows a preposition are left out.
    """
    for match in _ROUND.finditer(text, start, end):
        numbers = read_numbers(match["numbers"])
        before = text[max(start, match.start() - 60) : match.start()].rstrip()
        glued = last_word(text, match.start())
        if not numbers or not before or text[match.start() - 1].isdigit() or (glued and not glued[1:].islower()):
            continue
        word = last_word(before, len(before)).lower()
        if before[-1] in ",:;(" or word in NUMBER_WORDS:
            continue
        ends = _CLOSES.match(text, match.end(), end) or (before[-1] in ".?!" and _OPENS.match(text, match.end(), end))
        if word in _ALWAYS_LABELS or (not ends and calls_for_number(text, match.start())):
            continue
        if not ends and re.search(
            rf"[^.?!]{{0,80}}\({numbers[-1] + 1}\)\s+[a-z]", text[match.end() : match.end() + 100]
        ):
            continue  # "you may (1) walk, (2) swim"
        yield Marker(match.start(), match.end(), numbers), bool(ends)


def join_markers(text: str, markers: Sequence[Marker], start: int, end: int) -> list[Marker]:
    """Join markers that stand side by side in text[start:end], and take in the space before each.

    "[4], [6]" is one marker, "[7]–[9]" a range; round brackets around nothing but a marker go
    with it. Markers that carry no number once joined are left out.
    """
    joined: list[Marker] = []
    for marker in markers:
        if joined:
            between = _BETWEEN.fullmatch(text, joined[-1].end, marker.start)
            if between is not None:
                last = joined[-1]
                numbers = set(last.numbers) | set(marker.numbers)
                if between["range"] and last.numbers and marker.numbers:
                    numbers |= set(range(last.numbers[-1], marker.numbers[0]))
                joined[-1] = Marker(last.start, marker.end, tuple(sorted(numbers)))
                continue
        joined.append(marker)
    return [_widen(text, marker, start, end) for marker in joined if marker.numbers]


def _widen(text: str, marker: Marker, start: int, end: int) -> Marker:
    first, last = marker.start, marker.end
    if first > start and last < end and text[first - 1] == "(" and text[last] == ")":
        first, last = first - 1, last + 1
    while first > start and text[first - 1].isspace():
        first -= 1
    return Marker(first, last, marker.numbers)
