"""The innermost loops, plain and compiled."""

import random
import re
from array import array
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnqa.index.building import write_answers
from dnqa.index.neighbours import LAST_RANK, SHARES, WEIGHTS
from dnqa.index.store import Store, StoreWriter
from tests.index.loops import MODULES, PLAIN, WAYS, are_compiled, find_source

similarities = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.2, 0.3]), min_size=1, max_size=12)


@pytest.mark.skipif(not are_compiled, reason="dnqa was installed without a compiler; its loops are plain Python")
def test_what_is_compiled_is_what_is_written() -> None:
    """Whoever changes the loops installs dnqa again, or would go on running the old ones."""
    for module in MODULES:
        source = find_source(module)
        newest = max(path.stat().st_mtime for path in (source, source.with_suffix(".pxd")))
        assert Path(str(module.__file__)).stat().st_mtime >= newest, f"{source.name} was changed; install dnqa again"


@pytest.mark.parametrize("module", PLAIN, ids=["likeness", "postings", "scorer"])
def test_types_are_those_of_names_that_are_there(module: ModuleType) -> None:
    """A type in a .pxd that belongs to no name would leave the one that was meant without."""
    types = find_source(module).with_suffix(".pxd").read_text(encoding="utf-8")
    owner: object = module
    n_seen = 0
    for match in re.finditer(
        r"^cdef class (\w+)|@cython\.locals\(([^@]*?)\n? *\)\s*c[p]?def [^(]*?(\w+)\(", types, re.M
    ):
        if match[1]:
            owner = getattr(module, match[1])
            continue
        function = getattr(owner, match[3], None) or getattr(module, match[3])
        names = re.findall(r"(\w+)=", match[2])
        assert set(names) <= set(function.__code__.co_varnames), match[3]
        n_seen += 1
    assert n_seen == types.count("@cython.locals")


def make_answers(likeness: ModuleType, answers: list[list[int]]) -> Any:
    """Which questions passages answer, as the index keeps it; of the passages that answer each question."""
    file = BytesIO()
    writer = StoreWriter(file)
    write_answers(writer, answers)
    writer.finish({})
    store = Store(file.getvalue())
    sections = [store.numbers(f"answers.{part}") for part in ("passages", "starts", "questions", "ranks")]
    return likeness.Answers(sections, WEIGHTS, SHARES)


@given(similarities, st.integers(0, 5))
def test_the_nearest_questions_are_those_of_the_definition(values: list[float], seed: int) -> None:
    """Of each passage the best three, each times its share; the first of several as near is named."""
    rng = random.Random(seed)
    answers = [rng.sample(range(5), rng.randint(0, 5)) for _ in values]
    expected: dict[int | None, Any] = {}
    for row in (*range(5), None):
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
        expected[row] = (found[0][0], pytest.approx(mean), -found[0][1]) if found else (0, 0, None)
    for likeness, *_ in WAYS.values():
        nearest = make_answers(likeness, answers).find_nearest(array("d", values))
        found = likeness.list_candidates(range(5), [0.5] * 5, None, nearest, (0, 0, 0))
        assert [(candidate.support, candidate.neighbours, candidate.nearest) for candidate in found] == [
            (max(0.5, best), mean, number) for best, mean, number in (expected[row] for row in range(5))
        ]
        assert nearest.list_rows() == [row for row in range(5) if expected[row][0]]
        best, mean, _ = expected[None]
        assert (nearest.best(nearest.unanswered), nearest.mean(nearest.unanswered)) == (best, mean)


def test_support_is_a_weighted_mean_where_questions_carry_it() -> None:
    """And passages without any are left out."""
    for likeness, *_ in WAYS.values():
        nearest = make_answers(likeness, [[1], [3]]).find_nearest(array("d", [0.5, 0.0]))
        asked = array("d", [0.0, 0.2, 0.4, 0.0])
        found = likeness.list_candidates([0, 1, 2, 3], [0.0, 0.1, 0.3, 0.0], asked, nearest, (1, 2, 1))
        mean = 0.5 * WEIGHTS[0] / sum(WEIGHTS)
        facts = attrgetter("row", "support", "words", "asked", "neighbours", "nearest")
        assert list(map(facts, found)) == [
            (1, pytest.approx((0.1 + 0.4 + mean) / 4), 0.1, 0.2, pytest.approx(mean), 0),
            (2, pytest.approx((0.3 + 0.8) / 4), 0.3, 0.4, 0.0, None),
        ]


@given(st.integers(0, (1 << 32) - 1), st.integers(0, (1 << 32) - 1), st.integers(-1, 3))
def test_words_are_alike_by_the_letters_they_do_not_share(one: int, other: int, most: int) -> None:
    """At most so many that the one has and the other has not, and the other way round; or one each of the sounds."""
    expected = most >= 0 and (one & ~other).bit_count() <= most and (other & ~one).bit_count() <= most
    far = array("I", [0xFF, 0xFF, 0xFF])
    for likeness, *_ in WAYS.values():
        groups = [(0, 3), (1, most)]
        assert likeness.find_alike(array("I", [one] * 3), far, groups, [other] * 3, [0, 0, 0]) == [0] * expected
