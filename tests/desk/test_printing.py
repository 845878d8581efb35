"""Printing with the command of the system."""

import os
import sys
from pathlib import Path

import pytest

from dnqa.desk.printing import Printer, find_printer, print_pdf
from dnqa.errors import UsageError

needs_shell = pytest.mark.skipif(os.name == "nt", reason="these stand-ins for lp and lpstat are shell scripts")


def put_on_path(folder: Path, monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    """Make some commands the only ones there are."""
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@needs_shell
@pytest.mark.parametrize(("program", "flag"), [("lp", "-d"), ("lpr", "-P")])
def test_the_default_printer_gets_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, flag: str
) -> None:
    """lpstat names it, in English whatever is spoken here, and lp or lpr takes the bytes."""
    says = '[ "$LC_ALL" = C ] && echo "system default destination: Desk_1"'
    taken = tmp_path / "taken"
    put_on_path(tmp_path, monkeypatch, lpstat=says, **{program: f'echo "$@" >{taken}; /bin/cat >>{taken}'})
    printer = find_printer("linux")
    assert printer
    assert printer.name == "Desk_1"
    print_pdf(printer, b"%PDF\x00")
    assert taken.read_bytes() == f"{flag} Desk_1\n%PDF\x00".encode()


@needs_shell
@pytest.mark.parametrize("says", ["echo no system default destination", "exit 1", None])
def test_no_printer_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str | None) -> None:
    """Neither one that is not set up, nor one that cannot be asked for."""
    put_on_path(tmp_path, monkeypatch, lp="exit 0", **({"lpstat": says} if says else {}))
    assert find_printer("linux") is None


@needs_shell
def test_a_printer_that_does_not_take_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, without control characters; so does a command that is there no longer."""
    put_on_path(tmp_path, monkeypatch, lp="printf 'lp: \\033[31mout of\\npaper' >&2; exit 1")
    with pytest.raises(UsageError, match=r"^Desk did not take the sheet: lp: out of paper$"):
        print_pdf(Printer("Desk", (str(tmp_path / "lp"),)), b"%PDF")
    with pytest.raises(UsageError, match=r"^Desk did not take the sheet: No such file"):
        print_pdf(Printer("Desk", (str(tmp_path / "gone"),)), b"%PDF")


def test_windows_prints_with_what_opens_such_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given a file with the sheet; what it says is wrong is said."""
    given = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", lambda path, verb: given.append((path.read_bytes(), verb)), raising=False)
    printer = find_printer(sys.platform)
    assert printer
    print_pdf(printer, b"%PDF")
    assert given == [(b"%PDF", "print")]

    def fail(_: Path, __: str) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", fail)
    with pytest.raises(UsageError, match="the default printer did not take the sheet: No application"):
        print_pdf(printer, b"%PDF")
