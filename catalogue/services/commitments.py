"""Items entering, changing and leaving the base: each by a document or a reason, each a recorded fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from catalogue.errors import Conflict, Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import Actor, Right
from catalogue.model.authority import Transfer
from catalogue.model.claim import LONGEST_TEXT
from catalogue.reference import Reference
from catalogue.services import documents, enactment
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction


@dataclass(frozen=True)
class NewMeasure:
    """One promised cut; `documents`: those that carry it out (none: all documents of the item)."""

    measure_type: str
    before_text: str | None = None
    after_text: str | None = None
    explanation: str | None = None
    documents: tuple[int, ...] = ()


@dataclass(frozen=True)
class NewItem:
    """One line of a plan. `subject` identifies it under its assigning document: the code, else the folded title.

    `transfer`: of a decentralised procedure, from whom to whom; `task`: of a directive, in the words of its document;
    `is_standing`: a task that never ends.
    """

    subject: str
    title: str
    lead_agency: str
    procedure_code: str | None = None
    field_name: str | None = None
    cooperating: tuple[str, ...] = ()
    measures: tuple[NewMeasure, ...] = ()
    documents: tuple[int, ...] = ()
    deadline: date | None = None
    transfer: Transfer | None = None
    task: str | None = None
    is_standing: bool = False


def assign(
    transaction: Transaction,
    reference: Reference,
    programme_code: str,
    document_id: int,
    assigned_on: date,
    items: Sequence[NewItem],
    *,
    reason: str | None = None,
) -> list[int]:
    """Write items that a document assigns; returns their ids. The caller has asked for the right.

    Raises: Invalid when a measure is not of the closed list or lacks its explanation, a standing task has a deadline, a
    group of agencies is to do what is not standing, or a programme that has items already grows without a reason;
    Conflict when the document assigns one of them already.
    """
    programme = reference.programme(programme_code)
    reason = (reason or "").strip() or None
    grown = transaction.row("commitments/any", programme=programme_code)
    assert grown is not None
    if grown["has_items"] and reason is None:
        raise Invalid("base_change_without_reason", issues=(Issue("reason_missing", column="reason"),))
    taken = transaction.read("commitments/subjects", programme=programme_code, document_id=document_id)[
        "subject"
    ]
    ids: list[int] = []
    facts: dict[str, list[dict[str, Any]]] = {
        table: []
        for table in ("item", "item_agency", "item_measure", "item_measure_instrument", "item_instrument", "item_event",
            "decentralisation", "directive")
    }  # fmt: skip
    seen = set(taken)
    for item in items:
        if item.subject in seen:
            raise Conflict("item_assigned_already", title=item.title)
        seen.add(item.subject)
        _require_measures(reference, item.measures)
        _require_one_answer(reference, item)
        item_id = transaction.new_id()
        ids.append(item_id)
        facts["item"].append(
            {
                "item_id": item_id,
                "programme_code": programme_code,
                "assigned_by": document_id,
                "subject": item.subject,
                "procedure_code": item.procedure_code,
                "title": item.title,
                "field_name": item.field_name,
                "lead_agency": item.lead_agency,
            }
        )
        facts["item_agency"] += [
            {"item_id": item_id, "agency_code": code} for code in dict.fromkeys(item.cooperating)
        ]
        _measures(facts, item_id, 1, item.measures, assigned_on)
        facts["item_instrument"] += _needs(item_id, item.documents, assigned_on, holds=True)
        if item.transfer is not None:
            facts["decentralisation"].append({"item_id": item_id} | transfer_columns(item.transfer))
        if item.task is not None:
            facts["directive"].append(
                {"item_id": item_id, "task": item.task, "is_standing": item.is_standing}
            )
        subjects = ["assigned"]
        subjects += ["approved"] if programme.approved_with_assignment else []
        subjects += ["deadline"] if item.deadline is not None else []
        facts["item_event"] += [
            _event(
                transaction,
                item_id,
                subject,
                True,
                assigned_on,
                document_id,
                reason,
                item.deadline if subject == "deadline" else None,
            )
            for subject in subjects
        ]
    for table, rows in facts.items():
        transaction.append(table, rows)
    transaction.insert(
        "item_state", [{"item_id": item_id, "revision": transaction.revision} for item_id in ids]
    )
    enactment.settle(transaction, ids)
    return ids


def withdraw(
    installation: Installation,
    actor: Actor,
    item_id: int,
    *,
    revision: int,
    on: date,
    reason: str,
    basis: Basis | None = None,
) -> None:
    """Take an item out of the base from a day on: a base change with its reason, and its document where there is one.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Invalid.
    """
    _turn_assignment(
        installation, actor, item_id, False, revision=revision, on=on, reason=reason, basis=basis
    )


def readmit(
    installation: Installation,
    actor: Actor,
    item_id: int,
    *,
    revision: int,
    on: date,
    reason: str,
    basis: Basis | None = None,
) -> None:
    """Put a withdrawn item back into the base from a day on.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Invalid.
    """
    _turn_assignment(installation, actor, item_id, True, revision=revision, on=on, reason=reason, basis=basis)


def adjust(
    installation: Installation,
    actor: Actor,
    item_id: int,
    *,
    revision: int,
    on: date,
    reason: str,
    basis: Basis | None = None,
    drop_measures: Iterable[int] = (),
    add_measures: Sequence[NewMeasure] = (),
    drop_documents: Iterable[int] = (),
    add_documents: Iterable[int] = (),
) -> None:
    """Change what an item promises, or which documents it needs, from a day on; it stays in the base.

    An item that was enacted is reopened where a document it now needs is not in force. `drop_measures`: positions.
    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Invalid.
    """
    with installation.database.transaction("item.adjust", actor.actor_id) as transaction:
        actor.require(Right.MANAGE_PROGRAMMES)
        on, reason = ground_in_base(installation, transaction, item_id, revision, on, reason)
        _require_measures(installation.reference, add_measures)
        measures = transaction.read("commitments/measures", item_id=item_id)
        standing = {row["position"] for row in measures.filter(measures["holds"]).iter_rows(named=True)}
        needed = set(transaction.read("claims/needs", items=[item_id])["document_id"])
        dropped, added = sorted(set(drop_measures)), sorted(set(add_documents))
        unneeded = sorted(set(drop_documents))
        if not (dropped or add_measures or unneeded or added):
            raise Invalid("nothing_changed")
        if not set(dropped) <= standing or not set(unneeded) <= needed or set(added) & needed:
            raise StaleVersion(id=item_id)
        turned_on = transaction.row(
            "commitments/turned", item_id=item_id, positions=dropped, documents=[*unneeded, *added]
        )
        assert turned_on is not None
        if turned_on["last_on"] and on < turned_on["last_on"]:
            # what was recorded for a later day would hold on, and the change would change nothing
            earliest = turned_on["last_on"].isoformat()
            issue = Issue("date_too_early", column="effective_date", value=earliest)
            raise Invalid("change_incomplete", issues=(issue,))
        facts: dict[str, list[dict[str, Any]]] = {"item_measure": [], "item_measure_instrument": []}
        first = 1 + max(measures["position"].to_list(), default=0)
        _measures(facts, item_id, first, add_measures, on)
        turned = [(place, False) for place in dropped]
        turned += [(place, True) for place in range(first, first + len(add_measures))]
        facts["item_measure_fact"] = [
            {"item_id": item_id, "position": place, "holds": holds, "effective_date": on}
            for place, holds in turned
        ]
        facts["item_instrument"] = _needs(item_id, unneeded, on, holds=False) + _needs(
            item_id, added, on, holds=True
        )
        facts["item_adjustment"] = [
            {
                "adjustment_id": transaction.new_id(),
                "item_id": item_id,
                "effective_date": on,
                "document_id": documents.cite(transaction, basis) if basis else None,
                "reason": reason,
            }
        ]
        for table, rows in facts.items():
            transaction.append(table, rows)
        enactment.settle(transaction, [item_id], reason=reason)


def transfer_columns(transfer: Transfer) -> dict[str, Any]:
    """From whom to whom, as the columns of a fact."""
    return {
        "form": transfer.form.value,
        "from_level": transfer.giver.level.value,
        "from_agency": transfer.giver.agency,
        "from_body": transfer.giver.body,
        "to_level": transfer.taker.level.value,
        "to_agency": transfer.taker.agency,
        "to_body": transfer.taker.body,
    }


def _turn_assignment(
    installation: Installation,
    actor: Actor,
    item_id: int,
    holds: bool,
    *,
    revision: int,
    on: date,
    reason: str,
    basis: Basis | None,
) -> None:
    command = "item.readmit" if holds else "item.withdraw"
    with installation.database.transaction(command, actor.actor_id) as transaction:
        actor.require(Right.MANAGE_PROGRAMMES)
        item = _locked(installation, transaction, item_id, revision)
        if (item["left_on"] is None) is holds:
            raise Invalid("item_in_base" if holds else "item_withdrawn")
        on, reason = _ground(installation, item, on, reason)
        document_id = documents.cite(transaction, basis) if basis else None
        transaction.append(
            "item_event", [_event(transaction, item_id, "assigned", holds, on, document_id, reason)]
        )
        enactment.settle(transaction, [item_id])


def ground_in_base(
    installation: Installation, transaction: Transaction, item_id: int, revision: int, on: date, reason: str
) -> tuple[date, str]:
    """The day and the reason of a change to an item that stays in the base, as a person saw it at a revision.

    Raises: NotFound, StaleVersion; Invalid as `_ground`, and of an item that was withdrawn.
    """
    item = _locked(installation, transaction, item_id, revision)
    if item["left_on"] is not None:
        raise Invalid("item_withdrawn")
    return _ground(installation, item, on, reason)


def _locked(installation: Installation, transaction: Transaction, item_id: int, revision: int) -> Row:
    """The projection of an item that a person saw at a revision and is about to change.

    Raises: NotFound; StaleVersion when somebody else changed it since.
    """
    frame = transaction.read("items/states", items=[item_id], working_day=installation.working_date)
    if frame.is_empty():
        raise NotFound("item_not_found", id=item_id)
    item = frame.row(0, named=True)
    if item["revision"] != revision:
        raise StaleVersion(id=item_id)
    return item


def _ground(installation: Installation, item: Row, on: date, reason: str) -> tuple[date, str]:
    """The day and the reason of a change.

    Raises: Invalid when the reason is missing or too long, or the day lies in the future or before the last turn.
    """
    found: list[Issue] = []
    told = reason.strip()
    if not told:
        found.append(Issue("reason_missing", column="reason"))
    elif len(told) > LONGEST_TEXT:
        found.append(Issue("text_too_long", column="reason", value=str(len(told))))
    if on > installation.working_date:
        found.append(Issue("date_in_future", column="effective_date", value=on.isoformat()))
    earliest = item["left_on"] or item["assigned_on"]
    if earliest and on < earliest:
        found.append(Issue("date_too_early", column="effective_date", value=earliest.isoformat()))
    if found:
        raise Invalid("change_incomplete", issues=tuple(found))
    return on, told


def _require_measures(reference: Reference, measures: Sequence[NewMeasure]) -> None:
    known = {measure.code: measure for measure in reference.measures}
    for measure in measures:
        if measure.measure_type not in known:
            raise Invalid("measure_unknown_type", value=measure.measure_type)
        if known[measure.measure_type].needs_explanation and not (measure.explanation or "").strip():
            raise Invalid("explanation_missing", issues=(Issue("explanation_missing", column="explanation"),))


def _require_one_answer(reference: Reference, item: NewItem) -> None:
    """A standing task is never due; what can be done or late is answered for by one agency, never by a group of them."""
    if item.is_standing and item.deadline is not None:
        raise Invalid("standing_task_with_deadline", title=item.title)
    if not item.is_standing and reference.group(item.lead_agency) is not None:
        raise Invalid("group_leads_due_task", title=item.title)


def _measures(
    facts: dict[str, list[dict[str, Any]]], item_id: int, first: int, measures: Sequence[NewMeasure], on: date
) -> None:
    for position, measure in enumerate(measures, start=first):
        facts["item_measure"].append(
            {
                "item_id": item_id,
                "position": position,
                "measure_type": measure.measure_type,
                "before_text": measure.before_text,
                "after_text": measure.after_text,
                "explanation": measure.explanation,
            }
        )
        facts["item_measure_instrument"] += [
            {
                "item_id": item_id,
                "position": position,
                "document_id": document_id,
                "holds": True,
                "effective_date": on,
            }
            for document_id in dict.fromkeys(measure.documents)
        ]


def _needs(item_id: int, document_ids: Iterable[int], on: date, *, holds: bool) -> list[dict[str, Any]]:
    return [
        {"item_id": item_id, "document_id": document_id, "holds": holds, "effective_date": on}
        for document_id in dict.fromkeys(document_ids)
    ]


def _event(
    transaction: Transaction,
    item_id: int,
    subject: str,
    holds: bool,
    on: date,
    document_id: int | None,
    reason: str | None,
    deadline: date | None = None,
) -> dict[str, Any]:
    return {
        "event_id": transaction.new_id(),
        "item_id": item_id,
        "subject": subject,
        "holds": holds,
        "deadline": deadline,
        "effective_date": on,
        "document_id": document_id,
        "reason": reason,
    }
