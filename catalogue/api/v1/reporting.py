"""Reporting in: what a token is, and the items that its agency answers for."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Generic, Self, TypeVar

import polars as pl
from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import documented, rate_limit
from catalogue.api.answers import Part
from catalogue.api.holders import BEARER, HeldRoute, actor_of, installation_of, reply
from catalogue.api.questions import MOST_ROWS, Asked, Code, Identifier
from catalogue.api.v1.claim_updates import MOST_FILES, MOST_UPDATES
from catalogue.model.claim import ClaimKind, ClaimState, fields, is_optional, needs_evidence
from catalogue.model.item import DeadlineState, Progress
from catalogue.services import api_tokens, figures, item_reports
from catalogue.services.attachments import LARGEST_BYTES, MEDIA_TYPES
from catalogue.services.items import ItemFilter

router = APIRouter(tags=["reporting"], route_class=HeldRoute, dependencies=[Depends(BEARER)])
R = TypeVar("R", bound=Part)


class KindPart(Part):
    """A kind of claim."""

    kind: ClaimKind
    required: list[str] = Field(description="Fields without which it cannot be submitted.")
    optional: list[str]
    needs_files: bool = Field(description="Whether it cannot be submitted without a file.")


class Limits(Part):
    """How much and how often."""

    requests_at_once: int = Field(examples=[rate_limit.BURST])
    requests_per_second: float = Field(examples=[rate_limit.PER_SECOND])
    updates: int = Field(description="Of one batch.", examples=[MOST_UPDATES])
    files: int = Field(description="Of one update.", examples=[MOST_FILES])
    file_bytes: int = Field(examples=[LARGEST_BYTES])
    file_types: list[str] = Field(examples=[["application/pdf"]])


class Holder(Part):
    """A token as its holder may know it."""

    number: int
    name: str
    agency_code: str = Field(examples=["bo-y-te"])
    may_write: bool = Field(
        description="False: its agency is no more; another token is needed, of its successor."
    )
    last_day: date = Field(description="The last day on which it works, in Viet Nam.")
    working_date: date = Field(description="Today, or the fixed day of a demonstration.")
    kinds: list[KindPart]
    limits: Limits


class OwnLinks(Part):
    """Addresses on this host."""

    self: str
    next: str | None = Field(description="Where the list goes on; null on the last page.")


class OwnList(Part, Generic[R]):
    """One page of a list that is for the agency only, by number; what is recorded meanwhile comes on a later page or not at all."""

    is_demonstration: bool
    revision: int = Field(description="Everything recorded up to here is in it.")
    working_date: date
    total: int
    count: int = Field(description="Rows of this page.")
    links: OwnLinks
    data: list[R]

    @classmethod
    def page(
        cls, request: Request, asked: "Paged", revision: int, rows: Sequence[dict[str, Any]], key: str
    ) -> Self:
        """The page that is asked for, of all rows by their key."""
        rest = [row for row in rows if asked.after is None or row[key] > asked.after]
        page = rest[: asked.limit]
        installation = installation_of(request)
        follows = request.url.include_query_params(after=page[-1][key]) if len(rest) > len(page) else None
        return cls(
            is_demonstration=installation.is_demo,
            revision=revision,
            working_date=installation.working_date,
            total=len(rows),
            count=len(page),
            links=OwnLinks(self=_local(request.url), next=_local(follows) if follows else None),
            data=page,
        )


class Paged(Asked):
    """A list by number."""

    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Rows on a page.", examples=[20])
    after: Identifier | None = Field(
        None, description="Only what has a larger number: `links.next` of the page before has it."
    )


class OwnItemsAsked(Paged):
    """The filters of the agency's items."""

    programme: Code | None = Field(
        None,
        description="A code of `/programmes`; without it every programme.",
        examples=[figures.SIMPLIFICATION],
    )
    progress: Progress | None = Field(None, description="Where it stands.", examples=["open"])
    deadline: DeadlineState | None = Field(None, description="How it stands to its current deadline.")


class WaitingDocument(Part):
    """A document that the item needs and that is not issued yet."""

    document_id: int
    title: str | None


class UndecidedClaim(Part):
    """A claim of the agency that is drafted, was returned, or waits."""

    claim_id: int
    item_id: int = Field(description="Another item where that one waits for the same document.")
    kind: ClaimKind
    document_id: int | None
    state: ClaimState


class OwnItem(Part):
    """An item that the agency answers for."""

    item_id: int = Field(examples=[42])
    item_revision: int = Field(
        description="The state of the records at which it was read here; an update of it sends this back."
    )
    programme_code: str = Field(examples=[figures.SIMPLIFICATION])
    procedure_code: str | None
    title: str
    field_name: str | None
    assigned_on: date | None
    approved_on: date | None
    enacted_on: date | None
    published_on: date | None
    confirmed_on: date | None
    original_deadline: date | None
    current_deadline: date | None
    deadline_state: DeadlineState
    kinds: list[ClaimKind] = Field(description="What can be reported of it now.")
    documents: list[WaitingDocument]
    claims: list[UndecidedClaim] = Field(
        description="About the item, or about a document that it waits for: once one of these is confirmed, the document "
        "counts for every item that needs it."
    )


class OwnItemList(OwnList[OwnItem]):
    """Items that the agency answers for on the working date."""


class HolderAnswer(Part):
    """What the token is."""

    data: Holder


@router.get("/reporting/token", response_model=HolderAnswer, responses=documented.of_holder())
def get_token(request: Request, asked: Annotated[Asked, Query()]) -> Response:  # noqa: ARG001
    """What the token is, until when it works, and what may be reported with it."""
    installation = installation_of(request)
    token = api_tokens.of_holder(installation, actor_of(request))
    kinds = [
        KindPart(
            kind=kind,
            required=[name for name in fields(kind) if not is_optional(kind, name)],
            optional=[name for name in fields(kind) if is_optional(kind, name)],
            needs_files=needs_evidence(kind),
        )
        for kind in ClaimKind
    ]
    limits = Limits(
        requests_at_once=rate_limit.BURST,
        requests_per_second=rate_limit.PER_SECOND,
        updates=MOST_UPDATES,
        files=MOST_FILES,
        file_bytes=LARGEST_BYTES,
        file_types=list(MEDIA_TYPES),
    )
    told = Holder(
        number=token.number,
        name=token.name,
        agency_code=token.agency_code,
        may_write=token.state is not api_tokens.State.ENDED_AGENCY,
        last_day=token.last_day,
        working_date=installation.working_date,
        kinds=kinds,
        limits=limits,
    )
    return reply(request, HolderAnswer(data=told))


@router.get("/reporting/items", response_model=OwnItemList, responses=documented.of_holder(404))
def list_own_items(request: Request, asked: Annotated[OwnItemsAsked, Query()]) -> Response:
    """The items that the agency answers for, with what can be reported of each and the documents it waits for."""
    installation, actor = installation_of(request), actor_of(request)
    moment = installation.moment()
    reference = installation.reference
    codes = [one.code for one in reference.programmes]
    if asked.programme is not None:
        codes = [reference.programme(asked.programme).code]
    wanted = ItemFilter(progress=asked.progress, deadline_state=asked.deadline)
    found = item_reports.own_items(installation, actor, moment, codes, wanted)
    rows = found.with_columns(item_revision=pl.lit(moment.revision)).to_dicts()
    return reply(request, OwnItemList.page(request, asked, moment.revision, rows, "item_id"))


def _local(url: Any) -> str:
    return str(url.path) + (f"?{url.query}" if url.query else "")
