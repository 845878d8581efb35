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


def test_the_core_knows_no_screen() -> None:
    """Nothing below the front ends imports the command line."""
    code = "import sys, dnqa; print(any(name.startswith('dnqa.cli') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
