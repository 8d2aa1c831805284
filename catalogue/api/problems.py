"""Every refusal and failure as problem details (RFC 9457), in Vietnamese unless the client asks for English."""

from collections.abc import Iterator, Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalogue import errors, logs
from catalogue.api import incidents
from catalogue.api.cursors import BadCursor
from catalogue.api.faults import Fault, fault
from catalogue.api.holders import TooLarge, TooSlow, WrongMediaType
from catalogue.api.negotiation import NotAcceptable
from catalogue.api.rate_limit import TooMany
from catalogue.errors import CatalogueError
from catalogue.i18n import LANGUAGES, Translator
from catalogue.i18n.messages import error_text, issue_text

MEDIA_TYPE = "application/problem+json"

_MOST_NAMES = 10  # of wrong places in one sentence; `errors` has them all
# The first that fits; whatever fits none is our fault.
_STATUSES: tuple[tuple[type[CatalogueError], int], ...] = (
    (errors.NotFound, 404),
    (errors.NotSignedIn, 401),
    (errors.BadCredentials, 401),
    (errors.Forbidden, 403),
    (NotAcceptable, 406),
    (BadCursor, 400),
    (TooSlow, 408),
    (TooLarge, 413),
    (WrongMediaType, 415),
    (TooMany, 429),
    (errors.StaleVersion, 409),
    (errors.Conflict, 409),
    (errors.InvalidTransition, 409),
    (errors.Invalid, 422),
    (errors.StoreUnavailable, 503),
)


class Problem(BaseModel):
    """Problem details for HTTP APIs (RFC 9457)."""

    type: str = Field(
        description="What went wrong, as an address that explains it.",
        examples=["/api/v1/problems/procedure_not_found"],
    )
    title: str = Field(examples=["Không tìm thấy"])
    status: int = Field(examples=[404])
    detail: str = Field(
        examples=["Không có thủ tục mã 9.999999, hoặc tại ngày đang xem thủ tục chưa được công bố."]
    )
    instance: str = Field(
        description="The path that was asked for.", examples=["/api/v1/procedures/9.999999"]
    )
    code: str = Field(description="The last part of `type`, for programs.", examples=["procedure_not_found"])
    errors: list[Fault] | None = Field(None, description="What is wrong, place by place.")
    request_id: str | None = Field(
        None, description="The number of the request in the logs; also in `X-Request-ID`."
    )
    incident: str | None = Field(
        None, description="The number under which an unexpected failure is logged.", examples=["5f0c12ab"]
    )


def install(app: FastAPI) -> None:
    """Let every error of an application leave it as a problem."""
    app.add_exception_handler(CatalogueError, _of_catalogue)
    app.add_exception_handler(RequestValidationError, _of_parameters)
    app.add_exception_handler(HTTPException, _of_http)


def answer(
    request: Request,
    status: int,
    error: CatalogueError,
    *,
    faults: list[Fault] | None = None,
    incident: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The problem that an error is, under a status."""
    t = translator(request)
    problem = Problem(
        type=f"{request.scope.get('root_path', '')}/v1/problems/{error.code}",
        title=t(f"api.problem_{status}" if t.has(f"api.problem_{status}") else "api.problem_400"),
        status=status,
        detail=error_text(t, error),
        instance=request.url.path,
        code=error.code,
        errors=faults,
        request_id=logs.request_id(),
        incident=incident,
    )
    return Response(
        problem.model_dump_json(exclude_none=True),
        status,
        {
            "Cache-Control": "no-store",
            "Content-Language": t.language,
            "Vary": "Accept-Language",
            **getattr(request.state, "headers", {}),
            **(_challenge(request) if status == 401 else {}),
            **(headers or {}),
        },
        MEDIA_TYPE,
    )


def translator(request: Request) -> Translator:
    """What `?lang=` says, else the language of ours that the client likes best, else Vietnamese."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return Translator(str(asked))
    liked = sorted(_liked(request.headers.get("accept-language", "")), reverse=True, key=lambda one: one[0])
    return Translator(next((language for weight, language in liked if weight > 0), LANGUAGES[0]))


def _challenge(request: Request) -> Mapping[str, str]:
    """What a client without a living token is told to bring (RFC 6750, 3)."""
    invalid = ', error="invalid_token"' if "authorization" in request.headers else ""
    return {"WWW-Authenticate": f'Bearer realm="reporting"{invalid}'}


def _liked(header: str) -> Iterator[tuple[float, str]]:
    for part in header.split(","):
        tag, _, weight = "".join(part.split()).partition(";q=")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            try:
                yield float(weight or 1), language
            except ValueError:
                continue


async def _of_catalogue(request: Request, error: Exception) -> Response:
    assert isinstance(error, CatalogueError)
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    if status >= 500:
        return _incident(request, error, status)
    faults = None
    if isinstance(error, errors.Invalid) and error.issues:
        t = translator(request)
        faults = [
            Fault(parameter=one.column, code=one.rule, detail=issue_text(t, one)) for one in error.issues
        ]
    return answer(request, status, error, faults=faults)


async def _of_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return answer(request, 400, errors.Invalid("api_body_unreadable"))
    t = translator(request)
    faults = [fault(t, one, error.body) for one in found]
    names = list(dict.fromkeys(one.parameter or one.pointer or "–" for one in faults))
    said = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    code = "api_parameters" if any(one.parameter for one in faults) else "api_body"
    return answer(request, 422, errors.Invalid(code, names=said), faults=faults)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, CatalogueError):  # what broke off the reading of a body
        return await _of_catalogue(request, error.__cause__)
    path = request.url.path
    known = {
        400: CatalogueError("api_body_unreadable"),
        404: CatalogueError("api_route_unknown", path=path),
        405: CatalogueError("api_method_unknown", path=path, method=request.method),
    }
    found = known.get(error.status_code, CatalogueError("invalid"))
    headers = dict(error.headers or {})
    if "GET" in headers.get("Allow", ""):
        headers["Allow"] += ", HEAD"  # see application.HeadAsGet
    return answer(request, error.status_code, found, headers=headers)


def _incident(request: Request, error: Exception, status: int = 500) -> Response:
    number = incidents.note(error, "request")
    told = CatalogueError("api_incident", number=number)
    if isinstance(error, errors.StoreUnavailable):
        told = errors.StoreUnavailable()
    headers = {"Retry-After": "10"} if status == 503 else None
    return answer(request, status, told, incident=number, headers=headers)


class Incidents:
    """What nobody expected is logged under a number, and the client is told the number, never a trace."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        has_begun = False

        async def watched(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except ClientDisconnect:  # nobody is left to be told
            raise
        except Exception as error:
            if has_begun:
                raise
            await _incident(Request(scope), error)(scope, receive, send)
