"""Several questions in one line, and the question in a long message."""

import pytest

from dnqa.asking.parts import find_focus, split_questions

STORY = "I fell on the ice last week. My knee was swollen and hot for three days."
SPLIT = {
    "Can I drive? Can I shower?": ["Can I drive?", "Can I shower?"],
    "Can I drive and can I shower?": ["Can I drive", "can I shower?"],
    "Can I drive; how long must I wait?": ["Can I drive", "how long must I wait?"],
    "What happens to pain, and to inflammation?": ["What happens to pain?", "What happens to inflammation?"],
    "what is ischemia and what causes it?": ["what is ischemia", "what causes ischemia?"],
    "My question: can I drive?": ["can I drive?"],
    "Can I drive and shower?": ["Can I drive and shower?"],
    "can I drive, and when?": ["can I drive, and when?"],
    "what if I miss a session, can I come later?": ["what if I miss a session, can I come later?"],
    "Is it safe? Thanks!": ["Is it safe?"],
    f"{STORY} Can I drive?": ["Can I drive?"],
    f"{STORY} Does it help?": [],
    "Hello!": [],
    "It hurts when I walk": [],
    "": [],
}


@pytest.mark.parametrize(("line", "questions"), SPLIT.items(), ids=SPLIT.keys())
def test_splits_a_line_into_its_questions(line: str, questions: list[str]) -> None:
    """Each that asks something by itself; a list of things in one question stays together."""
    assert [part.question for part in split_questions(line)] == questions


def test_a_second_question_may_lean_on_the_first() -> None:
    """Unless it has been given the words that it shares with it."""
    assert [part.leans for part in split_questions("Can I drive? Can I shower?")] == [False, True]
    assert [part.leans for part in split_questions("What happens to pain, and to sleep?")] == [False, False]
    assert [part.leans for part in split_questions("what is ischemia and what causes it?")] == [False, False]


def test_a_short_message_is_its_own_focus() -> None:
    """Nothing of it is left out."""
    line = "My knee is hot. Can I drive?"
    assert find_focus(line) == line


def test_of_a_long_message_only_the_questions_ask() -> None:
    """The story around them is left out."""
    story = f"{STORY} The doctor told me to rest it and to keep it cool."
    assert find_focus(f"{story} Can I drive home? I live far away.") == "Can I drive home?"
    assert find_focus(f"{story} How soon will the swelling go down") == "How soon will the swelling go down"


def test_a_long_message_without_a_question_is_kept() -> None:
    """It is better to look for all of it than for nothing."""
    story = f"{STORY} {STORY} {STORY}"
    assert find_focus(story) == story
