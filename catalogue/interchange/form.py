"""The form of exchange as form.yml describes it: its sheets, columns, closed lists and what it tells people."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("form.yml")


@dataclass(frozen=True)
class Column:
    """One column: what people call it, what the importer calls it, how its cells are written and read."""

    header: str
    name: str
    kind: str
    width: int
    note: str


@dataclass(frozen=True)
class FormSheet:
    """One sheet; `part`: what of a content its rows hold, None for the sheet with one row a procedure."""

    name: str
    columns: tuple[Column, ...]
    part: str | None = None

    @property
    def kinds(self) -> Mapping[str, str]:
        """The kind of each column by its name."""
        return {column.name: column.kind for column in self.columns}


@dataclass(frozen=True)
class Form:
    """The whole form; `lists`, `long_texts` and `guide` as form.yml says them."""

    main: FormSheet
    children: tuple[FormSheet, ...]
    lists: Mapping[str, Any]
    long_texts: Mapping[str, str]
    guide: Mapping[str, Any]

    def child(self, part: str) -> FormSheet:
        """The sheet that holds a part."""
        return next(sheet for sheet in self.children if sheet.part == part)


@lru_cache(maxsize=1)
def form() -> Form:
    """The form, read once."""
    said = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return Form(
        _sheet(said["main"]),
        tuple(map(_sheet, said["children"])),
        said["lists"],
        said["long_texts"],
        said["guide"],
    )


def _sheet(said: Mapping[str, Any]) -> FormSheet:
    columns = tuple(Column(**column) for column in said["columns"])
    return FormSheet(said["sheet"], columns, said.get("part"))
