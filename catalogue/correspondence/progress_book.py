"""The progress report as .xlsx: the numbers of its paper in real types, every item behind them, where they come from."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from catalogue.correspondence import progress_pace as pace
from catalogue.correspondence import progress_words as words
from catalogue.correspondence.lines import plain, shortened
from catalogue.correspondence.sheets import Column, Sheets, Value
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.item import Stage
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport, ProgressRow
from catalogue.services import figures, items, progress_detail
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.services.progress_detail import Detail
from catalogue.store.database import Row

_T = Translator("vi")
_EVERY = 1_000_000
_COUNTS = (
    "assigned", "approved", "enacted", "published", "done", "percent", "percent_of_due", "done_before", "change",
    "done_in_time", "done_late", "in_time", "no_deadline", "standing", "due_soon", "overdue", "base_added", "base_withdrawn",
    "extensions_granted", "extensions_refused", "late_corrections",
)  # fmt: skip
_DOCUMENT_COUNTS = ("counted", "standing", "done", "percent", "in_time", "due_soon", "overdue")
_LATE = (("code", 14), ("title", 60), ("agency", 30), ("assigning_document", 28), ("current_deadline", 13), ("days_late", 12),
         ("extension_state", 18), ("extension_to", 14), ("obstacle", 50), ("stuck_at", 30), ("expected_on", 14))  # fmt: skip
_ITEM_DAYS = ("assigned_on", "approved_on", "enacted_on", "published_on", "done_on", "original_deadline",
              "current_deadline")  # fmt: skip


def write(
    installation: Installation,
    report: ProgressReport,
    agency: str | None = None,
    *,
    detail: Detail | None = None,
) -> bytes:
    """The report as .xlsx; `agency` as the report was asked for."""
    output = BytesIO()
    found = detail or progress_detail.detail(installation, report, agency)
    name = installation.reference.lead(agency).name_on(report.as_of) if agency else None
    title = words.title(report, name)
    with Workbook(output, {"in_memory": True}) as book:
        book.set_properties({"title": shortened(title, 200), "created": report.as_of})
        sheets = Sheets(book, title, _sources(installation, report), _header)

        def add(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], **more: Any) -> None:
            sheets.sheet(_T(f"report.sheet_{name}"), columns, rows, **more)

        counts = _counts(installation, report)
        add("total", _total_columns(counts), _total_rows(report, counts), total=_total_row(report, counts))
        add(
            "rates",
            _columns(("rate", 60), ("numerator", 12), ("denominator", 12), ("share", 14)),
            _rates(report),
        )
        add("by_document", _columns(("assigning_document", 70), *((name, 14) for name in _DOCUMENT_COUNTS)),
            _assigning_rows(found), total=_assigning_total(found))  # fmt: skip
        add("items", _item_columns(), _item_rows(installation, report, agency), frozen=3)
        add("overdue", _columns(*_LATE), _open_rows(report, found), frozen=2)
        add("base", _columns(("date", 12), ("agency", 30), ("kind_of_change", 14), ("items", 10),
                             ("only_reason", 60), ("document", 34)), _base_rows(report))  # fmt: skip
        add("changes", _columns(("kind_of_change", 44), ("agency", 34), ("items", 10)), _change_rows(found))
        add("late", _columns(("code", 14), ("title", 60), ("agency", 24), ("subject", 28), ("before", 12),
                             ("after", 12), ("recorded", 18)), _late_rows(report))  # fmt: skip
        add("documents", _columns(("document", 70), ("drafting", 24), ("planned", 14), ("alone", 12),
                                  ("helps", 14)), _document_rows(installation, report))  # fmt: skip
        add("curve", _columns(("stage", 20), ("from_day", 14), ("reached", 12)), _curve_rows(found))
        add(
            "source",
            _columns(("what", 28), ("value", 110)),
            _source_rows(installation, report, found, title, name),
        )
    return output.getvalue()


def _header(name: str) -> str:
    """A column's name; the deadline states by their full words, for two of them are short for the same."""
    states = f"deadline.{name}"
    return _T(states) if _T.has(states) else _T(f"report.column_{name}")


def _sources(installation: Installation, report: ProgressReport) -> list[str]:
    said = [words.source(report)]
    if installation.is_demo:
        said.append(_T("app.demo_line", day=installation.working_date))
    return said


def _columns(*described: tuple[str, float]) -> list[Column]:
    return [Column(name, width) for name, width in described]


def _counts(installation: Installation, report: ProgressReport) -> list[str]:
    """The columns of counts: no stage that does not apply to the programme, and standing tasks only where there are any."""
    applicable = installation.reference.programme(report.programme_code).stages
    idle = {stage.value for stage in Stage} - set(applicable)
    return [name for name in _COUNTS if name not in idle and (name != "standing" or report.total.standing)]


def _total_columns(counts: Sequence[str]) -> list[Column]:
    return [Column("agency", 34), *(Column(name, 12) for name in counts), Column("return", 16)]


def _total_rows(report: ProgressReport, counts: Sequence[str]) -> Iterable[Sequence[Value]]:
    for row in report.rows:
        state = _T.word("report.return", row.return_state.value) if row.return_state else None
        yield (row.agency_name, *(_count(row, name) for name in counts), state)


def _total_row(report: ProgressReport, counts: Sequence[str]) -> Sequence[Value]:
    return (_T("report.total"), *(_count(report.total, name) for name in counts), None)


def _count(row: ProgressRow, name: str) -> Value:
    if name == "percent":
        return row.percent_of_all
    if name == "change":
        return row.done_change
    value: Value = getattr(row, name)
    return value


def _item_columns() -> list[Column]:
    return [
        Column("no", 7), Column("code", 14), Column("title", 60), Column("agency", 34), Column("field", 26),
        Column("is_done", 12), Column("deadline_state", 30), *(Column(name, 13) for name in _ITEM_DAYS),
        Column("extensions", 10), Column("instruments", 14),
    ]  # fmt: skip


def _item_rows(
    installation: Installation, report: ProgressReport, agency: str | None
) -> Iterable[Sequence[Value]]:
    """Every item of the base, beside the agency that answers for it at the end of the period: the rows count it there."""
    moment = Moment(report.as_of, None, report.revision)
    wanted = ItemFilter(agency=agency)
    found = items.find(installation, moment, report.programme_code, wanted, size=_EVERY)
    for number, row in enumerate(found.iter_rows(named=True), start=1):
        yield (
            number,
            row["procedure_code"],
            row["title"],
            installation.reference.lead(row["lead_agency"]).name_on(report.as_of),
            row["field_name"],
            int(row["done_on"] is not None),
            _T(f"deadline.{row['deadline_state']}"),
            *(_day(row, name) for name in _ITEM_DAYS),
            row["extensions"],
            f"{row['instruments_issued']}/{row['instruments_needed']}",
        )


def _day(row: Row, name: str) -> Value:
    """A day of an item; of the assignment in words where the document bears no day, for then it is inferred."""
    day: date | None = row[name]
    if name == "assigned_on" and day is not None and row["document_date"] is None:
        return _T("report.inferred", day=day)
    return day


def _rates(report: ProgressReport) -> Iterable[Sequence[Value]]:
    """The official readings, each with both of its numbers; no percentage where nothing is below the line."""
    total = report.total
    pairs = {
        "of_all": (total.done, total.counted),
        "of_due": (total.done, total.done + total.overdue),
        "in_time": (total.done_in_time, total.done),
    }
    for name, (above, below) in pairs.items():
        yield _T(f"report.rate_{name}"), above, below, share(above, below, 1) if below else None


def _assigning_rows(found: Detail) -> Iterable[Sequence[Value]]:
    for row in found.documents.iter_rows(named=True):
        cited = words.document(row["document_number"], row["document_date"]) or row["document_title"]
        yield (plain(cited or "–"), *_assigning(row))


def _assigning_total(found: Detail) -> Sequence[Value]:
    names = ("base", "standing", "done", "in_time", "due_soon", "overdue")
    return (_T("report.total"), *_assigning({name: int(found.documents[name].sum()) for name in names}))


def _assigning(row: Row) -> Sequence[Value]:
    counted = row["base"] - row["standing"]
    percent = share(row["done"], counted, 1) if counted else None
    cells = {**row, "counted": counted, "percent": percent}
    return [cells[name] for name in _DOCUMENT_COUNTS]


def _open_rows(report: ProgressReport, found: Detail) -> Iterable[Sequence[Value]]:
    """Overdue items, then those not yet overdue about which their ministry said something."""
    late = {row["item_id"] for row in found.late}
    for row in (*found.late, *(one for one in found.said if one["item_id"] not in late)):
        action = row["extension_action"]
        yield (
            row["procedure_code"],
            row["title"],
            row["agency_name"],
            row["document_number"] or row["document_title"],
            row["current_deadline"],
            (report.as_of - row["current_deadline"]).days if row["item_id"] in late else None,
            _T.word("report.extension", action) if action else None,
            row["extension_to"],
            row["reason"],
            row["stuck_at"],
            row["expected_on"],
        )


def _change_rows(found: Detail) -> Iterable[Sequence[Value]]:
    for row in found.changes.iter_rows(named=True):
        yield _T.word("report.kind", row["change"]), row["agency_name"], row["items"]


def _curve_rows(found: Detail) -> Iterable[Sequence[Value]]:
    for row in found.curve.sort("stage", "day").iter_rows(named=True):
        yield _T(f"stage.{row['stage']}"), row["day"], row["reached"]


def _source_rows(
    installation: Installation, report: ProgressReport, found: Detail, title: str, agency: str | None
) -> Iterable[Sequence[Value]]:
    """What the numbers are, of when, known when, and by which definitions."""
    told: list[tuple[str, Value]] = [
        ("report", title),
        ("programme", report.programme_name_vi),
        ("agency", agency or _T("report.source_all")),
        ("as_of", report.as_of),
        ("known", report.known_until),
        ("revision", report.revision),
        ("state", _T(f"report.state_{words.state(report)}")),
        *(("pace", line) for line in pace.pace(report, found)),
        *(("target", line) for line in pace.target(report, found)),
        *(("definition", line) for line in words.notes(installation, report)),
    ]
    return ((_T(f"report.source_{name}"), value) for name, value in told)


def _base_rows(report: ProgressReport) -> Iterable[Sequence[Value]]:
    for change in report.base_changes:
        cited = words.base_document(change)
        kind = _T.word("report.base", change.change)
        yield change.effective_date, change.agency_short_name, kind, change.items, change.reason, cited


def _late_rows(report: ProgressReport) -> Iterable[Sequence[Value]]:
    for one in report.late_corrections:
        what = words.correction(one)
        agency = one.agency_short_name
        yield one.procedure_code, one.title, agency, what, one.before, one.after, one.recorded_at


def _document_rows(installation: Installation, report: ProgressReport) -> Iterable[Sequence[Value]]:
    """Every document not yet issued that an open item of the programme needs, whichever ministry's."""
    moment = Moment(report.as_of, None, report.revision)
    found = figures.bottlenecks(installation, report.programme_code, moment, limit=_EVERY)
    for row in found.iter_rows(named=True):
        drafting = plain(row["drafting_agency_name"]) if row["drafting_agency_name"] else None
        yield row["title"], drafting, row["planned_issue_on"], row["alone"], row["helps"] - row["alone"]
