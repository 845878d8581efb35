"""The desk in a browser: the same app, each visitor a process of their own."""

from collections.abc import Callable

from dnqa.errors import UsageError


def serve(arguments: list[str], *, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve the desk until interrupted.

    arguments: of dnqa, for each visitor's process.
    tell: says a line to whoever started it: where the desk is, and who else can reach it.
    Raises UsageError if dnqa was installed without its extra "web", or the address is taken.
    """
    try:
        from dnqa.web.server import DeskServer
    except ImportError as error:
        raise UsageError(f"'dnqa serve' needs {error.name}; install it with: pip install 'dnqa[web]'") from error
    DeskServer(arguments, host=host, port=port, tell=tell).run()
