"""Print with the command that this computer has for it.

lp and lpr take a document and say whether they did; whether it has come out of the printer nobody says.
"""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from dnqa.errors import UsageError
from dnqa.text.characters import clean_line

_PATIENCE = 20  # seconds for a command to answer


class Printer(NamedTuple):
    """What prints.

    name: as people know it.
    command: program and arguments; it reads a PDF. () for what Windows prints PDFs with.
    """

    name: str
    command: tuple[str, ...]


def find_printer(platform: str = sys.platform) -> Printer | None:
    """The default printer, None if there is none or nothing to print with; it may take a moment."""
    if platform == "win32":
        return Printer("the default printer", ())
    program = shutil.which("lp") or shutil.which("lpr")
    asked = shutil.which("lpstat")
    if program is None or asked is None:
        return None
    try:
        done = _run((asked, "-d"))
    except (OSError, subprocess.SubprocessError):
        return None
    _, colon, name = done.stdout.decode(errors="replace").partition(": ")  # "system default destination: Desk"
    name = name.strip()
    if done.returncode or not colon or not name:
        return None
    return Printer(clean_line(name), (program, "-d" if Path(program).name == "lp" else "-P", name))


def print_pdf(printer: Printer, pdf: bytes) -> None:
    """Give a PDF to a printer; it may take a moment.

    Raises UsageError, in one line, if it was not taken.
    """
    try:
        problem = _hand_to_windows(pdf) if not printer.command else _give(printer.command, pdf)
    except (OSError, subprocess.SubprocessError) as error:
        problem = getattr(error, "strerror", None) or "it does not answer"
    if problem:
        raise UsageError(f"{printer.name} did not take the sheet: {clean_line(problem)}")


def _give(command: tuple[str, ...], pdf: bytes) -> str:
    """What a command says is wrong, "" if it took the PDF."""
    done = _run(command, pdf)
    return "" if done.returncode == 0 else done.stderr.decode(errors="replace").strip() or f"status {done.returncode}"


def _run(command: tuple[str, ...], given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    spoken = {**os.environ, "LC_ALL": "C"}  # or lpstat answers in the person's language
    return subprocess.run(command, input=given, capture_output=True, timeout=_PATIENCE, check=False, env=spoken)


def _hand_to_windows(pdf: bytes) -> str:
    """Let Windows print a PDF with the program that opens PDFs; "" since it says what is wrong by an OSError."""
    folder = tempfile.mkdtemp(prefix="dnqa-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # the program opens it some time after this
    path = Path(folder, "patient-sheet.pdf")
    path.write_bytes(pdf)
    if sys.platform == "win32":
        os.startfile(path, "print")
    return ""
