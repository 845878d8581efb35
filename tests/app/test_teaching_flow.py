"""From a refusal to a lesson, and back."""

import json
from pathlib import Path

import pytest

import dnqa
from dnqa.app.app import DeskApp
from dnqa.app.widgets.line_input import LineInput
from dnqa.sources.folder import shipped_path
from dnqa.teaching import Lesson, teach_all
from tests.app.driving import SIZES, drive, open_desk, own_corpus
from tests.app.test_scenes import find_faint

REFUSED = "is parking free?"
UNKNOWN = "can children have dry needling?"


def test_a_refused_question_is_taught(tmp_path: Path) -> None:
    """F7 lists the passages; the chosen one is confirmed, stored, and answers the question at once."""

    async def scenario() -> None:
        library = own_corpus(tmp_path)
        async with open_desk(library) as desk:
            await desk.ask("is it normal to look purple?")
            assert "∅ Not in this source." in desk.text
            assert "Ask the therapist" in desk.text
            assert "F7 Teach" in desk.text
            await desk.press("f7")
            await desk.type("bruise")
            await desk.press("enter")
            assert "Add this question?" in desk.text
            assert not (tmp_path / "corpus" / "questions.jsonl").exists()
            await desk.press("enter")
            record = json.loads((tmp_path / "corpus" / "questions.jsonl").read_text(encoding="utf-8"))
            assert record["question"] == "is it normal to look purple?"
            assert record["reviewed"] is False
            assert [p["opens"] for p in record["passages"]] == ["A bruise may show for a few days."]
            await desk.ask("is it normal to look purple?")
            assert "A bruise may show for a few days. [1]" in desk.text
            assert "nobody has reviewed yet" in desk.text

    drive(scenario)


def test_teaching_can_be_turned_back_from(tmp_path: Path) -> None:
    """Esc at the confirmation and in the list stores nothing."""

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask(REFUSED)
            await desk.press("f7", "enter")
            assert "Add this question?" in desk.text
            await desk.press("escape", "escape")
            assert not (tmp_path / "corpus" / "questions.jsonl").exists()
            assert "› is parking free?" in desk.text

    drive(scenario)


def test_the_shipped_corpus_is_copied_and_the_copy_taught(tmp_path: Path) -> None:
    """F7 offers to copy it; the copy is asked from then on, and the lesson for the same question opens there."""
    mine = tmp_path / "mine"

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(UNKNOWN)
            assert "F7 Teach" in desk.text
            await desk.press("f7", "ctrl+u")
            await desk.paste(str(mine))
            await desk.press("enter")
            assert desk.app.screen.query_one("#lesson", LineInput).value == UNKNOWN
            await desk.press("enter")
            await desk.press("enter")
            assert [answer.question for answer in desk.session.answers] == [UNKNOWN]
            assert f"› {UNKNOWN}" in desk.text
            assert "· in mine ·" in desk.lines[0]
            assert f"“dnqa --corpus {mine}” opens this copy" in desk.unwrapped
            assert "Added to questions.jsonl, not yet reviewed; /undo takes it back" in desk.unwrapped
            assert json.loads(read_last(mine / "questions.jsonl"))["question"] == UNKNOWN
            await desk.ask("/undo")
            assert (mine / "questions.jsonl").read_bytes() == (shipped_path() / "questions.jsonl").read_bytes()

    drive(scenario)


def read_last(path: Path) -> str:
    """The last line of a file."""
    return path.read_text(encoding="utf-8").splitlines()[-1]


def test_a_copy_needs_a_new_folder(tmp_path: Path) -> None:
    """One that is there is refused in the prompt, which says what to do; Esc leaves everything as it was."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(REFUSED)
            await desk.press("f7", "ctrl+u")
            await desk.paste(str(tmp_path))
            await desk.press("enter")
            assert "is there already; open it with --corpus, or name a new folder" in desk.text
            await desk.press("escape")
            assert desk.session.is_shipped
            assert list(tmp_path.iterdir()) == []

    drive(scenario)


@pytest.mark.parametrize("line", ["/review", "/add", "/refused"])
def test_what_writes_is_done_in_a_copy(tmp_path: Path, line: str) -> None:
    """Reviewing, adding and teaching what was refused offer the copy, too, and go on there."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(REFUSED)
            await desk.ask(line)
            if line == "/refused":
                await desk.press("enter")
            assert "Copy this corpus" in desk.text
            await desk.press("ctrl+u")
            await desk.paste(str(tmp_path / "mine"))
            await desk.press("enter")
            opened = {"/review": "Who reviews?", "/add": "Add a document", "/refused": "Which passage answers it?"}
            assert opened[line] in desk.text

    drive(scenario)


def test_in_the_browser_no_copy_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is not the visitor's; a line says how the corpus is copied, and no key offers to teach."""
    monkeypatch.setattr(DeskApp, "is_web", True)

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(REFUSED)
            assert "Teach" not in desk.text
            await desk.press("f7")
            assert "dnqa init FOLDER" in desk.toasts[-1]
            assert "Teach" not in [command.title for command in desk.app.get_system_commands(desk.app.screen)]

    drive(scenario)


def test_a_single_file_is_not_taught(tmp_path: Path) -> None:
    """A line says what to do instead, and nothing is copied."""
    own_corpus(tmp_path)

    async def scenario() -> None:
        async with open_desk(dnqa.load(tmp_path / "corpus" / "after.md")) as desk:
            await desk.ask(REFUSED)
            await desk.press("f7")
            assert "put it into a folder of its own" in desk.toasts[-1]
            assert len(desk.app.screen_stack) == 1

    drive(scenario)


def test_refusals_are_listed_with_what_comes_closest(tmp_path: Path) -> None:
    """Quoted with its citation below the question; the one that is picked is taught."""

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask(REFUSED)
            await desk.ask("does ice help with codeine?")
            await desk.ask("/refused")
            assert "does ice help with codeine? ≈ Ice helps in the first hours. [2]" in desk.text
            await desk.type("PARK")
            assert "codeine" not in desk.text
            await desk.press("enter")
            assert desk.app.screen.query_one("#lesson", LineInput).value == REFUSED

    drive(scenario)


def test_a_lesson_says_what_else_it_may_change(tmp_path: Path) -> None:
    """Before it is confirmed: the first of the known questions, and how many others; or that there are none."""
    library = own_corpus(tmp_path)
    question = "why is my left arm purple and sore and swollen after a bad fall"
    sport = library.passages[2]
    teach_all(library, [Lesson(f"{question} {end}?", (sport.id,)) for end in "the a to for of it with".split()])

    async def scenario() -> None:
        async with open_desk(dnqa.load(library.path)) as desk:
            await desk.ask("is parking free?")
            await desk.press("f7", "enter")
            assert "Changes nothing about the known questions." in desk.text
            await desk.press("escape", "escape")
            await desk.ask(question)
            await desk.press("f7")
            await desk.type("bruise")
            await desk.press("enter")
            assert f"May change what is answered to other wordings of: “{question} the?”" in desk.text
            assert desk.text.count(f"“{question}") == 5
            assert "and 2 others" in desk.text

    drive(scenario)


def test_a_known_question_is_refused_before_it_is_confirmed(tmp_path: Path) -> None:
    """The dialog stays, so that the question can be worded otherwise."""
    library = own_corpus(tmp_path)
    teach_all(library, [Lesson(REFUSED, ())])

    async def scenario() -> None:
        async with open_desk(dnqa.load(library.path)) as desk:
            await desk.ask(REFUSED)
            await desk.press("f7", "enter")
            assert "is known already" in desk.toasts[-1]
            assert "Add this question?" not in desk.text
            assert desk.app.screen.query_one("#lesson", LineInput).value == REFUSED

    drive(scenario)


def test_what_was_taught_is_taken_back(tmp_path: Path) -> None:
    """The last lesson first, each once; then there is nothing to take back."""
    path = tmp_path / "corpus" / "questions.jsonl"

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask("/undo")
            assert desk.toasts == ["Nothing was taught here that could be taken back."]
            for question in (REFUSED, "is it normal to look purple?"):
                await desk.ask(question)
                await desk.press("f7", "enter")
                await desk.press("enter")
            assert len(path.read_text(encoding="utf-8").splitlines()) == 2
            await desk.ask("/undo")
            assert "Taken back: “is it normal to look purple?”" in desk.unwrapped
            assert json.loads(path.read_text(encoding="utf-8"))["question"] == REFUSED
            await desk.ask("/undo")
            assert path.read_bytes() == b""
            assert "undo" not in [command.title.lower() for command in desk.app.get_system_commands(desk.app.screen)]

    drive(scenario)


def test_what_was_changed_since_is_not_taken_back(tmp_path: Path) -> None:
    """A line says so, and the file stays as it is."""
    path = tmp_path / "corpus" / "questions.jsonl"

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask(REFUSED)
            await desk.press("f7", "enter")
            await desk.press("enter")
            changed = path.read_bytes().replace(b"false", b"true")
            path.write_bytes(changed)
            await desk.ask("/undo")
            assert desk.toasts[-1].startswith("⚠ “is parking free?” was changed in questions.jsonl")
            assert path.read_bytes() == changed

    drive(scenario)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_dialogs_can_be_read(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    """Every row of them at every size, the highlighted one, too, whose ground is another."""

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path), size=size, theme=theme) as desk:
            await desk.ask("does ice help with codeine?")
            await desk.ask("/refused")
            assert find_faint(desk) == []
            await desk.press("enter")
            await desk.type("2")
            assert "Ice helps in the" in desk.text
            assert find_faint(desk) == []
            await desk.press("enter")
            assert "Enter: yes · Esc: no" in desk.text
            assert find_faint(desk) == []
            await desk.press("end")
            assert "Changes nothing" in desk.text

    drive(scenario)
