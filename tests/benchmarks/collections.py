"""Rank public retrieval collections beside other engines, all in one run.

    python -m tests.benchmarks.collections FOLDER [FOLDER ...]

Each folder is a collection in BEIR layout: corpus.jsonl (_id, title, text), queries.jsonl (_id, text)
and qrels/test.tsv. Title and text are one field. dnqa has one setting for all, no synonyms and no
known questions. Prints nDCG@10 by engine and collection, and how dnqa compares with the best peer by a
paired bootstrap over the questions. Peers that are not installed are left out and named.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.benchmarks.peers import ENGINES

DEPTH = 10
N_RESAMPLES = 10_000

Run = dict[str, dict[str, float]]  # score by document by question


class Collection(NamedTuple):
    """A collection: texts and questions by id, grades by question and document."""

    name: str
    documents: Mapping[str, str]
    questions: Mapping[str, str]
    grades: Mapping[str, Mapping[str, int]]


def read_collection(folder: Path) -> Collection:
    """Read a collection in BEIR layout; questions without a relevant document are left out."""
    documents = {
        record["_id"]: f"{record.get('title', '')} {record['text']}".strip()
        for record in _records(folder / "corpus.jsonl")
    }
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, document, grade = line.split("\t")
        if int(grade) > 0:
            grades.setdefault(question, {})[document] = int(grade)
    questions = {
        record["_id"]: record["text"] for record in _records(folder / "queries.jsonl") if record["_id"] in grades
    }
    return Collection(folder.name, documents, questions, grades)


def _records(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def rank_with(name: str, collection: Collection) -> Run:
    """The best documents by an engine for every question. Raises ImportError if it is not installed."""
    documents = list(collection.documents)
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder))
        engine.build(list(collection.documents.values()))
        engine.open()
        with closing(engine):
            return {
                question: {documents[row]: score for row, score in engine.search(text, DEPTH)}
                for question, text in collection.questions.items()
            }


def measure(collection: Collection, run: Run) -> np.ndarray:
    """nDCG@10 of every question, 0 where nothing was found, in the order of the questions."""
    import ir_measures

    found = {
        value.query_id: value.value
        for value in ir_measures.iter_calc([ir_measures.nDCG @ DEPTH], collection.grades, run)
    }
    return np.array([found.get(question, 0.0) for question in collection.questions])


def bootstrap(differences: list[np.ndarray]) -> tuple[float, float, float]:
    """Mean over collections of the mean difference, with its 95 % interval, resampled within each collection."""
    random = np.random.default_rng(0)
    means = [
        np.mean([part[random.integers(len(part), size=len(part))].mean() for part in differences])
        for _ in range(N_RESAMPLES)
    ]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(np.mean([part.mean() for part in differences])), float(low), float(high)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    collections = [read_collection(folder) for folder in parser.parse_args().folders]
    values: dict[str, list[np.ndarray]] = {}
    for name in ENGINES:
        if name == "bm25s numba":  # the same scores
            continue
        try:
            values[name] = [measure(collection, rank_with(name, collection)) for collection in collections]
        except ImportError as error:
            print(f"{name}: left out, {error.name} is not installed")
    print("nDCG@10".ljust(14), *(collection.name.rjust(10) for collection in collections), "mean".rjust(10))
    for name, parts in values.items():
        means = [float(part.mean()) for part in parts]
        print(name.ljust(14), *(f"{mean:10.3f}" for mean in means), f"{np.mean(means):10.4f}")
    best = max(
        (name for name in values if name != "dnqa"), key=lambda name: np.mean([part.mean() for part in values[name]])
    )
    gain, low, high = bootstrap([own - other for own, other in zip(values["dnqa"], values[best], strict=True)])
    print(f"dnqa - {best}: {gain:+.4f}, 95 % interval {low:+.4f} to {high:+.4f} (paired bootstrap)")


if __name__ == "__main__":
    main()
