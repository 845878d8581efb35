"""The desk as prompt and lines."""

from pathlib import Path

import pytest

from dnqa.cli.plain import PlainDesk
from dnqa.desk import Session
from tests.app.driving import own_corpus


def test_a_lesson_is_given_and_taken_back(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """With what it may change before it is confirmed."""
    lines = iter(["is parking free?", "/teach", "0", "y", "/undo", "/undo", "/review"])

    def read_line(_: str) -> str:
        for line in lines:
            return line
        raise EOFError

    PlainDesk(Session(own_corpus(tmp_path)), read_line).run()
    said = capfdbinary.readouterr().out.decode()
    assert "Changes nothing about the known questions." in said
    assert "not yet reviewed; /undo takes it back." in said
    assert "Taken back: “is parking free?”" in said
    assert "Nothing was taught here that could be taken back." in said
    assert "/review is for the app" in said
    assert (tmp_path / "corpus" / "questions.jsonl").read_bytes() == b""
