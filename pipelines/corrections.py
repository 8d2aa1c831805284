"""Known errors of a source, declared in its corrections.yml with a reason; nothing is corrected anywhere else."""

from dataclasses import replace

from catalogue.errors import Issue
from catalogue.text import clean
from pipelines.sources import Source
from pipelines.strict import Table, excerpt, text_of
from pipelines.workbook import Row


def apply(table: Table, source: Source, file: str, sheet: str | None) -> Table:
    """The table with the declared errors mended, each said with its reason.

    A correction whose wrong words are not there any more changes nothing and is reported, so that it can be taken out.
    """
    if not source.corrections:
        return table
    position = table.position.get("procedure_code", 0)
    wanted = {correction.code for correction in source.corrections}
    issues: list[Issue] = []
    rows: list[Row] = []
    for row in table.rows:
        code = clean(text_of(row.cell(position)))
        rows.append(_corrected(row, code, table, source, file, sheet, issues) if code in wanted else row)
    return replace(table, rows=tuple(rows), issues=(*table.issues, *issues))


def _corrected(
    row: Row, code: str, table: Table, source: Source, file: str, sheet: str | None, issues: list[Issue]
) -> Row:
    cells = list(row.cells)
    for correction in source.corrections:
        if correction.code != code or correction.column not in table.headers:
            continue
        place = table.headers.index(correction.column)
        words = text_of(row.cell(place))
        is_there = correction.was in words
        if is_there:
            cells[place] = words.replace(correction.was, correction.becomes)
        rule = "source_corrected" if is_there else "correction_not_needed"
        shown = f"{excerpt(correction.was, 40)} → {excerpt(correction.becomes, 40)}: {correction.reason}"
        issues.append(
            Issue(rule, "warning", file, sheet, row.number, correction.column, shown, procedure_code=code)
        )
    return Row(row.number, tuple(cells))
