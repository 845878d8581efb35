"""The saved index: what asking needs of a corpus, in one file that is read only as far as it is needed.

`store` is the file and `table` a dictionary in it; `wordfield` (the passages' own words), `field` (known questions),
`neighbours` and `vocabulary` (spelling) are its larger parts, and each says what its sections hold; `index` says the
rest. `loops` are the innermost loops of asking, compiled where there is a compiler. `building` and
`counting` write the index, by numpy and scikit-learn; `source_records` gives back what was read of the sources.

The index of a large corpus is in shards: `sharded` asks each `shard` and merges what they say, `sharding` builds one,
wherever that is done, and `assembling` shares out the sources and puts the shards together. `workers` are processes for
this work, `cache` keeps what was built, and `saving` does it all.
"""

from pathlib import Path

from dnqa.index.index import Index, StoredQuestion
from dnqa.index.store import Store, open_store

__all__ = ["Index", "StoredQuestion", "open_index", "read_index"]


def open_index(path: Path) -> Index:
    """The saved index in a file, with its shards if it has any. Raises OSError or DamagedIndexError."""
    return read_index(open_store(path), path.parent)


def read_index(store: Store, folder: Path) -> Index:
    """The index in a store, whose shards, if it has any, are in a folder. Raises OSError or DamagedIndexError."""
    if "shards" not in store.header:
        return Index(store)
    from dnqa.index.sharded import open_root

    return open_root(store, folder)
