"""Every request under an id, counted and timed; those to routes of ours also as one line of the log.

A line says the template of the route, never the path, the query, a header or the body. What Streamlit serves by itself is
counted as one route and logged where it fails; a probe that is answered well is counted only.
"""

import logging
import re
import time
from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue import logs
from catalogue.api import counts, incidents

HEADER = "X-Request-ID"
STREAMLIT = "streamlit"
_ABANDONED = 499  # what nginx calls a request whose client left before it was answered
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
# From which status on a request is worth a line; a browser that opens a page looks for Streamlit in two wrong places first.
_LOUD = {STREAMLIT: 500, "/healthz": 400, "/readyz": 400, "/metrics": 400}
# Hexadecimal, as proxies and tracing make them, and too long for the number of a phone or an identity card.
_WELL_FORMED = re.compile(r"[0-9A-Fa-f-]{16,64}")
_log = logging.getLogger(__name__)


class RequestLog:
    """Middleware around everything; `routes` are ours, whose first path segments tell them from Streamlit's."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._ours = frozenset(_first(getattr(route, "path", "")) for route in routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with counts.SCREENS.track_inprogress():
                await self._app(scope, receive, send)
        elif scope["type"] == "http":
            work = logs.Work()
            given = Headers(scope=scope).get(HEADER, "")
            if _WELL_FORMED.fullmatch(given):
                work.request_id = given
            with logs.about(work):
                await self._answer(work, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, work: logs.Work, scope: Scope, receive: Receive, send: Send) -> None:
        began, status, path = time.perf_counter(), 0, scope["path"]

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                header = (HEADER.lower().encode(), work.request_id.encode())
                message = {**message, "headers": [*message.get("headers", ()), header]}
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            pass  # nobody is left to answer
        except Exception as error:
            number = incidents.note(error, "request")
            if status:
                raise  # half an answer is out: the connection breaks off
            await PlainTextResponse(f"incident {number}", 500)(scope, receive, answer)
        finally:
            route = template(scope) if _first(path) in self._ours else STREAMLIT
            _ended(scope["method"], route, status or _ABANDONED, time.perf_counter() - began)


def template(scope: Scope) -> str:
    """The path of the route that answered, with names in place of values; of a mount its own path, if nothing inside answered."""
    route = scope.get("route")
    if isinstance(route, Mount) or route is None:
        return f"{scope.get('root_path', '')}/{{path}}"
    # An included router's route does not know under which prefix it was included; the path does.
    parts = scope["path"].split("/")
    for place in range(1, len(parts) + 1):
        if route.path_regex.match("/".join(["", *parts[place:]])):
            return "/".join(parts[:place]) + str(route.path_format)
    return str(route.path_format)


def _first(path: str) -> str:
    return path.split("/", 2)[1] if "/" in path else ""


def _ended(method: str, route: str, status: int, seconds: float) -> None:
    method = method if method in _METHODS else "other"
    counts.request_ended(method, route, status, seconds)
    if status < _LOUD.get(route, 0):
        return
    said = {"method": method, "route": route, "status": status, "duration_ms": round(seconds * 1000, 1)}
    _log.log(logging.ERROR if status >= 500 else logging.INFO, "request", extra=said)
