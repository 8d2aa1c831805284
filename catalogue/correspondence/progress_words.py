"""What a progress report says in sentences, part by part; a part without content says so in one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from catalogue.correspondence.lines import plain
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.item import Stage
from catalogue.model.progress_report import BaseChange, LateCorrection, ProgressReport
from catalogue.model.reporting import ReturnState
from catalogue.services.installation import Installation
from catalogue.services.progress_detail import Detail

_T = Translator("vi")  # a report of the Government's is Vietnamese, whatever the reader's screen is
_MOST_NAMED = 10  # agencies in one sentence
_MOST_OBSTACLES = 12
_MOST_DOCUMENTS = 3
_MOST_TURNS = 6  # changes of the base before the report's month
_KINDS_OF_CHANGE = ("done", "late_report", "reopened", "published", "added", "withdrawn", "extended")


def title(report: ProgressReport, agency: str | None = None) -> str:
    """What the report is about; `agency`: the name of the one it is about."""
    said = {"programme": plain(report.programme_name_vi)}
    if agency is None and len(report.rows) == 1:
        agency = report.rows[0].agency_name
    named = {"agency": plain(agency)} if agency else {}
    of = "_agency" if agency else ""
    if report.is_of_day:
        return _T(f"progress_paper.title_day{of}", day=report.as_of, **said, **named)
    year, month = report.period.name.split("-")
    return _T(f"report.title{of}", month=month, year=year, **said, **named)


def noun(report: ProgressReport) -> str:
    """What the programme's items are called."""
    return _T(f"progress_paper.noun_{report.programme_kind}")


def sentences(installation: Installation, report: ProgressReport) -> list[str]:
    """The result in words, each rate named by what it is a share of."""
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
    if not any((total.base_added, total.base_withdrawn, total.extensions_granted, total.extensions_refused)):
        changes = _T("progress_paper.no_turns")
    if not total.counted:
        return [_T("report.sentence_all_standing", as_of=report.as_of, count=total.standing), changes]
    is_final = report.is_closed or report.is_of_day
    said = [
        _T(
            "report.sentence_done" if is_final else "report.sentence_done_open",
            as_of=report.as_of,
            assigned=total.counted,
            done=total.done,
            percent=percent_or_dash(total.percent_of_all),
            change=_T.signed(total.done_change),
            in_time=total.done_in_time,
            late=total.done_late,
        ),
        *rates(report),
    ]
    if left := total.counted - total.done:
        said.append(
            _T(
                "report.sentence_open",
                open=left,
                in_time=total.in_time + total.no_deadline,
                due_soon=total.due_soon,
                overdue=total.overdue,
            )
        )
    else:
        said.append(_T("report.sentence_all_done"))
    words = ", ".join(
        f"{_T(f'stage.{stage}').lower()} {_T.number(getattr(total, stage))}/{_T.number(total.counted)}"
        for stage in stages(installation, report)
    )
    if words:
        said.append(_T("report.sentence_stages", stages=words))
    if total.standing:
        said.append(_T("report.sentence_standing", count=total.standing))
    said.append(changes)
    if total.carried_corrections:
        said.append(_T("report.sentence_carried", change=_T.signed(total.carried_corrections)))
    return said


def rates(report: ProgressReport) -> list[str]:
    """The official readings of the rate, never without numerator and denominator."""
    total = report.total
    due = total.done + total.overdue
    told = {"done": total.done, "counted": total.counted, "all": percent_or_dash(total.percent_of_all)}
    if due:
        said = [_T("progress_paper.rate", due=due, of_due=percent_or_dash(total.percent_of_due), **told)]
    else:
        said = [_T("progress_paper.rate_none_due", noun=noun(report), **told)]
    if total.done:
        percent = percent_or_dash(share(total.done_in_time, total.done, 1))
        said.append(
            _T("progress_paper.rate_in_time", in_time=total.done_in_time, done=total.done, percent=percent)
        )
    return said


def stages(installation: Installation, report: ProgressReport) -> list[str]:
    """The stages of the programme behind `assigned` that a report counts."""
    programme = installation.reference.programme(report.programme_code)
    counted = (Stage.APPROVED.value, Stage.ENACTED.value, Stage.PUBLISHED.value)
    return [stage for stage in programme.stages if stage in counted]


def changes(report: ProgressReport, detail: Detail) -> list[str]:
    """What is otherwise than at the end of the period before, by kind and agency."""
    since = month_before(report)
    total = report.total
    kinds = [
        kind for kind in _KINDS_OF_CHANGE if not detail.changes.filter(pl.col("change") == kind).is_empty()
    ]
    if not kinds and not total.done_change:
        return [_T("progress_paper.changes_none", since=since)]
    change = _T.signed(total.done_change)
    counts = {"before": total.done_before, "done": total.done, "change": change}
    said = [_T("progress_paper.changes_lead", since=since, noun=noun(report), **counts)]
    for kind in kinds:
        rows = detail.changes.filter(pl.col("change") == kind)
        parts = named_parts([(row["agency_name"], row["items"]) for row in rows.iter_rows(named=True)])
        said.append(_T(f"progress_paper.change_{kind}", count=int(rows["items"].sum()), parts=parts))
    return said


def earlier_base(report: ProgressReport, detail: Detail) -> list[str]:
    """How the base moved before the report's month: each time with its document and reason."""
    until = month_before(report)
    turns = [one for one in detail.base_turns if not one["is_initial"] and one["effective_date"] <= until]
    said = [_T("progress_paper.base_earlier")] if turns else []
    for one in turns[-_MOST_TURNS:]:
        cited = document(one["document_number"], one["document_issued_on"]) or one["document_title"]
        said.append(
            _T(
                "progress_paper.base_turn",
                day=one["effective_date"],
                added=one["added"],
                withdrawn=one["withdrawn"],
                base=one["base_after"],
                document=plain(cited or _T("report.no_document")),
                reason=plain(one["reason"] or _T("target.no_reason")).rstrip("."),
            )
        )
    return said


def corrections(found: Sequence[LateCorrection]) -> str:
    """What was recorded after a close, by kind: `Thực thi, ghi nhận thêm 30; …`."""
    counts: dict[str, int] = {}
    for one in found:
        counts[correction(one)] = counts.get(correction(one), 0) + 1
    return "; ".join(f"{what} {_T.number(count)}" for what, count in counts.items())


def month_before(report: ProgressReport) -> date:
    """The end of the month before the report's."""
    return date.fromordinal(report.period.starts_on.toordinal() - 1)


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
        state=_T(f"report.state_{state(report)}"),
    )


def state(report: ProgressReport) -> str:
    """Whether the numbers are a closed period's, an open one's or a day's."""
    return "closed" if report.is_closed else "day" if report.is_of_day else "open"


def correction(one: LateCorrection) -> str:
    """What was recorded late, in words: `Thực thi, ghi nhận thêm`."""
    subject, _, change = one.change.rpartition("_")
    said = _T("item.deadline") if subject == "deadline" else _T(f"stage.{subject}")
    return f"{said}, {_T.word('report.change', change)}"


def base_document(change: BaseChange) -> str:
    """The document of a base change, or in words that there is none: a missing one is said, not left out."""
    cited = document(change.document_number, change.document_date)
    return cited or change.document_title or _T("report.no_document")


def document(number: str | None, issued_on: date | None) -> str | None:
    """`Nghị quyết số …` as it is cited: number and day, as far as they are known."""
    if not number:
        return None
    return f"{number} ({_T.day(issued_on)})" if issued_on else number


def by_agency(report: ProgressReport, name: str) -> list[tuple[str, int]]:
    """(agency, items) of a count, the most first; those with none left out."""
    rows = [(row.agency_short_name or "–", getattr(row, name)) for row in report.rows]
    return sorted((row for row in rows if row[1]), key=lambda row: -row[1])


def named_parts(counts: Sequence[tuple[str, int]]) -> str:
    """`Bộ Y tế 12; Bộ Công an 3; 4 cơ quan khác 9`."""
    said = [
        _T("progress_paper.part", agency=plain(name), items=items) for name, items in counts[:_MOST_NAMED]
    ]
    if rest := counts[_MOST_NAMED:]:
        said.append(_T("progress_paper.others", count=len(rest), items=sum(items for _, items in rest)))
    return "; ".join(said)


def percent_or_dash(value: Decimal | None) -> str:
    """A percentage, or a dash where there is none."""
    return _T.percent(value) if value is not None else "–"
