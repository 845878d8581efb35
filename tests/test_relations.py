"""Who acts on what."""

import re

import pytest

from dnqa.asking.relations import OPPOSITES, Clause, Effect, find_asked, list_stated
from dnqa.text.analysis import analyse, terms

ASKED = {
    "does ice reduce swelling": ("ice", Effect.LESS, "swelling"),
    "does the needle injure the muscle": ("needle", Effect.HARM, "muscle"),
    "why would ice damage skin": ("ice", Effect.HARM, "skin"),
    "does a muscle relaxant block the nerve": ("muscle relaxant", Effect.LESS, "nerve"),
    "does it cause pain": ("", Effect.CAUSE, "pain"),
    "do trigger points result from stress": ("stress", Effect.CAUSE, "trigger points"),
    "do tablets come from plants": ("plants", Effect.CAUSE, "tablets"),
    "is pain reduced by ice": ("ice", Effect.LESS, "pain"),
}
NOTHING_ASKED = (
    "what is ice", "is pain reduced", "does function improve with it", "will they come", "ice reduces pain",
    "can my wife drive me", "",
)  # fmt: skip
STATED = {
    "Ice reduces pain": [("ice", Effect.LESS, "pain")],
    "Pain reduced by ice": [("ice", Effect.LESS, "pain")],
    "Bruises result from pressure": [("pressure", Effect.CAUSE, "bruises")],
    "Ice calms the knee, raises the mood": [("ice", Effect.LESS, "knee raises mood"), ("ice", Effect.MORE, "mood")],
    "Rest of the nerve, which blocks pain": [("rest nerve", Effect.LESS, "pain")],
    "Better healing and increased demand": [],
    "The clinic is open": [],
}


def read(clause: Clause | None) -> tuple[tuple[str, ...], Effect, tuple[str, ...]] | None:
    """A clause without the verb itself."""
    return clause and (clause.subject, clause.effect, clause.object)


def list_clauses(text: str) -> list[Clause]:
    """What a text states, cut at its commas."""
    return list(list_stated([analyse(segment) for segment in re.split(",", text)]))


@pytest.mark.parametrize(("question", "said"), ASKED.items(), ids=ASKED.keys())
def test_reads_who_is_asked_to_act_on_what(question: str, said: tuple[str, Effect, str]) -> None:
    """Behind an auxiliary; "result from" and "reduced by" turn both sides round."""
    subject, effect, behind = said
    assert read(find_asked(analyse(question))) == (tuple(terms(subject)), effect, tuple(terms(behind)))


@pytest.mark.parametrize("question", NOTHING_ASKED)
def test_says_nothing_where_nobody_is_asked_to_act_on_anything(question: str) -> None:
    """No verb with a direction, nothing that is acted on, or no question."""
    assert find_asked(analyse(question)) is None


@pytest.mark.parametrize(("text", "said"), STATED.items(), ids=STATED.keys())
def test_reads_what_a_passage_states(text: str, said: list[tuple[str, Effect, str]]) -> None:
    """Each verb with who acts: before it, before "which", or who acted first."""
    expected = [(tuple(terms(before)), effect, tuple(terms(behind))) for before, effect, behind in said]
    assert [read(clause) for clause in list_clauses(text)] == expected


def test_a_question_and_its_reverse_differ() -> None:
    """The same words the other way round do not ask the same."""
    there = find_asked(analyse("does swelling cause stiffness"))
    back = find_asked(analyse("does stiffness cause swelling"))
    assert there
    assert back
    assert (there.subject, there.object) == (back.object, back.subject)
    assert there.subject != there.object


def test_opposites_go_both_ways_between_more_and_less() -> None:
    """What increases does not reduce, and harm has no opposite."""
    assert OPPOSITES[Effect.MORE] is Effect.LESS
    assert OPPOSITES[Effect.LESS] is Effect.MORE
    assert Effect.HARM not in OPPOSITES
