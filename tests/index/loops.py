"""The innermost loops as plain Python, and compiled where dnqa was installed with a compiler."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from dnqa.asking import ranking
from dnqa.index import field, likeness, neighbours, postings, scorer, vocabulary, wordfield

MODULES = (likeness, postings, scorer)  # each behind those that it reads
_READERS = (field, neighbours, ranking, vocabulary, wordfield)
are_compiled = all(not str(module.__file__).endswith(".py") for module in MODULES)


def find_source(module: ModuleType) -> Path:
    """The Python source of a module that may be compiled."""
    path = Path(str(module.__file__))
    return path.with_name(path.name.partition(".")[0] + ".py")


def _load_plain() -> dict[str, ModuleType]:
    """The modules as plain Python, by their own names; those that read others read plain ones."""
    plain: dict[str, ModuleType] = {}
    for module in MODULES:
        name = module.__name__
        spec = importlib.util.spec_from_file_location(f"plain_{name}", find_source(module))
        assert spec
        assert spec.loader
        loaded = importlib.util.module_from_spec(spec)
        with pytest.MonkeyPatch.context() as patch:
            for other, source in plain.items():
                patch.setitem(sys.modules, other, source)
            spec.loader.exec_module(loaded)
        plain[name] = loaded
    return plain


PLAIN = tuple(_load_plain().values())
WAYS = {
    "plain": PLAIN,
    "a few at a time": PLAIN,
    **({"compiled": MODULES, "compiled, as among many": MODULES} if are_compiled else {}),
}
_FEW = 4
either_way = pytest.mark.parametrize("way", WAYS)


@contextmanager
def run(way: str) -> Iterator[None]:
    """Read indexes by these loops for a while; a few passages at a time, and as among many, common words are sought in
    their postings."""
    with pytest.MonkeyPatch.context() as patch:
        if way == "a few at a time":
            patch.setattr(PLAIN[1], "_WINDOW", _FEW)
        if way in ("a few at a time", "compiled, as among many"):
            patch.setattr(wordfield, "_MOST_SPREAD", 0)
        for module, chosen in zip(MODULES, WAYS[way], strict=True):
            name = module.__name__.rpartition(".")[2]
            for reader in _READERS:
                if hasattr(reader, name):
                    patch.setattr(reader, name, chosen)
        yield
