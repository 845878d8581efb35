"""Where the passages of a corpus in shards are.

In the root, besides synonyms and known questions, by the sources in name order:
places.shards  which shard a source is in
places.starts  its first passage there
places.firsts  its first passage in the whole corpus, and behind the last source how many passages there are
By passages of the whole corpus:
repeats.rows     those that say word for word what one before them says, ascending
repeats.numbers  the how manieth of these each is, from 2 on
"""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from dnqa.index.store import Store


class Places:
    """Where the passages of the whole corpus are."""

    def __init__(self, store: Store) -> None:
        self.shards = store.numbers("places.shards")
        self._starts = store.numbers("places.starts")
        self.firsts = store.numbers("places.firsts")

    def find(self, row: int) -> tuple[int, int]:
        """The shard of a passage, and its number there."""
        place = bisect_right(self.firsts, row) - 1
        return self.shards[place], self._starts[place] + row - self.firsts[place]

    @cached_property
    def _of_shards(self) -> list[tuple[list[int], list[int]]]:
        """For each shard the first passages of its sources, there and in the whole corpus."""
        found: list[tuple[list[int], list[int]]] = [([], []) for _ in range(max(self.shards, default=-1) + 1)]
        for shard, start, first in zip(self.shards, self._starts, self.firsts, strict=False):
            found[shard][0].append(start)
            found[shard][1].append(first)
        return found

    def globalise(self, shard: int, row: int) -> int:
        """The number in the whole corpus of a passage of a shard."""
        starts, firsts = self._of_shards[shard]
        place = bisect_right(starts, row) - 1
        return firsts[place] + row - starts[place]

    def share_out(self, rows: Iterable[int]) -> dict[int, list[int]]:
        """Passages by their shards, by their numbers there."""
        found: dict[int, list[int]] = {}
        for row in rows:
            shard, own = self.find(row)
            found.setdefault(shard, []).append(own)
        return found
