"""The month's progress report as an official paper: sentences with their numbers, rows by ministry, what explains them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from catalogue.correspondence.lines import plain
from catalogue.correspondence.paper import Heading, Paper
from catalogue.correspondence.tables import Column
from catalogue.i18n import Translator
from catalogue.model.item import Stage
from catalogue.model.progress_report import LateCorrection, ProgressReport, ProgressRow
from catalogue.model.reporting import ReturnState
from catalogue.services.installation import Installation

_T = Translator("vi")  # a report of the Government's is Vietnamese, whatever the reader's screen is
_LONGEST_LIST = 200  # rows of one list; the workbook holds all of them


def write(installation: Installation, report: ProgressReport) -> bytes:
    """The report as .docx."""
    house, wording = installation.reference.house, installation.reference.report
    about = title(report)
    paper = Paper(about, report.as_of)
    number = f"Số: …{wording.number}"
    paper.heading(Heading(house.superior, house.issuer, number, None, house.place, installation.working_date))
    paper.title(_T("report.kind"), about)
    paper.addressee(wording.to)
    paper.part(_T("report.part_result"))
    for sentence in sentences(installation, report):
        paper.paragraph(sentence)
    if report.total.assigned:
        paper.part(_T("report.part_agencies"))
        _by_agency(paper, installation, report)
    _base_changes(paper, report)
    _late_corrections(paper, report)
    paper.part(_T("report.part_returns"))
    for sentence in returns(report):
        paper.paragraph(sentence)
    _bottlenecks(paper, report)
    paper.part(_T("report.part_notes"))
    for sentence in notes(installation, report):
        paper.paragraph(sentence, size=12)
    paper.signature(wording.authority, wording.signer, wording.recipients)
    return paper.save()


def title(report: ProgressReport) -> str:
    """What the report is about."""
    year, month = report.period.name.split("-")
    said = {"programme": plain(report.programme_name_vi), "month": month, "year": year}
    if len(report.rows) == 1:
        return _T("report.title_agency", agency=plain(report.rows[0].agency_name or ""), **said)
    return _T("report.title", **said)


def sentences(installation: Installation, report: ProgressReport) -> list[str]:
    """The result in words."""
    total = report.total
    if not total.assigned:
        return [_T("report.none_assigned", as_of=report.as_of)]
    changes = _T(
        "report.sentence_changes",
        added=total.base_added,
        withdrawn=total.base_withdrawn,
        granted=total.extensions_granted,
        refused=total.extensions_refused,
    )
    if not total.counted:
        return [_T("report.sentence_all_standing", as_of=report.as_of, count=total.standing), changes]
    left = total.counted - total.done
    said = [
        _T(
            "report.sentence_done" if report.is_closed else "report.sentence_done_open",
            as_of=report.as_of,
            assigned=total.counted,
            done=total.done,
            percent=_percent(total.percent_of_all),
            change=_T.signed(total.done_change),
            in_time=total.done_in_time,
            late=total.done_late,
        )
    ]
    if left:
        said.append(
            _T(
                "report.sentence_open",
                open=left,
                in_time=total.in_time + total.no_deadline,
                due_soon=total.due_soon,
                overdue=total.overdue,
                percent_of_due=_percent(total.percent_of_due),
            )
        )
    else:
        said.append(_T("report.sentence_all_done"))
    reached = {stage: getattr(total, stage) for stage in stages(installation, report)}
    words = ", ".join(
        f"{_T(f'stage.{stage}').lower()} {_T.number(count)}/{_T.number(total.counted)}"
        for stage, count in reached.items()
    )
    if words:
        said.append(_T("report.sentence_stages", stages=words))
    if total.standing:
        said.append(_T("report.sentence_standing", count=total.standing))
    said.append(changes)
    if total.carried_corrections:
        said.append(_T("report.sentence_carried", change=_T.signed(total.carried_corrections)))
    return said


def stages(installation: Installation, report: ProgressReport) -> list[str]:
    """The stages of the programme behind `assigned` that a report counts."""
    programme = installation.reference.programme(report.programme_code)
    counted = (Stage.APPROVED.value, Stage.ENACTED.value, Stage.PUBLISHED.value)
    return [stage for stage in programme.stages if stage in counted]


def returns(report: ProgressReport) -> list[str]:
    """Which returns are missing or late, and how many are not due yet, in words."""
    said = []
    if report.returns_waiting:
        counts = {"sent": report.returns_sent, "owed": report.returns_owed, "waiting": report.returns_waiting}
        said.append(_T("report.returns_waiting", due=report.period.due_on, **counts))
    for state, key in (
        (ReturnState.MISSING, "report.returns_missing"),
        (ReturnState.LATE, "report.returns_late"),
    ):
        names = [
            f"{plain(row.agency_name)} ({_T.day(row.sent_on)})" if row.sent_on else plain(row.agency_name)
            for row in report.returns
            if row.state is state
        ]
        if names:
            said.append(_T(key, agencies="; ".join(names)))
    return said or [_T("report.none_returns")]


def notes(installation: Installation, report: ProgressReport) -> list[str]:
    """How the numbers are counted, where they come from, and whether they are invented."""
    programme = installation.reference.programme(report.programme_code)
    stage = _T.word("report.done", report.done_stage)
    said = [_T("report.note_done", stage=stage, note=programme.done_stage_note_vi or "").strip()]
    said.append(_T("report.note_due"))
    if report.total.no_deadline:
        said.append(_T("report.note_in_time", count=report.total.no_deadline))
    if report.total.standing:
        said.append(_T("report.note_standing", count=report.total.standing))
    said.append(source(report))
    if installation.is_demo:
        said.append(_T("app.demo_line", day=installation.working_date))
    return said


def source(report: ProgressReport) -> str:
    """Where the numbers come from, in one line."""
    return _T(
        "report.source",
        as_of=report.as_of,
        known=report.known_until or "–",
        revision=report.revision,
        state=_T("report.state_closed" if report.is_closed else "report.state_open"),
    )


def _by_agency(paper: Paper, installation: Installation, report: ProgressReport) -> None:
    shown = [name for name in ("approved", "enacted", "published") if name in stages(installation, report)]
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
        Column(_T("report.column_agency"), 165 - 8 - width * len(counted)),
        *(Column(_T(f"report.column_{name}"), width, "right", group) for name, group in counted),
    ]
    names = [name for name, _ in counted]
    rows = [
        (str(place), row.agency_short_name or row.agency_name or "–", *(_cell(row, name) for name in names))
        for place, row in enumerate(report.rows, start=1)
    ]
    total = ("", _T("report.total"), *(_cell(report.total, name) for name in names))
    paper.table(columns, rows, total)


def _cell(row: ProgressRow, name: str) -> str:
    if name == "percent":
        return _T.number(row.percent_of_all, 1) if row.percent_of_all is not None else "–"
    if name == "change":
        return _T.signed(row.done_change)
    count: int = row.in_time + row.no_deadline if name == "in_time" else getattr(row, name)
    return _T.number(count)


def _base_changes(paper: Paper, report: ProgressReport) -> None:
    paper.part(_T("report.part_base"))
    if not report.base_changes:
        paper.paragraph(_T("report.none_base"))
        return
    columns = _columns(("no", 9, "center"), ("date", 22, "center"), ("agency", 34, "left"),
                       ("kind_of_change", 20, "left"), ("items", 18, "right"), ("reason", 62, "left"))  # fmt: skip
    rows = [
        (
            str(place),
            _T.day(change.effective_date),
            change.agency_short_name,
            _T.word("report.base", change.change),
            _T.number(change.items),
            "; ".join(
                text
                for text in (change.reason, document(change.document_number, change.document_date))
                if text
            )
            or "–",
        )
        for place, change in enumerate(report.base_changes[:_LONGEST_LIST], start=1)
    ]
    paper.table(columns, rows)
    _say_cut(paper, len(report.base_changes))


def _late_corrections(paper: Paper, report: ProgressReport) -> None:
    paper.part(_T("report.part_late"))
    closed_at = report.period.closed_at
    if not report.is_closed or closed_at is None:
        paper.paragraph(_T("report.not_closed"))
        return
    if not report.late_corrections:
        paper.paragraph(_T("report.none_late"))
        return
    paper.paragraph(_T("report.about_late", closed=closed_at))
    columns = _columns(("no", 9, "center"), ("title", 58, "left"), ("agency", 26, "left"), ("subject", 42, "left"),
                       ("recorded", 30, "center"))  # fmt: skip
    rows = [
        (
            str(place),
            f"{one.procedure_code} - {one.title}" if one.procedure_code else one.title,
            one.agency_short_name,
            f"{correction(one)}: {_T.day(one.before)} → {_T.day(one.after)}",
            _T.instant(one.recorded_at),
        )
        for place, one in enumerate(report.late_corrections[:_LONGEST_LIST], start=1)
    ]
    paper.table(columns, rows)
    _say_cut(paper, len(report.late_corrections))


def _say_cut(paper: Paper, count: int) -> None:
    if count > _LONGEST_LIST:
        paper.paragraph(_T("report.list_cut", shown=_LONGEST_LIST, count=count), size=11, italic=True)


def _bottlenecks(paper: Paper, report: ProgressReport) -> None:
    paper.part(_T("report.part_bottlenecks"))
    if not report.bottlenecks:
        paper.paragraph(_T("report.none_bottlenecks"))
        return
    columns = _columns(("no", 9, "center"), ("document", 68, "left"), ("drafting", 30, "left"),
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


def correction(one: LateCorrection) -> str:
    """What was recorded late, in words: `Thực thi, ghi nhận thêm`."""
    subject, _, change = one.change.rpartition("_")
    said = _T("item.deadline") if subject == "deadline" else _T(f"stage.{subject}")
    return f"{said}, {_T.word('report.change', change)}"


def document(number: str | None, issued_on: date | None) -> str | None:
    """`Nghị quyết số …` as it is cited: number and day, as far as they are known."""
    if not number:
        return None
    return f"{number} ({_T.day(issued_on)})" if issued_on else number


def _percent(value: Decimal | None) -> str:
    return _T.percent(value) if value is not None else "–"


def _columns(*described: tuple[str, float, str]) -> Sequence[Column]:
    return [Column(_T(f"report.column_{name}"), width, align) for name, width, align in described]
