"""Indicators: what each measures and where its groups stand, its values period by period, agency by agency."""

from datetime import date
from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Query, Request
from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Code, Listed, Question
from catalogue.api.turns import TurnRoute
from catalogue.model.indicator import State, parse_period
from catalogue.reference import Indicator, IndicatorGroup
from catalogue.reference.indicators import Unit
from catalogue.services import indicators
from catalogue.services.indicators import Standing

router = APIRouter(tags=["indicators"], route_class=TurnRoute)

IndicatorInPath = Annotated[str, Field(max_length=100, examples=["par-index"])]
_GROUP = Field(
    None, description="Agencies that are ranked with each other; without it the indicator's first group."
)
_WITHIN = Field(None, description="Of a group of units: the agency whose units they are.")


class SeriesAsked(Clocked):
    """One group of an indicator."""

    group: Code | None = _GROUP
    within: Code | None = _WITHIN


class RankingAsked(Listed):
    """One group of an indicator in one period."""

    group: Code | None = _GROUP
    within: Code | None = _WITHIN
    period: str | None = Field(
        None,
        description="2024, 2024-Q1, 2024-02 or 2024-02-29; without it the last period that is known.",
        max_length=10,
        examples=["2023"],
    )

    @field_validator("period")
    @classmethod
    def _is_period(cls, text: str | None) -> str | None:
        try:
            return text and parse_period(text).text
        except ValueError as error:
            raise PydanticCustomError("period", "no period") from error


class IndicatorRow(Part):
    """An indicator of one group, and where that stands in the last period that is known."""

    indicator: str = Field(examples=["par-index"])
    name_vi: str
    name_en: str
    unit: Unit
    direction: str = Field(description="Which end is better.", examples=["higher"])
    publisher: str
    group: str = Field(description="Agencies that are ranked with each other and with nobody else.")
    group_name_vi: str
    group_name_en: str
    period: str | None = Field(description="Null: nothing is known yet.", examples=["2023"])
    announced_on: date | None = Field(description="From this day on it counts.")
    mean: float | None
    mean_basis: str | None = Field(description="printed, inferred, memory, or computed here.")
    change: float | None = Field(description="Against the period just before; null across a break.")
    valued: int | None = Field(description="Agencies that have a value.")
    of: int | None = Field(description="Agencies of the group; null: nobody says how many.")
    is_invented: bool | None = Field(description="Whether values are invented for a demonstration.")
    url: str


class IndicatorList(Listing[IndicatorRow]):
    """Every indicator, group by group."""


class PeriodPart(Part):
    """A group in one period; a line may join periods of one `period_kind` and `segment` only."""

    period: str
    period_kind: str
    period_end: date
    measured_to: date
    announced_on: date
    method: str
    mean: float | None
    mean_basis: str | None
    valued: int
    partial: int = Field(description="Totals that lack a component: on a scale of their own.")
    not_applicable: int
    rank_only: int
    missing: int | None
    of: int | None
    change: float | None
    segment: int
    break_: str | None = Field(alias="break", description="Why a new segment begins.")
    is_invented: bool


class MethodPart(Part):
    """How values were made; values of two methods are never joined by a line."""

    code: str
    name_vi: str
    name_en: str
    maximum: int
    document: str | None
    valid_from: date | None
    valid_until: date | None


class ComponentPart(Part):
    """A part of the score."""

    code: str
    name_vi: str
    name_en: str
    maximum: int


class IndicatorBody(Part):
    """One indicator and one of its groups."""

    indicator: str
    name_vi: str
    name_en: str
    about_vi: str
    about_en: str
    unit: Unit
    direction: str
    publisher: str
    groups: list[str]
    methods: list[MethodPart]
    components: list[ComponentPart]
    group: str
    group_name_vi: str
    group_name_en: str
    within: str | None
    periods: list[PeriodPart]


class IndicatorAnswer(Record[IndicatorBody]):
    """One indicator."""


class ValueRow(Part):
    """An agency, or a unit of one, in the period."""

    agency_code: str | None = Field(description="A code of `/agencies`.")
    unit_code: str | None
    name: str
    short_name: str
    state: State = Field(description="A value (0 is one), one that does not apply, or one that nobody gave.")
    value: float | None
    out_of: float | None = Field(description="Of a total that lacks a component: the most that it could be.")
    rank: int | None
    rank_of: int | None
    rank_basis: str | None = Field(description="printed by the source, or computed here.")
    change: float | None
    basis: str | None
    source: str | None
    publication: str | None


class ValueList(Listing[ValueRow]):
    """The agencies of a group in one period, the best first, those without a value at the end."""

    indicator: str
    group: str
    period: str | None = Field(description="Null: nothing is known yet.")
    announced_on: date | None
    method: str | None
    mean: float | None
    mean_basis: str | None
    is_invented: bool | None


@router.get("/indicators", response_model=IndicatorList, responses=documented.of_list())
def list_indicators(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Every indicator with its groups, each in the last period that is known."""

    def find(question: Question) -> Found:
        reference = question.installation.reference
        rows = [
            IndicatorRow.model_validate(_row(question, one, reference.indicator_group(group)))
            for one in reference.indicators
            for group in one.groups
        ]
        return Found.within(question, answers.frame(rows))

    return answers.listing(request, asked, IndicatorList, find)


@router.get("/indicators/{code}", response_model=IndicatorAnswer, responses=documented.of_record())
def get_indicator(
    request: Request, code: IndicatorInPath, asked: Annotated[SeriesAsked, Query()]
) -> Response:
    """One indicator: what it measures and how, and one group period by period."""

    def find(question: Question) -> tuple[IndicatorBody, dict[str, str]]:
        installation = question.installation
        definition = installation.reference.indicator(code)
        periods = indicators.means(
            installation, code, question.moment, group=asked.group, within=asked.within
        )
        group = installation.reference.indicator_group(asked.group or definition.groups[0])
        body = IndicatorBody.model_validate(
            _defined(definition, group)
            | {
                "about_vi": definition.about_vi,
                "about_en": definition.about_en,
                "groups": list(definition.groups),
                "methods": [one.model_dump() for one in definition.methods],
                "components": [one.model_dump() for one in definition.components],
                "within": asked.within,
                "periods": periods.to_dicts(),
            }
        )
        return body, {"agencies": answers.path(question, "indicators", code, "agencies")}

    return answers.record(request, asked, IndicatorAnswer, find)


@router.get("/indicators/{code}/agencies", response_model=ValueList, responses=documented.of_list(404))
def list_indicator_values(
    request: Request, code: IndicatorInPath, asked: Annotated[RankingAsked, Query()]
) -> Response:
    """Who has which value in a period, and which place among its like."""

    def find(question: Question) -> Found:
        standing = _standing(question, code, asked)
        definition = question.installation.reference.indicator(code)
        said = {
            "indicator": code,
            "group": standing.group.code if standing else asked.group or definition.groups[0],
            "period": standing.period.text if standing else asked.period,
            "announced_on": standing and standing.announced_on,
            "method": standing and standing.method,
            "mean": float(standing.mean) if standing and standing.mean is not None else None,
            "mean_basis": standing and standing.mean_basis,
            "is_invented": standing and standing.is_invented,
        }
        rows = standing.agencies if standing else pl.DataFrame(schema=ValueList.columns())
        return Found.within(question, rows, **said)

    return answers.listing(request, asked, ValueList, find)


def _standing(question: Question, code: str, asked: RankingAsked) -> Standing | None:
    installation, moment = question.installation, question.moment
    if asked.period is None:
        return indicators.latest(installation, code, moment, group=asked.group, within=asked.within)
    period = parse_period(asked.period)
    return indicators.standing(installation, code, moment, period, group=asked.group, within=asked.within)


def _defined(definition: Indicator, group: IndicatorGroup) -> dict[str, Any]:
    return {
        "indicator": definition.code,
        "name_vi": definition.name_vi,
        "name_en": definition.name_en,
        "unit": definition.unit,
        "direction": definition.direction,
        "publisher": definition.publisher,
        "group": group.code,
        "group_name_vi": group.name_vi,
        "group_name_en": group.name_en,
    }


def _row(question: Question, definition: Indicator, group: IndicatorGroup) -> dict[str, Any]:
    known = indicators.means(question.installation, definition.code, question.moment, group=group.code)
    names = ("period", "announced_on", "mean", "mean_basis", "change", "valued", "of", "is_invented")
    last = known.row(-1, named=True) if known.height else dict.fromkeys(names)
    return (
        _defined(definition, group)
        | {name: last[name] for name in names}
        | {"url": answers.path(question, "indicators", definition.code, group=group.code)}
    )
