"""What an answer says beside its data: both clocks, counts, links; and how it is written as JSON, CSV or Parquet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from types import UnionType
from typing import Any, Generic, Self, TypeVar, Union, get_args, get_origin
from urllib.parse import quote, urlencode
from weakref import WeakKeyDictionary

import polars as pl
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from catalogue.api.conditional import Validators, changed_at
from catalogue.api.kept_answers import KeptAnswers
from catalogue.api.negotiation import MEDIA_TYPES, Format
from catalogue.api.questions import Asked, Question
from catalogue.model.period import Organisation
from catalogue.store.database import Database
from catalogue.working_days import ZONE

_LIVE = "public, max-age=0, must-revalidate"
_FINAL = "public, max-age=3600"  # asked at two clocks that have run out: only reference data can change it
_APART = "; "
_CLOCKS = ("as_of", "known_at", "agencies")
_answers: WeakKeyDictionary[Database, KeptAnswers] = WeakKeyDictionary()
_COLUMN_TYPES: dict[Any, pl.DataType | type[pl.DataType]] = {
    bool: pl.Boolean,
    int: pl.Int64,
    float: pl.Float64,
    date: pl.Date,
    datetime: pl.Datetime("us", ZONE.key),
}


class Part(BaseModel):
    """Something that an answer says."""

    model_config = ConfigDict(frozen=True)


class Clocks(Part):
    """The moment that an answer describes."""

    as_of: date = Field(description="The day that the answer describes.", examples=["2024-03-21"])
    known_at: date | None = Field(
        description="What had been recorded by the end of this day counts; null: everything so far."
    )
    revision: int = Field(description="The last recording that counts.", examples=[2826])
    agencies: Organisation = Field(description="By which agencies it counts.")

    @classmethod
    def of(cls, question: Question) -> Self:
        """The clocks of a question."""
        moment = question.moment
        return cls(
            as_of=moment.as_of,
            known_at=moment.known_at,
            revision=moment.revision,
            agencies=moment.organisation,
        )


class Links(Part):
    """Addresses on this host."""

    self: str = Field(examples=["/api/v1/procedures?as_of=2024-03-21"])


class PageLinks(Links):
    """Addresses of a list: where it begins and goes on, and the same page in other forms."""

    first: str
    next: str | None = Field(description="The next page at the same moment; null on the last one.")
    csv: str
    parquet: str


class Answer(Part):
    """What every answer says."""

    clocks: Clocks
    is_demonstration: bool = Field(
        description="Whether records are invented (their totals are the published ones)."
    )


R = TypeVar("R", bound=Part)
L = TypeVar("L", bound="Listing[Any]")


class Listing(Answer, Generic[R]):
    """One page of a list."""

    total: int = Field(description="Rows of all pages.", examples=[6317])
    count: int = Field(description="Rows of this page.", examples=[20])
    links: PageLinks
    data: list[R]

    @classmethod
    def columns(cls) -> dict[str, pl.DataType | type[pl.DataType]]:
        """The columns of a row with their Polars types, in their order: every page has the same."""
        (row,) = get_args(cls.model_fields["data"].annotation)
        return {name: _column_type(one.annotation) for name, one in row.model_fields.items()}


class Record(Answer, Generic[R]):
    """One thing."""

    links: dict[str, str] = Field(description="Addresses on this host.")
    data: R


@dataclass(frozen=True)
class Found:
    """A page of rows, how many there are in all, and what else the list says."""

    rows: pl.DataFrame
    total: int
    more: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def within(cls, question: Question, rows: pl.DataFrame, **more: Any) -> Self:
        """The question's page of all rows."""
        page = rows.slice((question.page - 1) * question.limit, question.limit)
        return cls(page, rows.height, more)

    @classmethod
    def paged(cls, rows: pl.DataFrame, total: int | None = None, **more: Any) -> Self:
        """A page whose column `total` counts all, or of a list with a known number of rows."""
        counted = int(rows["total"][0]) if total is None and rows.height else total or 0
        return cls(rows, counted, more)


def listing(request: Request, asked: Asked, kind: type[L], find: Callable[[Question], Found]) -> Response:
    """A list in the form that the client wants; rows are looked for only where it has not got them already.

    Raises: BadCursor, NotAcceptable, whatever `find` raises.
    """
    question = Question.of(request, asked)
    form = question.format
    headers, is_held = head(question)
    headers["Vary"] = "Accept"
    if is_held:
        return Response(status_code=304, headers=headers)
    kept, query = _kept(question)
    if (before := kept.find(question.etag, query)) is not None:
        return before
    found = find(question)
    links = _page_links(question, found.total)
    columns = kind.columns()
    rows = found.rows.select(list(columns)).cast(columns)  # type: ignore[arg-type]
    headers |= counted(question, found.total)
    headers["Link"] = ", ".join(
        f'<{target}>; rel="{relation}"'
        for relation, target in (("next", links.next), ("first", links.first))
        if target is not None
    )
    if form is Format.JSON:
        body = kind(
            clocks=Clocks.of(question),
            is_demonstration=question.installation.is_demo,
            total=found.total,
            count=rows.height,
            links=links,
            data=rows.to_dicts(),
            **found.more,
        )
        return kept.keep(question.etag, query, _json(body), headers, MEDIA_TYPES[form])
    name = f"{request.url.path.rsplit('/v1/', 1)[-1].replace('/', '_')}_{question.moment.as_of}_r{question.moment.revision}"
    headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form}"
    if form is Format.CSV:
        media_type = f"{MEDIA_TYPES[form]}; charset=utf-8; header=present"
        return kept.keep(question.etag, query, _csv(rows).encode(), headers, media_type)
    table = _parquet(rows, counted(question, found.total))
    return kept.keep(question.etag, query, table, headers, MEDIA_TYPES[form])


def record(
    request: Request,
    asked: Asked,
    kind: type[Record[R]],
    find: Callable[[Question], tuple[R, Mapping[str, str]]],
) -> Response:
    """One thing as JSON, with links beside its own.

    Raises: NotAcceptable, whatever `find` raises.
    """
    question = Question.of(request, asked)
    form = question.format
    headers, is_held = head(question)
    if is_held:
        return Response(status_code=304, headers=headers)
    kept, query = _kept(question)
    if (before := kept.find(question.etag, query)) is not None:
        return before
    data, links = find(question)
    body = kind(
        clocks=Clocks.of(question),
        is_demonstration=question.installation.is_demo,
        links={"self": address(question), **links},
        data=data,
    )
    headers |= counted(question, None)
    return kept.keep(question.etag, query, _json(body), headers, MEDIA_TYPES[form])


def _kept(question: Question) -> tuple[KeptAnswers, str]:
    """The answers that are kept, and the part of an address that a validator does not tell, for links repeat it."""
    request = question.request
    kept = _answers.setdefault(question.installation.database, KeptAnswers())
    return kept, f"{request.scope.get('root_path', '')}?{urlencode(request.query_params)}"


def _json(body: BaseModel) -> bytes:
    return body.model_dump_json(by_alias=True).encode()


def frame(rows: Sequence[Part]) -> pl.DataFrame:
    """Rows that are made one by one."""
    return pl.DataFrame([row.model_dump() for row in rows], infer_schema_length=None)


def path(question: Question, *parts: str | int, **params: str) -> str:
    """An address of ours at the clocks that were asked for: `/api/v1/procedures/1.000001?as_of=2024-02-29`."""
    root, given = question.request.scope.get("root_path", ""), question.request.query_params
    params |= {name: given[name] for name in _CLOCKS if name in given}
    own = f"{root}/v1/" + "/".join(quote(str(part), safe="") for part in parts)
    return own + (f"?{urlencode(params)}" if params else "")


def addressed(question: Question, rows: pl.DataFrame, noun: str, key: str) -> pl.DataFrame:
    """Rows with `url`, the address of each one's record."""
    return rows.with_columns(pl.Series("url", [path(question, noun, one) for one in rows[key]], pl.String))


def address(question: Question, **changed: str | None) -> str:
    """The address of the question itself, with some parameters changed; None takes one away."""
    asked = {name: value for name, value in question.request.query_params.items() if name not in changed}
    asked |= {name: value for name, value in changed.items() if value is not None}
    return question.request.url.path + (f"?{urlencode(asked)}" if asked else "")


def _page_links(question: Question, total: int) -> PageLinks:
    has_more = question.page * question.limit < total
    return PageLinks(
        self=address(question),
        first=address(question, cursor=None),
        next=address(question, cursor=question.cursor(question.page + 1)) if has_more else None,
        csv=address(question, format=Format.CSV.value),
        parquet=address(question, format=Format.PARQUET.value),
    )


def head(question: Question) -> tuple[dict[str, str], bool]:
    """The headers that an answer has even where its client holds it, and whether it does."""
    installation, moment = question.installation, question.moment
    validators = Validators(
        question.etag,
        changed_at(installation, moment.revision, question.request.app.state.served_since(installation)),
    )
    is_final = moment.known_at is not None and moment.known_at < installation.today
    pinned = is_final and getattr(question.asked, "as_of", None) is not None
    headers = {"Cache-Control": _FINAL if pinned else _LIVE, **validators.headers}
    return headers, validators.are_held(question.request.headers)


def counted(question: Question, total: int | None) -> dict[str, str]:
    """Clocks and counts as headers: a table has no other place for them."""
    moment = question.moment
    said = {
        "X-As-Of": moment.as_of.isoformat(),
        "X-Known-At": moment.known_at.isoformat() if moment.known_at else None,
        "X-Revision": str(moment.revision),
        "X-Total-Count": None if total is None else str(total),
        "X-Demonstration": "true" if question.installation.is_demo else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _column_type(annotation: Any) -> pl.DataType | type[pl.DataType]:
    """`list[Level] | None` -> a list of texts; a closed list of words is text."""
    given = [one for one in get_args(annotation) if one is not type(None)]
    if get_origin(annotation) in (Union, UnionType):
        annotation = given[0]
    if get_origin(annotation) is list:
        return pl.List(_column_type(get_args(annotation)[0]))
    return _COLUMN_TYPES.get(annotation, pl.String)


def _csv(rows: pl.DataFrame) -> str:
    """UTF-8 with a byte order mark: without one Excel takes Vietnamese for something else."""
    lists = [name for name, kind in rows.schema.items() if isinstance(kind, pl.List)]
    text = rows.with_columns(pl.col(lists).list.join(_APART)) if lists else rows
    return text.write_csv(include_bom=True)


def _parquet(rows: pl.DataFrame, said: Mapping[str, str]) -> bytes:
    file = BytesIO()
    rows.write_parquet(file, metadata=dict(said))
    return file.getvalue()
