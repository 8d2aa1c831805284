"""Figures: every measure at a moment, what it counts member by member, what was printed of it, how to cite it."""

from datetime import date
from typing import Annotated, Literal, Self

import polars as pl
from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Day, Listed, Question
from catalogue.api.turns import TurnRoute
from catalogue.i18n import LANGUAGES, Translator
from catalogue.model.figure import Figure, Kind, Relation
from catalogue.services import figure_history, figure_members, figures, published

router = APIRouter(tags=["figures"], route_class=TurnRoute)

MeasureInPath = Annotated[str, Field(max_length=100, examples=["simplification.done"])]
_Unit = Literal["procedures", "documents", "items", "agencies"]
_SINCE = Field(
    None,
    description="Begins the period of a measure that counts over one; without it 1 January of `as_of`'s year.",
)


class FiguresAsked(Listed):
    """All measures at a moment."""

    since: Day | None = _SINCE


class FigureAsked(Clocked):
    """One measure at a moment."""

    since: Day | None = _SINCE


class MembersAsked(Listed):
    """The members behind one measure."""

    since: Day | None = _SINCE
    side: Literal["numerator", "denominator", "all"] = Field(
        "all", description="Those above the line, those below it, or both."
    )


class FigureRow(Part):
    """A measure at the moment of the answer."""

    measure: str = Field(examples=["simplification.done"])
    kind: Kind = Field(description="A count has no denominator, even where one could be guessed.")
    unit: _Unit = Field(description="What it counts.")
    programme_code: str | None = Field(description="Whose items, or agencies, it counts.")
    name_vi: str
    name_en: str
    numerator: int = Field(description="Of a count, the count itself.", examples=[658])
    denominator: int | None = Field(examples=[1086])
    percent: float | None = Field(
        description="Half-up to four decimals; null of a count and of a share of nothing.", examples=[60.5893]
    )
    is_recount: bool = Field(description="Counted by the agencies of another day: never an official number.")
    url: str

    @classmethod
    def of(cls, question: Question, figure: Figure) -> Self:
        """A computed figure as it is told."""
        definition = figure_members.measure(figure.measure)
        names = {f"name_{one}": _text("name", figure.measure, one) for one in LANGUAGES}
        return cls.model_validate(
            {
                "measure": figure.measure,
                "kind": figure.kind,
                "unit": figure_members.UNITS[definition.query],
                "programme_code": definition.programme,
                **names,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "percent": None if figure.percent is None else float(figure.percent),
                "is_recount": figure.is_recount,
                "url": answers.path(question, "figures", figure.measure),
            }
        )


class FigureList(Listing[FigureRow]):
    """Every measure at one moment."""


class Citation(Part):
    """What makes the number the same for whoever asks again."""

    as_of: date
    known_at: date = Field(description="Cite this day beside `as_of`.")
    is_final: bool = Field(description="Whether nothing can be added to that day any more.")
    url: str = Field(description="The figure at both clocks.")


class Printed(Part):
    """What was printed of the measure."""

    id: str
    label_vi: str
    label_en: str
    as_of: date | None
    known_at: date | None
    numerator: int | None
    denominator: int | None
    value: int | None
    printed_percent: float | None
    relation: Relation | None = Field(
        description="How it relates to what the ledger computes for its day, else to its own numbers."
    )
    source_vi: str
    source_en: str
    publication: str | None


class MonthEnd(Part):
    """The measure on one day, as known at the moment of the answer."""

    as_of: date
    numerator: int
    denominator: int | None
    percent: float | None


class FigureBody(FigureRow):
    """One measure whole."""

    definition_vi: str
    definition_en: str
    citation: Citation
    history: list[MonthEnd] = Field(
        description="At the month ends before `as_of` and on it, the oldest first."
    )
    printed: list[Printed]


class FigureAnswer(Record[FigureBody]):
    """One measure."""


class MemberRow(Part):
    """A thing that the measure counts."""

    member: str = Field(
        description="The code of a procedure or an agency, or the id of an item or a decision.",
        examples=["937"],
    )
    in_numerator: bool
    in_denominator: bool
    name: str | None
    code: str | None = Field(description="The code of its procedure, or the number of a document.")
    agency_code: str | None
    agency_short_name: str | None
    url: str


class MemberList(Listing[MemberRow]):
    """What a measure counts, those above the line first."""

    measure: str
    unit: _Unit
    numerator: int = Field(description="How many are above the line.")
    denominator: int | None = Field(description="How many are below it; null of a count.")


@router.get("/figures", response_model=FigureList, responses=documented.of_list())
def list_figures(request: Request, asked: Annotated[FiguresAsked, Query()]) -> Response:
    """Every measure at one moment, as the ledger computes it."""

    def find(question: Question) -> Found:
        found = figures.compute_all(question.installation, question.moment, since=asked.since)
        return Found.within(question, answers.frame([FigureRow.of(question, one) for one in found]))

    return answers.listing(request, asked, FigureList, find)


@router.get("/figures/{measure}", response_model=FigureAnswer, responses=documented.of_record())
def get_figure(request: Request, measure: MeasureInPath, asked: Annotated[FigureAsked, Query()]) -> Response:
    """One measure: its number, definition and history, what was printed of it, how to cite it."""

    def find(question: Question) -> tuple[FigureBody, dict[str, str]]:
        installation, moment = question.installation, question.moment
        figure = figures.compute(installation, measure, moment, since=asked.since)
        body = FigureBody(
            **FigureRow.of(question, figure).model_dump(),
            definition_vi=_text("definition", measure, "vi"),
            definition_en=_text("definition", measure, "en"),
            citation=_citation(question),
            history=[
                _month_end(one)
                for one in figure_history.month_ends(installation, measure, moment, since=asked.since)
            ],
            printed=_printed(question, measure),
        )
        return body, {"items": answers.path(question, "figures", measure, "items")}

    return answers.record(request, asked, FigureAnswer, find)


@router.get("/figures/{measure}/items", response_model=MemberList, responses=documented.of_list(404))
def list_members(
    request: Request, measure: MeasureInPath, asked: Annotated[MembersAsked, Query()]
) -> Response:
    """Every thing behind a number: procedures, items, decisions or agencies."""

    def find(question: Question) -> Found:
        rows = figure_members.named(question.installation, measure, question.moment, since=asked.since)
        definition = figure_members.measure(measure)
        unit = figure_members.UNITS[definition.query]
        above, below = int(rows["in_numerator"].sum()), int(rows["in_denominator"].sum())
        if asked.side != "all":
            rows = rows.filter(pl.col(f"in_{asked.side}"))
        page = Found.within(question, rows.rename({"agency": "agency_short_name"}))
        noun = {"documents": "decisions"}.get(unit, unit)
        return Found(
            answers.addressed(question, page.rows, noun, "member"),
            page.total,
            {
                "measure": measure,
                "unit": unit,
                "numerator": above,
                "denominator": below if definition.kind is Kind.SHARE else None,
            },
        )

    return answers.listing(request, asked, MemberList, find)


def _text(name: str, measure: str, language: str) -> str:
    return Translator(language)(f"figures.{name}_{measure}")


def _citation(question: Question) -> Citation:
    known_at, is_final = published.citable_at(question.installation, question.moment)
    as_of = question.moment.as_of
    clocks = {"as_of": as_of.isoformat(), "known_at": known_at.isoformat()}
    return Citation(
        as_of=as_of, known_at=known_at, is_final=is_final, url=answers.address(question, **clocks)
    )


def _month_end(figure: Figure) -> MonthEnd:
    return MonthEnd(
        as_of=figure.moment.as_of,
        numerator=figure.numerator,
        denominator=figure.denominator,
        percent=None if figure.percent is None else float(figure.percent),
    )


def _printed(question: Question, measure: str) -> list[Printed]:
    installation = question.installation
    return [
        Printed.model_validate(
            {name: getattr(one, name) for name in Printed.model_fields if name != "relation"}
            | {"relation": published.relation_of(installation, one)}
        )
        for one in published.of_measure(installation, measure, moment=question.moment)
    ]
