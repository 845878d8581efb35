"""A desk that is served, as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def serve(home: Path, *options: str) -> Iterator[str]:
    """Serve the desk with a home folder and options of its own: its address, such as http://127.0.0.1:43210."""
    env = {name: value for name, value in os.environ.items() if name not in ("DNQA_CORPUS", "NO_COLOR")}
    with subprocess.Popen(
        [sys.executable, "-m", "dnqa", "serve", "--port", "0", *options],
        stderr=subprocess.PIPE,
        env={**env, "HOME": str(home), "USERPROFILE": str(home)},
        text=True,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stderr
            line = server.stderr.readline()
            assert "the desk is at http://127.0.0.1:" in line
            yield next(word for word in line.split() if word.startswith("http://"))
        finally:  # a test that fails shall not wait for it forever
            server.terminate()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the desk in a browser."""
    with serve(tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[str]:
    """The address of a page that is somebody else's."""
    (tmp_path / "index.html").write_text("<title>elsewhere</title>", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as server:
        assert server.stdout
        port = server.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}/"
        server.terminate()
