"""A programme as facts: assigning documents, items with their measures, instruments and first deadlines."""

import random
from datetime import date
from typing import Any

from catalogue.demo.commitments import Commitments, Item
from catalogue.demo.documents import Registry
from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office
from catalogue.reference import Reference

_COMMAND = "programme.load"


def record(
    reference: Reference,
    ledger: Ledger,
    office: Office,
    registry: Registry,
    commitments: Commitments,
    rng: random.Random,
    *,
    first_item: int,
) -> None:
    """Everything that is known when the programme is loaded: one revision an agency."""
    stages = next(one.stages for one in reference.programmes if one.code == commitments.programme)
    start = ledger.at(office.moment(commitments.loaded_on), _COMMAND)
    for document in commitments.assigning:
        registry.record(start, document)
    by_agency = {
        lead: ledger.at(office.moment(commitments.loaded_on), _COMMAND)
        for lead in dict.fromkeys(item.lead for item in commitments.items)
    }
    for instrument in commitments.instruments:
        lead = instrument.items[0].lead
        registry.record_plan(ledger, by_agency[lead], commitments.loaded_on, instrument)
    for number, item in enumerate(commitments.items, start=first_item):
        item.item_id = number
        others = _cooperating(item, commitments, rng)
        for table, row in item_facts(item, stages, others):
            by_agency[item.lead].add(table, row | {"item_id": item.item_id})


def item_facts(item: Item, stages: tuple[str, ...], others: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """What is recorded of an item when its programme is loaded."""
    assigned_on, document_id = item.assigned_by.issued_on, item.assigned_by.document_id
    assert assigned_on is not None
    facts: list[tuple[str, dict[str, Any]]] = [
        (
            "item",
            {
                "programme_code": item.programme,
                "assigned_by": document_id,
                "subject": item.procedure.code,
                "procedure_code": item.procedure.code,
                "title": item.procedure.name,
                "field_name": item.procedure.field.name,
                "lead_agency": item.lead,
            },
        )
    ]
    facts += [("item_agency", {"agency_code": code}) for code in others]
    for position, cut in enumerate(item.cuts, start=1):
        measure = {
            "position": position,
            "measure_type": cut.measure,
            "before_text": cut.before,
            "after_text": cut.after,
            "explanation": cut.explanation,
        }
        facts.append(("item_measure", measure))
    for instrument in item.instruments:
        need = {"document_id": instrument.document_id, "holds": True, "effective_date": assigned_on}
        facts.append(("item_instrument", need))
    if item.to_level:
        transfer = {
            "form": item.form,
            "from_level": "ministry",
            "from_agency": item.lead,
            "to_level": item.to_level,
            "to_agency": None,
            "to_body": item.to_body,
        }
        facts.append(("decentralisation", transfer))
    for subject in ("assigned", "approved", "deadline"):
        if subject == "deadline" or subject in stages:
            deadline = item.deadline if subject == "deadline" else None
            facts.append(("item_event", item_event(subject, assigned_on, document_id, deadline=deadline)))
    return facts


def item_event(
    subject: str,
    effective_date: date,
    document_id: int,
    *,
    deadline: date | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """A fact that holds about an item."""
    return {
        "subject": subject,
        "holds": True,
        "deadline": deadline,
        "effective_date": effective_date,
        "document_id": document_id,
        "reason": reason,
    }


def _cooperating(item: Item, commitments: Commitments, rng: random.Random) -> list[str]:
    """Agencies that must help: those whose draft the item needs too, and now and then another one."""
    drafting = {instrument.drafting_agency for instrument in item.instruments} - {item.lead}
    others = {agency for agency in drafting if agency}
    if rng.random() < 0.06:
        others.add(rng.choice(commitments.items).lead)
    return sorted(others - {item.lead})
