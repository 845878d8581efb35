"""What kind of answer a question wants, by readable rules, and what a passage must hold to give it.

A rule is a pattern over the words of a question in small letters. Its name says what it finds. A new kind of question
is a name in `Want` with its pattern and, where a passage must hold something for it, an entry in `_HOLDS`.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

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


_NOT = (
    r"(?:not|never|cant|can't|cannot|shouldnt|shouldn't|mustnt|mustn't|dont|don't|doesnt|doesn't|wont|won't|isnt|isn't)"
)
_HARM = (
    r"risk\w*|danger\w*|hazard\w*|unsafe|safe|safely|safety|side effects?|adverse\w*|complications?|toxic\w*|poison\w*"
    r"|bad for|go(?:es)? wrong|infect\w*|addict\w*|hooked|overdos\w*|allerg\w*|reactions?|bruis\w*|ha?ematomas?"
    r"|(?<!micro[ -])bleed(?:s|ing)?|bled|paraly\w*|die|death|fatal|punctur\w*|snap\w*|faint\w*|pass(?:ed|ing)? out|scar\w*"
    r"|downsides?|drawbacks?|negative effects?|harmful effects?|contraindicat\w*|worried|worry|(?<!better or )worse(?! or better)|harm|withdraw\w*|bled"
)
"""Words that ask about harm wherever they stand."""
_HARMS = r"harm|injure|damage|hurt|worsen|irritate|burn|weaken|break|compress|pinch|tear|destroy|poison|kill"
"""Verbs that do so where the question asks whether someone does it."""
_PATTERNS: dict[Want, str] = {
    Want.WHETHER: r"^(?:\w+ )?(?:so |and |but |if )?(?:does|do|did|is|are|was|can|could|will|would|should|may|must|has|have"
    r"|might|doesnt|doesn't|dont|don't|isnt|isn't|arent|aren't|wont|won't|cant|can't)\b|\?.*\b(?:does|is|can|will)\b"
    r"|\b(?:whether|yes or no|true that|any good|ok to|okay to|allowed)\b",
    Want.WHY: r"\b(?:why|how come|what causes|what makes|reason (?:for|why))\b",
    Want.HOW_MANY: r"\bhow many\b|\bnumber of\b",
    Want.HOW_MUCH: r"^(?:\w+ ){0,2}how much\b|\bhow (?:heavy|far|deep|old|big|high|low|hot|cold|fast|strong|large|wide)\b|\bwhat (?:dose|dosage"
    r"|amount|percentage|proportion|age|size|depth|temperature|weight)\b",
    Want.HOW_LONG: r"\bhow (?:long|soon|quickly|late|early)\b|\bwhat time\b|\bduration\b|\bhow many (?:seconds|minutes|hours"
    r"|days|weeks|months|years)\b",
    Want.HOW_OFTEN: r"\bhow (?:often|frequent\w*|regular\w*)\b|\bhow many times\b",
    Want.WHEN: r"^(?:and |so )?when\b|\bwhat day\b|\bwhich (?:day|week|month)\b|\bfrom (?:when|which)\b",
    Want.WHO: r"^(?:\w+ ){0,2}who(?:se|m)?\b|\bwhich (?:people|patients|persons?|doctor|person)\b",
    Want.WHERE: r"\bwhere(?:abouts)?\b",
    Want.HARM: rf"\b(?:{_HARM})\b|\b(?:can|could|does|will|would|might|may) (?:it|this|they|that) (?:\w+ )?(?:{_HARMS})\b|\bharmful\b.*\beffects\b"
    r"|\bhow (?:painful|sore)\b|\b(?:does|will|is|would|did) (?:it|the needle|needling|this) (?:hurt|sting|be painful|painful|sore)\b"
    r"|\b(?:end up|ends up|become|becomes|get|gets|getting|feel) (?:\w+ )?(?:weaker|worse|stiffer|ill|sick)\b|\bhurt (?:myself|yourself|me)\b"
    r"|\b(?:make|makes|making|made)\b.*\b(?:worse|weaker|stiffer|ill|sick|shorter|tighter)\b|\b(?:bad|negative)\b.*\beffects?\b",
    Want.EXCLUSION: rf"\b(?:who|whom|when|where|which|what|anyone|people|patients)\b.*\b{_NOT}\b"
    r"|\b(?:avoid|unsuitable|exclude[ds]?|contraindicat\w*)\b|\bnot (?:suitable|a good idea|allowed|have)\b",
    Want.DENIAL: r"\b(?:why|how come)\b.*\b(?:not|doesnt|doesn't|dont|don't|didnt|didn't|isnt|isn't|wont|won't|fail\w*)\b"
    r"|\b(?:what|which)\b.*\bnot\b",
    Want.YEAR: r"\b(?:what|which) year\b",
    Want.SHARE: r"\b(?:percent\w*|per cent|proportion|what fraction)\b",
    Want.DRUG: r"\b(?:what|which) (?:\w+ )?(?:drug|drugs|medicine|medicines|medication|medications|painkiller|painkillers|tablet"
    r"|tablets|antibiotic|antibiotics|pill|pills)\b",
    Want.COMPARISON: r"\b(?:better|worse|stronger|weaker|safer|more|less|rather|instead|versus|vs|compare\w*|difference"
    r"|as (?:\w+ )as)\b.*\b(?:than|as|or|with|to|of|vs|versus|between)\b",
}

_NUMBER = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half|once|twice|daily|nightly|several"
    r"|many|few|most|each|every|double|third|quarter)\b"
)
_TIME = (
    r"\b(?:seconds?|minute|hour|day|night|week|month|year|morning|evening|daily|nightly|weekly|monthly|immediately|straight"
    r"|soon|long|until|while|before|after|once|twice|often|always|never|same|when|permanent\w*|temporar\w*|times?)s?\b|\d"
)
_PLACE = r"\b(?:in|at|on|into|under|over|above|below|from|between|behind|near|within|around|onto|to)\b"
_HOLDS: dict[Want, str] = {
    Want.HOW_MANY: _NUMBER,
    Want.HOW_MUCH: _NUMBER,
    Want.HOW_LONG: _TIME,
    Want.HOW_OFTEN: _TIME,
    Want.WHEN: rf"{_TIME}|\bif\b|\bas soon\b",
    Want.HARM: rf"\b(?:{_HARM}|{_HARMS}|do not|don't|not|never|avoid\w*|call|ring|tell|rare\w*|common|side|pregnan\w*|breast\w*)\b",
    Want.DENIAL: r"\b(?:not|never|no|without|cannot|don't|fails?|neither|nor)\b",
    Want.YEAR: r"\b(?:1[5-9]|20)\d\d\b",
    Want.SHARE: r"%|\bper ?cent\b|\b(?:half|third|quarter|halves|one in|in ten|in a hundred)\b|\b\d+ in \d+\b",
    Want.EXCLUSION: r"\b(?:not|never|avoid|no|unless|if|stop|only|tell|except|without|instead|until|cannot|leave)\b",
}


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def find_wants(tokens: Sequence[Token]) -> frozenset[Want]:
    """What a question wants, by its words as they were read."""
    said = " ".join(token.word for token in tokens)
    return frozenset(want for want, pattern in _PATTERNS.items() if _compile(pattern).search(said))


def gives(passage: str, want: Want) -> bool:
    """Whether a passage holds what an answer of a kind must have: a number, a time, a word of harm or safety."""
    pattern = _HOLDS.get(want)
    return pattern is None or bool(_compile(pattern).search(passage.lower()))


def is_harm(word: str) -> bool:
    """Whether a word in small letters speaks of harm or safety."""
    return bool(_compile(rf"(?:{_HARM})").fullmatch(word)) or bool(_compile(_HARMS).fullmatch(word))
