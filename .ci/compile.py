"""Compiles the innermost loops while dnqa is installed.

Where there is no C compiler they stay plain Python, which is said; whatever else goes wrong ends the build, as an
installation of which nobody knows how quickly it answers is worse than none. DNQA_REQUIRE_COMPILED=1 makes a compiler
that is missing an error too.
"""

import contextlib
import os
import shutil
import sysconfig
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))
_TRIAL = "void *PyInit_trial(void) { return 0; }\n"


class LoopsError(Exception):
    """The loops could not be compiled, although they should be."""


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel, or for an editable install puts them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say so of the wheel. Raises LoopsError, except where a compiler is missing that need not be."""
        root = Path(self.root)
        self._kept = contextlib.ExitStack()
        if version == "editable":
            for old in (root / "dnqa").rglob(f"*{_SUFFIX}"):  # it would be taken for what is built now
                old.unlink()
        with contextlib.ExitStack() as stack:
            scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dnqa-", ignore_cleanup_errors=True)))
            if lack := find_lack(scratch):
                if os.environ.get("DNQA_REQUIRE_COMPILED") == "1":
                    raise LoopsError(f"DNQA_REQUIRE_COMPILED=1, but {lack}")
                self.app.display_warning(f"dnqa's loops stay plain: answers on large corpora take longer, as {lack}")
                return
            compiled = compile_loops(root, find_sources(root), scratch)
            if version == "editable":
                for path, name in compiled.items():
                    shutil.copy(path, root / name)
            else:
                build_data["force_include"].update(compiled)
                self._kept = stack.pop_all()  # until the wheel is written
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what the wheel was made from."""
        self._kept.close()


def find_sources(root: Path) -> list[Path]:
    """What is to be compiled of a checkout, relative to it."""
    return [path.relative_to(root) for path in sorted((root / "dnqa").rglob("*.pyx"))]


def find_lack(scratch: Path) -> str:
    """What this computer lacks to compile anything at all for Python, in words; "" if it can.

    Two empty modules are tried, the second without Python's headers, in the way in which the loops are compiled.
    """
    if not _try_to_compile(scratch, f"#include <Python.h>\n{_TRIAL}"):
        return ""
    if obstacle := _try_to_compile(scratch, _TRIAL):
        return f"there is no C compiler that works ({obstacle})"
    return "the C compiler cannot use Python.h; many a Linux keeps it in a package of its own, such as python3-dev"


def _try_to_compile(scratch: Path, code: str) -> str:
    """Why a C file does not become a module, "" if it does."""
    from setuptools import Extension

    source = scratch / "trial.c"
    source.write_text(code, encoding="ascii")
    try:
        _build([Extension("trial", [str(source)])], scratch)
    except Exception as error:  # each platform has its own
        return textwrap.shorten(str(error), 100) or type(error).__name__
    return ""


def compile_loops(root: Path, sources: Sequence[Path], scratch: Path) -> dict[str, str]:
    """Compile modules of a checkout into a folder, and return where each is, with where it belongs.

    Raises LoopsError.
    """
    from Cython.Build import cythonize
    from setuptools import Extension

    if not sources:
        raise LoopsError("there are no loops to compile; the sources of dnqa are not complete")
    extensions = [Extension(".".join(path.with_suffix("").parts), [str(path)]) for path in sources]
    try:
        with contextlib.chdir(root):
            modules = cythonize(extensions, build_dir=str(scratch / "c"), force=True, quiet=True)
            return {path: Path(path).relative_to(scratch / "lib").as_posix() for path in _build(modules, scratch)}
    except Exception as error:
        raise LoopsError(f"the loops could not be compiled, although there is a C compiler: {error}") from error


def _build(modules: Sequence[Any], scratch: Path) -> list[str]:
    """Build modules in C, and return the files that they have become."""
    from setuptools import Distribution

    command: Any = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
    command.build_lib, command.build_temp, command.parallel = str(scratch / "lib"), str(scratch / "temp"), True
    command.force = True
    command.ensure_finalized()
    command.run()
    return list(command.get_outputs())
