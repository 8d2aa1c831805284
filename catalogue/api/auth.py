"""Signing in and out over HTTP: a form post from our own pages, a cookie that only the server reads."""

from collections.abc import Callable
from urllib.parse import quote, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from catalogue.errors import BadCredentials, Forbidden
from catalogue.model.actor import Role
from catalogue.services import accounts
from catalogue.services.installation import Installation

COOKIE = "tracker_session"
_HOME = {Role.MINISTRY_EDITOR: "/my_work", Role.REVIEWER: "/to_verify"}  # everybody else: the overview
_NO_STORE = {"Cache-Control": "no-store"}


def routes(get: Callable[[], Installation]) -> list[Route]:
    """POST /auth/session signs in, POST /auth/end signs out; both answer 303."""

    async def start_session(request: Request) -> Response:
        if not _is_own_page(request):
            return _refusal()
        form = await request.form(max_files=0, max_fields=10, max_part_size=8192)
        target = _own_path(_text(form, "next"))
        installation = await run_in_threadpool(get)
        try:
            token = await run_in_threadpool(_sign_in, installation, form)
        except (BadCredentials, Forbidden) as error:
            said = {"error": error.code} | ({} if target == "/" else {"next": target})
            query = urlencode(said, quote_via=quote)
            return RedirectResponse(f"/sign_in?{query}", 303, _NO_STORE)
        await run_in_threadpool(accounts.sign_out, installation, request.cookies.get(COOKIE))
        if target == "/":
            person = await run_in_threadpool(accounts.who, installation, token)
            target = _HOME.get(person.role, target)
        answer = RedirectResponse(target, 303, _NO_STORE)
        answer.set_cookie(
            COOKIE,
            token,
            max_age=int(accounts.ABSOLUTE_LIFE.total_seconds()),
            path="/",
            secure=installation.settings.tls,
            httponly=True,
            samesite="lax",
        )
        return answer

    async def end_session(request: Request) -> Response:
        if not _is_own_page(request):
            return _refusal()
        installation = await run_in_threadpool(get)
        await run_in_threadpool(accounts.sign_out, installation, request.cookies.get(COOKIE))
        answer = RedirectResponse("/", 303, _NO_STORE)
        answer.delete_cookie(
            COOKIE, path="/", secure=installation.settings.tls, httponly=True, samesite="lax"
        )
        return answer

    return [
        Route("/auth/session", start_session, methods=["POST"]),
        Route("/auth/end", end_session, methods=["POST"]),
    ]


def _sign_in(installation: Installation, form: FormData) -> str:
    if demo := _text(form, "demo"):
        return accounts.sign_in_demo(installation, demo)
    return accounts.sign_in(installation, _text(form, "account"), _text(form, "password"))


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _is_own_page(request: Request) -> bool:
    """Whether the browser says that a page of ours sent this; a client that says nothing is no browser."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()


def _refusal() -> Response:
    return PlainTextResponse("forbidden", 403, _NO_STORE)


def _own_path(target: str) -> str:
    """The path if it leads to a page of ours, else the first page.

    Browsers drop control characters and read a backslash as a slash: `/<tab>/host` and `/\\host` lead away.
    """
    is_own = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if is_own and target.isprintable() else "/"
