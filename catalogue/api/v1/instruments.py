"""Instruments: which document holds back what, where it stands, and how its plan moved."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field, JsonValue
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Code, Identifier, Listed, Question, Text
from catalogue.api.turns import TurnRoute
from catalogue.model.actor import NOBODY
from catalogue.model.instrument import Standing, State, Step, Timing
from catalogue.model.item import DeadlineState
from catalogue.services import instruments
from catalogue.services.instruments import InstrumentFilter, InstrumentPage

router = APIRouter(tags=["instruments"], route_class=TurnRoute)


class InstrumentsAsked(Listed):
    """The filters of the page of instruments."""

    q: Text | None = Field(None, description="Words of the title, or the number.")
    agency: Code | None = Field(
        None, description="Who drafts it: a code of `/agencies`.", examples=["bo-y-te"]
    )
    standing: Standing | Literal["unissued", "all"] = Field("unissued", description="Where it stands.")
    timing: Timing | None = Field(None, description="How its planned day of issue stands to `as_of`.")
    programme: Code | None = Field(None, description="Whose items are counted; without it every programme's.")


class InstrumentRow(Part):
    """An instrument as it stands, and what it holds back."""

    document_id: int = Field(examples=[35])
    title: str | None
    type: str | None = Field(examples=["decree"])
    standing: Standing
    timing: Timing | None = Field(description="Null once it is issued.")
    planned_issue_on: date | None
    days_late: int | None = Field(description="Days since the planned day of issue.")
    number: str | None
    issued_on: date | None
    in_force_on: date | None
    drafting_agency: str | None = Field(description="A code of `/agencies`.")
    drafting_agency_name: str | None
    items: int = Field(description="Items of the base that need it.")
    alone: int = Field(description="Open items that wait for nothing else.")
    helps: int = Field(description="Open items that wait for it, alone or among others.")
    programmes: list[str] = Field(description="The programmes of these items.")
    leads: list[str] = Field(description="The agencies that answer for these items.")
    url: str


class InstrumentList(Listing[InstrumentRow]):
    """Instruments, those that hold back most first."""


class WaitingItem(Part):
    """An item that needs the instrument."""

    item_id: int
    programme_code: str
    procedure_code: str | None
    title: str
    lead_agency: str
    agency_short_name: str
    done_on: date | None
    current_deadline: date | None
    deadline_state: DeadlineState
    waits_for: int = Field(description="Other instruments that it waits for.")


class Moved(Part):
    """A field of the plan that changed."""

    field: str = Field(examples=["planned_issue_on"])
    old: JsonValue
    new: JsonValue


class StepPart(Part):
    """What one recording changed."""

    revision: int
    recorded_at: datetime
    effective_date: date
    changed: list[Moved]

    @classmethod
    def of(cls, step: Step) -> Self:
        """A step without who took it and why, which is for signed-in people."""
        return cls(
            revision=step.recorded["revision"],
            recorded_at=step.recorded["recorded_at"],
            effective_date=step.recorded["effective_date"],
            changed=[
                Moved(field=name, old=_plain(old), new=_plain(new))
                for name, (old, new) in step.changed.items()
            ],
        )


class InstrumentBody(Part):
    """One instrument whole."""

    document_id: int
    title: str | None
    type: str | None
    state: State
    is_in_force: bool
    planned_issue_on: date | None
    number: str | None
    issued_on: date | None
    in_force_on: date | None
    drafting_agency: str | None
    drafting_agency_name: str | None
    issuer_code: str | None
    items: list[WaitingItem]
    steps: list[StepPart] = Field(description="How it came to be so, the first recording first.")

    @classmethod
    def of(cls, page: InstrumentPage) -> Self:
        """An instrument's page."""
        steps = [StepPart.of(step) for step in page.steps]
        return cls.model_validate(
            page.state
            | {"items": page.items.rename({"agency_name": "agency_short_name"}).to_dicts(), "steps": steps}
        )


class InstrumentAnswer(Record[InstrumentBody]):
    """One instrument."""


@router.get("/instruments", response_model=InstrumentList, responses=documented.of_list())
def list_instruments(request: Request, asked: Annotated[InstrumentsAsked, Query()]) -> Response:
    """Documents that items need; without a filter those that are not issued yet."""

    def find(question: Question) -> Found:
        wanted = InstrumentFilter(
            agency=asked.agency,
            standing=asked.standing,
            timing=asked.timing,
            programme=asked.programme,
            text=asked.q,
        )
        rows = instruments.find(
            question.installation, question.moment, wanted, page=question.page, size=question.limit
        )
        return Found.paged(answers.addressed(question, rows, "instruments", "document_id"))

    return answers.listing(request, asked, InstrumentList, find)


@router.get("/instruments/{document_id}", response_model=InstrumentAnswer, responses=documented.of_record())
def get_instrument(
    request: Request,
    document_id: Annotated[Identifier, Path(examples=[35])],
    asked: Annotated[Clocked, Query()],
) -> Response:
    """One instrument: the items that need it, and every change of its plan."""

    def find(question: Question) -> tuple[InstrumentBody, dict[str, str]]:
        page = instruments.get(question.installation, NOBODY, question.moment, document_id)
        return InstrumentBody.of(page), {"instruments": answers.path(question, "instruments")}

    return answers.record(request, asked, InstrumentAnswer, find)


def _plain(value: Any) -> JsonValue:
    return value.isoformat() if isinstance(value, date) else value
