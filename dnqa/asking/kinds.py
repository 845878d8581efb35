"""What kind of answer a question wants, by readable rules, and what a passage must hold to give it.

A rule is a pattern over the words of a question in small letters. Its name says what it finds. A new kind of question
is a name in `Want` with its pattern and, where a passage must hold something for it, an entry in `_HOLDS`.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache

from dnqa.text.analysis import Token


class Want(Enum):
    """What a question wants."""

    WHETHER = "whether"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    HOW_OFTEN = "how often"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    HARM = "harm"
    EXCLUSION = "exclusion"
    DENIAL = "denial"
    COMPARISON = "comparison"
    YEAR = "year"
    SHARE = "share"
    DRUG = "drug"
    IF_NOT = "if not"
    OTHERS = "others"


def _any(words: str) -> str:
    """A pattern for any of some words, given with spaces between; "_" is a space, "*" any ending."""
    choices = "|".join(words.split()).replace("_", " ").replace("*", r"\w*")
    return rf"\b(?:{choices})\b"


_NOT = _any(
    "not never cant can't cannot shouldnt shouldn't mustnt mustn't dont don't doesnt doesn't didnt didn't wont won't "
    "isnt isn't"
)
_AUXILIARY = _any(
    "does do did is are was can could will would should may must has have might doesnt doesn't dont don't isnt isn't "
    "arent aren't wont won't cant can't"
)
_HARM = (
    _any(
        "risk* danger* hazard* unsafe safe safely safety side_effect side_effects adverse* complication* toxic* "
        "poison* bad_for go_wrong goes_wrong infect* addict* hooked overdos* allerg* reaction reactions bruis* "
        "hematoma* haematoma* bled paraly* die death fatal punctur* snap* faint* pass_out passed_out passing_out scar* "
        "downside* drawback* negative_effects harmful_effects contraindicat* worried worry harm withdraw*"
    )
    + r"|(?<!micro[ -])\bbleed(?:s|ing)?\b|(?<!better or )\bworse\b(?! or better)"
)
"""Words that ask about harm wherever they stand."""
_HARMS = "harm injure damage hurt worsen irritate burn weaken break compress pinch tear destroy poison kill"
"""Verbs that do so where the question asks whether it does them."""
_TREATMENT = (
    r"(?:it|this|they|that|you|(?:the |a |these |those )?(?:dry )?(?:needles?|needling|injections?|tablets?|medicines?"
    r"|treatments?|exercises?))"
)
"""What is asked about, where a question asks whether it does harm."""
_WORSE = "worse weaker stiffer ill sick"
_UNIT = (
    r"(?:(?:micro|milli|centi|kilo)?(?:volt|amp|watt|hertz|metre|meter|gram|gramme|litre|liter)|degree)s?"
    r"|inch(?:es)?|mm|cm|mg|kg|ml"
)
"""A measure in which an amount is asked for: "the depth in millimetres"."""
_PATTERNS: dict[Want, tuple[str, ...]] = {
    Want.WHETHER: (
        rf"^(?:\w+ )?(?:so |and |but |if )?{_AUXILIARY}",
        _any("whether yes_or_no true_that any_good ok_to okay_to allowed"),
    ),
    Want.WHY: (_any("why how_come what_causes what_makes reason_for reason_why"),),
    Want.HOW_MANY: (_any("how_many number_of"),),
    Want.HOW_MUCH: (
        r"^(?:\w+ ){0,2}how much\b",
        r"\bhow (?:heavy|far|deep|old|big|high|low|hot|cold|fast|strong|large|wide)\b",
        r"\bwhat (?:dose|dosage|amount|percentage|proportion|age|size|depth|temperature|weight)\b",
        rf"\bin (?:{_UNIT})\W*$",
    ),
    Want.HOW_LONG: (
        _any("how_long how_soon how_quickly how_late how_early what_time duration"),
        r"\bhow many (?:seconds|minutes|hours|days|weeks|months|years)\b",
    ),
    Want.HOW_OFTEN: (_any("how_often how_frequent* how_regular* how_many_times"),),
    Want.WHEN: (r"^(?:and |so )?when\b", _any("what_day which_day which_week which_month from_when from_which")),
    Want.WHO: (r"^(?:\w+ ){0,2}who(?:se|m)?\b", _any("which_people which_patients which_person which_doctor")),
    Want.WHERE: (_any("where whereabouts"),),
    Want.HARM: (
        _HARM,
        rf"\b(?:can|could|does|do|will|would|might|may) {_TREATMENT} (?:\w+ )?{_any(_HARMS)}",
        _any("how_painful how_sore hurt_myself hurt_yourself hurt_me"),
        rf"\b(?:does|will|would|did) {_TREATMENT} (?:hurt|sting|be painful|be sore)\b",
        rf"\b(?:is|are|was|were) {_TREATMENT} (?:\w+ )?(?:painful|sore)\b",
        rf"{_TREATMENT} (?:\w+ )?(?:causes?|leads? to|results? in)\b.*\b(?:damage|injur\w*|compression|degeneration)\b",
        rf"\b(?:end up|ends up|becomes?|gets?|getting|feel) (?:\w+ )?{_any(_WORSE)}",
        rf"\b(?:makes?|making|made)\b.*{_any(_WORSE + ' shorter tighter')}",
        r"\b(?:bad|negative|harmful)\b.*\beffects?\b",
        r"\bis (?:that|this|it) (?:still )?(?:normal|ok|okay|all right|alright|worrying|serious)\W*$",
    ),
    Want.EXCLUSION: (
        rf"{_any('who whom when where which what anyone people patients')}.*{_NOT}",
        _any("avoid unsuitable exclude* contraindicat* not_suitable not_a_good_idea not_allowed not_have"),
    ),
    Want.DENIAL: (rf"{_any('why how_come')}.*(?:{_NOT}|\bfail)", r"\b(?:what|which)\b.*\bnot\b"),
    Want.IF_NOT: (rf"\bif\b.*{_NOT}",),
    Want.OTHERS: (_any("besides apart_from other_than"),),
    Want.YEAR: (r"\b(?:what|which) year\b",),
    Want.SHARE: (_any("percent* per_cent proportion what_fraction"),),
    Want.DRUG: (
        r"\b(?:what|which) (?:\w+ )?(?:drugs?|medicines?|medications?|painkillers?|tablets?|antibiotics?|pills?)\b",
    ),
    Want.COMPARISON: (
        r"\b(?:better|worse|stronger|weaker|safer|more|less|rather|instead|versus|vs|compare\w*|difference)\b.*"
        r"\b(?:than|as|or|with|to|of|vs|versus|between)\b",
    ),
}

_NUMBER = (
    r"\d",
    _any(
        "one two three four five six seven eight nine ten twelve twenty thirty half once twice daily nightly several "
        "many few most each every double third quarter"
    ),
)
_TIME = (
    r"(?<![\d£$€.,])\d+(?![.,]?\d)(?! ?(?:%|°|percent|per cent|pounds?|euros?|dollars?|pence|[mk]?g|ml|[cm]?m)\b)",
    r"\b(?:second|minute|hour|day|night|week|month|year|morning|evening|time)s?\b",
    _any(
        "daily nightly weekly monthly immediately straight soon long until while before after once twice often always "
        "never same when permanent* temporar*"
    ),
)
_HOLDS: dict[Want, tuple[str, ...]] = {
    Want.HOW_MANY: _NUMBER,
    Want.HOW_MUCH: _NUMBER,
    Want.HOW_LONG: _TIME,
    Want.HOW_OFTEN: _TIME,
    Want.WHEN: (*_TIME, _any("if as_soon")),
    Want.HARM: (
        _HARM,
        _any(_HARMS),
        _any("do_not don't not never avoid* call ring tell rare* common side pregnan* breast*"),
    ),
    Want.IF_NOT: (
        _NOT,
        _any("no unless without more longer still worse call ring contact phone never cannot until"),
    ),
    Want.OTHERS: (_any("other others also as_well further besides too except"),),
    Want.DENIAL: (_any("not never no without cannot don't fail fails neither nor"),),
    Want.YEAR: (r"\b(?:1[5-9]|20)\d\d\b",),
    Want.SHARE: (r"%|\b\d+ in \d+\b", _any("percent per_cent half third quarter halves one_in in_ten in_a_hundred")),
    Want.EXCLUSION: (_any("not never avoid unless only except without cannot don't") + r"|\boff if\b",),
}


_CACHED = 1 << 12  # pairs of a passage and a want


@cache
def _compile(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def find_wants(tokens: Sequence[Token]) -> frozenset[Want]:
    """What a question wants, by its words as they were read."""
    said = " ".join(token.word for token in tokens)
    return frozenset(want for want, pattern in _PATTERNS.items() if _compile(pattern).search(said))


@lru_cache(_CACHED)
def gives(passage: str, want: Want) -> bool:
    """Whether a passage holds what an answer of a kind must have: a number, a time, a word of harm or safety."""
    pattern = _HOLDS.get(want)
    return pattern is None or bool(_compile(pattern).search(passage.lower()))


def is_harm(word: str) -> bool:
    """Whether a word in small letters speaks of harm or safety."""
    return bool(_compile((_HARM, _any(_HARMS))).fullmatch(word))
