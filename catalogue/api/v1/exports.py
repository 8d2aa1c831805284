"""The catalogue given away whole: what there is, and each file, written while it is read."""

from collections.abc import Iterator
from os import SEEK_END
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import Annotated, Any, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from catalogue.api import answers, documented
from catalogue.api.answers import Part, Record
from catalogue.api.questions import Clocked, Question
from catalogue.api.rate_limit import TooMany
from catalogue.api.turns import TurnRoute
from catalogue.i18n import texts
from catalogue.interchange.open_data.forms import CATALOGUE, DCAT, DICTIONARY, forms, media_type
from catalogue.interchange.open_data.tables import tables
from catalogue.services import exports

router = APIRouter(tags=["exports"], route_class=TurnRoute)

_AT_ONCE = 2  # each takes a processor for some seconds, and the screens need one too
_PIECE = 2**18
_PATIENCE = 20  # seconds until somebody who is refused may try again
_running = BoundedSemaphore(_AT_ONCE)

FileInPath = Annotated[
    str,
    Field(
        max_length=100,
        examples=["dictionary.json", "procedures.csv"],
        description="A name and a form of `/exports`.",
    ),
]


class FileAsked(Clocked):
    """A file of a moment."""

    abolished: bool = Field(False, description="Also procedures that are not in force any more.")


class File(Part):
    """One file."""

    form: str = Field(examples=["csv.zip"])
    media_type: str
    url: str = Field(examples=["/api/v1/exports/procedures.csv"])


class Offer(Part):
    """Something that can be had, in each of its forms."""

    name: str = Field(examples=["procedures"])
    title_vi: str
    title_en: str
    files: list[File]


class Offered(Part):
    """Everything that can be had."""

    licence: str = Field(examples=["CC BY 4.0"])
    licence_url: str
    is_licence_confirmed: bool = Field(description="Whether staff have confirmed it, or it is assumed.")
    exports: list[Offer]


class ExportsAnswer(Record[Offered]):
    """The files of the open data."""


@router.get("/exports", response_model=ExportsAnswer, responses=documented.of_record())
def list_exports(request: Request, asked: Annotated[Clocked, Query()]) -> Response:
    """What can be had whole: the catalogue, its tables, the data dictionary, the DCAT record."""

    def find(question: Question) -> tuple[Offered, dict[str, str]]:
        said = question.installation.reference.open_data
        offers = [_offer(question, name, offered) for name, offered in forms().items()]
        found = Offered(
            licence=said.licence.name,
            licence_url=said.licence.uri,
            is_licence_confirmed=said.licence.confirmed,
            exports=offers,
        )
        return found, {"dcat": answers.path(question, "exports", f"{DCAT}.jsonld")}

    return answers.record(request, asked, ExportsAnswer, find)


@router.get("/exports/{file}", response_class=StreamingResponse, responses=documented.of_file(404, 429))
def get_export(request: Request, file: FileInPath, asked: Annotated[FileAsked, Query()]) -> Response:
    """One file, written to disk while the catalogue is read, and sent; its memory does not grow with the catalogue."""
    question = Question.of(request, asked)
    name, _, form = file.partition(".")
    export = exports.open_export(
        question.installation,
        question.moment,
        name,
        form,
        with_abolished=asked.abolished,
        address=str(request.base_url.replace(path="", query="")).rstrip("/"),
    )
    headers, is_held = answers.head(question)
    if is_held:
        return Response(status_code=304, headers=headers)
    headers |= answers.counted(question, None)
    headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(export.file_name)}"
    if request.scope.get("head"):
        return StreamingResponse(iter(()), 200, headers, export.media_type)
    if not _running.acquire(blocking=False):
        request.state.headers = {"Retry-After": str(_PATIENCE)}
        raise TooMany("exports_busy", most=_AT_ONCE)
    try:
        file_made = _written(export.pieces)
    finally:
        _running.release()
    headers["Content-Length"] = str(file_made.seek(0, SEEK_END))
    return StreamingResponse(_read(file_made), 200, headers, export.media_type)


def _written(pieces: Iterator[bytes]) -> BinaryIO:
    """The file on disk, where it waits for a slow client without taking a place among those that are written."""
    made = TemporaryFile()  # noqa: SIM115 - it goes when nobody reads it any more
    try:
        made.writelines(pieces)
    except BaseException:
        made.close()
        raise
    return made


def _read(made: BinaryIO) -> Iterator[bytes]:
    with made:
        made.seek(0)
        while piece := made.read(_PIECE):
            yield piece


def _offer(question: Question, name: str, offered: tuple[str, ...]) -> Offer:
    title = _title(name)
    files = [
        File(
            form=form,
            media_type=media_type(form),
            url=answers.path(question, "exports", f"{name}.{form}"),
        )
        for form in offered
    ]
    return Offer(name=name, title_vi=title["vi"], title_en=title["en"], files=files)


def _title(name: str) -> dict[str, Any]:
    if name in (CATALOGUE, DICTIONARY, DCAT):
        return texts()[f"open_data.file_{name}"]
    return {"vi": tables()[name].vi, "en": tables()[name].en}
