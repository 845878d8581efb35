"""What is saved to a file at a terminal, and handed over in the browser, where a path would be the server's."""

from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from dnqa.app.app import DeskApp
from dnqa.app.screens.prompt import PromptScreen
from tests.app.driving import Desk, drive, open_desk, own_corpus

ANSWERED = "does it help with sweling?"


def test_the_page_for_proof_reading_is_saved(tmp_path: Path) -> None:
    """Where it is asked for, and nowhere if something is there already."""

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask(f"/proof {tmp_path / 'proof'}")
            assert "lays each source beside what was read of it" in desk.text
            await desk.press("enter")
            page = (tmp_path / "proof.html").read_text(encoding="utf-8")
            assert "A bruise may show for a few days. <b" in page
            assert desk.toasts[-1] == f"Saved {tmp_path / 'proof.html'}"
            await desk.ask(f"/proof {tmp_path / 'proof.html'}")
            await desk.press("enter")
            assert "is there already; give another name" in desk.text

    drive(scenario)


def test_an_added_document_says_where_to_proof_read(tmp_path: Path) -> None:
    """The line that says what was read of it names the command."""
    (tmp_path / "rest.txt").write_text("Rest heals a sprain [7].", encoding="utf-8")

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask(f"/add {tmp_path / 'rest.txt'}")
            await desk.press("enter")
            assert desk.toasts[-1].startswith("Added. rest.txt: 1 passage")
            assert "/proof" in desk.toasts[-1]

    drive(scenario)


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are handed over, at a desk in the browser."""
    names: list[str] = []

    def deliver(_: App[None], file: Any, *, save_filename: str, mime_type: str = "") -> None:
        assert file.read() or mime_type
        names.append(save_filename)

    monkeypatch.setattr(DeskApp, "is_web", True)
    for kind in ("text", "binary"):
        monkeypatch.setattr(DeskApp, f"deliver_{kind}", deliver)
    return names


async def _is_asked_for_path(desk: Desk, line: str) -> bool:
    await desk.ask(line)
    is_asked = isinstance(desk.app.screen, PromptScreen)
    await desk.press("escape")
    return is_asked


def test_in_the_browser_no_command_takes_a_path(tmp_path: Path, handed: list[str]) -> None:
    """Files are handed over or dropped; nothing of the computer that serves is read or written."""
    (tmp_path / "rest.txt").write_text("Rest heals a sprain [7].", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path / "own")) as desk:
            await desk.ask("Bruising")
            await desk.press("f6")
            for name in ("sheet", "print", "transcript", "proof", "unanswered", "add"):
                assert not await _is_asked_for_path(desk, f"/{name} {tmp_path / 'rest.txt'}"), name
            assert "drop the document on the page" in desk.toasts[-1]
            assert "name the file when serving" in desk.toasts[-2]
            assert "rest.txt" not in desk.session.source_names

    (tmp_path / "own").mkdir()
    drive(scenario)
    saved = ["patient-sheet.txt", "patient-sheet.html", "patient-sheet.pdf", "transcript.md", "proof.html"]
    assert sorted(handed) == sorted(saved)
    assert [path for path in sorted(tmp_path.rglob("*")) if path.parts[len(tmp_path.parts)] != "own"] == before


def test_in_the_browser_the_shipped_corpus_says_that_it_takes_nothing(handed: list[str]) -> None:
    """As everywhere, with what to do about it."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/add /etc/hosts")
            assert "dnqa init FOLDER" in desk.toasts[-1]

    drive(scenario)
    assert handed == []
