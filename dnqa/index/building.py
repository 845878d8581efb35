"""Build an index: count each source, merge the counts, write.

Passages are written as they come, so that a source can be forgotten once it has been counted.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any, BinaryIO

from dnqa.index.counting import Counts, round_length
from dnqa.index.index import PASSAGES_PER_BLOCK, QUESTIONS_PER_BLOCK
from dnqa.index.meaning import write_asking, write_meaning
from dnqa.index.neighbours import LAST_RANK
from dnqa.index.store import StoreWriter, pack
from dnqa.index.table import write_table
from dnqa.index.vocabulary import ASKED, OWN, STOP, SYNONYM, write_vocabulary
from dnqa.records import ID_LENGTH, Passage
from dnqa.sources.corpus import Source, Unread
from dnqa.sources.knowledge import WrittenKnowledge
from dnqa.sources.known_questions import KnownQuestion
from dnqa.text.analysis import STOP_WORDS, split_words, stem
from dnqa.text.english import common_words, is_english
from dnqa.text.features import list_terms
from dnqa.text.meaning import Encoder

RICH = 5
"""From so many known questions a passage on, known questions carry the ranking; below, the words do."""
MOST_ENCODED = 2_000
"""Known questions that are encoded at most, where there is an encoder: a few seconds. Of more, most wordings are near
one of them by their words already: all 7,352 of the shipped corpus would mend four of 307 development questions."""
AGREED = 3
"""So many known questions with a term make it the passage's own; one may be a word of its story."""


def build_index(  # noqa: PLR0913 - what it writes, and what it tells of the writing
    file: BinaryIO,
    sources: Iterable[Source],
    knowledge: WrittenKnowledge,
    *,
    header: Mapping[str, object],
    encoder: Encoder | None = None,
    unread: Sequence[Unread] = (),
) -> Mapping[str, Any]:
    """Write the index of a corpus to an empty file, and return its header.

    sources: read one by one, in name order.
    header: what is written into the file besides. encoder: encodes the passages, None for none.
    unread: files that could not be read; it may fill while the sources are.
    Raises CorpusError for a source that cannot be read, OSError if the file cannot be written.
    """
    writer = StoreWriter(file)
    kept: list[Passage] = []
    counts = count_sources(writer, sources, encoder, kept=kept if knowledge.questions else None)
    facts: dict[str, Any] = write_counts(writer, counts, encoder, round_length(counts.n_terms, counts.n_passages))
    facts |= write_knowledge(writer, knowledge, kept, encoder, counts.words)
    made_of = facts["sources"] | {file.name: file.made_of for file in unread}
    facts |= {
        **header,
        "sources": dict(sorted(made_of.items())),
        "unread": [file.record for file in unread],
    }
    writer.finish(facts)
    return facts


def count_sources(
    writer: StoreWriter,
    sources: Iterable[Source],
    encoder: Encoder | None,
    *,
    kept: list[Passage] | None = None,
    keeps_ids: bool = True,
) -> Counts:
    """Write the passages of some sources as they come, and return the counts of all.

    kept: takes up the passages, None if nobody needs them any more.
    keeps_ids: whether their ids are final, else those of equal passages are told apart later.
    """
    passages = _PassageWriter(writer, keeps_ids=keeps_ids)
    counts = Counts()
    for source in sources:
        passages.write(source.document.passages)
        counts.add(source, encoder)
        if kept is not None:
            kept += source.document.passages
    passages.finish()
    counts.let_go()
    return counts


def write_counts(writer: StoreWriter, counts: Counts, encoder: Encoder | None, mean_length: float) -> dict[str, Any]:
    """Write all that follows from the counts of some sources but the words to spell by; returns facts for the header.

    mean_length: of a passage of the whole corpus, in terms.
    """
    from dnqa.index.weighing import write_words

    facts = _write_sources(writer, counts) | {"most_single": write_words(writer, counts, mean_length)}
    return facts | (_write_meaning(writer, counts, encoder) if encoder else {})


def write_knowledge(
    writer: StoreWriter,
    knowledge: WrittenKnowledge,
    passages: Sequence[Passage],
    encoder: Encoder | None,
    words: Iterable[str] = (),
) -> dict[str, Any]:
    """Write synonyms and known questions, and the words to spell by, and return the facts of the header.

    passages: of the whole corpus, in document order; needed only if there are known questions.
    words: of the corpus, as far as no other file has them.
    """
    questions = knowledge.match(passages).questions
    facts = _write_questions(writer, questions, passages) if questions else {}
    if encoder and 0 < len(questions) <= MOST_ENCODED:
        facts |= write_asking(writer, encoder.encode([known.question for known in questions]))
    asked = {word for known in questions if known.passages for word in split_words(known.question)}
    layers = {OWN: words, STOP: STOP_WORDS, SYNONYM: knowledge.synonyms.words, ASKED: filter(is_english, asked)}
    facts["n_words"] = write_vocabulary(writer, layers)
    write_table(writer, "synonyms", knowledge.synonyms.entries.items())
    writer.add("common", "\n".join(sorted({stem(word) for word in common_words()})).encode())
    return facts


def _write_meaning(writer: StoreWriter, counts: Counts, encoder: Encoder) -> dict[str, Any]:
    import numpy as np

    return write_meaning(writer, np.concatenate(counts.vectors), encoder.fingerprint)


class _PassageWriter:
    """Writes passages in compressed blocks, as they come."""

    def __init__(self, writer: StoreWriter, *, keeps_ids: bool) -> None:
        self._writer = writer
        self._keeps_ids = keeps_ids
        self._block: list[object] = []
        self._starts = array("Q", [0])
        writer.begin("passages")

    def write(self, passages: Iterable[Passage]) -> None:
        """Write the passages of a source."""
        for passage in passages:
            is_plain = len(passage.id) == ID_LENGTH or not self._keeps_ids  # then it is found from the text
            self._block.append((None if is_plain else passage.id, *passage[1:]))
            if len(self._block) == PASSAGES_PER_BLOCK:
                self._end_block()

    def _end_block(self) -> None:
        packed = pack(self._block)
        self._writer.append(packed)
        self._starts.append(self._starts[-1] + len(packed))
        self._block.clear()

    def finish(self) -> None:
        """Write where the blocks begin."""
        if self._block:
            self._end_block()
        self._writer.add_numbers("passages.starts", self._starts)


def _write_sources(writer: StoreWriter, counts: Counts) -> dict[str, Any]:
    """Write what is known of sources, citations and headings, and return what belongs into the header."""
    writer.add_json("sources", counts.sources)
    write_table(writer, "citations", ((str(cited), list(rows)) for cited, rows in counts.cited.items()))
    write_table(writer, "headings", counts.name_headings())
    cited = sorted(counts.cited)
    return {
        "n_passages": counts.n_passages,
        "n_terms": counts.n_terms,
        "sources": {record["file"]: record["made_of"] for record in counts.sources},
        "has_headings": any(map(any, counts.headings)),
        "cited": [cited[0], cited[-1]] if cited else [],
        "lists_references": any(record["entries"] for record in counts.sources),
        "handoff": counts.handoff,
        "handoff_from": counts.handoff_from,
    }


def _write_questions(
    writer: StoreWriter, questions: Sequence[KnownQuestion], passages: Sequence[Passage]
) -> dict[str, Any]:
    """Write known questions and what they say of passages, and return what belongs into the header."""
    from dnqa.index.weighing import write_features

    row_of = {passage.id: row for row, passage in enumerate(passages)}
    answered: list[list[str]] = [[] for _ in passages]
    answers = [[row_of[answer] for answer in known.passages] for known in questions]
    for known, rows in zip(questions, answers, strict=True):
        for row in rows:
            answered[row].append(known.question)
    records = [(known.question, rows, known.reviewed) for known, rows in zip(questions, answers, strict=True)]
    blocks = [
        pack(records[start : start + QUESTIONS_PER_BLOCK]) for start in range(0, len(records), QUESTIONS_PER_BLOCK)
    ]
    writer.add("known", b"".join(blocks))
    writer.add_numbers("known.starts", _starts_of(blocks))
    write_answers(writer, answers)
    by_words = {" ".join(words): n for n, known in enumerate(questions) if (words := split_words(known.question))}
    write_table(writer, "known.words", by_words.items())
    is_rich = len(questions) >= RICH * len(passages)
    expanded = (
        [(*passage.path, passage.text, *answered[row]) for row, passage in enumerate(passages)] if is_rich else []
    )
    in_passages = write_features(writer, "asked", expanded)
    in_questions = write_features(writer, "questions", [(known.question,) for known in questions])
    names = dict.fromkeys((*in_questions, *in_passages))
    write_table(writer, "features", ((name, (in_passages.get(name, -1), in_questions.get(name, -1))) for name in names))
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


def _starts_of(parts: Iterable[Sequence[object] | bytes]) -> list[int]:
    """Where each of some parts begins when they stand one after the other, and where the last ends."""
    return list(accumulate(map(len, parts), initial=0))
