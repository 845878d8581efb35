"""From a question to its answer: question to query to candidates to answer."""

from collections.abc import Generator, Iterable, Sequence
from functools import lru_cache
from itertools import islice, takewhile

from dnqa.asking.coverage import Coverage, cover, measure_coverage
from dnqa.asking.deciding import Evidence, choose_passages, find_missing, gather_evidence, is_enough, is_question
from dnqa.asking.named import (
    Lookup,
    asks_for_bibliography,
    asks_only_for_number,
    drop_frame,
    find_numbers,
    look_up_numbers,
    look_up_section,
    may_name_reference,
)
from dnqa.asking.query import Query, read_query
from dnqa.asking.ranking import DEPTH, Candidate, Ranking, rank
from dnqa.asking.spelling import Speller
from dnqa.index import Index, StoredQuestion
from dnqa.records import Answer, Hit, Interpretation, NearSection, Passage, Status, Why
from dnqa.text.analysis import analyse, terms
from dnqa.text.characters import clean_line

LONGEST_QUESTION = 100_000
"""Characters; a longer line is refused without being read."""
DEFAULT_TOP = 3
_N_NEAREST = 3
_N_RUNNERS_UP = 3
_NOTHING_COVERED = Coverage(0.0, ())
_CACHED = 1 << 10  # passages whose terms are remembered
_ECHO = 200  # characters of a question that is too long, given back to show which one it was
_Steps = Generator[None, None, Answer]
"""The way to an answer, step by step."""


class Answerer:
    """Answers questions from an index."""

    def __init__(self, index: Index, *, spells: bool = True) -> None:
        """Answers from an index, with misspelt words corrected or not."""
        self._index = index
        self._speller = Speller(index.vocabulary) if spells else None
        self._terms_of = lru_cache(_CACHED)(lambda row: frozenset(terms(index.passage(row).text)))

    def ask(self, question: str, *, top: int = DEFAULT_TOP, context: str = "") -> Answer:
        """Answer a question, as `dnqa.Library.ask` does. Raises DamagedIndexError."""
        return _take([self._answer(question, top, context)])[0]

    def ask_all(self, questions: Sequence[str], *, top: int = DEFAULT_TOP) -> list[Answer]:
        """Answer questions, as `dnqa.Library.ask_all` does. Raises DamagedIndexError."""
        return _take([self._answer(question, top, "") for question in questions])

    def _answer(self, question: str, top: int, context: str) -> _Steps:
        if top < 1:
            raise ValueError("top must be 1 or more")
        if len(question) > LONGEST_QUESTION:
            reason = f"The question is longer than {LONGEST_QUESTION:,} characters; ask it in a sentence."
            return self._refuse(clean_line(question[:_ECHO]) + " …", (), (), reason=reason)
        shown = clean_line(question)
        tokens = analyse(shown)
        yield
        known = self._index.find_known([token.word for token in tokens])
        if known is None and not is_question(tokens):
            return Answer(shown, Status.NOT_A_QUESTION)
        may_name = may_name_reference(shown)
        numbers = find_numbers(shown) if may_name else []
        asked = drop_frame(shown) if may_name and not numbers else shown
        yield
        query = read_query(asked, self._speller, self._index.synonyms, tokens if asked == shown else None)
        yield
        if known is None and (query.corrections or asked != shown):
            known = self._index.find_known(query.words)
        found = self._look_up(query, numbers)
        if found and (known is None or self._agrees(found, known)):
            return self._answer_lookup(shown, query, found)
        if known:
            return self._answer_known(shown, query, known, top)
        if may_name and asks_for_bibliography(shown):
            return self._refuse(shown, (), (), reason=self._quote_entries(numbers))
        yield
        if context:
            query = query.leaning_on(self.read(context))
        cited = self._index.find_cited(numbers) if numbers else None
        ranking = rank(self._index, query, depth=max(DEPTH, top), among=cited)
        yield
        return self._decide(shown, query, ranking, top)

    def _look_up(self, query: Query, numbers: Sequence[int]) -> Lookup | None:
        """What a question asks for by number or by section, None if it describes what it wants."""
        if not numbers:
            return look_up_section(query, self._index)
        return look_up_numbers(numbers, self._index) if asks_only_for_number(query.tokens) else None

    def _agrees(self, found: Lookup, known: StoredQuestion) -> bool:
        """Whether a look-up gives all that a known question says, and so may give the rest of the section too."""
        return bool(known.rows) and set(known.rows) <= set(found.rows)

    def _quote_entries(self, numbers: Sequence[int]) -> str:
        """What the source says of its references, a sentence: the entries of some numbers, if it lists any."""
        if not self._index.lists_references:
            return "The source says no more of its references than their numbers."
        entries = [
            (number, listed[number])
            for listed in self._index.references.values()
            for number in numbers
            if number in listed
        ]
        if entries:
            return "It lists " + "; ".join(f"[{number}] {entry}" for number, entry in entries)
        return "Its reference list is under 'dnqa references'."

    def read(self, question: str) -> Query:
        """A question as the index is asked: corrected, with synonyms."""
        return read_query(question, self._speller, self._index.synonyms)

    def holds(self, passage: Passage, question: str) -> bool:
        """Whether a passage has every word of a question that means something, directly or by a synonym."""
        query = self.read(question)
        own = {term for text in (*passage.path, passage.text) for term in terms(text)}
        return bool(query.terms) and set(query.terms) <= cover(query, own.__contains__).keys()

    def list_following(self, passage: Passage, n: int) -> list[Passage]:
        """The next n passages behind one that stand under the same headings, in document order. Raises ValueError."""
        row = self._index.find_row(passage)
        if passage.path:
            names = self._index.find_headings(set(terms(passage.path[-1])))
            rows = sorted({found for name in names for found in name.rows if found > row})
            following: Iterable[Passage] = map(self._index.passage, rows)
        else:
            rest = self._index.passages(row + 1)
            following = takewhile(lambda found: found.source == passage.source, rest)
        below = (found for found in following if (found.path, found.source) == (passage.path, passage.source))
        return list(islice(below, n))

    def _answer_lookup(self, question: str, query: Query, found: Lookup) -> Answer:
        """All passages of a number or section, in order."""
        if not found.rows:
            return self._refuse(question, (), (), reason=found.reason)
        hits = tuple(Hit(self._index.passage(row), 1.0) for row in found.rows)
        read = (*query.corrections, *self._synonym_readings(query, found.rows[0]))
        return Answer(question, Status.ANSWERED, hits, read=read)

    def _answer_known(self, question: str, query: Query, known: StoredQuestion, top: int) -> Answer:
        """What a known question says, when just that was asked."""
        why = Why((), (), known.question, reviewed=known.reviewed)
        if not known.rows:
            near = rank(self._index, query).candidates
            reason = "This question is known, and the source does not answer it."
            return self._refuse(question, near, (), reason=reason)._replace(why=why)
        hits = tuple(Hit(self._index.passage(row), 1.0) for row in known.rows)
        return Answer(question, Status.ANSWERED, hits[:top], close=hits[top:], why=why)

    def _decide(self, question: str, query: Query, ranking: Ranking, top: int) -> Answer:
        """Answer or refuse, as the evidence says."""
        coverage = _NOTHING_COVERED
        if ranking.candidates:
            coverage = measure_coverage(query, self._index, ranking.candidates[0].row, ranking.weights)
        evidence = gather_evidence(ranking, coverage.share)
        missing = find_missing(query, self._index)
        why = self._explain(ranking, evidence, coverage)
        if not is_enough(evidence, self._index):
            refusal = self._refuse(question, ranking.candidates, missing, read=query.corrections)
            return refusal._replace(why=why)
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

    def _explain(self, ranking: Ranking, evidence: Evidence | None, coverage: Coverage) -> Why | None:
        if evidence is None:
            return None
        nearest = ranking.candidates[0].nearest
        known = None if nearest is None else self._index.known_question(nearest)
        return Why(
            coverage.matched,
            tuple(zip(evidence._fields, evidence, strict=True)),
            known.question if known else "",
            reviewed=known.reviewed if known else True,
            runners_up=self._hits(ranking.candidates[1 : 1 + _N_RUNNERS_UP]),
        )

    def _refuse(
        self,
        question: str,
        candidates: Sequence[Candidate],
        missing: tuple[str, ...],
        *,
        read: tuple[Interpretation, ...] = (),
        reason: str = "",
    ) -> Answer:
        passages = (self._index.passage(candidate.row) for candidate in candidates if candidate.words > 0)
        sections = dict.fromkeys(NearSection(passage.section, passage.source) for passage in passages)
        return Answer(
            question,
            Status.NOT_IN_SOURCE,
            read=read,
            missing=missing,
            nearest=tuple(near for near in sections if near.section)[:_N_NEAREST],
            handoff=self._index.handoff,
            reason=reason,
        )

    def _hits(self, candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
        return tuple([Hit(self._index.passage(found.row), min(1.0, found.support)) for found in candidates])

    def _synonym_readings(self, query: Query, row: int) -> list[Interpretation]:
        """Synonyms that led to a passage: it has the words they stand for, and not those typed."""
        held = self._terms_of(row)
        readings = []
        for match in query.synonyms:
            tokens = query.tokens[match.start : match.end]
            if all(token.term in held for token in tokens if token.term):
                continue
            for alternative, meaning in zip(match.phrase.alternatives, match.phrase.meanings, strict=True):
                if meaning and held.issuperset(meaning):
                    readings.append(Interpretation(" ".join(token.text for token in tokens), alternative, "synonym"))
                    break
        return readings


def _take(ways: Sequence[_Steps]) -> list[Answer]:
    """Go some ways to their ends, each step of all before the next: what a step needs stays at the processor's hand."""
    answers: dict[int, Answer] = {}
    left = dict(enumerate(ways))
    while left:
        for number, steps in list(left.items()):
            try:
                next(steps)
            except StopIteration as end:
                answers[number] = end.value
                del left[number]
    return [answers[number] for number in range(len(ways))]
