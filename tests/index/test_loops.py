"""The innermost loops: what each gives, and that the compiled ones give just what the reference gives."""

import random
from array import array
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dnqa.errors import DamagedIndexError
from dnqa.index.building import write_answers
from dnqa.index.loops import reference
from dnqa.index.neighbours import LAST_RANK, SHARES, WEIGHTS
from dnqa.index.store import BLOCK, Store, StoreWriter
from dnqa.index.wordfield import WordField
from tests.index.loops import WAYS, are_compiled, either_way, run
from tests.index.reference import make_passages
from tests.making import index_passages

similarities = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.2, 0.3]), min_size=1, max_size=12)
shares = st.floats(0.125, 2.25, width=32)
postings = st.dictionaries(st.integers(0, 40), shares, max_size=20).map(
    lambda held: (array("I", sorted(held)), array("f", [held[row] for row in sorted(held)]))
)


@pytest.mark.skipif(not are_compiled, reason="dnqa was installed without a compiler")
def test_what_is_compiled_is_what_is_written() -> None:
    """Whoever changes the loops installs dnqa again, or would go on running the old ones."""
    from dnqa.index.loops import likeness, scores

    for module in (likeness, scores):
        made = Path(str(module.__file__))
        source = made.with_name(made.name.partition(".")[0] + ".pyx")
        assert made.stat().st_mtime >= source.stat().st_mtime, f"{source.name} was changed; install dnqa again"


def write_and_read_answers(answers: list[list[int]]) -> tuple[list[int], tuple[Any, Any, Any]]:
    """The passages that answer any question, and which questions, as the index keeps it; of the answers of each."""
    file = BytesIO()
    writer = StoreWriter(file)
    write_answers(writer, answers)
    writer.finish({})
    store = Store(file.getvalue())
    starts, questions, ranks = (store.numbers(f"answers.{part}") for part in ("starts", "questions", "ranks"))
    return store.numbers("answers.passages").tolist(), (starts, questions, ranks)


@given(similarities, st.integers(0, 5))
def test_the_nearest_questions_are_those_of_the_definition(values: list[float], seed: int) -> None:
    """Of each passage the best three, each times its share; the first of several as near is named."""
    rng = random.Random(seed)
    answers = [rng.sample(range(5), rng.randint(0, 5)) for _ in values]
    passages, sections = write_and_read_answers(answers)
    expected: list[Any] = []
    for row in (*passages, None):
        found = sorted(
            (
                (value * SHARES[min(rank, LAST_RANK)], -number)
                for number, (value, answer) in enumerate(zip(values, answers, strict=True))
                for rank, answered in enumerate(answer or [None])
                if answered == row and value > 0
            ),
            reverse=True,
        )[:3]
        mean = sum(weight * value for weight, (value, _) in zip(WEIGHTS, found, strict=False)) / sum(WEIGHTS)
        expected.append((found[0][0], pytest.approx(mean), -found[0][1]) if found else (0, 0, 0))
    every = []
    for loops in WAYS.values():
        bests, means, numbers = loops.find_nearest(array("d", values), sections, SHARES, WEIGHTS)
        assert list(zip(bests, means, numbers, strict=True)) == expected
        every.append((bests, means, numbers))
    assert all(nearest == every[0] for nearest in every)


@given(st.integers(0, (1 << 32) - 1), st.integers(0, (1 << 32) - 1), st.integers(-1, 3))
def test_words_are_alike_by_the_letters_they_do_not_share(one: int, other: int, most: int) -> None:
    """At most so many that the one has and the other has not, and the other way round; or one each of the sounds."""
    expected = most >= 0 and (one & ~other).bit_count() <= most and (other & ~one).bit_count() <= most
    far = array("I", [0xFF, 0xFF, 0xFF])
    for loops in WAYS.values():
        groups = [(0, 3), (1, most)]
        assert loops.find_alike(array("I", [one] * 3), far, groups, [other] * 3, [0, 0, 0]) == [0] * expected
        heard = loops.find_alike(far, array("I", [one] * 3), [(1, -1)], [0, 0, 0], [other] * 3)
        assert heard == [0] * ((one & ~other).bit_count() <= 1 and (other & ~one).bit_count() <= 1)


@given(postings, postings, st.sampled_from([0.8, 1.0]), st.booleans())
def test_posting_lists_are_merged_as_the_reference_merges_them(
    one: Any, other: Any, weight: float, is_all: bool
) -> None:
    """All passages of either, or those of both, to the last bit."""
    expected = reference.merge(one, other, weight, is_all)
    assert list(expected[0]) == sorted(set(one[0]) & set(other[0]) if is_all else set(one[0]) | set(other[0]))
    assert all(loops.merge(one, other, weight, is_all) == expected for loops in WAYS.values())


@given(st.lists(postings, min_size=1, max_size=5), st.lists(st.floats(0, 1), min_size=5, max_size=5))
def test_cosines_are_those_of_the_reference(features: list[Any], weights: list[float]) -> None:
    """To the last bit, whichever features a query has."""
    starts = array("I", [0])
    rows, held = array("I"), array("f")
    for one, share in features:
        rows += one
        held += share
        starts.append(len(rows))
    query = dict(zip(range(len(features)), weights, strict=False))
    expected = reference.measure_cosines(query, starts, rows, held, 41)
    assert all(loops.measure_cosines(query, starts, rows, held, 41) == expected for loops in WAYS.values())


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 6), max_size=9), min_size=1, max_size=30), st.lists(st.integers(0, 6)))
def test_scores_are_those_of_the_reference(passages: list[list[int]], question: list[int]) -> None:
    """To the last bit, so that passages that are as good as each other come in document order in both."""
    texts = [" ".join(f"word{number}x" for number in text) for text in passages]
    index = index_passages(make_passages(texts, [[f"Word{len(text)}x word0x"] for text in passages]))
    terms = [f"word{number}x" for number in question]
    weights = {term: 1.0 + len(terms) / 3 for term in terms}
    found = []
    for way in WAYS:
        with run(way):
            field = WordField(index.store, index.n_passages)
            found.append((field.score(weights, {}, terms, range(len(texts))), field.top(weights, {}, terms, 5)))
    assert all(scores == found[0] for scores in found)


@either_way
@pytest.mark.parametrize("name", ["words.order", "words.sequences", "words.damping", "words.rows", "words.shares"])
def test_what_is_damaged_is_not_read(way: str, name: str) -> None:
    """Each block is checked before the loops read it, wherever it is."""
    texts = [f"needle tendon word{n % 50}x word{n % 7}x rest" for n in range(9000)]
    data = index_passages(make_passages(texts)).store._data
    whole = Store(bytes(data))
    place = whole.start(name) + 4 * whole.n_numbers(name) - 4  # of the last passage
    damaged = bytearray(data)
    damaged[place] ^= 0x40
    asked: tuple[Any, Any, Any] = ({"needl": 1.0, "tendon": 0.5}, {}, ["needl", "tendon"])
    with run(way):
        store = Store(bytes(damaged))
        field = WordField(store, len(texts))
        with pytest.raises(DamagedIndexError):
            field.score(*asked, range(len(texts)))
        with pytest.raises(DamagedIndexError):
            field.top(*asked, len(texts))
        assert not store.is_checked[place // BLOCK]
