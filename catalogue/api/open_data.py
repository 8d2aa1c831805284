"""/api: the open data, made at its first request, for FastAPI and what it learns of the routes take longer than the screens' start."""

import re
import threading
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from catalogue.services.installation import Installation


def routes(get: Callable[[], Installation]) -> list[Route | Mount]:
    """Everything under /api."""
    mount = Mount("/api", app=_OnFirstUse(get))
    mount.path_regex = re.compile(
        mount.path_regex.pattern, re.DOTALL
    )  # a path with a line break is refused here too
    return [Route("/api", _to_docs), Route("/api/", _to_docs), mount]


async def _to_docs(request: Request) -> Response:  # noqa: ARG001
    return RedirectResponse("/api/docs")


class _OnFirstUse:
    """The application of `catalogue.api.application`, imported and built when somebody asks for it."""

    def __init__(self, get: Callable[[], Installation]) -> None:
        self._get = get
        self._lock = threading.Lock()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if app is None:
            app = await run_in_threadpool(self._built)
        await app(scope, receive, send)

    def _built(self) -> ASGIApp:
        from catalogue.api.application import build_api

        with self._lock:
            if self._app is None:
                self._app = build_api(self._get)
            return self._app
