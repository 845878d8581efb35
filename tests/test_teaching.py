"""Teaching many questions, reviewing what is known, and finding what is worth teaching."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import dnqa
from dnqa.errors import UsageError
from dnqa.sources.synonyms import list_off
from dnqa.teaching import read_lessons, teach_all
from dnqa.teaching.gaps import count_refused, find_untaught
from dnqa.teaching.general import list_general, switch
from dnqa.teaching.review import Reviewer, list_unreviewed
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
