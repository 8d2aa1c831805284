"""Claims of an agency: a batch of updates taken in whole or not at all, and what became of each claim."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import documented, holders, problems
from catalogue.api.answers import Part
from catalogue.api.faults import Fault
from catalogue.api.holders import BEARER, HeldRoute, actor_of, installation_of, reply
from catalogue.api.questions import Asked, Identifier
from catalogue.api.v1 import update_faults
from catalogue.api.v1.claim_updates import Batch
from catalogue.api.v1.reporting import OwnList, Paged
from catalogue.errors import NotFound
from catalogue.i18n import Translator
from catalogue.model.actor import Role
from catalogue.model.claim import Action, ClaimKind, ClaimState
from catalogue.services import api_answers, claims, item_reports
from catalogue.services.api_answers import Keep
from catalogue.services.item_reports import Became, Reported, Update
from catalogue.store.database import Row, Transaction

router = APIRouter(tags=["reporting"], route_class=HeldRoute, dependencies=[Depends(BEARER)])
_ALL = 1_000_000
_STATUSES = {"report_not_yours": 403, "report_stale": 409}

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Of the client's choice, another for each batch: the same batch sent again under its key is answered as "
        "it was the first time (for seven days, with `Idempotent-Replayed: true`) and done once.",
        examples=["7c0f1e0a-3a54-4c8f-9f0e-2d3f6b1c9a11"],
    ),
]


class TakenIn(Part):
    """An update and the claim that it is now."""

    item_id: int
    kind: ClaimKind
    document_id: int | None
    claim_id: int
    state: ClaimState
    became: Became = Field(description="What the update made of the claim.")
    missing: list[Fault] = Field(description="What a draft still lacks before it can be submitted.")


class Receipt(Part):
    """A batch that was taken in."""

    revision: int = Field(description="The recording that holds it.")
    data: list[TakenIn] = Field(description="In the order of the updates.")


class OwnClaimsAsked(Paged):
    """The filters of the agency's claims."""

    state: ClaimState | None = Field(None, description="How it stands.", examples=["returned"])
    kind: ClaimKind | None = Field(None, description="What is claimed.")
    item_id: Identifier | None = Field(
        None, description="The item that it is about, or that waits for its document."
    )


class OwnClaim(Part):
    """A claim about an item that the agency answers for."""

    claim_id: int
    kind: ClaimKind
    state: ClaimState
    comment: str | None = Field(description="Why it was returned or refused.")
    submitted_at: datetime | None
    decided_at: datetime | None
    item_id: int
    item_revision: int = Field(
        description="The state of the records at which it was read here; an update that mends it sends this back."
    )
    programme_code: str
    procedure_code: str | None
    item_title: str
    document_id: int | None
    document_title: str | None
    content: dict[str, str | None] = Field(
        description="What it says, by the fields of its kind.", examples=[{"number": "07/2024/TT-BYT"}]
    )
    files: int


class OwnClaimList(OwnList[OwnClaim]):
    """Claims about items that the agency answers for, drafts with them."""


class Step(Part):
    """What was done to a claim."""

    action: Literal[
        Action.EDIT,
        Action.SUBMIT,
        Action.RECALL,
        Action.RETURN,
        Action.CONFIRM,
        Action.REFUSE,
        Action.DROP,
        "draft",
    ]
    by: Literal["agency", "office"]
    comment: str | None
    recorded_at: datetime


class EvidenceFile(Part):
    """A file of a claim."""

    sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    recorded_at: datetime


class OwnClaimRecord(OwnClaim):
    """A claim with its story and its files."""

    story: list[Step] = Field(description="The oldest first.")
    evidence: list[EvidenceFile]


class OwnClaimAnswer(Part):
    """One claim."""

    data: OwnClaimRecord


@router.post(
    "/reporting/claims",
    response_model=Receipt,
    responses=documented.of_holder(400, 408, 409, 413, 415, replayed=True),
)
def report_claims(
    request: Request,
    batch: Annotated[Batch, Body()],
    asked: Annotated[Asked, Query()],  # noqa: ARG001
    key: Key,
) -> Response:
    """Report what was done, asked for or is in the way, for up to 500 items at once: every update is written, or none.

    An update is about one claim, told by item, kind and document: the one that is drafted or was returned, else a new one.
    One that says nothing new changes nothing. Every fault of every update is in `errors`.
    """
    holders.accepts_json(request)
    installation, actor = installation_of(request), actor_of(request)
    updates, t = batch.as_updates(), problems.translator(request)
    said = orjson.dumps([batch.submit, updates], option=orjson.OPT_SORT_KEYS)

    def do(keep: Keep) -> str:
        receipt = ""

        def told(transaction: Transaction, reported: Sequence[Reported]) -> None:
            nonlocal receipt
            receipt = _receipt(t, transaction.revision, updates, reported).model_dump_json()
            keep(transaction, receipt)

        item_reports.report(installation, actor, updates, submit=batch.submit, told=told)
        return receipt

    try:
        receipt, is_replayed = api_answers.once(
            installation, actor, key, hashlib.sha256(said).hexdigest(), do
        )
    except item_reports.Refused as refused:
        faults = update_faults.of_refused(t, refused, updates)
        return problems.answer(request, _STATUSES.get(refused.code, 422), refused, faults=faults)
    return reply(request, receipt, {"Idempotent-Replayed": "true"} if is_replayed else None)


@router.get("/reporting/claims", response_model=OwnClaimList, responses=documented.of_holder())
def list_own_claims(request: Request, asked: Annotated[OwnClaimsAsked, Query()]) -> Response:
    """Claims about the agency's items, whoever of it wrote them: what was returned and why is found by `state=returned`."""
    installation, actor = installation_of(request), actor_of(request)
    revision = installation.database.revision
    found = claims.find(
        installation,
        actor,
        state=asked.state,
        kind=asked.kind,
        item_id=asked.item_id,
        agency=actor.agency_code or "",
        size=_ALL,
    )
    rows = [_plain(row, revision) for row in found.sort("claim_id").iter_rows(named=True)]
    return reply(request, OwnClaimList.page(request, asked, revision, rows, "claim_id"))


@router.get(
    "/reporting/claims/{claim_id}", response_model=OwnClaimAnswer, responses=documented.of_holder(404)
)
def get_own_claim(
    request: Request,
    claim_id: Annotated[Identifier, Path(examples=[1])],
    asked: Annotated[Asked, Query()],  # noqa: ARG001
) -> Response:
    """One claim: what it says, what was done with it and why, and its files."""
    installation, actor = installation_of(request), actor_of(request)
    revision = installation.database.revision
    found = claims.find(installation, actor, agency=actor.agency_code or "", claim_id=claim_id)
    if found.is_empty():
        raise NotFound("claim_not_found", id=claim_id)
    story, files = claims.story(installation, actor, claim_id)
    steps = [
        one | {"by": "agency" if one["actor_role"] == Role.MINISTRY_EDITOR else "office"}
        for one in story.to_dicts()
    ]
    told = _plain(found.row(0, named=True), revision) | {"story": steps, "evidence": files.to_dicts()}
    return reply(request, OwnClaimAnswer.model_validate({"data": told}))


def _plain(row: Row, revision: int) -> dict[str, Any]:
    return row | {"content": json.loads(row["content"]), "item_revision": revision}


def _receipt(
    t: Translator, revision: int, updates: Sequence[Update], reported: Sequence[Reported]
) -> Receipt:
    return Receipt(
        revision=revision,
        data=[
            TakenIn(
                item_id=one.claim.item_id,
                kind=one.claim.kind,
                document_id=one.claim.document_id,
                claim_id=one.claim.claim_id,
                state=one.claim.state,
                became=one.became,
                missing=[update_faults.of_issue(t, index, issue, updates[index]) for issue in one.missing],
            )
            for index, one in enumerate(reported)
        ],
    )
