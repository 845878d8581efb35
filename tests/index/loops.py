"""The innermost loops as the reference has them, and compiled where dnqa was installed with a compiler."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from types import SimpleNamespace
from typing import Any

import pytest

from dnqa.index import loops
from dnqa.index.loops import reference

NAMES = [name for name in loops.__all__ if name != "COMPILED"]
are_compiled = find_spec("dnqa.index.loops.scores") is not None
_FEW = 4  # passages of a window
WAYS: dict[str, Any] = {"reference": reference}
if are_compiled:
    from dnqa.index.loops import likeness, scores

    compiled = {name: getattr(scores, name, None) or getattr(likeness, name) for name in NAMES}
    WAYS["compiled"] = SimpleNamespace(**compiled)
    WAYS["compiled, a few at a time"] = SimpleNamespace(**{**compiled, "top": partial(compiled["top"], width=_FEW)})
either_way = pytest.mark.parametrize("way", WAYS)


@contextmanager
def run(way: str) -> Iterator[None]:
    """Read indexes by these loops for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.setattr(loops, name, getattr(WAYS[way], name))
        yield
