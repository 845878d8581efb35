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
    FITTING = "fitting"  # behind a number, a unit or a label: a citation if it fits the run or the source list
    NEXT = "next"  # part of a longer number: a citation only as the next of the run


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
_NEXT_SENTENCE = re.compile(r"[A-Z“\"](?:[a-z]|\s)")
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_LENGTHS = frozenset("mm cm dm km nm µm μm m ft in s".split())
_ADDRESS = re.compile(r"www\.|://|@|[a-z]\.[a-z]{2,}/|\bdoi\b|\b10\.\d{4}", re.I)
_ENTITY = re.compile(r"&\w{2,8};$")
_CLOSERS = ")]}”’»\"'%"
_STOPS = ".,;:?!…"
_SPINAL_LEVEL = re.compile(r".*?\b[CTLS]\d{1,2}$", re.S)
_PLURAL_ABBREVIATION = re.compile(r"[A-Za-z]*[A-Z]s$")
_NAME_PREFIX = re.compile(r"(?:Mc|Mac|O['’]|D['’])[A-Z][a-z]+$")
_OWN_LINE = re.compile(
    r"(?<=\S)[ \t\u00a0]*\n[ \t\u00a0]*(?P<numbers>\d{1,3}(?: ?[,–—-] ?\d{1,3})*)"
    r"(?=[ \t\u00a0]*[.,;:?!]?[ \t\u00a0]*(?:\n|$))"
)


_BEHIND_YEAR = re.compile(r"(?<=\b(?:19|20)\d\d\.)\d{1,3}(?=\s+[A-Z“\"]|\s*$)")
_BEHIND_NUMBER = re.compile(r"(?<=\d\d[.])\d{1,3}(?=\s+[A-Z“\"])")  # "3.2" is a decimal
_BEHIND_COMMA = re.compile(r"(?<=\d,)\d{1,2}(?=\s[a-z])")
_AT_END = re.compile(r"(?<=\d\d[.])\d{1,3}(?=\s*$)")
_LONG_NUMBER = re.compile(r"(?<=[a-z] )(?!0|(?:19|20)\d\d\b)\d{3,5}(?=[.;?!]?(?:\s+[A-Z“\"]|\s*$)|[.;?!,]\s)")


def _find_behind_numbers(text: str, start: int, end: int) -> list[GluedNumber]:
    """Digits that may be a citation though a number stands before them: "2005.6 Most", "over 7021."."""
    found = [
        GluedNumber(match.start(), match.end(), read_numbers(match[0]), "", verdict)
        for pattern, verdict in (
            (_BEHIND_YEAR, Verdict.FITTING),
            (_BEHIND_NUMBER, Verdict.FITTING),
            (_BEHIND_COMMA, Verdict.NEXT),
            (_AT_END, Verdict.NEXT),
        )
        for match in pattern.finditer(text, start, end)
    ]
    for match in _LONG_NUMBER.finditer(text, start, end):
        for length in (2, 1, 3) if len(match[0]) > 3 else (1,):
            cut = match.end() - length
            found.append(GluedNumber(cut, match.end(), read_numbers(text[cut : match.end()]), "", Verdict.NEXT))
    return [candidate for candidate in found if candidate.numbers]


def find_candidates(text: str, start: int, end: int) -> list[GluedNumber]:
    """All glued digits in text[start:end] that read as numbers, each with its verdict, ascending."""
    candidates = _find_behind_numbers(text, start, end)
    for match in _DIGITS.finditer(text, start, end):
        stop = match.end() if _is_list(text, match, end) else match.start("more")
        numbers = read_numbers(text[match.start() : stop])
        glued_next = text[match.start() - 1] in ".?!" and _NEXT_SENTENCE.match(text, stop, end)
        if not numbers or not (_AFTER.match(text, stop, end) or glued_next):
            continue
        word, verdict = _judge(text, match.start(), stop, end)
        if verdict is not Verdict.TEXT:
            candidates.append(GluedNumber(match.start(), stop, numbers, word, verdict))
    return sorted(candidates, key=lambda candidate: candidate.start)


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
    return "", Verdict.FITTING if before == "°" else Verdict.TEXT


def _judge_behind_closer(text: str, start: int) -> Verdict:
    opening = start < 2 or text[start - 2].isspace()  # '"4 weeks"' opens a quotation
    return Verdict.TEXT if opening else Verdict.CITATION


def _judge_behind_stop(text: str, start: int) -> Verdict:
    """Behind a full stop or comma: a citation, unless digits (decimals) or a label stand before it."""
    position = start - 1
    while position > 0 and text[position - 1] in _STOPS:
        position -= 1
    if text[start - 1] == ";" and _ENTITY.search(text, max(0, start - 10), start):
        return Verdict.TEXT
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
    if is_unit(text, start) or (joint.isdigit() and lower in _ORDINAL):
        is_power = lower in _LENGTHS and text[start:stop] in ("2", "3")
        return Verdict.TEXT if is_power else Verdict.FITTING
    if joint.isdigit() or len(word) == 1 or (not word.isascii() and _is_greek(word)):
        return Verdict.TEXT
    if lower in LABELS and not _is_plain_word(text, start, stop, word):
        return Verdict.FITTING if _closes_clause(text, start, stop, word) else Verdict.TEXT
    if lower in KNOWN_NAMES:
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
    closes = text[stop : stop + 1] in ("", "\n", *".,;:?!")
    earlier = last_word(text, before - 1).lower()
    if earlier == "by" and word.lower() in TIME_LABELS:
        return closes
    if earlier not in DETERMINERS:
        return False
    return word.lower() in TIME_LABELS or closes


def _closes_clause(text: str, start: int, stop: int, word: str) -> bool:
    """Whether a label ends a clause two words behind a determiner: "a cool room, ", "the whole group and"."""
    words = text[max(0, start - len(word) - 40) : start - len(word)].split()
    has_determiner = len(words) > 1 and words[-2].lower() in DETERMINERS and words[-1].isalpha()
    return has_determiner and bool(re.match(r"[.,;:?!]|\s+(?:and|or|but)\b|\s*$", text[stop : stop + 6]))


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


def settle(
    text: str, candidates: Sequence[GluedNumber], listed: frozenset[int]
) -> tuple[list[GluedNumber], list[GluedNumber]]:
    """Decide what only the rest of the document can tell.

    Capitals with digits ("EMG2") are a citation when the same abbreviation stands there without a number and the number
    fits: it is in the source list, was cited before, or is the next of the run. Digits behind a number, a unit or a
    label are one when they fit: they are in the source list or, without one, at most one above the largest sure number.
    listed: the numbers of the source list.
    Returns the citations in order, and what was left as text in doubt: abbreviations that stand elsewhere without a
    number, and the ends of longer numbers that are in the source list and cited nowhere else.
    """
    settled: list[GluedNumber] = []
    doubtful: list[GluedNumber] = []
    seen: set[int] = set()
    sure = [number for found in candidates if found.verdict is Verdict.CITATION for number in found.numbers]
    highest = max(sure, default=0) + 1
    alone: dict[str, bool] = {}
    end = 0
    for candidate in candidates:
        numbers = set(candidate.numbers)
        if candidate.start < end:
            continue
        if candidate.verdict is Verdict.FITTING:
            if not (numbers <= listed if listed else sure and max(numbers) <= highest):
                continue
        elif candidate.verdict is Verdict.NEXT:
            if not _fills_hole(candidate.numbers[0], seen, sure, listed):
                if candidate.numbers[0] in listed and candidate.numbers[0] not in sure:
                    doubtful.append(candidate)
                continue
        elif candidate.verdict is Verdict.ABBREVIATION:
            word = candidate.word
            if word not in alone:
                alone[word] = len(word) > 1 and bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))
            if not alone[word]:
                continue
            run = {*seen, max(seen, default=0) + 1}
            fits = set(candidate.numbers) <= listed or (bool(sure) and set(candidate.numbers) <= run)
            if not fits:
                doubtful.append(candidate)
                continue
        settled.append(candidate)
        seen.update(candidate.numbers)
        end = candidate.end
    return settled, doubtful


def _fills_hole(number: int, seen: set[int], sure: Sequence[int], listed: frozenset[int]) -> bool:
    """Whether a number, and it alone, is missing in the run of citations where it stands.

    seen: cited before. sure: cited anywhere beyond doubt. listed: in the source list.
    """
    if number in sure or (listed and number not in listed):
        return False
    follows = number == max(seen, default=0) + 1 and (bool(seen) or number == 1)
    opens = not seen and number + 1 == min(sure, default=0)
    goes_on = number + 1 in sure or number > max((*sure, *listed), default=0) - (number in listed)
    return (follows or opens) and goes_on


_SPACED_LIST = re.compile(r"(?<=[a-z])(?P<numbers>(?:[ \u00a0]\d{1,3}){2,})(?=[ \u00a0][a-z]|[.,;:?!])")
_SPACED_BEHIND = re.compile(r"(?P<numbers>(?:[ \u00a0]\d{1,3})+)(?=[ \u00a0\n]+[A-Z“\"]|[.,;:?!]|\s*$)")
_SPACED_MORE = re.compile(r"(?P<numbers>(?:[ \u00a0]\d{1,3}){2,})(?=[ \u00a0][a-z])")
_SPACED_ALONE = re.compile(
    r"(?<=[a-z])(?P<numbers>[ \u00a0]\d{1,3})"
    r"(?=[ \u00a0](?:is|are|was|were|has|have|had|can|may|will|and|or|but|do|does|did)\b|[,;.](?:\s|$))"
)
_ET_AL = re.compile(r"(?<=et al)\.?(?P<numbers>(?:[ \u00a0]\d{1,3})+)(?=[ \u00a0][a-z(]|[.,;:?!]|\s*$)")


def find_set_off(
    text: str, sure: Sequence[Marker], fits: frozenset[int], cited: frozenset[int], span: tuple[int, int]
) -> list[Marker]:
    """Numbers set off by spaces in a document that glues its citations: "trials 27 29 used", "often.1 3 The".

    sure: the glued ones of the span, ascending. fits: the numbers that may be citations. cited: by glued ones anywhere.
    span: half-open.
    """
    start, end = span
    found = []
    matches = [*_SPACED_LIST.finditer(text, start, end), *_ET_AL.finditer(text, start, end)]
    for marker in sure:
        more = _SPACED_BEHIND.match(text, marker.end, end) or _SPACED_MORE.match(text, marker.end, end)
        matches += [more] if more else []
    in_run = {number for marker in sure for number in marker.numbers}
    for match in _SPACED_ALONE.finditer(text, start, end):
        number = int(match["numbers"])
        is_missing = number not in cited and {number - 1, number + 1} & cited and number <= max(cited) + 1
        if is_missing and not calls_for_number(text, match.start()) and number not in in_run:
            matches.append(match)
    for match in matches:
        numbers = [int(number) for number in match["numbers"].split()]
        if set(numbers) <= fits and numbers == sorted(set(numbers)):
            found.append(Marker(match.start("numbers"), match.end(), tuple(numbers)))
    return found
