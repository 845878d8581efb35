"""A corpus that can be asked: question to query to hits to answer."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from dnqa.analysis import analyse
from dnqa.answers import Answer, Hit, Nearest, Status
from dnqa.characters import clean_line
from dnqa.corpus import Corpus, default_path, read_corpus
from dnqa.deciding import decide, is_question
from dnqa.index import Index, build_index
from dnqa.records import Passage

LONGEST_QUESTION = 100_000
"""Characters; a longer line is refused without being read."""
DEFAULT_TOP = 3
_N_NEAREST = 3
_ECHO = 200  # characters of a question that is too long, given back to show which one it was


class Library:
    """A corpus and its index. The index is built when the first question is asked."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of the corpus, in document order."""
        return self.corpus.passages

    @property
    def references(self) -> Mapping[str, Mapping[int, str]]:
        """Reference entries by source name and number."""
        return self.corpus.references

    @cached_property
    def _index(self) -> Index:
        return build_index(self.corpus.passages)

    def ask(self, question: str, *, top: int = DEFAULT_TOP) -> Answer:
        """Answer a question from the corpus, or refuse it.

        top: how many passages to give at most, from 1. Equal questions give equal answers.
        Raises ValueError if top is below 1; any string is a question.
        """
        if top < 1:
            raise ValueError("top must be 1 or more")
        if len(question) > LONGEST_QUESTION:
            reason = f"The question is longer than {LONGEST_QUESTION:,} characters; ask it in a sentence."
            return self._refuse(clean_line(question[:_ECHO]) + " …", (), (), reason)
        shown = clean_line(question)
        tokens = analyse(shown)
        if not is_question(tokens):
            return Answer(shown, Status.NOT_A_QUESTION)
        weights: dict[str, float] = {}
        for token in tokens:
            if token.term:
                weights[token.term] = weights.get(token.term, 0.0) + 1.0
        hits = self._index.rank(weights)
        decision = decide(tokens, hits, self._index.idf)
        if decision.status is not Status.ANSWERED:
            return self._refuse(shown, hits, decision.missing)
        return Answer(shown, decision.status, decision.hits[:top], missing=decision.missing)

    def _refuse(self, question: str, hits: Sequence[Hit], missing: tuple[str, ...], reason: str = "") -> Answer:
        sections = dict.fromkeys(Nearest(hit.passage.section, hit.passage.source) for hit in hits)
        nearest = tuple(near for near in sections if near.section)[:_N_NEAREST]
        return Answer(
            question,
            Status.NOT_IN_SOURCE,
            missing=missing,
            nearest=nearest,
            handoff=self.corpus.handoff,
            reason=reason or "The source does not answer this.",
        )


def load(path: str | Path | None = None) -> Library:
    """Load a corpus: a folder of sources or a single file.

    path: without one, the folder named by the environment variable DNQA_CORPUS, else the corpus
        shipped with dnqa.
    Raises dnqa.CorpusError, in one line that says what to do, if it cannot be read.
    """
    return Library(read_corpus(Path(path) if path is not None else default_path()))
