"""Where to begin, and what each problem means."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from catalogue.api import answers, documented
from catalogue.api.answers import Part, Record
from catalogue.api.questions import VERSION, Asked, Question
from catalogue.api.turns import TurnRoute
from catalogue.errors import NotFound
from catalogue.i18n import texts

router = APIRouter(tags=["service"], route_class=TurnRoute)

_LISTS = (
    "procedures",
    "decisions",
    "programmes",
    "items",
    "instruments",
    "figures",
    "indicators",
    "agencies",
)
ProblemInPath = Annotated[str, Field(max_length=100, examples=["procedure_not_found"])]


class Service(Part):
    """What this service is."""

    title_vi: str
    title_en: str
    version: str = Field(examples=[VERSION])


class ServiceAnswer(Record[Service]):
    """The service and the way to its lists."""


class ProblemType(Part):
    """What a problem says; words in braces stand for what it is about."""

    code: str
    detail_vi: str
    detail_en: str


class ProblemAnswer(Record[ProblemType]):
    """A type of problem."""


@router.get("", response_model=ServiceAnswer, responses=documented.of_record())
def get_service(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """The service: its moment now, and the addresses of its lists."""

    def find(question: Question) -> tuple[Service, dict[str, str]]:
        title = texts()["api.title"]
        root = request.scope.get("root_path", "")
        links = {name: answers.path(question, name) for name in _LISTS}
        links["exports"] = answers.path(question, "exports")
        links["reporting"] = answers.path(question, "reporting", "token")
        links |= {"openapi": f"{root}/openapi.json", "docs": f"{root}/docs"}
        return Service(title_vi=title["vi"], title_en=title["en"], version=VERSION), links

    return answers.record(request, asked, ServiceAnswer, find)


@router.get("/problems/{code}", response_model=ProblemAnswer, responses=documented.of_record())
def get_problem_type(request: Request, code: ProblemInPath, asked: Annotated[Asked, Query()]) -> Response:
    """What a problem means: where the `type` of problem details leads."""

    def find(_: Question) -> tuple[ProblemType, dict[str, str]]:
        text = texts().get(f"error.{code}")
        if text is None:
            raise NotFound("problem_unknown", id=code[:60])
        return ProblemType(code=code, detail_vi=text["vi"], detail_en=text["en"]), {}

    return answers.record(request, asked, ProblemAnswer, find)
