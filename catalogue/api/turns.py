"""How much of the API is answered at once: more would take the processors from the screens and be no faster."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from anyio.to_thread import current_default_thread_limiter
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from catalogue.api.problems import answer
from catalogue.errors import StoreUnavailable

AT_ONCE = 4  # answers that are made
_MOST = 64  # requests of the API that wait or are answered
_THREADS = 2 * _MOST  # so that whatever else the server does, signing in and /readyz, never waits behind them
_places = BoundedSemaphore(AT_ONCE)


@contextmanager
def turn() -> Iterator[None]:
    """A place among the answers that are made; what waits for a slow client has none."""
    with _places:
        yield


class Turns:
    """Requests beyond so many are told to come again."""

    def __init__(self, app: ASGIApp, most: int = _MOST) -> None:
        self._app, self._most, self._inside = app, most, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        current_default_thread_limiter().total_tokens = _THREADS
        if self._inside >= self._most:
            refusal = answer(Request(scope), 503, StoreUnavailable("api_busy"), headers={"Retry-After": "5"})
            await refusal(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1
