"""Answer or refuse: the one place that decides, from evidence that it can name.

A wrong answer costs 3 and a refusal 1: when the evidence is thin, refuse. The weights were
found by logistic regression and rounded; `python -m tests.benchmarks.understanding` fits the
threshold again, on all questions and by five-fold cross-validation, and prints what it gives.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from dnqa.asking.query import Query
from dnqa.asking.ranking import Candidate, Ranking
from dnqa.index import Index
from dnqa.records import Answer, Interpretation, NearSection, Status
from dnqa.text.analysis import Token


class Calibration(NamedTuple):
    """What each piece of evidence weighs, and how much is enough to answer."""

    support: float
    margin: float
    coverage: float
    against: float
    enough: float


WITH_QUESTIONS = Calibration(support=1.0, margin=1.3, coverage=0.5, against=1.6, enough=0.12)
"""For a corpus with many known questions. Set on the development questions. From 0.05 to 0.18 for
`enough` hit@1 falls from 0.92 to 0.88 there, wrong answers from 0.06 to 0.03, false ones from 0.06 to 0."""
WITHOUT_QUESTIONS = Calibration(support=0.3, margin=1.0, coverage=1.0, against=1.0, enough=1.05)
"""For a corpus with few or no known questions. Set on 300 hard questions to four clinic documents written for
it; from 0.97 to 1.14 hit@1 falls from 0.38 to 0.33 there and false answers from 0.25 to 0.15."""

STAND_BEHIND = 0.85
"""Passages with this share of the best one's support are part of the answer."""
SHOW_CLOSE = 0.7
"""Passages with this share of the best one's support are shown as close to it."""
_N_NEAREST = 3


class Evidence(NamedTuple):
    """What speaks for and against answering with the best passage, each from 0 to 1.

    support: of the best passage.
    margin: by how much its support is above that of the next.
    coverage: share of the question's meaning, by idf, that the passage, its headings or its known
        questions hold, directly or by a synonym.
    against: nearness to known questions that the source does not answer.
    """

    support: float
    margin: float
    coverage: float
    against: float


_GREETING_CORE = frozenset(
    "hello hi hey hiya morning afternoon evening thanks thank thankyou cheers ta bye goodbye ok okay great perfect "
    "lovely brilliant super nice cool sorted clear understood".split()
)
_GREETING_WORDS = _GREETING_CORE | frozenset(
    "good day you very much so many there that's thats that it's its is fine all for now a the lot one got it this "
    "bye again see later then no yes yeah helpful help your helping how are today everyone team reception dear see "
    "have".split()
)


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether a line asks anything: not when it is empty, a greeting or thanks."""
    words = [token.word for token in tokens]
    is_polite = _GREETING_WORDS.issuperset(words) and not _GREETING_CORE.isdisjoint(words)
    return bool(words) and not is_polite


def gather_evidence(ranking: Ranking, coverage: float) -> Evidence | None:
    """The evidence for the best passage, None if nothing was found.

    coverage: share of the question's meaning that it holds.
    """
    if not ranking.candidates:
        return None
    best = ranking.candidates[0]
    margin = best.support - (ranking.candidates[1].support if len(ranking.candidates) > 1 else 0.0)
    return Evidence(best.support, margin, coverage, ranking.against)


def weigh_evidence(evidence: Evidence, calibration: Calibration) -> float:
    """How much speaks for answering, in units of support; answer from `calibration.enough` on."""
    return (
        calibration.support * evidence.support
        + calibration.margin * evidence.margin
        + calibration.coverage * evidence.coverage
        - calibration.against * evidence.against
    )


def is_enough(evidence: Evidence | None, index: Index) -> bool:
    """Whether to answer."""
    if evidence is None:
        return False
    calibration = WITH_QUESTIONS if index.is_rich else WITHOUT_QUESTIONS
    return weigh_evidence(evidence, calibration) >= calibration.enough


def find_missing(query: Query, index: Index) -> tuple[str, ...]:
    """The words of a question that no passage or heading has, directly or by a synonym, in order."""
    find = index.words.find
    missing: dict[str, None] = {}
    for token in query.tokens:
        if token.term and not find(token.term):
            meanings = query.meanings.get(token.term)
            if not meanings or not any(all(map(find, meaning)) for meaning in meanings):
                missing[token.text] = None
    return tuple(missing)


def choose_passages(ranking: Ranking) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """The candidates to stand behind, and those that come close, both best first."""
    candidates, best = ranking.candidates, ranking.candidates[0].support
    behind = list(takewhile(lambda found: found.support >= STAND_BEHIND * best, candidates))
    close = list(takewhile(lambda found: found.support >= SHOW_CLOSE * best, candidates[len(behind) :]))
    return behind, close


def refuse(  # noqa: PLR0913 - one for each part of a refusal
    index: Index,
    question: str,
    *,
    near: Sequence[Candidate] = (),
    missing: tuple[str, ...] = (),
    read: tuple[Interpretation, ...] = (),
    reason: str = "",
) -> Answer:
    """A refusal, with the sections nearest to the question and the clinic's own line.

    near: candidates, best first. missing, read, reason: as `dnqa.Answer` has them.
    """
    passages = (index.passage(candidate.row) for candidate in near if candidate.words > 0)
    sections = dict.fromkeys(NearSection(passage.section, passage.source) for passage in passages)
    return Answer(
        question,
        Status.NOT_IN_SOURCE,
        read=read,
        missing=missing,
        nearest=tuple(section for section in sections if section.section)[:_N_NEAREST],
        handoff=index.handoff,
        reason=reason,
    )
