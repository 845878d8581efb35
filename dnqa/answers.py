"""What asking yields."""

from enum import Enum
from typing import NamedTuple

from dnqa.records import Passage


class Status(Enum):
    """What became of a question; the values are those of the JSON contract."""

    ANSWERED = "answered"
    NOT_IN_SOURCE = "not_in_source"
    NOT_A_QUESTION = "not_a_question"


class Hit(NamedTuple):
    """A passage that a question found.

    score: 0 to 1, comparable within one answer.
    """

    passage: Passage
    score: float


class Reading(NamedTuple):
    """Something in a question that was read differently from how it was typed.

    typed: the words as typed.
    as_: the words they were read as.
    by: "spelling", "synonym" or "conversation".
    """

    typed: str
    as_: str
    by: str


class Nearest(NamedTuple):
    """A section that stands near a question that was refused."""

    section: str
    source: str


class Why(NamedTuple):
    """Why a passage was found, or none was good enough.

    matched: words of the question that the best passage holds, with their share of the
        question's meaning.
    evidence: what was weighed, by name: support, margin, coverage, against.
    known_question: the known question that helped most, "" if none did.
    reviewed: whether it has been reviewed.
    runners_up: the next passages, best first.
    """

    matched: tuple[tuple[str, float], ...]
    evidence: tuple[tuple[str, float], ...]
    known_question: str = ""
    reviewed: bool = True
    runners_up: tuple[Hit, ...] = ()


class Answer(NamedTuple):
    """The answer to one question.

    question: as it was asked, cleaned for showing.
    status: answered exactly when there are hits.
    hits: what dnqa stands behind, best first.
    read: what was read differently, in the order of the question.
    missing: words of the question that the source does not have, in its order.
    nearest: sections near a refused question, nearest first.
    close: runners-up that a person should see, best first.
    handoff: the clinic's line under a refusal, "" if it has none.
    reason: why it was refused, a sentence; "" when answered.
    why: what led to it; None when nothing had to be weighed.
    """

    question: str
    status: Status
    hits: tuple[Hit, ...] = ()
    read: tuple[Reading, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    close: tuple[Hit, ...] = ()
    handoff: str = ""
    reason: str = ""
    why: Why | None = None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of the hits, best first."""
        return tuple(hit.passage for hit in self.hits)
