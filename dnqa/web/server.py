"""textual-serve with the doors shut: nothing is loaded from elsewhere, and no other page gets in.

A browser lets any page open a WebSocket to 127.0.0.1 and type into what answers. So every request
must name this server as its host, by an address or by the name it was told to listen on (a name
could be bound to this address by a stranger), and a WebSocket must come from a page of its own.
"""

import ipaddress
import shlex
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

from dnqa.errors import UsageError
from dnqa.text.characters import clean_line

_HERE = Path(__file__).parent
_TITLE = "dnqa"
_PATIENCE = 2.0  # seconds that visitors have to end when the server does
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DeskServer(Server):
    """Serves the desk to browsers.

    arguments: of dnqa, for each visitor's process.
    tell: says a line to whoever started it.
    """

    def __init__(self, arguments: list[str], *, host: str, port: int, tell: Callable[[str], None]) -> None:
        """Raises UsageError if nothing can listen there."""
        self._socket = _listen(host, port)
        self._tell = tell
        port = self._socket.getsockname()[1]
        command = [sys.executable, "-m", "dnqa", *arguments]
        line = subprocess.list2cmdline(command) if sys.platform == "win32" else "exec " + shlex.join(command)
        super().__init__(line, host=host, port=port, title=_TITLE, templates_path=_HERE / "templates")

    def run(self) -> None:
        """Serve until interrupted."""
        web.run_app(
            self._make_app(), sock=self._socket, handle_signals=True, shutdown_timeout=_PATIENCE, print=lambda _: None
        )

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        return app

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - textual-serve's signature
        """Say where the desk is, and who else can reach it."""
        own = "127.0.0.1" if self._is_open else self.host
        self._tell(f"the desk is at http://{f'[{own}]' if ':' in own else own}:{self.port}  (Ctrl+C stops it)")
        if not _is_loopback(self._socket.getsockname()[0]):
            self._tell(
                "warning: other computers can reach it, without a password and unencrypted; "
                "questions can hold patient data"
            )

    @property
    def _is_open(self) -> bool:
        """Whether it listens on all addresses of this computer."""
        return bool(self._socket.getsockname()[0] in ("0.0.0.0", "::"))

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what does not come for this server from a page of this server."""
        if not self.is_own_host(request.headers.get("Host", "")):
            raise web.HTTPForbidden(text="dnqa: this address is not served; open the one that 'dnqa serve' printed\n")
        origin = request.headers.get("Origin")
        is_socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if (is_socket or origin is not None) and not _is_same_origin(origin or "", request.headers.get("Host", "")):
            raise web.HTTPForbidden(text="dnqa: only pages of this server may connect\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(
                {
                    "Content-Security-Policy": _POLICY,
                    "X-Content-Type-Options": "nosniff",
                    "Referrer-Policy": "no-referrer",
                    "Cache-Control": "no-store",
                }
            )
        return response

    def is_own_host(self, named: str) -> bool:
        """Whether a Host header names this server: its own name or an address, with its port."""
        parts = _split_host(named)
        if parts is None or parts[1] != self.port:
            return False
        name = parts[0]
        is_local = _is_loopback(self._socket.getsockname()[0])
        if name == self.host.lower() or (name == "localhost" and (is_local or self._is_open)):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not is_local


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise UsageError(f"no address is called '{clean_line(host)}'; name another --host") from error
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise UsageError(f"cannot listen on {host}:{port} ({error.strerror or error}); name another --port") from error
    return listening


def _split_host(named: str) -> tuple[str, int] | None:
    """Name and port of a Host header, None if it is none."""
    try:
        parts = urlsplit(f"//{named}")
        return ((parts.hostname or "").lower(), parts.port or 80) if not parts.path and not parts.username else None
    except ValueError:
        return None


def _is_same_origin(origin: str, host: str) -> bool:
    """Whether a page came from the host that it connects to."""
    scheme, _, rest = origin.partition("://")
    return scheme in ("http", "https") and rest.lower() == host.lower()


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback
