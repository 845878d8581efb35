"""Questions as turns of a conversation: what a turn leaves out is taken from the turn before.

Only what the turn needs is carried over, and every turn that used it says so. A turn that has a
subject of its own is asked on its own; a word that the source does not have is never excused by
an earlier turn.
"""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import islice
from typing import NamedTuple

from dnqa.asking.deciding import is_question
from dnqa.asking.named import find_numbers
from dnqa.library import DEFAULT_TOP, Library
from dnqa.records import Answer, Hit, Interpretation, Status
from dnqa.text.analysis import Token, analyse, stem
from dnqa.text.characters import clean_line


class _Request(Enum):
    """What a turn without a subject asks for."""

    NEXT = "next"
    MORE = "more"
    BACK = "back"
    SAME = "same"


_REQUESTS = (
    (_Request.BACK, re.compile(r"\b(?:go back|back|previous|before that|earlier|the one before|undo)\b", re.I)),
    (_Request.NEXT, re.compile(r"\b(?:go on|continue|next|carry on|keep going|and then|then what|after that)\b", re.I)),
    (_Request.MORE, re.compile(r"\b(?:more|else|others?|another|further|besides|in addition)\b", re.I)),
)
_FRAME = frozenset(
    stem(word)
    for word in "reference ref citation cite source number note footnote section heading part page line paper again "
    "come came name person read happen next continue carry keep back previous start show explain reason example "
    "instance exactly word quote repeat who which same different mention anywhere begin first second last "
    "step tell more else other another further besides addition earlier".split()
)
"""Stems that a turn may hold without having a subject of its own."""

_LEANING = frozenset(
    "that this those these it its they them their theirs one ones same such there both either also too again "
    "then".split()
)
_LEANING_START = re.compile(r"\W*(?:and|so|but|or|what about|how about|which|ok so|why|how come|how so)\b", re.I)
_NEW_TOPIC = re.compile(
    r"\W*(?:(?:a )?(?:different|new|another|other) (?:topic|question|thing|subject)|something else"
    r"|changing (?:the )?subject)\W+",
    re.I,
)
_MEASURE = re.compile(r"\b(?:how (?:long|often|much|many|soon|far|deep)|when)\b", re.I)
_SHORT = 2  # terms: "chemical ones?", "for pain?"


class Conversation:
    """Answers turns, each in the light of those before it.

    Nothing but the answers of this conversation is kept.
    """

    def __init__(self, library: Library, *, top: int = DEFAULT_TOP) -> None:
        self._library = library
        self._top = top
        self._turns: list[_Answered] = []
        self._was_refused = False  # the turn before

    def ask(self, line: str) -> Answer:
        """Answer a turn; greetings and thanks change nothing."""
        answer = self._answer(line)
        if answer.status is not Status.NOT_A_QUESTION:
            self._was_refused = answer.status is Status.NOT_IN_SOURCE
        return answer

    def _answer(self, line: str) -> Answer:
        shown = clean_line(line)
        tokens = analyse(shown)
        fresh = _NEW_TOPIC.sub("", shown, count=1)
        if fresh != shown and fresh:
            return self._remember(self._library.ask(fresh, top=self._top)._replace(question=shown), fresh)
        if not self._turns or not is_question(tokens) or find_numbers(shown):
            return self._remember(self._library.ask(line, top=self._top), shown)
        subject = [token for token in tokens if token.term and token.term not in _FRAME]
        if not subject and _refers(shown, tokens):
            alone = self._library.ask(shown, top=self._top)
            return alone if _is_known_refusal(alone) else self._follow(shown)
        if not subject:
            return self._remember(self._library.ask(shown, top=self._top), shown)
        return self._lean(shown, tokens, subject)

    def _remember(self, answer: Answer, question: str) -> Answer:
        if answer.status is Status.ANSWERED:
            self._turns.append(_Answered(answer, question))
        return answer

    def _follow(self, shown: str) -> Answer:
        """Answer a turn without a subject: go on, go back, or the same once more."""
        request = next((request for request, pattern in _REQUESTS if pattern.search(shown)), _Request.SAME)
        if self._was_refused and request is not _Request.BACK:
            reason = "The source did not answer the question before."
            return self._library.refuse(shown, reason=reason)
        if request is _Request.BACK and len(self._turns) > 1 and not self._was_refused:
            self._turns.pop()
        last = self._turns[-1]
        if request in (_Request.SAME, _Request.BACK):
            return _repeat(shown, last)
        if request is _Request.NEXT:
            hits = self._find_next(last.answer) or last.answer.close
        else:
            hits = last.answer.close or self._find_next(last.answer)
        if not hits:
            reason = "The source has no more on this."
            return self._library.refuse(shown, reason=reason)
        hits, close = hits[: self._top], hits[self._top :]
        answer = last.answer._replace(question=shown, hits=hits, close=close, read=(_carry(shown, last),))
        return self._remember(answer, last.question)

    def _find_next(self, answer: Answer) -> tuple[Hit, ...]:
        """The passage behind the last answer's first that was not shown with it, if it is in the same section."""
        following = (
            passage
            for passage in self._library.list_following(answer.passages[0], len(answer.passages) + 1)
            if passage not in answer.passages
        )
        return tuple(Hit(passage, answer.hits[0].score) for passage in islice(following, 1))

    def _lean(self, shown: str, tokens: Sequence[Token], subject: Sequence[Token]) -> Answer:
        """Answer a turn with a subject: on its own, by its subject alone, or with what it leans on."""
        alone = self._library.ask(shown, top=self._top)
        if _is_known_refusal(alone) or (alone.because and not alone.passages):  # a bar holds in any conversation
            return alone
        has_pronoun = any(token.word in _LEANING for token in tokens)
        leans = has_pronoun or bool(_LEANING_START.match(shown))
        if any(token.text in alone.missing for token in subject):
            return self._remember(self._refuse_foreign(alone, subject) if leans else alone, shown)
        if not leans and len(subject) > _SHORT:
            return self._remember(alone, shown)
        last = self._turns[-1]
        if has_pronoun and self._library.holds(last.answer.passages[0], shown):
            return _repeat(shown, last)
        if alone.status is not Status.NOT_IN_SOURCE:
            return self._remember(alone, shown)
        ways = [(shown, last.question)]
        if not _MEASURE.search(shown):  # without "how long" a question is another one
            ways.insert(0, (" ".join(token.text for token in subject), ""))
        for question, context in ways:
            answer = self._library.ask(question, top=self._top, context=context)
            if answer.status is Status.ANSWERED:
                return self._remember(answer._replace(question=shown, read=(*answer.read, _carry(shown, last))), shown)
        return alone

    def _refuse_foreign(self, alone: Answer, subject: Sequence[Token]) -> Answer:
        """A turn that leans on another and names nothing that the source has is refused."""
        if alone.status is not Status.ANSWERED or not {token.text for token in subject} <= set(alone.missing):
            return alone
        return self._library.refuse(alone.question, missing=alone.missing)


class _Answered(NamedTuple):
    """An answer of the conversation, and the question with a subject that led to it."""

    answer: Answer
    question: str


def _is_known_refusal(alone: Answer) -> bool:
    """Whether just this is known to have no answer, whatever was said before."""
    return alone.status is Status.NOT_IN_SOURCE and alone.why is not None and not alone.why.evidence


def _refers(shown: str, tokens: Sequence[Token]) -> bool:
    """Whether a turn without a subject points at what was said: by a pronoun, a request, or as a bare "why?".

    One that asks how long, how often or when asks for something that was not said.
    """
    return not _MEASURE.search(shown) and (
        len(tokens) == 1
        or bool(_LEANING_START.match(shown))
        or any(token.word in _LEANING or token.term in _FRAME for token in tokens)
        or any(pattern.search(shown) for _, pattern in _REQUESTS)
    )


def _repeat(shown: str, turn: _Answered) -> Answer:
    return turn.answer._replace(question=shown, read=(_carry(shown, turn),))


def _carry(shown: str, turn: _Answered) -> Interpretation:
    return Interpretation(shown, turn.question, "conversation")
