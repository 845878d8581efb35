"""What is saved where a person says: sheets, transcripts, refused questions."""

import errno
import os
from pathlib import Path

import pytest

from dnqa.app.widgets.line_input import LineInput
from dnqa.desk import Session
from dnqa.desk.unanswered import Unanswered
from tests.app.driving import MORNING, drive, open_desk, shipped

ANSWERED = "does it help with sweling?"
REFUSED = "is parking free?"


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
