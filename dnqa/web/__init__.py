"""The desk in a browser: the same app, each visitor a process of their own."""

from collections.abc import Callable
from pathlib import Path

from dnqa.errors import UsageError


def serve(  # noqa: PLR0913 - what it serves, where, and to whom
    arguments: list[str],
    *,
    host: str,
    port: int,
    tell: Callable[[str], None],
    password: Path | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
    visitors: int = 20,
    documents: Path | None = None,
) -> None:
    """Serve the desk until interrupted.

    arguments: of dnqa, for each visitor's process.
    tell: says a line to whoever started it: where the desk is, and who else can reach it.
    password: a file whose first line visitors must give. certificate, key: files for TLS. visitors: desks at a time.
    documents: the folder of the corpus that visitors may add documents to.
    Raises UsageError if dnqa was installed without its extra "web", or the address is taken.
    """
    try:
        from dnqa.web.server import DeskServer, Doors
    except ImportError as error:
        raise UsageError(f"'dnqa serve' needs {error.name}; install it with: pip install 'dnqa[web]'") from error
    doors = Doors(password, certificate, key, visitors, documents)
    DeskServer(arguments, host=host, port=port, tell=tell, doors=doors).run()
