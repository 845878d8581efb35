"""A cluster of machines that build one index, and answer from it together; needs dnqa[cluster], which is Dask.

`Cluster` joins a scheduler that is there already, and gives what `dnqa.index` takes: a way to run the steps of
building, and shards that are elsewhere. Nothing else in dnqa knows Dask.
"""

from dnqa.cluster.cluster import Cluster

__all__ = ["Cluster"]
