"""Compiles the innermost loops while dnqa is installed; without a compiler they stay plain Python."""

import contextlib
import shutil
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SUFFIX = str(sysconfig.get_config_var("EXT_SUFFIX"))


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel, or for an editable install puts them beside their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say so of the wheel; where that fails, for whatever reason, build without."""
        root = Path(self.root)
        sources = [path.relative_to(root) for path in sorted((root / "dnqa").rglob("*.pyx"))]
        try:
            for source in sources:  # what was compiled of another version would be taken for this one
                (root / source).with_suffix(_SUFFIX).unlink(missing_ok=True)
            self._scratch = tempfile.TemporaryDirectory()
            compiled = compile_modules(root, sources, Path(self._scratch.name))
        except (Exception, SystemExit) as error:  # a compiler that is missing is reported in many ways
            self.app.display_warning(f"dnqa takes longer to answer, as its loops could not be compiled: {error}")
            return
        if version == "editable":
            for path, name in compiled.items():
                shutil.copy(path, root / name)
        else:
            build_data["force_include"].update(compiled)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compile_modules(root: Path, sources: Sequence[Path], scratch: Path) -> dict[str, str]:
    """Compile modules of a checkout into a folder, and return where each is, with where it belongs."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    with contextlib.chdir(root):
        extensions = [Extension(".".join(path.with_suffix("").parts), [str(path)]) for path in sources]
        modules = cythonize(extensions, build_dir=str(scratch / "c"), force=True, quiet=True)
        command: Any = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.build_lib, command.build_temp, command.parallel = str(scratch / "lib"), str(scratch / "temp"), True
        command.ensure_finalized()
        command.run()
        return {path: Path(path).relative_to(scratch / "lib").as_posix() for path in command.get_outputs()}
