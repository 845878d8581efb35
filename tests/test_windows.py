"""What Windows does otherwise, as far as it can be tried elsewhere."""

import ast
import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import dnqa
from dnqa.cli import piping
from dnqa.cli.piping import MANY, Style, answer_batches
from dnqa.desk.clipboard import find_tool
from dnqa.errors import UsageError
from dnqa.text.files import read_path

PACKAGE = Path(__file__).parent.parent / "dnqa"
Write = Callable[[dict[str, str | bytes]], Path]


def _list_calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))


def _find_mode(call: ast.Call, place: int) -> str:
    given = [word.value for word in call.keywords if word.arg == "mode"] + call.args[place : place + 1]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else "r"


def _lacks_encoding(call: ast.Call) -> bool:
    """Whether a call reads or writes text in whatever encoding the system has."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = {word.arg for word in call.keywords}
    if name in ("read_text", "write_text"):
        owner = isinstance(call.func, ast.Attribute)  # a function of ours of that name takes a text
        return owner and "encoding" not in words and not any(isinstance(arg, ast.Constant) for arg in call.args)
    if name in ("Popen", "run", "check_output"):
        return bool(words & {"text", "universal_newlines"}) and "encoding" not in words
    if name not in ("open", "fdopen", "NamedTemporaryFile"):
        return False
    is_path = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") != "os"
    mode = _find_mode(call, 0 if is_path else 1)
    return "b" not in mode and "encoding" not in words and bool(call.args or name != "open") and _is_file(call)


def _is_file(call: ast.Call) -> bool:
    """Whether it opens a file: not os.open, nor something of ours that is called so."""
    owner = getattr(getattr(call.func, "value", None), "id", "")
    return owner not in ("os", "archive", "desk") or getattr(call.func, "attr", "") == "fdopen"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_text_file_has_its_encoding(path: Path) -> None:
    """None is read or written in what the system happens to have, which on Windows is not UTF-8."""
    assert [call.lineno for call in _list_calls(path) if _lacks_encoding(call)] == []


@pytest.mark.parametrize(
    ("line", "lacks"),
    [
        ("open('a')", True),
        ("open('a', 'w')", True),
        ("path.open('w')", True),
        ("path.read_text()", True),
        ("path.write_text(text)", True),
        ("os.fdopen(handle, 'w')", True),
        ("subprocess.run(command, text=True)", True),
        ("open('a', 'rb')", False),
        ("path.open('xb')", False),
        ("path.read_text(encoding='utf-8')", False),
        ("path.read_text('utf-8')", False),
        ("read_text(text)", False),
        ("os.open(path, flags)", False),
        ("cache.open()", False),
    ],
)
def test_the_search_for_encodings_finds_them(line: str, lacks: bool) -> None:
    """It would see a file without one."""
    call = ast.parse(line).body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    assert _lacks_encoding(call.value) is lacks


def test_no_process_is_started_by_a_shell() -> None:
    """Each as a list of arguments: cmd.exe takes "&", "^" and "%" in a path for its own, quoted or not."""
    for path in PACKAGE.rglob("*.py"):
        for call in _list_calls(path):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            assert name not in ("create_subprocess_shell", "system", "popen"), f"{path}, line {call.lineno}"
            assert "shell" not in {word.arg for word in call.keywords}, f"{path}, line {call.lineno}"


@pytest.mark.parametrize("name", ["hand outs", "R&D 100%", "quo'te", "Übungen 膝", "a^b (1)", 'dou"ble'])
def test_a_desk_starts_whatever_is_in_its_path(name: str) -> None:
    """The process behind a visitor's desk gets its arguments as they are."""
    pytest.importorskip("textual_serve")
    from textual_serve.download_manager import DownloadManager

    from dnqa.web.desks import Desk

    async def start() -> bytes:
        code = "import os, sys; sys.stdout.buffer.write(os.fsencode(sys.argv[2]))"
        desk = Desk([sys.executable, "-c", code, "--corpus", name], DownloadManager())
        await desk.open(80, 24)
        assert desk._process
        said, complained = await desk._process.communicate()
        assert complained == b""
        return said

    assert os.fsdecode(asyncio.run(start())) == name


def test_many_questions_are_answered_by_processes_that_are_spawned(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where none can be forked: each imports dnqa anew, and the answers are the same."""
    library = dnqa.load(write_corpus({"ice.txt": "Ice eases pain [4].\n\nRest heals a sprain [7]."}))
    library.build()
    contexts: list[str | None] = []
    get_context = multiprocessing.get_context

    def get_spawning(method: str | None = None) -> multiprocessing.context.BaseContext:
        contexts.append(method)
        return get_context("spawn")

    monkeypatch.setattr(multiprocessing, "get_context", get_spawning)
    monkeypatch.setattr(piping, "count_processors", lambda: 2)
    questions = [
        ("does ice ease pain?", "does rest heal a sprain?", "is parking free?")[n % 3] for n in range(2 * MANY)
    ]
    style = Style(3, as_json=True)
    written = b"".join(piece.data for piece in answer_batches(library, [questions], style))
    assert contexts
    assert [json.loads(line)["question"] for line in written.splitlines()] == questions
    assert written.splitlines()[0] == style.write(library.ask(questions[0])).rstrip()


def test_a_folder_is_read_by_processes_that_are_started_anew(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads sources gets them through pipes as bytes, never by forking, whatever their names."""
    monkeypatch.setattr("dnqa.sources.parsing.MANY", 1)
    monkeypatch.setattr("dnqa.sources.corpus.MANY", 1, raising=False)
    if hasattr(os, "fork"):
        monkeypatch.setattr(os, "fork", None)
    folder = write_corpus({"Übung 1.txt": "Rest heals a sprain [7].", "b & c.md": "# Ice\n\nIce eases pain [4].\n"})
    assert {passage.citations for passage in dnqa.load(folder, saved=False).passages} == {(7,), (4,)}


@pytest.mark.parametrize("typed", ["notes:hidden.txt", "what?.txt", "CON", "lpt1.txt", "a|b.md"])
def test_names_that_mean_something_else_on_windows(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """There they are devices, or streams that no folder shows; they are refused in a line."""
    read_path(f"/tmp/{typed}")
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(UsageError, match="give another name"):
        read_path(f"/tmp/{typed}")
    assert read_path("/tmp/notes.txt").name == "notes.txt"


def test_the_tool_to_copy_with_there_reads_utf8() -> None:
    """PowerShell takes what it reads for the console's own encoding unless it is told."""
    from dnqa.desk import clipboard

    assert "UTF8" in clipboard._WINDOWS.command[-1]
    assert find_tool({"SSH_TTY": "1"}, "win32") is None
