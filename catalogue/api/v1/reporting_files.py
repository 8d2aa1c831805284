"""Files that prove claims: sent first, by the sha256 of their content, and named by updates afterwards."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from catalogue.api import documented, holders
from catalogue.api.answers import Part
from catalogue.api.holders import (
    BEARER,
    FileRoute,
    actor_of,
    installation_of,
    reply,
)
from catalogue.api.questions import Asked
from catalogue.api.v1.claim_updates import Digest
from catalogue.services import api_files
from catalogue.working_days import ZONE

router = APIRouter(tags=["reporting"], route_class=FileRoute, dependencies=[Depends(BEARER)])

_CONTENT: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {one: {"schema": {"type": "string", "format": "binary"}} for one in FileRoute.media_types},
    }
}


class FileAsked(Asked):
    """What the file is called."""

    name: str = Field(
        min_length=1,
        max_length=200,
        description="Its name with the end of its kind, as people will see it.",
        examples=["07-2024-TT-BYT.pdf"],
    )


class WaitingFile(Part):
    """A file that waits for an update to name it."""

    sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    until: datetime = Field(description="When it is forgotten, unless an update has named it.")


class FileAnswer(Part):
    """The file that waits."""

    data: WaitingFile


@router.put(
    "/reporting/files/{sha256}",
    response_model=FileAnswer,
    responses=documented.of_holder(408, 409, 413, 415),
    openapi_extra=_CONTENT,
)
async def send_file(
    request: Request, sha256: Annotated[Digest, Path()], asked: Annotated[FileAsked, Query()]
) -> Response:
    """Send a file of evidence: PDF, DOCX, XLSX, PNG or JPG up to 10 MB. It waits a day for the updates that name it;
    evidence that the agency's claims bring already can be named without sending it again."""
    holders.accepts_json(request)
    content = await request.body()

    def send() -> Response:
        file = (asked.name, content)
        found = api_files.send(installation_of(request), actor_of(request), sha256, file)
        kept = found.attachment
        told = WaitingFile(
            sha256=kept.sha256,
            file_name=kept.file_name,
            media_type=kept.media_type,
            size_bytes=len(kept.content),
            until=found.until.astimezone(ZONE),
        )
        return reply(request, FileAnswer(data=told))

    return await run_in_threadpool(send)
