"""One sign-in with a password: a page that asks for it, and a cookie that says it was given.

The password is compared in constant time, wrong ones are counted for each address and slow everybody down from it, and
what the cookie holds is known to this server alone, for as long as it runs.
"""

import hmac
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from html import escape
from pathlib import Path

from aiohttp import web

from dnqa.errors import UsageError
from dnqa.text.files import read_utf8

PATH = "/sign-in"
_COOKIE = "dnqa"
_SHORTEST = 8
_MOST_TRIES, _WINDOW = 5, 60.0
"""So many wrong passwords from one address within so many seconds; more are not looked at."""
_LARGEST_FORM = 4096  # bytes
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>dnqa</title><link rel="icon" href="data:,"><style>
body{{margin:0;height:100vh;display:grid;place-content:center;background:#101418;color:#f2f2f2;font:16px monospace}}
form{{padding:0 1em}}
input,button{{font:inherit;padding:.6em;min-height:44px;box-sizing:border-box;width:100%;margin-top:.6em}}
button{{background:#7cc4ff;color:#101418;border:0}}</style></head>
<body><form method="post" action="/sign-in"><label for="p">dnqa: the password of this desk</label>
<input id="p" name="password" type="password" autocomplete="current-password" autofocus required>
<button>Sign in</button><p role="alert">{problem}</p></form></body></html>
"""


def read_password(path: Path) -> str:
    """The password in a file: its first line. Raises UsageError if it is not there, or too short."""
    password = read_utf8(path, UsageError).split("\n", 1)[0].strip()
    if len(password) < _SHORTEST:
        raise UsageError(f"{path}: the password has fewer than {_SHORTEST} characters; write a longer one")
    return password


class SignIn:
    """Lets in who has given the password."""

    def __init__(self, password: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = password.encode()
        self._token = secrets.token_urlsafe(32)
        self._clock = clock
        self._wrong: defaultdict[str, list[float]] = defaultdict(list)  # when, by address

    def is_in(self, request: web.Request) -> bool:
        """Whether a request comes from who has signed in."""
        return hmac.compare_digest(request.cookies.get(_COOKIE, "").encode(), self._token.encode())

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The page that asks, or what comes of a password."""
        if request.method != "POST" or request.path != PATH:
            return self._ask("", status=200 if request.path == PATH else 401)
        address = request.remote or ""
        now = self._clock()
        recent = [tried for tried in self._wrong[address] if now - tried < _WINDOW]
        self._wrong[address] = recent
        if len(recent) >= _MOST_TRIES:
            return self._ask("Too many wrong passwords; wait a minute.", status=429)
        if (request.content_length or 0) > _LARGEST_FORM:
            return self._ask("That is not a password.", status=413)
        given = (await request.post()).get("password", "")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode("utf-8", "replace"), self._password):
            recent.append(now)
            return self._ask("That is not the password.", status=401)
        response = web.HTTPSeeOther("/")
        response.set_cookie(
            _COOKIE, self._token, httponly=True, samesite="Strict", secure=request.secure, path="/", max_age=None
        )
        return response

    @staticmethod
    def _ask(problem: str, *, status: int) -> web.Response:
        return web.Response(text=_PAGE.format(problem=escape(problem)), content_type="text/html", status=status)
