"""The pace of a progress report step by step, and the target that it is set against."""

from datetime import date
from decimal import Decimal

from catalogue.correspondence.lines import plain
from catalogue.correspondence.progress_words import noun, percent_or_dash
from catalogue.i18n import Translator
from catalogue.model.pace import NoPace, Pace
from catalogue.model.period import months_between
from catalogue.model.progress_report import ProgressReport
from catalogue.model.target import Status
from catalogue.services.progress_detail import Detail
from catalogue.services.targets import Standing

_T = Translator("vi")


def pace(report: ProgressReport, detail: Detail) -> list[str]:
    """The arithmetic of progress step by step, or why there is none."""
    if report.total.assigned and not report.total.counted:
        return [_T("progress_paper.pace_standing")]
    walked = detail.pace
    if isinstance(walked, NoPace):
        since = walked.since.as_of if walked.since else None
        refused = {"since": since, "before": walked.base_then, "base": walked.base}
        return [_T(f"target.refused_{walked.refusal}", **refused)]
    months, per_month = _months(walked.months), _T.number(walked.per_month, 1)
    said = [
        _T(
            "progress_paper.pace",
            since=walked.since.as_of,
            until=report.as_of,
            months=months,
            noun=noun(report),
            before=walked.before,
            done=walked.done,
            gained=_T.signed(walked.gained),
            size=_T.signed(walked.gained).lstrip("+"),
            per_month=per_month,
        )
    ]
    if not walked.left:
        said.append(_T("progress_paper.pace_done", noun=noun(report)))
    elif walked.months_left is None:
        said.append(_T("progress_paper.pace_none_gained", left=walked.left))
    else:
        left = _T.number(walked.months_left, 1)
        said.append(_T("progress_paper.pace_left", left=walked.left, per_month=per_month, months=left))
    return said


def target(report: ProgressReport, detail: Detail) -> list[str]:
    """What is to be reached by when, by which source, and where it stands."""
    one = detail.target
    if one is None:
        return [_T("progress_paper.target_none")]
    wanted = one.target
    goal = _T(f"target.goal_{wanted.unit}_{wanted.comparator}", value=_T.percent(wanted.value, 0))
    deadline = _T("target.no_deadline")
    if wanted.deadline:
        basis = _T(f"target.basis_{wanted.deadline_basis}")
        deadline = _T("target.deadline", day=wanted.deadline, basis=basis)
    deadline = deadline[0].lower() + deadline[1:]
    source = plain(one.source.title_vi)
    said = [
        _T("progress_paper.target", label=plain(wanted.label_vi), goal=goal, deadline=deadline, source=source)
    ]
    total = report.total
    if not total.counted:
        return said
    told = {
        "numerator": total.done,
        "denominator": total.counted,
        "percent": percent_or_dash(total.percent_of_all),
    }
    if detail.agency:
        return [*said, _T("progress_paper.target_agency", **told)]
    if one.status is Status.NO_DEADLINE:
        return [*said, _T("progress_paper.target_undated", **told)]
    status = _T(f"target.status_{one.status}").lower()
    if one.doubt:
        status += f" ({_T(f'target.doubt_{one.doubt}')})"
    said.append(_T("progress_paper.target_standing", status=status, **told))
    said += _needed(one, detail.pace, report.as_of)
    return said


def _needed(one: Standing, walked: Pace | NoPace, as_of: date) -> list[str]:
    deadline = one.target.deadline
    if deadline is None or as_of >= deadline or isinstance(walked, NoPace) or not walked.left:
        return []
    months = months_between(as_of, deadline)
    needed = _T.number(walked.needed(months), 1)
    return [_T("progress_paper.target_needed", left=walked.left, months=_months(months), needed=needed)]


def _months(months: Decimal) -> str:
    return _T.number(months, 0 if months == months.to_integral_value() else 1)
