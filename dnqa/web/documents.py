"""Documents that visitors hand over: each is added to the corpus by a process of its own, one at a time."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from aiohttp import web

from dnqa.sources.folder import SUFFIXES
from dnqa.text.characters import clean_line
from dnqa.text.files import name_for_all

PATH = "/documents"
LARGEST = 30_000_000  # bytes
_PATIENCE = 120.0  # seconds for a document to come and to be read
_OFF = "This desk takes no documents; serve it with 'dnqa serve --corpus FOLDER --allow-documents'."
_PREFIX = "dnqa: "


class Documents:
    """Takes documents for a corpus, and says of each in a line what was read of it.

    largest: bytes of a document. kinds: of files, as a browser wants them named. off: says that none are taken.
    """

    largest = LARGEST
    kinds = ",".join(SUFFIXES)
    off = _OFF

    def __init__(self, folder: Path | None) -> None:
        """Documents for the folder of a corpus, None where none are taken."""
        self._folder = folder
        self._is_busy = False

    @property
    def are_taken(self) -> bool:
        """Whether there is a corpus that they may be added to."""
        return self._folder is not None

    async def answer(self, request: web.Request) -> web.Response:
        """A line of text: what was read of the document that a request holds, or why it was not added."""
        if self._folder is None:
            return _say(_OFF, status=403)
        if (request.content_length or 0) > LARGEST:
            return _say(_too_large(), status=413)
        if self._is_busy:
            return _say("Another document is being added; try again in a moment.", status=503)
        self._is_busy = True
        try:
            with tempfile.TemporaryDirectory(prefix="dnqa-", ignore_cleanup_errors=True) as aside:
                async with asyncio.timeout(_PATIENCE):
                    path = Path(aside) / name_for_all(request.query.get("name", ""))
                    if not await _receive(request, path):
                        return _say(_too_large(), status=413)
                    return await _add(path, self._folder)
        except TimeoutError:
            return _say("The document took too long; try again, or save it in smaller parts.", status=408)
        except OSError as error:
            return _say(f"The document could not be kept ({error.strerror or error}); try again.", status=500)
        finally:
            self._is_busy = False


async def _receive(request: web.Request, path: Path) -> bool:
    """Write what a request holds to a file; whether it was not too large."""
    left = LARGEST
    with path.open("xb") as file:
        async for chunk in request.content.iter_chunked(1 << 16):
            left -= len(chunk)
            if left < 0:
                return False
            file.write(chunk)
    return True


async def _add(path: Path, folder: Path) -> web.Response:
    """Add a file by a process of its own, which ends when nobody waits for it any longer."""
    process = await asyncio.create_subprocess_exec(
        *add_command(path, folder),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        said, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return _say(f"Added. {_first_line(said)} /proof shows it beside what was read.", status=200)
    where = f"{path.parent}{os.sep}"  # means nothing to who sent it
    return _say(_first_line(complained).removeprefix(_PREFIX).replace(where, "") or "It was not added.", status=422)


def add_command(path: Path, folder: Path) -> list[str]:
    """The command that adds a file to the folder of a corpus."""
    return [sys.executable, "-m", "dnqa", "add", str(path), "--corpus", str(folder)]


def _first_line(data: bytes) -> str:
    return clean_line(data.decode("utf-8", "replace").split("\n", 1)[0])


def _too_large() -> str:
    return f"The document has more than {LARGEST // 1_000_000} MB; split it."


def _say(text: str, *, status: int) -> web.Response:
    return web.Response(text=f"{text}\n", status=status)
