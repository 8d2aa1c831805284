"""Documents as facts: identity, plan and issue."""

import random
from datetime import date, datetime
from typing import Any

from catalogue.demo.commitments import Document, Instrument
from catalogue.demo.ledger import Ledger, Revision
from catalogue.demo.office import Office
from catalogue.model.document import number_key

_QUARTERS = (
    date(2022, 3, 31),
    date(2022, 6, 30),
    date(2022, 9, 30),
    date(2022, 12, 30),
    date(2023, 3, 31),
    date(2023, 6, 30),
    date(2023, 9, 29),
    date(2023, 12, 29),
)
Fact = tuple[str, dict[str, Any]]


class Registry:
    """Gives documents their ids and writes their facts."""

    def __init__(self, office: Office, rng: random.Random) -> None:
        self._office, self._rng = office, rng
        self._count = 0
        self._quarters: dict[date, datetime] = {}

    def record(self, revision: Revision, document: Document) -> None:
        """A document that is issued already when it is first recorded."""
        for table, row in (self.introduced(document), *issue_facts(document)):
            revision.add(table, row)

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

    def record_plan(self, ledger: Ledger, loaded: Revision, loaded_on: date, instrument: Instrument) -> None:
        """An instrument as it was planned with the programme, then its progress at the ends of quarters."""
        loaded.add(*self.introduced(instrument))
        assert instrument.planned_on is not None
        first = instrument.planned_on
        if instrument.progress != "planned" and self._rng.random() < 0.4:  # once planned half a year earlier
            first = max(_months_before(first, 6), loaded_on)
        loaded.add("document_event", _state(instrument, "planned", first, loaded_on))
        steps = {"planned": (), "drafting": ("drafting",)}.get(instrument.progress, ("drafting", "submitted"))
        last = instrument.issued_on or date.max
        quarters = [day for day in _QUARTERS if loaded_on < day < last]
        days = sorted(self._rng.sample(quarters, min(len(steps), len(quarters))))
        for day, state in zip(days, steps[len(steps) - len(days) :], strict=True):
            if day not in self._quarters:
                self._quarters[day] = self._office.moment(day)
            row = _state(instrument, state, instrument.planned_on, day)
            ledger.at(self._quarters[day], "document.plan").add("document_event", row)


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
