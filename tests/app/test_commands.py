"""What the commands do."""

import asyncio
import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from textual.events import Key, Paste

from dnqa.app import app as app_module
from dnqa.app import copying
from dnqa.app.widgets.line_input import LineInput
from dnqa.desk import Session
from dnqa.desk import session as session_module
from dnqa.desk.clipboard import Tool
from dnqa.desk.printing import Printer
from dnqa.desk.unanswered import Unanswered
from dnqa.errors import UsageError
from tests.app.driving import MORNING, Desk, drive, open_desk, own_corpus, shipped

ANSWERED = "does it help with sweling?"
REFUSED = "is parking free?"
COPIED = """\
Dry needling also triggers the systems that control inflammation and decrease pain. [4]
Inflammation Effects
Dry Needling Physiology · sha 57beb21f · loaded 2026-05-01 09:14"""


def test_copy_is_honest_about_the_terminal() -> None:
    """Without a tool the text goes to the terminal, with citation, heading and source, and the message says so."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f4")
            assert desk.app.clipboard == COPIED
            assert "Sent [4] to the terminal to copy. It does not say whether it did: try to paste." in desk.toasts

    drive(scenario)


@pytest.mark.parametrize("works", [True, False])
def test_copy_uses_the_tool_of_the_system(monkeypatch: pytest.MonkeyPatch, works: bool) -> None:
    """A tool that took the text is named; one that did not is not."""
    given: list[str] = []
    monkeypatch.setattr(copying, "find_tool", lambda: Tool("xclip", ("xclip",)))

    def copy_with(_: Tool, text: str) -> bool:
        given.append(text)
        return works

    monkeypatch.setattr(copying, "copy_with", copy_with)
    monkeypatch.setattr(app_module.DeskApp, "is_headless", False)

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f4")
            assert given == [COPIED]
            assert ("Copied [4] with xclip." in desk.toasts) is works

    drive(scenario)


def test_the_mouse_selects_text_and_ctrl_c_copies_it() -> None:
    """Dragging over the passage and Ctrl+C copy what was dragged over, also in the source."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await drag(desk, "Dry needling also", "control")
            await desk.press("ctrl+c")
            assert desk.app.clipboard.startswith("Dry needling also triggers the systems that contro")
            desk.app.desk.clear_selection()
            await drag(desk, "Pain Effects", "sensitivity", column=75)
            await desk.press("ctrl+c")
            assert desk.app.clipboard.startswith(
                "Pain Effects\nDry needling reduces the painful input from trigger points [4]\nDry needling reverses"
            )

    drive(scenario)


async def drag(desk: Desk, first: str, last: str, *, column: int = 0) -> None:
    """Hold the mouse from one text on the screen to another, both right of a column."""

    def find(text: str) -> tuple[int, int]:
        return next((line.index(text, column), y) for y, line in enumerate(desk.lines) if line.find(text, column) >= 0)

    await desk.pilot.mouse_down(offset=find(first))
    await desk.pilot.hover(offset=find(last))
    end = find(last)
    await desk.pilot.mouse_up(offset=(end[0] + 5, end[1]))
    await desk.settle()


def test_a_sheet_of_ticked_passages_is_saved(tmp_path: Path) -> None:
    """Ticked passages are marked, and saved as text and HTML; what is there already is never overwritten."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what are the pain effects?")
            await desk.press("f6", "tab", "down", "f6")
            assert desk.text.count("✓ on the patient sheet") == 2
            await desk.press("f9", "ctrl+u")
            await desk.paste(str(tmp_path / "sheet"))
            await desk.press("enter")
            text = (tmp_path / "sheet.txt").read_text(encoding="utf-8")
            assert "Dry needling reduces the painful input from trigger points [4]\n" in text
            assert text.endswith("Dry Needling Physiology · sha 57beb21f · loaded 2026-05-01 09:14\n")
            assert "<h2>Pain Effects</h2>" in (tmp_path / "sheet.html").read_text(encoding="utf-8")
            await desk.press("f9", "ctrl+u")
            await desk.paste(str(tmp_path / "sheet"))
            await desk.press("enter")
            assert "is there already; give another name" in desk.text
            assert (tmp_path / "sheet.txt").read_text(encoding="utf-8") == text

    drive(scenario)


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a sheet cannot be written the line says why, what was typed stays, and no half file is left."""

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f6", "f9", "ctrl+u")
            await desk.paste(str(tmp_path / "sheet"))
            monkeypatch.setattr(os, "fsync", fail)
            await desk.press("enter")
            assert "No space left on device" in desk.text
            assert "sheet" in desk.text
            assert list(tmp_path.iterdir()) == []
            monkeypatch.undo()
            await desk.press("enter")
            assert sorted(file.name for file in tmp_path.iterdir()) == ["sheet.html", "sheet.txt"]

    drive(scenario)


def test_a_transcript_is_saved_where_asked(tmp_path: Path) -> None:
    """The conversation goes to a Markdown file, questions and refusals too."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/transcript")
            assert "Ask something first." in desk.toasts[-1]
            await desk.ask(ANSWERED)
            await desk.ask(REFUSED)
            await desk.ask(f"/transcript {tmp_path / 'talk'}")
            await desk.press("enter")
            text = (tmp_path / "talk.md").read_text(encoding="utf-8")
            assert "## does it help with sweling?\n\n> Dry needling also triggers" in text
            assert "decrease pain. **[4]**" in text
            assert "## is parking free?\n\nNot in this source." in text

    drive(scenario)


def test_new_patient_forgets_everything() -> None:
    """F8 clears the screen, the history, the conversation, the ticks, messages and what was copied here."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f6", "f4")
            await desk.paste("half a ques")
            await desk.press("f8")
            assert "sweling" not in desk.text
            assert "For example:" in desk.text
            assert not desk.session.answers
            assert not desk.session.ticked
            assert desk.app.clipboard == ""
            assert desk.app.desk.box.value == ""
            assert desk.toasts == ["Cleared for the next patient."]
            await desk.press("up")
            assert desk.app.desk.box.value == ""
            await desk.ask("same reference?")
            assert "decrease pain" not in desk.conversation

    drive(scenario)


def test_an_answer_that_comes_after_new_patient_is_not_shown() -> None:
    """A question of the last patient that is still being answered leaves nothing behind."""

    async def scenario() -> None:
        async with open_desk() as desk:
            with desk.session._asking:  # as if the index were being built
                await desk.pilot.press(*"pain", "enter")
                await desk.pilot.press("f8")
            await desk.settle()
            assert "› pain" not in desk.text
            assert desk.session.answers == ()

    drive(scenario)


def test_idle_time_clears_everything_and_warns_before() -> None:
    """After the minutes that the user set without a key everything is cleared; a key starts them anew."""
    now = [0.0]

    async def scenario() -> None:
        async with open_desk(clock=lambda: now[0]) as desk:
            await desk.ask("/idle 5")
            await desk.press("enter")
            assert "◷ 5 min" in desk.lines[0]
            await desk.ask(ANSWERED)
            now[0] += 280
            await desk.app.clear_if_idle()
            await desk.settle()
            assert desk.toasts[-1] == "Everything will be cleared in 20 seconds; press any key to keep it."
            await desk.press("left")
            now[0] += 280
            await desk.app.clear_if_idle()
            assert desk.session.answers
            now[0] += 20
            await desk.app.clear_if_idle()
            await desk.settle()
            assert desk.session.answers == ()
            assert "sweling" not in desk.text

    drive(scenario)


def test_idle_time_is_a_number_of_minutes() -> None:
    """Anything else is refused in one line, and what was typed stays."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/idle soon")
            await desk.press("enter")
            assert "'soon' is not a number of minutes" in desk.text
            assert "soon" in desk.text

    drive(scenario)


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
            await desk.press("f7", "enter", "escape", "escape")
            assert not (tmp_path / "corpus" / "questions.jsonl").exists()
            assert "› is parking free?" in desk.text

    drive(scenario)


def test_the_shipped_corpus_is_not_taught() -> None:
    """F7 says how to copy it; the palette and the keys do not offer it."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(REFUSED)
            assert "Teach" not in desk.text
            await desk.press("f7")
            assert "dnqa init FOLDER" in desk.toasts[-1]
            assert "Teach" not in [command.title for command in desk.app.get_system_commands(desk.app.screen)]

    drive(scenario)


def test_the_palette_offers_only_what_applies() -> None:
    """Copying, ticking and the sheet come when there is something to copy, tick and save."""

    async def scenario() -> None:
        async with open_desk() as desk:

            def offered() -> set[str]:
                return {command.title for command in desk.app.get_system_commands(desk.app.screen)}

            assert not {"Copy", "Tick", "Sheet", "More", "Why", "Transcript"} & offered()
            await desk.ask(ANSWERED)
            assert {"Copy", "Tick", "More", "Why", "Transcript"} <= offered()
            assert "Sheet" not in offered()
            await desk.press("f6")
            assert "Sheet" in offered()
            await desk.ask(REFUSED)
            assert "Copy" not in offered()

    drive(scenario)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """When a source changes on disk, a notice says so and the next answer is from the new text."""
    path = tmp_path / "corpus" / "after.md"

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask("Bruising")
            await desk.press("f6")
            path.write_text("# Bruising\n\nA bruise may show for two weeks [1].\n", encoding="utf-8")
            await desk.app.check_files()
            await desk.settle()
            assert "after.md changed on disk; read again at 09:14; what is above was answered before" in desk.text
            assert "taken off the sheet" in desk.toasts[-1]
            await desk.ask("Bruising")
            assert "A bruise may show for two weeks. [1]" in desk.text

    drive(scenario)


def test_a_deleted_corpus_still_answers(tmp_path: Path) -> None:
    """When the corpus is gone a line says so and stays; answers come from what was read; later it is read again."""
    path = tmp_path / "corpus" / "after.md"

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            text = path.read_bytes()
            path.unlink()
            await desk.app.check_files()
            await desk.settle()
            assert "no source in this folder" in desk.text
            assert "Answers still come from what was read at 09:14." in desk.text
            await desk.ask("Sport")
            assert "Run again after two days. [2]" in desk.text
            path.write_bytes(text)
            await desk.app.check_files()
            await desk.settle()
            assert "Answers still come" not in desk.text

    drive(scenario)


def test_refused_questions_are_kept_only_when_asked_for(tmp_path: Path) -> None:
    """A sign shows that it is on; digits and names are masked; the second time switches it off."""
    path = tmp_path / "unanswered.txt"

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(REFUSED)
            await desk.ask(f"/unanswered {path}")
            await desk.press("enter")
            assert "● keeping refused questions in unanswered.txt" in desk.lines[0]
            await desk.ask("may Mrs Jones, born 12 May 1980, park here?")
            await desk.ask(ANSWERED)
            await desk.ask("/unanswered")
            await desk.ask("is the car park lit?")
            assert "● keeping" not in desk.lines[0]
            assert path.read_text(encoding="utf-8") == "may Mrs ___, born ## May ####, park here?\n"

    drive(scenario)


def test_a_file_for_refused_questions_that_fails_gives_the_question_back(tmp_path: Path) -> None:
    """If a refusal cannot be kept, that is said and the question is in the box again."""
    folder = tmp_path / "there"
    folder.mkdir()
    session = Session(shipped(), unanswered=Unanswered(folder / "kept.txt"), clock=lambda: MORNING)
    (folder / "kept.txt").unlink()
    folder.rmdir()

    async def scenario() -> None:
        async with open_desk(session=session) as desk:
            await desk.ask(REFUSED)
            assert desk.app.desk.box.value == REFUSED
            assert "No such file or directory" in desk.toasts[-1]

    drive(scenario)


def test_an_unknown_command_is_named() -> None:
    """A single word behind a slash that is no command is not asked."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/fly")
            assert desk.toasts == ["there is no command /fly; /help lists them"]
            assert desk.session.answers == ()

    drive(scenario)


def test_why_shows_what_led_to_the_answer() -> None:
    """/why lists how the words were read, which are not in the source, and the runners-up."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what about sweling in milk?")
            await desk.ask("/why")
            assert "not in the source: “milk”" in desk.text
            assert "words found: “sweling”" in desk.text or "words found: “swelling”" in desk.text
            await desk.press("escape")
            assert "words found" not in desk.text

    drive(scenario)


def test_tell_me_more_goes_on() -> None:
    """/more shows what comes close, or next, as a turn of its own."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what are trigger points?")
            await desk.ask("/more")
            assert len(desk.session.answers) == 2
            assert desk.session.answers[1].passages[0] != desk.session.answers[0].passages[0]

    drive(scenario)


def test_the_theme_changes() -> None:
    """/theme goes to the light theme and back."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/theme")
            assert desk.app.theme == "dnqa-light"
            await desk.ask("/theme")
            assert desk.app.theme == "dnqa-dark"

    drive(scenario)


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+c", "ctrl+c")])
def test_leaving(keys: tuple[str, ...]) -> None:
    """Ctrl+Q leaves at once; Ctrl+C says so first and leaves the second time."""

    async def scenario() -> None:
        async with open_desk() as desk:
            for key in keys[:-1]:
                await desk.press(key)
                await desk.settle()
                assert "Press Ctrl+C again to leave" in desk.toasts[-1]
                assert desk.app.is_running
            await desk.pilot.press(keys[-1])
            assert desk.app._exit

    drive(scenario)


def test_what_was_answered_before_a_reload_can_be_chosen_no_more(tmp_path: Path) -> None:
    """An old card is neither copied nor ticked under the new version; the transcript names both versions."""
    path = tmp_path / "corpus" / "after.md"

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask("Bruising")
            first = desk.session.edition.corpus.sources[0].sha256[:8]
            path.write_text("# Bruising\n\nA bruise may show for two weeks [1].\n", encoding="utf-8")
            await desk.app.check_files()
            await desk.settle()
            await desk.press("tab", "up", "f4", "f6")
            assert desk.app.clipboard == ""
            assert not desk.session.ticked
            assert "on the patient sheet" not in desk.text
            await desk.ask("Bruising")
            second = desk.session.edition.corpus.sources[0].sha256[:8]
            assert first != second
            assert f"sha {first}" in desk.session.transcript
            assert f"sha {second}" in desk.session.transcript

    drive(scenario)


def test_new_patient_may_come_at_any_moment() -> None:
    """Pressed again and again, between questions and over dialogs, it forgets everything and breaks nothing."""

    async def scenario() -> None:
        async with open_desk() as desk:
            for key in ("f8", "f8", "f3", "f8", "ctrl+p", "f8", "f1", "f8"):
                desk.app.desk.box.post_message(Paste("is john parking free?"))
                desk.app.post_message(Key("enter", None))
                desk.app.post_message(Key(key, None))
            await desk.settle()
            await desk.press("f8")
            assert "john" not in desk.text
            assert not desk.session.answers
            assert len(desk.app.screen_stack) == 1
            assert desk.text.count("→") == 3

    drive(scenario)


def test_a_copy_that_hangs_is_not_sent_to_the_next_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that fails after the next patient has begun leaves nothing behind."""
    hanging, go_on = threading.Event(), threading.Event()

    def hang(_: Tool, __: str) -> bool:
        hanging.set()
        go_on.wait(30)
        return False

    monkeypatch.setattr(copying, "find_tool", lambda: Tool("xclip", ("xclip",)))
    monkeypatch.setattr(copying, "copy_with", hang)
    monkeypatch.setattr(app_module.DeskApp, "is_headless", False)

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.pilot.press("f4")
            await asyncio.to_thread(hanging.wait, 30)
            await desk.pilot.press("f8")
            go_on.set()
            await desk.settle()
            assert desk.app.clipboard == ""
            assert desk.toasts == ["Cleared for the next patient."]

    drive(scenario)


@pytest.mark.parametrize("typed", ["", "escaped", "dialog"])
def test_idle_time_clears_what_was_only_typed(typed: str) -> None:
    """Half a question, one that Esc took out of the box, and one typed into a dialog are forgotten too."""
    now = [0.0]

    async def scenario() -> None:
        async with open_desk(clock=lambda: now[0]) as desk:
            desk.session.set_idle_minutes("5")
            if typed == "dialog":
                await desk.press("f3")
            await desk.type("john smith")
            if typed == "escaped":
                await desk.press("escape")
            now[0] += 301
            await desk.app.clear_if_idle()
            await desk.settle()
            await desk.press("up")
            assert "john" not in desk.text
            assert len(desk.app.screen_stack) == 1

    drive(scenario)


@pytest.mark.parametrize("name", ["~nobody-of-this-name/x", "/", "a\0b", "x" * 5000])
@pytest.mark.parametrize("command", ["transcript", "unanswered", "sheet"])
def test_names_that_no_file_can_have_are_refused(command: str, name: str) -> None:
    """The prompt says so, in one line, and stays."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f6")
            await desk.ask(f"/{command}")
            line = desk.app.focused
            assert isinstance(line, LineInput)
            line.value = name
            await desk.press("enter")
            assert "⚠" in desk.text
            assert len(desk.app.screen_stack) == 2

    drive(scenario)


def test_a_folder_that_may_not_be_entered_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk goes on with what was read."""
    library = own_corpus(tmp_path)

    async def scenario() -> None:
        async with open_desk(library) as desk:
            monkeypatch.setattr(Path, "iterdir", refuse)
            await desk.app.check_files()
            await desk.settle()
            assert "Answers still come from what was read" in desk.text
            await desk.press("f8")
            assert "Answers still come from what was read" in desk.text

    def refuse(_: Path) -> list[Path]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    drive(scenario)


def test_both_files_of_a_sheet_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the second cannot be written the first is taken away again."""
    session = Session(shipped())
    session.tick(session.library.passages[0])
    fsync, calls = os.fsync, []

    def fail_second(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", fail_second)
    with pytest.raises(OSError, match="No space"):
        session.save_sheet(tmp_path / "sheet")
    assert list(tmp_path.iterdir()) == []


def test_the_clock_and_the_files_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the app calls again and again notices a changed file and the idle time."""
    now = [0.0]
    repeated: list[Callable[[], Any]] = []
    monkeypatch.setattr(app_module.DeskApp, "set_interval", lambda _, __, callback: repeated.append(callback))

    async def tick(desk: Desk) -> None:
        for callback in repeated:
            started = callback()
            if asyncio.iscoroutine(started):
                await started
        await desk.settle()

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path), clock=lambda: now[0]) as desk:
            desk.session.set_idle_minutes("1")
            await desk.ask("Sport")
            (tmp_path / "corpus" / "after.toml").unlink()
            await tick(desk)
            assert "after.toml changed on disk" in desk.text
            now[0] += 61
            await tick(desk)
            assert not desk.session.answers

    drive(scenario)


def test_questions_pasted_are_asked_one_after_the_other() -> None:
    """Those on lines of their own; a question that goes over several lines is one, and Esc stops a row of them."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.paste("law of denervation?\n\nwhat about inflammation?\nwhere can I park?\n")
            asked = [answer.question for answer in desk.session.answers]
            assert asked == ["law of denervation?", "what about inflammation?", "where can I park?"]
            await desk.paste("what about\ninflammation?")
            assert desk.app.desk.box.value == "what about inflammation?"
            assert len(desk.session.answers) == 3

    drive(scenario)


def test_more_after_a_refusal_goes_to_what_comes_closest() -> None:
    """And why explains what was asked last, whatever row is chosen."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("law of denervation?")
            await desk.ask("can children have dry needling?")
            closest = desk.session.answers[-1].closest[0].passage
            await desk.ask("/more")
            assert desk.app.desk.passage == closest
            await desk.press("escape")
            await desk.ask("/why")
            assert "can children have dry needling?" in desk.text

    drive(scenario)


def test_a_path_box_refuses_a_command() -> None:
    """What was meant for the desk is not taken for a file; the palette stays away from a dialog."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("law of denervation?")
            await desk.ask("/transcript /new")
            await desk.press("enter")
            assert "is a command" in desk.text
            await desk.press("ctrl+p")
            assert "is a command" in desk.text
            assert not list(Path().glob("new*"))

    drive(scenario)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 160])
def test_help_and_new_patient_are_always_in_the_key_bar(width: int) -> None:
    """And the bar uses its width."""

    async def scenario() -> None:
        async with open_desk(size=(width, 24)) as desk:
            await desk.ask("law of denervation?")
            bar = desk.lines[-1]
            assert "F1" in bar
            assert "F8" in bar
            if width >= 120:
                assert "Browse" in bar
                assert "Quit" in bar

    drive(scenario)


def use_printer(monkeypatch: pytest.MonkeyPatch, problem: str = "") -> list[bytes]:
    """Let there be a printer; what it is given. problem: what it says is wrong."""
    given: list[bytes] = []

    def print_pdf(printer: Printer, pdf: bytes) -> None:
        if problem:
            raise UsageError(f"{printer.name} did not take the sheet: {problem}")
        given.append(pdf)

    monkeypatch.setattr(app_module, "find_printer", lambda: Printer("Desk_1", ("lp",)))
    monkeypatch.setattr(session_module, "print_pdf", print_pdf)
    monkeypatch.setattr(app_module.DeskApp, "is_headless", False)
    return given


def read_paper(pdf: bytes) -> tuple[str, float]:
    """The text of a PDF of one page, white space folded, and how high its letters are at most."""
    with pypdfium2.PdfDocument(pdf) as document:
        (page,) = document
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        return " ".join(text.get_text_range().split()), max(top - bottom for _, bottom, _, top in boxes)


def test_the_sheet_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen says what goes to which printer; Ctrl+L makes it larger, Enter prints it, a message says so."""
    given = use_printer(monkeypatch)

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/print")
            assert desk.toasts == ["Tick a passage first; then the sheet can be printed."]
            await desk.ask(ANSWERED)
            await desk.press("f6")
            for keys in (("enter",), ("ctrl+l", "enter")):
                await desk.ask("/print")
                assert "1 passage, to be printed by Desk_1:" in desk.text
                assert "✓ Dry needling also triggers the systems" in desk.text
                await desk.press(*keys)
                assert desk.toasts[-1] == "Sent 1 passage to Desk_1."
                assert len(desk.app.screen_stack) == 1
            (usual, height), (larger, larger_height) = map(read_paper, given)
            assert usual.replace(" ", "") == larger.replace(" ", "")
            assert "Dry needling also triggers the systems that control inflammation and decrease pain. [4]" in usual
            assert "Printed 1 May 2026" in usual
            assert larger_height > 1.25 * height
            assert '<body class="large">' in desk.session.sheet_files[".html"]
            await desk.press("f8")
            assert not desk.session.is_large

    drive(scenario)


def test_what_the_printer_does_not_take_can_be_saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The screen stays, says why, and asks where the PDF goes."""
    given = use_printer(monkeypatch, "out of paper")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f6")
            await desk.ask("/print large")
            await desk.press("enter")
            assert "⚠ Desk_1 did not take the sheet: out of paper" in desk.text
            assert "1 passage, to be saved as PDF:" in desk.text
            await desk.press("enter")
            assert f"Saved {tmp_path / 'patient-sheet.pdf'}" in desk.toasts
            assert "decrease pain. [4]" in read_paper((tmp_path / "patient-sheet.pdf").read_bytes())[0]
            assert given == []

    drive(scenario)


@pytest.mark.parametrize("has_printer", [False, True])
def test_without_a_printer_or_with_a_file_the_sheet_is_saved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, has_printer: bool
) -> None:
    """As PDF, where the person says; what is there already is never overwritten."""
    if has_printer:
        use_printer(monkeypatch)

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f6")
            for said in ("Saved", "is there already"):
                await desk.ask(f"/print large {tmp_path / 'sheet'}")
                assert "1 passage, to be saved as PDF:" in desk.text
                assert "Type: larger" in desk.text
                await desk.press("enter")
                assert said in desk.text
            assert [file.name for file in tmp_path.iterdir()] == ["sheet.pdf"]

    drive(scenario)
