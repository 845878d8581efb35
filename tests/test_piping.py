"""Questions piped in, few and many."""

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dnqa
from dnqa.cli.piping import MANY, Style, answer_batches, cut_lines
from dnqa.cli.streams import read_batches
from tests.conftest import DATA, Run

Write = Callable[[dict[str, str | bytes]], Path]


def make_questions(n: int) -> list[str]:
    """Different questions, one of them blank and one of them misspelt."""
    asked = [
        json.loads(line)["question"] for line in (DATA / "questions_dev.jsonl").read_text("utf-8").split("\n") if line
    ]
    return ["", "does it help with sweling", *(f"{asked[i % len(asked)]} {i}" for i in range(n - 2))]


def test_many_are_answered_like_few(run: Run) -> None:
    """As many lines as questions, in order, each the same as when it is asked alone."""
    questions = make_questions(2 * MANY)
    done = run("ask", "--json", stdin="\n".join(questions).encode())
    lines = done.stdout.decode().split("\n")[:-1]
    assert [json.loads(line)["question"] for line in lines] == questions
    library = dnqa.load()
    style = Style(3, as_json=True)
    for number in range(0, len(questions), 37):
        assert (lines[number] + "\n").encode() == style.write(library.ask(questions[number]))
    assert done.returncode == 0
    assert done.stderr == b""


@given(st.integers(0, 2000))
def test_every_question_is_handed_over_once(n: int) -> None:
    """In order, and the last ones in smaller pieces than the first."""
    lines = [str(number) for number in range(n)]
    pieces = list(cut_lines(lines, 2))
    assert [line for piece in pieces for line in piece] == lines
    assert all(pieces)
    assert sorted(map(len, pieces), reverse=True) == list(map(len, pieces))


def test_without_a_saved_index_one_process_answers_all(run: Run) -> None:
    """What lies in memory cannot be shared; the answers are the same."""
    questions = "\n".join(make_questions(MANY + 5)).encode()
    assert run("ask", "--json", "--no-cache", stdin=questions).stdout == run("ask", "--json", stdin=questions).stdout


def test_each_line_is_answered_before_the_next_is_written() -> None:
    """A program may ask, wait for the answer, and ask again."""
    command = [sys.executable, "-m", "dnqa", "ask", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        watch = threading.Timer(120, process.kill)  # a line that never comes ends the test, not the suite
        watch.start()
        for question in ("inflammation?", "what about parking"):
            process.stdin.write(f"{question}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["question"] == question
        process.stdin.close()
        assert process.wait() == 0
        watch.cancel()


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    """As `head` does, while other processes are at work."""
    command = [sys.executable, "-m", "dnqa", "ask"]
    questions = "\n".join(make_questions(5000)).encode()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        feeder = threading.Thread(target=_feed, args=(process.stdin, questions))
        feeder.start()
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=120) == 0
        assert process.stderr.read() == b""
        feeder.join()


def _feed(stream: object, data: bytes) -> None:
    try:
        stream.write(data)  # type: ignore[attr-defined]  # the standard input of a process
        stream.close()  # type: ignore[attr-defined]
    except OSError:
        pass


def test_lines_come_in_the_batches_in_which_they_are_there() -> None:
    """Whole lines only, a byte order mark and line ends dropped, an endless line cut."""
    long = b"x" * 1_000_000
    stream = BytesIO(b"\xef\xbb\xbfone\r\ntwo\n\n" + long + b"\n\xff\0end")
    lines = [line for batch in read_batches(stream) for line in batch]
    assert lines[:3] == ["one", "two", ""]
    assert 400_000 < len(lines[3]) < 500_000
    assert lines[3].endswith("...")
    assert lines[4:] == ["\ufffd\ufffdend"]


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can tell whether a pipe has more")
def test_many_lines_are_one_batch_as_long_as_more_come() -> None:
    """A pipe holds less than a batch; but what is there is given before anybody waits for more."""
    many = [f"question {number}" for number in range(3000)]
    read, write = os.pipe()
    with open(read, "rb") as stream, open(write, "wb") as source:
        batches = read_batches(stream)
        source.write("\n".join([*many, ""]).encode())
        source.flush()
        assert next(batches) == many
        feeder = threading.Thread(target=_feed, args=(source, "\n".join(20 * many).encode()))
        feeder.start()
        assert [line for batch in batches for line in batch] == 20 * many
        feeder.join()


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can tell whether a stream has more")
def test_pieces_that_come_without_a_pause_are_one_batch() -> None:
    """As long as the stream has more, and no longer."""

    class Pieces(BytesIO):
        """A stream that gives a part of what it has at a time."""

        def __init__(self, source: int) -> None:
            super().__init__(b"question\n" * 10_000)
            self._source = source

        def read1(self, size: int | None = -1, /) -> bytes:
            return super().read1(min(size or 0, 20_000))

        def fileno(self) -> int:
            return self._source

    read, write = os.pipe()
    with open(read, "rb") as source, open(write, "wb"):
        assert next(map(len, read_batches(Pieces(source.fileno())))) < 3000
    with Path(__file__).open("rb") as source:  # a file has more at once, always
        assert [len(batch) for batch in read_batches(Pieces(source.fileno()))] == [10_000]


def test_few_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single question, and some, are answered where they are."""
    monkeypatch.setattr("dnqa.cli.piping._start_pool", None)
    written = list(answer_batches(dnqa.load(), [["inflammation?"], ["parking"] * (MANY - 1)], Style(3)))
    assert len(written) == MANY
    assert [part.any_answered for part in written[:2]] == [True, False]


def test_processes_that_die_leave_no_question_unanswered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they cannot answer is answered where the questions came in."""

    def start_doomed(*_: object) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), os._exit, (1,))

    monkeypatch.setattr("dnqa.cli.piping._start_pool", start_doomed)
    questions = make_questions(MANY)
    written = b"".join(
        part.data for part in answer_batches(dnqa.load(), [questions, questions[:70]], Style(3, as_json=True))
    )
    assert [json.loads(line)["question"] for line in written.splitlines()] == [*questions, *questions[:70]]


def test_index_builds_ahead(run: Run, write_corpus: Write, tmp_path: Path) -> None:
    """`dnqa index` says what it built, then that it is up to date; a folder that cannot be is named."""
    folder = write_corpus({"a.txt": "Rest the knee [1].\n"})
    cache = str(tmp_path / "cache")
    first = run("index", "--corpus", str(folder), DNQA_CACHE=cache)
    again = run("index", "--corpus", str(folder), DNQA_CACHE=cache)
    assert first.stdout.startswith(b"Built: 1 passage, ")
    assert again.stdout.startswith(b"Up to date: 1 passage, ")
    assert first.returncode == again.returncode == 0
    assert first.stderr == again.stderr == b""
    (tmp_path / "file").write_bytes(b"")
    failed = run("index", "--corpus", str(folder), DNQA_CACHE=str(tmp_path / "file"))
    assert failed.returncode == 2
    assert b"could not be saved" in failed.stderr
    assert os.listdir(folder) == ["a.txt"]
