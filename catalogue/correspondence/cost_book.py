"""Cost sheets of procedures as an .xlsx in the shape of form 03/SCM-KSTT: to read, and to fill in and send back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Protocol

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from catalogue.correspondence import cost_table, origin
from catalogue.correspondence.cost_form import COLUMNS, LINES, LISTED, T, title
from catalogue.correspondence.cost_table import Span, Styles, write_line, write_number, write_over, write_text
from catalogue.errors import Invalid, NotFound
from catalogue.model.cost import Activity
from catalogue.model.cost_form import WHOLE, FormFigure, figures_of, lines_of
from catalogue.model.cost_sheet import OF_SHEET, Draft, Kind, Method
from catalogue.model.period import Moment
from catalogue.services import cost_sheets, versions
from catalogue.services.installation import Installation
from catalogue.services.procedures import version_from
from catalogue.services.versions import Standing

SPARE_ROWS = 15  # of a sheet to fill in: where work may be added
_SPARE_LISTED, _LISTED_TOP = 2_000, 5
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LISTED_WIDTHS = (14, 10, 34, 14, 70, 22)


class Costed(Protocol):
    """A sheet with the hourly income it is reckoned with, such as a recorded one."""

    @property
    def draft(self) -> Draft: ...
    @property
    def income_year(self) -> int: ...
    @property
    def income_vnd(self) -> int: ...


@dataclass(frozen=True)
class Begun:
    """A sheet that nobody recorded yet, with the hourly income (đồng) of a year."""

    draft: Draft
    income_year: int
    income_vnd: int


def write(installation: Installation, moment: Moment, sheets: Sequence[Costed], *, spare: int = 0) -> bytes:
    """A worksheet a procedure, the sources of figures that do not stand in their rows, and how to fill it in.

    `spare`: rows that may be added to each table; with any, the cells to fill in are yellow. Raises: NotFound for an
    unknown version; ValueError for a negative figure.
    """
    found = versions.written(installation.database, [one.draft.version_id for one in sheets])
    output = BytesIO()
    with Workbook(output, {"in_memory": True}) as book:
        made = datetime.combine(installation.working_date, time(), UTC).replace(tzinfo=None)
        book.set_properties({"title": T("cost_book.title"), "created": made})
        styles = Styles(book)
        taken: set[str] = set()
        notes = origin.lines(installation, moment, T)
        offered: list[tuple[Worksheet, Span]] = []
        for one in sheets:
            version = found.get(one.draft.version_id)
            if version is None:
                raise NotFound("cost_version_not_found", id=one.draft.procedure_code)
            sheet = book.add_worksheet(_name(one.draft.procedure_code, taken))
            values = _values(installation, version, one)
            offered.append((sheet, _sheet(sheet, one, values, notes, styles, spare)))
        beside = _sources(book, [one.draft for one in sheets], styles, is_input=spare > 0)
        first = _guide(book, installation, styles)
        for sheet, span in offered:
            _offer(sheet, installation, span, first)
        _offer_listed(beside, first)
    return output.getvalue()


def to_fill_in(installation: Installation, moment: Moment, version_ids: Sequence[int]) -> bytes:
    """The same to fill in: the sheet that stands of each version with the value that its year has now, or one begun.

    Raises: NotFound for an unknown version; Invalid where no hourly income is in use.
    """
    found = versions.written(installation.database, version_ids)
    sheets: list[Costed] = []
    for version_id in version_ids:
        if version_id not in found:
            raise NotFound("cost_version_not_found", id=version_id)
        standing = cost_sheets.standing(installation, moment, version_id)
        draft = standing.draft if standing else cost_sheets.begun(version_from(found[version_id]))
        sheets.append(_begun(installation, draft, standing.income_year if standing else None))
    return write(installation, moment, sheets, spare=SPARE_ROWS)


def _begun(installation: Installation, draft: Draft, year: int | None) -> Begun:
    incomes = cost_sheets.incomes(installation)
    if not incomes:
        raise Invalid("cost_income_unknown", year=str(installation.working_date.year))
    used = next((one for one in incomes if one.year == year), incomes[0])
    return Begun(draft, used.year, used.value_vnd)


def sheet_name(code: str) -> str:
    """A procedure's code as Excel can name a worksheet."""
    return _NOT_IN_A_NAME.sub(" ", code)[:31].strip(" '")


def agency_name(installation: Installation, version: Standing) -> str:
    """Who answers today for a procedure, else who issued it, as far as that is known."""
    code = cost_sheets.answering_agencies(installation, [version.procedure_code]).get(version.procedure_code)
    if code is not None:
        return installation.reference.agency(code).name
    return version.content.get("issuing_agency_text") or "–"


def _name(code: str, taken: set[str]) -> str:
    name, number = sheet_name(code), 1
    while name.casefold() in taken:
        number += 1
        name = f"{sheet_name(code)[:26]} ({number})"
    taken.add(name.casefold())
    return name


def _values(installation: Installation, version: Standing, one: Costed) -> dict[str, str | int]:
    """What stands above a table, by the name of its line."""
    values = (
        version.content["name"], version.procedure_code, T.day(version.effective_date), agency_name(installation, version),
        one.income_year,
    )  # fmt: skip
    return dict(zip(LINES, values, strict=True))


def _sheet(
    sheet: Worksheet,
    one: Costed,
    values: dict[str, str | int],
    notes: Sequence[str],
    styles: Styles,
    spare: int,
) -> Span:
    last = len(COLUMNS) - 1
    cost_table.set_up(sheet)
    write_over(sheet, 0, 0, last, T("cost_book.form_number"), styles.bold)
    write_over(sheet, 1, 0, last, T("cost_book.title").upper(), styles.title)
    row = 2
    for name, value in values.items():
        write_line(sheet, row, title(name), value, styles)
        row += 1
    for note in (*notes, T("cost_book.hours_note")):
        write_over(sheet, row, 0, last, note, styles.note)
        row += 1
    span = cost_table.write_table(
        sheet, row + 1, cost_table.table_of(one.draft, one.income_vnd), styles, spare
    )
    sheet.repeat_rows(span.first - 2, span.first - 1)
    sheet.freeze_panes(span.first, 3)
    return span


def _sources(book: Workbook, drafts: Sequence[Draft], styles: Styles, *, is_input: bool) -> Worksheet:
    """The sheet of sources: times and people of each procedure, then what the source of a row does not hold for."""
    sheet = book.add_worksheet(T("cost_book.sheet_listed"))
    for place, width in enumerate(_LISTED_WIDTHS):
        sheet.set_column(place, place, width, None if LISTED[place] == "value" else styles.plain)
    write_over(sheet, 0, 0, len(LISTED) - 1, T("cost_book.listed_title"), styles.title)
    write_over(sheet, 1, 0, len(LISTED) - 1, T("cost_book.listed_note"), styles.note)
    sheet.set_row(1, 2 * cost_table.LINE)
    row = cost_table.write_head(sheet, _LISTED_TOP - 2, LISTED, styles)
    for draft in drafts:
        for one in (*figures_of(WHOLE, draft.whole), *lines_of(draft.lines)[1]):
            value = cost_table.hours(one.value) if one.kind is Kind.MINUTES else one.value
            _source(sheet, row, draft.procedure_code, one, value, styles, is_input=is_input)
            row += 1
        for kind in OF_SHEET:
            if is_input and not draft.whole.get(kind):
                one = FormFigure(WHOLE, kind, 0)
                _source(sheet, row, draft.procedure_code, one, None, styles, is_input=True)
                row += 1
    sheet.freeze_panes(_LISTED_TOP, 0)
    return sheet


def _source(
    sheet: Worksheet,
    row: int,
    code: str,
    one: FormFigure,
    value: float | None,
    styles: Styles,
    *,
    is_input: bool,
) -> None:
    text, whole = (styles.cell(kind, is_input=is_input) for kind in ("text", "whole"))
    hours = styles.cell("hours", is_input=is_input)
    write_text(sheet, row, 0, code, text)
    write_number(sheet, row, 1, one.line or None, whole)
    write_text(sheet, row, 2, title(one.kind), text)
    write_number(sheet, row, 3, value, hours if one.kind is Kind.MINUTES else whole)
    write_text(sheet, row, 4, one.source, text)
    write_text(sheet, row, 5, T.word("cost.method", one.method) if one.method else "", text)
    sheet.set_row(row, cost_table.height((one.source, _LISTED_WIDTHS[4])))


def _guide(book: Workbook, installation: Installation, styles: Styles) -> int:
    """How to fill in, and the words of the lists; returns the row, counted from 1, of the first words."""
    sheet = book.add_worksheet(T("cost_book.sheet_guide"))
    for place, width in enumerate((34, 34, 44)):
        sheet.set_column(place, place, width)
    write_over(sheet, 0, 0, 2, T("cost_book.guide_title"), styles.title)
    row = 2
    for number in range(1, 9):
        text = T(f"cost_book.guide_{number}")
        if number == 3:
            text = f"{text} {_incomes(installation)}."
        write_over(sheet, row, 0, 2, text, styles.plain)
        sheet.set_row(row, cost_table.height((text, 105)))
        row += 1
    write_over(sheet, row + 1, 0, 2, T("cost_book.guide_words"), styles.bold)
    lists = _lists()
    for place, (name, words) in enumerate(lists.items()):
        sheet.write_string(row + 2, place, title(name), styles.head)
        for number, word in enumerate(words, start=row + 3):
            sheet.write_string(number, place, word, styles.cell("text"))
    return row + 4


def _lists() -> dict[str, list[str]]:
    """The words to choose from, by column, each in a column of the guide."""
    return {
        "activity": [T.word("cost.activity", one) for one in Activity],
        "method": [T.word("cost.method", one) for one in Method],
        "kind": [title(one) for one in Kind],
    }


def _incomes(installation: Installation) -> str:
    return "; ".join(
        T("cost_book.year_income", year=str(one.year), value=one.value_vnd)
        for one in cost_sheets.incomes(installation)
    )


def _offer(sheet: Worksheet, installation: Installation, span: Span, first: int) -> None:
    """Lists to choose from, and numbers where a number is meant."""
    for name in ("activity", "method"):
        _choose(sheet, span, COLUMNS.index(name), name, first)
    for names, kind, message in (
        (("minutes",), "decimal", "only_hours"),
        (("income", "hired", "fees", "times", "people"), "integer", "only_whole"),
    ):
        for name in names:
            rule = {"validate": kind, "criteria": ">=", "value": 0}
            _allow(sheet, span, COLUMNS.index(name), name, rule, message)
    years = [one.year for one in cost_sheets.incomes(installation)]
    if years:
        at = 2 + LINES.index("income_year")
        _allow(sheet, Span(at, at), 2, "income_year", {"validate": "list", "source": years}, "only_listed")


def _offer_listed(sheet: Worksheet, first: int) -> None:
    span = Span(_LISTED_TOP, _LISTED_TOP + _SPARE_LISTED)
    for name in ("kind", "method"):
        _choose(sheet, span, LISTED.index(name), name, first)


def _choose(sheet: Worksheet, span: Span, place: int, name: str, first: int) -> None:
    lists = _lists()
    letter, last = "ABC"[list(lists).index(name)], first + len(lists[name]) - 1
    source = f"='{T('cost_book.sheet_guide')}'!${letter}${first}:${letter}${last}"
    _allow(sheet, span, place, name, {"validate": "list", "source": source}, "only_listed")


def _allow(
    sheet: Worksheet, span: Span, place: int, name: str, rule: dict[str, object], message: str
) -> None:
    said = {"error_title": title(name)[:32], "error_message": T(f"cost_book.{message}"), "ignore_blank": True}
    sheet.data_validation(span.first, place, span.last, place, rule | said)
