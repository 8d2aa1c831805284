"""Who is late with what, why it stands still, and what is proposed: the parts of a progress report that ask for something."""

from collections.abc import Iterable
from datetime import date

from catalogue.correspondence.lines import plain
from catalogue.correspondence.progress_words import by_agency, named_parts, noun
from catalogue.i18n import Translator
from catalogue.model.progress_report import ProgressReport
from catalogue.model.reporting import ReturnState
from catalogue.services.progress_detail import Detail
from catalogue.store.database import Row

_T = Translator("vi")
_MOST_OBSTACLES = 12
_MOST_DOCUMENTS = 3


def late(report: ProgressReport, detail: Detail) -> list[str]:
    """Who is late and with how much; what is due soon; which extensions wait."""
    told = {"noun": noun(report)}
    of = "_agency" if detail.agency else ""
    said = []
    overdue = by_agency(report, "overdue")
    if not overdue:
        said.append(_T("progress_paper.late_none", **told))
    else:
        said.append(
            _T(
                f"progress_paper.late{of}",
                agencies=len(overdue),
                count=report.total.overdue,
                parts=named_parts(overdue),
                **told,
            )
        )
    if report.total.due_soon:
        soon = named_parts(by_agency(report, "due_soon"))
        said.append(_T(f"progress_paper.due_soon{of}", count=report.total.due_soon, parts=soon, **told))
    if detail.waiting:
        parts = named_parts(_counted(detail.waiting))
        said.append(_T(f"progress_paper.waiting{of}", count=len(detail.waiting), parts=parts))
    else:
        said.append(_T("progress_paper.waiting_none"))
    return said


def obstacles(report: ProgressReport, detail: Detail) -> list[str]:
    """Why items stand still, as their ministries told it; which overdue ones nobody explained."""
    said = []
    told = {"noun": noun(report)}
    if detail.obstacles:
        said.append(_T("progress_paper.obstacles", count=len(detail.obstacles), **told))
        alike: dict[str, list[Row]] = {}
        for one in detail.obstacles:
            alike.setdefault(obstacle(one), []).append(one)
        ordered = sorted(alike.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        for reason, items in ordered[:_MOST_OBSTACLES]:
            said.append(_T("progress_paper.obstacle", parts=named_parts(_counted(items)), told=reason))
        if len(ordered) > _MOST_OBSTACLES:
            said.append(_T("progress_paper.obstacles_cut", count=len(ordered) - _MOST_OBSTACLES))
    if detail.unexplained:
        key = "progress_paper.unexplained_agency" if detail.agency else "progress_paper.unexplained"
        parts = named_parts(_counted(detail.unexplained))
        said.append(_T(key, count=len(detail.unexplained), parts=parts, **told))
    return said


def obstacle(row: Row) -> str:
    """Why an item stands still: reason, where, by when."""
    said = [plain(row["reason"]).strip().rstrip(".;")]
    if row["stuck_at"]:
        said.append(_T("progress_paper.stuck_at", where=plain(row["stuck_at"]).strip().rstrip(".;")))
    if row["expected_on"]:
        said.append(_T("progress_paper.expected", day=row["expected_on"]))
    return "; ".join(said)


def told(row: Row) -> str:
    """Everything that was said about an open item, or that nothing was."""
    said = []
    if row["extension_action"]:
        day = _T.day(row["extension_to"])
        said.append(_T(f"progress_paper.extension_{row['extension_action']}", day=day))
    if row["reason"]:
        said.append(obstacle(row))
    return "; ".join(said) or _T("progress_paper.said_none")


def proposals(report: ProgressReport, detail: Detail) -> list[str]:
    """What follows from the numbers, who is to do it named; nothing is asked for that the ledger does not show."""
    said = []
    named = {"noun": noun(report)}
    if overdue := by_agency(report, "overdue"):
        parts = named_parts(overdue)
        key = "progress_paper.propose_late_agency" if detail.agency else "progress_paper.propose_late"
        named_agency = plain(overdue[0][0])
        said.append(_T(key, count=report.total.overdue, parts=parts, agency=named_agency, **named))
    if detail.unexplained:
        said.append(_T("progress_paper.propose_explain", count=len(detail.unexplained), **named))
    for one in [one for one in report.bottlenecks if one.alone][: 0 if detail.agency else _MOST_DOCUMENTS]:
        agency = plain(one.drafting_agency_short_name or "") or _T("progress_paper.propose_drafter")
        planned = _planned(one.planned_issue_on, report.as_of)
        of = {"title": plain(one.title), "alone": one.alone}
        said.append(_T("progress_paper.propose_document", agency=agency, planned=planned, **of, **named))
    if detail.waiting:
        said.append(_T("progress_paper.propose_waiting", count=len(detail.waiting)))
    if missing := sum(one.state is ReturnState.MISSING for one in report.returns):
        said.append(_T("progress_paper.propose_returns", count=missing))
    if bare := sum(not one.document_number and not one.document_title for one in report.base_changes):
        said.append(_T("progress_paper.propose_base", count=bare))
    if not said:
        return [_T("progress_paper.proposals_none")]
    return [f"{number}. {one}" for number, one in enumerate(said, start=1)]


def _planned(day: date | None, as_of: date) -> str:
    if day is None:
        return ""
    if day < as_of:
        return _T("progress_paper.propose_planned_late", day=day, days=(as_of - day).days)
    return _T("progress_paper.propose_planned", day=day)


def _counted(rows: Iterable[Row]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["agency_short_name"]] = counts.get(row["agency_short_name"], 0) + 1
    return sorted(counts.items(), key=lambda pair: -pair[1])
