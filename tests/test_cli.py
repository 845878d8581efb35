"""The command, as a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dnqa.index.loops import COMPILED
from dnqa.version import VERSION
from tests.conftest import CORPUS, Run, read_jsonl

Write = Callable[[dict[str, str | bytes]], Path]
FIELDS = ["question", "status", "passages", "read", "missing", "nearest", "close"]


def test_answers_word_for_word_with_citation(run: Run) -> None:
    """`dnqa ask QUESTION` prints the sentence, its number, and where it stands."""
    done = run("ask", "what does dry needling do about", "inflammation?")
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode().startswith(
        "Dry needling also triggers the systems that control inflammation and decrease pain. [4]\n"
        "Inflammation Effects, dry-needling-physiology.txt, line 92\n"
    )
    assert done.stdout.endswith(b"\n\n")


def test_refusing_is_exit_1(run: Run) -> None:
    """A refusal says so and names what was not found."""
    done = run("ask", "is parking free?")
    assert done.returncode == 1
    assert done.stdout.startswith(b"Not in this source.")


def test_passages_as_json_are_the_hand_made_list(run: Run) -> None:
    """`dnqa passages --json` equals the passages as read by a person, with offsets into the file."""
    text = (CORPUS / "dry-needling-physiology.txt").read_bytes().decode("utf-8")
    records = [json.loads(line) for line in run("passages", "--json").stdout.decode().split("\n") if line]
    gold = read_jsonl("passages.jsonl")
    assert [(r["section"], r["citations"], r["text"]) for r in records] == [
        (g["section"], g["citations"], g["text"]) for g in gold
    ]
    assert list(records[0]) == ["id", "text", "citations", "section", "path", "source", "title", "line", "start", "end"]
    for record in records:
        assert text[record["start"] :].startswith(record["text"][:12])
        assert text.count("\n", 0, record["start"]) + 1 == record["line"]


def test_every_input_line_gets_one_json_line(run: Run) -> None:
    """NUL, bad UTF-8, CRLF, blank lines, a byte order mark and a line of a million characters: one answer each."""
    lines = [
        b"\xef\xbb\xbfinflammation?",
        b"",
        b"a\0b",
        b"\xff\xfe",
        b"serotonin\r",
        b"x " * 500_000,
        b"pain\x1b[31m",
        b"thanks",
    ]
    done = run("ask", "--json", stdin=b"\n".join(lines))
    records = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]
    assert done.returncode == 0
    assert done.stderr == b""
    assert len(records) == len(lines)
    assert all([name in record for name in FIELDS] for record in records)
    assert all((record["status"] == "answered") == bool(record["passages"]) for record in records)
    assert [records[i]["status"] for i in (0, 1, 4, 5, 7)] == [
        "answered", "not_a_question", "answered", "not_in_source", "not_a_question",
    ]  # fmt: skip
    assert b"\x1b" not in done.stdout


def test_blank_lines_print_nothing_as_text(run: Run) -> None:
    """In text, each answer ends with one empty line and blank questions leave none."""
    once = run("ask", stdin=b"inflammation?\n").stdout
    assert run("ask", stdin=b"\n\ninflammation?\n \n").stdout == once


def test_dnqa_with_piped_input_is_ask(run: Run) -> None:
    """`dnqa < file` and `dnqa --json < file` answer as `dnqa ask` does."""
    assert run(stdin=b"inflammation?").stdout == run("ask", stdin=b"inflammation?").stdout
    assert json.loads(run("--json", stdin=b"inflammation?").stdout)["status"] == "answered"
    assert run("ask", "-", stdin=b"inflammation?").stdout == run("ask", stdin=b"inflammation?").stdout


def test_a_thousand_piped_lines_give_a_thousand(run: Run) -> None:
    """One line out for one line in, in order."""
    assert run("ask", "--json", stdin=b"does it help with swelling?\n" * 1000).stdout.count(b"\n") == 1000


def test_a_closed_pipe_ends_quietly() -> None:
    """When the reader goes, dnqa goes, with exit 0 and not a word."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dnqa", "ask"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    try:
        process.stdin.write(b"inflammation?\n" * 50)
        process.stdin.close()
    except BrokenPipeError:
        process.stdin = None
    assert process.stderr.read() == b""
    assert process.wait(60) == 0
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="closing a standard stream is the shell's own business there")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_are_no_traceback(closed: str) -> None:
    """Whatever stream is closed from the start, dnqa ends by itself and quietly."""
    for arguments in ("ask pain", "ask", "--help", "ask --corpus nowhere pain"):
        command = f'"{sys.executable}" -m dnqa {arguments} {closed}'
        done = subprocess.run(command, shell=True, input=b"", capture_output=True, timeout=60, check=False)
        assert b"Traceback" not in done.stdout + done.stderr
        assert done.returncode in (0, 1, 2)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupt_is_exit_130() -> None:
    """Ctrl+C ends without a traceback."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job would ignore it
    with subprocess.Popen(
        [sys.executable, "-m", "dnqa", "ask"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"inflammation?\n")
        process.stdin.flush()
        process.stdout.readline()  # it is up and answering
        process.send_signal(signal.SIGINT)
        signal.signal(signal.SIGINT, before)
        assert process.wait(60) == 130
        assert process.stderr.read() == b""


WRONG = {
    "unknown command": (["answer"], "invalid choice"),
    "unknown option": (["ask", "--jason", "x"], "unrecognized arguments"),
    "top of nothing": (["ask", "--top", "0", "x"], "'0' is not a number"),
    "missing corpus": (["ask", "--corpus", "no\x1bwhere", "x"], "no such file or folder"),
    "empty corpus name": (["ask", "--corpus", "", "x"], "--corpus is empty"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG.keys())
def test_wrong_usage_is_one_line_and_exit_2(run: Run, arguments: list[str], message: str) -> None:
    """Every error starts with "dnqa: ", takes one line, and leaves standard output empty."""
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"dnqa: ")
    assert done.stderr.count(b"\n") == 1
    assert message in done.stderr.decode()
    assert b"\x1b" not in done.stderr


def test_the_environment_names_a_corpus(run: Run, write_corpus: Write) -> None:
    """DNQA_CORPUS is used when --corpus is not given, and --corpus wins."""
    folder = write_corpus({"a.txt": "Parking is free [3].", "b.txt": "Swimming is good [1]."})
    assert run("ask", "is parking free?", DNQA_CORPUS=str(folder)).stdout.startswith(b"Parking is free. [3]\n")
    done = run("ask", "--corpus", str(folder / "b.txt"), "is parking free?", DNQA_CORPUS=str(folder))
    assert done.returncode == 1


def test_a_passage_without_citation_says_so(run: Run, write_corpus: Write) -> None:
    """Where the source cites nothing, the answer shows [no citation]."""
    folder = write_corpus({"a.txt": "Parking is free."})
    assert run("ask", "--corpus", str(folder), "parking?").stdout.startswith(b"Parking is free. [no citation]\n")


def test_references_lists_entries_and_what_they_support(run: Run, write_corpus: Write) -> None:
    """Each number comes with its entry, or says that there is none, and its passages."""
    folder = write_corpus({"a.txt": "Rest helps1. Walk2.\n\nReferences\n1. Smith J. Rest.\n"})
    listed = run("references", "--corpus", str(folder)).stdout.decode()
    assert "[1] Smith J. Rest.\n    Rest helps. [1]\n" in listed
    assert "[2] no entry\n    Walk. [2]\n" in listed


def test_check_reports_doubts_with_exit_1(run: Run, write_corpus: Write) -> None:
    """Gaps in the run of citations and passages without one are named, with their line."""
    assert run("check").returncode == 0
    done = run("check", "--corpus", str(write_corpus({"a.txt": "Rest helps1.\n\nSleep well.\n\nWalk4."})))
    assert done.returncode == 1
    assert b"2-3 of 1 to 4" in done.stdout
    assert b'a.txt, line 3: no citation: "Sleep well."' in done.stdout
    assert run("check", "--corpus", "nowhere").returncode == 2


@pytest.mark.parametrize("columns", [60, 120])
def test_help_is_as_wide_as_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """And no wider."""
    monkeypatch.setenv("COLUMNS", str(columns))
    longest = max(map(len, run("teach", "--help").stdout.decode().split("\n")))
    assert columns // 2 < longest <= columns


@pytest.mark.parametrize("columns", ["", "0", "-3", "wide", " 80 ", "9" * 5000])
def test_a_width_that_is_none_is_not_taken(run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    """Where the environment has no number of columns, and there is no terminal, there are 80."""
    monkeypatch.delenv("COLUMNS", raising=False)
    usual = run("teach", "--help").stdout
    monkeypatch.setenv("COLUMNS", columns)
    assert run("teach", "--help").stdout == usual


def test_help_opens_with_examples_and_lists_exit_codes(run: Run) -> None:
    """The first thing in the help is a question asked."""
    text = run("--help").stdout.decode()
    assert text.startswith('examples:\n  dnqa ask "')
    assert "130  interrupted" in text


def test_the_version_says_which_loops_run(run: Run) -> None:
    """Whoever finds dnqa slow can see whether it was compiled."""
    loops = "compiled" if COMPILED else "plain"
    assert run("--version").stdout.decode() == f"dnqa {VERSION} ({loops} loops, by words)\n"


def test_color_only_when_asked_for_in_a_pipe(run: Run) -> None:
    """The bytes are the same as on a terminal, colour aside."""
    plain = run("ask", "inflammation?").stdout
    colored = run("ask", "--color", "always", "inflammation?").stdout
    assert b"\x1b[1m[4]\x1b[0m" in colored
    assert colored.replace(b"\x1b[1m", b"").replace(b"\x1b[0m", b"") == plain


def test_output_is_utf8_whatever_the_locale(run: Run) -> None:
    """A C locale does not change a byte."""
    question = "Rosenbleuth’s law of denervation"
    assert run("ask", question, LC_ALL="C", PYTHONIOENCODING="ascii").stdout == run("ask", question).stdout


def test_chat_takes_lines_as_turns(run: Run) -> None:
    """With --chat a follow-up leans on the line before; without it, it does not."""
    stdin = b"what about inflammation?\nsame reference?\n"
    turns = [json.loads(line) for line in run("ask", "--chat", "--json", stdin=stdin).stdout.splitlines()]
    alone = [json.loads(line) for line in run("ask", "--json", stdin=stdin).stdout.splitlines()]
    assert turns[1]["passages"] == turns[0]["passages"]
    assert alone[1]["status"] != "answered"


def test_explain_says_what_led_to_an_answer(run: Run) -> None:
    """Matched words, evidence, the known question and the runners-up are listed below the answer."""
    text = run("ask", "--explain", "does the needle help me heal after micro-bleeding").stdout.decode()
    for part in ("  matched: ", "  evidence: probability ", "  nearest known question: ", "  next: "):
        assert part in text


def test_init_teach_and_check(run: Run, tmp_path: Path) -> None:
    """A clinic copies the corpus, adds a question, and check lists it until it is reviewed."""
    folder = str(tmp_path / "mine")
    assert run("init", folder).returncode == 0
    assert run("check", "--corpus", folder).returncode == 0
    assert run("teach", "--corpus", folder, "is my hamster allowed in", "--no-answer").returncode == 0
    teach = ("teach", "--corpus", folder, "does it help with inflammation please", "--no-answer", "--preview")
    assert b'other wordings of "Does it help with inflammation?"' in run(*teach).stdout
    done = run("check", "--corpus", folder)
    assert done.returncode == 1
    assert b"please" not in done.stdout  # a preview adds nothing
    assert b'not reviewed: "is my hamster allowed in"' in done.stdout
    shipped = run("teach", "is my hamster allowed in", "--no-answer")
    assert shipped.returncode == 2
    assert b"dnqa init FOLDER" in shipped.stderr


def test_evaluate_prints_figures_by_kind(run: Run, tmp_path: Path) -> None:
    """A clinic can measure its own questions, with ids or names for the answers."""
    passages = [json.loads(line) for line in run("passages", "--json").stdout.splitlines()]
    file = tmp_path / "asked.jsonl"
    rows = [
        {"question": "what about inflammation?", "kind": "easy", "answers": [passages[22]["id"]]},
        {"question": "is parking free?", "kind": "none", "answers": []},
    ]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    text = run("evaluate", str(file)).stdout.decode()
    assert "easy  n=1 hit@1=1.000" in text
    assert "none  n=1 false answers=0.000" in text
    for wrong in ('{"question": "x", "answers": ["P99"]}', '{"question": "x", "answers": [["a"]]}', "[" * 100_000):
        file.write_text(wrong, encoding="utf-8")
        done = run("evaluate", str(file))
        assert done.returncode == 2
        assert b"line 1" in done.stderr
        assert b"Traceback" not in done.stderr
