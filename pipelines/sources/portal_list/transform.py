"""The portal's list of procedures -> the contract; pure, every value used or reported."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.errors import Issue
from catalogue.text import clean
from pipelines.contract import SCHEMA, SOURCE_COLUMNS, Record, TransformResult, frame_of
from pipelines.sources import Source
from pipelines.strict import Table, changes, excerpt, find_table, split, text_of
from pipelines.workbook import Cell, Row

WHOLE_AGENCY = "000.00.00."

_WITH_SUFFIX = re.compile(r"(?P<national>\d+\.\d+)\.(?P<suffix>.+)")
_NUMBER = re.compile(r"\d+([.,]\d{0,5})?")


@dataclass(frozen=True)
class _Reader:
    """One table on its way to the contract: where an issue is, and what the source allows."""

    table: Table
    source: Source
    file: str
    sheet: str | None

    def issue(self, rule: str, severity: str, row: Row, column: str, value: str = "") -> Issue:
        header = self.table.header(column)
        return Issue(rule, severity, self.file, self.sheet, row.number, header, excerpt(value) or None)

    def cell(self, row: Row, column: str) -> Cell:
        return row.cell(self.table.position[column])

    def text(self, row: Row, column: str) -> str:
        return clean(text_of(self.cell(row, column)))

    def record(self, row: Row) -> Record:
        code = self.text(row, "procedure_code")
        national, suffix = split_code(code)
        agencies = text_of(self.cell(row, "implementing_agencies"))
        return Record(
            row=row.number,
            procedure_code=code,
            national_code=national,
            agency_suffix=suffix,
            name=self.text(row, "name"),
            issuing_agency_text=self.text(row, "issuing_agency_text"),
            implementing_agencies=split(agencies, self.source.split["implementing_agencies"]),
            field_text=self.text(row, "field_text"),
            raw=json.dumps(self.table.raw(row), ensure_ascii=False),
        )

    def errors(self, row: Row) -> Iterator[Issue]:
        """Why a row cannot become a record at all."""
        code = self.cell(row, "procedure_code")
        text = self.text(row, "procedure_code")
        # Cells of a CSV file have no type: a code that lost its last zero is how a number shows there.
        lost = self.sheet is None and _NUMBER.fullmatch(text) is not None
        if not text:
            yield self.issue("code_missing", "error", row, "procedure_code")
        elif lost or not isinstance(code, str):
            yield self.issue("code_is_number", "error", row, "procedure_code", text)
        if not self.text(row, "name"):
            yield self.issue("name_missing", "error", row, "name", text)

    def warnings(self, row: Row, record: Record) -> Iterator[Issue]:
        """What a person should see about a row that is kept."""
        usual = re.fullmatch(self.source.national_code, record.national_code) and (
            record.agency_suffix is None or re.fullmatch(self.source.agency_suffix, record.agency_suffix)
        )
        if not usual:
            yield self.issue("unusual_code", "warning", row, "procedure_code", record.procedure_code)
        for column in (name for name in SCHEMA if name in SOURCE_COLUMNS):
            value = self.cell(row, column)
            if value is not None and not isinstance(value, str):
                yield self.issue("cell_not_text", "warning", row, column, str(value))
            elif value and (changed := changes(value)):
                shown = f"{excerpt(value, 40)} [{', '.join(changed)}]"
                yield self.issue("text_normalised", "warning", row, column, shown)

    def repeated(self, row: Row, record: Record, first: Record) -> Issue:
        """A code that the file already has: the same row again, or another claim to the code."""
        if record.content == first.content:
            return self.issue("duplicate_row", "warning", row, "procedure_code", record.procedure_code)
        return self.issue("duplicate_code", "error", row, "procedure_code", record.procedure_code)


def transform(rows: Sequence[Row], source: Source, file: str, sheet: str | None) -> TransformResult:
    """The list as contract rows; raises ImportRejected when the table itself cannot be understood."""
    table = find_table(rows, source.columns, source.ignored_columns, file, sheet)
    reader = _Reader(table, source, file, sheet)
    records: dict[str, Record] = {}
    issues = list(table.issues)
    for row in table.rows:
        if errors := tuple(reader.errors(row)):
            issues += errors
            continue
        record = reader.record(row)
        if first := records.get(record.procedure_code):
            issues.append(reader.repeated(row, record, first))
            continue
        records[record.procedure_code] = record
        issues += reader.warnings(row, record)
    return TransformResult(frame_of(records.values()), tuple(issues), len(table.rows))


def split_code(code: str) -> tuple[str, str | None]:
    """A published code as national code and agency suffix: `1.012753.000.00.00.H19` -> `1.012753`, `H19`."""
    match = _WITH_SUFFIX.fullmatch(code)
    if match is None:
        return code, None
    return match["national"], match["suffix"].removeprefix(WHOLE_AGENCY)
