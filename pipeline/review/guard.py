"""Who may ask the review page for something: this machine, or whoever has the token; never another site's page. And in what language."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from extractors.messages import known_language, speaking
from pipeline.messages import say

COOKIE = "jixiao_token"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# A form of another site cannot send a header of its own without asking first, and is never allowed to.
OWN_HEADER = "x-jixiao"
_LANGUAGE_HEADER = "x-jixiao-lang"
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"  # noqa: E501
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Guard(BaseHTTPMiddleware):
    """Checks the host's name, the token and the origin of each request, and sends the headers that keep a page to itself.

    Args:
        hosts: names under which this server may be asked; another name is somebody's DNS pointing here.
        token: what a request must carry; None on this machine alone.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str], token: str | None) -> None:
        super().__init__(app)
        self._hosts = hosts
        self._token = token

    async def dispatch(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = self._refusal(request) or self._welcome(request) or await call_next(request)
        response.headers.update(_HEADERS)
        return response

    def _refusal(self, request: Request) -> Response | None:
        if host_of(request.headers.get("host", "")) not in self._hosts:
            return PlainTextResponse(say("guard.other-name"), 400)
        if request.method not in ("GET", "HEAD"):
            origin = request.headers.get("origin")
            if OWN_HEADER not in request.headers or (origin is not None and urlsplit(origin).netloc != request.headers.get("host")):
                return PlainTextResponse(say("guard.only-page"), 403)
        if self._token is not None and not self._has_token(request):
            return PlainTextResponse(say("guard.token"), 403)
        return None

    def _has_token(self, request: Request) -> bool:
        given = request.query_params.get("token") or request.cookies.get(COOKIE) or ""
        return hmac.compare_digest(given.encode(), (self._token or "").encode())

    def _welcome(self, request: Request) -> Response | None:
        """The token leaves the address bar for a cookie that only this server gets."""
        if self._token is None or "token" not in request.query_params:
            return None
        response = RedirectResponse(request.url.path, 303)
        response.set_cookie(COOKIE, self._token, httponly=True, samesite="strict")
        return response


class Speaking:
    """All that a page is told is in its language, whatever the process speaks.

    Args:
        lang: of pages that do not say theirs.
    """

    def __init__(self, app: ASGIApp, lang: str) -> None:
        self._app = app
        self._lang = lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope).get(_LANGUAGE_HEADER, "") if scope["type"] == "http" else ""
        with speaking(known_language(asked) or self._lang):
            await self._app(scope, receive, send)


def host_of(header: str) -> str:
    """The name in a Host header, without its port.

    >>> host_of("localhost:8000"), host_of("[::1]:8000"), host_of("10.0.0.1")
    ('localhost', '::1', '10.0.0.1')
    """
    return urlsplit(f"//{header}").hostname or "" if header else ""
