"""Which words of a passage are those that were asked for."""

from collections.abc import Container

from dnqa.records import Answer, Passage
from dnqa.text.analysis import analyse, find_words, terms


def find_marks(answer: Answer, passage: Passage) -> list[tuple[int, int]]:
    """Half-open spans of a passage's text, ascending: words of the question, as it was typed or read."""
    asked = set(terms(answer.question))
    for reading in answer.read:
        asked.update(terms(reading.as_) if reading.by != "conversation" else ())
    return mark_terms(passage.text, asked)


def mark_typed(typed: str, text: str) -> list[tuple[int, int]]:
    """Half-open spans of a text, ascending: words that were typed, or that begin as what was typed last."""
    words = [token.word for token in analyse(typed)]
    spans = mark_terms(text, set(terms(typed)))
    if words:
        pairs = zip(analyse(text), find_words(text), strict=True)
        spans += [span for token, span in pairs if token.word.startswith(words[-1]) and span not in spans]
    return sorted(spans)


def mark_terms(text: str, wanted: Container[str]) -> list[tuple[int, int]]:
    """Half-open spans of a text, ascending: words whose terms are wanted."""
    return [
        span for token, span in zip(analyse(text), find_words(text), strict=True) if token.term and token.term in wanted
    ]
