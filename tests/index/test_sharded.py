"""An index in shards gives what one index of all sources gives, to the last bit."""

import json
import os
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import dnqa
from dnqa.asking.answering import Answerer
from dnqa.index import Index
from dnqa.index.saving import Way, build, build_ahead
from dnqa.index.sharded import ShardedIndex
from dnqa.index.sharding import Reading, Task, choose_shard, count_shard
from dnqa.index.workers import run_here, run_on_all
from dnqa.rendering import answer_record, to_json

WORDS = (
    "needle muscle pain swelling knee shoulder rest ice heat walk run sleep dose tablet week day nerve bruise dressing "
    "exercise physiotherapist appointment inflammation acetylcholine serotonin stretch stairs crutch bandage shower"
).split()
N_DOCUMENTS = 40


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Some dozens of small documents, with sentences that several have, known questions and synonyms."""
    rng = random.Random(3)
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(N_DOCUMENTS):
        lines = [f"# {rng.choice(WORDS).title()} after {rng.choice(WORDS)}", ""]
        for _ in range(rng.randint(2, 7)):
            sentence = " ".join(rng.choices(WORDS, k=rng.randint(4, 12))).capitalize()
            lines += [f"{sentence} [{rng.randint(1, 9)}].", ""]
        lines += ["Ask the physiotherapist before you run again [3].", ""] * (number % 7 == 0)
        (folder / f"sheet{number:02}.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sheet05.toml").write_text('handoff = "Ask the desk"\n', encoding="utf-8")
    (folder / "synonyms.txt").write_text("puffiness => swelling\nphysio => physiotherapist\n", encoding="utf-8")
    first = dnqa.load(folder, saved=False).passages
    taught = {"question": "may I jog already?", "passages": [{"id": first[9].id, "opens": first[9].text[:20]}]}
    refused = {"question": "is parking free?", "passages": []}
    lines = [json.dumps(record | {"added": "2026-01-01", "reviewed": True}) for record in (taught, refused)]
    (folder / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def share_out(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes every index of so many shards."""

    def choose(n_shards: int) -> None:
        monkeypatch.setattr("dnqa.index.saving.is_large", lambda _: True)
        monkeypatch.setattr("dnqa.index.assembling.choose_n_shards", lambda _: n_shards)

    return choose


def list_questions(index: Index) -> Iterator[str]:
    """Questions of all kinds: pieces of passages, misspelt ones, numbers, headings, and some that nothing answers."""
    rng = random.Random(4)
    passages = list(index.passages())
    for passage in rng.sample(passages, 40):
        words = passage.text.split()
        start = rng.randrange(len(words))
        yield " ".join(words[start : start + 5])
        yield " ".join(rng.sample(words, 3))
        yield " ".join(words[:4]).replace("l", "", 1)
    yield from ("[4]", "3", "list " + passages[0].section, passages[12].section, "is there puffiness in the knee?")
    yield from ("may I jog already?", "can I jog?", "is parking free?", "xylophone lessons", "physio before running")


def ask_all(index: Index) -> list[str]:
    """Everything that is answered, as JSON."""
    answerer = Answerer(index)
    return [to_json(answer_record(answerer.ask(question, top=5))) for question in list_questions(index)]


@pytest.mark.parametrize("n_shards", [1, 2, 5, 16])
def test_shards_answer_as_one_index_does(corpus: Path, share_out: Callable[[int], None], n_shards: int) -> None:
    """The same passages with the same ids, scores, order, readings and refusals, however many shards there are."""
    whole = build(corpus, None)
    share_out(n_shards)
    sharded = dnqa.load(corpus).index
    assert isinstance(sharded, ShardedIndex)
    assert list(sharded.passages()) == list(whole.passages())
    assert len({passage.id for passage in sharded.passages()}) == sharded.n_passages
    assert ask_all(sharded) == ask_all(whole)
    assert (sharded.handoff, sharded.cited, sharded.references) == (whole.handoff, whole.cited, whole.references)


def read_shards(index: Index) -> dict[str, bytes]:
    """The bytes of the files of an index, by what they are of."""
    assert index.path
    files = [index.path, *(index.path.parent / name for name, _ in index.store.header["shards"])]
    return {file.name.partition("-")[0]: file.read_bytes() for file in files[1:]}


def test_processes_build_the_same_bytes(corpus: Path, share_out: Callable[[int], None], tmp_path: Path) -> None:
    """However many of them build."""
    share_out(5)
    written = []
    for name, run in (("one", run_here), ("many", run_on_all)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DNQA_CACHE", str(tmp_path / name))
            patch.setattr("dnqa.index.workers.count_processors", lambda: 2)
            written.append(read_shards(build_ahead(corpus, Way(run))[0]))
    assert written[0] == written[1]


def test_one_changed_document_costs_one_shard(corpus: Path, share_out: Callable[[int], None]) -> None:
    """The others are used as they are, and the answers are those of an index that is new."""
    share_out(8)
    before = read_shards(build_ahead(corpus)[0])
    (corpus / "sheet07.md").write_text("# Knee\n\nThe knee may click for a month [2].\n", encoding="utf-8")
    tasks: list[Any] = []

    def run(function: Callable[[Any], Any], given: Sequence[Any]) -> Iterator[Any]:
        tasks.extend(task for task in given if isinstance(task, Task))
        return run_here(function, given)

    index, is_new = build_ahead(corpus, Way(run))
    assert is_new
    assert [[path.name for path in task.read.paths if path.name == "sheet07.md"] for task in tasks] == [["sheet07.md"]]
    assert len(before.keys() & read_shards(index).keys()) == len(before) - 1
    assert ask_all(index) == ask_all(build(corpus, None))


def test_another_mean_length_weighs_all_shards_anew(corpus: Path, share_out: Callable[[int], None]) -> None:
    """Since every score depends on it."""
    share_out(4)
    build_ahead(corpus)
    long = " ".join(WORDS * 30).capitalize()
    (corpus / "sheet07.md").write_text("\n\n".join(f"{long} {n} [1]." for n in range(20)), encoding="utf-8")
    index, _ = build_ahead(corpus)
    assert ask_all(index) == ask_all(build(corpus, None))


def kill_once(task: Task) -> Any:
    """Count a shard, but let the process be killed the first time."""
    assert isinstance(task.read, Reading)
    mark = task.read.corpus.parent / "killed"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return count_shard(task)


def test_what_a_killed_process_had_begun_is_done_again(
    corpus: Path, share_out: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is missing in the end."""
    share_out(4)
    monkeypatch.setattr("dnqa.index.assembling.count_shard", kill_once)
    monkeypatch.setattr("dnqa.index.workers.count_processors", lambda: 2)
    index, _ = build_ahead(corpus, Way(run_on_all))
    assert (corpus.parent / "killed").exists()
    assert ask_all(index) == ask_all(build(corpus, None))


@pytest.mark.parametrize("harm", ["removed", "cut off", "of another index"])
def test_a_shard_that_is_not_right_is_built_again(corpus: Path, share_out: Callable[[int], None], harm: str) -> None:
    """It is never taken for the right one."""
    share_out(4)
    path = build_ahead(corpus)[0].path
    assert path
    shards = sorted(path.parent.glob("*.shard"))
    if harm == "removed":
        shards[0].unlink()
    elif harm == "cut off":
        shards[0].write_bytes(shards[0].read_bytes()[:-100])
    else:
        shards[0].write_bytes(shards[1].read_bytes())
    assert ask_all(dnqa.load(corpus).index) == ask_all(build(corpus, None))


def test_what_cannot_be_read_is_told_and_tried_again(corpus: Path, share_out: Callable[[int], None]) -> None:
    """As with one index: the others are asked meanwhile."""
    share_out(4)
    (corpus / "sheet11.md").write_bytes(b"\xff\xfe\x00")
    said: list[str] = []
    index, _ = build_ahead(corpus, Way(report=said.append))
    assert "sheet11.md" in said[0]
    assert [name for name, _, _ in index.unread] == ["sheet11.md"]
    (corpus / "sheet11.md").write_text("Crutches are lent at the desk [1].\n", encoding="utf-8")
    index, is_new = build_ahead(corpus)
    assert is_new
    assert not index.unread
    assert ask_all(index) == ask_all(build(corpus, None))


def test_many_questions_are_answered_as_one_by_one(corpus: Path, share_out: Callable[[int], None]) -> None:
    """Each shard gets ready for them, too."""
    share_out(4)
    library = dnqa.load(corpus)
    questions = list(list_questions(library.index))
    expected = [to_json(answer_record(library.ask(question))) for question in questions]
    assert [to_json(answer_record(answer)) for answer in dnqa.load(corpus).ask_all(questions)] == expected


def test_a_shard_of_which_nothing_can_be_read_is_left_out(corpus: Path, share_out: Callable[[int], None]) -> None:
    """And its sources are told."""
    share_out(4)
    empty = [path.name for path in sorted(corpus.glob("*.md")) if choose_shard(path.name, 4) == 0]
    for name in empty:
        (corpus / name).write_text("", encoding="utf-8")
    index, _ = build_ahead(corpus)
    assert len(index.store.header["shards"]) == 3
    assert [name for name, _, _ in index.unread] == empty
    assert ask_all(index) == ask_all(build(corpus, None))
