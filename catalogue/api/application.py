"""The API as an application of its own, to be mounted under /api: open data, and reporting in; described at /api/docs."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue.api import documented, problems
from catalogue.api.questions import VERSION
from catalogue.api.rate_limit import Buckets
from catalogue.api.v1 import (
    about,
    agencies,
    decisions,
    exports,
    figures,
    indicators,
    instruments,
    items,
    procedures,
    programmes,
    reporting,
    reporting_claims,
    reporting_files,
)
from catalogue.i18n import texts
from catalogue.services.installation import Installation

ROUTERS: tuple[APIRouter, ...] = (
    procedures.router,
    decisions.router,
    programmes.router,
    items.router,
    instruments.router,
    figures.router,
    indicators.router,
    agencies.router,
    exports.router,
    reporting.router,
    reporting_claims.router,
    reporting_files.router,
    about.router,
)
_EXPOSED = (
    "ETag", "Last-Modified", "Link", "Content-Disposition", "X-As-Of", "X-Known-At", "X-Revision", "X-Total-Count",
    "X-Demonstration", "X-Request-ID",
)  # fmt: skip


def build_api(get: Callable[[], Installation]) -> FastAPI:
    """The application; `get` hands out the installation at each request, so that it need not be open yet."""
    app = FastAPIOffline(
        docs_url="/docs",
        redoc_url=None,
        title=_both("title", " / "),
        version=VERSION,
        description=_both("about", "\n\n"),
        openapi_tags=[
            {"name": tag, "description": _both(f"tag_{tag}", " / ")}
            for tag in dict.fromkeys(one.tags[0] for one in ROUTERS)
        ],
        generate_unique_id_function=_name,
        swagger_ui_parameters={"defaultModelsExpandDepth": 0, "validatorUrl": None},  # no badge from outside
    )
    app.state.installation = get
    app.state.served_since = _FirstTime()
    app.state.buckets = Buckets()
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
    problems.install(app)
    app.add_middleware(problems.Incidents)
    app.add_middleware(HeadAsGet)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["*"],
        expose_headers=_EXPOSED,
    )
    app.openapi = partial(_describe, app)  # type: ignore[method-assign]
    return app


class HeadAsGet:
    """HEAD is answered as GET is, without the body, which a route that sees `head` in its scope need not make."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        asked = {**scope, "method": "GET", "head": True}
        try:
            await self._app(asked, receive, without_body)
        finally:
            scope["route"] = asked.get("route")  # for whoever counts requests by route


class _FirstTime:
    """When the first answer was given: reference data may have changed at the start before it, and not since."""

    def __init__(self) -> None:
        self._at: datetime | None = None

    def __call__(self, installation: Installation) -> datetime:
        if self._at is None:
            self._at = installation.database.clock()
        return self._at


def _describe(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        app.openapi_schema = documented.described(
            get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
        )
    return app.openapi_schema


def _name(route: APIRoute) -> str:
    return route.name


def _both(key: str, apart: str) -> str:
    text = texts()[f"api.{key}"]
    return f"{text['vi']}{apart}{text['en']}"
