"""What to ask: known questions that begin as typed, and examples that are sure to be answered."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from dnqa.library import Library
from dnqa.records import Status
from dnqa.sources.known_questions import KnownQuestion

_SHORTEST = 3  # characters typed before anything is suggested
_EXAMPLE_WORDS = range(4, 8)  # an example is short enough to read at a glance
_EXAMPLE = re.compile(r"(?:What|Why|How|Does|Do|Can|Where|Which|Is|Are) [a-z’' ]+\?")  # everyday words, written well


class Suggestions:
    """The known questions of a corpus that the source answers, in alphabetical order."""

    def __init__(self, questions: Sequence[KnownQuestion]) -> None:
        answered = {known.question for known in questions if known.passages}
        self._questions = sorted((question.casefold(), question) for question in answered)

    def complete(self, typed: str) -> str:
        """The shortest known question that begins with what was typed, case aside, "" if none does.

        What was typed is kept as it was typed.
        """
        folded = typed.casefold()
        if len(typed.strip()) < _SHORTEST or len(folded) != len(typed):
            return ""
        row = bisect_left(self._questions, (folded, ""))
        begun = takewhile(lambda known: known[0].startswith(folded), islice(self._questions, row, None))
        shortest = min((question for _, question in begun), key=len, default="")
        return typed + shortest[len(typed) :] if shortest else ""


def choose_examples(library: Library, *, n: int = 3) -> tuple[str, ...]:
    """Up to n questions to begin with, spread over the corpus; each has been asked and is answered.

    Known questions that have been reviewed and have one answer; where there are too few, headings, since
    a heading as a question lists what stands under it.
    """
    by_passage: dict[str, str] = {}
    for known in library.knowledge.questions:
        is_plain = len(known.question.split()) in _EXAMPLE_WORDS and _EXAMPLE.fullmatch(known.question)
        if is_plain and known.reviewed and len(known.passages) == 1:
            others = by_passage.get(known.passages[0], known.question)
            by_passage[known.passages[0]] = min(known.question, others, key=len)
    asked = [by_passage[passage.id] for passage in library.passages if passage.id in by_passage]
    headings = dict.fromkeys(passage.section for passage in library.passages if passage.section)
    examples: list[str] = []
    for candidate in (*_spread(asked, n), *_spread(list(headings), n), *headings):
        if len(examples) == n:
            break
        if candidate not in examples and library.ask(candidate).status is Status.ANSWERED:
            examples.append(candidate)
    return tuple(examples)


def _spread(items: Sequence[str], n: int) -> tuple[str, ...]:
    """Up to n of some items, evenly from first to last."""
    if len(items) <= n:
        return tuple(items)
    return tuple(items[round(i * (len(items) - 1) / max(1, n - 1))] for i in range(n))
