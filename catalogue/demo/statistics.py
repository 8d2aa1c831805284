"""Dossier statistics of the demonstration: two quarters of invented figures that keep to the identities, an issued report,
and figures that came after it."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office, some_working_day
from catalogue.demo.people import People
from catalogue.i18n import Translator
from catalogue.model.report_form import ReportForm
from catalogue.model.report_period import ReportPeriod, period_of
from catalogue.model.report_table import Sent
from catalogue.reference import Agency, Reference
from catalogue.services import report_forms, statistics
from catalogue.services.report_forms import Sources
from catalogue.services.statistics import Filed
from catalogue.working_days import add_working_days

PERIODS = ("2023-Q4", "2024-Q1")
_PROVINCES = 23  # that send figures of 2023-Q4
_LATE = ("2023-Q4", 2)  # provinces that send them after the report was issued
_SILENT = 6  # provinces that have not sent 2024-Q1 by the working date
_DUE, _WORKING_DATE = 7, date(2024, 3, 20)
_MINISTRIES = (
    "bo-y-te", "bo-tu-phap", "bo-xay-dung", "bo-cong-thuong", "bo-giao-duc-va-dao-tao", "bo-tai-nguyen-va-moi-truong",
    "bo-lao-dong-thuong-binh-va-xa-hoi", "ngan-hang-nha-nuoc-viet-nam",
)  # fmt: skip
_WORKS = {
    "provincial": ("Đất đai", "Lý lịch tư pháp", "Đường bộ", "Dược phẩm", "Việc làm"),
    "district": ("Đất đai", "Hộ tịch", "Chứng thực", "Hoạt động xây dựng"),
    "communal": ("Hộ tịch", "Chứng thực", "Người có công", "Bảo trợ xã hội"),
}
_SIZE = {"ministry": 900, "provincial": 4200, "district": 2600, "communal": 7800}
_EXPLAINED = "bo-xay-dung"
_EXPLANATION = "Đã rà soát lại hồ sơ tồn: 12 hồ sơ ghi trùng ở kỳ trước được loại khỏi số chuyển sang."
_ONE_STOP = 9  # provinces that also report form II.07b


def record(reference: Reference, ledger: Ledger, staff: People, rng: random.Random) -> None:
    """Filings by quarter, the national report of the first one, two late filings, and form II.07b of some provinces."""
    form = reference.report_form("II.06a")
    office, new_id = Office(rng), count(1).__next__
    rule = reference.report_periods.closes_on_day
    provinces = rng.sample(reference.agencies_on(date(2023, 12, 14), "province"), _PROVINCES)
    senders = [*(reference.agency(code) for code in _MINISTRIES), *provinces]
    late = {agency.code for agency in provinces[: _LATE[1]]}
    silent = {agency.code for agency in provinces[_LATE[1] : _LATE[1] + _SILENT]}
    ended: dict[str, tuple[Sent, ...]] = {}
    for name in PERIODS:
        span = period_of(name, rule)
        issued_on = add_working_days(span.ends_on, _DUE + 2)
        filings: dict[str, Filed] = {}
        for agency in senders:
            if name == PERIODS[-1] and agency.code in silent:
                continue
            rows = tuple(_rows(reference, form, agency, ended.get(agency.code, ()), rng))
            explanation = None
            if name == PERIODS[-1] and agency.code == _EXPLAINED:
                rows, explanation = (_recounted(rows[0]), *rows[1:]), _EXPLANATION
            ended[agency.code] = rows
            is_late = name == _LATE[0] and agency.code in late
            first = add_working_days(issued_on, 6) if is_late else add_working_days(span.ends_on, 1)
            last = add_working_days(first, 5)
            day = some_working_day(first, min(last, _WORKING_DATE), rng)
            filing_id = _file(ledger, office, staff, form.code, span, agency, rows, explanation, day, new_id)
            if not is_late:
                filings[agency.code] = Filed(
                    filing_id, agency.code, rows, explanation, "", datetime.now(UTC), "", 1, 0
                )
        if name == _LATE[0]:
            _issue(reference, ledger, office, staff, form, span, filings, issued_on, new_id)
    _one_stop(reference, ledger, office, staff, provinces[-_ONE_STOP:], rng, new_id)


def _rows(
    reference: Reference, form: ReportForm, agency: Agency, before: Sequence[Sent], rng: random.Random
) -> Iterator[Sent]:
    """A quarter of an agency; what was pending before is carried in."""
    ended = {row.key: row.values["pending"] for row in before}
    for section in form.sections:
        if agency.kind not in section.kinds or section.code == "vertical":
            continue
        works = _WORKS.get(section.code) or [field.name for field in reference.fields_of(agency.code)][:5]
        for work in works:
            row = Sent(section.code, work, {})
            size = _SIZE[section.code] * rng.uniform(0.2, 1.6)
            yield replace(row, values=_figures(round(size), ended.get(row.key), rng))


def _figures(new: int, carried: int | None, rng: random.Random) -> dict[str, int]:
    carried_in = round(new * rng.uniform(0.03, 0.12)) if carried is None else carried
    online = round(new * rng.uniform(0.25, 0.7))
    received = new + carried_in
    pending = round(received * rng.uniform(0.02, 0.1))
    resolved = received - pending
    late = round(resolved * rng.uniform(0.0, 0.03))
    early = round((resolved - late) * rng.uniform(0.3, 0.8))
    overdue = round(pending * rng.uniform(0.0, 0.15))
    return {
        "received": received, "online": online, "in_person": new - online, "carried_in": carried_in,
        "resolved": resolved, "resolved_early": early, "resolved_on_time": resolved - late - early, "resolved_late": late,
        "pending": pending, "pending_in_time": pending - overdue, "pending_late": overdue,
    }  # fmt: skip


def _recounted(row: Sent) -> Sent:
    """The same row with 12 dossiers less carried in, received and resolved."""
    less = {"received": 12, "carried_in": 12, "resolved": 12, "resolved_early": 12}
    return replace(row, values={code: value - less.get(code, 0) for code, value in row.values.items()})


def _file(
    ledger: Ledger,
    office: Office,
    staff: People,
    form_code: str,
    span: ReportPeriod,
    agency: Agency,
    rows: Sequence[Sent],
    explanation: str | None,
    day: date,
    new_id: Callable[[], int],
) -> int:
    """One filing: by the ministry's own editor, by the Office for provinces, which have no account here."""
    actor_id = staff.editor_of.get(agency.code, staff.reviewers[0])
    revision = ledger.at(office.moment(day), "statistics.file", actor_id)
    filing_id = new_id()
    name = f"{form_code}-{span.name}-{agency.code}.xlsx"
    revision.add(
        "statistics_filing",
        {
            "filing_id": filing_id,
            "form_code": form_code,
            "period_name": span.name,
            "agency_code": agency.code,
            "file_name": name,
            "sha256": f"{filing_id:064x}",
            "explanation": explanation,
            "actor_id": actor_id,
        },
    )
    named, values = statistics.facts(filing_id, rows, new_id)
    for row in named:
        revision.add("statistics_row", row)
    for value in values:
        revision.add("statistics_value", value)
    return filing_id


def _issue(
    reference: Reference,
    ledger: Ledger,
    office: Office,
    staff: People,
    form: ReportForm,
    span: ReportPeriod,
    filings: dict[str, Filed],
    day: date,
    new_id: Callable[[], int],
) -> None:
    """The national report as it stood before the late figures came."""
    sources = Sources(filings, {}, lambda _province: {}, 0, is_demo=True)
    found = report_forms.assembled(reference, form, span, None, sources, Translator("vi"))
    revision = ledger.at(office.moment(day) + timedelta(seconds=30), "report.issue", staff.reviewers[0])
    head, rows, cells = report_forms.facts(new_id(), found, new_id)
    revision.add("report_issue", head | {"actor_id": staff.reviewers[0]})
    for row in rows:
        revision.add("report_issue_row", row)
    for cell in cells:
        revision.add("report_issue_cell", cell)


def _one_stop(
    reference: Reference,
    ledger: Ledger,
    office: Office,
    staff: People,
    provinces: Sequence[Agency],
    rng: random.Random,
    new_id: Callable[[], int],
) -> None:
    """What the catalogue cannot know, of some provinces."""
    span = period_of(PERIODS[0], reference.report_periods.closes_on_day)
    for agency in provinces:
        levels = (rng.randint(700, 800), rng.randint(220, 300), rng.randint(120, 200))
        values = {
            f"{name}{suffix}": number
            for name, overlap in (("one_stop", rng.randint(10, 60)), ("process", rng.randint(10, 60)))
            for suffix, number in zip(
                ("", "_provincial", "_district", "_communal"), (sum(levels) - overlap, *levels), strict=True
            )
        }
        row = Sent(None, agency.name, values)
        day = some_working_day(add_working_days(span.ends_on, 1), add_working_days(span.ends_on, _DUE), rng)
        _file(ledger, office, staff, "II.07b", span, agency, [row], None, day, new_id)
