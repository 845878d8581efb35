"""Questions as turns of a conversation: what a turn leaves out is taken from the turn before.

Only what the turn needs is carried over, and every turn that used it says so. A turn that has a
subject of its own is asked on its own; a word that the source does not have is never excused by
an earlier turn.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from dnqa.asking.deciding import is_question
from dnqa.asking.named import find_numbers
from dnqa.asking.things import find_kind
from dnqa.library import DEFAULT_TOP, Library
from dnqa.records import Answer, Hit, Interpretation, Passage, Status
from dnqa.rendering import count
from dnqa.text.analysis import Token
from dnqa.text.characters import clean_line
from dnqa.turns import (
    Request,
    Turn,
    asks_for_judgement,
    asks_for_measure,
    asks_for_time_alone,
    chooses_among_shown,
    drop_opening,
    find_bare_number,
    goes_on,
    read_turn,
)

_SHORT = 2  # terms: "chemical ones?", "for pain?"
_GOES_ON = re.compile(
    r"\W*(?:\w+\s+){0,3}?(?:thus|then|therefore|hence|consequently|as a result|because of th\w+)\b", re.I
)
"""How a passage begins that says what the one before it leads to."""
_SAYS = {
    Request.EFFECT: re.compile(
        r"\b(?:lead\w*|caus\w+|result\w* in|which|improv\w+|promot\w+|reliev\w+|reduc\w+|releas\w+|block\w+|prevent\w+"
        r"|help\w*|lower\w*|increas\w+|decreas\w+|trigger\w*|so that|may|can)\b",
        re.I,
    ),
    Request.CAUSE: re.compile(
        r"\b(?:result\w* from|due to|because|caus\w+|after|by|based (?:on|off)|mediated|via|may be|from)\b",
        re.I,
    ),
}
"""What a passage has that itself says what something leads to or comes from."""


class _Answered(NamedTuple):
    """An answer of the conversation, and the question with a subject that led to it.

    listed: the passages among which a later turn may choose.
    """

    answer: Answer
    question: str
    listed: tuple[Hit, ...]


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
        if fresh := drop_opening(shown):
            return self._remember(self._ask(fresh)._replace(question=shown), fresh)
        turn = read_turn(shown)
        if not self._turns or not is_question(turn.tokens):
            return self._remember(self._ask(line), shown)
        if turn.request in (Request.CHOICE, Request.OTHER, Request.WHICH):
            chosen = self._choose(turn)
            if chosen is not None:
                return chosen
        if numbers := self._find_numbers(turn):
            written = ", ".join(f"[{number}]" for number in numbers)
            return self._remember(self._ask(written)._replace(question=shown), written)
        if find_numbers(shown):
            return self._remember(self._ask(line), shown)
        steps = turn.request in (Request.ABOVE, Request.BELOW)
        if steps and turn.subject and self._library.holds(self._turns[-1].answer.passages[0], _join(turn.subject)):
            return self._follow(turn)
        if asks_for_time_alone(turn) and not self._was_refused and turn.request in (None, Request.SAME):
            return self._measure(turn)
        if not turn.subject and turn.request:
            alone = self._ask(shown)
            return alone if _is_known_refusal(alone) else self._follow(turn)
        if not turn.subject:
            return self._remember(self._ask(shown), shown)
        return self._lean(turn)

    def _find_numbers(self, turn: Turn) -> list[int]:
        """The citation numbers that a turn asks for and nothing else, alone or as a step from the one before."""
        last = self._turns[-1]
        asked = find_numbers(last.question)
        cited = last.answer.passages[0].citations
        before = asked or (list(cited) if len(cited) == 1 else [])
        if before and turn.request is Request.NUMBER:
            return [before[-1 if turn.place > 0 else 0] + turn.place]
        number = find_bare_number(turn)
        named = find_numbers(turn.shown)
        return [number] if number is not None and (asked or named == [number]) else []

    def _ask(self, question: str, *, context: str = "") -> Answer:
        return self._library.ask(question, top=self._top, context=context)

    def _remember(self, answer: Answer, question: str, listed: tuple[Hit, ...] = ()) -> Answer:
        if answer.status is Status.ANSWERED:
            self._turns.append(_Answered(answer, question, listed or answer.hits))
        return answer

    def _choose(self, turn: Turn) -> Answer | None:
        """Answer a turn that chooses among the passages shown, None if it does not."""
        last = self._turns[-1]
        if turn.request is Request.CHOICE and (self._was_refused or len(last.listed) <= turn.place):
            n = 0 if self._was_refused else len(last.listed)
            return self._refuse(
                turn, f"There is no such choice; {count(n, 'passage')} shown." if n else "Nothing was shown."
            )
        if len(last.listed) < 2 or self._was_refused:
            return None
        if turn.request is Request.WHICH:
            chosen = self._filter(turn, last.listed)
            if not chosen and turn.subject and chooses_among_shown(turn.shown):
                return self._refuse(turn, "None of those shown says so.")
        elif turn.request is Request.OTHER:
            shown = last.answer.passages
            chosen = [hit for hit in last.listed if hit.passage not in shown] if len(shown) < len(last.listed) else []
        else:
            chosen = list(last.listed[turn.place :][:1])
        if not chosen:
            return None
        subject = [token for token in turn.subject if not token.word.isdigit()]
        if turn.request is Request.CHOICE and subject:
            silent = self._find_silent(subject, chosen[0].passage)
            chosen = [chosen[0]._replace(silent_on=silent)]
            if len(silent) == len(subject) or any(map(find_kind, silent)):
                return self._refuse(turn, "That passage does not say.")._replace(closest=tuple(chosen))
        answer = last.answer._replace(
            question=turn.shown, hits=tuple(chosen), close=(), read=(_carry(turn.shown, last),)
        )
        return self._remember(answer, last.question, tuple(chosen) if len(chosen) > 1 else last.listed)

    def _filter(self, turn: Turn, listed: Sequence[Hit]) -> list[Hit]:
        """Those of some passages that a turn asks for: by citation number, by heading, or by what they say."""
        bare = find_bare_number(turn)
        numbers = set(find_numbers(turn.shown)) or ({bare} if bare is not None else set())
        if numbers:
            listed = [hit for hit in listed if numbers.intersection(hit.passage.citations)]
        asked = _join(token for token in turn.subject if not token.word.isdigit())
        if not asked:
            return list(listed) if numbers else []
        for holds in (self._library.is_under, self._library.holds):
            if found := [hit for hit in listed if holds(hit.passage, asked)]:
                return found
        passages = self._ask(asked).passages
        return [hit for passage in passages for hit in listed if hit.passage == passage]

    def _find_silent(self, subject: Sequence[Token], passage: Passage) -> tuple[str, ...]:
        """The words of a subject that a passage does not hold."""
        return tuple(token.text for token in subject if not self._library.holds(passage, token.text))

    def _follow(self, turn: Turn) -> Answer:
        """Answer a turn without a subject: go on, go back, or the same once more."""
        steps = turn.request in (Request.ABOVE, Request.BELOW, Request.BACK)
        if self._was_refused and not steps:
            return self._refuse(turn, "The source did not answer the question before.")
        if turn.request is Request.BACK and len(self._turns) > 1 and not self._was_refused:
            self._turns.pop()
        last = self._turns[-1]
        if turn.request in (Request.ABOVE, Request.BELOW):
            return self._step(turn, last)
        if turn.request in (Request.CAUSE, Request.EFFECT):
            return self._relate(turn, last)
        if turn.request is not Request.MORE:
            return _repeat(turn.shown, last)
        hits = last.answer.close or self._find_next(last.answer)
        if not hits:
            return self._refuse(turn, "The source has no more on this.")
        hits, close = hits[: self._top], hits[self._top :]
        answer = last.answer._replace(question=turn.shown, hits=hits, close=close, read=(_carry(turn.shown, last),))
        return self._remember(answer, last.question)

    def _step(self, turn: Turn, last: _Answered) -> Answer:
        """Answer with the neighbour in the source of what was quoted, under whatever heading it stands."""
        passages = last.answer.passages
        is_below = turn.request is Request.BELOW
        neighbour = self._library.find_neighbour(passages[0], 1 if is_below else -1)
        while is_below and neighbour in passages:  # behind all that was shown
            neighbour = self._library.find_neighbour(neighbour, 1)
        if neighbour is None:
            return self._refuse(turn, f"The source {'ends' if is_below else 'begins'} there.")
        return self._give(turn, last, neighbour)

    def _relate(self, turn: Turn, last: _Answered) -> Answer:
        """Answer what something leads to or comes from: by what was quoted, by its neighbour, or by another passage."""
        passage = last.answer.passages[0]
        following = self._find_next(last.answer)
        if turn.request is Request.CAUSE and _GOES_ON.match(passage.text):
            before = self._library.find_neighbour(passage, -1)
            if before is not None and before.path == passage.path:
                return self._give(turn, last, before)
        if _SAYS[turn.request or Request.EFFECT].search(passage.text):
            return _repeat(turn.shown, last)
        is_next = goes_on(turn.shown) or bool(following and _GOES_ON.match(following[0].passage.text))
        if turn.request is Request.EFFECT and following and is_next:
            return self._give(turn, last, following[0].passage)
        answer = self._ask(turn.shown, context=last.question)
        if answer.passages and answer.passages[0] != passage:
            return self._remember(answer._replace(read=(*answer.read, _carry(turn.shown, last))), turn.shown)
        if turn.request is Request.EFFECT and not goes_on(turn.shown):
            return _repeat(turn.shown, last)
        return self._refuse(turn, "The source does not say.")

    def _measure(self, turn: Turn) -> Answer:
        """Answer how long, how often or when, of what was asked before."""
        last = self._turns[-1]
        alone = self._ask(turn.shown)
        if _is_known_refusal(alone):
            return alone
        answer = self._ask(f"{last.question} {turn.shown}")
        same = {*last.answer.passages, *(hit.passage for hit in last.answer.close)}
        if answer.status is Status.ANSWERED and (answer.passages[0] in same or not answer.missing):
            read = (*answer.read, _carry(turn.shown, last))
            return self._remember(answer._replace(question=turn.shown, read=read), last.question)
        return self._refuse(turn, "The source does not say that of what was asked before.")

    def _give(self, turn: Turn, last: _Answered, passage: Passage) -> Answer:
        """A passage that stands beside the one quoted."""
        hit = Hit(passage, last.answer.hits[0].score)
        answer = Answer(turn.shown, Status.ANSWERED, (hit,), read=(_carry(turn.shown, last),))
        return self._remember(answer, last.question)

    def _find_next(self, answer: Answer) -> tuple[Hit, ...]:
        """The passage behind the last answer's first that was not shown with it, if it is in the same section."""
        following = (
            passage
            for passage in self._library.list_following(answer.passages[0], len(answer.passages) + 1)
            if passage not in answer.passages
        )
        return tuple(Hit(passage, answer.hits[0].score) for passage in islice(following, 1))

    def _lean(self, turn: Turn) -> Answer:
        """Answer a turn with a subject: on its own, by its subject alone, or with what it leans on."""
        shown = turn.shown
        alone = self._ask(shown)
        if self._was_refused and turn.has_pronoun and asks_for_judgement(turn):  # of what the source does not speak of
            return self._refuse(turn, "The source did not answer the question before.")
        if _is_known_refusal(alone) or (alone.because and not alone.passages):  # a bar holds in any conversation
            return alone
        if any(token.text in alone.missing for token in turn.subject):
            return self._remember(self._refuse_foreign(alone, turn.subject) if turn.leans else alone, shown)
        if not turn.leans and len(turn.subject) > _SHORT:
            return self._remember(alone, shown)
        last = self._turns[-1]
        if turn.has_pronoun and self._library.holds(last.answer.passages[0], shown):
            return self._relate(turn, last) if turn.request is Request.CAUSE else _repeat(shown, last)
        if alone.status is not Status.NOT_IN_SOURCE:
            return self._remember(alone, shown)
        ways = [(shown, last.question)]
        if not asks_for_measure(shown):  # without "how long" a question is another one
            ways.insert(0, (_join(turn.subject), ""))
        for question, context in ways:
            answer = self._ask(question, context=context)
            if answer.status is Status.ANSWERED:
                return self._remember(answer._replace(question=shown, read=(*answer.read, _carry(shown, last))), shown)
        return alone

    def _refuse(self, turn: Turn, reason: str) -> Answer:
        return self._library.refuse(turn.shown, reason=reason)

    def _refuse_foreign(self, alone: Answer, subject: Sequence[Token]) -> Answer:
        """A turn that leans on another and names nothing that the source has is refused."""
        if alone.status is not Status.ANSWERED or not {token.text for token in subject} <= set(alone.missing):
            return alone
        return self._library.refuse(alone.question, missing=alone.missing)


def _is_known_refusal(alone: Answer) -> bool:
    """Whether just this is known to have no answer, whatever was said before."""
    return alone.status is Status.NOT_IN_SOURCE and alone.why is not None and not alone.why.evidence


def _join(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _repeat(shown: str, turn: _Answered) -> Answer:
    return turn.answer._replace(question=shown, read=(_carry(shown, turn),))


def _carry(shown: str, turn: _Answered) -> Interpretation:
    return Interpretation(shown, turn.question, "conversation")
