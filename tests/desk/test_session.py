"""The work of one desk."""

import datetime
from pathlib import Path

import pytest

import dnqa
from dnqa.desk import Session
from dnqa.desk.unanswered import Unanswered
from dnqa.errors import UsageError
from dnqa.records import Status
from dnqa.teaching import copy_shipped
from tests.app.driving import own_corpus, shipped

MORNING = datetime.datetime(2026, 5, 1, 9, 14)


def open_session() -> Session:
    """A session with the shipped corpus, opened at 9:14."""
    return Session(shipped(), clock=lambda: MORNING)


def test_a_session_is_a_conversation() -> None:
    """A turn may lean on the one before; clearing forgets it, the ticks and the answers."""
    session = open_session()
    session.ask("does it help with swelling?")
    passage = session.ask("same reference?").passages[0]
    assert passage.citations == (4,)
    session.tick(passage)
    session.clear()
    assert session.answers == ()
    assert session.ticked == ()
    assert session.ask("same reference?").status is not Status.ANSWERED


def test_what_belongs_to_an_earlier_visit_is_not_remembered() -> None:
    """A question of the patient before, answered late, is neither an answer nor a turn of this visit."""
    session = open_session()
    visit = session.visit
    session.clear()
    assert session.ask_for(visit, "does it help with swelling?") is None
    assert session.answers == ()


def test_ticking_twice_unticks_and_the_order_is_the_source_s() -> None:
    """Ticked passages come in document order, whichever was ticked first."""
    session = open_session()
    first, second = session.library.passages[3], session.library.passages[1]
    assert session.tick(first)
    assert session.tick(second)
    assert list(session.ticked) == [second, first]
    assert not session.tick(first)
    assert list(session.ticked) == [second]


def test_facts_name_version_review_and_state(tmp_path: Path) -> None:
    """The header's facts begin with what identifies the source."""
    session = Session(own_corpus(tmp_path), clock=lambda: MORNING)
    assert session.facts[:2] == ["After care", "version 3"]
    assert session.facts[3:] == ["loaded 2026-05-01 09:14", "3 passages", "citations 1-2"]


def test_signs_show_what_is_switched_on(tmp_path: Path) -> None:
    """Nothing by default; keeping refused questions and the idle time are shown."""
    assert open_session().signs == []
    session = Session(shipped(), unanswered=Unanswered(tmp_path / "kept.txt"), idle_minutes=2.5)
    assert session.signs == ["● keeping refused questions in kept.txt", "◷ 2.5 min"]


def test_saving_needs_something_and_a_place(tmp_path: Path) -> None:
    """Nothing ticked, nothing asked, no such folder: one line each, and no file."""
    session = open_session()
    with pytest.raises(UsageError, match="Tick a passage first"):
        session.save_sheet(tmp_path / "sheet")
    with pytest.raises(UsageError, match="Ask something first"):
        session.save_transcript(tmp_path / "talk")
    session.tick(session.library.passages[0])
    with pytest.raises(UsageError, match="no such folder"):
        session.save_sheet(tmp_path / "none" / "sheet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["sheet", "sheet.txt", "sheet.html", "dr. who's sheet v1.2"])
def test_a_sheet_is_two_files_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    """The suffix of either form, or none, gives both beside each other; a dot in the name stays."""
    session = open_session()
    session.tick(session.library.passages[0])
    stem = name.removesuffix(".txt").removesuffix(".html")
    assert [file.name for file in session.save_sheet(tmp_path / name)] == [f"{stem}.txt", f"{stem}.html"]


def test_teaching_answers_at_once(tmp_path: Path) -> None:
    """What was taught is asked from the corpus that was read again."""
    session = Session(own_corpus(tmp_path), clock=lambda: MORNING)
    question = "is it normal to look purple?"
    assert session.ask(question).status is Status.NOT_IN_SOURCE
    session.teach(question, session.library.passages[:1])
    assert session.ask(question).passages[0].text == "A bruise may show for a few days."


def test_only_a_corpus_of_one_s_own_is_teachable(tmp_path: Path) -> None:
    """The shipped corpus and single files are not."""
    assert not open_session().is_teachable
    library = own_corpus(tmp_path)
    assert Session(library).is_teachable


def test_a_lesson_is_taken_back_and_no_longer_answers(tmp_path: Path) -> None:
    """The last one first, over clearing, too; then there is none."""
    session = Session(own_corpus(tmp_path), clock=lambda: MORNING)
    question = "is it normal to look purple?"
    assert session.find_obstacle("undo")
    session.teach(question, session.library.passages[:1])
    session.clear()
    assert not session.find_obstacle("undo")
    assert session.take_back() == question
    assert session.ask(question).status is Status.NOT_IN_SOURCE
    with pytest.raises(UsageError, match="Nothing was taught"):
        session.take_back()


def test_a_session_moves_to_a_copy(tmp_path: Path) -> None:
    """What is ticked and was asked stays, the facts name the folder, and its files are watched."""
    session = open_session()
    session.ask("does it help with swelling?")
    session.tick(session.library.passages[3])
    assert session.find_obstacle("teach")
    assert not session.find_obstacle("teach", may_copy=True)
    mine = tmp_path / "mine"
    copy_shipped(mine)
    assert session.move_to(mine) == ()
    assert session.facts[:2] == ["Dry Needling Physiology", "in mine"]
    assert len(session.answers) == len(session.ticked) == 1
    assert not session.find_obstacle("teach")
    (mine / "synonyms.txt").unlink()
    assert session.find_changed() == ["synonyms.txt"]


def test_a_session_that_cannot_move_stays(tmp_path: Path) -> None:
    """With the corpus and the facts that it had."""
    session = open_session()
    facts = session.facts
    with pytest.raises(dnqa.CorpusError, match="no source in this folder"):
        session.move_to(tmp_path)
    session.reload()
    assert session.is_shipped
    assert session.facts == facts


def test_a_lesson_that_cannot_be_given_affects_nothing(tmp_path: Path) -> None:
    """It is refused as teaching it would be."""
    session = Session(own_corpus(tmp_path))
    session.teach("how blue?", session.library.passages[:1])
    assert session.find_affected("may I park?", []) == []
    with pytest.raises(UsageError, match="known already"):
        session.find_affected("How blue", [])


def test_reloading_keeps_what_is_still_in_the_source(tmp_path: Path) -> None:
    """A ticked passage that changed or lost its citation is taken off, the others stay."""
    session = Session(own_corpus(tmp_path), clock=lambda: MORNING)
    for passage in session.library.passages:
        session.tick(passage)
    path = tmp_path / "corpus" / "after.md"
    path.write_text(path.read_text(encoding="utf-8").replace("few days [1]", "few days [2]"), encoding="utf-8")
    assert [passage.text for passage in session.reload()] == ["A bruise may show for a few days."]
    assert [passage.text for passage in session.ticked] == [
        "Ice helps in the first hours.",
        "Run again after two days.",
    ]


def test_one_source_is_asked_alone_and_all_again(tmp_path: Path) -> None:
    """With a sign that says so, over a reload too; what is ticked in another source is ticked no more."""
    for name, text in (("ice", "Ice eases pain [4]."), ("rest", "Rest heals a sprain [7].")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    session = Session(dnqa.load(tmp_path))
    session.ask_only("rest")
    assert session.signs == ["only rest.txt"]
    assert session.ask("does ice ease pain?").status is dnqa.Status.NOT_IN_SOURCE
    session.reload()
    assert session.ask("does rest heal a sprain?").passages[0].citations == (7,)
    session.ask_only("")
    assert session.ask("does ice ease pain?").passages[0].citations == (4,)
    with pytest.raises(dnqa.DnqaError, match="no source nose"):
        session.ask_only("nose")


def test_a_document_is_added_and_asked_at_once(tmp_path: Path) -> None:
    """To a corpus of one's own; nothing is left there of a file that cannot be read, and nothing is written over."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "ice.txt").write_text("Ice eases pain [4].", encoding="utf-8")
    new, bad = tmp_path / "rest.txt", tmp_path / "bad.pdf"
    new.write_text("Rest heals a sprain [7].", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7")
    session = Session(dnqa.load(folder))
    assert session.add_document(new).startswith("rest.txt: 1 passage")
    assert session.ask("does rest heal a sprain?").passages[0].citations == (7,)
    for path, says in ((bad, "not a whole PDF"), (new, "there already"), (tmp_path / "x.zip", "no kind of document")):
        with pytest.raises(dnqa.DnqaError, match=says):
            session.add_document(path)
    assert sorted(path.name for path in folder.iterdir()) == ["ice.txt", "rest.txt"]
    with pytest.raises(dnqa.DnqaError):
        open_session().add_document(new)


def test_what_was_refused_is_listed_once() -> None:
    """For as long as the conversation lasts."""
    session = open_session()
    for question in ("is parking free?", "law of denervation?", "is parking free?"):
        session.ask(question)
    assert [answer.question for answer in session.refused] == ["is parking free?"]
    session.clear()
    assert session.refused == ()


def test_what_came_closest_to_a_refusal_is_likely(tmp_path: Path) -> None:
    """It stands before the rest of the corpus, which is complete."""
    session = Session(own_corpus(tmp_path))
    answer = session.ask("does ice help with codeine?")
    likely = session.list_likely(answer)
    assert likely[0] == answer.closest[0].passage
    assert likely == session.list_likely_for("does ice help with codeine?")
    assert set(likely) == set(session.library.passages)


def test_a_part_that_was_refused_can_be_taught_and_is_kept(tmp_path: Path) -> None:
    """Of several questions in a line, each for itself."""
    session = open_session()
    session.keep_unanswered(tmp_path / "unanswered.txt")
    session.ask("what is a trigger point? is parking free?")
    assert [answer.question for answer in session.refused] == ["is parking free?"]
    assert (tmp_path / "unanswered.txt").read_text(encoding="utf-8") == "is parking free?\n"
