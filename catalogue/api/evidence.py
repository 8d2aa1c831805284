"""GET /evidence/{id}: one file of a claim, to a person whose session is alive at that moment."""

from collections.abc import Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from catalogue.api.auth import COOKIE
from catalogue.errors import Forbidden, NotFound, NotSignedIn
from catalogue.services import accounts, evidence
from catalogue.services.installation import Installation
from catalogue.store.database import Row

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def routes(get: Callable[[], Installation]) -> list[Route]:
    """The file as a download; without a session the way to the sign-in page."""

    async def download(request: Request) -> Response:
        try:
            row = await run_in_threadpool(
                _content, get, request.cookies.get(COOKIE), int(request.path_params["evidence_id"])
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

    return [Route("/evidence/{evidence_id:int}", download)]


def _content(get: Callable[[], Installation], token: str | None, evidence_id: int) -> Row:
    installation = get()
    return evidence.content(installation, accounts.who(installation, token), evidence_id)
