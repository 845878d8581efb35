"""Turns of a conversation."""

import pytest

import dnqa
from dnqa.conversation import Conversation
from tests.conftest import read_jsonl

FLOOR = 36
"""Right turns of the 40 in the development conversations: may go up, never down."""
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


def test_development_conversations_stay_above_the_floor() -> None:
    """As many turns as ever are right."""
    names = {record["id"]: record["text"] for record in read_jsonl("passages.jsonl")}
    right = 0
    for record in read_jsonl("conversations_dev.jsonl"):
        conversation = Conversation(LIBRARY)
        for turn in record["turns"]:
            given = [passage.text for passage in conversation.ask(turn["question"]).passages]
            answers = {names[answer] for answer in turn["answers"]}
            right += given[0] in answers if given and answers else not given and not answers
    assert right >= FLOOR
