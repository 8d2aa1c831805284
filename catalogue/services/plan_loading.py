"""Loading a plan: what it would make of its programme, then everything in one transaction or nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from catalogue.errors import Conflict, Invalid, Issue, StaleVersion
from catalogue.model.actor import Actor, Right
from catalogue.model.authority import Level
from catalogue.model.plan_words import Instrument
from catalogue.services import commitments, documents, plans
from catalogue.services.commitments import NewItem, NewMeasure
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.plan_reading import Plan, judged
from catalogue.store.database import Database, Transaction

_ALIKE = 90.0  # titles that may mean one document, for a person to look at


@dataclass(frozen=True)
class PlannedDocument:
    """A document that rows of the plan need: one that is planned already, or a new one drafted by the first row's lead."""

    document_id: int | None
    type: str
    title: str
    drafting_agency: str
    rows: tuple[int, ...]
    alike: str | None = None  # the title of a planned document that may be meant


Move = tuple[Level, Level, int]  # from a level to a level, and how many items


@dataclass(frozen=True)
class Preview:
    """What loading would do; a load is held to it."""

    batch_id: int
    edits: int
    base: int
    items: tuple[tuple[int, str, str], ...]  # row, subject, lead
    matched: int
    documents: tuple[PlannedDocument, ...]
    assigning: int | None  # the document, where it is known already
    has_items: bool  # of the programme: then the load is a base change and needs its reason
    blockers: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    moves: tuple[Move, ...] = ()

    @property
    def base_after(self) -> int:
        return self.base + len(self.items)

    @property
    def by_agency(self) -> list[tuple[str, int]]:
        """(agency, items), most items first."""
        return sorted(Counter(lead for _, _, lead in self.items).items(), key=lambda one: (-one[1], one[0]))

    @property
    def expanded(self) -> list[int]:
        """How many items each row becomes that is one for every member of a group."""
        return [count for count in Counter(row for row, _, _ in self.items).values() if count > 1]


def preview(installation: Installation, actor: Actor, batch_id: int) -> Preview:
    """What loading a plan would do.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    return foresee(installation, plans.get(installation, actor, batch_id))


def foresee(installation: Installation, one: Plan) -> Preview:
    """What loading a plan that was read would do."""
    return _preview(installation.database, installation, one)


def load(installation: Installation, actor: Actor, seen: Preview, *, reason: str | None = None) -> list[int]:
    """Write every item of a plan, exactly as it was previewed; returns their ids.

    Raises: NotSignedIn, Forbidden, NotFound; Conflict when it is decided already; StaleVersion when the preview is not
    true any more; Invalid while something is wrong, or without a reason where the base of a programme changes.
    """
    actor.require(Right.MANAGE_PROGRAMMES)
    reason = (reason or "").strip() or None
    with installation.database.transaction("plan.load", actor.actor_id) as transaction:
        one = judged(transaction, installation, seen.batch_id, transaction.revision)
        if one.batch["state"] != "staged":
            raise Conflict(f"plan_{one.batch['state']}_already", id=seen.batch_id)
        found = _preview(transaction, installation, one)
        if found != seen:
            raise StaleVersion(id=seen.batch_id)
        if found.blockers:
            raise Invalid("plan_not_ready", issues=found.blockers)
        if found.has_items and reason is None:
            raise Invalid("base_change_without_reason", issues=(Issue("reason_missing", column="reason"),))
        ids = _write(transaction, installation, one, found, reason)
        plans.close(
            transaction,
            seen.batch_id,
            "loaded",
            actor.actor_id,
            items=len(ids),
            reason=reason,
            revision=transaction.revision,
        )
    return ids


def _preview(reader: Database | Transaction, installation: Installation, one: Plan) -> Preview:
    clocks: dict[str, Any] = {"as_of": installation.working_date, "revision": one.revision}
    programme = one.assignment.programme
    stages = reader.row("figures/stages", programme=programme, **clocks)
    grown = reader.row("commitments/any", programme=programme)
    assert stages is not None
    assert grown is not None
    blockers = list(one.errors)
    if one.waiting:
        blockers.append(Issue("plan_rows_not_matched", value=str(len(one.waiting))))
    return Preview(
        batch_id=one.batch["batch_id"],
        edits=one.batch["edits"],
        base=int(stages["assigned"]),
        items=tuple((line.row, *item) for line in one.kept for item in one.tracked(line)),
        matched=sum(one.matches[line.row].code is not None for line in one.kept),
        documents=_documents(reader, one, clocks),
        assigning=one.document_id,
        has_items=bool(grown["has_items"]),
        blockers=tuple(blockers),
        warnings=tuple(issue for issue in one.issues if issue.severity == "warning"),
        moves=_moves(one),
    )


def _moves(one: Plan) -> tuple[Move, ...]:
    transfers = (one.commitments[line.row].transfer for line in one.kept)
    counted = Counter((each.giver.level, each.taker.level) for each in transfers if each is not None)
    order = list(Level).index
    moves = ((*levels, count) for levels, count in counted.items())
    return tuple(sorted(moves, key=lambda move: (-move[2], order(move[0]), order(move[1]))))


def _documents(
    reader: Database | Transaction, one: Plan, clocks: dict[str, Any]
) -> tuple[PlannedDocument, ...]:
    """The documents that the plan needs, each once, in the order of the rows that name them first."""
    planned = reader.read("plans/planned_documents", **clocks)
    known: dict[str, tuple[int, str, str]] = {}
    for document_id, kind, title in planned.iter_rows():
        known.setdefault(Instrument(kind, title).key, (document_id, kind, title))
    rows: dict[str, list[int]] = {}
    first: dict[str, tuple[Instrument, str]] = {}
    for line in one.kept:
        commitment = one.commitments[line.row]
        for instrument in commitment.instruments:
            rows.setdefault(instrument.key, []).append(line.row)
            first.setdefault(instrument.key, (instrument, commitment.lead))
    found = []
    for key, (instrument, lead) in first.items():
        if key in known:
            document_id, kind, title = known[key]
            found.append(PlannedDocument(document_id, kind, title, lead, tuple(rows[key])))
            continue
        alike = process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        found.append(
            PlannedDocument(
                None,
                instrument.type,
                instrument.title,
                lead,
                tuple(rows[key]),
                known[alike[0]][2] if alike else None,
            )
        )
    return tuple(found)


def _write(
    transaction: Transaction, installation: Installation, one: Plan, found: Preview, reason: str | None
) -> list[int]:
    assignment = one.assignment
    assert assignment.issued_on is not None
    assert assignment.issuer is not None
    document_id = documents.cite(
        transaction,
        Basis(assignment.type, assignment.number, assignment.issued_on, assignment.title, assignment.issuer),
    )
    needed: dict[int, list[int]] = {}
    for document in found.documents:
        planned = document.document_id or documents.plan(
            transaction,
            document_type=document.type,
            title=document.title,
            drafting_agency=document.drafting_agency,
            planned_issue_on=None,
            effective_date=assignment.issued_on,
        )
        for row in document.rows:
            needed.setdefault(row, []).append(planned)
    items = [
        _new_item(one, line.row, subject, lead, needed.get(line.row, ()))
        for line in one.kept
        for subject, lead in one.tracked(line)
    ]
    return commitments.assign(
        transaction,
        installation.reference,
        assignment.programme,
        document_id,
        assignment.issued_on,
        items,
        reason=reason,
    )


def _new_item(one: Plan, row: int, subject: str, lead: str, needed: Sequence[int]) -> NewItem:
    commitment = one.commitments[row]
    return NewItem(
        subject=subject,
        title=commitment.title,
        lead_agency=lead,
        procedure_code=one.matches[row].code,
        field_name=commitment.field_name,
        cooperating=tuple(code for code in commitment.cooperating if code != lead),
        measures=tuple(
            NewMeasure(measure.type, measure.before_text, measure.after_text, measure.explanation)
            for measure in commitment.measures
        ),
        documents=tuple(needed),
        deadline=commitment.deadline,
        transfer=commitment.transfer,
        task=commitment.name if commitment.is_task else None,
        is_standing=commitment.is_standing,
    )
