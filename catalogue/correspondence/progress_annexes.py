"""The annexes of a progress report: the numbers by agency and document, the lists behind the sentences."""

from collections.abc import Sequence

from catalogue.correspondence import progress_late as late
from catalogue.correspondence import progress_words as words
from catalogue.correspondence.lines import plain
from catalogue.correspondence.paper import Paper
from catalogue.correspondence.tables import Column
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.progress_report import ProgressReport, ProgressRow
from catalogue.services.installation import Installation
from catalogue.services.progress_detail import Detail
from catalogue.store.database import Row

_T = Translator("vi")
LONGEST_LIST = 200  # rows of one list; the workbook holds all of them
_WIDE = 165.0  # millimetres of a line
_DOCUMENT_COUNTS = ("counted", "done", "percent", "in_time", "due_soon", "overdue")


def names(report: ProgressReport, found: Detail) -> list[str]:
    """The annexes that have something to show."""
    shown = {
        "agencies": len(report.rows) > 1,
        "documents": found.documents.height > 1,
        "late": bool(found.late),
        "corrections": bool(report.late_corrections or report.carried_corrections),
        "held": bool(report.bottlenecks) and found.agency is None,
    }
    return [name for name, is_shown in shown.items() if is_shown]


def table(name: str, paper: Paper, installation: Installation, report: ProgressReport, found: Detail) -> None:
    """The table of one annex by its name."""
    if name == "agencies":
        _by_agency(paper, installation, report)
    elif name == "documents":
        _by_document(paper, found)
    elif name == "late":
        _overdue(paper, report, found)
    elif name == "corrections":
        _corrections(paper, report)
    else:
        _bottlenecks(paper, report)


def say_cut(paper: Paper, count: int) -> None:
    """What a list on paper leaves out."""
    if count > LONGEST_LIST:
        paper.paragraph(_T("report.list_cut", shown=LONGEST_LIST, count=count), size=11, italic=True)


def columns_of(*described: tuple[str, float, str]) -> Sequence[Column]:
    """Columns by the name of their header, with width and alignment."""
    return [Column(_T(f"report.column_{name}"), width, align) for name, width, align in described]


def _by_agency(paper: Paper, installation: Installation, report: ProgressReport) -> None:
    shown = [
        name for name in ("approved", "enacted", "published") if name in words.stages(installation, report)
    ]
    if report.done_stage in shown:
        shown.remove(report.done_stage)
    done, still = _T("report.group_done"), _T("report.group_open")
    counted = [
        ("assigned", None),
        *([("standing", None)] if report.total.standing else []),
        *((name, None) for name in shown if name == "approved"),
        ("done", None),
        ("percent", None),
        *((name, None) for name in shown if name != "approved"),
        ("done_in_time", done),
        ("done_late", done),
        ("in_time", still),
        ("due_soon", still),
        ("overdue", still),
        ("change", None),
    ]
    width = 11.5
    columns = [
        Column(_T("report.column_no"), 8, "center"),
        Column(_T("report.column_agency"), _WIDE - 8 - width * len(counted)),
        *(Column(_T(f"report.column_{name}"), width, "right", group) for name, group in counted),
    ]
    shown_names = [name for name, _ in counted]
    rows = [
        (
            str(place),
            row.agency_short_name or row.agency_name or "–",
            *(_cell(row, name) for name in shown_names),
        )
        for place, row in enumerate(report.rows, start=1)
    ]
    total = ("", _T("report.total"), *(_cell(report.total, name) for name in shown_names))
    paper.table(columns, rows, total)


def _cell(row: ProgressRow, name: str) -> str:
    if name == "percent":
        return _T.number(row.percent_of_all, 1) if row.percent_of_all is not None else "–"
    if name == "change":
        return _T.signed(row.done_change)
    count: int = row.in_time + row.no_deadline if name == "in_time" else getattr(row, name)
    return _T.number(count)


def _by_document(paper: Paper, found: Detail) -> None:
    width = 17.0
    heads = [
        _T("progress_paper.column_counted"),
        *(_T(f"report.column_{name}") for name in _DOCUMENT_COUNTS[1:]),
    ]
    columns = [
        Column(_T("report.column_no"), 9, "center"),
        Column(_T("progress_paper.column_document"), _WIDE - 9 - width * len(heads)),
        *(Column(head, width, "right") for head in heads),
    ]
    listed = found.documents.to_dicts()
    summed = {name: sum(row[name] for row in listed) for name in ("base", "standing", "done", "in_time", "due_soon", "overdue")}  # fmt: skip
    rows = [(str(place), _named(row), *_document_cells(row)) for place, row in enumerate(listed, start=1)]
    paper.table(columns, rows, ("", _T("report.total"), *_document_cells(summed)))


def _named(row: Row) -> str:
    return words.document(row["document_number"], row["document_date"]) or plain(row["document_title"] or "–")


def _document_cells(row: Row) -> list[str]:
    counted = row["base"] - row["standing"]
    cells = {**row, "counted": counted}
    said = {name: _T.number(cells[name]) for name in _DOCUMENT_COUNTS if name != "percent"}
    said["percent"] = _T.number(share(row["done"], counted, 1), 1) if counted else "–"
    return [said[name] for name in _DOCUMENT_COUNTS]


def _overdue(paper: Paper, report: ProgressReport, found: Detail) -> None:
    columns = [
        Column(_T("report.column_no"), 9, "center"),
        Column(_T("progress_paper.column_code"), 19),
        Column(_T("report.column_title"), 50),
        Column(_T("progress_paper.column_deadline"), 21, "center"),
        Column(_T("progress_paper.column_days_late"), 16, "right"),
        Column(_T("progress_paper.column_said"), 50),
    ]
    rows: list[Sequence[str]] = []
    agency = None
    for place, row in enumerate(found.late[:LONGEST_LIST], start=1):
        if row["agency_name"] != agency and not found.agency:
            agency = row["agency_name"]
            rows.append((plain(agency),))
        days_late = (report.as_of - row["current_deadline"]).days
        day = _T.day(row["current_deadline"])
        code, title = row["procedure_code"] or "–", plain(row["title"])
        rows.append((str(place), code, title, day, _T.number(days_late), late.told(row)))
    paper.table(columns, rows)
    say_cut(paper, len(found.late))


def _bottlenecks(paper: Paper, report: ProgressReport) -> None:
    columns = columns_of(("no", 9, "center"), ("document", 68, "left"), ("drafting", 30, "left"),
                       ("planned", 24, "center"), ("alone", 17, "right"), ("helps", 17, "right"))  # fmt: skip
    rows = [
        (
            str(place),
            one.title,
            one.drafting_agency_short_name or "–",
            _T.day(one.planned_issue_on),
            _T.number(one.alone),
            _T.number(one.helps - one.alone),
        )
        for place, one in enumerate(report.bottlenecks, start=1)
    ]
    paper.table(columns, rows)


def _corrections(paper: Paper, report: ProgressReport) -> None:
    columns = columns_of(("no", 9, "center"), ("title", 58, "left"), ("agency", 26, "left"), ("subject", 42, "left"),
                       ("recorded", 30, "center"))  # fmt: skip
    rows: list[Sequence[str]] = []
    both = {"own": report.late_corrections, "carried": report.carried_corrections}
    for name, found in both.items():
        if found:
            rows.append((_T(f"progress_paper.corrections_{name}"),))
        rows += [
            (
                str(place),
                f"{one.procedure_code} - {one.title}" if one.procedure_code else one.title,
                one.agency_short_name,
                f"{words.correction(one)}: {_T.day(one.before)} → {_T.day(one.after)}",
                _T.instant(one.recorded_at),
            )
            for place, one in enumerate(found[:LONGEST_LIST], start=1)
        ]
    paper.table(columns, rows)
    for found in both.values():
        say_cut(paper, len(found))
