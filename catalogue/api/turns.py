"""How many answers of the API are made at once: more would take the processors from the screens and be no faster.

A request that waits for its turn holds no thread, and what waits for a slow client, a body that comes or an answer that goes,
holds no turn: signing in, files and /readyz never wait behind the API.
"""

from collections.abc import Callable
from functools import partial, wraps
from inspect import iscoroutinefunction
from typing import Any

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync
from fastapi.routing import APIRoute

AT_ONCE = 4
_limiter: RunVar[CapacityLimiter] = RunVar("turns of the API")


class TurnRoute(APIRoute):
    """A route whose work, a plain function, is done in a thread when its turn comes."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, in_turn(endpoint), **options)


def in_turn(work: Callable[..., Any]) -> Callable[..., Any]:
    """The work with its turn; what is awaited already is left as it is."""
    if iscoroutinefunction(work):
        return work

    @wraps(work)
    async def waiting(*args: Any, **options: Any) -> Any:
        return await run_sync(partial(work, *args, **options), limiter=_turns())

    return waiting


def _turns() -> CapacityLimiter:
    """The limiter of the running event loop."""
    try:
        return _limiter.get()
    except LookupError:
        _limiter.set(CapacityLimiter(AT_ONCE))
        return _limiter.get()
