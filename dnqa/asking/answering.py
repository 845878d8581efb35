"""The way of a question to its answer, step by step.

A question goes down a list of steps until one of them has an answer. A step that has nothing to say returns None.
Whether the evidence is enough, and what a refusal says, is for `dnqa.asking.deciding` alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice, takewhile

from dnqa.asking.context import find_context
from dnqa.asking.coverage import cover, measure_coverage
from dnqa.asking.deciding import Verdict, choose_passages, find_missing, is_question, refuse
from dnqa.asking.holding import AskedWords
from dnqa.asking.judging import Judge
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
from dnqa.asking.parts import find_focus, split_questions
from dnqa.asking.query import Query, make_query
from dnqa.asking.ranking import DEPTH, Ranking, rank
from dnqa.asking.spelling import Speller
from dnqa.index import Index, StoredQuestion
from dnqa.records import Answer, Hit, Interpretation, Passage, Status, Why
from dnqa.text.analysis import Token, analyse, terms
from dnqa.text.characters import clean_line

LONGEST_QUESTION = 100_000
"""Characters; a longer line is refused without being analysed."""
DEFAULT_TOP = 3
_N_RUNNERS_UP = 3
_N_EXPLAINED = 12
_ECHO = 200  # characters of a question that is too long, given back to show which one it was


class Question:
    """A question on its way to its answer; each part of what is known of it is found out when it is first wanted.

    typed: as it came.
    top: how many passages the answer has at most.
    context: an earlier question that this one leans on, "" for none.
    is_part: whether it is one of several in a line.
    """

    def __init__(self, typed: str, answerer: "Answerer", *, top: int, context: str, is_part: bool = False) -> None:
        self.typed, self.top, self.context, self.is_part = typed, top, context, is_part
        self._index, self._answerer = answerer.index, answerer

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
        return self._answerer.make_query(self._asked, self.tokens if self._asked == self.shown else None)

    @cached_property
    def words(self) -> AskedWords:
        """What its words ask; of a long message, only those of its questions."""
        focus = find_focus(self._asked)
        query = self.query if focus == self._asked else self._answerer.make_query(focus)
        return AskedWords(query.tokens, query.meanings, query.synonyms)

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
        self.judge = Judge(index)
        self._steps = (
            self._stop_endless,
            self._greet,
            self._split,
            self._give_named,
            self._give_known,
            self._tell_bibliography,
            self._weigh,
        )

    def ask(self, question: str, *, top: int = DEFAULT_TOP, context: str = "") -> Answer:
        """Answer a question, as `dnqa.Library.ask` does. Raises DamagedIndexError."""
        if top < 1:
            raise ValueError("top must be 1 or more")
        return self._go(Question(question, self, top=top, context=context))

    def _go(self, asked: Question) -> Answer:
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

    def _split(self, asked: Question) -> Answer | None:
        """Answer several questions in one line one by one."""
        parts = () if asked.is_part else split_questions(asked.shown)
        if len(parts) < 2:
            return None
        answers = []
        for place, part in enumerate(parts):
            context = parts[place - 1].question if part.leans else ""
            answer = self._go(Question(part.question, self, top=asked.top, context=context, is_part=True))
            answers.append(answer)
        if any(answer.status is Status.NOT_A_QUESTION for answer in answers):
            return None
        firsts = {answer.passages[0].id for answer in answers if answer.passages}
        if len(firsts) == 1 and all(answer.passages for answer in answers):  # one sentence answers them all
            return None
        return _join(asked.shown, answers)

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
        hits = merge_same(map(self._plain_hit, found.rows))
        synonyms = self._synonym_readings(asked.query, found.rows[0])
        section = hits[0].passage.section
        because = tuple({"synonym": f"{name.typed} => {name.as_}", "section": section} for name in synonyms)
        read = (*asked.query.corrections, *synonyms)
        return Answer(asked.shown, Status.ANSWERED, hits, read=read, missing=found.missing, because=because)

    def _give_known(self, asked: Question) -> Answer | None:
        """Give what a known question says, where just that was asked."""
        known = asked.known
        if known is None:
            return None
        why = Why((), (), known.question, reviewed=known.reviewed)
        if not known.rows:
            ranking = rank(self.index, asked.query)
            closest = [
                self._hit(v) for v in self.judge.judge(asked.shown, asked.words, asked.query, ranking) if v.is_near
            ]
            reason = "This question is known, and the source does not answer it."
            because = ({"known_question": known.question, "reviewed": known.reviewed},)
            refusal = refuse(
                self.index, asked.shown, near=ranking.candidates, closest=closest, reason=reason, because=because
            )
            return refusal._replace(why=why)
        hits = merge_same(map(self._plain_hit, known.rows))
        because = ({"known_question": known.question, "reviewed": known.reviewed},)
        close = hits[asked.top :]
        return Answer(asked.shown, Status.ANSWERED, hits[: asked.top], close=close, because=because, why=why)

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
        verdicts = self.judge.judge(asked.shown, asked.words, query, ranking)
        missing = find_missing(query, self.index, asked.shown)
        why = self._explain(query, ranking, verdicts)
        behind, close = choose_passages(verdicts)
        if not behind:
            closest = merge_same(self._hit(verdict) for verdict in verdicts if verdict.is_near)
            because = tuple({"rule": verdict.bar} for verdict in verdicts[:1] if verdict.bar and verdict.is_near)
            refusal = refuse(
                self.index,
                asked.shown,
                near=ranking.candidates,
                closest=closest,
                missing=missing,
                read=query.corrections,
                because=because,
            )
            return refusal._replace(why=why)
        hits = merge_same(map(self._hit, behind))
        others = merge_same(map(self._hit, close))
        return Answer(
            asked.shown,
            Status.ANSWERED,
            hits[: asked.top],
            read=(*query.corrections, *self._synonym_readings(query, behind[0].candidate.row)),
            missing=missing,
            close=(*hits[asked.top :], *others),
            because=self._name_reasons(query, behind[0]),
            why=why,
        )

    def _explain(self, query: Query, ranking: Ranking, verdicts: Sequence[Verdict]) -> Why | None:
        if not verdicts:
            return None
        best = max(verdicts, key=lambda verdict: (verdict.answers, verdict.known is not None, verdict.probability))
        known = best.known or self._find_nearest(best)
        coverage = measure_coverage(query, self.index, best.candidate.row, ranking.weights)
        return Why(
            coverage.matched,
            (("probability", best.probability), *best.explain()[:_N_EXPLAINED]),
            known.question if known else "",
            reviewed=known.reviewed if known else True,
            runners_up=tuple(
                Hit(verdict.holding.found.passage, verdict.probability) for verdict in verdicts if verdict is not best
            )[:_N_RUNNERS_UP],
            weighed=best.holding.found.passage,
            rule=best.bar,
        )

    def _find_nearest(self, verdict: Verdict) -> StoredQuestion | None:
        """The known question by whose words a candidate was found."""
        nearest = verdict.candidate.nearest
        return None if nearest is None else self.index.known_question(nearest)

    def _name_reasons(self, query: Query, verdict: Verdict) -> tuple[Mapping[str, object], ...]:
        """What an answer rests on other than words of its passage: a known question, synonyms."""
        reasons: list[Mapping[str, object]] = []
        by_known = self.index.is_rich or verdict.candidate.support > verdict.candidate.words
        known = verdict.known or (self._find_nearest(verdict) if by_known else None)
        if known:
            reasons.append({"known_question": known.question, "reviewed": known.reviewed})
        if "cosine" in verdict.evidence:
            reasons.append({"meaning": round(verdict.evidence["cosine"], 2)})
        section = verdict.holding.found.passage.section
        read = self._synonym_readings(query, verdict.candidate.row)
        reasons += ({"synonym": f"{reading.typed} => {reading.as_}", "section": section} for reading in read)
        return tuple(reasons)

    def _hit(self, verdict: Verdict) -> Hit:
        passage = verdict.holding.found.passage
        context = find_context(self.index, verdict.candidate.row, verdict.holding)
        silent_on = verdict.holding.list_silent(self.index.common_terms)
        return Hit(passage, verdict.probability, silent_on, context)

    def _plain_hit(self, row: int) -> Hit:
        """A passage that was not weighed, with what limits it."""
        return Hit(self.index.passage(row), 1.0, context=find_context(self.index, row, None))

    def _synonym_readings(self, query: Query, row: int) -> list[Interpretation]:
        """Synonyms that led to a passage: it has the words they stand for, and not those typed."""
        held = self.judge.read_words(row).text
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

    def make_query(self, question: str, tokens: Sequence[Token] | None = None) -> Query:
        """A question as the index is asked: corrected, with synonyms.

        tokens: of the question, if it has been analysed.
        """
        tokens = analyse(question) if tokens is None else tokens
        self.index.expect([token.word for token in tokens], ())
        query = make_query(question, self._speller, self.index.synonyms, tokens)
        meanings = chain.from_iterable(chain.from_iterable(query.meanings.values()))
        self.index.expect((), [*query.terms, *meanings])
        return query

    def holds(self, passage: Passage, question: str) -> bool:
        """Whether a passage has every word of a question that means something, directly or by a synonym."""
        query = self.make_query(question)
        own = {term for text in (*passage.path, passage.text) for term in terms(text)}
        return bool(query.terms) and set(query.terms) <= cover(query, own.__contains__).keys()

    def find_neighbour(self, passage: Passage, step: int) -> Passage | None:
        """The passage so many steps behind another in its source; None if there is none. Raises ValueError."""
        row = self.index.find_row(passage) + step
        neighbour = self.index.passage(row) if 0 <= row < self.index.n_passages else None
        return neighbour if neighbour and neighbour.source == passage.source else None

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


def merge_same(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits in their order, those with the same words as one that has the places of all."""
    merged: dict[str, Hit] = {}
    for hit in hits:
        first = merged.setdefault(hit.passage.text, hit)
        if first is not hit:
            merged[hit.passage.text] = first._replace(also=(*first.also, hit.passage))
    return tuple(merged.values())


def _agrees(found: Named, known: StoredQuestion) -> bool:
    """Whether a section has all that a known question says, and so may give the rest of the section too."""
    return bool(known.rows) and set(known.rows) <= set(found.rows)


def _join(question: str, answers: Sequence[Answer]) -> Answer:
    """The answers to several questions as one."""
    hits = tuple(hit for answer in answers for hit in answer.hits)
    closest = () if hits else tuple(hit for answer in answers for hit in answer.closest)
    return Answer(
        question,
        Status.ANSWERED if hits else Status.NOT_IN_SOURCE,
        hits,
        read=tuple(dict.fromkeys(reading for answer in answers for reading in answer.read)),
        missing=tuple(dict.fromkeys(word for answer in answers for word in answer.missing)),
        nearest=() if hits else tuple(dict.fromkeys(near for answer in answers for near in answer.nearest)),
        closest=closest[:_N_RUNNERS_UP],
        parts=tuple(answers),
        handoff="" if hits else answers[0].handoff,
    )
