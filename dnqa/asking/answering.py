"""The way of a question to its answer, step by step.

A question goes down a list of steps until one of them has an answer. A step that has nothing to say returns None.
Whether the evidence is enough, and what a refusal says, is for `dnqa.asking.deciding` alone.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from dnqa.asking.coverage import Coverage, cover, measure_coverage
from dnqa.asking.deciding import (
    Evidence,
    choose_passages,
    find_missing,
    gather_evidence,
    is_enough,
    is_question,
    refuse,
)
from dnqa.asking.named import (
    Named,
    asks_for_bibliography,
    asks_only_for_number,
    drop_frame,
    find_cited,
    find_numbers,
    find_section,
    may_name_reference,
)
from dnqa.asking.query import Query, make_query
from dnqa.asking.ranking import DEPTH, Candidate, Ranking, rank
from dnqa.asking.spelling import Speller
from dnqa.index import Index, StoredQuestion
from dnqa.records import Answer, Hit, Interpretation, Passage, Status, Why
from dnqa.text.analysis import Token, analyse, terms
from dnqa.text.characters import clean_line

LONGEST_QUESTION = 100_000
"""Characters; a longer line is refused without being analysed."""
DEFAULT_TOP = 3
_N_RUNNERS_UP = 3
_NOTHING_COVERED = Coverage(0.0, ())
_CACHED = 1 << 10  # passages whose terms are remembered
_ECHO = 200  # characters of a question that is too long, given back to show which one it was


class Question:
    """A question on its way to its answer; each part of what is known of it is found out when it is first wanted.

    typed: as it came.
    top: how many passages the answer has at most.
    context: an earlier question that this one leans on, "" for none.
    """

    def __init__(self, typed: str, index: Index, speller: Speller | None, *, top: int, context: str) -> None:
        self.typed, self.top, self.context = typed, top, context
        self._index, self._speller = index, speller

    @cached_property
    def shown(self) -> str:
        """The question as one line that is safe to show."""
        return clean_line(self.typed)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the question."""
        return analyse(self.shown)

    @cached_property
    def may_name(self) -> bool:
        """Whether it may name a citation number or ask for a reference."""
        return may_name_reference(self.shown)

    @cached_property
    def numbers(self) -> list[int]:
        """The citation numbers that it names, ascending."""
        return find_numbers(self.shown) if self.may_name else []

    @cached_property
    def _asked(self) -> str:
        """The question without the words that ask for its reference."""
        return drop_frame(self.shown) if self.may_name and not self.numbers else self.shown

    @cached_property
    def query(self) -> Query:
        """What the index is asked: corrected, with synonyms."""
        tokens = self.tokens if self._asked == self.shown else None
        return make_query(self._asked, self._speller, self._index.synonyms, tokens)

    @cached_property
    def known_as_typed(self) -> StoredQuestion | None:
        """The known question that has just these words."""
        return self._index.find_known([token.word for token in self.tokens])

    @cached_property
    def known(self) -> StoredQuestion | None:
        """The known question that has just these words, as typed or as corrected."""
        if self.known_as_typed is None and (self.query.corrections or self._asked != self.shown):
            return self._index.find_known(self.query.words)
        return self.known_as_typed


class Answerer:
    """Answers questions from an index."""

    def __init__(self, index: Index, *, spells: bool = True) -> None:
        """Answers from an index, with misspelt words corrected or not."""
        self.index = index
        self._speller = Speller(index.vocabulary) if spells else None
        self._terms_of = lru_cache(_CACHED)(lambda row: frozenset(terms(index.passage(row).text)))
        self._steps = (
            self._stop_endless,
            self._greet,
            self._give_named,
            self._give_known,
            self._tell_bibliography,
            self._weigh,
        )

    def ask(self, question: str, *, top: int = DEFAULT_TOP, context: str = "") -> Answer:
        """Answer a question, as `dnqa.Library.ask` does. Raises DamagedIndexError."""
        if top < 1:
            raise ValueError("top must be 1 or more")
        asked = Question(question, self.index, self._speller, top=top, context=context)
        return next(answer for step in self._steps if (answer := step(asked)))

    def _stop_endless(self, asked: Question) -> Answer | None:
        """Refuse a line that is too long to be a question."""
        if len(asked.typed) <= LONGEST_QUESTION:
            return None
        reason = f"The question is longer than {LONGEST_QUESTION:,} characters; ask it in a sentence."
        return refuse(self.index, clean_line(asked.typed[:_ECHO]) + " …", reason=reason)

    def _greet(self, asked: Question) -> Answer | None:
        """Say of a greeting, of thanks and of an empty line that it asks nothing."""
        if asked.known_as_typed or is_question(asked.tokens):
            return None
        return Answer(asked.shown, Status.NOT_A_QUESTION)

    def _give_named(self, asked: Question) -> Answer | None:
        """Give all passages of a citation number or a section that is asked for by its name."""
        if not asked.numbers:
            found = find_section(asked.query, self.index)
        elif asks_only_for_number(asked.query.tokens):
            found = find_cited(asked.numbers, self.index)
        else:
            return None
        if found is None or (asked.known and not _agrees(found, asked.known)):
            return None
        if not found.rows:
            return refuse(self.index, asked.shown, reason=found.reason)
        hits = tuple(Hit(self.index.passage(row), 1.0) for row in found.rows)
        read = (*asked.query.corrections, *self._synonym_readings(asked.query, found.rows[0]))
        return Answer(asked.shown, Status.ANSWERED, hits, read=read)

    def _give_known(self, asked: Question) -> Answer | None:
        """Give what a known question says, where just that was asked."""
        known = asked.known
        if known is None:
            return None
        why = Why((), (), known.question, reviewed=known.reviewed)
        if not known.rows:
            near = rank(self.index, asked.query).candidates
            reason = "This question is known, and the source does not answer it."
            return refuse(self.index, asked.shown, near=near, reason=reason)._replace(why=why)
        hits = tuple(Hit(self.index.passage(row), 1.0) for row in known.rows)
        return Answer(asked.shown, Status.ANSWERED, hits[: asked.top], close=hits[asked.top :], why=why)

    def _tell_bibliography(self, asked: Question) -> Answer | None:
        """Refuse to say who wrote what, with what the source says of its references."""
        if not (asked.may_name and asks_for_bibliography(asked.shown)):
            return None
        return refuse(self.index, asked.shown, reason=self._quote_entries(asked.numbers))

    def _quote_entries(self, numbers: Sequence[int]) -> str:
        """What the source says of its references, a sentence: the entries of some numbers, if it lists any."""
        if not self.index.lists_references:
            return "The source says no more of its references than their numbers."
        entries = [
            (number, listed[number])
            for listed in self.index.references.values()
            for number in numbers
            if number in listed
        ]
        if entries:
            return "It lists " + "; ".join(f"[{number}] {entry}" for number, entry in entries)
        return "Its reference list is under 'dnqa references'."

    def _weigh(self, asked: Question) -> Answer:
        """Rank the passages, and answer or refuse as the evidence says."""
        query = asked.query
        if asked.context:
            query = query.leaning_on(self.make_query(asked.context))
        cited = self.index.find_cited(asked.numbers) if asked.numbers else None
        ranking = rank(self.index, query, depth=max(DEPTH, asked.top), among=cited)
        coverage = _NOTHING_COVERED
        if ranking.candidates:
            coverage = measure_coverage(query, self.index, ranking.candidates[0].row, ranking.weights)
        evidence = gather_evidence(ranking, coverage.share)
        missing = find_missing(query, self.index)
        why = self._explain(ranking, evidence, coverage)
        if not is_enough(evidence, self.index):
            refusal = refuse(self.index, asked.shown, near=ranking.candidates, missing=missing, read=query.corrections)
            return refusal._replace(why=why)
        behind, close = choose_passages(ranking)
        return Answer(
            asked.shown,
            Status.ANSWERED,
            self._hits(behind[: asked.top]),
            read=(*query.corrections, *self._synonym_readings(query, behind[0].row)),
            missing=missing,
            close=self._hits((*behind[asked.top :], *close)),
            why=why,
        )

    def _explain(self, ranking: Ranking, evidence: Evidence | None, coverage: Coverage) -> Why | None:
        if evidence is None:
            return None
        nearest = ranking.candidates[0].nearest
        known = None if nearest is None else self.index.known_question(nearest)
        return Why(
            coverage.matched,
            tuple(zip(evidence._fields, evidence, strict=True)),
            known.question if known else "",
            reviewed=known.reviewed if known else True,
            runners_up=self._hits(ranking.candidates[1 : 1 + _N_RUNNERS_UP]),
        )

    def _hits(self, candidates: Sequence[Candidate]) -> tuple[Hit, ...]:
        return tuple([Hit(self.index.passage(found.row), min(1.0, found.support)) for found in candidates])

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
                    typed = " ".join(token.text for token in tokens)
                    readings.append(Interpretation(typed, alternative, "synonym"))
                    break
        return readings

    def make_query(self, question: str) -> Query:
        """A question as the index is asked: corrected, with synonyms."""
        return make_query(question, self._speller, self.index.synonyms)

    def holds(self, passage: Passage, question: str) -> bool:
        """Whether a passage has every word of a question that means something, directly or by a synonym."""
        query = self.make_query(question)
        own = {term for text in (*passage.path, passage.text) for term in terms(text)}
        return bool(query.terms) and set(query.terms) <= cover(query, own.__contains__).keys()

    def list_following(self, passage: Passage, n: int) -> list[Passage]:
        """The next n passages behind one that stand under the same headings, in document order. Raises ValueError."""
        row = self.index.find_row(passage)
        if passage.path:
            names = self.index.find_headings(set(terms(passage.path[-1])))
            rows = sorted({found for name in names for found in name.rows if found > row})
            following: Iterable[Passage] = map(self.index.passage, rows)
        else:
            rest = self.index.passages(row + 1)
            following = takewhile(lambda found: found.source == passage.source, rest)
        below = (found for found in following if (found.path, found.source) == (passage.path, passage.source))
        return list(islice(below, n))


def _agrees(found: Named, known: StoredQuestion) -> bool:
    """Whether a section has all that a known question says, and so may give the rest of the section too."""
    return bool(known.rows) and set(known.rows) <= set(found.rows)
