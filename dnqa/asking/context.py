"""What limits a passage and belongs beside it: the lead-in of its list, what it points back to, a neighbour that
forbids what it allows."""

import re

from dnqa.asking.holding import Holding
from dnqa.index import Index
from dnqa.records import Passage
from dnqa.text.analysis import terms

_FORBIDS = re.compile(r"\b(?:do not|don[’']t|never|must not|should not|avoid|not be|no)\b", re.I)
_POINTS_BACK = re.compile(
    r"\W*(?:after (?:that|this)|then\b|thereafter|otherwise|instead|this\b|these\b|that\b|those\b|such\b|if so|if not\b"
    r"|until then|in (?:that|this) case|even so|however|but\b|the (?:former|latter))",
    re.I,
)
"""How a passage begins that cannot be understood without the one before it."""
_REACH = 6
"""Passages to either side in which a neighbour is looked for."""
_MOST_NEIGHBOURS = 2


def find_context(index: Index, row: int, holding: Holding | None) -> tuple[Passage, ...]:
    """The passages that limit one, in document order.

    holding: what it holds of the question, None if none was weighed; a neighbour forbids what is asked about only
    where it has a word of the question that the passage has too.
    """
    passage = index.passage(row)
    rows = {row - passage.lead} if passage.lead else set()
    if row and _POINTS_BACK.match(passage.text):
        before = index.passage(row - 1)
        if (before.source, before.path) == (passage.source, passage.path):
            rows.add(row - 1)
    if holding and not _FORBIDS.search(passage.text):
        shared = {term for term in holding.asked.terms if term in holding.found.text}
        for other in range(max(0, row - _REACH), min(index.n_passages, row + _REACH + 1)):
            neighbour = index.passage(other)
            is_beside = (neighbour.source, neighbour.path) == (passage.source, passage.path)
            forbids = other != row and is_beside and bool(_FORBIDS.search(neighbour.text))
            if forbids and shared & set(terms(neighbour.text)) and len(rows) <= _MOST_NEIGHBOURS:
                rows.add(other)
    return tuple(map(index.passage, sorted(rows)))
