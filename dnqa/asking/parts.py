"""Several questions in one line, and the question in a long message."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dnqa.text.analysis import terms

_AUXILIARY = (
    r"(?:(?:do|does|did|is|are|was|were|can|could|will|would|should|shall|may|might|must|has|have|am)(?:n'?t|nt)?"
    r"|won'?t|can'?t)"
)
_BEGINS = (
    rf"(?:(?!do it\b){_AUXILIARY}\s+\w|(?:when|where)\s+{_AUXILIARY}\b"
    r"|(?:what|why|how|who|which|whose|whom|what's|whats|who's|where's|how's)\b"
    r"|i(?:'d| would| want| need| wanted)\b.{0,12}\bto (?:know|ask)\b"
    r"|(?:please |can you |could you )?tell me\b|wondering\b)"
)
"""How a question begins."""
_ALSO = r"(?:\s+(?:also|then|if so|secondly|second|another thing))*"
_JOINED = re.compile(
    rf"\s*(?:[,;:–—-]+\s*|\s)(?:and|also|plus)\b{_ALSO}[\s,]+(?={_BEGINS})"
    rf"|\s*[;,]\s+(?=(?:also\s+)?{_BEGINS})",
    re.I,
)
"""What stands between two questions of a sentence."""
_SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=[.])\s+(?=[A-Z])|\s*\n\s*")
_LEADING = re.compile(r"^(?:and|also|plus|but|or|so|then)\b[\s,]*", re.I)
_STARTS = re.compile(rf"^(?:\W*(?:and|also|plus|but|so|then|please|hi|hello|hey|ok)\b[\s,]*)*{_BEGINS}", re.I)
_INTRODUCTION = re.compile(rf"^[^?:]{{0,80}}:\s+(?={_BEGINS})", re.I)
_ELLIPSIS = re.compile(
    r"^(?P<head>.+?\b(?P<word>to|for|about|on|with|in|of|does|do|is|are)\s+)(?P<first>[^,?]+?),?\s+and\s+(?P=word)"
    r"\s+(?P<second>[^?]+)\??$",
    re.I,
)
""""What happens to A, and to B?": the beginning serves both."""
_CONDITION = re.compile(r"what (?:if|happens if|happens when)\b", re.I)
"""A question that goes on behind its comma."""
_POINTS_BACK = re.compile(r"\b(?:it|that|this|he|she|they|them|his|her)\b", re.I)
_AND = re.compile(r"[,;]\s*(?:and|also|plus)\b", re.I)
_DEFINES = re.compile(r"(?:what(?:'s| is| are)|whats)\s+(?P<what>(?:an? |the )?[^,?]+)", re.I)
_PRONOUN = re.compile(r"\b(?:it|they|them|these|this|that)\b", re.I)
_MEASURE = re.compile(r"how (?:much|many|long|often|soon)\b|when\b|where\b|who\b", re.I)
"""A question that asks something though it has no word of its own."""
_LONG = 25
"""Words. In a longer message only its questions ask; the rest tells a story."""


_GREETING = 5
"""Words. A sentence of so few that asks nothing is no story."""


class Part(NamedTuple):
    """One of several questions in a line.

    question: to be asked.
    leans: whether it may lean on the part before.
    """

    question: str
    leans: bool


def split_questions(line: str) -> Sequence[Part]:
    """The questions of a line, one if it asks just one; () if it asks none that can be told."""
    found: list[Part] = []
    told = 0  # sentences that ask nothing
    body = _INTRODUCTION.sub("", line)
    sentences = [sentence.strip() for sentence in _SENTENCE_END.split(body) if sentence.strip()]
    for sentence in sentences:
        is_asked = sentence.endswith("?") or bool(_STARTS.match(sentence))
        if not is_asked or not (terms(sentence) or _MEASURE.match(sentence)):
            told += len(sentence.split()) > _GREETING
            continue
        if told and not found and _POINTS_BACK.search(sentence):  # the story before belongs to it
            return ()
        if match := _ELLIPSIS.match(sentence):
            found += (Part(f"{match['head']}{match[side]}?", leans=False) for side in ("first", "second"))
            continue
        clauses = [_LEADING.sub("", clause.strip(" ,;")) for clause in _JOINED.split(sentence)]
        goes_on = bool(_CONDITION.match(sentence)) and not _AND.search(sentence)
        if all(map(_asks, clauses)) and not goes_on:
            for clause in clauses:
                found.append(_name_again(clause, found[-1].question) if found else Part(clause, leans=False))
        else:  # a clause that asks nothing by itself belongs to the question beside it
            found.append(Part(sentence, leans=bool(found)))
    return found


def _name_again(clause: str, before: str) -> Part:
    """A question that follows another: what the other asks the meaning of is named again where it says "it"."""
    defined = _DEFINES.match(before)
    if defined and _PRONOUN.search(clause):
        return Part(_PRONOUN.sub(lambda _: defined["what"], clause, count=1), leans=False)
    return Part(clause, leans=True)


def _asks(clause: str) -> bool:
    """Whether a clause asks something by itself."""
    return bool(_STARTS.match(clause)) and bool(terms(clause) or _MEASURE.match(clause) or len(clause.split()) > 3)


def find_focus(line: str) -> str:
    """What of a long message asks; a short one is its own focus."""
    if len(line.split()) <= _LONG:
        return line
    sentences = [sentence for sentence in _SENTENCE_END.split(line) if sentence.strip()]
    asked = [sentence for sentence in sentences if sentence.rstrip().endswith("?") and terms(sentence)]
    asked = asked or [sentence for sentence in sentences if _STARTS.match(sentence) and terms(sentence)]
    return " ".join(asked) if asked else line
