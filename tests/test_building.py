"""Installing dnqa: where there is a compiler, where there is none, and what a mistake in the loops does."""

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from dnqa.index.loops import COMPILED
from dnqa.version import VERSION

ROOT = Path(__file__).parent.parent
SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))
posix_only = pytest.mark.skipif(os.name == "nt", reason="CC and PATH name no compiler there")
with_compiler = pytest.mark.skipif(not COMPILED, reason="dnqa was installed without a compiler")


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The module that compiles."""
    spec = importlib.util.spec_from_file_location("compile_hook", ROOT / ".ci" / "compile.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Project:
    """A package of a single loop, and what is built of it.

    folder: where it lies; loop: the file that is compiled.
    said: the warnings.
    wheel: what the hook says of the wheel; sizes: of the files that it adds, in bytes.
    """

    def __init__(self, folder: Path, hook: ModuleType) -> None:
        self.folder = folder
        self.loop = folder / "dnqa" / "loop.pyx"
        self.loop.parent.mkdir()
        self.loop.with_name("__init__.py").touch()
        self.loop.write_text("def double(int number):\n    return 2 * number\n", encoding="utf-8")
        self.said: list[str] = []
        self.wheel: dict[str, Any] = {"force_include": {}, "pure_python": True, "infer_tag": False}
        self.sizes: dict[str, int] = {}
        app = SimpleNamespace(display_warning=self.said.append)
        self._hook = hook.CompileHook(str(folder), {}, None, None, "", "wheel", app)

    def build(self, version: str = "standard") -> None:
        """Build a wheel, "standard" or "editable"."""
        self._hook.initialize(version, self.wheel)
        self.sizes = {name: Path(path).stat().st_size for path, name in self.wheel["force_include"].items()}
        self._hook.finalize(version, self.wheel, "")

    @property
    def files(self) -> list[str]:
        """The names of what now lies in the package, its own `__init__.py` aside."""
        return sorted(file.name for file in self.loop.parent.iterdir() if file.name != "__init__.py")


@pytest.fixture
def project(tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A small package to build, which may be built plain."""
    monkeypatch.delenv("DNQA_REQUIRE_COMPILED", raising=False)
    return Project(tmp_path, hook)


@with_compiler
def test_a_wheel_has_the_compiled_loops(project: Project) -> None:
    """They are in it where they belong, it is one for this platform, and an editable install keeps its own."""
    (project.folder / "dnqa" / f"old{SUFFIX}").touch()
    project.build()
    assert project.said == []
    assert list(project.sizes) == [f"dnqa/loop{SUFFIX}"]
    assert min(project.sizes.values()) > 1000
    assert (project.wheel["pure_python"], project.wheel["infer_tag"]) == (False, True)
    assert project.files == ["loop.pyx", f"old{SUFFIX}"]


@with_compiler
def test_an_editable_install_has_them_beside_their_sources(project: Project) -> None:
    """And no others: what was compiled of a source that is gone goes too."""
    (project.folder / "dnqa" / f"gone{SUFFIX}").touch()
    project.build("editable")
    assert project.files == [f"loop{SUFFIX}", "loop.pyx"]
    code = "from dnqa.loop import double; print(double(21))"
    done = subprocess.run([sys.executable, "-c", code], cwd=project.folder, capture_output=True, check=False)
    assert (done.stdout.split(), done.stderr) == ([b"42"], b"")


MISTAKES = {
    "not Cython": "def double(:\n",
    "a name that is not there": "cdef int double(nothing number):\n    return 2\n",
    "a header that is not there": 'cdef extern from "nowhere.h":\n    int double(int number)\n\ndouble(2)\n',
    "not C": 'cdef extern from *:\n    """\n    int double(\n    """\n    int double(int number)\n\ndouble(2)\n',
}


@with_compiler
@pytest.mark.parametrize("source", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_ends_the_build(project: Project, source: str) -> None:
    """Where there is a compiler, nobody gets plain loops without being told."""
    project.loop.write_text(source, encoding="utf-8")
    with pytest.raises(Exception, match="could not be compiled, although there is a C compiler"):
        project.build()
    assert project.said == []


def test_no_sources_end_the_build(project: Project) -> None:
    """A package without loops is not one of dnqa's."""
    project.loop.unlink()
    with pytest.raises(Exception, match=r"no loops to compile|DNQA_REQUIRE_COMPILED"):
        project.build()


WITHOUT = {
    "nothing on the path": ({"PATH": ""}, "no C compiler"),
    "another name": ({"CC": "no-such-compiler"}, "no C compiler"),
    "one that fails": ({"CC": "false"}, "no C compiler"),
    "no headers": ({"CC": "cc -nostdinc"}, "Python.h"),
}


@posix_only
@pytest.mark.parametrize(("variables", "lack"), WITHOUT.values(), ids=WITHOUT.keys())
def test_without_a_compiler_the_loops_are_plain(
    project: Project, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lack: str
) -> None:
    """One line says so, what is missing, and what it costs; and nothing compiled earlier stays."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    (project.folder / "dnqa" / f"loop{SUFFIX}").touch()
    project.build("editable")
    assert project.wheel == {"force_include": {}, "pure_python": True, "infer_tag": False}
    assert project.files == ["loop.pyx"]
    (line,) = project.said
    assert "\n" not in line
    assert "answers on large corpora take longer" in line
    assert lack in line


@posix_only
@pytest.mark.parametrize(("variables", "lack"), WITHOUT.values(), ids=WITHOUT.keys())
def test_a_compiler_can_be_required(
    project: Project, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lack: str
) -> None:
    """With DNQA_REQUIRE_COMPILED=1 the same ends the build."""
    for name, value in {**variables, "DNQA_REQUIRE_COMPILED": "1"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Exception, match=rf"^DNQA_REQUIRE_COMPILED=1, but .*{lack}"):
        project.build()
    assert project.said == []


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment in which the wheel of the source distribution is installed.

    Its other packages are those of the tests, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("installed")
    environment = {**os.environ, "CFLAGS": "-O0"}  # compiled sooner, if slower

    def run(*arguments: str | Path, cwd: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    sources = folder / f"dnqa-{VERSION}"
    (sources / "dnqa" / f"old{SUFFIX}").touch()
    run("hatchling", "build", "-t", "wheel", "-d", folder, cwd=sources)
    environment_folder = folder / "environment"
    venv.create(environment_folder, with_pip=False)
    commands = environment_folder / ("Scripts" if os.name == "nt" else "bin")
    wheel = next(folder.glob("*.whl"))
    run("pip", "--python", str(commands / "python"), "install", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = subprocess.run(
        [commands / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    Path(packages.stdout.strip(), "tests.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return commands


def test_an_installed_wheel_answers(installed: Path, tmp_path: Path) -> None:
    """What is in the wheel of the source distribution is all that a question needs, the shipped corpus included."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("DNQA_CORPUS", "PYTHON"))}
    variables["DNQA_CACHE"] = str(tmp_path)

    def run(*arguments: str) -> str:
        return subprocess.run(
            [installed / "dnqa", *arguments], cwd=tmp_path, env=variables, capture_output=True, text=True, check=True
        ).stdout

    assert not list(installed.parent.rglob(f"old{SUFFIX}"))  # which an editable install has left
    assert "[4]\n" in run("ask", "how does the needle promote healing?")
    assert run("--version") == f"dnqa {VERSION} ({'compiled' if COMPILED else 'plain'} loops, by words)\n"
