"""Compiles the innermost loops while dnqa is installed; without a compiler they stay plain Python."""

import contextlib
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_DIRECTIVES = {"language_level": 3, "annotation_typing": False, "wraparound": False, "cdivision": True}


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel, or for an editable install puts them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - called by name
        """Compile, and say so of the wheel; where that fails, for whatever reason, build without."""
        try:
            compiled = compile_modules(Path(self.root))
        except (Exception, SystemExit) as error:  # a compiler that is missing is reported in many ways
            self.app.display_warning(f"dnqa takes longer to answer, as its loops could not be compiled: {error}")
            return
        build_data["artifacts"] += [f"/{path}" for path in compiled]
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compile_modules(root: Path) -> list[str]:
    """Compile every module of a checkout that has its types in a .pxd beside it, and return where they are then."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    with contextlib.chdir(root), tempfile.TemporaryDirectory() as scratch:
        sources = [path.with_suffix(".py") for path in sorted(Path("dnqa").rglob("*.pxd"))]
        extensions = [Extension(".".join(path.with_suffix("").parts), [str(path)]) for path in sources]
        modules = cythonize(extensions, build_dir=scratch, compiler_directives=_DIRECTIVES, force=True, quiet=True)
        command: Any = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.build_lib, command.build_temp, command.parallel = ".", scratch, True
        command.ensure_finalized()
        command.run()
        return [Path(path).as_posix() for path in command.get_outputs()]
