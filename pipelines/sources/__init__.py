"""One folder a source: source.yml says what its columns mean, transform.py maps them to the contract."""

import re
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Protocol, cast

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from catalogue.errors import BadReferenceData, NotFound
from pipelines.contract import SOURCE_COLUMNS, TransformResult
from pipelines.workbook import Row

_HERE = Path(__file__).parent


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


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


class Source(_Strict):
    """A source.yml, checked on load."""

    name: str
    title: Text
    publisher: Text
    columns: dict[str, str]
    ignored_columns: tuple[str, ...] = ()
    ignored_sheets: tuple[str, ...] = ()
    split: dict[str, tuple[str, ...]] = {}
    national_code: Pattern
    agency_suffix: Pattern
    assertions: Assertions

    @model_validator(mode="after")
    def _names_contract_columns(self) -> "Source":
        if sorted(self.columns.values()) != sorted(SOURCE_COLUMNS):
            raise ValueError(f"columns must name each of {sorted(SOURCE_COLUMNS)} once")
        if unknown := self.split.keys() - SOURCE_COLUMNS:
            raise ValueError(f"split names unknown columns {sorted(unknown)}")
        return self


class Transform(Protocol):
    """Rows as read -> the contract; pure."""

    def __call__(
        self, rows: Sequence[Row], source: Source, file: str, sheet: str | None
    ) -> TransformResult: ...


def source_names() -> tuple[str, ...]:
    """Every source that can be imported."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/source.yml")))


def load_source(name: str) -> Source:
    """A source by name; raises NotFound, and BadReferenceData when its source.yml is wrong."""
    _require(name)
    path = _HERE / name / "source.yml"
    try:
        return Source(name=name, **yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise BadReferenceData(file=f"pipelines/sources/{name}/source.yml", reason=str(error)) from error


def load_transform(name: str) -> Transform:
    """The transform of a source by name; raises NotFound."""
    _require(name)
    return cast(Transform, import_module(f"pipelines.sources.{name}.transform").transform)


def _require(name: str) -> None:
    if name not in source_names():
        raise NotFound("source_unknown", value=name)
