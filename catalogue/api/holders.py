"""Routes for the holders of agency tokens: who asks, how often and how much is known before a byte of the body is read."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi.security import HTTPBearer
from fastapi.security.utils import get_authorization_scheme_param
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from catalogue.api import negotiation
from catalogue.api.negotiation import MEDIA_TYPES, Format
from catalogue.api.rate_limit import TooMany
from catalogue.api.turns import TurnRoute
from catalogue.errors import CatalogueError
from catalogue.model.actor import Actor
from catalogue.services import api_tokens
from catalogue.services.attachments import LARGEST_BYTES
from catalogue.services.attachments import MEDIA_TYPES as FILE_TYPES
from catalogue.services.installation import Installation

MOST_JSON_BYTES = 2 * 1024 * 1024
MOST_SECONDS = 60  # for a body to come to its end
ANY_FILE = "application/octet-stream"
BEARER = HTTPBearer(
    scheme_name="AgencyToken",
    bearerFormat="tthc_…",
    description="A token that an administrator issued to an agency, as `Authorization: Bearer tthc_…`.",
    auto_error=False,  # HeldRoute has looked already
)
_WITH_BODY = ("POST", "PUT")


class TooLarge(CatalogueError):
    """The body is larger than the route takes."""

    code = "api_too_large"


class TooSlow(CatalogueError):
    """The body does not come to its end in time: whoever sends it keeps others waiting."""

    code = "api_too_slow"


class WrongMediaType(CatalogueError):
    """The body is declared as something that the route does not take."""

    code = "api_media_type"


class HeldRoute(TurnRoute):
    """A route of JSON for a living token, which may not ask too often."""

    cost = 1  # of the token's bucket
    most_bytes = MOST_JSON_BYTES
    media_types: tuple[str, ...] = (MEDIA_TYPES[Format.JSON],)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the checks; what they raise leaves as a problem as any other error does."""
        handle = super().get_route_handler()

        async def held(request: Request) -> Response:
            installation: Installation = request.app.state.installation()
            actor = await run_in_threadpool(api_tokens.holder, installation, _secret(request))
            request.state.actor = actor
            writes = request.method in _WITH_BODY
            key = (installation.database.path, actor.actor_id)
            taken = request.app.state.buckets.take(key, self.cost if writes else 1)
            request.state.headers = taken.headers
            if taken.wait:
                raise TooMany(seconds=taken.wait)
            return await handle(self._bodied(request) if writes else request)

        return held

    def _bodied(self, request: Request) -> Request:
        """The request with a body that breaks off where it grows too large or too old."""
        declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if declared not in self.media_types:
            raise WrongMediaType(accepted=", ".join(self.media_types))
        length = request.headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self.most_bytes:
            raise self._too_large()
        received, deadline = 0, asyncio.get_running_loop().time() + MOST_SECONDS

        async def receive() -> Message:
            nonlocal received
            try:
                async with asyncio.timeout_at(deadline):
                    message = await request.receive()
            except TimeoutError:
                raise TooSlow(seconds=MOST_SECONDS) from None
            received += len(message.get("body", b""))
            if received > self.most_bytes:
                raise self._too_large()
            return message

        return Request(request.scope, receive)

    def _too_large(self) -> TooLarge:
        return TooLarge(megabytes=self.most_bytes // 1024**2)


class FileRoute(HeldRoute):
    """A route of files, each of which counts as ten requests: it holds as much memory as it is large."""

    cost = 10
    most_bytes = LARGEST_BYTES
    media_types = (*FILE_TYPES, ANY_FILE)


def actor_of(request: Request) -> Actor:
    """Whose token it is; a HeldRoute has looked."""
    actor: Actor = request.state.actor
    return actor


def installation_of(request: Request) -> Installation:
    """The installation that answers."""
    installation: Installation = request.app.state.installation()
    return installation


def reply(request: Request, body: BaseModel | str, more: Mapping[str, str] | None = None) -> Response:
    """An answer for the holder only.

    Raises: NotAcceptable.
    """
    accepts_json(request)
    text = body if isinstance(body, str) else body.model_dump_json()
    headers = {"Cache-Control": "no-store", **request.state.headers, **(more or {})}
    return Response(text, 200, headers, MEDIA_TYPES[Format.JSON])


def accepts_json(request: Request) -> None:
    """Call before anything is written. Raises: NotAcceptable."""
    negotiation.choose(None, request.headers.get("accept"), (Format.JSON,))


def _secret(request: Request) -> str | None:
    scheme, secret = get_authorization_scheme_param(request.headers.get("authorization"))
    return secret if scheme.lower() == "bearer" else None
