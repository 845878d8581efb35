"""A source as a reader sees it: its headings, and under each the passages that belong to it."""

from bisect import bisect_right
from typing import NamedTuple

from dnqa.records import Passage
from dnqa.sources.corpus import Corpus, Source, heading_paths


class Section(NamedTuple):
    """A heading with the passages directly under it.

    heading: "" for what stands above the first heading.
    path: all headings down to this one, outermost first; () above the first heading.
    source: file name in the corpus.
    passages: in document order; () if only headings follow.
    """

    heading: str
    path: tuple[str, ...]
    source: str
    passages: tuple[Passage, ...]


def outline(source: Source) -> tuple[Section, ...]:
    """The sections of a source in document order; every passage is in exactly one.

    A passage that the sidecar moved stands under the heading that it was moved to, after the others there.
    """
    document = source.document
    paths = [(), *heading_paths(document)]
    starts = [heading.start for heading in document.headings]
    grouped: list[list[Passage]] = [[] for _ in paths]
    for passage in document.passages:
        row = bisect_right(starts, passage.start)
        if paths[row] != passage.path and passage.path in paths:
            row = paths.index(passage.path)
        grouped[row].append(passage)
    return tuple(
        Section(path[-1] if path else "", path, source.name, tuple(passages))
        for path, passages in zip(paths, grouped, strict=True)
        if path or passages
    )


def outline_all(corpus: Corpus) -> tuple[Section, ...]:
    """The sections of all sources of a corpus, in name order."""
    return tuple(section for source in corpus.sources for section in outline(source))
