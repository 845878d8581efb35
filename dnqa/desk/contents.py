"""What a corpus holds, at a glance."""

from typing import NamedTuple

from dnqa.rendering import count, join_runs
from dnqa.sources.corpus import Corpus


class Contents(NamedTuple):
    """What a corpus holds.

    titles: of its sources. n_passages: of all. citations: numbers, ascending. headings: each once, in order.
    """

    titles: tuple[str, ...]
    n_passages: int
    citations: tuple[int, ...]
    headings: tuple[str, ...]

    @property
    def facts(self) -> list[str]:
        """How many passages there are, and which citations."""
        cited = f"citations {join_runs(self.citations)}" if self.citations else "no citations"
        return [count(self.n_passages, "passage"), cited]


def list_contents(corpus: Corpus) -> Contents:
    """What a corpus holds; a heading is named where passages stand right under it."""
    passages = corpus.passages
    return Contents(
        titles=tuple(source.title or source.name for source in corpus.sources),
        n_passages=len(passages),
        citations=tuple(sorted({number for passage in passages for number in passage.citations})),
        headings=tuple(dict.fromkeys(passage.section for passage in passages if passage.section)),
    )
