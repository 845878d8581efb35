"""What may import what, held in a fresh interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "dnqa"


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


@pytest.mark.parametrize(
    ("part", "above"),
    [("dnqa.", ("dnqa.cli", "dnqa.desk", "dnqa.app", "dnqa.web")), ("dnqa.desk", ("dnqa.cli", "dnqa.app", "dnqa.web"))],
)
def test_arrows_point_one_way(part: str, above: tuple[str, ...]) -> None:
    """No module of the core imports the desk or a front end, and none of the desk imports a front end."""
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in sorted(PACKAGE.rglob("*.py"))]
    names = [name.removesuffix(".__init__") for name in names]
    loaded = [name for name in names if name.startswith(part) and not name.startswith(("dnqa.__main__", *above))]
    assert len(loaded) > 10
    code = f"import sys, {', '.join(loaded)}; print(*[name for name in sys.modules if name.startswith({above!r})])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
