"""Indexes that are kept nowhere, of what a test made up."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from dnqa.index import Index
from dnqa.index.building import build_index
from dnqa.index.store import Store
from dnqa.records import Document, Passage
from dnqa.sources.corpus import Source
from dnqa.sources.knowledge import Knowledge, WrittenKnowledge
from dnqa.sources.known_questions import KnownQuestion, WrittenQuestion
from dnqa.sources.sidecar import Sidecar
from dnqa.sources.synonyms import SynonymList
from dnqa.text.meaning import Encoder


def index_in_memory(sources: Iterable[Source], knowledge: Knowledge, encoder: Encoder | None = None) -> Index:
    """An index of sources and what is known of them."""
    questions = tuple(
        WrittenQuestion(0, known.question, tuple((name, "") for name in known.passages), known.added, known.reviewed)
        for known in knowledge.questions
    )
    file = BytesIO()
    build_index(file, sources, WrittenKnowledge(knowledge.synonyms, questions), header={}, encoder=encoder)
    return Index(Store(file.getvalue()))


def index_passages(passages: Sequence[Passage], questions: Sequence[KnownQuestion] = ()) -> Index:
    """An index of passages that come from no file, without synonyms."""
    source = Source("", Path(), "", "", Sidecar(), Document(tuple(passages)))
    return index_in_memory([source], Knowledge(SynonymList({}), tuple(questions)))
