"""Lines that are headings, told by their words and by what stands around them."""

import re
from collections.abc import Sequence

from dnqa.reading.lines import Gap, TextLine
from dnqa.reading.tables import is_caption
from dnqa.reading.words import LABELS

CAPITALS_RANK, TITLE_RANK, SENTENCE_RANK = 7, 8, 9
"""How high headings without a mark stand: in capitals, in Title Case, in sentence case."""

FINISHED = re.compile(r"[.:;!?…\d\])”’\"'⁰¹²³⁴⁵⁶⁷⁸⁹>^]$")
_CLOSING = re.compile(r"[.,:;!?…\d⁰¹²³⁴⁵⁶⁷⁸⁹]$|[\])>^]$")
_WORD = re.compile(r"[^\W\d_][^\s/–—-]*")
_FREE_NUMBER = re.compile(r"(?:^|\s)\d+(?:\s|$)")
_NUMBERED_LABEL = re.compile(
    rf"^(?:[^\d]*\b)?(?:{'|'.join(sorted(LABELS))})s?\s+\d{{1,3}}(?:\s*(?:and|to|or|[-–&])\s*\d{{1,3}})?\b[^\d]*$", re.I
)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from if in into is it its nor of off on onto or out over per so than that the "
    "to up via vs with without your you our we not".split()
)
_MAX_WORDS, _MAX_LENGTH, _MAX_SENTENCE_WORDS = 10, 90, 7
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<stop>\.?)[ \t\u00a0]+(?P<words>[A-Z“\"].*)")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<words>[^*_\n]+)(?P=mark)")
_OPENING = re.compile(r"[A-Z“\"‘'(]|\d+ [a-z]|[•‣◦●○■□▪–—*-] ?\S|\uf0b7|\(?[a-z\d]{1,3}[.)] ")


def is_in_capitals(text: str) -> bool:
    """Whether a line is in capitals, and no sentence."""
    letters = sum(map(str.isalpha, text))
    return text.isupper() and letters >= 3 and not text.endswith((".", "!", ","))


def is_title_case(text: str) -> bool:
    """Whether a line is in Title Case without closing punctuation or a citation behind it."""
    if _CLOSING.search(text) and not re.search(r"(?:^|\s)(?:\d{1,3}|[A-Z]+\d+)$|\)$", text):
        return False
    if _FREE_NUMBER.search(text) and not _NUMBERED_LABEL.search(text):
        return False
    words = _WORD.findall(text)
    if not words or len(words) > _MAX_WORDS or not text[0].isalnum():
        return False
    if not any(character.isupper() for character in words[0]):
        return False
    return all(
        any(character.isupper() for character in word) or word.strip("(),&’'\"“”").lower() in _SMALL_WORDS
        for word in words
    )


def is_long(text: str) -> bool:
    """Whether a line is too long for a heading without a mark."""
    return len(text) > _MAX_LENGTH


def find_bold(lines: Sequence[TextLine]) -> dict[int, tuple[int, int]]:
    """Lines that are bold from end to end, by their places: where their words begin and end in the line."""
    return {place: match.span("words") for place, line in enumerate(lines) if (match := _BOLD.fullmatch(line.text))}


def find_numbered(lines: Sequence[TextLine], is_item: Sequence[bool]) -> dict[int, tuple[int, int]]:
    """Headings with a number ("2.1 At home"), by their places: how deep they stand, and where their words begin.

    is_item: whether a line begins like an item of a list. There must be two or more.
    """
    found: dict[int, tuple[int, int]] = {}
    for place, line in enumerate(lines):
        match = _NUMBERED.fullmatch(line.text)
        if match is None or (not match["stop"] and "." not in match["number"]):
            continue
        words = match["words"]
        if _CLOSING.search(words) or len(words.split()) > _MAX_WORDS or is_long(words):
            continue
        if _heads_text(lines, place, match["number"], is_item):
            found[place] = (match["number"].count("."), match.start("words"))
    return found if len(found) > 1 else {}


def _heads_text(lines: Sequence[TextLine], place: int, number: str, is_item: Sequence[bool]) -> bool:
    """Whether ordinary text, bullets or a deeper number follow a numbered line, and not the next item."""
    if place + 1 >= len(lines):
        return False
    following = _NUMBERED.fullmatch(lines[place + 1].text)
    if following:
        return following["number"].startswith(f"{number}.")
    text = lines[place + 1].text
    if re.match(r"\d{1,3}[.)][ \t]", text):
        return text.startswith(("1.", "1)")) and not number.endswith("1") and is_item[place + 1]
    return not text[0].islower()


def find_sentence_case(lines: Sequence[TextLine], is_other: Sequence[bool], is_closed: Sequence[bool]) -> set[int]:
    """Headings like any sentence but short and without an end, by their places; none if there is but one.

    is_other: whether a line is something else, such as an item, a row or another heading. is_closed: whether the text
    above a line has come to its end.
    """
    found = set()
    for place, line in enumerate(lines[:-1]):
        words = line.text.split()
        following = lines[place + 1]
        if (
            is_other[place]
            or not line.text[0].isupper()
            or len(words) > _MAX_SENTENCE_WORDS
            or re.search(r"[.,:;!…\d\])>^⁰¹²³⁴⁵⁶⁷⁸⁹-]$", line.text)
            or re.search(r"\S[.!?][\d\[]|\d\.\s|[.!?]\s", line.text)
            or is_caption(line.text)
            or not (is_closed[place] or line.gap is not Gap.LINE)
        ):
            continue
        if line.text.endswith("?") and following.is_below and len(words) > _MAX_SENTENCE_WORDS:
            continue
        if _OPENING.match(following.text) and not _ends_alone(lines, place):
            found.add(place)
    marked = {place for place in found if lines[place].text.endswith("?")}
    kept = found - marked
    return kept if len(kept) > 1 else set()


def _ends_alone(lines: Sequence[TextLine], place: int) -> bool:
    """Whether a line stands in a run of short lines, none of which is a sentence, as in an address."""
    following = lines[place + 1]
    short = len(following.text.split()) <= _MAX_SENTENCE_WORDS and not re.search(r"[.!?:\d\]>]$", following.text)
    is_bullet = bool(re.match(r"[•‣◦●○■□▪–—*-]|\uf0b7|\(?[a-z\d]{1,3}[.)] ", following.text))
    ends = place + 2 >= len(lines) or not lines[place + 2].text[0].islower() or not lines[place + 2].is_below
    return short and not is_bullet and ends and following.is_below


_LABEL_WORDS = (
    "objectives?|aims?|purpose|background|context|introduction|importance|rationale|methods?|materials and methods"
    "|methodology|design|setting|participants|patients|subjects|interventions?|outcomes?|main outcome measures?"
    "|measurements|data sources|study selection|data extraction|results?|findings?|discussion|limitations"
    "|conclusions?|interpretation|implications|significance|funding|trial registration|registration|keywords|key words"
)
_LABEL = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?\])\d⁰¹²³⁴⁵⁶⁷⁸⁹] ))(?P<label>(?:{_LABEL_WORDS})(?: and (?:{_LABEL_WORDS}))?)"
    r"(?:(?P<stop>[.:])(?=\s+[A-Z\d“\"])|(?=[ ]+[A-Z][a-z]|\s+[A-Z]\s))",
    re.I,
)


def find_labels(text: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """The labels of an abstract in a span: where each begins and ends, and where its sentence begins.

    Written with a capital; whether there are enough of them is for the whole document to say.
    """
    labels = []
    for match in _LABEL.finditer(text, start, end):
        label = match["label"]
        if label[0].isupper() and (match["stop"] or (label.isupper() and len(label) > 3)):
            behind = match.end()
            while behind < end and text[behind].isspace():
                behind += 1
            labels.append((match.start("label"), match.end("label"), behind))
    return labels
