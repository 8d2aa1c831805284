"""What the OpenAPI description says of every route: the forms and headers of its answer, and its problems."""

from importlib.resources import files
from typing import Any

import yaml

from catalogue.api.negotiation import MEDIA_TYPES, Format
from catalogue.api.problems import MEDIA_TYPE, Problem
from catalogue.interchange.open_data.forms import forms, media_type

_Responses = dict[int | str, dict[str, Any]]

_TEXT = {"schema": {"type": "string"}}
_NUMBER = {"schema": {"type": "integer"}}
_COMMON = {
    "ETag": {"description": "Send it back as `If-None-Match`.", **_TEXT},
    "Last-Modified": {"description": "Nothing that the answer depends on changed since.", **_TEXT},
    "X-As-Of": {"description": "The day that the answer describes.", **_TEXT},
    "X-Known-At": {"description": "What had been recorded by the end of this day counts.", **_TEXT},
    "X-Revision": {"description": "The last recording that counts.", **_NUMBER},
}
_OF_LISTS = {
    "X-Total-Count": {"description": "Rows of all pages.", **_NUMBER},
    "Link": {"description": 'The next page (`rel="next"`) and the first one.', **_TEXT},
}
_BINARY = {"type": "string", "format": "binary"}
_FILE = {"Content-Disposition": {"description": "The name of the file, with its day and revision.", **_TEXT}}
_BUCKET = {
    "RateLimit-Limit": {"description": "Requests that a token may send at once.", **_NUMBER},
    "RateLimit-Remaining": {"description": "How many of them are left.", **_NUMBER},
    "RateLimit-Reset": {"description": "Seconds until all of them are there again.", **_NUMBER},
}
_REPLAYED = {
    "Idempotent-Replayed": {
        "description": "`true`: the answer was given before, and nothing was done.",
        **_TEXT,
    }
}
_PROBLEMS = {
    400: "The cursor cannot be read, or belongs to another question.",
    401: "The token is missing, unknown, revoked or expired.",
    403: "The token may not do this: the items are another agency's, or its agency is no more.",
    404: "There is no such thing, or none yet on the day asked for.",
    406: "There is no form of the answer that the client accepts.",
    408: "The body did not come to its end in time.",
    409: "Others changed what it is about since it was read, or too many files wait.",
    413: "The body is too large.",
    415: "The body is of a kind that is not taken here.",
    422: "A parameter is unknown, or its value is not valid.",
    429: "The token asks too often; `Retry-After` says when it may again.",
    500: "Something unexpected went wrong; `incident` is the number under which it is logged.",
    503: "The database cannot answer for now.",
}
_OF_HOLDERS = {
    400: "The body is no JSON.",
    422: "A part of the request is not valid, or a rule of claims keeps it out; `errors` has every fault.",
}


def of_list(*statuses: int) -> _Responses:
    """A list in three forms; `statuses`: which problems it knows beside the common ones."""
    tables: dict[str, Any] = {
        MEDIA_TYPES[Format.CSV]: {
            "schema": {"type": "string", "description": "UTF-8 with a byte order mark."}
        },
        MEDIA_TYPES[Format.PARQUET]: {"schema": _BINARY},
    }
    return _answers(_COMMON | _OF_LISTS, tables, 400, *statuses)


def of_record(*statuses: int) -> _Responses:
    """One thing as JSON."""
    return _answers(_COMMON, {}, 404, *statuses)


def of_file(*statuses: int) -> _Responses:
    """A file in the form that its name says."""
    kinds = sorted({media_type(form) for offered in forms().values() for form in offered})
    readable: dict[str, Any] = {"application/json": {"schema": {}}, "application/ld+json": {"schema": {}}}
    content = {kind: readable.get(kind, {"schema": _BINARY}) for kind in kinds}
    said = _answers(_COMMON | _FILE, content, *statuses)
    if 429 in said:
        said[429] = {
            "description": "As many files as may be are being written.",
            "model": Problem,
            "headers": {"Retry-After": {"description": "Seconds to wait.", **_NUMBER}},
        }
    return said


def of_holder(*statuses: int, replayed: bool = False) -> _Responses:
    """An answer for the holder of a token; `replayed`: whether it may have been given before."""
    said: _Responses = {
        200: {"description": "The answer.", "headers": _BUCKET | (_REPLAYED if replayed else {})}
    }
    for status in sorted({*statuses, 401, 403, 406, 422, 429, 500, 503}):
        said[status] = {"description": _OF_HOLDERS.get(status, _PROBLEMS[status]), "model": Problem}
        if status != 401:
            said[status]["headers"] = dict(_BUCKET)
    said[401]["headers"] = {"WWW-Authenticate": {"description": "`Bearer`.", **_TEXT}}
    said[429]["headers"] |= {"Retry-After": {"description": "Seconds to wait.", **_NUMBER}}
    return said


def _answers(headers: dict[str, Any], content: dict[str, Any], *statuses: int) -> _Responses:
    said: _Responses = {
        200: {"description": "The answer at its moment.", "headers": headers, "content": content},
        304: {"description": "The client holds this answer already."},
    }
    for status in sorted({*statuses, 406, 422, 500, 503}):
        said[status] = {"description": _PROBLEMS[status], "model": Problem}
    return said


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """An OpenAPI description with examples, whose problems have their own media type, and which says nothing that FastAPI
    only supposes."""
    examples = yaml.load(
        files("catalogue.api").joinpath("examples.yml").read_bytes(), Loader=yaml.CSafeLoader
    )
    for operations in schema["paths"].values():
        for operation in operations.values():
            answer = operation["responses"]["200"]["content"][MEDIA_TYPES[Format.JSON]]
            name = operation["operationId"]
            if name in examples:  # a file has none
                answer["example"] = examples[name]
            if f"{name}_body" in examples:
                operation["requestBody"]["content"][MEDIA_TYPES[Format.JSON]]["example"] = examples[
                    f"{name}_body"
                ]
            for status, response in operation["responses"].items():
                if status >= "400" and "content" in response:
                    response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}
    for supposed in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(supposed, None)
    return schema
