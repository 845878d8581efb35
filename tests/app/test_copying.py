"""Copying a passage, and what the mouse has selected."""

import asyncio
import threading

import pytest

from dnqa.app import app as app_module
from dnqa.app import copying
from dnqa.desk.clipboard import Tool
from tests.app.driving import Desk, drive, open_desk

ANSWERED = "does it help with sweling?"
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
