"""What may import what, held in a fresh interpreter."""

import ast
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


FLOORS = (
    ("errors", "version", "words"),
    ("text",),
    ("records",),
    ("reading", "rendering"),
    ("formats",),
    ("sources",),
    ("index",),
    ("asking",),
    ("library",),
    ("turns",),
    ("conversation", "teaching"),
    ("__init__",),
    ("desk", "web", "cluster"),
    ("app",),
    ("cli",),
    ("__main__",),
)
"""What may import what: a room imports those on floors above it in this list, which are below it in the house."""


def test_the_house_has_few_rooms_and_no_arrow_runs_upwards() -> None:
    """Every folder and module directly in dnqa is a room with a floor; nothing imports from its own floor or a higher
    one."""
    rooms = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    floor_of = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
    assert rooms == set(floor_of)
    assert len(rooms) <= 22
    for path in PACKAGE.rglob("*.py"):
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for room in _list_rooms_imported(path) - {own}:
            assert floor_of[room] < floor_of[own], f"{path} imports {room}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Within a room, too: a module is understood once those that it imports are."""
    imported = {path: _list_imported(path) for path in PACKAGE.rglob("*.py")}
    known = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path for path in imported}
    left = {
        name: {other for other in imported[path] if other in known and other != name} for name, path in known.items()
    }
    while left:
        free = [name for name, others in left.items() if not others & left.keys()]
        assert free, sorted(left)
        for name in free:
            del left[name]


def _list_imported(path: Path) -> set[str]:
    """The modules of dnqa that a module names in its imports, wherever they stand in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "dnqa":
            names.update([node.module] if "." in node.module else [])
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names if alias.name.split(".")[0] == "dnqa")
    return names


def _list_rooms_imported(path: Path) -> set[str]:
    parts = [name.split(".") for name in _list_imported(path)]
    rooms = {name[1] if len(name) > 1 else "__init__" for name in parts}
    return {room for room in rooms if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").exists()}
