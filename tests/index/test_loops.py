"""The innermost loops, plain and compiled."""

import random
import re
from array import array
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.index.loops import MODULES, PLAIN, WAYS, are_compiled, find_source

similarities = st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.2, 0.3]), min_size=1, max_size=12)


@pytest.mark.skipif(not are_compiled, reason="dnqa was installed without a compiler; its loops are plain Python")
def test_what_is_compiled_is_what_is_written() -> None:
    """Whoever changes the loops installs dnqa again, or would go on running the old ones."""
    for module in MODULES:
        source = find_source(module)
        newest = max(path.stat().st_mtime for path in (source, source.with_suffix(".pxd")))
        assert Path(str(module.__file__)).stat().st_mtime >= newest, f"{source.name} was changed; install dnqa again"


@pytest.mark.parametrize("module", PLAIN, ids=["likeness", "postings"])
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


@given(similarities, st.integers(0, 5))
def test_the_nearest_questions_are_those_of_the_definition(values: list[float], seed: int) -> None:
    """Of each passage the best three, each times its share; the first of several as near is named."""
    rng = random.Random(seed)
    answers = [rng.sample(range(4), rng.randint(0, 3)) for _ in values]
    starts, rows = array("I", [0]), array("I")
    for answer in answers:
        rows.extend(answer)
        starts.append(len(rows))
    shares, weights = array("d", [1.0, 0.9, 0.7]), array("d", [1.0, 0.5, 0.25])
    expected = []
    for row in range(5):
        found = sorted(
            (
                (value * shares[min(place, 2)], -number)
                for number, (value, answer) in enumerate(zip(values, answers, strict=True))
                for place, answered in enumerate(answer or [4])
                if answered == row and value > 0
            ),
            reverse=True,
        )[:3]
        if found:
            mean = sum(weight * value for weight, (value, _) in zip(weights, found, strict=False)) / sum(weights)
            expected.append((row, -found[0][1], found[0][0], pytest.approx(mean)))
    for likeness, _ in WAYS.values():
        nearest = likeness.Nearest(5, weights)
        nearest.add(array("d", values), starts, rows, shares)
        assert nearest.list_found() == expected


@given(st.integers(0, (1 << 32) - 1), st.integers(0, (1 << 32) - 1), st.integers(-1, 3))
def test_words_are_alike_by_the_letters_they_do_not_share(one: int, other: int, most: int) -> None:
    """At most so many that the one has and the other has not, and the other way round; or one each of the sounds."""
    expected = most >= 0 and (one & ~other).bit_count() <= most and (other & ~one).bit_count() <= most
    far = array("I", [0xFF, 0xFF, 0xFF])
    for likeness, _ in WAYS.values():
        assert likeness.find_alike(array("I", [one] * 3), far, [other] * 3, [0, 0, 0], most) == [0] * expected
