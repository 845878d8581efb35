"""Put the index of a large corpus together from shards, of which those that are still right are used again."""

import hashlib
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from dnqa.errors import ClusterError, DamagedIndexError
from dnqa.index.building import write_knowledge
from dnqa.index.counting import round_length
from dnqa.index.sharded import ShardedIndex, ShardsHere
from dnqa.index.sharding import (
    Counted,
    Reading,
    Task,
    Weighing,
    choose_n_shards,
    choose_shard,
    count_shard,
    weigh_shard,
)
from dnqa.index.store import Store, StoreWriter, open_store
from dnqa.index.vocabulary import MANY_WORDS, Vocabulary
from dnqa.index.workers import Run
from dnqa.records import Passage
from dnqa.sources.corpus import Unread
from dnqa.sources.knowledge import WrittenKnowledge
from dnqa.text.meaning import Encoder

Progress = Callable[[int, int, int], None]
"""Told, after each step, how many sources were read of how many, and how many passages they have."""


class Plan(NamedTuple):
    """What is to be built.

    corpus: the folder. made_of: of what each source is made, by its path, in name order.
    aside: what the names of new files begin with.
    last: the files of the last index, with sources that need not be read again, or whole shards.
    versions: what an index depends on besides its corpus.
    is_far: whether the sources are read by other machines, which may not see them.
    """

    corpus: Path
    made_of: Mapping[Path, str]
    aside: str
    last: Sequence[Path]
    versions: Sequence[object]
    is_far: bool = False


class Built(NamedTuple):
    """Shards, in the order of their numbers, and what could not be read."""

    files: Sequence[Path]
    unread: Sequence[Unread]


def build_shards(plan: Plan, run: Run[Any, Any], progress: Progress) -> Built:
    """Build the shards of a corpus that are not there yet.

    run: does the work, wherever that is. Raises CorpusError if no source can be read, OSError.
    """
    builder = _Builder(plan, run, progress)
    builder.count(number for number in builder.groups if number not in builder.kept)
    mean_length = builder.mean_length
    builder.count(number for number, store in list(builder.kept.items()) if store.header["mean_length"] != mean_length)
    return builder.finish(mean_length)


class _Builder:
    """Builds shards.

    groups: the sources of each, by its number. kept: those of the last index that are still right.
    """

    def __init__(self, plan: Plan, run: Run[Any, Any], progress: Progress) -> None:
        self._plan, self._run, self._progress = plan, run, progress
        self.groups: dict[int, list[Path]] = {}
        n_shards = choose_n_shards(list(plan.made_of))
        for path in plan.made_of:
            self.groups.setdefault(choose_shard(path.name, n_shards), []).append(path)
        known = {json.dumps(store.header.get("made_of")): store for store in _open_whole(plan.last)}
        self.kept: dict[int, Store] = {}
        for number, paths in self.groups.items():
            store = known.get(json.dumps({path.name: plan.made_of[path] for path in paths}))
            if store and not store.header["unread"]:  # what could not be read is tried again
                self.kept[number] = store
        self._counted: dict[int, Counted] = {}

    def count(self, numbers: Iterable[int]) -> None:
        """Count some shards."""
        chosen, plan = list(numbers), self._plan
        tasks = [
            Task(Path(f"{plan.aside}-{number}"), Reading(plan.corpus, self.groups[number], plan.last))
            for number in chosen
        ]
        for number, counted in zip(chosen, self._run(count_shard, tasks), strict=True):
            self._see_that_all_was_there(counted)
            self._counted[number] = counted
            self.kept.pop(number, None)
            n_read = sum(len(self.groups[known]) for known in (*self.kept, *self._counted))
            self._progress(n_read, len(self._plan.made_of), self._sum("n_passages"))

    def _see_that_all_was_there(self, counted: Counted) -> None:
        """Raises ClusterError if another machine could not read what is there to be read."""
        seen = {path.name: digest for path, digest in self._plan.made_of.items()} if self._plan.is_far else {}
        for file in counted.unread:
            if seen.get(file.name, file.made_of) != file.made_of:
                raise ClusterError(
                    f"a worker cannot read {file.name} as it is here; put the corpus where all workers see it"
                )

    def _sum(self, name: str) -> int:
        kept = sum(int(store.header[name]) for store in self.kept.values())
        return kept + sum(int(getattr(counted, name)) for counted in self._counted.values())

    @property
    def mean_length(self) -> float:
        """Of the passages of all shards."""
        return round_length(self._sum("n_terms"), self._sum("n_passages"))

    def finish(self, mean_length: float) -> Built:
        """Weigh what was counted."""
        weighings = []
        filled = {number: counted for number, counted in self._counted.items() if counted.n_passages}
        for counted in filled.values():
            described = json.dumps([list(self._plan.versions), list(counted.made_of.items()), mean_length])
            state = hashlib.sha256(described.encode()).hexdigest()[:32]
            header = {"state": state, "made_of": counted.made_of, "unread": [file.record for file in counted.unread]}
            weighings.append(Weighing(counted.file, mean_length, header))
        finished = dict(zip(filled, self._run(weigh_shard, weighings), strict=True))
        paths = {number: store.path for number, store in self.kept.items() if store.path} | finished
        unread = [file for counted in self._counted.values() for file in counted.unread]
        if unread and not self._sum("n_passages"):
            raise min(unread, key=lambda file: file.name).error
        return Built([paths[number] for number in sorted(paths)], sorted(unread, key=lambda file: file.name))


def _open_whole(files: Iterable[Path]) -> Iterator[Store]:
    """The files that are just what was written."""
    for file in files:
        with suppress(OSError, DamagedIndexError):
            store = open_store(file)
            store.check_all()
            yield store


def write_root(
    file: BinaryIO,
    shards: Sequence[Store],
    knowledge: WrittenKnowledge,
    encoder: Encoder | None,
    header: Mapping[str, object],
) -> Mapping[str, Any]:
    """Write what is known of a whole corpus to an empty file, and return its header.

    shards: whose corpus it is, in files. encoder: as it encoded the passages, None for none.
    header: what is written into the file besides. Raises OSError.
    """
    names = [[store.path.name, store.header["state"]] for store in shards if store.path]
    facts: dict[str, Any] = {**_merge_facts(shards), "shards": names, **header}
    passages: Sequence[Passage] = ()
    if knowledge.questions:  # these need the passages with the ids that they have in the whole corpus
        places = BytesIO()
        writer = StoreWriter(places)
        _write_places(writer, shards)
        writer.finish(facts)
        passages = tuple(ShardedIndex(Store(places.getvalue()), ShardsHere(shards)).passages())
    writer = StoreWriter(file)
    _write_places(writer, shards)
    facts |= write_knowledge(writer, knowledge, passages, encoder)
    facts["n_words"] = _count_words(shards, facts["n_words"])
    writer.finish(facts)
    return facts


def _merge_facts(shards: Sequence[Store]) -> dict[str, Any]:
    """What the headers of all shards say together."""
    headers = [store.header for store in shards]
    made_of = {name: digest for header in headers for name, digest in header["made_of"].items()}
    cited = [header["cited"] for header in headers if header["cited"]]
    handoffs = [(header["handoff_from"], header["handoff"]) for header in headers if header["handoff"]]
    return {
        "n_passages": sum(header["n_passages"] for header in headers),
        "sources": dict(sorted(made_of.items())),
        "cited": [min(cited)[0], max(last for _, last in cited)] if cited else [],
        "lists_references": any(header["lists_references"] for header in headers),
        "handoff": min(handoffs, default=("", ""))[1],
        **({"meaning": headers[0]["meaning"]} if headers and "meaning" in headers[0] else {}),
    }


def _write_places(writer: StoreWriter, shards: Sequence[Store]) -> None:
    """Write where the passages of the whole corpus are, and which of them repeat another."""
    import numpy as np

    places: list[tuple[str, int, int, int]] = []
    for number, store in enumerate(shards):
        sizes = store.numbers("sources.sizes")
        starts = accumulate(sizes, initial=0)
        places += [
            (name, number, start, size)
            for name, start, size in zip(store.header["sources"], starts, sizes, strict=False)
        ]
    places.sort()
    writer.add_numbers("places.shards", [shard for _, shard, _, _ in places])
    writer.add_numbers("places.starts", [start for _, _, start, _ in places])
    writer.add_numbers("places.firsts", accumulate([size for _, _, _, size in places], initial=0))
    of_shards = [np.frombuffer(store.numbers("passages.ids"), np.uint32) for store in shards]
    ids = np.concatenate([of_shards[shard][start : start + size] for _, shard, start, size in places])
    order = np.argsort(ids, kind="stable")
    begins = np.flatnonzero(np.concatenate([[True], ids[order][1:] != ids[order][:-1]]))
    times = np.arange(len(ids)) - np.repeat(begins, np.diff(np.append(begins, len(ids))))
    repeats = np.flatnonzero(times)
    by_row = np.argsort(order[repeats])
    writer.add_numbers("repeats.rows", array("Q", order[repeats][by_row].astype(np.uint64).tobytes()))
    writer.add_numbers("repeats.numbers", array("Q", (times[repeats][by_row] + 1).astype(np.uint64).tobytes()))


def _count_words(shards: Sequence[Store], n_root: int) -> int:
    """How many words may be a right spelling: just so many as it takes to see on which side of many they are."""
    counts: list[int] = [store.header["n_words"] for store in shards]
    if max(counts, default=0) >= MANY_WORDS or sum(counts) + n_root < MANY_WORDS:
        return sum(counts) + n_root
    words: set[str] = set()
    for store in shards:
        words.update(Vocabulary(store).list_spelled())
        if len(words) >= MANY_WORDS:
            break
    return len(words)
