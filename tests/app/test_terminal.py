"""The desk on a real terminal: what reaches it, and how it is left."""

import os
import re
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.app.test_verbatim import HOSTILE
from tests.pty_process import PtyProcess, dnqa_command

QUESTION = "is \x1b[31mred\x1b[0m \u202e \x1b]0;owned\x07 safe?"
OWN = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # modes, colours, cursor
    rb"|\x1b\]22;[a-z-]*\x07"  # the mouse pointer
    rb"|\x1b[=>78]"  # keypad, cursor
    rb"|\x1b_G[^\x1b]*\x1b\\"  # whether the terminal has pictures
)
"""The control sequences that Textual itself writes."""


def test_no_control_sequence_from_outside_reaches_the_terminal(tmp_path: Path) -> None:
    """Neither a hostile source nor a hostile question, pasted or piped, steers the terminal."""
    source = tmp_path / "hostile.md"
    source.write_text(HOSTILE, encoding="utf-8")
    with PtyProcess(dnqa_command("--corpus", str(source))) as desk:
        desk.read_until(b"For example")
        desk.send(b"\x1b[200~" + QUESTION.encode() + b"\x1b[201~\r")
        desk.read_quiet(0.3)
        desk.send(b"5\r")
        desk.read_until(b"Steering")
        desk.send(b"6\r")
        desk.read_until(b"fails.")
        output = desk.output
        desk.send(b"\x11")
        desk.wait()
    for forbidden in (b"\x1b]0;", b"\x1b]52;", b"\x1b[31m", "\u202e".encode(), "\x9b".encode(), "\x9d".encode()):
        assert forbidden not in output
    assert b"\x1b" not in OWN.sub(b"", output)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_clean(number: signal.Signals) -> None:
    """When told to end it ends with a message, and the screen and the modes of the terminal are as before."""
    with PtyProcess(dnqa_command()) as desk:
        desk.read_until(b"For example")
        os.kill(desk.process.pid, number)
        assert desk.wait() == 128 + number
        check_clean(desk)
        assert f"dnqa: stopped by signal {number}; nothing was kept".encode() in desk.output


def test_ctrl_c_twice_leaves_the_terminal_clean() -> None:
    """The first says what the second does; the second leaves with status 0."""
    with PtyProcess(dnqa_command()) as desk:
        desk.read_until(b"For example")
        desk.send(b"\x03")
        desk.read_until(b"again to leave")
        desk.send(b"\x03")
        assert desk.wait() == 0
        check_clean(desk)


def check_clean(desk: PtyProcess) -> None:
    """The alternative screen, the mouse and bracketed paste are off, the cursor is on, the modes restored."""
    for switched_off in (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?2004l", b"\x1b[?25h"):
        assert switched_off in desk.output
    assert desk.is_restored


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (20, 4)])
def test_a_terminal_of_any_size(size: tuple[int, int]) -> None:
    """It may shrink to nothing while a question is being answered, and grow again."""
    with PtyProcess(dnqa_command()) as desk:
        desk.read_until(b"For example")
        desk.send(b"does it help with swelling?\r")
        desk.resize(*size)
        desk.read_quiet(0.3)
        start = len(desk.output)
        desk.resize(120, 36)
        desk.read_until(b"Inflammation Effects", start=start)
        desk.send(b"\x11")
        assert desk.wait() == 0


def test_a_terminal_that_cannot_draw_gets_lines() -> None:
    """With TERM=dumb, dnqa alone is the line mode."""
    with PtyProcess(dnqa_command(), env={"TERM": "dumb"}) as desk:
        desk.read_until(b"? ")
        desk.send(b"does it help with swelling?\r")
        desk.read_until(b"control inflammation and decrease pain. [4]")
        desk.read_until(b"\n? ", start=desk.output.index(b"[4]"))
        desk.send(b"\x04")
        assert desk.wait() == 0
        assert b"\x1b" not in desk.output


def test_no_color_draws_none() -> None:
    """Under NO_COLOR no colour is set; the citation is inverted."""
    with PtyProcess(dnqa_command(), env={"NO_COLOR": "1"}) as desk:
        desk.read_until(b"For example")
        desk.send(b"does it help with swelling?\r")
        desk.read_until(b"Copy")
        desk.send(b"\x11")
        desk.wait()
        colors = re.findall(rb"\x1b\[[\d;]*?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[\d;]*m", desk.output)
        assert [color for color in colors if not re.search(rb"(?:39|49)", color)] == []


def test_a_corpus_that_cannot_be_read_is_said_before_the_screen_changes(tmp_path: Path) -> None:
    """One line on the terminal and status 2, no screen."""
    with PtyProcess(dnqa_command("--corpus", str(tmp_path / "none"))) as desk:
        assert desk.wait() == 2
        assert b"no such file or folder" in desk.output
        assert b"\x1b" not in desk.output


def test_line_mode_on_a_terminal(tmp_path: Path) -> None:
    """The same answers as lines, commands with a slash, Ctrl+D to leave, no redrawing."""
    (tmp_path / "lpstat").symlink_to("/bin/false")  # no printer, whatever this computer has
    (tmp_path / "lp").symlink_to("/bin/false")
    with PtyProcess(dnqa_command("--plain"), env={"TERM": "vt100", "PATH": str(tmp_path)}) as desk:
        desk.read_until(b"? ")
        for line, answer in (
            (b"does it help with sweling?", b'read "sweling" as "swelling"; swelling \xe2\x86\x92 inflammation'),
            (b"/source", b"> Dry needling also triggers"),
            (b"/print", b"Tick a passage first; then the sheet can be printed."),
            (b"/tick", b"On the patient sheet, which has 1 now."),
            (b"/print large", b"no printer is set up here; name a file for the PDF: /print FILE"),
            (f"/print {tmp_path / 'sheet'}".encode(), b"sheet.pdf."),
            (b"is parking free?", b"Not in this source."),
            (b"/new", b"Cleared for the next patient"),
            (b"/fly", b"there is no command /fly"),
        ):
            start = len(desk.output)
            desk.send(line + b"\r")
            desk.read_until(answer, start=start)
            desk.read_until(b"\n? ", start=start)
        desk.send(b"\x04")
        assert desk.wait() == 0
        assert b"\x1b[" not in desk.output
        assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


def test_the_box_keeps_its_border_on_a_terminal() -> None:
    """On a real terminal what is pasted into the box is followed by the cursor's way behind it."""
    with PtyProcess(dnqa_command()) as desk:
        desk.read_until(b"For example")
        desk.send("\x1b[200~it hurts ❤️ here\x1b[201~".encode())
        desk.read_until("\x1b7  \x1b8❤️\x1b8\x1b[2C".encode())
