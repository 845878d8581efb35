"""Which words of a passage are those that were asked for."""

from dnqa.records import Answer, Passage
from dnqa.text.analysis import analyse, find_words, terms


def find_marks(answer: Answer, passage: Passage) -> list[tuple[int, int]]:
    """Half-open spans of a passage's text, ascending: words of the question, as it was typed or read."""
    asked = set(terms(answer.question))
    for reading in answer.read:
        asked.update(terms(reading.as_) if reading.by != "conversation" else ())
    tokens = analyse(passage.text)
    return [
        span for token, span in zip(tokens, find_words(passage.text), strict=True) if token.term and token.term in asked
    ]
