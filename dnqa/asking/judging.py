"""Judge the best candidates for a question: gather what speaks for and against each, and weigh it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dnqa.asking.coverage import measure_coverage
from dnqa.asking.deciding import BARS, SHOW_CLOSE, Verdict, weigh
from dnqa.asking.evidence import Similarity, gather_evidence
from dnqa.asking.holding import AskedWords, Holding, PassageWords
from dnqa.asking.query import Query
from dnqa.asking.ranking import COSINE_WEIGHT, DEPTH, EXACT_WEIGHT, TAUGHT_COSINE_WEIGHT, Candidate, Ranking
from dnqa.index import Index, StoredQuestion
from dnqa.text.analysis import terms
from dnqa.text.meaning import find_encoder

_N_JUDGED = 6
"""Candidates that are weighed; a right one further down is not seen."""
_MOST_WORDS = 1.5  # words say no more than that, however often they stand there
_SURE = 0.95
"""A probability by words alone from which on nothing is encoded, and nothing weighed that is far behind."""
SAME_ANSWER, SAME_REFUSAL = 0.76, 0.88
"""From this cosine on a question means the same as a known one that the source answers, or does not. Where the
300 questions of eleven hand-outs that are asked in their words are the known ones, no other of 750 is answered falsely
by it that is not without; behind it stand the bars."""
_NUMBER = re.compile(r"\d+")
_N_BEFORE = 3  # passages before one in which the drug that it is about may be named
_CACHED = 1 << 10  # passages whose words are remembered


class Judge:
    """Judges candidates by their words and, where passages and questions are encoded, by what they mean."""

    def __init__(self, index: Index) -> None:
        self._index = index
        encoder = find_encoder() if index.meaning else None
        is_same = encoder is not None and index.meaning is not None and encoder.fingerprint == index.meaning.encoder
        self._encoder = encoder if is_same else None
        self.read_words = lru_cache(_CACHED)(self._read_words)
        """The words of a passage, by its number, and of what stands around it."""

    def warm_up(self) -> None:
        """Read what encodes, if anything does."""
        if self._encoder:
            self._encoder.encode([""])

    def _read_words(self, row: int) -> PassageWords:
        passage = self._index.passage(row)
        lead_in = self._index.passage(row - passage.lead) if passage.lead else None
        above = map(self._index.passage, range(row - 1, max(-1, row - 1 - _N_BEFORE), -1))
        before = [found for found in above if (found.source, found.path) == (passage.source, passage.path)]
        return PassageWords(passage, lead_in, self._index.read_taught(row), before)

    def judge(self, question: str, asked: AskedWords, query: Query, ranking: Ranking) -> list[Verdict]:
        """What the best candidates are worth as answers, best ranked first.

        By their words alone where those are sure or nothing is encoded, else by what they mean too.
        """
        by_words = self.judge_by_words(asked, query, ranking)
        is_sure = any(found.answers and found.probability >= _SURE for found in by_words)
        if is_sure or ranking.is_chosen:
            return by_words
        return self.judge_by_meaning(question, asked, query, ranking) or by_words

    def judge_by_words(self, asked: AskedWords, query: Query, ranking: Ranking) -> list[Verdict]:
        """What the best candidates are worth by their words."""
        return self._judge(asked, query, ranking, list(ranking.candidates[:_N_JUDGED]), {})

    def judge_by_meaning(self, question: str, asked: AskedWords, query: Query, ranking: Ranking) -> list[Verdict]:
        """What the best candidates are worth by their words and by what they mean; [] where nothing is encoded."""
        meaning = self._index.meaning
        if self._encoder is None or meaning is None:
            return []
        if query.corrections:
            question = " ".join(token.text for token in query.tokens)
        vector = self._encoder.encode([question])[0]
        known = self._find_same(question, self._index.meant.find(vector) if self._index.meant else None)
        rows = known.rows if known else ()
        cosines = meaning.measure(vector, DEPTH, [*rows, *(candidate.row for candidate in ranking.candidates)])
        candidates = self._fuse(ranking, cosines, rows)
        verdicts = self._judge(asked, query, ranking, candidates, cosines)
        return [_mean(verdict, known) for verdict in verdicts] if known else verdicts

    def _find_same(self, question: str, nearest: tuple[int, float] | None) -> StoredQuestion | None:
        """The known question that says the same in other words.

        nearest: the number of the one whose vector is nearest, and the cosine.
        """
        if nearest is None:
            return None
        known = self._index.known_question(nearest[0])
        is_same = nearest[1] >= (SAME_ANSWER if known.rows else SAME_REFUSAL)
        return known if is_same and _find_numbers(known.question) == _find_numbers(question) else None

    def _fuse(self, ranking: Ranking, cosines: Mapping[int, float], known: Sequence[int]) -> list[Candidate]:
        """The best candidates by their words and by what they mean, those that a known question names first."""
        by_row = {candidate.row: candidate for candidate in ranking.candidates}
        candidates = [by_row.get(row) or Candidate(row, 0.0, 0.0, 0.0, 0.0, None) for row in cosines]
        candidates.sort(
            key=lambda found: (found.row not in known, -self._rank_fused(found, ranking, cosines), found.row)
        )
        return candidates[:_N_JUDGED]

    def _rank_fused(self, candidate: Candidate, ranking: Ranking, cosines: Mapping[int, float]) -> float:
        """What a candidate ranks by, its support and its cosine together."""
        if self._index.is_rich:
            return candidate.support + TAUGHT_COSINE_WEIGHT * cosines[candidate.row]
        exact = self._measure_exact(candidate.row, ranking)
        return candidate.support + EXACT_WEIGHT * exact + COSINE_WEIGHT * cosines[candidate.row]

    def _measure_exact(self, row: int, ranking: Ranking) -> float:
        """The share of a question, by weight, that a passage and what stands above it have word for word."""
        found = self.read_words(row)
        held = sum(weight for term, weight in ranking.weights.items() if term in found.text or term in found.above)
        return held / (sum(ranking.weights.values()) or 1.0)

    def _list_further(self, asked: AskedWords, number: int | None) -> list[str]:
        """The terms of a question beside those of a known one: "will feeling come back?"."""
        known = set(terms(self._index.known_question(number).question)) if number is not None else set()
        return [term for term in asked.terms if term not in known]

    def _judge(
        self,
        asked: AskedWords,
        query: Query,
        ranking: Ranking,
        candidates: list[Candidate],
        cosines: Mapping[int, float],
    ) -> list[Verdict]:
        """What candidates are worth as answers. Behind a sure one only the next, and those near it, are.

        cosines: of passages with the question, by their rows; {} where nothing is encoded.
        """
        words = [min(_MOST_WORDS, found.words) for found in candidates]
        support = [found.support for found in candidates]
        near = [cosines[found.row] for found in candidates] if cosines else []
        fused = [self._rank_fused(found, ranking, cosines) for found in candidates] if cosines else []
        further = self._list_further(asked, ranking.refusal)
        verdicts: list[Verdict] = []
        for place, candidate in enumerate(candidates):
            is_sure = bool(verdicts) and verdicts[0].answers and verdicts[0].probability >= _SURE
            if is_sure and place > 1 and candidate.support < SHOW_CLOSE * support[0]:
                continue
            similarity = Similarity(
                candidate.support,
                _find_lead(support, place),
                words[place],
                _find_lead(words, place),
                measure_coverage(query, self._index, candidate.row, ranking.weights).share,
                self._measure_exact(candidate.row, ranking),
                candidate.asked,
                candidate.neighbours,
                ranking.against,
                ranking.refused,
                ranking.answered,
            )
            if cosines:
                similarity = similarity._replace(
                    cosine=near[place], cosine_ahead=_find_lead(near, place), fused_ahead=_find_lead(fused, place)
                )
            holding = Holding(self.read_words(candidate.row), asked)
            evidence = gather_evidence(similarity, holding, self._index.common_terms, is_rich=self._index.is_rich)
            if evidence["known_refusal"] and any(
                term not in self._index.common_terms or holding.measure(term) for term in further
            ):
                evidence["known_refusal"] = 0.0
            verdicts.append(weigh(candidate, holding, evidence, is_rich=self._index.is_rich))
        return verdicts


def _mean(verdict: Verdict, known: StoredQuestion) -> Verdict:
    """A verdict by a known question that means the same: it answers as far as no bar stops it, or nothing does."""
    if known.rows:
        is_meant = verdict.candidate.row in known.rows
        return verdict._replace(known=known) if is_meant else verdict
    return verdict._replace(known=known, bar=verdict.bar or BARS["known_refusal"])


def _find_numbers(question: str) -> set[str]:
    return set(_NUMBER.findall(question))


def _find_lead(values: Sequence[float], place: int) -> float:
    """By how much one of some values is above the greatest other, or above 0 if there is none."""
    return values[place] - max((*values[:place], *values[place + 1 :]), default=0.0)
