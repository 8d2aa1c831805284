"""The format of exchange -> the contract; pure. What a file leaves out is not said, what it leaves empty is unknown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from catalogue.errors import Issue
from catalogue.interchange.form import form
from catalogue.interchange.plain import unguarded
from catalogue.model.content import PARTS, Content
from catalogue.model.quality import Problem
from catalogue.text import clean
from pipelines.contract import TransformResult
from pipelines.json_records import KEY_MISSING
from pipelines.listing import CODE, Reader, Said, read_listing
from pipelines.parse import addressees
from pipelines.parse.words import excerpt
from pipelines.sources import Source
from pipelines.sources.interchange import kinds, records
from pipelines.sources.interchange.beside import Beside, long_texts, read_beside
from pipelines.sources.interchange.kinds import NotAllowed
from pipelines.strict import changes, text_of
from pipelines.workbook import Row, Sheet

_ALL = frozenset(PARTS)


def transform(
    rows: Sequence[Row], source: Source, file: str, sheet: str | None, *children: Sheet
) -> TransformResult:
    """The file as the contract; raises ImportRejected when a table in it cannot be understood."""
    if not file.lower().endswith((".xlsx", ".csv")):
        return _of_records(rows, source, file, sheet)
    long = long_texts(children, source, file)
    if file.lower().endswith(".csv"):
        rows = [replace(row, cells=tuple(unguarded(text_of(cell)) for cell in row.cells)) for row in rows]
    else:
        rows = long.resolved(rows)
    beside = read_beside(children, source, file, long)
    result = read_listing(rows, source, file, sheet, partial(_say, beside), _ALL)
    unsaid = [column for column in result.headers if result.listed and not _is_said(column, result)]
    parts = (frozenset(result.headers) & _ALL - frozenset(unsaid)) | frozenset(beside.headers)
    issues = [*result.issues, *beside.issues, *_strangers(beside, result, file), *long.unasked(file)]
    if unsaid:
        names = ", ".join(result.headers[column] for column in unsaid)
        issues.append(Issue("columns_not_said", "warning", file, sheet, value=names))
    return replace(result, parts=parts, issues=tuple(issues), headers={**result.headers, **beside.headers})


def _say(beside: Beside, reader: Reader, row: Row) -> Said:
    content: Content = {}
    errors: list[Issue] = []
    code = reader.text(row, CODE)
    for name, kind in form().main.kinds.items():
        if name == CODE or not reader.has(name):
            continue
        try:
            content[name] = kinds.read(kind, reader.cell(row, name))
        except NotAllowed as error:
            errors.append(reader.issue(error.rule, "error", row, name, reader.words(row, name)))
    if not errors and content["name"] is None:
        errors.append(reader.issue("name_missing", "error", row, "name", reader.words(row, "name")))
    for part, values in beside.values.items():
        content[part] = values.get(code, [])
    if code in beside.wrong:
        sheets = ", ".join(dict.fromkeys(beside.wrong[code]))
        errors.append(reader.issue("child_row_wrong", "error", row, CODE, sheets))
    raw = {**reader.table.raw(row), **beside.raw.get(code, {})}
    return Said(content, tuple(_doubts(content)), tuple(errors), raw)


def _doubts(content: Content) -> Iterator[Problem]:
    """Words that their closed list does not have."""
    procedure_type = content.get("procedure_type")
    if procedure_type and procedure_type not in form().lists["type"]:
        yield Problem("procedure_type_unknown", "procedure_type", excerpt(procedure_type))
    for name in content.get("addressees") or ():
        if name not in addressees.KNOWN:
            yield Problem("addressee_unknown", "addressees", excerpt(name))


def _is_said(column: str, result: TransformResult) -> bool:
    header = result.headers[column]
    return any(clean(text_of(listed.raw.get(header))) for listed in result.listed)


def _strangers(beside: Beside, result: TransformResult, file: str) -> Iterator[Issue]:
    """Rows beside the list for a code that the list does not have."""
    known = {listed.procedure_code for listed in result.listed}
    known |= {issue.procedure_code for issue in result.issues if issue.procedure_code}
    for code, places in beside.places.items():
        if code and code not in known:
            for sheet, row in places:
                yield Issue(
                    "code_not_in_list", "error", file, sheet, row, form().main.columns[0].header, code
                )


def _of_records(rows: Sequence[Row], source: Source, file: str, sheet: str | None) -> TransformResult:
    """JSON lines: the keys are the names of the parts, and every record says the same parts."""
    by_key = source.model_copy(
        update={
            "columns": {name: name for name in (CODE, "name")},
            "optional_columns": {part: part for part in PARTS if part != "name"},
            "typed_columns": tuple(PARTS),
            "ignored_columns": (),
        }
    )
    keys = {text_of(cell) for cell in rows[0].cells} if rows else set()
    return read_listing(rows, by_key, file, sheet, _say_record, _ALL & keys)


def _say_record(reader: Reader, row: Row) -> Said:
    record: dict[str, Any] = {name: reader.cell(row, name) for name in reader.table.position if name != CODE}
    errors = [
        reader.issue("key_missing", "error", row, reader.table.headers[index])
        for index, mark in row.marks
        if mark == KEY_MISSING and reader.table.headers[index]
    ]
    content, wrong = records.read(record)
    errors += (reader.issue(rule, "error", row, part, value) for rule, part, value in wrong)
    return Said(content, (*_doubts(content), *_normalised(record)), tuple(errors))


def _normalised(record: dict[str, Any]) -> Iterator[Problem]:
    """Texts inside lists whose characters were normalised; those of their own are told by the reader."""
    for part, value in record.items():
        for text in records.texts(value) if not isinstance(value, str) else ():
            if changed := changes(text):
                yield Problem("text_normalised", part, f"{excerpt(text)[:40]} [{', '.join(changed)}]")
