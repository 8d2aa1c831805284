"""The rows below the head of a periodic form: sections, works, sums; whole numbers and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from catalogue.i18n import LANGUAGES, Translator
from catalogue.model.report_form import Column, ColumnKind, ReportForm, RowsOf, Section
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Fault, Sent
from catalogue.reference import Agency
from catalogue.text import clean, fold
from pipelines.strict import excerpt, letter, text_of
from pipelines.workbook import Cell, Row
from pipelines.xlsx.cells import ERROR, NO_VALUE

LARGEST = 10**12
_DASHES = frozenset({"-", "–", "—"})
_TOTALS = frozenset({"tong so", "tong cong", "tong", "total", "ca nuoc"})


@dataclass
class _Sum:
    """A row of the file that sums others up."""

    row: int
    label: str
    section: str | None
    values: Mapping[str, int]


@dataclass
class _Reading:
    """What was read so far."""

    rows: list[Sent] = field(default_factory=list)
    sums: list[_Sum] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def fault(self, rule: str, row: int, label: str = "", **details: Any) -> None:
        self.faults.append(Fault(rule, row, label, details))


def read_rows(
    form: ReportForm, period: ReportPeriod, agency: Agency, rows: Sequence[Row], offset: int
) -> tuple[list[Sent], list[Fault], list[Fault]]:
    """The figures as sent, what is wrong with them, and what was passed over; `offset`: the place of the first column."""
    reading = _Reading()
    if form.rows_of is RowsOf.AGENCIES:
        _agency_rows(reading, form, period, agency, rows, offset)
    else:
        _works(reading, form, period, agency, rows, offset)
        _require_sums(reading, form)
        _require_distinct(reading)
    if not reading.rows and not reading.faults:
        reading.fault("no_rows", rows[0].number if rows else 0)
    return reading.rows, reading.faults, reading.notes


def _works(
    reading: _Reading,
    form: ReportForm,
    period: ReportPeriod,
    agency: Agency,
    rows: Sequence[Row],
    offset: int,
) -> None:
    section: Section | None = None
    is_named = is_over = False
    for row in rows:
        label = _label(form, row, offset)
        is_blank = not _has_figures(form, row, offset)
        if is_over:
            if not is_blank:
                reading.fault("below_total", row.number, label)
            continue
        if _outside(reading, form, row, offset):
            continue
        if fold(label) in _TOTALS:
            reading.sums += _sum(reading, form, period, row, offset, label, None)
            is_over = True
        elif (found := _section(form, label)) is not None:
            section, is_named = found, True
            _require_section(reading, section, period, agency, row.number)
            reading.sums += _sum(reading, form, period, row, offset, label, section.code)
        elif is_blank:
            if label and _ordinal(row, offset).isalpha():
                known = "; ".join(one.title.vi for one in form.sections)
                reading.fault("section_unknown", row.number, label, known=known)
                is_named, section = True, None
            elif label and _ordinal(row, offset):
                reading.notes.append(Fault("row_empty", row.number, label))
        elif not label:
            reading.fault("label_missing", row.number)
        elif section is None:
            if not is_named:
                reading.fault("section_missing", row.number, label)
        else:
            values = _values(reading, form, period, row, offset, label)
            reading.rows.append(Sent(section.code, label, values, row.number))


def _agency_rows(
    reading: _Reading,
    form: ReportForm,
    period: ReportPeriod,
    agency: Agency,
    rows: Sequence[Row],
    offset: int,
) -> None:
    """The agency's one row; figures of others are not its to send."""
    own = {fold(text) for text in (agency.name, agency.short_name, *agency.aliases)}
    own |= {fold(was.name) for was in agency.former_names}
    for row in rows:
        label = _label(form, row, offset)
        if fold(label) in own:
            if reading.rows:
                reading.fault("row_twice", row.number, label, first=reading.rows[0].number)
                continue
            values = _values(reading, form, period, row, offset, label)
            if values:
                reading.rows.append(Sent(None, label, values, row.number))
        elif _has_figures(form, row, offset) and fold(label) not in _TOTALS:
            reading.fault("other_agency", row.number, label, agency=agency.name)
        given = [
            f"({column.number})"
            for column, place in _columns(form, offset)
            if column.kind is ColumnKind.CATALOGUE and _number(row.cell(place)) is not None
        ]
        if given:
            columns = given[0] if len(given) == 1 else f"{given[0]}–{given[-1]}"
            reading.notes.append(Fault("catalogue_column", row.number, label, {"column": columns}))


def _columns(form: ReportForm, offset: int) -> list[tuple[Column, int]]:
    return [(column, offset + place) for place, column in enumerate(form.columns) if column.is_figure]


def _label(form: ReportForm, row: Row, offset: int) -> str:
    place = next(index for index, column in enumerate(form.columns) if column.kind is ColumnKind.LABEL)
    return clean(text_of(row.cell(offset + place)))


def _ordinal(row: Row, offset: int) -> str:
    return clean(text_of(row.cell(offset))).rstrip(".)")


def _has_figures(form: ReportForm, row: Row, offset: int) -> bool:
    return any(
        column.kind is ColumnKind.FIGURE and not _is_gap(row.cell(place))
        for column, place in _columns(form, offset)
    )


def _is_gap(cell: Cell) -> bool:
    """Nothing, a dash, or the words for a missing figure."""
    text = clean(text_of(cell))
    missing = {fold(Translator(language)("report_forms.missing")) for language in LANGUAGES}
    return not text or text in _DASHES or fold(text) in missing


def _section(form: ReportForm, label: str) -> Section | None:
    folded = fold(label)
    return next((one for one in form.sections if folded in (fold(one.title.vi), fold(one.title.en))), None)


def _require_section(
    reading: _Reading, section: Section, period: ReportPeriod, agency: Agency, row: int
) -> None:
    if agency.kind not in section.kinds:
        reading.fault("section_not_theirs", row, section.title.vi, agency=agency.name)
    elif not section.applies_on(period.starts_on):
        assert section.valid_until is not None
        reading.fault("section_ended", row, section.title.vi, day=section.valid_until)


def _outside(reading: _Reading, form: ReportForm, row: Row, offset: int) -> bool:
    """Figures beside the table belong to no column."""
    found = [
        (index, text)
        for index in range(offset + len(form.columns), len(row.cells))
        if (text := clean(text_of(row.cell(index))))
    ]
    for index, text in found:
        reading.fault("outside", row.number, "", column=letter(index), value=excerpt(text))
    return bool(found)


def _sum(
    reading: _Reading,
    form: ReportForm,
    period: ReportPeriod,
    row: Row,
    offset: int,
    label: str,
    section: str | None,
) -> Iterator[_Sum]:
    """The sums that the file itself gives; none where its cells are empty."""
    values = _values(reading, form, period, row, offset, label, is_sum=True)
    if values:
        yield _Sum(row.number, label, section, values)


def _values(
    reading: _Reading,
    form: ReportForm,
    period: ReportPeriod,
    row: Row,
    offset: int,
    label: str,
    *,
    is_sum: bool = False,
) -> dict[str, int]:
    """The figures of a row by column; what is no whole number, or is missing from a form that must be whole, is a fault."""
    unread = dict(row.marks)
    found: dict[str, int] = {}
    for column, place in _columns(form, offset):
        if column.kind is not ColumnKind.FIGURE:
            continue
        cell, name = row.cell(place), f"({column.number})"
        if unread.get(place) in (NO_VALUE, ERROR):
            reading.fault("not_read", row.number, label, column=name)
        elif _is_gap(cell):
            if form.is_complete and not is_sum and column.applies_on(period.ends_on):
                reading.fault("blank", row.number, label, column=name)
        elif (number := _number(cell)) is None:
            reading.fault("not_whole", row.number, label, column=name, value=excerpt(text_of(cell)))
        elif not column.applies_on(period.ends_on):
            assert column.valid_until is not None
            reading.fault("column_ended", row.number, label, column=name, day=column.valid_until)
        else:
            found[column.code] = number
    return found


def _number(cell: Cell) -> int | None:
    """A whole number that is not negative; a text only where it is nothing but digits, for 1.086 may be two things."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 <= cell < LARGEST and cell == int(cell) else None
    text = clean(text_of(cell))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else None


def _require_sums(reading: _Reading, form: ReportForm) -> None:
    for one in reading.sums:
        members = [row for row in reading.rows if one.section in (None, row.section)]
        for column in form.imported:
            expected = sum(row.values.get(column.code, 0) for row in members)
            found = one.values.get(column.code)
            if found is not None and found != expected:
                reading.fault(
                    "sum", one.row, one.label, column=f"({column.number})", found=found, expected=expected
                )


def _require_distinct(reading: _Reading) -> None:
    seen: dict[tuple[str | None, str], int] = {}
    for row in reading.rows:
        first = seen.setdefault(row.key, row.number)
        if first != row.number:
            reading.fault("row_twice", row.number, row.label, first=first)
