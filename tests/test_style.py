"""The code is as the project's own rules want it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("tool", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join)
def test_tools_find_nothing(tool: list[str]) -> None:
    """ruff and mypy, strict, have nothing to say."""
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_module_is_over_400_lines() -> None:
    """Every module of the package can be read in one sitting."""
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "dnqa").rglob("*.py")}
    assert {str(path): n for path, n in lengths.items() if n > 400} == {}
