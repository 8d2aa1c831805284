"""The monthly cycle of the demonstration: five closed periods and an open one, returns in time, late, nil and missing."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from catalogue.demo.commitments import Commitments
from catalogue.demo.evidence import SAMPLES
from catalogue.demo.ledger import Ledger
from catalogue.demo.ministries import MINISTRIES
from catalogue.demo.office import Office, some_working_day, working_day
from catalogue.demo.people import People
from catalogue.model.period import month_end_before
from catalogue.model.reporting import due_day, month_of
from catalogue.reference import Reference
from catalogue.services import enactment
from catalogue.services.periods import figures_at, frozen_rows
from catalogue.store import history
from catalogue.store.database import Transaction
from catalogue.store.history import PastRevision
from catalogue.working_days import add_working_days

CLOSED = ("2023-10", "2023-11", "2023-12", "2024-01", "2024-02")
OPEN = "2024-03"
_CLOSED_AFTER = 2  # working days after the returns were due
# Who did not send a return at all; everybody else sends one, a few late.
_MISSING = {"2023-11": ("bo-xay-dung",), "2024-02": ("bo-giao-thong-van-tai", "bo-noi-vu")}
_LATE_EACH = 2
_ALWAYS_IN_TIME = "bo-y-te"  # whose editor is one of the demonstration accounts
_NOTES = (
    None,
    None,
    "Gửi kèm bản ký số trên Trục liên thông văn bản quốc gia.",
    "Số liệu tính đến ngày cuối kỳ; văn bản ban hành trong tuần đầu tháng sau báo cáo ở kỳ sau.",
)


class _Returns:
    """Returns as facts, with ids in the order in which they are written."""

    def __init__(self, ledger: Ledger, office: Office, staff: People, rng: random.Random) -> None:
        self._ledger, self._office, self._staff, self._rng = ledger, office, staff, rng
        self._count = 0

    def send(self, period_id: int, agency: str, day: date, *, is_nil: bool) -> None:
        """One return that arrives on a day; a report is a letter of that day or the working day before."""
        self._count += 1
        rng, actor_id = self._rng, self._staff.editor_of[agency]
        issued_on = working_day(day - timedelta(days=rng.randint(0, 1)))
        number = f"{int(issued_on.timetuple().tm_yday * 14 * (0.8 + rng.random() * 0.2)) + 1}/BC-{MINISTRIES[agency].symbol}"
        row = {
            "return_id": self._count,
            "period_id": period_id,
            "agency_code": agency,
            "kind": "nil" if is_nil else "report",
            "number": None if is_nil else number,
            "issued_on": None if is_nil else issued_on,
            "sent_on": day,
            "note": None if is_nil else rng.choice(_NOTES),
            "actor_id": actor_id,
        }
        revision = self._ledger.at(self._office.moment(day), "period.return", actor_id)
        revision.add("period_return", row)
        if not is_nil:
            sample = SAMPLES["return"][0]
            file = {
                "file_id": self._count,
                "return_id": self._count,
                "file_name": f"{number.replace('/', '-')}.pdf",
                "media_type": "application/pdf",
                "size_bytes": len(sample.content),
                "sha256": sample.sha256,
                "actor_id": actor_id,
            }
            revision.add("period_return_file", file)


def record(
    reference: Reference,
    ledger: Ledger,
    staff: People,
    programmes: Sequence[Commitments],
    rng: random.Random,
) -> None:
    """Periods, their returns and their closings; what a closing freezes is computed when the past is loaded."""
    office = Office(rng)
    sent = _Returns(ledger, office, staff, rng)
    agencies = sorted({item.lead for one in programmes for item in one.items})
    planned: list[tuple[date, int, str, bool]] = []
    for period_id, name in enumerate((*CLOSED, OPEN), start=1):
        starts_on, ends_on = month_of(name)
        due_on = due_day(ends_on, reference.return_rule.due_working_days, reference.calendar)
        reviewer = rng.choice(staff.reviewers)
        opened = ledger.at(
            office.moment(add_working_days(starts_on - timedelta(days=1), 1)), "period.open", reviewer
        )
        opened.add("reporting_period", _period(period_id, name, starts_on, ends_on, due_on))
        if name == OPEN:
            continue
        closed_on = add_working_days(due_on, _CLOSED_AFTER)
        senders = [one for one in agencies if one not in _MISSING.get(name, ())]
        late = rng.sample([one for one in senders if one != _ALWAYS_IN_TIME], _LATE_EACH)
        busy = _busy(programmes, starts_on, ends_on)
        for agency in senders:
            day = (
                some_working_day(add_working_days(due_on, 1), add_working_days(due_on, 5), rng)
                if agency in late
                else some_working_day(add_working_days(ends_on, 1), due_on, rng)
            )
            planned.append((day, period_id, agency, agency not in busy and rng.random() < 0.4))
        corrected = rng.choice(sorted(busy - set(late) - set(_MISSING.get(name, ()))))
        planned.append((closed_on, period_id, corrected, False))
        closing = ledger.at(office.moment(closed_on), "period.close", reviewer)
        closing.add("period_closing", {"period_id": period_id, "reason": None, "actor_id": reviewer})
    for day, period_id, agency, is_nil in sorted(planned):
        sent.send(period_id, agency, day, is_nil=is_nil)


def load(transaction: Transaction, past: Sequence[PastRevision]) -> None:
    """Load the past up to each closing, then the closing with the figures that the ledger gives at it."""
    ends = {
        row["period_id"]: row["ends_on"] for step in past for row in step.facts.get("reporting_period", ())
    }
    waiting: list[PastRevision] = []
    for step in past:
        frozen: list[dict[str, Any]] = []
        for closing in step.facts.get("period_closing", ()):
            _record(transaction, waiting)
            waiting = []
            last = transaction.row("revision/last")
            assert last is not None
            figures = figures_at(transaction, ends[closing["period_id"]], last["revision"] + 1)
            frozen += frozen_rows(closing["period_id"], figures)
        waiting.append(replace(step, facts={**step.facts, "period_figure": frozen}) if frozen else step)
    _record(transaction, waiting)


def _record(transaction: Transaction, past: Sequence[PastRevision]) -> None:
    history.load(transaction, past)
    enactment.replay(
        transaction, {row["item_id"] for step in past for row in step.facts.get("item_event", ())}
    )


def _period(period_id: int, name: str, starts_on: date, ends_on: date, due_on: date) -> dict[str, Any]:
    return {
        "period_id": period_id,
        "name": name,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "due_on": due_on,
    }


def _busy(programmes: Sequence[Commitments], starts_on: date, ends_on: date) -> set[str]:
    """Agencies that had an instrument confirmed in the period or shortly before it: nothing nil about them."""
    since = month_end_before(starts_on)
    return {
        item.lead
        for one in programmes
        for instrument in one.instruments
        if instrument.confirmed_on and since <= instrument.confirmed_on <= ends_on + timedelta(days=14)
        for item in instrument.items
    }
