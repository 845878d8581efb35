"""Citation numbers glued to words: "shortening1.", "(the law)7", "healing.4 Then".

A superscript that lost its height in a text export looks like any other digit. The rules here
tell a citation from a name or a measure by what stands before and behind the digits; each rule
is one function, and the first that knows decides. Where none knows, the digits stay text.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from dnqa.reading.sentences import Marker
from dnqa.reading.words import (
    DETERMINERS,
    KNOWN_NAMES,
    LABELS,
    SHORT_LABELS,
    TIME_LABELS,
    calls_for_number,
    is_unit,
    last_word,
)
from dnqa.text.citation_numbers import read_numbers


class Verdict(Enum):
    """What a rule says of glued digits."""

    CITATION = "citation"
    TEXT = "text"
    ABBREVIATION = "abbreviation"  # capitals and digits: only the rest of the document can tell


class GluedNumber(NamedTuple):
    """Digits that stand directly behind something that is not white space or a digit.

    start, end: half-open characters of the digits, lists and ranges included.
    numbers: what they say.
    word: the word that they are glued to, "" behind a bracket, quote or punctuation mark.
    verdict: what the rules say.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    word: str
    verdict: Verdict


_DIGITS = re.compile(
    r"(?<=[^\s\d(\[{<#$€£@=+*/\\_^~|-])(?<![–—])"  # what digits of a citation never stand behind
    r"\d{1,3}(?:[,–—-]\d{1,3})*(?!\d)"
    r"(?P<more>(?:,\s\d{1,3}(?:[–—-]\d{1,3})?(?!\d))*)"
)
_AFTER_LIST = re.compile(r"\s*(?:[.,;:?!)\]”’\"]|$)|\s+(?:and|or|but)\b|\s*\n\s*$")
_AFTER = re.compile(r"$|\s|[.;:?!…](?![^\W_])|\.(?=[A-Z])|,(?!\d)|[)\]}”’»\"'–—]")
_ADDRESS = re.compile(r"www\.|://|@|[a-z]\.[a-z]{2,}/", re.I)
_CLOSERS = ")]}”’»\"'%"
_STOPS = ".,;:?!…"
_SPINAL_LEVEL = re.compile(r".*?\b[CTLS]\d{1,2}$", re.S)
_PLURAL_ABBREVIATION = re.compile(r"[A-Za-z]*[A-Z]s$")
_NAME_PREFIX = re.compile(r"(?:Mc|Mac|O['’]|D['’])[A-Z][a-z]+$")
_OWN_LINE = re.compile(
    r"(?<=\S)[ \t\u00a0]*\n[ \t\u00a0]*(?P<numbers>\d{1,3}(?: ?[,–—-] ?\d{1,3})*)"
    r"(?=[ \t\u00a0]*[.,;:?!]?[ \t\u00a0]*(?:\n|$))"
)


def find_candidates(text: str, start: int, end: int) -> list[GluedNumber]:
    """All glued digits in text[start:end] that read as numbers, each with its verdict."""
    candidates = []
    for match in _DIGITS.finditer(text, start, end):
        stop = match.end() if _is_list(text, match, end) else match.start("more")
        numbers = read_numbers(text[match.start() : stop])
        if not numbers or not _AFTER.match(text, stop, end):
            continue
        word, verdict = _judge(text, match.start(), stop, end)
        if verdict is not Verdict.TEXT:
            candidates.append(GluedNumber(match.start(), stop, numbers, word, verdict))
    return candidates


def _is_list(text: str, match: re.Match[str], end: int) -> bool:
    """Whether "pain1, 2" is a list: its last number closes the clause, or a sentence has just ended."""
    if not match["more"]:
        return False
    if text[match.start() - 1] in ".?!" and re.match(r"\s+[A-Z“‘\"]", text[match.end() : match.end() + 3]):
        return True
    return bool(_AFTER_LIST.match(text, match.end(), end))


def _judge(text: str, start: int, stop: int, end: int) -> tuple[str, Verdict]:
    """The word that the digits at an offset are glued to, and what they are."""
    before = text[start - 1]
    if _ADDRESS.search(text[max(0, start - 60) : start].rsplit(maxsplit=1)[-1]):
        return "", Verdict.TEXT
    if before in _CLOSERS:
        return "", _judge_behind_closer(text, start)
    if before in _STOPS:
        return "", _judge_behind_stop(text, start)
    if before.isalpha():
        word = last_word(text, start)
        return word, _judge_word(text, start, stop, end, word)
    return "", Verdict.TEXT


def _judge_behind_closer(text: str, start: int) -> Verdict:
    opening = start < 2 or text[start - 2].isspace()  # '"4 weeks"' opens a quotation
    return Verdict.TEXT if opening else Verdict.CITATION


def _judge_behind_stop(text: str, start: int) -> Verdict:
    """Behind a full stop or comma: a citation, unless digits (decimals) or a label stand before it."""
    position = start - 1
    while position > 0 and text[position - 1] in _STOPS:
        position -= 1
    closed = position > 0 and text[position - 1] in _CLOSERS
    closed = closed or bool(_SPINAL_LEVEL.match(text[max(0, position - 4) : position]))
    if not closed and not (position > 0 and text[position - 1].isalpha()):
        return Verdict.TEXT
    if closed:
        return Verdict.CITATION
    return Verdict.TEXT if last_word(text, position).lower() in SHORT_LABELS else Verdict.CITATION


def _judge_word(text: str, start: int, stop: int, end: int, word: str) -> Verdict:
    """Behind a letter: ordinary words carry citations, names and measures carry digits of their own."""
    lower = word.lower()
    joint = text[start - len(word) - 1 : start - len(word)]
    if joint.isdigit() or len(word) == 1 or (not word.isascii() and _is_greek(word)):
        return Verdict.TEXT
    if lower in LABELS and not _is_plain_word(text, start, stop, word):
        return Verdict.TEXT
    if lower in KNOWN_NAMES or (text[start:stop] in ("2", "3") and is_unit(text, start)):
        return Verdict.TEXT
    if stop < end and text[stop] in "–—" and text[stop + 1 : stop + 2].isdigit():
        return Verdict.TEXT
    if not word[1:].islower() and any(letter.isupper() for letter in word[1:]):
        if _PLURAL_ABBREVIATION.match(word) or _NAME_PREFIX.match(word):
            return Verdict.CITATION
        return Verdict.ABBREVIATION
    if word[0].isupper() and len(word) == 2:
        return Verdict.ABBREVIATION  # "Na1", "Kv7"
    return Verdict.CITATION


def _is_plain_word(text: str, start: int, stop: int, word: str) -> bool:
    """Whether a label is a plain word here: "twice a day", "at this level."."""
    before = start - len(word)
    if last_word(text, before - 1).lower() not in DETERMINERS:
        return False
    return word.lower() in TIME_LABELS or text[stop : stop + 1] in ("", "\n", *".,;:?!")


def _is_greek(word: str) -> bool:
    return any("\u0370" <= letter <= "\u03ff" for letter in word)


def find_own_lines(text: str, start: int, end: int) -> list[Marker]:
    """Numbers alone on a line directly below a line of text that does not call for a number."""
    markers = []
    for match in _OWN_LINE.finditer(text, start, end):
        numbers = read_numbers(match["numbers"])
        if numbers and not calls_for_number(text, match.start()):
            markers.append(Marker(match.start(), match.end(), numbers))
    return markers


def leave_out_names(text: str, candidates: Sequence[GluedNumber]) -> list[GluedNumber]:
    """Candidates without words that carry one number wherever they stand, in mid-clause: "covid19".

    A word that the number belongs to appears at least twice, always with that number, never before
    a punctuation mark or line end.
    """
    by_word: dict[str, list[GluedNumber]] = defaultdict(list)
    for candidate in candidates:
        if candidate.word:
            by_word[candidate.word.lower()].append(candidate)
    names = {
        word
        for word, found in by_word.items()
        if len(found) > 1
        and len({candidate.numbers for candidate in found}) == 1
        and all(re.match(r" +[a-z]", text[candidate.end : candidate.end + 3]) for candidate in found)
        and not re.search(rf"\b{re.escape(word)}\b(?!\d)", text, re.I)
    }
    return [candidate for candidate in candidates if candidate.word.lower() not in names]


def settle_abbreviations(
    text: str, candidates: Sequence[GluedNumber], listed: frozenset[int]
) -> tuple[list[GluedNumber], list[GluedNumber]]:
    """Decide about capitals with digits ("EMG2") from the rest of the document.

    They are a citation when the same abbreviation stands there without a number and the number
    fits: it is in the source list, was cited before, or is the next of the run.
    listed: the numbers of the source list.
    Returns the citations in order, and the candidates left as text though the abbreviation
    stands elsewhere without a number.
    """
    settled: list[GluedNumber] = []
    doubtful: list[GluedNumber] = []
    seen: set[int] = set()
    certain = any(candidate.verdict is Verdict.CITATION for candidate in candidates)
    alone: dict[str, bool] = {}
    for candidate in candidates:
        if candidate.verdict is Verdict.ABBREVIATION:
            word = candidate.word
            if word not in alone:
                alone[word] = len(word) > 1 and bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))
            if not alone[word]:
                continue
            run = {*seen, max(seen, default=0) + 1}
            fits = set(candidate.numbers) <= listed or (certain and set(candidate.numbers) <= run)
            if not fits:
                doubtful.append(candidate)
                continue
        settled.append(candidate)
        seen.update(candidate.numbers)
    return settled, doubtful
