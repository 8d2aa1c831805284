"""Whether the process lives (/healthz) and whether it can answer a query (/readyz)."""

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from catalogue.services.installation import Installation

_log = logging.getLogger(__name__)
_NO_STORE = {"Cache-Control": "no-store"}


def routes(get: Callable[[], Installation]) -> list[Route]:
    """GET /healthz and GET /readyz."""

    async def healthz(request: Request) -> Response:  # noqa: ARG001
        return JSONResponse({"status": "ok"}, headers=_NO_STORE)

    async def readyz(request: Request) -> Response:  # noqa: ARG001
        revision = await run_in_threadpool(_revision, get)
        if revision is None:
            return JSONResponse({"status": "unavailable"}, 503, _NO_STORE)
        return JSONResponse({"status": "ready", "revision": revision}, headers=_NO_STORE)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def _revision(get: Callable[[], Installation]) -> int | None:
    """The last revision, or None for whatever reason the installation cannot say it."""
    try:
        installation = get()
        return installation.moment().revision if installation.is_ready() else None
    except Exception:  # noqa: BLE001 - a probe answers, whatever is broken
        _log.warning("not ready", exc_info=True)
        return None
