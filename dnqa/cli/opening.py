"""Open the corpus that the command line names."""

import argparse
from pathlib import Path

from dnqa.cli import streams
from dnqa.errors import UsageError
from dnqa.index.saving import Progress, Way
from dnqa.index.workers import run_on_all
from dnqa.library import Library, load


def open_library(options: argparse.Namespace, *, ahead: bool = False) -> Library:
    """The library of the corpus that was named, else of the default one.

    ahead: build an index that is not saved now. Raises UsageError or CorpusError.
    """
    saved = not getattr(options, "no_cache", False)
    library = load(read_path(options), saved=saved, ahead=ahead, way=choose_way(options))
    named: str | None = getattr(options, "source", None)
    return library.narrow(decode_argument(named)) if named is not None else library


def choose_way(options: argparse.Namespace, progress: Progress = lambda *_: None) -> Way:
    """How an index is built and asked: on all processors of this computer, or by the cluster that was named.

    Raises ClusterError, or UsageError where it cannot be.
    """
    address: str | None = getattr(options, "cluster", None)
    if address is None:
        return Way(run_on_all, report=streams.complain, progress=progress)
    if not address:
        raise UsageError("--cluster is empty; name the address of a scheduler")
    if getattr(options, "no_cache", False):
        raise UsageError("a cluster shares an index that is saved; leave out --no-cache")
    from dnqa.cluster import Cluster

    cluster = Cluster(address)
    return Way(cluster.run, cluster.open_shards, cluster.ask_all, report=streams.complain, progress=progress)


def read_path(options: argparse.Namespace) -> Path | None:
    """The corpus that was named, None if none was. Raises UsageError for an empty name."""
    named: str | None = getattr(options, "corpus", None)
    if named == "":
        raise UsageError("--corpus is empty; name a source or a folder of sources")
    return Path(named) if named else None


def decode_argument(text: str) -> str:
    """An argument as text: bytes that are not UTF-8 are replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
