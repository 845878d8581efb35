"""The innermost loops as plain Python, and compiled where dnqa was installed with a compiler."""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from dnqa import ranking
from dnqa.index import field, likeness, neighbours, postings, vocabulary, wordfield

MODULES = (likeness, postings)
_READERS = (field, neighbours, ranking, vocabulary, wordfield)
are_compiled = all(not str(module.__file__).endswith(".py") for module in MODULES)


def find_source(module: ModuleType) -> Path:
    """The Python source of a module that may be compiled."""
    path = Path(str(module.__file__))
    return path.with_name(path.name.partition(".")[0] + ".py")


def _load_plain(module: ModuleType) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"plain_{module.__name__}", find_source(module))
    assert spec
    assert spec.loader
    plain = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(plain)
    return plain


PLAIN = tuple(map(_load_plain, MODULES))
WAYS = {"plain": PLAIN, **({"compiled": MODULES} if are_compiled else {})}
either_way = pytest.mark.parametrize("way", WAYS)


@contextmanager
def run(way: str) -> Iterator[None]:
    """Read indexes by these loops for a while."""
    with pytest.MonkeyPatch.context() as patch:
        for name, module in zip(("likeness", "postings"), WAYS[way], strict=True):
            for reader in _READERS:
                if hasattr(reader, name):
                    patch.setattr(reader, name, module)
        yield
