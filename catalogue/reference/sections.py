"""A list of rows in one reference file, checked against its model."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from catalogue.errors import BadReferenceData
from catalogue.reference.entries import Entry
from catalogue.reference.yaml_source import YamlSource

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Section(Generic[E]):
    """The rows under one key of a file."""

    source: YamlSource
    key: str
    rows: tuple[E, ...]

    def __iter__(self) -> Iterator[tuple[int, E]]:
        return iter(enumerate(self.rows))

    def refuse(self, reason: str, index: int, *path: str | int) -> BadReferenceData:
        """The error to raise about a row, or about one key of it."""
        return self.source.refuse(reason, self.key, index, *path)


def expect_keys(source: YamlSource, *keys: str) -> None:
    """The file holds exactly these keys at its top. Raises BadReferenceData."""
    if not isinstance(source.data, dict):
        raise source.refuse(f"expected the keys {', '.join(keys)}")
    for key in source.data:
        if key not in keys:
            raise source.refuse(f"unknown key {key!r}", key)
    for key in keys:
        if key not in source.data:
            raise source.refuse(f"the key {key!r} is missing")


def read_rows(source: YamlSource, key: str, model: type[E]) -> Section[E]:
    """Check every row of a list. Raises BadReferenceData."""
    rows = source.data[key]
    if not isinstance(rows, tuple) or not rows:
        raise source.refuse("expected a list with at least one row", key)
    return Section(
        source, key, tuple(_validated(source, row, model, key, index) for index, row in enumerate(rows))
    )


def read_row(source: YamlSource, key: str, model: type[E]) -> E:
    """Check the one row under a key. Raises BadReferenceData."""
    return _validated(source, source.data[key], model, key)


def _validated(source: YamlSource, row: object, model: type[E], *path: str | int) -> E:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise source.refuse(reason, *path, *first["loc"]) from error
