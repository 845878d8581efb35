"""What a turn of a conversation asks for: the words alone, before anything is looked up."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from dnqa.reading.words import NUMBER_WORDS
from dnqa.text.analysis import Token, analyse, stem


class Request(Enum):
    """What a turn asks for by pointing at what was said."""

    BACK = "the answer before"
    ABOVE = "the passage before in the source"
    BELOW = "the passage behind in the source"
    EFFECT = "what it leads to"
    CAUSE = "what it comes from"
    NUMBER = "a citation number beside the one that was asked for"
    MORE = "more of the same"
    CHOICE = "one of those shown, by its place"
    OTHER = "the other of two shown"
    WHICH = "those shown to which something applies"
    SAME = "the same again"


class Turn(NamedTuple):
    """A turn as it was read.

    shown: as it is shown. tokens: its words.
    request: what it asks for, None if it points at nothing.
    place: for a choice, from 0, or from -1 backwards; for a number, how far on it is.
    subject: the words that are about something, not about the conversation.
    has_pronoun: whether a word stands for something that was said. leans: whether it does, or begins like a turn that
        goes on.
    """

    shown: str
    tokens: Sequence[Token]
    request: Request | None
    place: int
    subject: Sequence[Token]
    has_pronoun: bool
    leans: bool


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


_POINT = r"(?:one|sentence|passage|line|bit|point|part|bullet|item|thing|statement|paragraph|quote)s?"
_IT = r"(?:that|this|it|those|these|them)"
_STANDS = r"(?:comes?|came|goes|stands?|stood|what's|whats|is|was|and)"
_RIGHT = r"(?:right|just|directly|immediately|straight)"
_FOLLOWS = r"(?:effect|result|consequence|outcome|upshot)"
_ORDINALS = {
    word: place
    for place, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"))
    for word in words.split()
} | {"last": -1, "final": -1, "bottom": -1, "top": 0}
_CARDINALS = {word: place for place, word in enumerate("one two three four five six".split())}
_CHOICE = _any(
    rf"(?:^\W*(?:(?:and|ok|so|or|just) )*|\b(?:the|that) )(?P<nth>{'|'.join(_ORDINALS)})"
    rf"(?: (?:{_POINT}|of (?:the )?(?:{_IT}|list|lot|two|three|ones))\b|(?= ?(?:again|please|pls)\b)"
    r"| ?(?:[,;:?.!–—-]|$))",
    rf"\b(?:number|no\.?|#) ?(?P<number>[1-6]|{'|'.join(_CARDINALS)}) (?:of|on|in)\b",
)
_NUMBER = _any(
    r"\b(?:next|following|(?P<before>previous|last|preceding)) (?:number|citation|reference|ref)\b",
    r"\b(?:the )?number (?:(?P<earlier>before|above)|after|below)\b",
    r"\b(?:one|number) (?:(?P<less>lower|down|less|back)|higher|up|further|more)\b",
)
_OTHER = _any(r"\bthe other(?: one| two| ones)?\b")
_WHICH = _any(
    rf"\bwh(?:ich|at)(?: {_POINT})? (?:of|among|out of|from) (?:the )?(?:\w+ ){{0,3}}?(?:{_IT}|{_POINT}|two|three)\b",
    rf"\bwhich {_POINT}(?!\w)",
)
_REQUESTS = (
    (
        Request.BACK,
        _any(r"\bgo(?:ing)? back\b", r"^\W*back\b", r"\bundo\b", r"\b(?:previous|earlier) (?:answer|question|reply)\b"),
    ),
    (
        Request.ABOVE,
        _any(
            rf"\b(?:before|above) {_IT}\b",
            r"\b(?:previous|preceding|prior)\b",
            rf"\b(?:{_RIGHT}|{_POINT}|{_STANDS}) (?:before|above)\b",
            rf"\b(?:{_POINT}|step) (?:back|up)\b",
            r"^\W*(?:before|above)\W*$",
        ),
    ),
    (
        Request.EFFECT,
        _any(
            r"\b(?:and|but|so) then\W*$",
            r"\bthen what\b",
            r"\bwhat (?:happens?|comes of|follows)\b",
        ),
    ),
    (
        Request.BELOW,
        _any(
            rf"\b(?:after|below) {_IT}\b",
            rf"\b(?:{_RIGHT}|{_POINT}|{_STANDS}) (?:after|below|behind|following)\b",
            rf"\b{_POINT} down\b|\bfollowing {_POINT}\b",
            r"\b(?:afterwards|next|go on|continue|carry on|keep going|read on)\b",
        ),
    ),
    (
        Request.CAUSE,
        _any(
            rf"\bwhat(?:['’]s)?(?: (?:is|are|was|could|would|might|may|can|else|actually))*(?: be)? "
            rf"(?:caus(?:es?|ed|ing)|triggers?|triggering|brings?|set(?:s|ting)?) {_IT}\b",
            rf"\bwhat makes {_IT} happen\b",
            r"\b(?:because|as a result|on account) of what\b|\b(?:due to|from) what\b",
            r"\bwhat(?:['’]s| is| was)? (?:the )?(?:cause|reason)\b",
            r"^\W*(?:and |but |so )?why\b|\bhow come\W*$",
        ),
    ),
    (
        Request.EFFECT,
        _any(
            rf"\bwhat (?:does|do|did|will|would|can|could|might) {_IT} "
            r"(?:lead to|cause|do|result in|bring(?: about)?|trigger|produce|mean|end in|set off)\b",
            r"\b(?:lead|leads|leading) to\b|\bresults? (?:in|of)\b",
            rf"\b{_FOLLOWS}s? of {_IT}\b|\bwith what {_FOLLOWS}s?\b|\bwhat(?:['’]s| is| are) the {_FOLLOWS}s?\W*$",
        ),
    ),
    (Request.MORE, _any(r"\b(?:more|else|others?|another|further|besides|in addition)\b")),
)
"""What each request looks like; the first that does is it."""
_FRAME = frozenset(
    stem(word)
    for word in "reference ref citation cite source number note footnote section heading part page line paper again "
    "come came name person read happen next continue carry keep back previous preceding start show explain reason "
    "example instance exactly word quote repeat who which same different mention anywhere begin step tell more else "
    "other another further besides addition earlier list listed belong sentence passage bit point bullet item right "
    "directly immediately straight above below follow afterwards say write written please now okay pls plz ok first "
    "second third fourth fifth sixth last final 1st 2nd 3rd 4th 5th 6th".split()
)
"""Stems that a turn may hold without having a subject of its own."""
_RELATION = frozenset(
    stem(word)
    for word in "cause caused causing lead leads result effect consequence outcome upshot trigger set off bring "
    "produce mean end make because due".split()
)
"""Stems that ask what something leads to or comes from, in a turn that asks just that."""
_LEANING = frozenset(
    "that this those these it its they them their theirs one ones same such there both either also too again "
    "then".split()
)
_LEANING_START = re.compile(r"\W*(?:and|so|but|or|what about|how about|which|ok so|why|how come|how so)\b", re.I)
_NEW_TOPIC = _any(
    r"\W*(?:(?:ok(?:ay)?|right|now|so|and|but)\W+)*"
    r"(?:(?:a )?(?:different|new|another|other) (?:topic|question|thing|subject)|something else"
    r"|changing (?:the )?subject)\W+"
)
_JUDGEMENTS = frozenset(
    map(
        stem,
        "safe ok okay alright allowed allow good bad fine normal risky risk dangerous danger harmful harm hurt help "
        "work advisable recommended sensible possible".split(),
    )
)
_FEW = 6  # words
_THEN = _any(r"\b(?:then|next|happens?)\b")
_MEASURE = _any(r"\b(?:how (?:long|often|much|many|soon|far|deep)|when)\b")


def read_turn(shown: str) -> Turn:
    """Read what a turn asks for."""
    tokens = analyse(shown)
    request = next((request for request, pattern in _REQUESTS if pattern.search(shown)), None)
    frame = _FRAME | _RELATION if request in (Request.CAUSE, Request.EFFECT) else _FRAME
    subject = [token for token in tokens if token.term and token.term not in frame]
    place = 0
    if step := _NUMBER.search(shown):
        request = Request.NUMBER
        place = -1 if step["before"] or step["less"] or step["earlier"] else 1
    elif choice := _CHOICE.search(shown):
        number = choice["number"]
        place = _ORDINALS[choice["nth"].lower()] if choice["nth"] else _read_place(number.lower())
        request = Request.CHOICE
    elif _OTHER.search(shown) and not subject:
        request = Request.OTHER
    elif _WHICH.search(shown):
        request = Request.WHICH
    has_pronoun = any(token.word in _LEANING for token in tokens)
    leans = has_pronoun or bool(_LEANING_START.match(shown))
    if request is None and not subject and _refers(shown, tokens):
        request = Request.SAME
    return Turn(shown, tokens, request, place, subject, has_pronoun, leans)


def _read_place(number: str) -> int:
    return _CARDINALS[number] if number in _CARDINALS else int(number) - 1


def _refers(shown: str, tokens: Sequence[Token]) -> bool:
    """Whether a turn without a subject points at what was said: by a pronoun, or as a bare "why?".

    One that asks how long, how often or when asks for something that was not said.
    """
    return not asks_for_measure(shown) and (
        len(tokens) == 1
        or bool(_LEANING_START.match(shown))
        or any(token.word in _LEANING or token.term in _FRAME for token in tokens)
    )


_OF_THESE = _any(rf"\b(?:of|among|from) (?:the )?(?:\w+ ){{0,2}}?(?:{_IT}|ones?)\b")
_TIMES = frozenset(map(stem, "day daily week weekly month night nightly hour morning evening year time today".split()))


def chooses_among_shown(shown: str) -> bool:
    """Whether a turn asks which of those shown, and of no others."""
    return bool(_OF_THESE.search(shown))


def asks_for_time_alone(turn: Turn) -> bool:
    """Whether a turn has no subject but a measure: "how long?", "every day?", "after three weeks?"."""
    is_measure = asks_for_measure(turn.shown) or any(token.term in _TIMES for token in turn.subject)
    others = [token for token in turn.subject if token.term not in _TIMES and not token.word.isdigit()]
    return is_measure and all(token.word in NUMBER_WORDS for token in others) and len(turn.tokens) <= _FEW


def asks_for_judgement(turn: Turn) -> bool:
    """Whether a turn asks nothing but whether something is safe, allowed, normal and the like."""
    return bool(turn.subject) and all(token.term in _JUDGEMENTS for token in turn.subject)


def goes_on(shown: str) -> bool:
    """Whether a turn asks what happens then or next."""
    return bool(_THEN.search(shown))


def asks_for_measure(shown: str) -> bool:
    """Whether a turn asks how long, how often, how much or when."""
    return bool(_MEASURE.search(shown))


def drop_opening(shown: str) -> str:
    """A turn without the words that say that a new subject begins; "" if there are none."""
    opening = _NEW_TOPIC.match(shown)
    return shown[opening.end() :] if opening else ""


def find_bare_number(turn: Turn) -> int | None:
    """The only number of a turn that says nothing else, None if it has none or says more."""
    numbers = [int(token.word) for token in turn.tokens if token.word.isdigit()]
    others = [token for token in turn.subject if not token.word.isdigit()]
    return numbers[0] if len(numbers) == 1 and not others else None
