"""How many answers are made at once: more would take the processors from the screens and be no faster.

What waits for a slow client, a body that comes or an answer that goes, takes no place.
"""

from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE = 4


class Turns:
    """The work of routes, which the server does in threads, waits beyond so many of them."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._at_once = at_once

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limiter = current_default_thread_limiter()
        if limiter.total_tokens != self._at_once:
            limiter.total_tokens = self._at_once
        await self._app(scope, receive, send)
