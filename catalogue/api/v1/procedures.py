"""Administrative procedures: found as on the catalogue's page, opened as records, followed through their versions."""

from datetime import date
from typing import Annotated, Literal

import polars as pl
from fastapi import APIRouter, Query, Request
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Code, Day, Listed, Question, Text
from catalogue.api.turns import TurnRoute
from catalogue.api.v1.change_entries import ChangeEntry, ChangeSummary
from catalogue.api.v1.procedure_record import ProcedureBody, decided_by
from catalogue.errors import NotFound
from catalogue.model.change import part_of
from catalogue.model.diff import diff, summarise
from catalogue.model.version import Version
from catalogue.reference.entries import Level
from catalogue.services import procedures, search
from catalogue.services.search import ProcedureFilter

router = APIRouter(tags=["procedures"], route_class=TurnRoute)

CodeInPath = Annotated[str, Field(max_length=100, examples=["1.900623"])]
_IN_FORCE = {"true": True, "false": False, "all": None}


class ProceduresAsked(Listed):
    """The filters of the catalogue's page."""

    q: Text | None = Field(
        None,
        description="Words or a code; diacritics do not matter, slips are put right, everyday words understood.",
        examples=["giấy khai sinh"],
    )
    agency: Code | None = Field(
        None,
        description="Who answers for the procedure: a code of `/agencies`, or `unknown`.",
        examples=["bo-cong-thuong"],
    )
    field: Text | None = Field(
        None, description="The field, as records name it, or `unknown`.", examples=["Dược phẩm"]
    )
    level: Level | Literal["unknown"] | None = Field(None, description="A level that carries it out.")
    level_set: Code | None = Field(
        None,
        description="Exactly these levels, in alphabetical order, joined by `+`.",
        examples=["ministry+provincial"],
    )
    level_group: Literal["central", "local", "vertical", "unknown"] | None = Field(
        None, description="A group of the published counts; groups are sets that overlap."
    )
    origin: Code | None = Field(None, description="Where the record comes from.")
    addressee: Text | None = Field(None, description="Who files, as records name it, or `unknown`.")
    way: Text | None = Field(
        None, description="A way of filing, as records name it, or `unknown`.", examples=["Trực tuyến"]
    )
    in_force: Literal["true", "false", "all"] = Field("true", description="In force, abolished, or both.")
    within: Literal["record", "name"] = Field(
        "record", description="Look for the words in the whole record, or in name and code only."
    )


class ProcedureRow(Part):
    """A procedure as it stands."""

    procedure_code: str = Field(description="The published code: the identity.", examples=["1.900623"])
    national_code: str = Field(examples=["1.900623"])
    agency_suffix: str | None = Field(description="What a code has beyond the national one.")
    name: str
    field_name: str | None = Field(examples=["An toàn vệ sinh lao động"])
    agency_code: str | None = Field(description="Who answers for it.", examples=["bo-cong-thuong"])
    agency_name: str | None
    issuer_name: str | None = Field(description="Who issued the record, where that is another agency.")
    levels: list[Level] = Field(description="The levels that carry it out: a set; none: not known.")
    is_vertical: bool | None = Field(description="Whether a vertical sector carries it out.")
    in_force: bool
    effective_date: date = Field(description="From which day on the version holds.")
    version_id: int
    origin: str = Field(description="Where the record comes from.", examples=["demo"])
    found_in: list[str] = Field(
        description="The parts of the record that have the words, where name and code have not."
    )
    url: str = Field(examples=["/api/v1/procedures/1.900623"])


class Pair(Part):
    """A word as typed, and as searched."""

    typed: str
    searched: str


class Reading(Part):
    """How the words were read."""

    corrected: list[Pair] = Field(description="Slips that were put right.")
    explained: list[Pair] = Field(description="Everyday words, and what was searched beside them.")
    unknown: list[str] = Field(description="Words that no record has.")
    ignored: int = Field(description="Words beyond the most that are read.")


class ProcedureList(Listing[ProcedureRow]):
    """Procedures, best match first; without words the latest change first."""

    reading: Reading | None = Field(description="How the words of `q` were read.")


class ProcedureAnswer(Record[ProcedureBody]):
    """One procedure."""


class VersionRow(Part):
    """A version in the life of a procedure."""

    version_id: int
    effective_date: date = Field(description="From which day on it holds; after `as_of` it is still to come.")
    in_force: bool = Field(description="False: from this day on the procedure is abolished.")
    name: str
    source: str = Field(description="Where the version was read from.", examples=["demo"])
    decision_id: int | None = Field(description="The publication decision, of `/decisions`.")
    decision_number: str | None
    decision_date: date | None
    changed_parts: list[str] = Field(
        description="The parts of the record that differ from the version before."
    )


class VersionList(Listing[VersionRow]):
    """The versions of a procedure, the oldest first."""


class DiffAsked(Clocked):
    """Two days of one procedure."""

    from_day: Day | None = Field(
        None,
        alias="from",
        description="The earlier day; without it 1 January of the later day's year.",
        examples=["2024-01-01"],
    )
    to_day: Day | None = Field(
        None,
        alias="to",
        description="The later day; without it `as_of`.",
        examples=["2024-03-21"],
        validate_default=True,
    )

    @field_validator("to_day")
    @classmethod
    def _is_later(cls, day: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("from_day")
        later = day or info.data.get("as_of")  # without a later day it is as_of
        if later is not None and first is not None and later < first:
            raise PydanticCustomError("order", "before the day it begins")
        return day


class Diff(Part):
    """What changed between the versions that held on two days."""

    procedure_code: str
    from_day: date
    to_day: date
    old_version_id: int
    old_effective_date: date
    new_version_id: int
    new_effective_date: date
    summary: ChangeSummary
    changes: list[ChangeEntry] = Field(
        description="None where both days have the same version, or say the same."
    )


class DiffAnswer(Record[Diff]):
    """The differences of one procedure."""


@router.get("/procedures", response_model=ProcedureList, responses=documented.of_list())
def list_procedures(request: Request, asked: Annotated[ProceduresAsked, Query()]) -> Response:
    """Search and filter the catalogue as of any day, as recorded by any day."""

    def find(question: Question) -> Found:
        wanted = ProcedureFilter(
            text=asked.q,
            agency=asked.agency,
            field=asked.field,
            level=asked.level,
            level_set=asked.level_set,
            level_group=asked.level_group,
            origin=asked.origin,
            addressee=asked.addressee,
            way=asked.way,
            in_force=_IN_FORCE[asked.in_force],
            in_name=asked.within == "name",
        )
        installation, moment = question.installation, question.moment
        rows = search.search(installation, moment, wanted, question.page, question.limit)
        parts = (
            pl.col("found_in").list.eval(pl.element().struct.field("part")).list.unique(maintain_order=True)
        )
        rows = answers.addressed(question, rows.with_columns(found_in=parts), "procedures", "procedure_code")
        return Found.paged(rows, reading=_reading(question, asked.q))

    return answers.listing(request, asked, ProcedureList, find)


@router.get("/procedures/{code}", response_model=ProcedureAnswer, responses=documented.of_record())
def get_procedure(request: Request, code: CodeInPath, asked: Annotated[Clocked, Query()]) -> Response:
    """One procedure whole, as it stands: who, how long, how much, which papers, on which documents it rests."""

    def find(question: Question) -> tuple[ProcedureBody, dict[str, str]]:
        found = procedures.get(question.installation, question.moment, code)
        items = procedures.related_items(question.installation, question.moment, code)
        return ProcedureBody.of(found, items), {
            name: answers.path(question, "procedures", code, name) for name in ("versions", "diff")
        }

    return answers.record(request, asked, ProcedureAnswer, find)


@router.get("/procedures/{code}/versions", response_model=VersionList, responses=documented.of_list(404))
def list_versions(request: Request, code: CodeInPath, asked: Annotated[Listed, Query()]) -> Response:
    """Every version of a procedure, also those that are still to come, and which parts each one changed."""

    def find(question: Question) -> Found:
        steps = procedures.versions(question.installation, question.moment, code)
        if not steps:
            raise NotFound("procedure_not_found", id=code)
        rows = [
            VersionRow(
                version_id=step.version.version_id,
                effective_date=step.version.effective_date,
                in_force=step.version.in_force,
                name=step.version.name,
                source=step.source,
                changed_parts=sorted({part_of(change) or "in_force" for change in step.changes}),
                **decided_by(step.decision),
            )
            for step in steps
        ]
        return Found.within(question, answers.frame(rows))

    return answers.listing(request, asked, VersionList, find)


@router.get("/procedures/{code}/diff", response_model=DiffAnswer, responses=documented.of_record())
def compare_versions(request: Request, code: CodeInPath, asked: Annotated[DiffAsked, Query()]) -> Response:
    """What changed of a procedure between two days, as typed facts and as numbers."""

    def find(question: Question) -> tuple[Diff, dict[str, str]]:
        to_day = asked.to_day or question.moment.as_of
        from_day = asked.from_day or to_day.replace(month=1, day=1)
        steps = procedures.versions(question.installation, question.moment, code)
        old, new = (_held(steps, day, code) for day in (from_day, to_day))
        changes = diff(old, new)
        body = Diff(
            procedure_code=code,
            from_day=from_day,
            to_day=to_day,
            old_version_id=old.version_id,
            old_effective_date=old.effective_date,
            new_version_id=new.version_id,
            new_effective_date=new.effective_date,
            summary=ChangeSummary.of(summarise(changes)),
            changes=[ChangeEntry.of(change) for change in changes],
        )
        return body, {"procedure": answers.path(question, "procedures", code)}

    return answers.record(request, asked, DiffAnswer, find)


def _held(steps: list[procedures.VersionStep], day: date, code: str) -> Version:
    version = procedures.version_on(steps, day)
    if version is None:
        raise NotFound("procedure_not_found", id=code)
    return version


def _reading(question: Question, text: str | None) -> Reading | None:
    if text is None:
        return None
    read = search.read(question.installation, question.moment, text)
    return Reading(
        corrected=[Pair(typed=typed, searched=searched) for typed, searched in read.corrected],
        explained=[Pair(typed=typed, searched=searched) for typed, searched in read.explained],
        unknown=list(read.unknown),
        ignored=read.ignored,
    )
