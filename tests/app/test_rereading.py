"""Sources that change while the desk is open."""

import asyncio
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dnqa.app import app as app_module
from tests.app.driving import Desk, drive, open_desk, own_corpus


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


def test_a_folder_that_may_not_be_entered_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk goes on with what was read."""
    library = own_corpus(tmp_path)

    async def scenario() -> None:
        async with open_desk(library) as desk:
            monkeypatch.setattr(os, "scandir", refuse)
            await desk.app.check_files()
            await desk.settle()
            assert "Answers still come from what was read" in desk.text
            await desk.press("f8")
            assert "Answers still come from what was read" in desk.text

    def refuse(_: object) -> list[Path]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    drive(scenario)


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
            assert "after.toml removed" in desk.text
            now[0] += 61
            await tick(desk)
            assert not desk.session.answers

    drive(scenario)
