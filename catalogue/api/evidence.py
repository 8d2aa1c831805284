"""GET /evidence/{id} and /return_file/{id}: a file of a claim or a return, to a person whose session is alive then."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from catalogue.api.auth import COOKIE
from catalogue.errors import Forbidden, NotFound, NotSignedIn
from catalogue.model.actor import Actor
from catalogue.services import accounts, evidence, returns
from catalogue.services.installation import Installation
from catalogue.store.database import Row

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_Content = Callable[[Installation, Actor, int], Row]


def routes(get: Callable[[], Installation]) -> list[Route]:
    """The files as downloads; without a session the way to the sign-in page."""
    return [
        _route("/evidence", evidence.content, get),
        _route("/return_file", returns.file_content, get),
    ]


def _route(path: str, content: _Content, get: Callable[[], Installation]) -> Route:
    def read(token: str | None, file_id: int) -> Row:
        installation = get()
        return content(installation, accounts.who(installation, token), file_id)

    async def download(request: Request) -> Response:
        try:
            row = await run_in_threadpool(
                read, request.cookies.get(COOKIE), int(request.path_params["file_id"])
            )
        except NotSignedIn:
            return RedirectResponse("/sign_in", 303, _HEADERS)
        except Forbidden:
            return PlainTextResponse("forbidden", 403, _HEADERS)
        except NotFound:
            return PlainTextResponse("not found", 404, _HEADERS)
        name = quote(row["file_name"])
        headers = {**_HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        return Response(row["content"], media_type=row["media_type"], headers=headers)

    return Route(f"{path}/{{file_id:int}}", download)
