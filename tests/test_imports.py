"""What may import what, held in a fresh interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

import dnqa

PACKAGE = Path(__file__).parent.parent / "dnqa"


@pytest.mark.parametrize("module", ["dnqa", "dnqa.cli"])
def test_loading_dnqa_imports_no_heavy_library(module: str) -> None:
    """scikit-learn, scipy, numpy and Textual wait until they are needed."""
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sklearn", "scipy", "numpy", "textual"} & set(done.stdout.split())


def test_the_version_is_said_without_heavy_libraries() -> None:
    """Though it says which loops run, they need none of them."""
    code = "import sys; from dnqa.cli import main; main(['--version']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sklearn", "scipy", "numpy", "rapidfuzz", "textual"} & set(done.stdout.split())


def test_a_saved_index_is_asked_without_numpy() -> None:
    """Nor is anything imported that reads a source, or only the desk needs."""
    dnqa.load().build()
    loaded = _ask_and_list("dnqa.load()")
    heavy = {"sklearn", "scipy", "numpy", "rapidfuzz", "textual", "dataclasses", "importlib.metadata"}
    assert not loaded & {*heavy, "dnqa.reading", "dnqa.index.building", "dnqa.desk"}


def test_a_long_corpus_is_asked_without_numpy_too(tmp_path: Path) -> None:
    """However many passages there are."""
    (tmp_path / "long.txt").write_text(
        "".join(f"Rest on day {n} helps [{n % 9 + 1}].\n\n" for n in range(2500)), "utf-8"
    )
    dnqa.load(tmp_path).build()
    loaded = _ask_and_list(f"dnqa.load({str(tmp_path)!r})")
    assert not loaded & {"sklearn", "scipy", "numpy", "dnqa.reading"}


def _ask_and_list(library: str) -> set[str]:
    """The modules that a fresh interpreter has loaded once it has answered a question."""
    code = f"import sys, dnqa; assert {library}.ask('does rest reduce inflammation?'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


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
