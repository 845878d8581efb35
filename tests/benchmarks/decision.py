"""Fit the decision between answering and refusing, and measure it.

    python -m tests.benchmarks.decision [--write]

The material: eleven hand-outs of several writers with their questions in tests/calibration, which have no known
questions; and the shipped corpus, whose known questions are asked one fifth at a time of an index that has the others.
What the shipped corpus is measured on, in tests/data, is never fitted on. Prints, cross-validated over hand-outs (each
is measured by a decision that was fitted without it), by kind of question the shares that are right, wrong and refused,
and of those that are not answered by the source the shares that are answered nevertheless. With --write the decision
that is fitted on everything is written to dnqa/asking/decision.json.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

import dnqa
from dnqa.asking.answering import Answerer, Question
from dnqa.asking.deciding import DECISION_FILE, Verdict
from dnqa.asking.ranking import rank
from dnqa.sources.knowledge import Knowledge
from dnqa.text.characters import fold
from dnqa.text.meaning import find_encoder
from tests.making import index_in_memory

CALIBRATION = Path(__file__).parent.parent / "calibration"
DATA = Path(__file__).parent.parent / "data"
N_FOLDS = 5
KNOWN_WEIGHT, REFUSED_WEIGHT = 0.1, 0.015
"""What a known question counts beside one of a hand-out, as there are many, all to one hand-out: one that the source
answers, and one that it does not, of which many were written to be mistaken for one that it does."""
ENOUGH = {"words": {"plain": 0.45, "taught": 0.3}, "meaning": {"plain": 0.58, "taught": 0.32}}
"""The probability from which on a passage is an answer: where right answers are lost as quickly as false ones go, in a
corpus without and with many known questions."""
STRENGTH = 0.1  # of the regression's penalty, inverse


class Weighed(NamedTuple):
    """A question with what its candidates are worth.

    source: the hand-out, or the fold of known questions. is_rich: whether known questions rank there.
    answers: texts of the passages that are right. given: text of the first, where nothing had to be weighed.
    verdicts, meant: evidence, bar and text of each candidate, best supported first: by words, and by meaning too.
    """

    source: str
    kind: str
    question: str
    is_rich: bool
    answers: frozenset[str]
    is_named: bool
    given: str
    verdicts: "Verdicts"
    meant: "Verdicts"

    def choose(self, kind: str) -> "Verdicts":
        """Those by "words", or by "meaning"."""
        return self.verdicts if kind == "words" else self.meant


Verdicts = list[tuple[Mapping[str, float], bool, str]]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def weigh(answerer: Answerer, question: str, *, by_meaning: bool = False) -> list[Verdict]:
    """What the candidates for a question are worth, by words alone or by what they mean too."""
    asked = Question(question, answerer, top=3, context="")
    ranking = rank(answerer.index, asked.query)
    if by_meaning:
        return answerer.judge.judge_by_meaning(asked.shown, asked.words, asked.query, ranking)
    return answerer.judge.judge_by_words(asked.words, asked.query, ranking)


def make(source: str, kind: str, question: str, answers: Sequence[str], answerer: Answerer) -> Weighed:
    """Weigh one question."""
    verdicts, meant = (
        [
            (found.evidence, bool(found.bar), fold(found.holding.found.passage.text))
            for found in weigh(answerer, question, by_meaning=by_meaning)
        ]
        for by_meaning in (False, True)
    )
    answer = answerer.ask(question)
    is_named = answer.why is None or not answer.why.evidence
    given = fold(answer.passages[0].text) if is_named and answer.passages else ""
    return Weighed(source, kind, question, answerer.index.is_rich, frozenset(answers), is_named, given, verdicts, meant)


def read_documents() -> Iterator[Weighed]:
    """The hand-outs without known questions."""
    for questions in sorted(CALIBRATION.glob("*.questions.jsonl")):
        name = questions.name.partition(".")[0]
        source = next(path for path in CALIBRATION.glob(f"{name}.*") if path.suffix in (".txt", ".md"))
        texts = {record["id"]: fold(record["text"]) for record in read_jsonl(CALIBRATION / f"{name}.passages.jsonl")}
        answerer = Answerer(dnqa.load(source, saved=False).index)
        for record in read_jsonl(questions):
            answers = [texts[answer] for answer in record["answers"]]
            yield make(name, record["kind"], record["question"], answers, answerer)


def read_known() -> Iterator[Weighed]:
    """The shipped known questions, each asked of an index that does not have it."""
    library = dnqa.load()
    texts = {passage.id: fold(passage.text) for passage in library.passages}
    questions = list(library.knowledge.questions)
    random.Random(5).shuffle(questions)
    for fold_number in range(N_FOLDS):
        others = [known for place, known in enumerate(questions) if place % N_FOLDS != fold_number]
        known_now = Knowledge(library.knowledge.synonyms, tuple(others))
        index = index_in_memory(library.corpus.sources, known_now, encoder=find_encoder())
        answerer = Answerer(index)
        for known in questions[fold_number::N_FOLDS]:
            answers = [texts[answer] for answer in known.passages]
            kind = "known" if answers else "refused"
            yield make(f"known {fold_number}", kind, known.question, answers, answerer)


def read_shipped() -> Iterator[Weighed]:
    """The questions that the shipped corpus is measured on."""
    answerer = Answerer(dnqa.load().index)
    texts = {record["id"]: fold(record["text"]) for record in read_jsonl(DATA / "passages.jsonl")}
    for name in ("questions_dev", "safety_dev"):
        for record in read_jsonl(DATA / f"{name}.jsonl"):
            if not record.get("parts") and not record.get("refusal_ok"):
                kind = record["kind"] if name == "safety_dev" else "questions"
                answers = [texts[answer] for answer in record["answers"]]
                yield make("shipped", kind, record["question"], answers, answerer)


class Fitted(NamedTuple):
    """A decision: what each piece of evidence weighs beside its mean and spread, and the intercept."""

    names: list[str]
    means: np.ndarray
    spreads: np.ndarray
    weights: np.ndarray
    intercept: float

    def find_probability(self, evidence: Mapping[str, float]) -> float:
        """That a passage with this evidence answers."""
        values = (np.array([evidence[name] for name in self.names]) - self.means) / self.spreads
        return float(1 / (1 + np.exp(-(self.intercept + values @ self.weights))))


def fit(material: Sequence[Weighed], kind: str) -> Fitted:
    """Fit a logistic regression on all candidates that no bar stops, by "words" or by "meaning"."""
    names = list(next(found for question in material if (found := question.choose(kind)))[0][0])
    rows, right, weights = [], [], []
    for question in material:
        for evidence, barred, text in question.choose(kind):
            if not barred:
                rows.append([evidence[name] for name in names])
                right.append(text in question.answers)
                known = KNOWN_WEIGHT if question.answers else REFUSED_WEIGHT
                weights.append(known if question.is_rich else 1.0)
    values = np.array(rows)
    means, spreads = values.mean(0), values.std(0)
    spreads[spreads == 0] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((values - means) / spreads, right, sample_weight=weights)
    return Fitted(names, means, spreads, model.coef_[0], float(model.intercept_[0]))


def measure(
    fitted: Fitted, kind: str, questions: Sequence[Weighed], more: float, tally: Mapping[str, Counter[str]]
) -> None:
    """Count what a decision does with some questions.

    more: added to what is enough.
    """
    for question in questions:
        given, best = question.given, ENOUGH[kind]["taught" if question.is_rich else "plain"] + more
        for evidence, barred, text in () if question.is_named else question.choose(kind):
            probability = fitted.find_probability(evidence)
            if not barred and probability >= best:
                given, best = text, probability
        counts = tally[f"{'taught' if question.is_rich else 'plain'} {question.kind}"]
        if question.answers:
            counts["n"] += 1
            counts["right"] += given in question.answers
            counts["wrong"] += bool(given) and given not in question.answers
        else:
            counts["n none"] += 1
            counts["false"] += bool(given)


def make_record(fitted: Fitted, kind: str, n_documents: int, n_questions: int) -> dict[str, Any]:
    """A decision as the file has it that dnqa reads."""
    order = np.argsort(-np.abs(fitted.weights))
    return {
        "how": (
            "Logistic regression (scikit-learn, penalty l2, C 0.1) on the candidates that no bar stops, of "
            f"{n_questions} questions to {n_documents} hand-outs. A known question counts {KNOWN_WEIGHT}, one without "
            f"an answer {REFUSED_WEIGHT}. The log odds are the intercept plus weight * (value - mean) / spread of each "
            "piece of evidence. 'python -m tests.benchmarks.decision --write' finds them again."
        ),
        "enough": ENOUGH[kind],
        "intercept": round(fitted.intercept, 4),
        "evidence": {
            fitted.names[place]: {
                "weight": round(float(fitted.weights[place]), 4),
                "mean": round(float(fitted.means[place]), 4),
                "spread": round(float(fitted.spreads[place]), 4),
            }
            for place in order
        },
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures, and write the decision if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write dnqa/asking/decision.json")
    options = parser.parse_args(arguments)
    documents, known, shipped = list(read_documents()), list(read_known()), list(read_shipped())
    names = sorted({question.source for question in documents})
    record = {}
    for kind in ("words", "meaning"):
        whole = fit([*documents, *known], kind)
        without = {name: fit([q for q in documents if q.source != name] + known, kind) for name in names}
        record[kind] = make_record(whole, kind, len(names) + 1, len(documents) + len(known))
        for more in (-0.1, 0.0, 0.1):
            tally: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for name, fitted in without.items():
                measure(fitted, kind, [q for q in documents if q.source == name], more, tally)
            measure(whole, kind, shipped, more, tally)
            print(f"by {kind}, {more:+.2f}")
            for label, counts in sorted(tally.items()):
                print(f"  {label:22} {describe(counts)}")
    if options.write:
        DECISION_FILE.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def describe(counts: Counter[str]) -> str:
    """The shares of some counts, in one line."""
    n, none = counts["n"], counts["n none"]
    shares = [f"n={n} right={counts['right'] / n:.3f} wrong={counts['wrong'] / n:.3f}"] if n else []
    return " | ".join([*shares, *([f"n={none} false={counts['false'] / none:.3f}"] if none else [])])


if __name__ == "__main__":
    main()
