"""dnqa and other search engines, all asked in the same way.

Each builds an index of texts in a folder, opens it in another process, and finds the best texts for a question.
dnqa's stop words and stems are given to those that take words; the others cut dnqa's stop words from the question.
"""

import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dnqa.text.analysis import analyse, terms

if TYPE_CHECKING:
    from dnqa.sources.corpus import Source

_N_SHARDS, _FEWEST_IN_SHARDS = 8, 30_000
"""As `dnqa.index.sharding` has them, by the number of passages."""

Found = list[tuple[int, float]]
"""The best texts for a question: number and score, best first."""


class Engine:
    """A search engine whose index is in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, texts: Sequence[str]) -> None:
        """Write the index; what is needed to show a text belongs to it."""
        raise NotImplementedError

    def open(self) -> None:
        """Open the index for questions."""
        raise NotImplementedError

    def search(self, question: str, depth: int) -> Found:
        """The best texts for a question."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the index that was opened."""


class Texts:
    """Gives texts as the passages of one source, each of which is made when it is wanted."""

    def __init__(self, texts: Sequence[str], first: int) -> None:
        self._texts, self._first = texts, first

    def __call__(self) -> "Iterator[Source]":
        """The source."""
        from dnqa.records import Document, Passage, identify
        from dnqa.sources.corpus import Source
        from dnqa.sources.sidecar import Sidecar

        passages = tuple(
            Passage(identify(text), text, (), "", (), row + 1, row, row + 1) for row, text in enumerate(self._texts)
        )
        yield Source("", Path(f"{self._first:08}"), "", "", Sidecar(), Document(passages))


class Dnqa(Engine):
    """dnqa's own ranking by words, without synonyms and spelling."""

    def build(self, texts: Sequence[str]) -> None:
        from dnqa.index.assembling import write_root
        from dnqa.index.building import build_index
        from dnqa.index.counting import round_length
        from dnqa.index.sharding import Task, Weighing, count_shard, weigh_shard
        from dnqa.index.store import open_store
        from dnqa.index.workers import run_on_all
        from dnqa.sources.knowledge import WrittenKnowledge
        from dnqa.sources.synonyms import SynonymList

        nothing = WrittenKnowledge(SynonymList({}))
        if len(texts) < _FEWEST_IN_SHARDS:
            with (self.folder / "index").open("xb") as file:
                build_index(file, Texts(texts, 0)(), nothing, header={})
            return
        size = -(-len(texts) // _N_SHARDS)
        tasks = [
            Task(self.folder / f"{start:08}.shard", Texts(texts[start : start + size], start))
            for start in range(0, len(texts), size)
        ]
        counted = list(run_on_all(count_shard, tasks))
        mean_length = round_length(sum(one.n_terms for one in counted), sum(one.n_passages for one in counted))
        headers = ({"state": one.file.name, "made_of": one.made_of, "unread": []} for one in counted)
        weighings = [Weighing(one.file, mean_length, header) for one, header in zip(counted, headers, strict=True)]
        stores = [open_store(file) for file in run_on_all(weigh_shard, weighings)]
        with (self.folder / "index").open("xb") as file:
            write_root(file, stores, nothing, None, {})
        for left in self.folder.glob("*.counts"):
            left.unlink()

    def open(self) -> None:
        from dnqa.asking.query import make_query
        from dnqa.asking.ranking import rank
        from dnqa.index import open_index
        from dnqa.sources.synonyms import Synonyms

        self._index = open_index(self.folder / "index")
        self._make_query, self._rank, self._synonyms = make_query, rank, Synonyms(lambda _: ())

    def search(self, question: str, depth: int) -> Found:
        query = self._make_query(question, None, self._synonyms)
        return [(found.row, found.support) for found in self._rank(self._index, query, depth=depth).candidates]


class ScikitLearn(Engine):
    """scikit-learn's TF-IDF and cosine as they come, pickled; the matrix transposed once."""

    def build(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer()
        matrix = vectorizer.fit_transform(texts).T.tocsr()
        with (self.folder / "index").open("xb") as file:
            pickle.dump((vectorizer, matrix, texts), file, protocol=5)

    def open(self) -> None:
        with (self.folder / "index").open("rb") as file:
            self._vectorizer, self._matrix, _ = pickle.load(file)

    def search(self, question: str, depth: int) -> Found:
        scores = self._vectorizer.transform([question]) @ self._matrix
        return _best(scores.indices, scores.data, depth)


class Bm25s(Engine):
    """bm25s, memory-mapped, its scores by numpy."""

    backend = "numpy"

    def build(self, texts: Sequence[str]) -> None:
        import bm25s

        engine = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend=self.backend)
        engine.index([terms(text) or [""] for text in texts], show_progress=False)
        engine.save(self.folder, corpus=[{"text": text} for text in texts], show_progress=False)

    def open(self) -> None:
        import bm25s

        self._engine = bm25s.BM25.load(self.folder, mmap=True)

    def search(self, question: str, depth: int) -> Found:
        tokens = [terms(question) or [""]]
        depth = min(depth, self._engine.scores["num_docs"])
        rows, scores = self._engine.retrieve(tokens, k=depth, show_progress=False, n_threads=1)
        return [(row, score) for row, score in zip(rows[0].tolist(), scores[0].tolist(), strict=True) if score > 0]


class Bm25sNumba(Bm25s):
    """bm25s, compiled by numba."""

    backend = "numba"

    def open(self) -> None:
        super().open()
        self._engine.backend = self.backend
        self._engine.activate_numba_scorer()


class Sqlite(Engine):
    """SQLite FTS5 with its porter tokenizer."""

    def build(self, texts: Sequence[str]) -> None:
        with closing(sqlite3.connect(self.folder / "index")) as database, database:
            database.execute("create virtual table texts using fts5(text, tokenize='porter')")
            database.executemany("insert into texts (rowid, text) values (?, ?)", enumerate(texts))

    def open(self) -> None:
        self._database = sqlite3.connect(self.folder / "index")

    def search(self, question: str, depth: int) -> Found:
        words = _content_words(question)
        if not words:
            return []
        statement = "select rowid, -rank from texts where text match ? order by rank limit ?"
        return self._database.execute(statement, (" OR ".join(f'"{word}"' for word in words), depth)).fetchall()

    def close(self) -> None:
        self._database.close()


class Tantivy(Engine):
    """tantivy with its English stemmer."""

    def build(self, texts: Sequence[str]) -> None:
        writer = self._index().writer(200_000_000)
        import tantivy

        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, text=[text]))
        writer.commit()
        writer.wait_merging_threads()

    def _index(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True)
        builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
        return tantivy.Index(builder.build(), path=str(self.folder))

    def open(self) -> None:
        self._opened = self._index()
        self._searcher = self._opened.searcher()

    def search(self, question: str, depth: int) -> Found:
        query, _ = self._opened.parse_query_lenient(" ".join(_content_words(question)), ["text"])
        hits = self._searcher.search(query, depth).hits
        return [(self._searcher.doc(address)["number"][0], score) for score, address in hits]


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "dnqa": Dnqa,
    "scikit-learn": ScikitLearn,
    "bm25s": Bm25s,
    "bm25s numba": Bm25sNumba,
    "SQLite FTS5": Sqlite,
    "tantivy": Tantivy,
}


def _content_words(text: str) -> list[str]:
    return [token.word for token in analyse(text) if token.term and token.word.isalnum()]


def _best(rows: Any, scores: Any, depth: int) -> Found:
    import numpy as np

    if len(rows) > depth:
        likely = np.argpartition(-scores, depth)[:depth]
        rows, scores = rows[likely], scores[likely]
    order = np.lexsort((rows, -scores))
    return list(zip(rows[order].tolist(), scores[order].tolist(), strict=True))
