"""What a question names: a drug, a condition, a part of the body, a treatment, a person, a level, a code.

A passage that does not speak of what a question names does not answer it, however much else they share. The names are
those of words/named.txt; persons, levels and codes, which are few or have a form of their own, are found by rules.
"""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from dnqa import words
from dnqa.text.analysis import Token, normalise
from dnqa.text.english import SortedLines

_LONGEST_NAME = 4
_CACHED = 1 << 13  # phrases of which it is remembered what they name


class Kind(Enum):
    """What sort of thing a name stands for; the values are the letters of words/named.txt, and of the rules here."""

    DRUG = "d"
    CONDITION = "c"
    BODY_PART = "a"
    TREATMENT = "t"
    PERSON = "p"
    ANIMAL = "b"
    FOOD = "f"
    OBJECT = "o"
    ACTIVITY = "y"
    GROUP = "g"
    LEVEL = "l"


class Thing(NamedTuple):
    """Something that a question names.

    start, end: half-open token numbers.
    kind: what sort of thing it is.
    """

    start: int
    end: int
    kind: Kind


_LEVEL = re.compile(r"(?=\w*\d)(?=\w*[a-z])[a-z0-9]+|[ivx]{1,4}")
"""A word of letters and digits: a spinal level, a vitamin, a code; or a Roman number."""
_LEVELLED = frozenset("type grade stage phase degree level class category step omega vitamin factor".split())
_UNITS = re.compile(r"\d+(?:mg|g|kg|ml|l|cm|mm|m|km|mcg|am|pm|st|nd|rd|th|hrs?|h|min|mins|s|x|wks?|yo|yr|yrs|k|p|d)")
_ORDINALS = frozenset("first second third fourth 1st 2nd 3rd 4th".split())
_GROUPS = {
    "child": "baby babies infant infants newborn toddler toddlers kid kids child children childs son sons daughter "
    "daughters boy boys girl girls teenager teenagers teen teens grandson granddaughter grandchild grandchildren "
    "adolescent adolescents schoolchild",
    "pregnant": "pregnant pregnancy trimester expecting antenatal",
    "breastfeeding": "breastfeeding breastfeed breastfed nursing lactating",
    "old": "elderly pensioner pensioners oap",
    "animal": "dog dogs cat cats puppy kitten horse pet pets rabbit",
}
"""Groups of persons for whom another advice may hold, with the words that name them."""
_YOUNG = frozenset(map(str, range(18))) | frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split()
)
"""Years of age of those who are no adults yet."""
_GROUP_OF = {word: group for group, named in _GROUPS.items() for word in named.split()}


@cache
def _names() -> SortedLines:
    return SortedLines(words.FOLDER / "named.txt", end=b"\t")


@lru_cache(_CACHED)
def find_kind(phrase: str) -> Kind | None:
    """What sort of thing a phrase in small letters names, in the singular or the plural; None if it names none."""
    for form in _list_forms(phrase):
        if found := _names().find(form):
            return Kind(found)
    return None


@lru_cache(_CACHED)
def _begins_name(word: str) -> bool:
    """Whether a name of several words begins with a word."""
    return _names().begins(f"{word} ")


def _list_forms(phrase: str) -> Iterable[str]:
    """A phrase and what it may be the plural of."""
    yield phrase
    if phrase.endswith("ies"):
        yield phrase[:-3] + "y"
    if phrase.endswith("es"):
        yield phrase[:-2]
    if phrase.endswith("s") and not phrase.endswith("ss"):
        yield phrase[:-1]


_SHORTEST_DRUG = 5  # letters behind "co-"


def find_group(words: str) -> str:
    """The group of persons that some words name, "" if they name none; an age below that of adults is a child's."""
    return "child" if words.endswith((" old", " olds")) else _GROUP_OF.get(words, "")


def list_things(tokens: Sequence[Token]) -> list[Thing]:
    """What a text names, longest names first from the left, without overlap."""
    said = [normalise(token.word) for token in tokens]
    things: list[Thing] = []
    start = 0
    while start < len(said):
        thing = _find_age(said, start) or _find_level(said, start) or _find_name(said, tokens, start)
        if thing:
            things.append(thing)
        start = thing.end if thing else start + 1
    return things


def _find_age(said: Sequence[str], start: int) -> Thing | None:
    """An age below that of adults: "7 year old", "six weeks old"."""
    if said[start + 1 : start + 2] and said[start + 1].rstrip("s") in ("year", "month", "week", "day"):
        is_age = said[start + 2 : start + 3] in (["old"], ["olds"])
        years = said[start + 1].startswith("year")
        is_young = said[start] in _YOUNG or not years
        if is_age and is_young and (said[start].isdigit() or said[start] in _YOUNG):
            return Thing(start, start + 3, Kind.GROUP)
    return None


def _find_level(said: Sequence[str], start: int) -> Thing | None:
    word = said[start]
    following = said[start + 1] if start + 1 < len(said) else ""
    if word in _LEVELLED and (following.isdigit() or _LEVEL.fullmatch(following)):
        return Thing(start, start + 2, Kind.LEVEL)
    if word in _ORDINALS and following in _LEVELLED:
        return Thing(start, start + 2, Kind.LEVEL)
    if any(map(str.isdigit, word)) and _LEVEL.fullmatch(word) and not _UNITS.fullmatch(word):
        return Thing(start, start + 1, Kind.LEVEL)
    return None


def _find_name(said: Sequence[str], tokens: Sequence[Token], start: int) -> Thing | None:
    if find_group(said[start]):
        return Thing(start, start + 1, Kind.GROUP)
    following = said[start + 1] if start + 1 < len(said) else ""
    if said[start] == "co" and following.isalpha() and len(following) > _SHORTEST_DRUG:
        return Thing(start, start + 2, Kind.DRUG)  # "co-amoxiclav"
    longest = _LONGEST_NAME if _begins_name(said[start]) else 1
    for end in range(min(len(said), start + longest), start, -1):
        if end - start == 1 and not tokens[start].term:  # a small word alone names nothing
            continue
        kind = find_kind(" ".join(said[start:end]))
        if kind:
            return Thing(start, end, kind)
    return None
