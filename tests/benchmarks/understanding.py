"""What each part of understanding adds, on labelled questions to the default corpus.

    python -m tests.benchmarks.understanding [QUESTIONS.jsonl [PASSAGES.jsonl]]

Prints, for dnqa with more and more of its parts: hit@1 when it must always answer; then hit@1, wrong
answers and false answers when it may refuse, with the threshold fitted on all questions and by
five-fold cross-validation (fitted on four fifths, measured on the fifth); last, as it ships. The
threshold is the one of least cost: a wrong or false answer 3, a refusal 1.
"""

import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dnqa import Library, Status, load
from dnqa.asking.answering import Answerer
from dnqa.asking.coverage import measure_coverage
from dnqa.asking.deciding import WITH_QUESTIONS, WITHOUT_QUESTIONS, gather_evidence, weigh_evidence
from dnqa.asking.evaluation import ALL, LabelledQuestion, evaluate, read_labelled, read_names
from dnqa.asking.named import drop_frame
from dnqa.asking.ranking import rank
from dnqa.sources.knowledge import Knowledge
from dnqa.sources.synonyms import SynonymList
from dnqa.text.characters import clean_line
from tests.making import index_in_memory

DATA = Path(__file__).parent.parent / "data"
N_FOLDS = 5


class Outcome(NamedTuple):
    """A question's evidence for answering, and whether the best passage is right and there is one."""

    evidence: float
    is_right: bool
    is_answerable: bool


def build_variants() -> dict[str, Library]:
    """Libraries with more and more of what dnqa knows."""
    full = load()
    knowledge = full.knowledge
    none = SynonymList({})
    variants = {}
    for name, synonyms, questions, spells in (
        ("analyser", none, (), False),
        ("+ spelling", none, (), True),
        ("+ synonyms", knowledge.synonyms, (), True),
        ("+ known questions", knowledge.synonyms, knowledge.questions, True),
    ):
        index = index_in_memory(full.corpus.sources, Knowledge(synonyms, questions))
        library = Library(full.path, corpus=full.corpus, index=index)
        library.__dict__["_answerer"] = Answerer(index, spells=spells)
        variants[name] = library
    return variants


def weigh(library: Library, question: LabelledQuestion) -> Outcome:
    """What the library would answer, and how much speaks for it; numbers and sections are certain."""
    shown = clean_line(question.question)
    answer = library.ask(shown)
    if answer.why is None:
        is_answered = answer.status is Status.ANSWERED
        is_right = is_answered and answer.passages[0].id in question.answers
        return Outcome(np.inf if is_answered else -np.inf, is_right, bool(question.answers))
    query = library.make_query(drop_frame(shown))
    ranking = rank(library.index, query)
    if not ranking.candidates:
        return Outcome(-np.inf, False, bool(question.answers))
    coverage = measure_coverage(query, library.index, ranking.candidates[0].row, ranking.weights)
    evidence = gather_evidence(ranking, coverage.share)
    assert evidence is not None
    calibration = WITH_QUESTIONS if library.index.is_rich else WITHOUT_QUESTIONS
    best = library.passages[ranking.candidates[0].row]
    return Outcome(weigh_evidence(evidence, calibration), best.id in question.answers, bool(question.answers))


def count(outcomes: Sequence[Outcome], enough: float) -> np.ndarray:
    """Right, wrong, and false answers at a threshold."""
    given = [outcome for outcome in outcomes if outcome.evidence >= enough]
    right = sum(outcome.is_right for outcome in given)
    wrong = sum(outcome.is_answerable and not outcome.is_right for outcome in given)
    return np.array([right, wrong, len(given) - right - wrong])


def find_threshold(outcomes: Sequence[Outcome]) -> float:
    """The threshold of least cost."""
    n_answerable = sum(outcome.is_answerable for outcome in outcomes)

    def cost(enough: float) -> float:
        right, wrong, false = count(outcomes, enough)
        return float(3 * (wrong + false) + n_answerable - right - wrong)

    finite = sorted({outcome.evidence for outcome in outcomes if np.isfinite(outcome.evidence)})
    middles = [(low + high) / 2 for low, high in pairwise(finite)]
    return min(middles, key=cost, default=0.0)


def cross_validate(outcomes: Sequence[Outcome]) -> np.ndarray:
    """Counts with every question measured by a threshold that it had no part in."""
    order = np.random.default_rng(0).permutation(len(outcomes))
    total = np.zeros(3)
    for fold in range(N_FOLDS):
        held_out = set(order[fold::N_FOLDS].tolist())
        rest = [outcome for number, outcome in enumerate(outcomes) if number not in held_out]
        total += count([outcomes[number] for number in held_out], find_threshold(rest))
    return total


def main() -> None:
    """Print the table."""
    arguments = [Path(argument) for argument in sys.argv[1:]]
    questions, names = [*arguments, *(DATA / "questions_dev.jsonl", DATA / "passages.jsonl")[len(arguments) :]]
    labelled = read_labelled(questions, load().passages, read_names(names))
    n_answerable = sum(bool(question.answers) for question in labelled)
    n = np.array([n_answerable, n_answerable, max(1, len(labelled) - n_answerable)])
    print(f"{'':20}{'forced':>8}   {'fitted: hit@1 wrong false':28}{'cross-validated':28}")
    for name, library in build_variants().items():
        outcomes = [weigh(library, question) for question in labelled]
        forced = sum(outcome.is_right for outcome in outcomes) / n_answerable
        fitted = count(outcomes, find_threshold(outcomes)) / n
        crossed = cross_validate(outcomes) / n
        row = "".join(f"{value:8.3f}" for value in (*fitted, *crossed))
        print(f"{name:20}{forced:8.3f}    {row}")
    shipped = evaluate(load().ask, labelled)
    print(f"as it ships: {shipped[ALL].describe()}")


if __name__ == "__main__":
    main()
