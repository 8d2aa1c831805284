"""How many requests are answered at once: more would take the processors from the screens and be no faster."""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

AT_ONCE = 4


class Turns:
    """Requests beyond so many wait until one is answered."""

    def __init__(self, app: ASGIApp, at_once: int = AT_ONCE) -> None:
        self._app = app
        self._turns = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        async with self._turns:
            await self._app(scope, receive, send)
