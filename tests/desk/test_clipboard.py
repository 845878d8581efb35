"""Which tool copies, and whether it did."""

import shutil
import sys
from pathlib import Path

import pytest

from dnqa.desk.clipboard import Tool, copy_with, find_tool


@pytest.mark.parametrize(
    ("environment", "platform", "name"),
    [
        ({"DISPLAY": ":0"}, "linux", "xclip"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", "wl-copy"),
        ({}, "linux", None),
        ({}, "darwin", "pbcopy"),
        ({}, "win32", "PowerShell"),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", "PowerShell"),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1 2 3 4"}, "linux", None),
    ],
)
def test_the_tool_is_that_of_the_person_s_own_screen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], platform: str, name: str | None
) -> None:
    """Over a remote shell there is none: it would reach the wrong computer."""
    monkeypatch.setattr(shutil, "which", lambda command: command)
    tool = find_tool(environment, platform)
    assert (tool.name if tool else None) == name


def test_a_tool_that_is_not_installed_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one that is there is."""
    monkeypatch.setattr(shutil, "which", lambda command: command if command == "xsel" else None)
    tool = find_tool({"DISPLAY": ":0"}, "linux")
    assert tool
    assert tool.name == "xsel"


def test_copying_says_whether_it_worked(tmp_path: Path) -> None:
    """True when the tool ended well with the text, False when it failed or is not there."""
    file = tmp_path / "copied"
    save = f"import sys; open({str(file)!r}, 'wb').write(sys.stdin.buffer.read())"
    assert copy_with(Tool("save", (sys.executable, "-c", save)), "naïve [4]")
    assert file.read_bytes() == "naïve [4]".encode()
    assert not copy_with(Tool("fail", (sys.executable, "-c", "raise SystemExit(1)")), "x")
    assert not copy_with(Tool("none", (str(tmp_path / "none"),)), "x")
