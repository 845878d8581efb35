"""Questions as turns of a conversation: what a turn leaves out is taken from the turn before.

Only what the turn needs is carried over, and every turn that used it says so. A turn that has a
subject of its own is asked on its own; a word that the source does not have is never excused by
an earlier turn.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from dnqa.analysis import Token, analyse, stem
from dnqa.answers import Answer, Hit, Reading, Status
from dnqa.characters import clean_line
from dnqa.deciding import Turn, read_turn
from dnqa.library import DEFAULT_TOP, Library
from dnqa.lookup import find_numbers


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
_SHORT = 2  # terms: "chemical ones?", "for pain?"


class Conversation:
    """Answers turns, each in the light of those before it.

    Nothing but the answers of this conversation is kept, and `clear` forgets them.
    """

    def __init__(self, library: Library, *, top: int = DEFAULT_TOP) -> None:
        self._library = library
        self._top = top
        self._answers: list[Answer] = []

    def clear(self) -> None:
        """Forget everything that was said."""
        self._answers.clear()

    def ask(self, line: str) -> Answer:
        """Answer a turn; greetings and thanks change nothing."""
        shown = clean_line(line)
        tokens = analyse(shown)
        fresh = _NEW_TOPIC.sub("", shown, count=1)
        if fresh != shown and fresh:
            return self._remember(replace(self._library.ask(fresh, top=self._top), question=shown))
        if not self._answers or read_turn(tokens) is Turn.GREETING or find_numbers(shown):
            return self._remember(self._library.ask(line, top=self._top))
        subject = [token for token in tokens if token.term and token.term not in _FRAME]
        if not subject:
            return self._follow(shown)
        return self._remember(self._lean(shown, tokens, subject))

    def _remember(self, answer: Answer) -> Answer:
        if answer.status is Status.ANSWERED:
            self._answers.append(answer)
        return answer

    def _follow(self, shown: str) -> Answer:
        """Answer a turn without a subject: go on, go back, or the same once more."""
        request = next((request for request, pattern in _REQUESTS if pattern.search(shown)), _Request.SAME)
        last = self._answers[-1]
        if request is _Request.BACK:
            if len(self._answers) > 1:
                self._answers.pop()
            return self._repeat(shown, self._answers[-1])
        hits: Sequence[Hit] = last.hits
        if request is _Request.NEXT:
            hits = self._find_next(last) or last.close
        elif request is _Request.MORE:
            hits = last.close[: self._top] or self._find_next(last)
        if not hits:
            reason = "The source has no more on this."
            return Answer(shown, Status.NOT_IN_SOURCE, handoff=self._library.corpus.handoff, reason=reason)
        if request is _Request.SAME:
            return self._repeat(shown, last)
        close = tuple(hit for hit in last.close if hit not in hits)
        answer = replace(last, question=shown, hits=tuple(hits), close=close, read=(_carried(shown, last),))
        return self._remember(answer)

    def _repeat(self, shown: str, answer: Answer) -> Answer:
        return replace(answer, question=shown, read=(_carried(shown, answer),))

    def _find_next(self, answer: Answer) -> tuple[Hit, ...]:
        """The passage behind the last answer's first, if it is in the same section."""
        passages = self._library.passages
        row = passages.index(answer.passages[0])
        following = passages[row + 1 : row + 2]
        return tuple(
            Hit(passage, answer.hits[0].score)
            for passage in following
            if (passage.section, passage.source) == (answer.passages[0].section, answer.passages[0].source)
        )

    def _lean(self, shown: str, tokens: Sequence[Token], subject: Sequence[Token]) -> Answer:
        """Answer a turn with a subject: on its own, or with what it leans on."""
        alone = self._library.ask(shown, top=self._top)
        has_pronoun = any(token.word in _LEANING for token in tokens)
        leans = has_pronoun or bool(_LEANING_START.match(shown))
        if alone.missing:
            return self._refuse_foreign(alone, subject) if leans else alone
        if not leans and len(subject) > _SHORT:
            return alone
        last = self._answers[-1]
        if has_pronoun and self._library.holds(last.passages[0], shown):
            return self._repeat(shown, last)
        if alone.status is not Status.NOT_IN_SOURCE:
            return alone
        joined = self._library.ask(shown, top=self._top, context=last.question)
        if joined.status is not Status.ANSWERED:
            return alone
        return replace(joined, read=(*joined.read, _carried(shown, last)))

    def _refuse_foreign(self, alone: Answer, subject: Sequence[Token]) -> Answer:
        """A turn that leans on another and names nothing that the source has is refused."""
        if alone.status is not Status.ANSWERED or not {token.text for token in subject} <= set(alone.missing):
            return alone
        handoff = self._library.corpus.handoff
        return Answer(alone.question, Status.NOT_IN_SOURCE, missing=alone.missing, handoff=handoff)


def _carried(shown: str, answer: Answer) -> Reading:
    return Reading(shown, answer.question, "conversation")
