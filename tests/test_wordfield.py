"""The passages' own words."""

import math

from hypothesis import given
from hypothesis import strategies as st

from dnqa.wordfield import (
    LENGTH_SHARE,
    PAIR_SHARE,
    SATURATION,
    SYNONYM_SHARE,
    Concept,
    build_word_field,
    list_pairs,
)

WORDS = ["nerve", "root", "muscle", "pain", "heat"]
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=6)


def score_slowly(rows: list[list[str]], question: list[str]) -> list[float]:
    """The same score, passage by passage, from its definition."""
    n = len(rows)
    mean = sum(map(len, rows)) / n or 1.0
    features = [row + list_pairs(row) for row in rows]

    def idf(feature: str) -> float:
        df = sum(feature in own for own in features)
        return math.log(1 + (n - df + 0.5) / (df + 0.5)) if df else 0.0

    scores = []
    for row, own in zip(rows, features, strict=True):
        norm = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * len(row) / mean)

        def held(feature: str, own: list[str] = own, norm: float = norm) -> float:
            count = own.count(feature)
            return count * (SATURATION + 1) / (count + norm) if count else 0.0

        asked = dict.fromkeys(question)
        total = sum(idf(term) * held(term) for term in asked)
        total += sum(PAIR_SHARE * idf(pair) * held(pair) for pair in list_pairs(question))
        weight = sum(idf(term) for term in asked)
        scores.append(total / weight if weight else 0.0)
    return scores


@given(texts, st.lists(st.sampled_from(WORDS), max_size=5))
def test_scores_are_those_of_the_definition(rows: list[list[str]], question: list[str]) -> None:
    """The postings give what counting passage by passage gives, to 1e-9."""
    field = build_word_field([" ".join(row) for row in rows], [()] * len(rows))
    stems = {word: word.replace("muscle", "muscl").replace("nerve", "nerv") for word in WORDS}
    rows = [[stems[word] for word in row] for row in rows]
    question = [stems[word] for word in question]
    concepts = [Concept(term, field.idf(term) or 0.0, ()) for term in dict.fromkeys(question)]
    fast = field.score(concepts, list_pairs(question))
    slow = score_slowly(rows, question)
    assert all(math.isclose(one, other, abs_tol=1e-9) for one, other in zip(fast, slow, strict=True))


def test_a_synonym_counts_less_than_the_word() -> None:
    """A passage with the synonym holds the word in part, one with all of a phrase no more than its rarest part."""
    field = build_word_field(["heat", "nerve root", "nerve"], [()] * 3)
    word, phrase, half = field.score([Concept("heat", 1.0, (("nerv", "root"),))], [])
    assert word > phrase > half == 0
    assert phrase < SYNONYM_SHARE


def test_headings_count_in_part() -> None:
    """A word of the heading speaks for a passage, its own word speaks louder."""
    field = build_word_field(["heat", "rest"], [(), ("Heat",)])
    own, heading = field.score([Concept("heat", 1.0, ())], [])
    assert own > heading > 0
