"""The sheets beside the list: channels, dossier and legal bases of each procedure, row by row, and texts too long for a cell."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from catalogue.errors import Issue
from catalogue.interchange.form import form
from catalogue.text import clean
from pipelines.listing import CODE, LONG_TEXT, LONG_TEXT_MISSING, Cells
from pipelines.sources import ChildSheet, Source
from pipelines.sources.interchange import kinds
from pipelines.sources.interchange.kinds import NotAllowed
from pipelines.strict import find_table, text_of
from pipelines.workbook import Row, Sheet

Values = dict[str, Any]

_POINTER = re.compile(re.escape(form().long_texts["pointer"]).replace(re.escape("{number}"), r"(\d{1,6})"))


class Contradiction(ValueError):
    """Rows of one thing say two things of it; the column that says so."""

    def __init__(self, rule: str, column: str) -> None:
        self.rule = rule
        self.column = column
        super().__init__(rule, column)


@dataclass
class Beside:
    """What the sheets beside the list say, by part and code; `wrong`: the sheets on which a row could not be taken."""

    headers: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, list[Values]]] = field(default_factory=dict)
    raw: dict[str, dict[str, list[Values]]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


@dataclass
class LongTexts:
    """The texts that no cell can hold, by number, and which of them a cell asked for."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    sheet: str | None = None

    def resolved(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows with each text in the cell that points to it."""
        return tuple(map(self._row, rows))

    def unasked(self, file: str) -> Iterator[Issue]:
        """The texts that no cell points to."""
        for number, row in self.places.items():
            if number not in self.asked:
                yield Issue("long_text_unused", "warning", file, self.sheet, row, value=number)

    def _row(self, row: Row) -> Row:
        found = [
            (index, match[1])
            for index, cell in enumerate(row.cells)
            if isinstance(cell, str) and cell[:1] == "→" and (match := _POINTER.fullmatch(clean(cell)))
        ]
        if not found:
            return row
        cells = list(row.cells)
        marks = list(row.marks)
        for index, number in found:
            self.asked.add(number)
            if number in self.texts:
                cells[index] = self.texts[number]
                marks.append((index, LONG_TEXT))
            else:
                marks.append((index, LONG_TEXT_MISSING))
        return replace(row, cells=tuple(cells), marks=tuple(marks))


def long_texts(children: Sequence[Sheet], source: Source, file: str) -> LongTexts:
    """The long texts of a file, their pieces joined in the order of their rows."""
    name = form().long_texts["sheet"]
    for sheet in _named(children, name):
        table = find_table(sheet.rows, source.child_sheets[name], file, sheet.name)
        number_at, text_at = table.position["number"], table.position["text"]
        found = LongTexts(sheet=sheet.name)
        for row in table.rows:
            number = clean(text_of(row.cell(number_at)))
            found.texts[number] = found.texts.get(number, "") + text_of(row.cell(text_at))
            found.places.setdefault(number, row.number)
        return found
    return LongTexts()


def read_beside(children: Sequence[Sheet], source: Source, file: str, long: LongTexts) -> Beside:
    """Every sheet beside the list that has a row; raises ImportRejected when one of them cannot be understood."""
    beside = Beside()
    for described in form().children:
        for sheet in _named(children, described.name):
            child = source.child_sheets[described.name]
            table = find_table(sheet.rows, child, file, sheet.name)
            beside.issues += table.issues
            if not table.rows:
                continue
            table = replace(table, rows=long.resolved(table.rows))
            _Sheet(Cells(table, child, file, sheet.name), described.kinds, beside).read(described.part or "")
    return beside


def _named(children: Sequence[Sheet], name: str) -> Iterator[Sheet]:
    return (sheet for sheet in children if clean(sheet.name or "").casefold() == name.casefold())


@dataclass
class _Sheet:
    """One sheet on its way into `Beside`."""

    cells: Cells[ChildSheet]
    kinds: Mapping[str, str]
    beside: Beside

    def read(self, part: str) -> None:
        sheet = self.cells.sheet or ""
        self.beside.headers[part] = sheet
        gathered: dict[str, Any] = {}
        for row in self.cells.table.rows:
            code = self.cells.text(row, CODE)
            issues = list(self.issues(row, code))
            values = self.values(row, issues)
            self.beside.places.setdefault(code, []).append((sheet, row.number))
            self.beside.raw.setdefault(code, {}).setdefault(sheet, []).append(self.cells.table.raw(row))
            if not any(issue.severity == "error" for issue in issues):
                gather = gathered.setdefault(code, _GATHER[part]())
                try:
                    issues += (self.warning(row, *unused) for unused in gather.add(values))
                except Contradiction as found:
                    value = text_of(self.cells.cell(row, found.column))
                    column = found.column if self.cells.has(found.column) else CODE
                    issues.append(self.cells.issue(found.rule, "error", row, column, value))
            self.beside.issues += issues
            if any(issue.severity == "error" for issue in issues):
                self.beside.wrong.setdefault(code, []).append(sheet)
        self.beside.values[part] = {code: gather.found for code, gather in gathered.items()}

    def issues(self, row: Row, code: str) -> Iterator[Issue]:
        yield from self.cells.broken(row)
        if not code:
            yield self.cells.issue("code_missing", "error", row, CODE)
        elif not isinstance(self.cells.cell(row, CODE), str):
            yield self.cells.issue("code_is_number", "error", row, CODE, code)
        for problem in self.cells.problems(row):
            yield self.warning(row, problem.rule, problem.part or CODE, problem.value or "")

    def values(self, row: Row, issues: list[Issue]) -> Values:
        found: Values = {}
        for name, kind in self.kinds.items():
            cell = self.cells.cell(row, name)
            try:
                found[name] = kinds.read(kind, cell)
            except NotAllowed as error:
                issues.append(self.cells.issue(error.rule, "error", row, name, text_of(cell)))
        return found

    def warning(self, row: Row, rule: str, column: str, value: str) -> Issue:
        return self.cells.issue(rule, "warning", row, column, value)


Unused = tuple[str, str, str]


class _Channels:
    """The channels of one procedure; rows of one number are one channel with several fees."""

    def __init__(self) -> None:
        self.found: list[Values] = []
        self._numbered: dict[int, Values] = {}

    def add(self, row: Values) -> list[Unused]:
        said = {name: row[name] for name in ("way", "time_value", "time_unit", "time_text", "note")}
        fee = _fee(row)
        number = row["number"]
        channel = self._numbered.get(number) if number is not None else None
        if channel is None:
            channel = said | {"fees": []}
            if any(value is not None for value in said.values()) or fee:
                self.found.append(channel)
                if number is not None:
                    self._numbered[number] = channel
        for name, value in said.items():
            if value is not None and channel[name] != value:
                raise Contradiction("rows_contradict", name)
        if fee:
            channel["fees"].append(fee)
        is_spare = row["currency"] is not None and row["amount"] is None
        return [("value_not_used", "currency", row["currency"])] if is_spare else []


def _fee(row: Values) -> Values:
    amount, currency, text = row["amount"], row["currency"], row["fee_text"]
    fee: Values = {}
    if amount is not None and currency in (None, "VND"):
        try:
            fee["amount_vnd"] = kinds.whole_dong(amount)
        except NotAllowed as error:
            raise Contradiction(error.rule, "amount") from error
    elif amount is not None:
        fee |= {"amount": str(amount), "currency": currency}
    return fee | {"text": text} if text else fee


class _Dossier:
    """The dossier of one procedure; rows of one number, or one name behind the other, are one case."""

    def __init__(self) -> None:
        self.found: list[Values] = []
        self._numbered: dict[int, Values] = {}

    def add(self, row: Values) -> list[Unused]:
        paper = {name: row[name] for name in ("name", "form", "originals", "copies") if row[name] is not None}
        if paper and "name" not in paper:
            raise Contradiction("value_missing", "name")
        if not paper and row["case"] is None:
            return []
        number = row["number"]
        if number is not None:
            case = self._numbered.get(number)
        else:
            case = self.found[-1] if self.found and self.found[-1]["case"] == row["case"] else None
        if case is None:
            case = {"case": row["case"], "papers": []}
            self.found.append(case)
            if number is not None:
                self._numbered[number] = case
        if row["case"] is not None and case["case"] != row["case"]:
            raise Contradiction("rows_contradict", "case")
        if paper:
            case["papers"].append(paper)
        return []


class _LegalBases:
    """The legal bases of one procedure."""

    def __init__(self) -> None:
        self.found: list[Values] = []

    def add(self, row: Values) -> list[Unused]:
        basis = {name: row[name] for name in ("text", "number", "issued_on") if row[name] is not None}
        if basis and "text" not in basis:
            raise Contradiction("value_missing", "text")
        if basis:
            self.found.append(basis)
        return []


_GATHER: dict[str, Callable[[], _Channels | _Dossier | _LegalBases]] = {
    "channels": _Channels,
    "dossier": _Dossier,
    "legal_bases": _LegalBases,
}
