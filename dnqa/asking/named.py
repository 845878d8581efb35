"""Questions that name a citation number or a section instead of describing what they want."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from dnqa.asking.query import Query
from dnqa.index import Index
from dnqa.text.analysis import Token, analyse, find_words, stem, terms
from dnqa.text.citation_numbers import read_numbers

_CARDINALS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_NUMBER_WORDS = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words, 1)}
_DIGITS = r"\d{1,4}(?:\s*(?:[,;&–-]|and|or|to)\s*\[?\d{1,4}\]?)*"
_NOUN = r"(?:citations?|references?|refs?|sources?|footnotes?|papers?|superscripts?)"
_DIGIT = re.compile(r"\d")
_PARTS = ("source", "paper", "ref", "cit", "number", "note", "superscript")
"""One of these, or a digit, is in every ASCII question that names a number or asks for a reference."""


def may_name_reference(question: str) -> bool:
    """Whether a question may name a number or ask for a reference; most do not, and need not be read for it."""
    if not question.isascii():  # there are more letters that a pattern takes for those of _PARTS
        return True
    lower = question.lower()
    return any(map(lower.__contains__, _PARTS)) or bool(_DIGIT.search(question))


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """A pattern, in small letters and capitals, compiled when the first question may need it."""
    return re.compile(pattern, re.I)


_ALONE = (
    r"\W*(?:(?:and|or|what about|how about)\b)?\s*(?:no\.?|number|#)?\s*"
    rf"[\[(]?\s*(?<![-−])(?P<number>{_DIGITS})\s*[\])]?\W*"
)
"""A number that stands alone."""
_NAMED = (
    rf"\b{_NOUN}\s*(?:numbers?|no\.?|nr\.?|#|:)?\s*"
    rf"[\[(]?(?P<number>{_DIGITS}|(?:{'|'.join(_CARDINALS)})(?!\s+hundred))\b",
    rf"\b(?P<number>\d{{1,4}})(?:st|nd|rd|th)\s+{_NOUN}\b",
    rf"\bthe\s+(?P<number>{'|'.join(_ORDINALS)})\s+{_NOUN}\b",
    rf"\[\s*(?P<number>{_DIGITS})\s*\]",
)
"""The ways in which a number is named."""
_FRAME = frozenset(
    stem(word)
    for word in "citation cite reference referenced ref source sourced footnote note number paper study superscript "
    "cover support back backs supporting claim statement sentence passage quote listed list show contain state come "
    "origin credit credited attribute number numbered bracket brackets behind stand stands used fact line point "
    "bit".split()
)
"""Stems that ask for a reference and say nothing about its subject."""
_ASKS_FOR_REFERENCE = (
    r"\b(?:which|what|whose|is there an?|give|the|any)\s+(?:\w+\s+)?"
    r"(?:source|paper|reference|ref|citation|number|footnote)s?\b"
    r"|\b(?:referenced|cited|sourced|(?:source|reference|citation|ref|paper)s? (?:for|of|behind|on|about))\b"
)
_IS_NUMBER = r"\d+(?:st|nd|rd|th)?|no|to"
_REFERENCE = rf"\b{_NOUN}\b"
_BIBLIOGRAPHY = frozenset(
    stem(word)
    for word in "author authors journal year published publication title doi publisher wrote written volume link url "
    "pubmed abstract isbn issue researchers".split()
)
_SECTION_FRAME = _FRAME | frozenset(
    stem(word)
    for word in "section heading part chapter under describe described brief briefly summary summarise summarize "
    "outline overview detail step walk through everything word short simple read tell list mention talk cover "
    "discuss run full complete entire compare same difference versus vs page handout sheet".split()
)
_COMMON = 0.25  # a term in this share of the passages is what the whole source is about


class Named(NamedTuple):
    """What a question asks for by name.

    rows: passages in document order, by number.
    reason: why there are none, a sentence; "" if there are.
    missing: what was asked for beside these and is not there.
    """

    rows: tuple[int, ...]
    reason: str = ""
    missing: tuple[str, ...] = ()


def find_numbers(question: str) -> list[int]:
    """The citation numbers that a question names, ascending, ranges expanded; [] if it names none."""
    if not may_name_reference(question):
        return []
    alone = _compile(_ALONE).fullmatch(question)
    matches = [alone] if alone else [match for pattern in _NAMED for match in _compile(pattern).finditer(question)]
    return sorted({number for match in matches for number in _read(match["number"].lower())})


def _read(written: str) -> list[int]:
    if written in _NUMBER_WORDS:
        return [_NUMBER_WORDS[written]]
    plain = re.sub(r"[\[\]\s]", "", re.sub(r"\bto\b", "-", re.sub(r"and|or|[&;]", ",", written)))
    return list(read_numbers(plain)) or [int(number) for number in re.findall(r"\d+", plain)]


def drop_frame(question: str) -> str:
    """A question that asks for the reference of something, without the words that ask for it."""
    if not _compile(_ASKS_FOR_REFERENCE).search(question):
        return question
    pieces: list[str] = []
    end = 0
    for token, (start, stop) in zip(analyse(question), find_words(question), strict=True):
        if token.term in _FRAME or token.word.isdigit():
            pieces.append(question[end:start])
            end = stop
    left = "".join(pieces) + question[end:]
    return left if terms(left) else question


def asks_for_bibliography(question: str) -> bool:
    """Whether a question asks for the author, journal or year of a reference."""
    if not _compile(_REFERENCE).search(question):
        return False
    return any(token.term in _BIBLIOGRAPHY for token in analyse(question))


def find_cited(numbers: Sequence[int], index: Index) -> Named:
    """The passages that carry any of some citation numbers."""
    rows = tuple(index.find_cited(numbers))
    if rows:
        return Named(rows, missing=tuple(f"[{number}]" for number in numbers if not index.find_cited([number])))
    named = ", ".join(f"[{number}]" for number in numbers)
    has = "it has [{}] to [{}]".format(*index.cited) if index.cited else "it has none"
    return Named((), f"There is no citation {named}; {has}.")


def asks_only_for_number(tokens: Sequence[Token]) -> bool:
    """Whether nothing but a number and the words that ask for it is in a question."""
    return all(
        not token.term
        or token.term in _SECTION_FRAME
        or token.word in _NUMBER_WORDS
        or _compile(_IS_NUMBER).fullmatch(token.word)
        for token in tokens
    )


def find_section(query: Query, index: Index) -> Named | None:
    """The passages of the sections that a question names in full and asks nothing further of, else None.

    A heading with a slash has a name on each side of it. Its words are typed, or the corpus's own synonyms lead to
    them; a general synonym never makes a section the answer.
    """
    asked = set(query.terms)
    own = [match for match in query.synonyms if match.phrase.is_own]
    meant = asked.union(*chain.from_iterable(match.phrase.meanings for match in own))
    words = {token.word for token in query.tokens}
    headings = [heading for heading in index.find_headings(meant) if words.issuperset(heading.small)]
    if not headings:
        return None
    explained: dict[str, set[str]] = {}
    for match in own:
        typed = {token.term for token in query.tokens[match.start : match.end]}
        for term in chain.from_iterable(match.phrase.meanings):
            explained.setdefault(term, set()).update(typed)
    rows: set[int] = set()
    used: set[str] = set()
    for heading in headings:
        rows.update(heading.rows)
        used.update(heading.terms, *(explained.get(term, ()) for term in heading.terms))
    common = _COMMON * index.n_passages
    further = map(index.words.find, asked - used - _SECTION_FRAME)
    if not all(term and term.n_passages >= common for term in further):
        return None
    return Named(tuple(sorted(rows)))
