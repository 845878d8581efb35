"""What several test modules share."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)  # no test depends on how fast the machine is
settings.load_profile("unhurried")

CACHE = tempfile.TemporaryDirectory(prefix="dnqa-tests-")
os.environ["DNQA_CACHE"] = CACHE.name  # indexes are shared by all tests, and the user's own are left alone
os.environ["DNQA_ENCODER"] = "off"  # a test that is about an encoder asks for it

collect_ignore = ["pty_process.py"] if sys.platform == "win32" else []  # pseudo-terminals are POSIX

DATA = Path(__file__).parent / "data"
CORPUS = Path(__file__).parent.parent / "corpus"


def read_jsonl(name: str) -> list[dict[str, Any]]:
    """The records of a file in tests/data."""
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").split("\n") if line]


Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs dnqa as a process of its own, in an empty home, with bytes on standard input."""

    def run_dnqa(*arguments: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        home = tmp_path / "home"
        home.mkdir(exist_ok=True)
        variables = {name: value for name, value in os.environ.items() if name not in ("DNQA_CORPUS", "NO_COLOR")}
        variables |= {"HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home / "cache"), **env}
        return subprocess.run(
            [sys.executable, "-m", "dnqa", *arguments],
            input=stdin,
            capture_output=True,
            timeout=120,
            env=variables,
            check=False,
        )

    return run_dnqa


@pytest.fixture
def write_corpus(tmp_path: Path) -> Callable[..., Path]:
    """Writes files, given as name and content, into a new folder and returns the folder."""

    def write(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return folder

    return write
