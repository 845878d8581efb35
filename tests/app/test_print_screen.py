"""Printing the patient sheet from the desk."""

from pathlib import Path

import pypdfium2
import pytest

from dnqa.app import app as app_module
from dnqa.desk import session as session_module
from dnqa.desk.printing import Printer
from dnqa.errors import UsageError
from tests.app.driving import drive, open_desk

ANSWERED = "does it help with sweling?"


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
