"""From whom to whom an item moves a decision: as assigned first, as said last, and as it holds on a day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import polars as pl

from catalogue.errors import Invalid, Issue
from catalogue.model.actor import Actor, Right
from catalogue.model.authority import Authority, Direction, Form, Level, Transfer
from catalogue.model.claim import LONGEST_TEXT
from catalogue.model.period import Moment
from catalogue.reference import LevelEnding, Reference
from catalogue.services import commitments, documents
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from catalogue.text import clean


@dataclass(frozen=True)
class Rule:
    """The dated rule of the reference data by which another level decides instead of one that is no more."""

    level: Level
    to: Level
    on: date
    basis: str
    document: str | None
    note: str | None


@dataclass(frozen=True)
class Change:
    """The last change of an assignment: from which day, why, and by which document."""

    on: date
    reason: str
    document_id: int | None
    number: str | None
    issued_on: date | None


@dataclass(frozen=True)
class Standing:
    """An assignment on a day. `first`: what was assigned; `said`: by the last change; `now`: with re-mapping and heirs.

    `is_overtaken`: the level or agency that was assigned first is no more, from `ended_on` on.
    """

    item_id: int
    first: Transfer
    said: Transfer
    now: Transfer
    is_overtaken: bool
    ended_on: date | None
    rule: Rule | None
    change: Change | None

    @property
    def since(self) -> date | None:
        """The day from which something else holds than what was assigned first; None where that still holds."""
        if self.change is not None and self.rule is None:
            return self.change.on
        return self.rule.on if self.rule is not None else self.ended_on

    @property
    def is_void(self) -> bool:
        """Whether nothing is left to transfer: by the rule, the level that gives the decision away has it again."""
        return self.rule is not None and self.now.giver.level is self.now.taker.level


@dataclass(frozen=True)
class Assignment:
    """One item that moves the decision about a procedure, with where it stands and the documents it needs."""

    item: Row
    transfer: Standing
    instruments: pl.DataFrame

    @property
    def is_in_force(self) -> bool:
        return bool(self.item["in_base"]) and self.item["enacted_on"] is not None


def of_item(installation: Installation, moment: Moment, item_id: int) -> Standing | None:
    """From whom to whom an item moves the decision on a day; None where it moves none."""
    return _standings(installation, moment, [item_id]).get(item_id)


def of_procedure(installation: Installation, moment: Moment, code: str) -> list[Assignment]:
    """Every item that moves the decision about a procedure, those in force first."""
    clocks: dict[str, Any] = {"as_of": moment.as_of, "revision": moment.revision}
    read = installation.database.read
    rows = read("transfers/of_procedure", code=code, organised_on=moment.organised_on, **clocks).to_dicts()
    standings = _standings(installation, moment, [row["item_id"] for row in rows])
    return [
        Assignment(
            row, standings[row["item_id"]], read("items/instruments", item_id=row["item_id"], **clocks)
        )
        for row in rows
    ]


def change(
    installation: Installation,
    actor: Actor,
    item_id: int,
    *,
    revision: int,
    on: date,
    reason: str,
    transfer: Transfer,
    basis: Basis | None = None,
) -> None:
    """Record from whom to whom an item moves the decision from a day on; what was assigned first is kept.

    What the reference data says instead of a level or agency that is no more may be confirmed in the same way.
    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Invalid.
    """
    with installation.database.transaction("item.transfer", actor.actor_id) as transaction:
        actor.require(Right.MANAGE_PROGRAMMES)
        on, reason = commitments.ground_in_base(installation, transaction, item_id, revision, on, reason)
        transfer = _cleaned(transfer)
        _require_possible(installation.reference, transfer, on)
        clocks = {"as_of": on, "revision": transaction.revision}
        rows = transaction.read("transfers/standing", items=[item_id], **clocks).to_dicts()
        if not rows:
            raise Invalid("item_moves_no_decision")
        standing = _standing(installation.reference, rows[0])
        if transfer == standing.now == standing.said:
            raise Invalid("nothing_changed")
        last = transaction.row("transfers/last_change", item_id=item_id)
        assert last is not None
        if last["last_on"] and on < last["last_on"]:
            raise _refused(
                Issue("date_too_early", column="effective_date", value=last["last_on"].isoformat())
            )
        fact = {
            "change_id": transaction.new_id(),
            "item_id": item_id,
            **commitments.transfer_columns(transfer),
            "effective_date": on,
            "document_id": documents.cite(transaction, basis) if basis else None,
            "reason": reason,
        }
        transaction.append("transfer_change", [fact])
        transaction.write("items/touch_many", items=[item_id], revision=transaction.revision)


def transfer_from(row: Row, prefix: str = "") -> Transfer:
    """The transfer that the columns of a fact say."""
    giver, taker = (
        Authority(
            Level(row[f"{prefix}{side}_level"]), row[f"{prefix}{side}_agency"], row[f"{prefix}{side}_body"]
        )
        for side in ("from", "to")
    )
    return Transfer(Form(row[f"{prefix}form"]), giver, taker)


def _standings(installation: Installation, moment: Moment, items: Sequence[int]) -> dict[int, Standing]:
    rows = installation.database.read(
        "transfers/standing", items=list(items), as_of=moment.as_of, revision=moment.revision
    )
    return {row["item_id"]: _standing(installation.reference, row) for row in rows.iter_rows(named=True)}


def _standing(reference: Reference, row: Row) -> Standing:
    first, now = transfer_from(row, "first_"), transfer_from(row)
    taker = Authority(Level(row["said_to_level"]), row["said_to_agency"], row["said_to_body"])
    said = Transfer(now.form, replace(now.giver, agency=row["said_from_agency"]), taker)
    change = None
    if row["changed_on"] is not None:
        change = Change(
            row["changed_on"],
            row["change_reason"],
            row["changed_by"],
            row["change_number"],
            row["change_issued_on"],
        )
    return Standing(
        row["item_id"],
        first,
        said,
        now,
        is_overtaken=row["is_overtaken"],
        ended_on=_ended_on(reference, first.taker) if row["is_overtaken"] else None,
        rule=_rule(reference, said.taker.level, row["rule"]) if row["rule"] is not None else None,
        change=change,
    )


def _rule(reference: Reference, level: Level, position: int) -> Rule:
    """The rule at a place among those of a level, a rule of several fields taking as many places."""
    ending = _ending(reference, level)
    assert ending is not None
    places = [rule for rule in ending.rules for _ in rule.fields or (None,)]
    rule = places[position - 1]
    return Rule(level, Level(rule.to), ending.on, rule.basis, ending.document, rule.note)


def _ending(reference: Reference, level: Level) -> LevelEnding | None:
    return next((one for one in reference.level_endings if one.level == level), None)


def _ended_on(reference: Reference, taker: Authority) -> date | None:
    """The first day without the level or the agency, whichever went first."""
    ending = _ending(reference, taker.level)
    until = reference.agency(taker.agency).valid_until if taker.agency else None
    days = [ending.on] if ending else []
    days += [until + timedelta(days=1)] if until else []
    return min(days, default=None)


def _cleaned(transfer: Transfer) -> Transfer:
    giver, taker = (
        replace(one, agency=one.agency or None, body=clean(one.body or "") or None)
        for one in (transfer.giver, transfer.taker)
    )
    return Transfer(transfer.form, giver, taker)


def _require_possible(reference: Reference, transfer: Transfer, on: date) -> None:
    """Both sides exist on the day, and the decision does not go up. Raises Invalid."""
    found: list[Issue] = []
    names = {agency.code: agency.name for agency in reference.agencies}
    there = {agency.code for agency in reference.agencies_on(on)}
    for side, one in (("from", transfer.giver), ("to", transfer.taker)):
        ending = _ending(reference, one.level)
        if ending is not None and ending.on <= on:
            found.append(Issue("level_ended", column=f"{side}_level", value=ending.on.isoformat()))
        if one.agency is not None and one.agency not in there:
            name = names.get(one.agency, one.agency)
            found.append(Issue("agency_not_there", column=f"{side}_agency", value=name))
        if len(one.body or "") > LONGEST_TEXT:
            found.append(Issue("text_too_long", column=f"{side}_body", value=str(len(one.body or ""))))
    if transfer.direction is Direction.UP:
        found.append(Issue("transfer_not_downward", column="to_level"))
    if found:
        raise _refused(*found)


def _refused(*issues: Issue) -> Invalid:
    return Invalid("change_incomplete", issues=issues)
