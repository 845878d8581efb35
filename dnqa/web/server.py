"""textual-serve with the doors shut: nothing is loaded from elsewhere, and no other page gets in.

A browser lets any page open a WebSocket to 127.0.0.1 and type into what answers. So every request
must name this server as its host, by an address or by the name it was told to listen on (a name
could be bound to this address by a stranger), and what opens a WebSocket or sends something must
come from a page of its own.
"""

import ipaddress
import socket
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web
from textual_serve.server import Server, to_int

from dnqa.errors import UsageError
from dnqa.text.characters import clean_line
from dnqa.web import documents
from dnqa.web.desks import Desks, has_memory
from dnqa.web.signin import PATH, SignIn, read_password

_HERE = Path(__file__).parent
_TITLE = "dnqa"
_SCREEN = {"width": 80, "height": 24}  # columns and rows, where a page does not say
_HEARTBEAT = 15  # seconds, after which a visitor who does not answer is gone
_PATIENCE = 2.0  # seconds that visitors have to end when the server does
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Doors(NamedTuple):
    """Who gets in.

    password: a file whose first line must be given, None for nobody asked. certificate, key: files for TLS, None for
    none. visitors: how many desks at a time. documents: the folder of a corpus that visitors may add
    to, None for none.
    """

    password: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    visitors: int = 20
    documents: Path | None = None


class DeskServer(Server):
    """Serves the desk to browsers.

    arguments: of dnqa, for each visitor's process.
    tell: says a line to whoever started it.
    """

    def __init__(
        self, arguments: list[str], *, host: str, port: int, tell: Callable[[str], None], doors: Doors | None = None
    ) -> None:
        """Raises UsageError if nothing can listen there, or what the doors need cannot be read."""
        doors = doors or Doors()
        self._sign_in = SignIn(read_password(doors.password)) if doors.password else None
        self._tls = _make_tls(doors) if doors.certificate else None
        self._n_visitors, self._most_visitors = 0, doors.visitors
        self._socket = _listen(host, port)
        self._tell = tell
        self._documents = documents.Documents(doors.documents)
        port = self._socket.getsockname()[1]
        super().__init__("", host=host, port=port, title=_TITLE, templates_path=_HERE / "templates")
        self._desks = Desks([sys.executable, "-m", "dnqa", *arguments], self.download_manager)

    def run(self) -> None:
        """Serve until interrupted."""
        web.run_app(
            self._make_app(),
            sock=self._socket,
            ssl_context=self._tls,
            handle_signals=True,
            shutdown_timeout=_PATIENCE,
            print=lambda _: None,
        )

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._guard)
        app.router.add_post(documents.PATH, self._documents.answer)
        aiohttp_jinja2.get_env(app).globals["documents"] = self._documents
        if self._sign_in:
            app.router.add_route("*", PATH, self._sign_in.answer)
        return app

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Give a visitor a desk, if there is room for one more."""
        if self._n_visitors >= self._most_visitors:
            raise web.HTTPServiceUnavailable(text="dnqa: all desks are taken; try again later\n")
        if not has_memory():
            raise web.HTTPServiceUnavailable(
                text="dnqa: this computer has no memory for another desk; try again later\n"
            )
        websocket = web.WebSocketResponse(heartbeat=_HEARTBEAT)
        self._n_visitors += 1
        try:
            await websocket.prepare(request)
            desk = await self._desks.take(*(to_int(request.query.get(name, ""), n) for name, n in _SCREEN.items()))
            try:
                await desk.seat(websocket)
                self._prepare()
                await self._process_messages(websocket, desk)
            finally:
                await desk.stop()
        finally:
            self._n_visitors -= 1
            self._prepare()
        return websocket

    def _prepare(self) -> None:
        """Have a desk there for the next visitor, if there may be one."""
        if self._n_visitors < self._most_visitors:
            self._desks.prepare()

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - textual-serve's signature
        """End the desk that nobody has sat at."""
        await self._desks.close()

    async def on_startup(self, app: web.Application) -> None:  # noqa: ARG002 - textual-serve's signature
        """Say where the desk is, and who else can reach it."""
        self._desks.prepare(after=0)
        own = "127.0.0.1" if self._is_open else self.host
        scheme = "https" if self._tls else "http"
        self._tell(f"the desk is at {scheme}://{f'[{own}]' if ':' in own else own}:{self.port}  (Ctrl+C stops it)")
        lacks = [
            *([] if self._sign_in else ["without a password (--password-file)"]),
            *([] if self._tls else ["unencrypted (--certificate, --key)"]),
        ]
        if lacks and not _is_loopback(self._socket.getsockname()[0]):
            self._tell(f"warning: other computers can reach it, {' and '.join(lacks)}; questions can hold patient data")

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
        is_page = request.method in ("GET", "HEAD") and request.headers.get("Upgrade", "").lower() != "websocket"
        if (origin is not None or not is_page) and not _is_same_origin(origin or "", request.headers.get("Host", "")):
            raise web.HTTPForbidden(text="dnqa: only pages of this server may connect\n")
        if self._sign_in and not self._sign_in.is_in(request) and request.path != PATH:
            response = await self._sign_in.answer(request)
        else:
            response = await handler(request)
        if not response.prepared:
            response.headers.update(
                {
                    "Content-Security-Policy": _POLICY,
                    "X-Content-Type-Options": "nosniff",
                    "Referrer-Policy": "same-origin",
                    "Cache-Control": "no-store",
                }
            )
        return response

    def is_own_host(self, named: str) -> bool:
        """Whether a Host header names this server: its own name or an address, with its port."""
        parts = _split_host(named, 443 if self._tls else 80)
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


def _make_tls(doors: Doors) -> ssl.SSLContext:
    """What encrypts. Raises UsageError if the files cannot be used."""
    assert doors.certificate
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(doors.certificate, doors.key)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"{doors.certificate}: no certificate that can be used with its key ({error})") from error
    return context


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


def _split_host(named: str, usual: int) -> tuple[str, int] | None:
    """Name and port of a Host header, None if it is none.

    usual: the port where none is named.
    """
    try:
        parts = urlsplit(f"//{named}")
        return ((parts.hostname or "").lower(), parts.port or usual) if not parts.path and not parts.username else None
    except ValueError:
        return None


def _is_same_origin(origin: str, host: str) -> bool:
    """Whether a page came from the host that it connects to."""
    scheme, _, rest = origin.partition("://")
    return scheme in ("http", "https") and rest.lower() == host.lower()


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback
