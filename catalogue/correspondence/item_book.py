"""A list of items to take away: the rows as shown, the same as an annex that can be loaded elsewhere, what the file is."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from catalogue.correspondence import item_filter, origin
from catalogue.correspondence.lines import shortened
from catalogue.correspondence.sheets import Column, Sheets, Value
from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.model.authority import FORM_WORDS, Form
from catalogue.model.period import Moment
from catalogue.reference import Programme
from catalogue.services.installation import Installation
from catalogue.services.item_export import ExportedItem, gather
from catalogue.services.items import ItemFilter

FORMATS = ("xlsx", "csv")

_T = Translator("vi")
_STANDING = "Thường xuyên"


@dataclass(frozen=True)
class _Field:
    """A column: the key of its heading, its width, what a row says in it."""

    heading: str
    width: float
    value: Callable[[ExportedItem], Value]


def write(
    installation: Installation,
    moment: Moment,
    programme: str,
    wanted: ItemFilter | None = None,
    *,
    form: str = "xlsx",
) -> bytes:
    """The items that a filter leaves as .xlsx, or the rows alone as .csv.

    Raises: NotFound for a programme or agency that is not known, Invalid for another format.
    """
    if form not in FORMATS:
        raise Invalid("items_format_unknown", value=form)
    wanted = wanted or ItemFilter()
    if wanted.agency:
        installation.reference.lead(wanted.agency)
    chosen = installation.reference.programme(programme)
    rows = gather(installation, moment, programme, wanted)
    columns = list(_columns(installation, moment, chosen))
    if form == "csv":
        return _csv(columns, rows)
    return _book(installation, moment, chosen, wanted, columns, rows)


def file_name(programme: str, moment: Moment, form: str = "xlsx") -> str:
    """`phan-cap-1015-2024-03-21.xlsx`."""
    return f"{programme}-{moment.as_of.isoformat()}.{form}"


def _book(
    installation: Installation,
    moment: Moment,
    programme: Programme,
    wanted: ItemFilter,
    columns: Sequence[_Field],
    rows: Sequence[ExportedItem],
) -> bytes:
    output = BytesIO()
    title = _T("item_book.title", programme=programme.name_vi)
    with Workbook(output, {"in_memory": True}) as book:
        book.set_properties({"title": shortened(title, 200), "created": moment.as_of})
        sheets = Sheets(book, title, origin.lines(installation, moment, _T), _T)
        _sheet(sheets, "list", columns, rows, frozen=3)
        annex = list(_annex(installation, programme))
        in_base = [row for row in rows if row.state["in_base"]]
        _sheet(sheets, "annex", annex, in_base, frozen=3)
        about = list(_about(installation, moment, programme, wanted, rows))
        sheets.sheet(
            _T("item_book.sheet_about"),
            [Column("item_book.column_what", 30), Column("item_book.column_value", 90)],
            about,
        )
    return output.getvalue()


def _sheet(
    sheets: Sheets, name: str, columns: Sequence[_Field], rows: Sequence[ExportedItem], *, frozen: int
) -> None:
    sheets.sheet(
        _T(f"item_book.sheet_{name}"),
        [Column("item_book.column_no", 7), *(Column(one.heading, one.width) for one in columns)],
        ((number, *(one.value(row) for one in columns)) for number, row in enumerate(rows, start=1)),
        frozen=frozen,
    )


def _csv(columns: Sequence[_Field], rows: Sequence[ExportedItem]) -> bytes:
    output = StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(_T(one.heading) for one in columns)
    writer.writerows([one.value(row) for one in columns] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def _columns(installation: Installation, moment: Moment, programme: Programme) -> Iterator[_Field]:
    """The columns of the list; those that a kind of programme does not have are left out."""

    def agency(code: str) -> str:
        return installation.reference.lead(code).name_on(moment.organised_on)

    is_task = programme.kind == "directive"
    if not is_task:
        yield _Field("item_book.column_code", 13, lambda row: row.state["procedure_code"])
    name = "task" if is_task else "title"
    yield _Field(f"item_book.column_{name}", 60, lambda row: row.task or row.state["title"])
    yield _Field("item_book.column_field", 24, lambda row: row.state["field_name"])
    yield _Field("item_book.column_agency", 30, lambda row: agency(row.state["lead_agency"]))
    yield _Field("item_book.column_assigned_agency", 30, lambda row: _assigned(installation, row))
    yield _Field("item_book.column_document", 28, _document)
    if programme.kind == "decentralisation":
        yield from _transfer_columns()
    yield _Field("item_book.column_original_deadline", 13, lambda row: row.state["original_deadline"])
    yield _Field("item_book.column_deadline", 13, _deadline)
    yield _Field("item_book.column_extensions", 9, lambda row: row.state["extensions"])
    yield _Field("item_book.column_state", 26, lambda row: _T(f"deadline.{row.state['deadline_state']}"))
    for stage in programme.stages:
        yield _Field(f"stage.{stage}", 13, partial(_reached, stage))
    yield _Field("item_book.column_left_on", 13, lambda row: row.state["left_on"])
    yield _Field("item_book.column_instruments", 14, _instruments)
    yield _Field("item_book.column_awaited", 50, lambda row: "; ".join(row.awaited) or None)


def _transfer_columns() -> Iterator[_Field]:
    yield _Field("item_book.column_form", 16, lambda row: _form(row.form))
    yield _Field("item_book.column_from", 26, lambda row: row.giver)
    yield _Field("item_book.column_to", 26, lambda row: row.taker)
    yield _Field("item_book.column_first", 40, _first)
    yield _Field("item_book.column_overtaken", 20, _overtaken)


def _assigned(installation: Installation, row: ExportedItem) -> str | None:
    """Whom the item was given to, where another one answers for it now."""
    if row.assigned_agency == row.state["lead_agency"]:
        return None
    return installation.reference.lead(row.assigned_agency).name_on(_given_on(row))


def _given_on(row: ExportedItem) -> date:
    day: date | None = row.state["document_date"] or row.state["assigned_on"]
    return day or date.max


def _document(row: ExportedItem) -> str | None:
    number, day = row.state["document_number"], row.state["document_date"]
    if number and day:
        return _T("item_book.document", number=number, day=day)
    told: str | None = number or row.state["document_title"]
    return told


def _reached(stage: str, row: ExportedItem) -> Value:
    day: date | None = row.state[f"{stage}_on"]
    return day


def _deadline(row: ExportedItem) -> Value:
    day: date | None = row.state["current_deadline"]
    return _STANDING if row.is_standing and day is None else day


def _instruments(row: ExportedItem) -> str:
    return f"{row.state['instruments_issued']}/{row.state['instruments_needed']}"


def _form(code: str | None) -> str | None:
    return FORM_WORDS[Form(code)] if code else None


def _first(row: ExportedItem) -> str | None:
    """The assignment as it was first, where it says something else now."""
    first = (row.first_form, row.first_giver, row.first_taker)
    if first == (row.form, row.giver, row.taker) or row.first_form is None:
        return None
    return _T("item_book.first", form=_form(row.first_form), giver=row.first_giver, taker=row.first_taker)


def _overtaken(row: ExportedItem) -> str | None:
    return _T("item_book.overtaken") if row.state["is_overtaken"] else None


def _annex(installation: Installation, programme: Programme) -> Iterator[_Field]:
    """The columns of an assigning document's annex, as it was assigned: what loading a plan reads back."""
    reference = installation.reference
    measures = {one.code: one.name_vi for one in reference.measures}

    def names(row: ExportedItem, codes: Sequence[str]) -> str | None:
        return "; ".join(reference.lead(code).name_on(_given_on(row)) for code in codes) or None

    is_task = programme.kind == "directive"
    if not is_task:
        yield _Field("item_book.annex_code", 13, lambda row: row.state["procedure_code"])
    name = "task" if is_task else "name"
    yield _Field(f"item_book.annex_{name}", 60, lambda row: row.task or row.state["title"])
    yield _Field("item_book.annex_field_name", 24, lambda row: row.state["field_name"])
    yield _Field("item_book.annex_lead", 30, lambda row: names(row, [row.assigned_agency]))
    yield _Field("item_book.annex_cooperating", 30, lambda row: names(row, row.cooperating))
    if programme.kind == "decentralisation":
        yield _Field("item_book.annex_form", 16, lambda row: _form(row.first_form))
        yield _Field("item_book.annex_from_place", 28, lambda row: row.first_giver)
        yield _Field("item_book.annex_to_place", 28, lambda row: row.first_taker)
    if programme.measures:
        yield _Field("item_book.annex_measures", 50, lambda row: _measures(row, measures))
    yield _Field("item_book.annex_documents", 50, lambda row: "; ".join(row.instruments) or None)
    yield _Field(
        "item_book.annex_deadline",
        14,
        lambda row: _STANDING if row.is_standing else row.state["original_deadline"],
    )
    if programme.measures:
        yield _Field("item_book.annex_explanation", 30, lambda row: row.explanation)


def _measures(row: ExportedItem, names: dict[str, str]) -> str | None:
    """The measures with before and after as an annex writes them; what parts measures does not stand inside one."""
    said = []
    for one in row.measures:
        before, after = (" ".join((text or "").replace(";", ",").split()) for text in (one.before, one.after))
        change = f"{before} -> {after}" if before else after
        said.append(f"{names.get(one.type, one.type)}: {change}" if change else names.get(one.type, one.type))
    return "; ".join(said) or None


def _about(
    installation: Installation,
    moment: Moment,
    programme: Programme,
    wanted: ItemFilter,
    rows: Sequence[ExportedItem],
) -> Iterator[tuple[str, str]]:
    numbers = {row.state["assigned_by"]: _document(row) or "–" for row in rows}
    yield _T("item_book.about_programme"), programme.name_vi
    yield _T("item_book.about_items"), _T.number(len(rows))
    filters = item_filter.words(installation, moment, wanted, numbers)
    if not filters:
        yield _T("item_book.about_filter"), _T("item_book.about_filter_none")
    for what, value in filters:
        yield _T("item_book.about_filter_by", what=what), value
    yield from origin.pairs(installation, moment, _T)
    yield _T("item_book.about_annex"), _T("item_book.annex_help")
