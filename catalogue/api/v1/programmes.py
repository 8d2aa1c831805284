"""Programmes: what they are, how far they are, by which documents and why their base moved."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Found, Listing, Part, Record
from catalogue.api.questions import Clocked, Listed, Question
from catalogue.api.turns import TurnRoute
from catalogue.reference import Programme
from catalogue.reference.entries import ProgrammeKind, Stage
from catalogue.services import figures, programmes

router = APIRouter(tags=["programmes"], route_class=TurnRoute)

ProgrammeInPath = Annotated[str, Field(max_length=100, examples=[figures.SIMPLIFICATION])]


class Counts(Part):
    """Items of the base by stage and by deadline; tasks that never end (`standing`) are never due."""

    assigned: int = Field(description="The base.", examples=[1086])
    approved: int
    enacted: int
    published: int
    confirmed: int
    done: int = Field(description="At the programme's done stage.", examples=[658])
    done_in_time: int
    done_late: int
    overdue: int
    due_soon: int
    in_time: int
    no_deadline: int
    standing: int


class ProgrammeRow(Counts):
    """A programme and how far it is."""

    programme_code: str = Field(examples=[figures.SIMPLIFICATION])
    kind: ProgrammeKind
    name_vi: str
    name_en: str
    base_vi: str = Field(description="What its base is.")
    base_en: str
    stages: list[Stage] = Field(description="The stages that apply; others are not applicable, never 0.")
    done_stage: Stage = Field(description="Which stage counts as done.")
    is_done_stage_inferred: bool = Field(description="Whether sources do not say it, and it is an inference.")
    url: str


class ProgrammeList(Listing[ProgrammeRow]):
    """Every programme."""


class AssigningDocument(Part):
    """A document that assigned items."""

    document_id: int
    type: str | None
    number: str | None
    issued_on: date | None
    title: str | None
    items: int
    done: int
    standing: int
    withdrawn: int


class BaseChange(Part):
    """A change of the base: on which day, by which document, why."""

    change_id: int
    effective_date: date
    recorded_at: datetime
    document_id: int | None
    document_number: str | None
    document_issued_on: date | None
    reason: str | None
    added: int
    withdrawn: int
    base_after: int
    is_initial: bool = Field(description="What the programme began with.")


class ProgrammeBody(ProgrammeRow):
    """One programme whole."""

    done_stage_note_vi: str | None
    done_stage_note_en: str | None
    figure: str | None = Field(description="The measure that is published of it, of `/figures`.")
    documents: list[AssigningDocument]
    base_changes: list[BaseChange]

    @classmethod
    def of(cls, question: Question, programme: Programme) -> Self:
        """A programme with its documents and the history of its base."""
        installation, moment = question.installation, question.moment
        return cls.model_validate(
            _row(question, programme)
            | {
                "done_stage_note_vi": programme.done_stage_note_vi,
                "done_stage_note_en": programme.done_stage_note_en,
                "figure": programme.figure,
                "documents": programmes.documents(installation, programme.code, moment).to_dicts(),
                "base_changes": programmes.base_changes(installation, programme.code, moment).to_dicts(),
            }
        )


class ProgrammeAnswer(Record[ProgrammeBody]):
    """One programme."""


@router.get("/programmes", response_model=ProgrammeList, responses=documented.of_list())
def list_programmes(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Every programme, with its items by stage and by deadline."""

    def find(question: Question) -> Found:
        rows = [
            ProgrammeRow.model_validate(_row(question, one))
            for one in question.installation.reference.programmes
        ]
        return Found.within(question, answers.frame(rows))

    return answers.listing(request, asked, ProgrammeList, find)


@router.get("/programmes/{code}", response_model=ProgrammeAnswer, responses=documented.of_record())
def get_programme(request: Request, code: ProgrammeInPath, asked: Annotated[Clocked, Query()]) -> Response:
    """One programme: its documents, and every change of its base."""

    def find(question: Question) -> tuple[ProgrammeBody, dict[str, str]]:
        programme = question.installation.reference.programme(code)
        links = {"items": answers.path(question, "items", programme=code)}
        if programme.figure:
            links["figure"] = answers.path(question, "figures", programme.figure)
        return ProgrammeBody.of(question, programme), links

    return answers.record(request, asked, ProgrammeAnswer, find)


def _row(question: Question, programme: Programme) -> dict[str, Any]:
    return {
        "programme_code": programme.code,
        "kind": programme.kind,
        "name_vi": programme.name_vi,
        "name_en": programme.name_en,
        "base_vi": programme.base_vi,
        "base_en": programme.base_en,
        "stages": list(programme.stages),
        "done_stage": programme.done_stage,
        "is_done_stage_inferred": programme.done_stage_inferred,
        "url": answers.path(question, "programmes", programme.code),
        **figures.stages(question.installation, programme.code, question.moment),
    }
