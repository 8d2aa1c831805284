"""Publication decisions: found as on their page, opened with their annexes and how they kept the limits of the law."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Code, Day, Identifier, Listed, Question
from catalogue.api.turns import TurnRoute
from catalogue.model.timeliness import Check, Milestone, Timeliness
from catalogue.services import decisions

router = APIRouter(tags=["decisions"], route_class=TurnRoute)

Action = Literal["new", "amended", "replaced", "abolished"]


class DecisionsAsked(Listed):
    """The filters of the page of decisions."""

    since: Day | None = Field(
        None,
        description="Signed from this day on; without it 1 January of `as_of`'s year.",
        examples=["2024-01-01"],
    )
    agency: Code | None = Field(
        None, description="Who answers for what the issuer was given: a code of `/agencies`, or `unknown`."
    )
    action: Action | Literal["changing", "all"] = Field(
        "changing",
        description="With at least one line of this kind; `changing`: amended, replaced or abolished, the published count.",
    )
    timeliness: Timeliness | None = Field(None, description="How it kept the limits of the law.")


class DecisionRow(Part):
    """A publication decision."""

    document_id: int = Field(examples=[3817])
    number: str | None = Field(examples=["475/QĐ-UBND"])
    issued_on: date
    in_force_on: date | None
    title: str | None
    agency_code: str | None = Field(description="Who answers for what the issuer was given.")
    agency_name: str | None
    issuer_name: str | None = Field(description="Who issued it, where that is another agency.")
    lines: int = Field(description="Lines of the annex.")
    new: int
    amended: int
    replaced: int
    abolished: int
    timeliness: Timeliness
    days_late: int | None = Field(description="In working days.")
    url: str


class DecisionList(Listing[DecisionRow]):
    """Publication decisions of a period, the newest first."""

    since: date = Field(description="The first day of the period.")


class Line(Part):
    """A line of the annex."""

    line: int
    action: Action
    procedure_code: str
    name: str | None = Field(description="The procedure as it stands, or as the decision brings it in later.")
    coming_on: date | None = Field(description="From which day on the decision brings the procedure in.")
    extent: str | None
    note: str | None
    replaces: list[str] = Field(description="The codes that it takes the place of.")


class LegalDocument(Part):
    """A document whose procedures the decision publishes."""

    document_id: int
    type: str | None
    number: str | None
    issued_on: date | None
    in_force_on: date | None
    title: str | None
    issuer_name: str | None


class RelatedDecision(Part):
    """Another decision that it mirrors or abolishes, or that mirrors or abolishes it."""

    relation: Literal["mirrors", "mirrored_by", "supersedes", "superseded_by"]
    document_id: int
    number: str | None
    issued_on: date | None
    issuer_code: str | None
    issuer_name: str | None
    extent: str | None
    note: str | None


class LimitCheck(Part):
    """How one limit of the law was kept."""

    milestone: Milestone
    state: Timeliness
    limit_days: int | None = Field(description="Working days that the law allows.")
    law: str | None
    limit_on: date | None
    actual_on: date | None
    days_late: int | None = Field(description="In working days.")
    basis: str | None = Field(description="The document whose day of force a signature is counted back from.")

    @classmethod
    def of(cls, check: Check) -> "LimitCheck":
        """A check as it is told."""
        return cls(
            milestone=check.milestone,
            state=check.state,
            limit_days=check.limit.days if check.limit else None,
            law=check.limit.document if check.limit else None,
            limit_on=check.limit_on,
            actual_on=check.actual_on,
            days_late=check.days_late,
            basis=check.basis,
        )


class DecisionBody(Part):
    """One publication decision whole."""

    document_id: int
    number: str | None
    issued_on: date | None
    in_force_on: date | None
    title: str | None
    issuer_code: str | None
    issuer_name: str | None
    signer_position: str | None = Field(description="The position in which it was signed.")
    lines: list[Line]
    bases: list[LegalDocument]
    relations: list[RelatedDecision]
    checks: list[LimitCheck] = Field(description="None of a decision without an annex: it is only cited.")


class DecisionAnswer(Record[DecisionBody]):
    """One publication decision."""


@router.get("/decisions", response_model=DecisionList, responses=documented.of_list())
def list_decisions(request: Request, asked: Annotated[DecisionsAsked, Query()]) -> Response:
    """Publication decisions signed in a period up to `as_of`."""

    def find(question: Question) -> Found:
        since = asked.since or question.moment.as_of.replace(month=1, day=1)
        rows = decisions.find(
            question.installation,
            question.moment,
            since,
            agency=asked.agency,
            action=None if asked.action == "all" else asked.action,
            kept=asked.timeliness,
            page=question.page,
            size=question.limit,
        )
        return Found.paged(answers.addressed(question, rows, "decisions", "document_id"), since=since)

    return answers.listing(request, asked, DecisionList, find)


@router.get("/decisions/{document_id}", response_model=DecisionAnswer, responses=documented.of_record())
def get_decision(
    request: Request,
    document_id: Annotated[Identifier, Path(examples=[3817])],
    asked: Annotated[Clocked, Query()],
) -> Response:
    """One decision: its annex, what it rests on, whom it follows or abolishes, how it kept the limits."""

    def find(question: Question) -> tuple[DecisionBody, dict[str, str]]:
        page = decisions.get(question.installation, question.moment, document_id)
        body = DecisionBody.model_validate(
            page.decision
            | {
                "lines": [row | {"name": row["name"] or row["coming_name"]} for row in page.lines.to_dicts()],
                "bases": page.bases.rename({"basis_id": "document_id"}).to_dicts(),
                "relations": page.relations.rename({"other_id": "document_id"}).to_dicts(),
                "checks": [LimitCheck.of(check) for check in page.checks],
            }
        )
        return body, {"decisions": answers.path(question, "decisions")}

    return answers.record(request, asked, DecisionAnswer, find)
