"""Rank public retrieval collections beside other engines, all in one run.

    python -m tests.benchmarks.collections FOLDER [FOLDER ...]

Each folder is a collection in BEIR layout: corpus.jsonl (_id, title, text), queries.jsonl (_id, text)
and qrels/test.tsv. Title and text are one field. dnqa has one setting for all, no synonyms and no
known questions. Prints nDCG@10 by engine and collection, and how dnqa compares with the best peer by a
paired bootstrap over the questions. Peers that are not installed are left out and named.
"""

import argparse
import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dnqa.analysis import analyse, terms
from dnqa.index.building import index_passages
from dnqa.query import read_query
from dnqa.ranking import rank
from dnqa.records import Passage
from dnqa.synonyms import SynonymList

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


def rank_with_dnqa(collection: Collection) -> Run:
    """dnqa's own ranking by words."""
    passages = [
        Passage(name, text, (), "", (), line, 0, 1) for line, (name, text) in enumerate(collection.documents.items(), 1)
    ]
    index = index_passages(passages)
    run = {}
    for name, text in collection.questions.items():
        found = rank(index, read_query(text, None, SynonymList({})), depth=DEPTH).candidates
        run[name] = {passages[candidate.row].id: candidate.support for candidate in found}
    return run


def rank_with_sklearn(collection: Collection) -> Run:
    """scikit-learn's TF-IDF as it comes."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform(collection.documents.values())
    scores = (vectorizer.transform(collection.questions.values()) @ matrix.T).tocsr()
    return _top(collection, (scores[row].toarray()[0] for row in range(scores.shape[0])))


def rank_with_bm25s(collection: Collection) -> Run:
    """bm25s with dnqa's stop words and stems."""
    import bm25s

    engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    engine.index([terms(text) or [""] for text in collection.documents.values()], show_progress=False)
    return _top(collection, (engine.get_scores(terms(text) or [""]) for text in collection.questions.values()))


def rank_with_sqlite(collection: Collection) -> Run:
    """SQLite FTS5 with the porter tokenizer, stop words cut from the questions."""
    database = sqlite3.connect(":memory:")
    database.execute("create virtual table documents using fts5(name unindexed, text, tokenize='porter')")
    database.executemany("insert into documents values (?, ?)", collection.documents.items())
    run = {}
    for name, text in collection.questions.items():
        words = _content_words(text)
        rows = database.execute(
            "select name, -rank from documents where text match ? order by rank limit ?",
            (" OR ".join(f'"{word}"' for word in words), DEPTH),
        )
        run[name] = dict(rows.fetchall()) if words else {}
    return run


def rank_with_tantivy(collection: Collection) -> Run:
    """tantivy with its English stemmer, stop words cut from the questions."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for name, text in collection.documents.items():
        writer.add_document(tantivy.Document(name=[name], text=[text]))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    run: Run = {}
    for name, text in collection.questions.items():
        query, _ = index.parse_query_lenient(" ".join(_content_words(text)), ["text"])
        hits = searcher.search(query, DEPTH).hits
        run[name] = {searcher.doc(address)["name"][0]: score for score, address in hits}
    return run


def _content_words(text: str) -> list[str]:
    return [token.word for token in analyse(text) if token.term and token.word.isalnum()]


def _top(collection: Collection, rows: "object") -> Run:
    names = list(collection.documents)
    run = {}
    for question, scores in zip(collection.questions, rows, strict=True):  # type: ignore[call-overload]  # an iterator
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        run[question] = {names[row]: float(scores[row]) for row in order if scores[row] > 0}
    return run


ENGINES: dict[str, Callable[[Collection], Run]] = {
    "dnqa": rank_with_dnqa,
    "scikit-learn": rank_with_sklearn,
    "bm25s": rank_with_bm25s,
    "SQLite FTS5": rank_with_sqlite,
    "tantivy": rank_with_tantivy,
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
    for name, engine in ENGINES.items():
        try:
            values[name] = [measure(collection, engine(collection)) for collection in collections]
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
