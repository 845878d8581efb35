"""Who acts on what, and in which direction, as far as the order of words tells.

"Does the needle injure the muscle?" is not answered by "Injury to muscle causes calcium release": another acts, and the
needle is not spoken of. A clause is read as subject, verb and object; only verbs that say a direction count (increase,
reduce, cause, prevent). Where a clause has none, nothing is said. It errs towards saying nothing.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from dnqa.text.analysis import Token, stem


class Effect(Enum):
    """The direction in which a verb acts on its object."""

    CAUSE = "causes"
    MORE = "increases"
    LESS = "reduces"
    HARM = "harms"
    CHANGE = "acts on"


_VERBS = {
    Effect.CAUSE: "cause lead result produce create generate provoke trigger elicit bring induce make release come "
    "give develop",
    Effect.MORE: "increase raise boost speed accelerate strengthen improve heighten grow enhance promote stimulate "
    "activate accumulate lengthen aggravate switch turn",
    Effect.LESS: "reduce decrease lower lessen ease relieve block inhibit prevent stop suppress dampen cut calm settle "
    "shorten weaken slow halve cure remove heal disrupt neutralize neutralise limit restrict reverse drain deplete use",
    Effect.HARM: "harm damage injure hurt destroy compress pinch puncture irritate denervate paralyse paralyze snap "
    "poison infect scar worsen compromise",
    Effect.CHANGE: "affect mediate explain depolarize depolarise normalize normalise disturb",
}
_EFFECT_OF = {stem(verb): effect for effect, verbs in _VERBS.items() for verb in verbs.split()}
OPPOSITES = {Effect.MORE: Effect.LESS, Effect.LESS: Effect.MORE, Effect.CAUSE: Effect.LESS}
_TURNED = re.compile(r"(?:from|by|via|through|due|because)")
"""Behind a verb these turn subject and object round: "result from", "caused by"."""
_AUXILIARIES = frozenset(
    "do does did can could will would may might is are was were has have should must doesn't don't didn't isn't aren't "
    "won't can't doesnt dont didnt isnt arent wont cant".split()
)
_NO_VERB = ("ed", "ing", "ment", "tion", "sion")
"""Ends of words that are no verbs inside a segment: "increased demand", "tissue healing", "the development of"."""
_ONLY_TURNED = frozenset("come comes coming result results".split())
_PASSIVE = frozenset("is are was were has have get".split())
_BECOMES = frozenset("be been being get gets got".split())
_WITHOUT_OBJECT = frozenset("with after once when if less more for and or before during again too".split())
"""Behind a verb these tell that it acts on nothing: "does function improve with it"."""


class Clause(NamedTuple):
    """A verb that says a direction, and the terms on either side of it.

    subject: terms of who acts; empty where it is not said.
    effect: of the verb.
    object: terms of what is acted on.
    verb: term of the verb.
    """

    subject: tuple[str, ...]
    effect: Effect
    object: tuple[str, ...]
    verb: str


def find_asked(tokens: Sequence[Token]) -> Clause | None:
    """What a question asks of who acts on what, None if it does not ask that in so many words.

    Read behind an auxiliary: "does A increase B", "why would A damage B", "do A result from B".
    """
    start = next((at for at, token in enumerate(tokens) if token.word in _AUXILIARIES), None)
    if start is None or start > 3:
        return None
    for at in range(start + 2, len(tokens)):
        effect = _EFFECT_OF.get(tokens[at].stem)
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        if effect and (tokens[at].word not in _ONLY_TURNED or _is_turned(tokens[at], following)):
            is_passive = tokens[at - 1].word in _BECOMES or (
                tokens[start].word in _PASSIVE and tokens[at].word.endswith("ed")
            )
            if (is_passive and not _is_turned(tokens[at], following)) or not following or following in _WITHOUT_OBJECT:
                return None
            return _make_clause(tokens, start + 1, at, len(tokens), effect)
    return None


def list_stated(segments: Sequence[Sequence[Token]]) -> Iterator[Clause]:
    """What a passage states of who acts on what: a clause for each of its verbs.

    segments: its words between commas and the like. Who acts stands before the verb in the same segment; behind
    "which" it is what the segment before speaks of; else it is who acts first.
    """
    first: tuple[str, ...] | None = None
    for place, segment in enumerate(segments):
        behind = [token for later in segments[place + 1 :] for token in later]
        for at, token in enumerate(segment):
            effect = _EFFECT_OF.get(token.stem)
            following = segment[at + 1].word if at + 1 < len(segment) else ""
            is_verb = not token.word.endswith(_NO_VERB) or at == 0 or _is_turned(token, following)
            if not effect or not is_verb:
                continue
            clause = _make_clause([*segment, *behind], 0, at, len(segment) + len(behind), effect)
            if not clause.subject and place and segment[0].word in ("which", "that"):
                clause = clause._replace(subject=_list_terms(segments[place - 1]))
            elif not clause.subject and first is not None and not _is_turned(token, following):
                clause = clause._replace(subject=first)
            if first is None:
                first = clause.subject
            yield clause
        if first is None:
            first = _list_terms(segment)


def _list_terms(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(token.term for token in tokens if token.term)


def _is_turned(verb: Token, following: str) -> bool:
    """Whether a verb and the word behind it turn subject and object round: "result from", "the result of"."""
    return bool(_TURNED.fullmatch(following)) or (verb.stem == "result" and following == "of")


def _make_clause(tokens: Sequence[Token], start: int, verb: int, end: int, effect: Effect) -> Clause:
    before = tuple(token.term for token in tokens[start:verb] if token.term)
    behind = tuple(token.term for token in tokens[verb + 1 : end] if token.term)
    following = tokens[verb + 1].word if verb + 1 < end else ""
    if _is_turned(tokens[verb], following):
        before, behind = behind, before
    return Clause(before, effect, behind, tokens[verb].term)
