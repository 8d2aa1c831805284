"""Agencies: who they are on a day, whom they succeeded, who succeeded them, and how far their items are."""

from datetime import date
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Listed, Question
from catalogue.api.turns import TurnRoute
from catalogue.reference import Agency
from catalogue.reference.entries import AgencyKind
from catalogue.services import agency_standing, succession
from catalogue.services.agency_standing import Position
from catalogue.services.succession import HandOver, Reception

router = APIRouter(tags=["agencies"], route_class=TurnRoute)

AgencyInPath = Annotated[str, Field(max_length=100, examples=["bo-y-te"])]


class AgenciesAsked(Listed):
    """Which agencies."""

    kind: AgencyKind | None = Field(None, description="Of this kind only.", examples=["ministry"])
    existing: bool = Field(True, description="`false`: also those that are no more, or not yet, on the day.")


class AgencyRow(Part):
    """An agency as it is on the day."""

    agency_code: str = Field(description="Our own code, for good.", examples=["bo-y-te"])
    name: str = Field(description="As it is called on the day.", examples=["Bộ Y tế"])
    short_name: str
    kind: AgencyKind
    identifiers: list[str] = Field(
        description="The national identifiers that it bears on the day.", examples=[["G17"]]
    )
    exists: bool = Field(description="Whether it exists on the day.")
    valid_from: date | None = Field(description="Its first day; null: always was.")
    valid_until: date | None = Field(description="Its last day; null: still is.")
    url: str


class AgencyList(Listing[AgencyRow]):
    """Agencies in the order of the reference data: ministries, then provinces."""


class HandOverPart(Part):
    """Work that went from one agency to another on a day."""

    on: date
    agency_code: str = Field(description="The other agency.")
    agency_name: str
    fields: list[str] = Field(description="The fields that went; none: everything that went to nobody else.")
    document: str | None


class DatedIdentifier(Part):
    """A national identifier for a period."""

    identifier: str = Field(examples=["G17"])
    valid_from: date | None
    valid_until: date | None


class FormerName(Part):
    """A name that it bore to the end of a day."""

    name: str
    short_name: str
    until: date


class RankPart(Part):
    """The place by share done among agencies of its kind that can be compared."""

    place: int
    among: int


class PositionPart(Part):
    """How far the agency is in one programme, on its own base."""

    programme_code: str
    base: int
    approved: int
    enacted: int
    published: int
    confirmed: int
    done: int
    in_time: int
    due_soon: int
    overdue: int
    standing: int
    withdrawn: int
    extended: int
    rank: RankPart | None

    @classmethod
    def of(cls, one: Position) -> "PositionPart":
        """A position as it is told."""
        names = ("approved", "enacted", "published", "confirmed", "done")
        numbers = ("in_time", "due_soon", "overdue", "standing", "withdrawn", "extended")
        return cls.model_validate(
            {
                "programme_code": one.programme.code,
                "base": one.stages["assigned"],
                **{name: one.stages[name] for name in names},
                **{name: getattr(one, name) for name in numbers},
                "rank": RankPart(place=one.rank.place, among=one.rank.among) if one.rank else None,
            }
        )


class TakenOver(Part):
    """Items that one agency was given and another one answers for."""

    programme_code: str
    agency_code: str = Field(description="Who answers for them.")
    assigned_agency: str = Field(description="Who was given them.")
    base: int
    done: int


class AgencyBody(AgencyRow):
    """One agency whole."""

    all_identifiers: list[DatedIdentifier]
    former_names: list[FormerName]
    gave: list[HandOverPart] = Field(description="What it gave to others up to the day.")
    received: list[HandOverPart] = Field(description="What it was given by others up to the day.")
    taken_over: list[TakenOver] = Field(description="Items that went with it, either way.")
    positions: list[PositionPart]


class AgencyAnswer(Record[AgencyBody]):
    """One agency."""


@router.get("/agencies", response_model=AgencyList, responses=documented.of_list())
def list_agencies(request: Request, asked: Annotated[AgenciesAsked, Query()]) -> Response:
    """The agencies of a day, or all that ever were."""

    def find(question: Question) -> Found:
        rows = [
            AgencyRow.model_validate(_row(question, one))
            for one in question.installation.reference.agencies
            if asked.kind in (None, one.kind)
            and (not asked.existing or one.valid_on(question.moment.organised_on))
        ]
        return Found.within(question, answers.frame(rows))

    return answers.listing(request, asked, AgencyList, find)


@router.get("/agencies/{code}", response_model=AgencyAnswer, responses=documented.of_record())
def get_agency(request: Request, code: AgencyInPath, asked: Annotated[Clocked, Query()]) -> Response:
    """One agency: its names and identifiers, its succession, and how far it is in every programme."""

    def find(question: Question) -> tuple[AgencyBody, dict[str, str]]:
        installation, moment = question.installation, question.moment
        agency = installation.reference.agency(code)
        body = AgencyBody.model_validate(
            _row(question, agency)
            | {
                "all_identifiers": [one.model_dump() for one in agency.identifiers],
                "former_names": [one.model_dump() for one in agency.former_names],
                "gave": [
                    _went(one, one.heir) for one in succession.handed_over(installation, agency, moment)
                ],
                "received": [
                    _went(one, one.origin) for one in succession.received(installation, agency, moment)
                ],
                "taken_over": _taken_over(question, code),
                "positions": [
                    PositionPart.of(one) for one in agency_standing.positions(installation, moment, code)
                ],
            }
        )
        return body, {"items": answers.path(question, "items", agency=code)}

    return answers.record(request, asked, AgencyAnswer, find)


def _row(question: Question, agency: Agency) -> dict[str, Any]:
    day = question.moment.organised_on
    return {
        "agency_code": agency.code,
        "name": agency.name_on(day),
        "short_name": agency.short_name_on(day),
        "kind": agency.kind,
        "identifiers": list(agency.identifiers_on(day)),
        "exists": agency.valid_on(day),
        "valid_from": agency.valid_from,
        "valid_until": agency.valid_until,
        "url": answers.path(question, "agencies", agency.code),
    }


def _went(step: HandOver | Reception, other: Agency) -> HandOverPart:
    return HandOverPart(
        on=step.on,
        agency_code=other.code,
        agency_name=other.name,
        fields=list(step.fields),
        document=step.document,
    )


def _taken_over(question: Question, code: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for programme in question.installation.reference.programmes:
        rows = succession.taken_over(question.installation, programme.code, question.moment).filter(
            (pl.col("assigned_agency") != pl.col("agency_code"))
            & ((pl.col("assigned_agency") == code) | (pl.col("agency_code") == code))
        )
        found += [row | {"programme_code": programme.code} for row in rows.to_dicts()]
    return found
