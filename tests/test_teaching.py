"""Teaching many questions, reviewing what is known, and finding what is worth teaching."""

import datetime
import errno
import json
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

import dnqa
from dnqa.errors import UsageError
from dnqa.sources.known_questions import append_records, read_questions
from dnqa.sources.synonyms import list_off
from dnqa.teaching import describe_affected, own_synonyms, read_lessons, take_back, teach, teach_all
from dnqa.teaching.gaps import count_refused, find_untaught
from dnqa.teaching.general import list_general, switch
from dnqa.teaching.review import Reviewer, list_unreviewed
from dnqa.text.files import hold
from tests.conftest import Run

Write = Callable[[dict[str, str]], Path]

SHEET = "Keep the wound dry for 3 days [1]. The car park is behind the clinic [2].\n"
SYNONYMS = "# ours\ncut, gash => wound\nwet => dry\n"


@pytest.fixture
def folder(write_corpus: Write) -> Path:
    """A corpus of one's own, with two synonyms and two known questions, one of them reviewed."""
    known = [
        {"question": "is there a lift?", "passages": [], "reviewed": True},
        {"question": "is it far?", "passages": []},
    ]
    lines = "".join(json.dumps(record) + "\n" for record in known)
    return write_corpus({"a.txt": SHEET, "synonyms.txt": SYNONYMS, "questions.jsonl": lines})


def read_known(folder: Path) -> list[dict[str, object]]:
    """The lines of the known questions; a dropped one is left out."""
    return [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").split("\n") if line]


def test_many_questions_come_from_a_table(folder: Path, tmp_path: Path) -> None:
    """With a passage, with several, with none; and none is added if one of them cannot be."""
    library = dnqa.load(folder)
    dry, car = (passage.id for passage in library.passages)
    table = tmp_path / "many.csv"
    table.write_text(f'question,passage\n"may I, well, swim?",{dry}\nboth?,{car} {dry}\nprice?,none\n', "utf-8")
    teach_all(library, read_lessons(table))
    assert [[found["id"] for found in record["passages"]] for record in read_known(folder)[2:]] == [  # type: ignore[attr-defined]
        [dry],
        [car, dry],
        [],
    ]
    before = (folder / "questions.jsonl").read_bytes()
    table.write_text(f"question,passage\na new one,{dry}\nIs it far,none\n", "utf-8")
    with pytest.raises(UsageError, match="known already"):
        teach_all(dnqa.load(folder), read_lessons(table))
    assert (folder / "questions.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("question,passage\nswim?,\n", "no question with a passage"),
        ("question,passage\n,p1\n", "line 2: a passage without a question"),
        ("ask,answer\nswim?,p1\n", 'name the columns "question" and "passage"'),
        ("question,passage\n", "no question with a passage"),
        ("", "name the columns"),
    ],
)
def test_a_table_that_is_none_is_named(tmp_path: Path, written: str, says: str) -> None:
    """With its line; an empty cell is not taken for "no answer", its row is left out."""
    table = tmp_path / "many.csv"
    table.write_text(written, "utf-8")
    with pytest.raises(UsageError, match=says):
        read_lessons(table)


def test_a_review_writes_who_and_when(folder: Path) -> None:
    """What was agreed to is asked no more, and the rest of the files stays as it was."""
    library = dnqa.load(folder)
    reviewer = Reviewer("K. Mehta", lambda: datetime.date(2026, 11, 29))
    question, gash, wet = list_unreviewed(library)
    assert (question.text, gash.text, wet.text) == ("is it far?", "cut, gash => wound", "wet => dry")
    reviewer.answer_by(question, (library.passages[1],))
    reviewer.keep(gash)
    reviewer.drop(wet)
    assert list_unreviewed(dnqa.load(folder)) == []
    changed = read_known(folder)[1]
    assert (changed["reviewed_by"], changed["reviewed_on"]) == ("K. Mehta", "2026-11-29")
    assert dnqa.load(folder).ask("is it far?").passages[0].citations == (2,)
    assert (folder / "synonyms.txt").read_text("utf-8") == (
        "# ours\n# reviewed 2026-11-29 by K. Mehta\ncut, gash => wound\n\n"
    )


def test_a_review_does_not_write_over_what_was_changed_meanwhile(folder: Path) -> None:
    """Nor what is no synonym."""
    reviewer = Reviewer("K")
    _, gash, wet = list_unreviewed(dnqa.load(folder))
    with pytest.raises(UsageError, match='write "a, b => c"'):
        reviewer.reword(gash, "gash =>")
    (folder / "synonyms.txt").write_text(SYNONYMS.replace("wet", "damp"), "utf-8")
    with pytest.raises(UsageError, match="changed meanwhile"):
        reviewer.keep(wet)


def test_a_lost_passage_is_named_and_one_that_moved_is_found(folder: Path) -> None:
    """By its first words, as an answer finds it; a question whose passage is lost is not one without an answer."""
    named = [{"id": "p00000000", "opens": opens} for opens in ("The car park is", "Gone are")]
    lines = "".join(
        json.dumps({"question": question, "passages": [name]}) + "\n"
        for question, name in zip(("cars?", "what is gone?"), named, strict=True)
    )
    (folder / "questions.jsonl").write_text(lines, "utf-8")
    found, lost, *_ = list_unreviewed(dnqa.load(folder))
    assert [passage.text for passage in found.passages] == ["The car park is behind the clinic."]
    assert found.lost == ()
    assert (lost.passages, lost.lost) == ((), ("Gone are",))


def test_a_lesson_is_taken_back(folder: Path) -> None:
    """The file is as it was then, whatever was written behind it; a line that was changed since stays."""
    path = folder / "questions.jsonl"
    before = path.read_bytes()
    taught = teach(dnqa.load(folder), "price?", [])
    teach(dnqa.load(folder), "pets?", [])
    take_back(taught)
    assert [record["question"] for record in read_known(folder)] == ["is there a lift?", "is it far?", "pets?"]
    with pytest.raises(UsageError, match=r"“price\?” was changed in questions.jsonl"):
        take_back(taught)
    assert path.read_bytes().startswith(before)


def test_a_lesson_is_not_taken_back_when_the_disk_is_full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is the old one, and nothing lies beside it."""
    taught = teach(dnqa.load(folder), "price?", [])
    before = (folder / "questions.jsonl").read_bytes()

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="No space"):
        take_back(taught)
    assert (folder / "questions.jsonl").read_bytes() == before
    assert not list(folder.glob(".dnqa-*"))


@pytest.mark.parametrize(
    ("n", "lines", "last"),
    [
        (0, 1, "Changes nothing about the known questions."),
        (5, 6, "  “q4”"),
        (6, 7, "  and 1 other"),
        (1005, 7, "  and 1,000 others"),
    ],
)
def test_what_a_lesson_may_change_is_said_in_few_lines(n: int, lines: int, last: str) -> None:
    """The first five are named, the others counted."""
    said = describe_affected([f"q{number}" for number in range(n)])
    assert (len(said), said[-1]) == (lines, last)


OWN = "# ours\r\n# reviewed 2026-01-02 by K\r\ncut, gash => wound\r\n  wet  =>  dry\r\n\r\noff: x, y\r\n# end"


@pytest.mark.parametrize(
    ("place", "typed", "written"),
    [
        pytest.param(1, "damp => dry", OWN.replace("  wet  =>  dry", "damp => dry"), id="change"),
        pytest.param(1, "wet => dry", OWN, id="the same"),
        pytest.param(1, " ", OWN.replace("  wet  =>  dry\r\n", ""), id="drop"),
        pytest.param(
            0,
            "cut => wound",
            OWN.replace("# reviewed 2026-01-02 by K\r\ncut, gash => wound", "cut => wound"),
            id="change what was reviewed",
        ),
        pytest.param(
            0, "", OWN.replace("# reviewed 2026-01-02 by K\r\ncut, gash => wound\r\n", ""), id="drop what was reviewed"
        ),
    ],
)
def test_an_own_synonym_is_changed(folder: Path, place: int, typed: str, written: str) -> None:
    """Comments, line ends and other lines stay; nobody has agreed to a line that reads otherwise."""
    path = folder / "synonyms.txt"
    path.write_bytes(OWN.encode())
    own = own_synonyms.list_own(folder)
    assert [(found.text, found.is_reviewed) for found in own] == [("cut, gash => wound", True), ("wet => dry", False)]
    own_synonyms.change(dnqa.load(folder), own[place], typed)
    assert path.read_bytes().decode() == written


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, "sore => pain\n"), ("a, b", "a, b\nsore => pain\n"), ("a, b\r\n", "a, b\r\nsore => pain\r\n")],
)
def test_a_synonym_is_added_behind_the_others(folder: Path, before: str | None, after: str) -> None:
    """On a line of its own, with the ends of the others; into a new file if there is none."""
    path = folder / "synonyms.txt"
    path.unlink()
    if before:
        path.write_bytes(before.encode())
    own_synonyms.add(dnqa.load(folder), "  sore  =>\tpain ")
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize("typed", ["", "alone", "a =>", "# a, b", "off: a, b", "a, ?!"])
def test_what_is_no_synonym_is_not_written(folder: Path, typed: str) -> None:
    """A comment neither, though its line could be read; nor anything into a corpus that is not one's own."""
    library = dnqa.load(folder)
    before = (folder / "synonyms.txt").read_bytes()
    with pytest.raises(UsageError):
        own_synonyms.add(library, typed)
    assert (folder / "synonyms.txt").read_bytes() == before
    with pytest.raises(UsageError, match="never written to"):
        own_synonyms.add(dnqa.load(), "sore => pain")


def test_a_synonym_that_was_changed_meanwhile_is_left_alone(folder: Path) -> None:
    """One that only moved is still found."""
    path = folder / "synonyms.txt"
    library = dnqa.load(folder)
    gash, wet = own_synonyms.list_own(folder)
    path.write_text("# new\n" + SYNONYMS.replace("wet", "damp"), "utf-8")
    with pytest.raises(UsageError, match="changed meanwhile"):
        own_synonyms.change(library, wet, "")
    own_synonyms.change(library, gash, "gash => wound")
    assert path.read_text("utf-8") == "# new\n# ours\ngash => wound\ndamp => dry\n"


def test_what_is_worth_teaching(folder: Path, tmp_path: Path) -> None:
    """Passages that no known question reaches, and what was refused, the most frequent first, once answered no more."""
    library = dnqa.load(folder)
    assert find_untaught(library) == list(library.passages)
    refused = tmp_path / "refused.txt"
    refused.write_text("where do I pay\nis there a creche?\nIs there a creche\nkeep the wound dry?\n", "utf-8")
    assert [(found.question, found.times) for found in count_refused(library, refused)] == [
        ("is there a creche?", 2),
        ("where do I pay", 1),
    ]


def test_a_general_synonym_is_switched_off_for_a_corpus(folder: Path) -> None:
    """By a line in its synonyms file, which it takes effect by; and on again, with the file as it was."""
    before = (folder / "synonyms.txt").read_text("utf-8")
    number = next(line.number for line in list_general(folder) if line.text.startswith("physiotherapy,"))
    off = switch(dnqa.load(folder), number, on=False)
    assert list_off(folder / "synonyms.txt") == {off.text}
    assert not list_general(folder)[number - 1].is_on
    phrase = ("physiotherapi",)
    assert phrase in dnqa.load().knowledge.synonyms.alternatives
    assert phrase not in dnqa.load(folder).knowledge.synonyms.alternatives
    switch(dnqa.load(folder), number, on=True)
    assert (folder / "synonyms.txt").read_text("utf-8") == before


def test_the_commands_teach_review_and_suggest(run: Run, folder: Path, tmp_path: Path) -> None:
    """A table that `suggest` wrote can be taught, and a review goes on until it is told to quit."""
    refused = tmp_path / "refused.txt"
    refused.write_text("does the wound need codeine to keep dry?\n", "utf-8")
    corpus = ("--corpus", str(folder))
    table = tmp_path / "table.csv"
    suggested = run("suggest", *corpus, "--unanswered", str(refused), "--csv").stdout
    assert run("teach", *corpus, str(refused.with_name("empty.csv"))).returncode == 2
    table.write_bytes(suggested.replace(b"dry?,,", b"dry?,none,"))
    assert run("teach", *corpus, str(table)).returncode == 0
    done = run("review", *corpus, "--by", "K", stdin=b"what\nk\nr\nhow far is it?\nq\n")
    assert done.returncode == 0
    assert b"what was decided is saved" in done.stdout
    assert sum(record.get("reviewed_by") == "K" for record in read_known(folder)) == 2
    assert b"off" not in run("synonyms", *corpus).stdout[:40]
    assert run("teach", *corpus, "which?").returncode == 2
    for command in ("review", "suggest", "synonyms --off 1"):
        shipped = run(*command.split())
        assert shipped.stderr.count(b"\n") <= 1
    assert run("review").returncode == 2


def test_evaluate_draws_and_says_how_far_probabilities_hold(run: Run, folder: Path, tmp_path: Path) -> None:
    """A table of probabilities, and a curve as SVG."""
    questions = tmp_path / "q.jsonl"
    dry = dnqa.load(folder).passages[0].id
    asked = [("keep the wound dry?", [dry]), ("is there a lift?", []), ("who pays?", [])]
    questions.write_text(
        "\n".join(json.dumps({"question": question, "kind": "k", "answers": answers}) for question, answers in asked),
        "utf-8",
    )
    picture = tmp_path / "curve.svg"
    done = run("evaluate", str(questions), "--corpus", str(folder), "--plot", str(picture))
    assert done.returncode == 0
    assert b"probability    n  mean  right" in done.stdout
    assert picture.read_text("utf-8").startswith("<svg")


def append_some(given: tuple[Path, int]) -> None:
    """Add questions one by one, as somebody who teaches does."""
    path, teacher = given
    for number in range(10):
        append_records(path, [{"question": f"{teacher} asks {number}", "passages": []}])


def test_two_who_teach_at_once_lose_nothing(tmp_path: Path) -> None:
    """Nor do four: each waits until the other has written."""
    path = tmp_path / "questions.jsonl"
    with ProcessPoolExecutor(4, multiprocessing.get_context("spawn")) as pool:
        list(pool.map(append_some, [(path, teacher) for teacher in range(4)]))
    asked = {found.question for found in read_questions(path)}
    assert asked == {f"{teacher} asks {number}" for teacher in range(4) for number in range(10)}


def test_a_file_that_somebody_else_is_changing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a line that says so, after a while."""
    path = tmp_path / "questions.jsonl"
    path.write_text("", encoding="utf-8")
    monkeypatch.setattr("dnqa.text.files._PATIENCE", 0)
    with hold(path), pytest.raises(OSError, match="somebody else is changing it"):
        append_records(path, [{"question": "why?", "passages": []}])
    assert path.read_text(encoding="utf-8") == ""
