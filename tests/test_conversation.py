"""Turns of a conversation."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

import dnqa
from dnqa.conversation import Conversation
from tests.conftest import read_jsonl

FLOOR = 36
"""Right turns of the 40 in the development conversations: may go up, never down."""
MORE_FLOOR = 258
"""The same of the 284 turns in the further ones."""
LIBRARY = dnqa.load()


def first_texts(*turns: str) -> list[str]:
    """The first passage of each turn, or the status of a turn that is not answered."""
    conversation = Conversation(LIBRARY)
    answers = [conversation.ask(turn) for turn in turns]
    return [answer.passages[0].text if answer.passages else answer.status.value for answer in answers]


def test_asks_for_the_number_again() -> None:
    """A turn about the reference repeats the answer, and says what it took from the conversation."""
    conversation = Conversation(LIBRARY)
    first = conversation.ask("what about inflammation?")
    again = conversation.ask("same reference?")
    assert again.passages == first.passages
    assert [reading.by for reading in again.read] == ["conversation"]


def test_goes_on_and_back() -> None:
    """Next is the sentence behind, back the answer before."""
    law, following, back = first_texts("law of denervation?", "what happens next?", "go back")
    assert "Law of Denervation" in law
    assert following.startswith("Muscles then shorten")
    assert back == law


def test_a_new_topic_starts_clean() -> None:
    """A turn with a subject of its own is not pulled to the old one; what the source lacks is refused."""
    turns = ("what about serotonin?", "where can clients park?", "thanks!", "which growth factor is released?")
    _, parking, thanks, growth = first_texts(*turns)
    assert parking == "not_in_source"
    assert thanks == "not_a_question"
    assert "platelet derived growth factor" in growth


def test_a_question_about_harm_is_not_answered_by_what_was_said() -> None:
    """What lessens pain does not say whether it hurts."""
    assert first_texts("does it help with inflammation?", "is it painful?")[1] == "not_in_source"


def test_a_leaning_turn_does_not_excuse_a_foreign_word() -> None:
    """A detail that the source does not name is refused, however good the topic."""
    assert first_texts("Does it act on inflammation?", "which interleukins?")[1] == "not_in_source"


def test_without_a_conversation_nothing_is_carried() -> None:
    """A first turn that leans on nothing is asked as it is."""
    assert Conversation(LIBRARY).ask("go on").status is not dnqa.Status.ANSWERED


@pytest.mark.parametrize(
    ("opener", "turn"),
    [
        ("what is a trigger point?", "who are you"),
        ("what is a trigger point?", "where are you"),
        ("is it painful?", "does it hurt"),  # known to have no answer
        ("is it painful?", "how long is it"),
        ("is it painful?", "is it safe"),
        ("is parking free?", "tell me more"),
        ("is parking free?", "which reference is that"),
    ],
)
def test_what_was_said_does_not_answer_something_else(opener: str, turn: str) -> None:
    """A turn that points at nothing that was said, or at what was refused, is refused."""
    conversation = Conversation(LIBRARY)
    conversation.ask("does it help with inflammation?")
    conversation.ask(opener)
    assert conversation.ask(turn).status is dnqa.Status.NOT_IN_SOURCE


def test_steps_through_the_source() -> None:
    """Before and after what was quoted stands its neighbour in the source, heading or not."""
    law, above, below, again = first_texts(
        "law of denervation?", "what comes right before that?", "and after that?", "the next one?"
    )
    assert above.startswith("Focuses on musculoskeletal pain")
    assert below == law
    assert again.startswith("Muscles then shorten")


def test_chooses_among_what_was_shown() -> None:
    """By its place, by its heading, by its number and by what it says; the list stays to choose from."""
    turns = (
        "list the pain effects",
        "the second one",
        "the other one?",
        "which of them is about nociceptive channels?",
    )
    _, second, other, about = first_texts(*turns)
    assert second.startswith("Dry needling reverses sensitivity")
    assert other.startswith("Dry needling reduces the painful input")
    assert about == second


def test_a_choice_that_does_not_say_it_is_refused() -> None:
    """The passage that was chosen is shown as closest, with what it says nothing about."""
    conversation = Conversation(LIBRARY)
    conversation.ask("list the pain effects")
    answer = conversation.ask("does the last one mention serotonin?")
    assert answer.status is dnqa.Status.NOT_IN_SOURCE
    assert answer.closest[0].passage.text.startswith("Dry needling reverses sensitivity")
    assert answer.closest[0].silent_on == ("serotonin",)


def test_goes_from_number_to_number() -> None:
    """A bare number, and a step up or down, behind a citation number."""
    conversation = Conversation(LIBRARY)
    cited = [
        conversation.ask(turn).passages for turn in ("citation 8?", "and 7?", "ok 5 now", "next number", "one lower")
    ]
    for passages, number in zip(cited, (8, 7, 5, 6, 5), strict=True):
        assert passages
        assert all(number in passage.citations for passage in passages)


def test_says_what_something_leads_to_or_comes_from() -> None:
    """By what was quoted, or by its neighbour where that goes on from it."""
    chain, thus, cause = first_texts("disk compression?", "and what comes after this?", "because of what?")
    assert thus.startswith("Thus, there is restricted flow")
    assert cause == chain


def _count_right(conversation: Conversation, turns: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> int:
    """How many of some turns are answered as their labels say."""
    right = 0
    for turn in turns:
        given = [passage.text for passage in conversation.ask(turn["question"]).passages]
        answers = {names[answer] for answer in turn["answers"]}
        right += given[0] in answers if given and answers else not given and not answers
    return right


def test_development_conversations_stay_above_the_floor() -> None:
    """As many turns as ever are right."""
    names = {record["id"]: record["text"] for record in read_jsonl("passages.jsonl")}
    records = read_jsonl("conversations_dev.jsonl")
    assert sum(_count_right(Conversation(LIBRARY), record["turns"], names) for record in records) >= FLOOR


def test_more_conversations_stay_above_the_floor() -> None:
    """The same of conversations that step, choose and ask on, about the shipped hand-out and two untaught ones."""
    calibration = Path(__file__).parent / "calibration"
    libraries = {"dry-needling-physiology": LIBRARY}
    names = {record["id"]: record["text"] for record in read_jsonl("passages.jsonl")}
    for source in ("anklesprain.txt", "hipsurgery.md"):
        name = source.partition(".")[0]
        libraries[name] = dnqa.load(calibration / source, saved=False)
        names |= {record["id"]: record["text"] for record in read_jsonl(f"../calibration/{name}.passages.jsonl")}
    right = sum(
        _count_right(Conversation(libraries[record["source"]]), record["turns"], names)
        for record in read_jsonl("conversations_more.jsonl")
    )
    assert right >= MORE_FLOOR
