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
from pipelines.workbook import MERGED, Cell, Row, Sheet

HEADER_WITHIN = 30
EXCERPT = 60
STRAY_SHOWN = 20  # of the cells outside the table, in each column

_COLUMN_NUMBER = re.compile(r"\(?\d{1,3}\)?")
_CODE = re.compile(r"\d+\.\d+.*")


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


def children_apart(
    sheets: Sequence[Sheet], children: Collection[str]
) -> tuple[tuple[Sheet, ...], tuple[Sheet, ...]]:
    """The sheets that are no child sheets, and those that are."""
    names = {_key(name) for name in children}
    beside = tuple(sheet for sheet in sheets if sheet.name is not None and _key(sheet.name) in names)
    return tuple(sheet for sheet in sheets if sheet not in beside), beside


def hidden(sheet: Sheet, file: str) -> Iterator[Issue]:
    """What a person who looks at the sheet does not see; it is read like everything else."""
    if sheet.is_hidden:
        yield Issue("sheet_hidden", "warning", file, sheet.name, value=sheet.name)
    for column in sheet.hidden_columns:
        yield Issue("column_hidden", "warning", file, sheet.name, column=letter(column))
    if rows := [row.number for row in sheet.rows if row.is_hidden and not row.empty]:
        yield Issue("rows_hidden", "warning", file, sheet.name, rows[0], value=spans(rows))


def spans(numbers: Sequence[int]) -> str:
    """Ascending numbers in a few words: `3, 5–8`; an ellipsis stands for those beyond the first twenty spans."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1] = [found[-1][0], number]
        else:
            found.append([number])
    shown = ["–".join(map(str, span)) for span in found[:20]]
    return ", ".join([*shown, "…"] if len(found) > 20 else shown)


class Described(Protocol):
    """What a source says of its columns (header -> name)."""

    @property
    def columns(self) -> Mapping[str, str]: ...
    @property
    def optional_columns(self) -> Mapping[str, str]: ...
    @property
    def ignored_columns(self) -> Collection[str]: ...


def find_table(rows: Sequence[Row], source: Described, file: str, sheet: str | None) -> Table:
    """The table under the first row that holds every header of the source's `columns`.

    Raises: ImportRejected when there is none, or a header stands in it twice.
    """
    every = {**source.columns, **source.optional_columns}
    wanted = {_key(header): column for header, column in every.items()}
    known = wanted.keys() | {_key(name) for name in source.ignored_columns}
    header = _header_row(rows, source.columns, known, file, sheet)
    headers = tuple(_label(cell) for cell in header.cells)
    _refuse_repeated(headers, header.number, file, sheet)
    issues = [
        Issue("unknown_column", file=file, sheet=sheet, row=header.number, column=letter(index), value=name)
        for index, name in enumerate(headers)
        if name and _key(name) not in known
    ]
    position = {wanted[_key(name)]: index for index, name in enumerate(headers) if _key(name) in wanted}
    ignored = {index for index, name in enumerate(headers) if name and _key(name) not in wanted}
    data: list[Row] = []
    stray: Counter[int] = Counter()
    for row in rows:
        if row.number <= header.number or row.empty:
            continue
        if rule := _no_record(row, headers, position):
            words = excerpt(", ".join(label for cell in row.cells if (label := _label(cell))))
            issues.append(Issue(rule, "warning", file, sheet, row.number, value=words))
            continue
        if not _says(row, ignored):
            continue
        data.append(row)
        for index, value in enumerate(row.cells):
            if index < len(headers) and headers[index]:
                continue
            if label := _label(value):
                stray[index] += 1
                if stray[index] <= STRAY_SHOWN:
                    place = (file, sheet, row.number, letter(index))
                    issues.append(Issue("cell_outside_table", "warning", *place, excerpt(label)))
    issues += (
        Issue("cells_outside_table", "warning", file, sheet, None, letter(index), str(count - STRAY_SHOWN))
        for index, count in stray.items()
        if count > STRAY_SHOWN
    )
    return Table(header.number, headers, position, tuple(data), tuple(issues))


def _says(row: Row, ignored: Collection[int]) -> bool:
    """Whether a cell outside the ignored columns says anything."""
    return not ignored or any(_label(cell) for index, cell in enumerate(row.cells) if index not in ignored)


def _no_record(row: Row, headers: Sequence[str], position: Mapping[str, int]) -> str | None:
    """The rule by which a row below the header is none of its records: the header again, or a title over several."""
    code_at, name_at = position.get("procedure_code", -1), position.get("name", -1)
    if any(rule == MERGED and column in (code_at, name_at) for column, rule in row.marks):
        labels = [label for cell in row.cells if (label := _label(cell))]
        if len(labels) == 1 and not _CODE.fullmatch(labels[0]):
            return "group_heading"
    code = _label(row.cell(code_at)) if code_at >= 0 else ""
    if code and _key(code) == _key(headers[code_at]):
        return "header_repeated"
    if code and _COLUMN_NUMBER.fullmatch(code):
        labels = [label for index in position.values() if (label := _label(row.cell(index)))]
        if len(labels) > 1 and all(map(_COLUMN_NUMBER.fullmatch, labels)):
            return "header_repeated"
    return None


def _header_row(
    rows: Sequence[Row], columns: Mapping[str, str], known: Collection[str], file: str, sheet: str | None
) -> Row:
    required = {_key(header) for header in columns}
    candidates = [row for row in rows if not row.empty][:HEADER_WITHIN]
    if not candidates:
        raise ImportRejected("table_empty", file=file)
    labels = {row.number: {_key(_label(cell)) for cell in row.cells} for row in candidates}
    best = max(
        candidates, key=lambda row: (len(labels[row.number] & required), len(labels[row.number] & set(known)))
    )
    missing = [header for header in columns if _key(header) not in labels[best.number]]
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
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return
    if unicodedata.normalize("NFC", text) != text:
        yield "NFD"
    for character in text:
        if not character.isprintable() and clean(f"x{character}x") == "xx":
            yield f"U+{ord(character):04X}"


def excerpt(text: str, length: int = EXCERPT) -> str:
    """A cleaned text cut to a length, with an ellipsis where it was cut."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= length else cleaned[: length - 1].rstrip() + "…"


def column_number(cell: Cell) -> int | None:
    """`(3)` as text, as a number, or as the -3 that Excel makes of it."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return abs(int(cell)) if cell == int(cell) else None
    match = re.fullmatch(r"\(?(\d{1,3})\)?", clean(text_of(cell)))
    return int(match[1]) if match else None


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
