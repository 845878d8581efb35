"""What kind of answer a question wants, and whether a passage can give it."""

import pytest

from dnqa.asking.kinds import Want, find_wants, gives, is_harm
from dnqa.text.analysis import analyse

WANTED = {
    "how come it works": {Want.WHY},
    "how many needles": {Want.HOW_MANY},
    "number of sessions": {Want.HOW_MANY},
    "how much does it cost": {Want.HOW_MUCH},
    "how deep does the needle go": {Want.HOW_MUCH},
    "the width of the brace in millimetres": {Want.HOW_MUCH},
    "a knot in degrees of pain": set(),
    "how long until it works": {Want.HOW_LONG},
    "how many weeks until it works": {Want.HOW_LONG, Want.HOW_MANY},
    "how often": {Want.HOW_OFTEN},
    "how many times": {Want.HOW_OFTEN, Want.HOW_MANY},
    "when can I drive": {Want.WHEN},
    "who founded it": {Want.WHO},
    "whereabouts on the leg": {Want.WHERE},
    "side effects": {Want.HARM},
    "who should not have it": {Want.WHO, Want.EXCLUSION},
    "why doesn't it work": {Want.WHY, Want.DENIAL},
    "which year was it": {Want.YEAR},
    "what fraction of people": {Want.SHARE},
    "what percentage of people": {Want.SHARE, Want.HOW_MUCH},
    "which painkillers may I take": {Want.DRUG},
    "what if it does not fade": {Want.IF_NOT, Want.EXCLUSION, Want.DENIAL},
    "any exercise besides walking": {Want.OTHERS},
    "tell me about serotonin": set(),
    "": set(),
}
WHETHER = "does it help", "hey, can I drive", "and is it far", "he asked whether it works", "am I allowed to swim"
HARM = (
    "is it dangerous", "does it hurt", "can it damage a nerve", "will I end up worse", "does it make me ill",
    "is bleeding common", "does the needle hurt", "what are the negative effects", "can I overdose",
    "still sore two days later, is that normal",
)  # fmt: skip
NO_HARM = (
    "does micro-bleeding heal", "will I get better or worse", "the injured muscle", "what are the effects",
    "does a hurt knee need rest",
)  # fmt: skip
GIVEN = {
    Want.HOW_MANY: ("Take two tablets.", "Take the tablets."),
    Want.HOW_MUCH: ("Up to 4 g.", "As usual."),
    Want.HOW_LONG: ("It fades within a week.", "It fades."),
    Want.HOW_OFTEN: ("Rinse it twice a day.", "Rinse it."),
    Want.WHEN: ("Come back if it swells.", "It swells."),
    Want.HARM: ("Bruising is common.", "Needles are made of steel."),
    Want.DENIAL: ("It does not reach the nerve.", "It reaches the nerve."),
    Want.YEAR: ("It opened in 1998.", "It opened 30 years ago."),
    Want.SHARE: ("About 1 in 10 people bruise.", "Some people bruise."),
    Want.EXCLUSION: ("Do not run.", "Walking helps."),
    Want.IF_NOT: ("Ring us.", "Bruises fade."),
}


@pytest.mark.parametrize(("question", "wants"), WANTED.items(), ids=WANTED.keys())
def test_finds_what_a_question_wants(question: str, wants: set[Want]) -> None:
    """By its words, whether it asks yes or no besides; it may want several things at once, or nothing special."""
    assert find_wants(analyse(question)) - {Want.WHETHER} == wants


@pytest.mark.parametrize("question", WHETHER)
def test_asks_whether(question: str) -> None:
    """By an auxiliary at its beginning, or a word that says so."""
    assert Want.WHETHER in find_wants(analyse(question))


def test_not_every_question_asks_whether() -> None:
    """A request, or one for a number, does not."""
    assert not [
        line
        for line in ("tell me about it", "how often", "how many needles", "")
        if Want.WHETHER in find_wants(analyse(line))
    ]


@pytest.mark.parametrize("question", HARM)
def test_asks_about_harm(question: str) -> None:
    """Whether the word for harm always speaks of it, or only where it is what the question asks about."""
    assert Want.HARM in find_wants(analyse(question))


@pytest.mark.parametrize("question", NO_HARM)
def test_a_word_that_sounds_like_harm_need_not_ask_about_it(question: str) -> None:
    """Micro-bleeding is how a treatment works, and an injury may be what it is for."""
    assert Want.HARM not in find_wants(analyse(question))


@pytest.mark.parametrize("want", GIVEN, ids=lambda want: want.value)
def test_a_passage_gives_a_kind_of_answer_or_not(want: Want) -> None:
    """A number, a time, a word of harm: what has none of what is wanted cannot give it."""
    giving, lacking = GIVEN[want]
    assert gives(giving, want)
    assert not gives(lacking, want)


@pytest.mark.parametrize("want", [Want.WHETHER, Want.WHY, Want.HOW, Want.WHO, Want.WHERE], ids=lambda want: want.value)
def test_some_wants_ask_nothing_of_a_passage(want: Want) -> None:
    """Why, who and whether may be answered in any words."""
    assert gives("Ice.", want)


def test_single_words_of_harm() -> None:
    """Only a whole word counts."""
    assert [is_harm(word) for word in ("bruising", "toxicity", "hurt", "needle", "harmony", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
