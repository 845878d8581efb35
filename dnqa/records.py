"""The values that cross from one part of dnqa to another: what reading a source yields, and what asking does."""

from collections import Counter
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Passage(NamedTuple):
    """One sentence or bullet of a source, word for word, with its citation numbers.

    id: "p" and 8 hex digits of the SHA-256 of the text; "-2", "-3" for repeats.
    text: the words of the source, markers taken out, white space folded.
    citations: the numbers, ascending, each once.
    section: the nearest heading above, "" if there is none.
    path: all headings above, outermost first.
    line: line of the first character, from 1.
    start, end: half-open characters of the decoded source, from the first letter to the last
        character or marker.
    source: file name in the corpus, "" if the text came from no file.
    title: title of the source, "" if it has none.
    lead: how many passages above it stands the lead-in of the list that it belongs to, 0 if it belongs to none.
    page: that it begins on, from 1; 0 where there are no pages. Then line, start and end count in the document's copy.
    """

    id: str
    text: str
    citations: tuple[int, ...]
    section: str
    path: tuple[str, ...]
    line: int
    start: int
    end: int
    source: str = ""
    title: str = ""
    lead: int = 0
    page: int = 0


class Heading(NamedTuple):
    """A heading of a source.

    text: as in the source, white space folded.
    depth: how many headings stand above it.
    line: its line, from 1.
    start, end: half-open characters of the decoded source.
    """

    text: str
    depth: int
    line: int
    start: int
    end: int


class Doubt(NamedTuple):
    """Something in a source that could not be decided and was left as it stands.

    line: where, from 1; 0 when it concerns the whole source.
    message: what it is, in one line.
    """

    line: int
    message: str


class Document(NamedTuple):
    """A source as it was read.

    passages: in document order, disjoint.
    headings: in document order.
    references: citation number to entry, as the source lists them.
    convention: how the source marks citations ("glued", "bracket", ...), "none" if it does not.
    doubts: what could not be decided, in document order.
    copy: the document as text with every citation written as `[^4]`, "" if it was read from text.
    """

    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...] = ()
    references: Mapping[int, str] = MappingProxyType({})
    convention: str = "none"
    doubts: tuple[Doubt, ...] = ()
    copy: str = ""


ID_LENGTH = 9
"""Characters of the id of a passage whose text no other before it has."""


def identify(text: str) -> str:
    """The stable id of a passage: of its words alone, so that edits elsewhere do not change it."""
    import hashlib

    return "p" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def identify_next(text: str, repeats: Counter[str]) -> str:
    """The id of a passage behind others.

    repeats: how often each id was given so far; counted on.
    """
    base = identify(text)
    repeats[base] += 1
    return base if repeats[base] == 1 else f"{base}-{repeats[base]}"


class Status(Enum):
    """What became of a question; the values are those of the JSON contract."""

    ANSWERED = "answered"
    NOT_IN_SOURCE = "not_in_source"
    NOT_A_QUESTION = "not_a_question"


class Hit(NamedTuple):
    """A passage that a question found.

    score: 0 to 1, comparable within one answer.
    silent_on: words of the question that matter and that the passage does not hold, in the question's order.
    context: passages that limit what it says: the lead-in of its list, a neighbour that forbids what it allows.
    also: passages of other places that have the same words, each with citations of its own.
    """

    passage: Passage
    score: float
    silent_on: tuple[str, ...] = ()
    context: tuple[Passage, ...] = ()
    also: tuple[Passage, ...] = ()


class Interpretation(NamedTuple):
    """Something in a question that was read differently from how it was typed.

    typed: the words as typed.
    as_: the words they were read as.
    by: "spelling", "synonym" or "conversation".
    """

    typed: str
    as_: str
    by: str


class NearSection(NamedTuple):
    """A section that stands near a question that was refused."""

    section: str
    source: str


class Why(NamedTuple):
    """Why a passage was found, or none was good enough.

    matched: words of the question that the best passage holds, with their share of the
        question's meaning.
    evidence: what was weighed, by name, with what each added to the decision; those that count most first.
    known_question: the known question that helped most, "" if none did.
    reviewed: whether it has been reviewed.
    runners_up: the next passages, best first.
    weighed: the passage that all this is about, None if nothing was weighed.
    rule: what alone keeps it from being an answer, "" if nothing does.
    """

    matched: tuple[tuple[str, float], ...]
    evidence: tuple[tuple[str, float], ...]
    known_question: str = ""
    reviewed: bool = True
    runners_up: tuple[Hit, ...] = ()
    weighed: Passage | None = None
    rule: str = ""


class Answer(NamedTuple):
    """The answer to one question.

    question: as it was asked, cleaned for showing.
    status: answered exactly when there are hits.
    hits: what dnqa stands behind, best first.
    read: what was read differently, in the order of the question.
    missing: words of the question that the source does not have, in its order.
    nearest: sections near a refused question, nearest first.
    close: runners-up that a person should see, best first.
    closest: of a refusal, passages near enough to look at, best first; they do not answer it.
    parts: of a line that asks several questions, the answer to each; else ().
    because: what an answer or a refusal rests on other than words of the source, each a mapping as the JSON contract
        has it: a known question, a synonym that led to a section, a rule.
    handoff: the clinic's line under a refusal, "" if it has none.
    reason: why it was refused, a sentence; "" when answered.
    why: what led to it; None when nothing had to be weighed.
    """

    question: str
    status: Status
    hits: tuple[Hit, ...] = ()
    read: tuple[Interpretation, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[NearSection, ...] = ()
    close: tuple[Hit, ...] = ()
    closest: tuple[Hit, ...] = ()
    parts: "tuple[Answer, ...]" = ()
    because: tuple[Mapping[str, object], ...] = ()
    handoff: str = ""
    reason: str = ""
    why: Why | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the hits, best first."""
        return tuple(hit.passage for hit in self.hits)
