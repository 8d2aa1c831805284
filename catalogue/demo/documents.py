"""Documents as facts: identity, plan and issue."""

import random
from datetime import date, datetime
from typing import Any

from catalogue.demo.commitments import Document, Instrument
from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office
from catalogue.model.document import number_key

_QUARTERS = tuple(
    date(*day)
    for day in (
        (2022, 3, 31), (2022, 6, 30), (2022, 9, 30), (2022, 12, 30), (2023, 3, 31), (2023, 6, 30), (2023, 9, 29), (2023, 12, 29),
    )  # fmt: skip
)
Fact = tuple[str, dict[str, Any]]


class Registry:
    """Gives documents their ids and writes their facts."""

    def __init__(self, office: Office, rng: random.Random) -> None:
        self._office, self._rng = office, rng
        self._count = 0
        self._quarters: dict[date, datetime] = {}

    def record(
        self, ledger: Ledger, at: datetime, command: str, actor: int | None, document: Document
    ) -> None:
        """A document that is issued already when it is first recorded."""
        for table, row in (self.introduced(document), *issue_facts(document)):
            ledger.add(at, command, actor, table, row)

    def introduced(self, document: Document) -> Fact:
        """The fact that the document exists, under a new id."""
        self._count += 1
        document.document_id = self._count
        return "document", {
            "document_id": document.document_id,
            "type": document.type,
            "title": document.title,
            "drafting_agency": document.drafting_agency,
            "issuer_code": document.issuer,
        }

    def record_plan(self, ledger: Ledger, at: datetime, loaded_on: date, instrument: Instrument) -> None:
        """An instrument as it was planned with the programme, then its progress at the ends of quarters."""
        table, row = self.introduced(instrument)
        ledger.add(at, "programme.load", None, table, row)
        assert instrument.planned_on is not None
        first = instrument.planned_on if self._rng.random() < 0.6 else _months_before(instrument.planned_on, 6)
        ledger.add(at, "programme.load", None, "document_event", _state(instrument, "planned", max(first, loaded_on), loaded_on))
        steps = {"planned": (), "drafting": ("drafting",)}.get(instrument.progress, ("drafting", "submitted"))
        last = instrument.issued_on or date.max
        quarters = [day for day in _QUARTERS if loaded_on < day < last]
        days = sorted(self._rng.sample(quarters, min(len(steps), len(quarters))))
        for day, state in zip(days, steps[len(steps) - len(days) :], strict=True):
            quarter = self._quarters.setdefault(day, self._quarters.get(day) or self._office.moment(day))
            planned_on = max(instrument.planned_on, first) if state != steps[-1] else instrument.planned_on
            ledger.add(quarter, "document.plan", None, "document_event", _state(instrument, state, planned_on, day))


def issue_facts(document: Document, claim_id: int | None = None) -> list[Fact]:
    """The facts that a document was issued."""
    assert document.issued_on is not None
    identity = {
        "number_key": number_key(document.number),
        "issued_on": document.issued_on,
        "issuer_code": document.issuer,
        "document_id": document.document_id,
    }
    event = {
        "document_id": document.document_id,
        "state": "issued",
        "planned_issue_on": getattr(document, "planned_on", None),
        "number": document.number,
        "issued_on": document.issued_on,
        "in_force_on": document.in_force_on,
        "effective_date": document.issued_on,
        "claim_id": claim_id,
    }
    return [("document_identity", identity), ("document_event", event)]


def _state(instrument: Instrument, state: str, planned_on: date, day: date) -> dict[str, Any]:
    return {
        "document_id": instrument.document_id,
        "state": state,
        "planned_issue_on": planned_on,
        "effective_date": day,
    }


def _months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    return date(total // 12, total % 12 + 1, min(day.day, 28))
