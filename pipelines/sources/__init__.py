"""One folder a source: source.yml says what its columns mean, transform.py maps them to the contract."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, Protocol, cast

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from catalogue.errors import BadReferenceData, NotFound
from pipelines.contract import TransformResult
from pipelines.workbook import Row, Sheet

_HERE = Path(__file__).parent


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(_Strict):
    """A label in both languages of the product."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Assertions(_Strict):
    """What a batch must keep to as a whole."""

    min_rows: int = Field(ge=1)
    max_error_share: float = Field(ge=0, le=1)


class Correction(_Strict):
    """One known error of the source: in the record of `code`, under `column`, `was` should read `becomes`."""

    code: str = Field(min_length=1)
    column: str = Field(min_length=1)
    was: str = Field(min_length=1)
    becomes: str
    reason: str = Field(min_length=10)


class ChildSheet(_Strict):
    """A sheet beside the list with any number of rows a procedure; its columns as `Source` describes them."""

    columns: dict[str, str]
    optional_columns: dict[str, str] = {}
    ignored_columns: tuple[str, ...] = ()
    typed_columns: tuple[str, ...] = ()


class Source(_Strict):
    """A source.yml with its corrections.yml, checked on load.

    `kind`: whether its rows are procedures, or scores of `indicator` (then `child_sheets` are all its sheets).
    `columns` and `optional_columns`: the source's header -> the transform's name of it, a part of a content where it
    is one; `of_part`: the name under which a part is read where they differ; `typed_columns`: names whose cells may be
    numbers, dates or lists; `for_agencies`: a ministry may bring it for its own records; `child_sheets`: the sheets
    that may stand beside the list, by name.
    """

    name: str
    title: Text
    publisher: Text
    kind: Literal["procedures", "indicators"] = "procedures"
    indicator: str | None = None
    files: tuple[str, ...] = ("xlsx", "csv")
    columns: dict[str, str]
    optional_columns: dict[str, str] = {}
    ignored_columns: tuple[str, ...] = ()
    ignored_sheets: tuple[str, ...] = ()
    child_sheets: dict[str, ChildSheet] = {}
    typed_columns: tuple[str, ...] = ()
    of_part: dict[str, str] = {}
    lists_all: bool = False
    keeps_silent: bool = False
    for_agencies: bool = False
    split: dict[str, tuple[str, ...]] = {}
    lookups: dict[str, dict[str, str]] = {}
    assertions: Assertions
    corrections: tuple[Correction, ...] = ()

    @model_validator(mode="after")
    def _names_are_one_to_one(self) -> "Source":
        names = [*self.columns.values(), *self.optional_columns.values()]
        if len(set(names)) != len(names):
            raise ValueError("two headers stand for one column")
        if (self.kind == "indicators") != (self.indicator is not None):
            raise ValueError("'indicator' goes with the kind indicators")
        missing = {"procedure_code", "name"} - set(self.columns.values())
        if missing and self.kind == "procedures":
            raise ValueError(f"columns must name {sorted(missing)}")
        for where, used in (
            ("split", self.split),
            ("typed_columns", self.typed_columns),
            ("of_part", self.of_part.values()),
        ):
            if unknown := set(used) - set(names):
                raise ValueError(f"{where} names unknown columns {sorted(unknown)}")
        return self

    def headers_of(self, headers: Mapping[str, str]) -> dict[str, str]:
        """What the file calls each part, from what it calls each column."""
        read_from = {part: headers[column] for part, column in self.of_part.items() if column in headers}
        return {**headers, **read_from}


class Transform(Protocol):
    """Rows as read -> the contract; pure. `children`: those child sheets of the source that the file has."""

    def __call__(
        self, rows: Sequence[Row], source: Source, file: str, sheet: str | None, *children: Sheet
    ) -> TransformResult: ...


def source_names(kind: str = "procedures") -> tuple[str, ...]:
    """Every source of this kind that can be imported as a batch."""
    return tuple(name for name in _described() if _kind(_HERE / name / "source.yml") == kind)


def _described() -> list[str]:
    return sorted(path.parent.name for path in _HERE.glob("*/source.yml"))


@cache
def _kind(path: Path) -> str:
    """What a source.yml says of its rows, without reading the rest of it."""
    found = re.search(r"^kind: *(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else "procedures"


def load_source(name: str) -> Source:
    """A source by name; raises NotFound, and BadReferenceData when its source.yml is wrong."""
    _require(name)
    corrected = _HERE / name / "corrections.yml"
    try:
        described = yaml.load((_HERE / name / "source.yml").read_bytes(), Loader=yaml.CSafeLoader)
        known = yaml.load(corrected.read_bytes(), Loader=yaml.CSafeLoader) if corrected.exists() else None
        return Source(name=name, **described, corrections=tuple((known or {}).get("corrections") or ()))
    except (yaml.YAMLError, ValidationError, TypeError, AttributeError) as error:
        raise BadReferenceData(file=f"pipelines/sources/{name}/source.yml", reason=str(error)) from error


def load_transform(name: str) -> Transform:
    """The transform of a source by name; raises NotFound."""
    _require(name)
    return cast(Transform, import_module(f"pipelines.sources.{name}.transform").transform)


def _require(name: str) -> None:
    if name not in _described():
        raise NotFound("source_unknown", value=name)
