"""Instruments: which unissued document holds back what, and the plan of one until it is issued by a confirmed claim."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import Conflict, Forbidden, Invalid, Issue, NotFound, StaleVersion
from catalogue.model import instrument
from catalogue.model.actor import Actor, Right
from catalogue.model.document import issuer_of
from catalogue.model.instrument import Issuance, Plan, State, Step, story
from catalogue.model.period import Moment
from catalogue.services import answering, documents, enactment
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import clean, words

PAGE_SIZE = 15
_EVERYTHING = 1_000_000


@dataclass(frozen=True)
class InstrumentFilter:
    """What a list of instruments is narrowed by; None means everything, of `standing` everything unissued."""

    agency: str | None = None  # the drafting agency
    standing: str | None = None  # one of model.instrument.Standing, or "all"
    timing: str | None = None  # one of model.instrument.Timing
    programme: str | None = None  # whose items are counted
    text: str | None = None


@dataclass(frozen=True)
class Waiting:
    """What the instruments of a list hold back."""

    instruments: int
    waiting: int  # open items that wait for any of them
    alone: int  # of those, the ones that wait for one document only
    passed: int  # instruments whose planned day has passed
    waiting_for_passed: int


@dataclass(frozen=True)
class InstrumentPage:
    """One instrument as it stands at a moment, the items that need it, what was recorded of it, and the agencies whose
    editors may write about it now."""

    state: Row
    items: pl.DataFrame
    steps: list[Step]
    writers: frozenset[str]


def find(
    installation: Installation,
    moment: Moment,
    wanted: InstrumentFilter | None = None,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> pl.DataFrame:
    """Instruments as they stand, those that hold back most first; column `total` says how many there are in all."""
    params = asdict(wanted or InstrumentFilter())
    params["words"] = words(params.pop("text") or "")
    return installation.database.known(
        "instruments/list",
        limit=size,
        offset=(page - 1) * size,
        organised_on=moment.organised_on,
        **params,
        **_clocks(moment),
    )


def everything(
    installation: Installation, moment: Moment, wanted: InstrumentFilter | None = None
) -> pl.DataFrame:
    """The whole list at once."""
    return find(installation, moment, wanted, size=_EVERYTHING)


def waiting(installation: Installation, moment: Moment, wanted: InstrumentFilter) -> Waiting:
    """The numbers of a list in one sentence."""
    found = everything(installation, moment, wanted)
    passed = found.filter(pl.col("timing") == "passed")
    of_all, of_passed = (
        _held_by(installation, moment, wanted.programme, frame["document_id"].to_list())
        for frame in (found, passed)
    )
    return Waiting(found.height, of_all, int(found["alone"].sum()), passed.height, of_passed)


def open_items(installation: Installation, actor: Actor) -> pl.DataFrame:
    """The open items for which this person may plan an instrument, those that name none yet first."""
    if not actor.has(Right.WRITE_INSTRUMENTS):
        return pl.DataFrame()
    own = None if actor.has(Right.MANAGE_PROGRAMMES) else actor.agency_code
    moment = installation.moment()
    return installation.database.read(
        "instruments/open_items", agency=own, organised_on=moment.organised_on, **_clocks(moment)
    )


def get(installation: Installation, actor: Actor, moment: Moment, document_id: int) -> InstrumentPage:
    """One instrument with its items of any programme and its history; names and reasons are for signed-in people.

    Raises: NotFound when there is none, or none yet on that day.
    """
    asked: dict[str, Any] = {"document_id": document_id, **_clocks(moment)}
    state = installation.database.row("instruments/get", **asked)
    if state is None:
        raise NotFound("instrument_not_found", id=document_id)
    events = installation.database.known(
        "instruments/history", document_id=document_id, revision=moment.revision
    ).to_dicts()
    if not actor.has(Right.READ_CLAIMS):
        events = [event | {"actor_name": None, "reason": None} for event in events]
    items = installation.database.known("instruments/items", organised_on=moment.organised_on, **asked)
    writers = _writers(installation, installation.database, document_id, state["drafting_agency"])
    return InstrumentPage(state, items, story(events), writers)


def may_write(actor: Actor, page: InstrumentPage) -> bool:
    """Whether a person may change the plan of an instrument: an editor of the agency that answers for what its drafting
    agency was given, a reviewer any."""
    return _may_write(actor, page.writers)


def may_correct(actor: Actor) -> bool:
    """Whether a person may correct what was confirmed of an issued instrument."""
    return actor.has(Right.DECIDE_CLAIMS)


def progress(
    installation: Installation,
    actor: Actor,
    document_id: int,
    plan: Plan,
    *,
    revision: int,
    reason: str | None = None,
) -> None:
    """Change the plan of an unissued instrument from the working date on.

    Who hands it to another drafting agency needs the right for both, so a ministry can neither give its work away nor
    take another's; what its predecessor drafted is its own.
    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Conflict (it is issued), Invalid with issues.
    """
    with installation.database.transaction("instrument.progress", actor.actor_id) as transaction:
        row = _locked(installation, transaction, document_id, revision, actor)
        if row["state"] == State.ISSUED:
            raise Conflict("document_issued_already", number=row["number"])
        if plan.drafting_agency != row["drafting_agency"]:
            _require(actor, plan.drafting_agency)
            _present_agency(installation, plan.drafting_agency)
        before = Plan(State(row["state"]), row["title"], row["drafting_agency"], row["planned_issue_on"])
        after = Plan(plan.state, clean(plan.title), plan.drafting_agency, plan.planned_issue_on)
        issues = instrument.problems(before, after, reason, installation.working_date)
        if issues:
            raise Invalid("instrument_invalid", issues=issues)
        if after == before:
            raise Invalid("instrument_unchanged")
        fact = asdict(after) | {"state": after.state.value, "reason": (reason or "").strip() or None}
        documents.hold_from(transaction, document_id, installation.working_date, fact)


def plan(
    installation: Installation,
    actor: Actor,
    item_ids: Sequence[int],
    *,
    document_type: str,
    title: str,
    drafting_agency: str,
    planned_issue_on: date | None,
) -> int:
    """A new planned instrument that these open items need from the working date on; returns its id.

    Raises: NotSignedIn, Forbidden (another agency's item or document), NotFound, Invalid.
    """
    _require(actor, drafting_agency)
    _present_agency(installation, drafting_agency)
    day, chosen = installation.working_date, sorted(set(item_ids))
    new = Plan(State.PLANNED, clean(title), drafting_agency, planned_issue_on)
    issues = list(instrument.problems(Plan(State.PLANNED, "", drafting_agency, None), new, None, day))
    if document_type not in instrument.TYPES:
        issues.append(Issue("instrument_type_unknown", value=document_type))
    if not chosen:
        issues.append(Issue("instrument_without_items"))
    with installation.database.transaction("instrument.plan", actor.actor_id) as transaction:
        rows = transaction.read("items/states", items=chosen, working_day=day).to_dicts()
        found = {row["item_id"]: row for row in rows}
        for item_id in chosen:
            if item_id not in found:
                raise NotFound("item_not_found", id=item_id)
            item = found[item_id]
            _require(actor, item["answering_agency"])
            if not _may_need_more(item):
                issues.append(Issue("item_takes_no_instrument", value=item["title"]))
        if issues:
            raise Invalid("instrument_invalid", issues=tuple(issues))
        document_id = documents.plan(
            transaction,
            document_type=document_type,
            title=new.title,
            drafting_agency=drafting_agency,
            planned_issue_on=planned_issue_on,
            effective_date=day,
        )
        need = {"document_id": document_id, "holds": True, "effective_date": day}
        transaction.append("item_instrument", [need | {"item_id": item_id} for item_id in chosen])
        enactment.settle(transaction, chosen)
    return document_id


def correct(
    installation: Installation,
    actor: Actor,
    document_id: int,
    issuance: Issuance,
    *,
    revision: int,
    reason: str,
) -> None:
    """Correct the number or the days of an instrument that was recorded as issued; its items follow.

    An identity is never undone: the document keeps the wrong one too, so that whoever cites it finds this document,
    and takes the right one unless another document has it.
    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Conflict, Invalid with issues.
    """
    with installation.database.transaction("instrument.correct", actor.actor_id) as transaction:
        row = _issued(installation, transaction, document_id, revision, actor)
        issues = instrument.issuance_problems(issuance, installation.working_date)
        _refuse(issues, reason)
        told = Issuance(clean(issuance.number), issuance.issued_on, issuance.in_force_on)
        if told == Issuance(row["number"], row["issued_on"], row["in_force_on"]):
            raise Invalid("instrument_unchanged")
        issuer = row["issuer_code"] or issuer_of(row["type"], row["drafting_agency"] or "")
        if not issuer:
            raise Invalid("instrument_invalid", issues=(Issue("instrument_without_agency"),))
        documents.take_identity(transaction, document_id, told.number, told.issued_on, issuer)
        first = _issued_since(transaction, document_id)
        if told.issued_on > first:
            documents.hold_from(
                transaction, document_id, first, _not_issued(row, reason), until=told.issued_on
            )
        documents.hold_from(transaction, document_id, told.issued_on, _fact(row, reason) | asdict(told))
        enactment.settle_documents(transaction, [document_id], reason=reason.strip())


def take_back(
    installation: Installation, actor: Actor, document_id: int, *, revision: int, reason: str
) -> None:
    """Record that an instrument was not issued after all: it is submitted again, and its items are open again.

    Raises: NotSignedIn, Forbidden, NotFound, StaleVersion, Conflict, Invalid with issues.
    """
    with installation.database.transaction("instrument.take_back", actor.actor_id) as transaction:
        row = _issued(installation, transaction, document_id, revision, actor)
        _refuse((), reason)
        first = _issued_since(transaction, document_id)
        documents.hold_from(transaction, document_id, first, _not_issued(row, reason))
        enactment.settle_documents(transaction, [document_id], reason=reason.strip())


def _locked(
    installation: Installation, transaction: Transaction, document_id: int, revision: int, actor: Actor
) -> Row:
    lock = transaction.row("instruments/lock", document_id=document_id)
    if lock is None or lock["revision"] is None:
        raise NotFound("instrument_not_found", id=document_id)
    row = documents.get(transaction, document_id)
    writers = _writers(installation, transaction, document_id, row["drafting_agency"])
    actor.require(Right.WRITE_INSTRUMENTS)
    if not _may_write(actor, writers):
        raise Forbidden(right=Right.WRITE_INSTRUMENTS.value, agency=row["drafting_agency"])
    if lock["revision"] != revision:
        raise StaleVersion(id=document_id)
    return row


def _issued(
    installation: Installation, transaction: Transaction, document_id: int, revision: int, actor: Actor
) -> Row:
    actor.require(Right.DECIDE_CLAIMS)
    row = _locked(installation, transaction, document_id, revision, actor)
    if row["state"] != State.ISSUED:
        raise Conflict("instrument_not_issued")
    return row


def _issued_since(transaction: Transaction, document_id: int) -> date:
    """The first day of the run of days on which the document counts as issued."""
    days: dict[date, str] = {}
    for event in transaction.read(
        "instruments/history", document_id=document_id, revision=transaction.revision
    ).iter_rows(named=True):
        days[event["effective_date"]] = event["state"]
    first = max(days)
    for day in sorted(days, reverse=True):
        if days[day] != State.ISSUED:
            break
        first = day
    return first


def _fact(row: Row, reason: str) -> Row:
    kept = {name: row[name] for name in ("planned_issue_on", "title", "drafting_agency")}
    return kept | {"state": State.ISSUED.value, "reason": reason.strip()}


def _not_issued(row: Row, reason: str) -> Row:
    return _fact(row, reason) | {"state": State.SUBMITTED.value}


def _refuse(issues: tuple[Issue, ...], reason: str) -> None:
    if not reason.strip():
        issues = (*issues, Issue("reason_for_correction", column="reason"))
    if issues:
        raise Invalid("instrument_invalid", issues=issues)


def _require(actor: Actor, agency_code: str | None) -> None:
    # an instrument of no known agency is nobody's own
    actor.require(Right.WRITE_INSTRUMENTS, agency_code or "")


def _writers(
    installation: Installation,
    reader: Database | Transaction,
    document_id: int,
    drafting_agency: str | None,
) -> frozenset[str]:
    rows = reader.read(
        "instruments/writers",
        document_id=document_id,
        agency=drafting_agency,
        day=installation.working_date,
    )
    return frozenset(rows["agency_code"])


def _may_write(actor: Actor, writers: frozenset[str]) -> bool:
    return any(actor.has(Right.WRITE_INSTRUMENTS, one) for one in writers or {""})


def _present_agency(installation: Installation, agency_code: str | None) -> None:
    """Nothing new is drafted by an agency that is no more.

    Raises: NotFound, Invalid with its issue.
    """
    if agency_code is not None and (gone := answering.ended(installation, agency_code)):
        name = gone.agency.short_name
        raise Invalid(
            "instrument_invalid", issues=(Issue("agency_no_more", column="drafting_agency", value=name),)
        )


def _may_need_more(item: Row) -> bool:
    is_in_base = item["assigned_on"] is not None and item["left_on"] is None
    return is_in_base and item["enacted_on"] is None and "enacted" in json.loads(item["stages"])


def _held_by(
    installation: Installation, moment: Moment, programme: str | None, document_ids: list[int]
) -> int:
    row = installation.database.known_row(
        "instruments/waiting", documents=document_ids, programme=programme, **_clocks(moment)
    )
    assert row is not None
    return int(row["waiting"])


def _clocks(moment: Moment) -> dict[str, Any]:
    return {"as_of": moment.as_of, "revision": moment.revision}
