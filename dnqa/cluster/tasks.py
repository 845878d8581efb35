"""What a worker does, as functions that can be sent to it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from dnqa.asking.answering import Answerer
from dnqa.index import Index, open_index
from dnqa.index.cache import versions
from dnqa.index.shard import Shard
from dnqa.index.sharded import open_shard
from dnqa.records import Answer


def tell_versions() -> list[object]:
    """What an index depends on here besides its corpus."""
    return list(versions())


@lru_cache(2)  # one that is asked, and one that takes its place
def _open(path: Path) -> Answerer:
    return Answerer(open_index(path))


def answer_some(task: tuple[Path, Sequence[str]]) -> list[Answer]:
    """The answers to some questions. task: the file of the index, and the questions."""
    path, questions = task
    answerer = _open(path)
    return [answerer.ask(question) for question in questions]


class Holder:
    """Some shards on a worker."""

    def __init__(self, folder: Path, shards: Mapping[int, tuple[str, str]]) -> None:
        """Open shards. shards: their names and states, by their numbers. Raises OSError or DamagedIndexError."""
        self._shards = {number: Shard(Index(open_shard(folder, *named))) for number, named in shards.items()}

    def ask(self, method: str, arguments: Mapping[int, tuple[Any, ...]]) -> dict[int, Any]:
        """What a method of some of the shards returns, by their numbers."""
        return {number: getattr(self._shards[number], method)(*given) for number, given in arguments.items()}
