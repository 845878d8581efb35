"""The saved index: what asking needs of a corpus, in one file that is read only as far as it is needed.

`store` is the file and `table` a dictionary in it; `wordfield` (the passages' own words), `field` (known questions),
`neighbours` and `vocabulary` (spelling) are its larger parts, and each says what its sections hold; `index` says the
rest. `loops` are the innermost loops of asking, compiled where there is a compiler. `building` and
`counting` write the index, by numpy and scikit-learn; `source_records` gives back what was read of the sources.

The index of a large corpus is in shards: `sharded` asks each `shard` and merges what they say, `sharding` builds one,
wherever that is done, and `assembling` shares out the sources and puts the shards together. `workers` are processes for
this work, `cache` keeps what was built, and `saving` does it all.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dnqa.index.index import Index, StoredQuestion
from dnqa.index.store import Store, open_store

if TYPE_CHECKING:
    from dnqa.index.sharded import Shards

__all__ = ["Index", "OpenShards", "StoredQuestion", "open_index", "read_index"]

OpenShards = Callable[[Path, Sequence[tuple[str, str]]], "Shards"]
"""Opens the shards in a folder, wherever they are asked then, by the names of their files and what they are made of."""


def open_index(path: Path) -> Index:
    """The saved index in a file, with its shards if it has any. Raises OSError or DamagedIndexError."""
    return read_index(open_store(path), path.parent)


def read_index(store: Store, folder: Path, open_shards: OpenShards | None = None) -> Index:
    """The index in a store, whose shards, if it has any, are in a folder.

    open_shards: None for in this process. Raises OSError or DamagedIndexError.
    """
    if "shards" not in store.header:
        return Index(store)
    from dnqa.index.sharded import ShardedIndex, open_here

    return ShardedIndex(store, (open_shards or open_here)(folder, store.header["shards"]))
