"""Put a text on the clipboard with the tool that this computer has for it.

A tool of the system says whether it worked. Where there is none, or the terminal shows another
computer's screen, only the terminal itself can copy (OSC 52), and it never says whether it did.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

_PATIENCE = 5  # seconds for a tool to take the text


class Tool(NamedTuple):
    """A program that takes the clipboard's text on its standard input.

    name: as people know it.
    command: program and arguments; it reads UTF-8.
    """

    name: str
    command: tuple[str, ...]


_SET_CLIPBOARD = "[Console]::InputEncoding=[Text.Encoding]::UTF8; Set-Clipboard -Value ([Console]::In.ReadToEnd())"
_WINDOWS = Tool("PowerShell", ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _SET_CLIPBOARD))
_MAC = Tool("pbcopy", ("pbcopy",))
_WAYLAND = Tool("wl-copy", ("wl-copy", "--type", "text/plain;charset=utf-8"))
_X11 = (
    Tool("xclip", ("xclip", "-selection", "clipboard")),
    Tool("xsel", ("xsel", "--clipboard", "--input")),
)


def find_tool(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Tool | None:
    """The tool that reaches the clipboard of the person at this screen, None if there is none."""
    if any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")):
        return None
    tools: list[Tool] = []
    if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
        tools.append(_WINDOWS)
    if platform == "darwin":
        tools.append(_MAC)
    if environment.get("WAYLAND_DISPLAY"):
        tools.append(_WAYLAND)
    if environment.get("DISPLAY"):
        tools += _X11
    return next((tool for tool in tools if shutil.which(tool.command[0])), None)


def copy_with(tool: Tool, text: str) -> bool:
    """Give a tool a text, and return whether it took it; it may take a moment."""
    try:
        done = subprocess.run(
            tool.command,
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
