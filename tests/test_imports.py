"""What may import what, held in a fresh interpreter."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("module", ["dnqa", "dnqa.cli"])
def test_loading_dnqa_imports_no_heavy_library(module: str) -> None:
    """scikit-learn, scipy, numpy and Textual wait until they are needed."""
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sklearn", "scipy", "numpy", "textual"} & set(done.stdout.split())


def test_only_the_app_imports_textual() -> None:
    """Not the core, not what happens at a desk, not the command line with its line mode."""
    code = (
        "import importlib, pkgutil, sys, dnqa\n"
        "for module in pkgutil.walk_packages(dnqa.__path__, 'dnqa.'):\n"
        "    if not module.name.startswith(('dnqa.app', 'dnqa.web', 'dnqa.__main__')):\n"
        "        importlib.import_module(module.name)\n"
        "print(*[name for name in sys.modules if name.startswith(('textual', 'rich', 'aiohttp'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_core_knows_no_screen() -> None:
    """Nothing below the front ends imports one, nor what only they need."""
    code = "import sys, dnqa; print(any(name.startswith(('dnqa.cli', 'dnqa.desk')) for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_desk_knows_no_front_end() -> None:
    """What happens at a desk imports neither the command line nor the app."""
    code = "import sys, dnqa.desk; print(any(name.startswith(('dnqa.cli', 'dnqa.app')) for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
