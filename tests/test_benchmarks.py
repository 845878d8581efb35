"""What the benchmarks compute."""

import json
from pathlib import Path

import numpy as np
import pytest

import dnqa
from dnqa.asking.evaluation import LabelledQuestion
from tests.benchmarks.collections import bootstrap, rank_with, read_collection
from tests.benchmarks.engines import main as measure_engines
from tests.benchmarks.generated import make_passages, make_questions
from tests.benchmarks.understanding import build_variants, is_first_right

N_WORDS = 20_000  # instead of a million, which take seconds to make up


def test_each_part_adds_to_the_one_before() -> None:
    """The last variant knows a misspelt everyday question that the first does not."""
    library = dnqa.load()
    right = frozenset(passage.id for passage in library.passages if "control inflammation" in passage.text)
    question = LabelledQuestion("does it help with sweling?", "lay", right)
    variants = build_variants(library)
    assert not is_first_right(variants["analyser"], question)
    assert is_first_right(variants["+ known questions"], question)


def test_engines_rank_a_collection(tmp_path: Path) -> None:
    """The document with the question's words comes first, with every engine that is always there."""
    rows = [{"_id": "a", "title": "Heat", "text": "for muscles"}, {"_id": "b", "title": "", "text": "cold water"}]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "warm muscles"}', encoding="utf-8")
    (tmp_path / "qrels" / "test.tsv").write_text("q\td\ts\n1\ta\t1\n", encoding="utf-8")
    collection = read_collection(tmp_path)
    for name in ("dnqa", "scikit-learn", "SQLite FTS5"):
        assert next(iter(rank_with(name, collection)["1"])) == "a"


def test_the_bootstrap_brackets_the_mean() -> None:
    """The interval of a constant difference is that difference."""
    gain, low, high = bootstrap([np.full(20, 0.5)])
    assert gain == low == high == 0.5


def test_generated_passages_are_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many of so many words, and questions whose words one of them has."""
    monkeypatch.setattr("tests.benchmarks.generated.N_WORDS", N_WORDS)
    passages = list(make_passages(50))
    assert passages == list(make_passages(50))
    assert {len(passage.split()) for passage in passages} == {25}
    for question in make_questions(passages, 10):
        assert any(set(question.split()) <= set(passage.split()) for passage in passages)


def test_engines_are_measured_in_processes_of_their_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A small run prints a row for each engine that is there."""
    monkeypatch.setattr("tests.benchmarks.generated.N_WORDS", N_WORDS)
    measure_engines(["--generated", "60", "--engines", "dnqa", "SQLite FTS5"])
    rows = [line.split()[0] for line in capsys.readouterr().out.split("\n") if line]
    assert rows[-2:] == ["dnqa", "SQLite"]
