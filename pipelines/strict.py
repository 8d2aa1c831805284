"""Strict reading: every sheet and column is used or named as ignored, every change to a text is said."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from catalogue.errors import ImportRejected, Issue
from catalogue.text import clean
from pipelines.workbook import Cell, Row, Sheet

HEADER_WITHIN = 30
EXCERPT = 60

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Table:
    """A header that was understood, and the data rows below it."""

    header_row: int
    headers: tuple[str, ...]
    position: Mapping[str, int]
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]

    def header(self, column: str) -> str:
        """What the source calls a contract column."""
        return self.headers[self.position[column]]

    def raw(self, row: Row) -> dict[str, Any]:
        """The cells of a row as read, by header; a cell without a header goes by its column letter."""
        return {
            (self.headers[index] if index < len(self.headers) else "") or letter(index): (
                value.isoformat() if isinstance(value, date) else value
            )
            for index, value in enumerate(row.cells)
        }


def one_sheet(sheets: Sequence[Sheet], ignored: Collection[str], file: str) -> Sheet:
    """The only sheet that is not declared as ignored; raises ImportRejected when there is none or several."""
    declared = {_key(name) for name in ignored}
    used = [sheet for sheet in sheets if sheet.name is None or _key(sheet.name) not in declared]
    if not used:
        raise ImportRejected("table_empty", file=file)
    if len(used) > 1:
        issues = tuple(Issue("unknown_sheet", file=file, sheet=sheet.name) for sheet in used)
        raise ImportRejected(
            "several_sheets", issues=issues, file=file, value=", ".join(sheet.name or "" for sheet in used)
        )
    return used[0]


class Described(Protocol):
    """What a source says of its columns (header -> name)."""

    @property
    def columns(self) -> Mapping[str, str]: ...
    @property
    def optional_columns(self) -> Mapping[str, str]: ...
    @property
    def ignored_columns(self) -> Collection[str]: ...


def find_table(rows: Sequence[Row], source: Described, file: str, sheet: str | None) -> Table:
    """The table under the first row that holds every header of the source's `columns`."""
    every = {**source.columns, **source.optional_columns}
    wanted = {_key(header): column for header, column in every.items()}
    header = _header_row(rows, source.columns, file, sheet)
    headers = tuple(_label(cell) for cell in header.cells)
    _refuse_repeated(headers, header.number, file, sheet)
    known = wanted.keys() | {_key(name) for name in source.ignored_columns}
    issues = [
        Issue("unknown_column", file=file, sheet=sheet, row=header.number, column=letter(index), value=name)
        for index, name in enumerate(headers)
        if name and _key(name) not in known
    ]
    data = tuple(row for row in rows if row.number > header.number and not row.empty)
    issues += (
        Issue("cell_outside_table", "warning", file, sheet, row.number, letter(index), excerpt(_label(value)))
        for row in data
        for index, value in enumerate(row.cells)
        if _label(value) and not (index < len(headers) and headers[index])
    )
    position = {wanted[_key(name)]: index for index, name in enumerate(headers) if _key(name) in wanted}
    return Table(header.number, headers, position, data, tuple(issues))


def _header_row(rows: Sequence[Row], columns: Mapping[str, str], file: str, sheet: str | None) -> Row:
    required = {_key(header) for header in columns}
    candidates = [row for row in rows if not row.empty][:HEADER_WITHIN]
    if not candidates:
        raise ImportRejected("table_empty", file=file)
    best = max(candidates, key=lambda row: len(required & {_key(_label(cell)) for cell in row.cells}))
    found = {_key(_label(cell)) for cell in best.cells}
    missing = [header for header in columns if _key(header) not in found]
    if missing:
        present = excerpt(", ".join(label for cell in best.cells if (label := _label(cell))), 200)
        issues = tuple(
            Issue("missing_column", file=file, sheet=sheet, row=best.number, column=name, value=present)
            for name in missing
        )
        raise ImportRejected(
            "missing_column",
            issues=issues,
            file=file,
            row=best.number,
            column=", ".join(missing),
            value=present,
        )
    return best


def _refuse_repeated(headers: Sequence[str], row: int, file: str, sheet: str | None) -> None:
    repeated = [
        name for name, count in Counter(_key(header) for header in headers).items() if name and count > 1
    ]
    if not repeated:
        return
    names = [next(header for header in headers if _key(header) == name) for name in repeated]
    raise ImportRejected(
        "repeated_column",
        issues=tuple(
            Issue("repeated_column", file=file, sheet=sheet, row=row, column=name, value=name)
            for name in names
        ),
        file=file,
        row=row,
        column=", ".join(names),
    )


def text_of(cell: Cell) -> str:
    """A cell as text, before any cleaning; nothing is ''."""
    return "" if cell is None else str(cell)


def split(text: str, characters: Iterable[str]) -> tuple[str, ...]:
    """The distinct cleaned parts of a cell in their order."""
    parts = re.split("|".join(re.escape(character) for character in characters), text)
    return tuple(dict.fromkeys(part for part in map(clean, parts) if part))


def changes(text: str) -> tuple[str, ...]:
    """What cleaning does to a text beyond white space: `NFD` and the characters it removes, as U+ numbers."""
    return tuple(dict.fromkeys(_changes(text)))


def _changes(text: str) -> Iterator[str]:
    normal = unicodedata.normalize("NFC", text)
    if normal != text:
        yield "NFD"
    if clean(text) == _SPACES.sub(" ", normal).strip():
        return
    for character in normal:
        if not character.isascii() and clean(f"x{character}x") == "xx":
            yield f"U+{ord(character):04X}"


def excerpt(text: str, length: int = EXCERPT) -> str:
    """A cleaned text cut to a length, with an ellipsis where it was cut."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= length else cleaned[: length - 1].rstrip() + "…"


def letter(index: int) -> str:
    """A column counted from 0 as Excel names it: 0 -> A, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _label(cell: Cell) -> str:
    return clean(text_of(cell))


def _key(header: str) -> str:
    return clean(header).casefold()
