"""Build an index from the sources of a corpus and what it knows besides.

Passages are written as they come, so that a source can be forgotten once it has been indexed. Here and in
`dnqa.index.counting` scikit-learn counts and weighs; nothing that answers imports it.
"""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from dnqa.index.index import PASSAGES_PER_BLOCK, QUESTIONS_PER_BLOCK, Index
from dnqa.index.neighbours import LAST_RANK
from dnqa.index.source_records import source_record
from dnqa.index.store import Store, StoreWriter, pack
from dnqa.index.table import write_table
from dnqa.index.vocabulary import ASKED, OWN, STOP, SYNONYM, write_vocabulary
from dnqa.records import Document, Passage, identify
from dnqa.sources.corpus import Source
from dnqa.sources.knowledge import Knowledge
from dnqa.sources.known_questions import KnownQuestion
from dnqa.sources.sidecar import Sidecar
from dnqa.sources.synonyms import SynonymList
from dnqa.text.analysis import STOP_WORDS, analyse, split_words, stem
from dnqa.text.english import common_words, is_english
from dnqa.text.features import list_terms

RICH = 5
"""From so many known questions a passage on, known questions carry the ranking; below, the words do."""
AGREED = 3
"""So many known questions with a term make it the passage's own; one may be a word of its story."""

Progress = Callable[[int, int], None]
"""Told, after each source, how many sources and passages have been read."""


def build_index(  # noqa: PLR0913 - what goes in, what comes out, and two switches
    file: BinaryIO,
    sources: Iterable[Source],
    read_knowledge: Callable[[Sequence[Passage]], Knowledge],
    *,
    header: Mapping[str, object],
    keeps_passages: bool = True,
    progress: Progress = lambda _sources, _passages: None,
) -> Mapping[str, Any]:
    """Write the index of a corpus to an empty file, and return its header.

    sources: read one by one, in name order.
    read_knowledge: called once with all passages, or with none if `keeps_passages` is false.
    header: what is written into the file besides.
    Raises CorpusError for a source or known questions that cannot be read, OSError if the file cannot be written.
    """
    from dnqa.index.counting import count_words

    writer = StoreWriter(file)
    written = _PassageWriter(writer, keeps_passages=keeps_passages, progress=progress)
    heading_of, headings = written.heading_of, written.headings
    most_single = count_words(writer, written.take(sources), heading_of, headings)
    knowledge = read_knowledge(written.kept)
    facts = written.finish() | {"most_single": most_single}
    facts |= _write_questions(writer, knowledge.questions, written.kept) if knowledge.questions else {}
    own = written.words
    asked = {word for known in knowledge.questions if known.passages for word in split_words(known.question)}
    write_vocabulary(
        writer,
        {OWN: own, STOP: STOP_WORDS, SYNONYM: knowledge.synonyms.words, ASKED: filter(is_english, asked)},
    )
    write_table(writer, "synonyms", knowledge.synonyms.entries.items())
    writer.add("common", "\n".join(sorted({stem(word) for word in common_words()})).encode())
    facts |= header
    writer.finish(facts)
    return facts


def index_in_memory(sources: Iterable[Source], knowledge: Knowledge) -> Index:
    """An index that is kept nowhere. Raises CorpusError for a source that cannot be read."""
    file = BytesIO()
    build_index(file, sources, lambda _: knowledge, header={})
    return Index(Store(file.getvalue()))


def index_passages(passages: Sequence[Passage], questions: Sequence[KnownQuestion] = ()) -> Index:
    """An index that is kept nowhere, of passages that come from no file, without synonyms."""
    source = Source("", Path(), "", "", Sidecar(), Document(tuple(passages)))
    return index_in_memory([source], Knowledge(SynonymList({}), tuple(questions)))


class _PassageWriter:
    """Writes passages, and gathers what of all of them has to be written behind.

    kept: all passages, if they are to be kept.
    heading_of: for each passage, which group of headings stands above it.
    headings: the terms of each heading in each group.
    words: of passages and headings.
    """

    def __init__(self, writer: StoreWriter, *, keeps_passages: bool, progress: Progress) -> None:
        self._writer = writer
        self._keeps = keeps_passages
        self._progress = progress
        self.kept: list[Passage] = []
        self.heading_of = array("I")
        self.headings: list[list[list[str]]] = []
        self.words: set[str] = set()
        self._groups: dict[tuple[str, ...], int] = {}
        self._runs: dict[tuple[int, tuple[str, ...]], list[list[int]]] = {}
        self._cited: dict[int, array[int]] = {}
        self._sources: list[dict[str, Any]] = []
        self._handoff = ""
        self._block: list[object] = []
        self._starts = array("Q", [0])

    def take(self, sources: Iterable[Source]) -> Iterator[list[str]]:
        """Write the passages of sources one by one, and give the terms of each."""
        self._writer.begin("passages")
        row = 0
        for number, source in enumerate(sources):
            for passage in source.document.passages:
                yield self._take(passage, row, number)
                row += 1
            self._sources.append(source_record(source))
            self._handoff = self._handoff or source.sidecar.handoff
            self._progress(number + 1, row)
        self._end_block()

    def _take(self, passage: Passage, row: int, source: int) -> list[str]:
        group = self._groups.setdefault(passage.path, len(self._groups))
        if group == len(self.headings):
            parts = [analyse(heading) for heading in passage.path]
            self.words.update(token.word for part in parts for token in part)
            self.headings.append([[token.term for token in part if token.term] for part in parts])
        self.heading_of.append(group)
        runs = self._runs.setdefault((source, passage.path), [])
        if runs and runs[-1][1] == row:
            runs[-1][1] = row + 1
        else:
            runs.append([row, row + 1])
        for cited in passage.citations:
            self._cited.setdefault(cited, array("I")).append(row)
        if self._keeps:
            self.kept.append(passage)
        self._block.append(
            (
                None if passage.id == identify(passage.text) else passage.id,  # most are found from the text
                *passage[1:],
            )
        )
        if len(self._block) == PASSAGES_PER_BLOCK:
            self._end_block()
        tokens = analyse(passage.text)
        self.words.update([token.word for token in tokens])
        return [token.term for token in tokens if token.term]

    def _end_block(self) -> None:
        if self._block:
            packed = pack(self._block)
            self._writer.append(packed)
            self._starts.append(self._starts[-1] + len(packed))
            self._block.clear()

    def finish(self) -> dict[str, Any]:
        """Write what was gathered, and return what belongs into the header."""
        self._writer.add_numbers("passages.starts", self._starts)
        self._writer.add_json("sources", self._sources)
        write_table(self._writer, "citations", ((str(cited), list(rows)) for cited, rows in self._cited.items()))
        write_table(self._writer, "headings", _name_headings(self._runs))
        cited = sorted(self._cited)
        return {
            "n_passages": len(self.heading_of),
            "sources": {record["file"]: record["made_of"] for record in self._sources},
            "has_headings": any(map(any, self.headings)),
            "cited": [cited[0], cited[-1]] if cited else [],
            "lists_references": any(record["references"] or record["sidecar"][4] for record in self._sources),
            "handoff": self._handoff,
        }


def _name_headings(runs: Mapping[tuple[int, tuple[str, ...]], list[list[int]]]) -> Iterable[tuple[str, object]]:
    """What headings are asked for by: terms and small words of a name, with the passages below, by one of the terms.

    A heading with a slash has a name on each side of it.
    """
    names: dict[str, list[object]] = {}
    for (_, path), rows in runs.items():
        if not path:
            continue
        for name in (*path[-1].split("/"), path[-1]):
            tokens = analyse(name)
            own = sorted({token.term for token in tokens if token.term})
            if own:
                small = sorted({token.word for token in tokens if not token.term})
                names.setdefault(own[0], []).append([own, small, rows])
    return names.items()


def _write_questions(
    writer: StoreWriter, questions: Sequence[KnownQuestion], passages: Sequence[Passage]
) -> dict[str, Any]:
    """Write known questions and what they say of passages, and return what belongs into the header."""
    from dnqa.index.counting import count_features

    row_of = {passage.id: row for row, passage in enumerate(passages)}
    answered: list[list[str]] = [[] for _ in passages]
    answers = [[row_of[answer] for answer in known.passages] for known in questions]
    for known, rows in zip(questions, answers, strict=True):
        for row in rows:
            answered[row].append(known.question)
    starts = array("Q", [0])
    writer.begin("known")
    for start in range(0, len(questions), QUESTIONS_PER_BLOCK):
        block = slice(start, start + QUESTIONS_PER_BLOCK)
        packed = pack(
            [
                (known.question, rows, known.reviewed)
                for known, rows in zip(questions[block], answers[block], strict=True)
            ]
        )
        writer.append(packed)
        starts.append(starts[-1] + len(packed))
    writer.add_numbers("known.starts", starts)
    write_answers(writer, answers)
    by_words = {" ".join(words): n for n, known in enumerate(questions) if (words := split_words(known.question))}
    write_table(writer, "known.words", by_words.items())
    is_rich = len(questions) >= RICH * len(passages)
    expanded = (
        [(*passage.path, passage.text, *answered[row]) for row, passage in enumerate(passages)] if is_rich else []
    )
    in_passages = count_features(writer, "asked", expanded)
    in_questions = count_features(writer, "questions", [(known.question,) for known in questions])
    numbers = {name: (in_passages.get(name, -1), number) for name, number in in_questions.items()}
    for name, number in in_passages.items():
        numbers.setdefault(name, (number, -1))
    write_table(writer, "features", numbers.items())
    _write_agreed(writer, answered, in_questions)
    return {"n_questions": len(questions), "is_rich": is_rich}


def write_answers(writer: StoreWriter, answers: Sequence[Sequence[int]]) -> None:
    """Write which known questions each passage answers, as `dnqa.index.neighbours.Neighbours` reads it.

    answers: the passages of each question, best first.
    """
    passages = sorted(set(chain.from_iterable(answers)))
    writer.add_numbers("answers.passages", passages, "I")
    questions: dict[int | None, list[tuple[int, int]]] = {row: [] for row in (*passages, None)}
    for number, rows in enumerate(answers):
        for rank, row in enumerate(rows or (None,)):
            questions[row].append((number, min(rank, LAST_RANK)))
    writer.add_numbers("answers.starts", _starts_of(questions.values()), "I")
    writer.add_numbers("answers.questions", [number for of_one in questions.values() for number, _ in of_one], "I")
    writer.add_numbers("answers.ranks", [rank for of_one in questions.values() for _, rank in of_one], "B")


def _write_agreed(writer: StoreWriter, answered: Sequence[Sequence[str]], numbers: Mapping[str, int]) -> None:
    """Write how far each passage holds terms by its known questions: by how many of them agree on it.

    numbers: of the terms.
    """
    held: list[list[tuple[int, float]]] = []
    for questions in answered:
        counts = Counter(term for question in questions for term in dict.fromkeys(list_terms((question,))))
        held.append([(numbers[term], min(1.0, count / AGREED)) for term, count in counts.items()])
    writer.add_numbers("agreed.starts", _starts_of(held))
    writer.add_numbers("agreed.terms", [number for of_one in held for number, _ in of_one])
    writer.add_floats("agreed.shares", [share for of_one in held for _, share in of_one])


def _starts_of(parts: Iterable[Sequence[object]]) -> list[int]:
    """Where each of some parts begins when they stand one after the other, and where the last ends."""
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts
