"""Where an answer comes from, in the same words wherever it is shown, copied, saved or printed."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from dnqa.desk.contents import Contents
from dnqa.records import Passage
from dnqa.sources.corpus import Corpus, Source

SEPARATOR = " · "


class Edition(NamedTuple):
    """A corpus in the state in which it was read.

    corpus: its sources.
    loaded: when they were read.
    """

    corpus: Corpus
    loaded: datetime.datetime


def source_facts(source: Source, loaded: datetime.datetime) -> list[str]:
    """What identifies a source: its title, version, review date, digest, and when it was loaded."""
    sidecar = source.sidecar
    return [
        source.title or source.name,
        *([f"version {sidecar.version}"] if sidecar.version else []),
        *([f"reviewed {sidecar.reviewed}"] if sidecar.reviewed else []),
        f"sha {source.sha256[:8]}",
        f"loaded {loaded:%Y-%m-%d %H:%M}",
    ]


def describe_sources(edition: Edition, passages: Iterable[Passage]) -> list[str]:
    """One line for each source that some passages come from, in name order: which it is, in which state."""
    names = {passage.source for passage in passages}
    found = (source for source in edition.corpus.sources if source.name in names)
    return [SEPARATOR.join(source_facts(source, edition.loaded)) for source in found]


def corpus_facts(edition: Edition, contents: Contents) -> list[str]:
    """What a header says of a corpus, the most important first: which source, its state, its size."""
    corpus, loaded = edition
    if len(corpus.sources) == 1:
        title, *state = source_facts(corpus.sources[0], loaded)
    else:
        title, state = f"{len(corpus.sources)} sources", [f"loaded {loaded:%Y-%m-%d %H:%M}"]
    return [title, *state, *contents.facts]
