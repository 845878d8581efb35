"""Which words of a passage are marked."""

from dnqa.desk.marking import find_marks, mark_typed
from tests.desk.test_session import open_session


def marked(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The words in some spans."""
    return [text[start:end] for start, end in spans]


def test_words_of_the_question_are_marked_as_typed_or_as_read() -> None:
    """Through spelling and synonyms, and no small words."""
    answer = open_session().ask("does it help with sweling?")
    passage = answer.passages[0]
    assert marked(passage.text, find_marks(answer, passage)) == ["inflammation"]


def test_what_is_being_typed_is_marked() -> None:
    """The last word as far as it goes."""
    text = "Trigger points are painful points"
    assert marked(text, mark_typed("point tri", text)) == ["Trigger", "points", "points"]
    assert marked(text, mark_typed("", text)) == []
