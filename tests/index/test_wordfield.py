"""The passages' own words, read by the loops of the reference and compiled."""

import math
import random
from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnqa.asking.query import make_query
from dnqa.asking.ranking import rank
from dnqa.index import Index
from dnqa.index.wordfield import SYNONYM_SHARE, Weights, WordField
from dnqa.sources.synonyms import Meanings, SynonymList
from dnqa.text.analysis import terms
from tests.index.loops import WAYS, either_way, run
from tests.index.reference import count_slowly, make_passages, score_slowly
from tests.making import index_passages

TOLERANCE = 1e-5
WORDS = "nerve root muscle pain heat cold".split()
words = st.sampled_from(WORDS)
phrases = st.lists(words, min_size=1, max_size=2).map(" ".join)
texts = st.lists(words, max_size=8).map(" ".join)
passages = st.lists(st.tuples(texts, st.lists(phrases, max_size=2)), min_size=1, max_size=12)


def open_field(index: Index) -> WordField:
    """The word field of an index, with nothing remembered."""
    return WordField(index.store, index.n_passages)


def read_question(question: str, synonyms: Sequence[Sequence[str]] = ()) -> tuple[Weights, Meanings, list[str]]:
    """The words of a question with different weights, the first ones with synonyms, and all of its terms."""
    words = dict.fromkeys(terms(question))
    meanings = {
        term: tuple(tuple(terms(phrase)) for phrase in phrases) for term, phrases in zip(words, synonyms, strict=False)
    }
    return {term: 1.0 + number / 3 for number, term in enumerate(words)}, meanings, terms(question)


@settings(max_examples=150)
@given(passages, texts, st.lists(st.lists(phrases, max_size=2), max_size=3), st.integers(1, 12))
def test_scores_are_those_of_the_definition(
    rows: list[tuple[str, list[str]]], question: str, synonyms: list[list[str]], depth: int
) -> None:
    """Both ways give what scikit-learn's matrices give, and the best of them are exactly the best of all."""
    made = make_passages([text for text, _ in rows], [headings for _, headings in rows])
    asked = read_question(question, synonyms)
    expected = score_slowly(made, *asked)
    index = index_passages(made)
    for way in WAYS:
        with run(way):
            field = open_field(index)
            scores = field.score(*asked, range(len(made)))
            best = field.top(*asked, depth)
        assert all(math.isclose(one, other, abs_tol=TOLERANCE) for one, other in zip(scores, expected, strict=True))
        assert [score for _, score in best] == pytest.approx(
            sorted((score for score in expected if score > 0), reverse=True)[:depth], abs=TOLERANCE
        )
        assert all(math.isclose(score, expected[row], abs_tol=TOLERANCE) for row, score in best)
        assert best == sorted(best, key=lambda hit: (-hit[1], hit[0]))


@settings(max_examples=150)
@given(passages)
def test_no_pair_has_a_greater_share_than_is_said(rows: list[tuple[str, list[str]]]) -> None:
    """In no passage, however often it stands there and in the headings above; so none is left out that is good."""
    made = make_passages([text for text, _ in rows], [headings for _, headings in rows])
    field = open_field(index_passages(made))
    _, shares = count_slowly(made)
    for one, other in combinations_with_replacement(sorted({term for text in WORDS for term in terms(text)}), 2):
        columns = [found.column for term in (one, other) if (found := field.find(term))]
        if len(columns) == 2:
            most = field.weigh_pair(min(columns), max(columns))[1]
            assert shares.column((one, other)).max() <= most * (1 + 1e-6)


@either_way
def test_the_best_of_many_are_the_best_of_all(way: str) -> None:
    """Passages are left out by what they could score at most, and never one that belongs to the best."""
    rare, common = "tendon spine elbow wrist".split(), "pain heat cold muscle nerve root".split()
    texts = [
        " ".join([common[i % 6], common[i * 7 % 6], rare[i % 4] if i % 97 == 0 else common[i * 5 % 6], common[i % 5]])
        for i in range(3000)
    ]
    made = make_passages(texts)
    field = open_field(index_passages(made))
    for question in ("pain heat", "tendon pain", "elbow wrist pain cold", "spine", "root nerve muscle heat pain cold"):
        asked = read_question(question)
        expected = score_slowly(made, *asked)
        wanted = sorted((score for score in expected if score > 0), reverse=True)[:10]
        with run(way):
            best = field.top(*asked, 10)
        assert [score for _, score in best] == pytest.approx(wanted, abs=TOLERANCE)


@either_way
def test_a_synonym_counts_less_than_the_word(way: str) -> None:
    """A passage with the synonym holds the word in part, one with all of a phrase no more than its rarest part."""
    field = open_field(index_passages(make_passages(["heat", "nerve root", "nerve"])))
    with run(way):
        word, phrase, half = field.score({"heat": 1.0}, {"heat": (("nerv", "root"),)}, [], [0, 1, 2])
    assert word > phrase > half == 0
    assert phrase < SYNONYM_SHARE


@either_way
def test_headings_count_in_part(way: str) -> None:
    """A word of the heading speaks for a passage, its own word speaks louder."""
    field = open_field(index_passages(make_passages(["heat", "rest"], [(), ("Heat",)])))
    with run(way):
        own, heading = field.score({"heat": 1.0}, {}, [], [0, 1])
    assert own > heading > 0


@either_way
def test_a_long_question_leaves_nothing_out(way: str) -> None:
    """More words than there are bits to tell them apart give the same best passages."""
    texts = [" ".join(f"word{i * j % 61}x" for j in range(1, 9)) for i in range(400)]
    made = make_passages(texts)
    question = " ".join(f"word{i}x" for i in range(40))
    asked = read_question(question)
    expected = sorted(score_slowly(made, *asked), reverse=True)[:5]
    with run(way):
        best = open_field(index_passages(made)).top(*asked, 5)
    assert [score for _, score in best] == pytest.approx(expected, abs=TOLERANCE)


@either_way
def test_words_that_end_in_the_same_bits_are_told_apart(way: str) -> None:
    """Pairs are counted of the words of a question, not of others whose numbers look like theirs."""
    names = [f"word{n}x" for n in range(2100)]
    alike = [names[n] for n in (5, 6, 5 + 1024, 6 + 1024)]
    texts = [" ".join(names), *(" ".join(alike[n : n + 2]) for n in range(3)), f"{alike[0]} {alike[3]}"]
    made = make_passages(texts)
    field = open_field(index_passages(made))
    columns = [term.column % 1024 for name in alike if (term := field.find(*terms(name)))]
    assert columns[:2] == columns[2:]
    asked = read_question(" ".join(alike[:3]))
    expected = score_slowly(made, *asked)
    with run(way):
        assert open_field(index_passages(made)).score(*asked, range(len(made))) == pytest.approx(
            expected, abs=TOLERANCE
        )


@either_way
def test_a_question_leaves_nothing_for_the_next(way: str) -> None:
    """Behind a longer question or a shorter one, a question gets what it gets alone, however many passages at most."""
    texts = [" ".join(f"word{i * j % 13}x" for j in range(1, 12)) for i in range(40)]
    index = index_passages(make_passages(texts))
    questions = [read_question(" ".join(f"word{n}x" for n in range(n_words))) for n_words in (40, 2, 9, 0, 6, 3)]
    rows = range(len(texts))
    with run(way):
        alone = [(open_field(index).top(*asked, 5), open_field(index).score(*asked, rows)) for asked in questions]
        for before in questions:
            for asked, expected in zip(questions, alone, strict=True):
                field = open_field(index)
                assert field.top(*before, 10**9) == open_field(index).top(*before, len(texts))
                assert (field.top(*asked, 5), field.score(*asked, rows)) == expected


@either_way
@pytest.mark.parametrize("n_more", [0, 9])
def test_passages_with_one_word_each_are_not_lost(way: str, n_more: int) -> None:
    """Among many that hold just one word of three, those with the weightiest come first, in document order."""
    rng = random.Random(n_more)
    kinds = [word for word, n in (("tendon", 11000), ("muscle", 11500), ("needle", 12500)) for _ in range(n)]
    rng.shuffle(kinds)
    texts = [" ".join([kind, *(f"word{rng.randrange(50)}x" for _ in range(rng.randint(0, n_more)))]) for kind in kinds]
    field = open_field(index_passages(make_passages(texts)))
    words = terms("tendon muscle needle")
    asked = {term: field.idf(term) or 0.0 for term in words}
    with run(way):
        scores = field.score(asked, {}, words, range(len(texts)))
        best = field.top(asked, {}, words, 30)
    expected = sorted(range(len(texts)), key=lambda row: (-scores[row], row))[:30]
    assert [row for row, _ in best] == expected


def test_a_pasted_text_is_a_question_too() -> None:
    """Thousands of different words neither take all memory nor end in an error."""
    texts = [f"word{n}x word{n + 1}x tendon" for n in range(2500)]
    index = index_passages(make_passages(texts))
    query = make_query(" ".join(f"word{n}x" for n in range(0, 2400, 2)), None, SynonymList({}))
    assert rank(index, query).candidates
