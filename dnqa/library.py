"""A corpus that can be asked: question to query to candidates to answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from dnqa.analysis import STOP_WORDS, analyse, terms
from dnqa.answers import Answer, Hit, Nearest, Reading, Status, Why
from dnqa.characters import clean_line
from dnqa.corpus import Corpus, default_path, read_corpus
from dnqa.coverage import cover, list_matched
from dnqa.deciding import Evidence, choose_passages, find_missing, gather_evidence, is_enough, is_question
from dnqa.english import is_english
from dnqa.index import Index, build_index
from dnqa.knowledge import Knowledge, read_knowledge
from dnqa.lookup import (
    Lookup,
    asks_for_bibliography,
    asks_only_for_number,
    drop_frame,
    find_numbers,
    look_up_numbers,
    look_up_section,
)
from dnqa.query import Query, read_query
from dnqa.questions import KnownQuestion
from dnqa.ranking import Candidate, Ranking, rank
from dnqa.records import Passage
from dnqa.spelling import Speller, words_of

LONGEST_QUESTION = 100_000
"""Characters; a longer line is refused without being read."""
DEFAULT_TOP = 3
_N_NEAREST = 3
_N_RUNNERS_UP = 3
_ECHO = 200  # characters of a question that is too long, given back to show which one it was


class Library:
    """A corpus, what it knows besides its text, and its index, built when the first question is asked."""

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
    def knowledge(self) -> Knowledge:
        """The synonyms and known questions of the corpus."""
        return read_knowledge(self.corpus)

    @cached_property
    def index(self) -> Index:
        """The index of passages and known questions."""
        return build_index(self.corpus.passages, self.knowledge.questions)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of the passages, headings and synonyms, normalised."""
        return frozenset(self._own_words()) | self.knowledge.synonyms.words

    def _own_words(self) -> Iterable[str]:
        return words_of(text for passage in self.passages for text in (*passage.path, passage.text))

    def build(self) -> None:
        """Build now what the first question would have to wait for. Raises CorpusError."""
        _ = self._speller, self.index

    @cached_property
    def _speller(self) -> Speller:
        own = self._own_words()
        asked = words_of(question.question for question in self.knowledge.questions if question.passages)
        return Speller(own, STOP_WORDS, sorted(self.knowledge.synonyms.words), filter(is_english, asked))

    def ask(self, question: str, *, top: int = DEFAULT_TOP, context: str = "") -> Answer:
        """Answer a question from the corpus, or refuse it.

        top: how many passages to give at most, from 1. Equal questions give equal answers.
        context: an earlier question that this one leans on; it helps to find, at a lower weight.
        Raises ValueError if top is below 1; any string is a question.
        """
        if top < 1:
            raise ValueError("top must be 1 or more")
        if len(question) > LONGEST_QUESTION:
            reason = f"The question is longer than {LONGEST_QUESTION:,} characters; ask it in a sentence."
            return self._refuse(clean_line(question[:_ECHO]) + " …", (), (), reason=reason)
        shown = clean_line(question)
        tokens = analyse(shown)
        known = self.index.by_words.get(tuple(token.word for token in tokens))
        if known is None and not is_question(tokens):
            return Answer(shown, Status.NOT_A_QUESTION)
        numbers = find_numbers(shown)
        query = self.read(shown if numbers else drop_frame(shown))
        known = known or self.index.by_words.get(query.words)
        found = self._look_up(query, numbers)
        if found and (known is None or self._agrees(found, known)):
            return self._answer_lookup(shown, query, found)
        if known:
            return self._answer_known(shown, query, known, top)
        if asks_for_bibliography(shown):
            return self._refuse(shown, (), (), reason=self._quote_entries(numbers))
        if context:
            query = query.leaning_on(self.read(context))
        ranking = rank(self.index, query)
        if numbers:
            ranking = self._keep_cited(ranking, numbers)
        return self._decide(shown, query, ranking, top)

    def _look_up(self, query: Query, numbers: Sequence[int]) -> Lookup | None:
        """What a question asks for by number or by section, None if it describes what it wants."""
        if not numbers:
            return look_up_section(query, self.index)
        return look_up_numbers(numbers, self.passages) if asks_only_for_number(query.tokens) else None

    def _agrees(self, found: Lookup, known: KnownQuestion) -> bool:
        """Whether a look-up gives all that a known question says, and so may give the rest of the section too."""
        return bool(known.passages) and set(known.passages) <= {self.passages[row].id for row in found.rows}

    def _quote_entries(self, numbers: Sequence[int]) -> str:
        """What the source says of its references, a sentence: the entries of some numbers, if it lists any."""
        entries = [
            (number, listed[number]) for listed in self.references.values() for number in numbers if number in listed
        ]
        if entries:
            return "It lists " + "; ".join(f"[{number}] {entry}" for number, entry in entries)
        if any(self.references.values()):
            return "Its reference list is under 'dnqa references'."
        return "The source says no more of its references than their numbers."

    def read(self, question: str) -> Query:
        """A question as the index is asked: corrected, with synonyms."""
        return read_query(question, self._speller, self.knowledge.synonyms)

    def holds(self, passage: Passage, question: str) -> bool:
        """Whether a passage has every word of a question that means something, directly or by a synonym."""
        query = self.read(question)
        held = {term: 1.0 for text in (*passage.path, passage.text) for term in terms(text)}
        return bool(query.terms) and set(query.terms) <= set(cover(query, held))

    def _keep_cited(self, ranking: Ranking, numbers: Sequence[int]) -> Ranking:
        """A ranking without the passages that carry none of some citation numbers."""
        wanted = set(numbers)
        kept = (found for found in ranking.candidates if wanted & set(self.passages[found.row].citations))
        return Ranking(tuple(kept), ranking.against)

    def _answer_lookup(self, question: str, query: Query, found: Lookup) -> Answer:
        """All passages of a number or section, in order."""
        if not found.rows:
            return self._refuse(question, (), (), reason=found.reason)
        hits = tuple(Hit(self.passages[row], 1.0) for row in found.rows)
        read = (*query.corrections, *self._synonym_readings(query, found.rows[0]))
        return Answer(question, Status.ANSWERED, hits, read=read)

    def _answer_known(self, question: str, query: Query, known: KnownQuestion, top: int) -> Answer:
        """What a known question says, when just that was asked."""
        why = Why((), (), known.question, reviewed=known.reviewed)
        if not known.passages:
            near = rank(self.index, query).candidates
            reason = "This question is known, and the source does not answer it."
            return replace(self._refuse(question, near, (), reason=reason), why=why)
        hits = tuple(Hit(self.passages[self.index.row_of[answer]], 1.0) for answer in known.passages)
        return Answer(question, Status.ANSWERED, hits[:top], close=hits[top:], why=why)

    def _decide(self, question: str, query: Query, ranking: Ranking, top: int) -> Answer:
        """Answer or refuse, as the evidence says."""
        evidence = gather_evidence(query, ranking, self.index)
        missing = find_missing(query, self.index)
        why = self._explain(query, ranking, evidence)
        if not is_enough(evidence, self.index):
            refusal = self._refuse(question, ranking.candidates, missing, read=query.corrections)
            return replace(refusal, why=why)
        behind, close = choose_passages(ranking)
        return Answer(
            question,
            Status.ANSWERED,
            self._hits(behind[:top]),
            read=(*query.corrections, *self._synonym_readings(query, behind[0].row)),
            missing=missing,
            close=self._hits((*behind[top:], *close)),
            why=why,
        )

    def _explain(self, query: Query, ranking: Ranking, evidence: Evidence | None) -> Why | None:
        if evidence is None:
            return None
        best, *rest = ranking.candidates
        matched = list_matched(query, self.index, best.row)
        known = best.nearest
        return Why(
            tuple(matched),
            tuple(evidence._asdict().items()),
            known.question if known else "",
            reviewed=known.reviewed if known else True,
            runners_up=self._hits(rest[:_N_RUNNERS_UP]),
        )

    def _refuse(
        self,
        question: str,
        candidates: Sequence[Candidate],
        missing: tuple[str, ...],
        *,
        read: tuple[Reading, ...] = (),
        reason: str = "",
    ) -> Answer:
        passages = [self.passages[candidate.row] for candidate in candidates if candidate.words > 0]
        sections = dict.fromkeys(Nearest(passage.section, passage.source) for passage in passages)
        return Answer(
            question,
            Status.NOT_IN_SOURCE,
            read=read,
            missing=missing,
            nearest=tuple(near for near in sections if near.section)[:_N_NEAREST],
            handoff=self.corpus.handoff,
            reason=reason,
        )

    def _hits(self, candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
        return tuple(Hit(self.passages[candidate.row], min(1.0, candidate.support)) for candidate in candidates)

    def _synonym_readings(self, query: Query, row: int) -> list[Reading]:
        """Synonyms that led to a passage: it has the words they stand for, and not those typed."""
        held = set(terms(self.passages[row].text))
        readings = []
        for match in query.synonyms:
            tokens = query.tokens[match.start : match.end]
            if all(token.term in held for token in tokens if token.term):
                continue
            for alternative, meaning in zip(match.alternatives, match.meanings, strict=True):
                if meaning and set(meaning) <= held:
                    readings.append(Reading(" ".join(token.text for token in tokens), alternative, "synonym"))
                    break
        return readings


def load(path: str | Path | None = None) -> Library:
    """Load a corpus: a folder of sources or a single file.

    path: without one, the folder named by the environment variable DNQA_CORPUS, else the corpus
        shipped with dnqa.
    Raises dnqa.CorpusError, in one line that says what to do, if it cannot be read.
    """
    return Library(read_corpus(Path(path) if path is not None else default_path()))
