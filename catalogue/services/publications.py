"""Registering a publication decision: judged, previewed, and applied to the catalogue in one transaction."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue.errors import Conflict, Forbidden, Invalid, Issue, NotFound, StaleVersion
from catalogue.model.actor import Actor, Right, Role
from catalogue.model.publication import (
    Cited,
    Draft,
    Surroundings,
    cleaned,
    day_problems,
    has_errors,
    problems,
)
from catalogue.model.timeliness import Check, Lag, Milestone, lag, timeliness
from catalogue.reference import Reference
from catalogue.services import answering, decision_records, decisions, documents, effects, versions
from catalogue.services.effects import Catalogue, Effect
from catalogue.services.installation import Installation
from catalogue.store.database import Database, Transaction


@dataclass(frozen=True)
class Preview:
    """What a draft would do. Effects, checks and lags are there once nothing is wrong with it.

    `seen`: the version of each code that the preview rests on, for `register` to hold to.
    """

    issues: tuple[Issue, ...]
    effects: tuple[Effect, ...] = ()
    checks: tuple[Check, ...] = ()
    lags: tuple[tuple[Cited, Lag], ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def can_be_registered(self) -> bool:
        """Whether nothing keeps it from being registered; warnings do not."""
        return not has_errors(self.issues)


def preview(installation: Installation, actor: Actor, draft: Draft) -> Preview:
    """What is wrong with a draft, and what each line of it would do to the catalogue.

    Raises: NotSignedIn, Forbidden for another agency's decision.
    """
    _require(installation, actor, draft.issuer)
    draft = cleaned(draft)
    revision = installation.moment().revision
    catalogue, issues, found = _judge(installation.database, installation, actor, draft, revision)
    if has_errors(issues):
        return Preview(issues, seen=catalogue.version_ids)
    return Preview(
        issues,
        found,
        checks=_checks(installation, draft),
        lags=tuple(
            (cited, lag(cited.issued_on, draft.issued_on, installation.reference.calendar))
            for cited in draft.mirrors
            if cited.issued_on and draft.issued_on
        ),
        seen=catalogue.version_ids,
    )


def register(
    installation: Installation, actor: Actor, draft: Draft, *, seen: Mapping[str, int] | None = None
) -> int:
    """Record a decision with its annex and apply it to the catalogue, everything or nothing; its document's id.

    `seen`: the versions that a preview rested on; when others stand there now, nothing is written.
    Raises: NotSignedIn, Forbidden; Invalid with every issue; Conflict when the decision is registered already;
    StaleVersion.
    """
    actor_id = _require(installation, actor, draft.issuer)
    draft = cleaned(draft)
    with installation.database.transaction("publication.register", actor_id) as transaction:
        known = _known(transaction, Cited(draft.number, draft.issued_on, draft.issuer))
        if known is not None and _is_registered(transaction, known):
            raise Conflict("decision_registered_already", number=draft.number, issued_on=draft.issued_on)
        catalogue, issues, found = _judge(transaction, installation, actor, draft, transaction.revision)
        if has_errors(issues):
            raise Invalid("decision_invalid", issues=issues)
        if seen is not None and dict(seen) != catalogue.version_ids:
            raise StaleVersion("catalogue_changed_meanwhile")
        document_id = decision_records.append(transaction, draft, was_known=known is not None)
        written = [
            replace(effect.version, decision_id=document_id) for effect in found if effect.version is not None
        ]
        versions.write(transaction, installation.reference, written)
        decision_records.append_lines(transaction, document_id, draft.lines)
    return document_id


def record_days(
    installation: Installation, actor: Actor, document_id: int, days: Mapping[Milestone, date | None]
) -> None:
    """Record when a decision was entered into the national database and when it was posted; what is the same is not written.

    Raises: NotFound, NotSignedIn, Forbidden; Invalid.
    """
    with installation.database.transaction(
        "publication.days", actor.require(Right.PUBLISH_DECISIONS)
    ) as transaction:
        if not _is_registered(transaction, document_id):
            raise NotFound("document_not_found", id=document_id)
        document = documents.get(transaction, document_id)
        _require(installation, actor, document["issuer_code"])
        said = {f"{milestone}_on": day for milestone, day in days.items()}
        if issues := tuple(day_problems(document["issued_on"], said, installation.working_date)):
            raise Invalid("decision_invalid", issues=issues)
        recorded = transaction.read(
            "publications/days", document_id=document_id, revision=transaction.revision
        )
        before = dict(recorded.iter_rows())
        new = {milestone: day for milestone, day in days.items() if day and before.get(milestone) != day}
        decision_records.append_days(transaction, document_id, new)


def may_publish(installation: Installation, actor: Actor, issuer: str | None) -> bool:
    """Whether a person may register what this agency decided, or tell more of it: its own editor or its successor's
    where it is no more; a reviewer of any."""
    answers = answering.succeeding(installation, issuer) if issuer else None
    return actor.has(Right.PUBLISH_DECISIONS, answers)


def _require(installation: Installation, actor: Actor, issuer: str | None) -> int:
    actor_id = actor.require(Right.PUBLISH_DECISIONS)
    if not may_publish(installation, actor, issuer):
        raise Forbidden(right=Right.PUBLISH_DECISIONS.value, agency=issuer)
    return actor_id


def _judge(
    reader: Database | Transaction, installation: Installation, actor: Actor, draft: Draft, revision: int
) -> tuple[Catalogue, tuple[Issue, ...], tuple[Effect, ...]]:
    reference = installation.reference
    on = draft.in_force_on or draft.issued_on or installation.working_date
    catalogue = effects.read(reader, draft.codes, on, revision)
    standing = effects.around(reference, draft, catalogue, is_bound=actor.role is Role.MINISTRY_EDITOR)
    signer = reference.signer(draft.signer_position or "")
    surroundings = Surroundings(
        today=installation.working_date,
        standing=standing,
        signer_kinds=frozenset(signer.issuers) if signer else frozenset(),
        needs_assignment=signer is not None and signer.needs_assignment,
        agency_kinds={agency.code: agency.kind for agency in reference.agencies},
    )
    issues = (*problems(draft, surroundings), *_of_issuer(reference, draft), *_of_documents(reader, draft))
    if has_errors(issues):
        return catalogue, issues, ()
    return catalogue, issues, effects.of(reference, draft, catalogue, standing)


def _of_issuer(reference: Reference, draft: Draft) -> Iterator[Issue]:
    """An agency signs nothing before its first day, and nothing once it is no more."""
    if draft.issuer and draft.issued_on:
        issuer = reference.agency(draft.issuer)
        if not issuer.valid_on(draft.issued_on):
            yield Issue("agency_not_there", column="issuer", value=issuer.name)


def _of_documents(reader: Database | Transaction, draft: Draft) -> list[Issue]:
    """What the cited documents are already known for."""
    found: list[Issue] = []
    own = _known(reader, Cited(draft.number, draft.issued_on, draft.issuer))
    if own is not None and _is_registered(reader, own):
        found.append(Issue("decision_registered", column="number", value=draft.number))
    for row, basis in enumerate(draft.bases, start=1):
        known = _known(reader, replace(basis, issuer=basis.issued_by))
        latest = known and reader.row("documents/latest", document_id=known)
        if latest and basis.in_force_on and latest["in_force_on"] != basis.in_force_on:
            day = latest["in_force_on"].isoformat()
            found.append(
                Issue(
                    "basis_in_force_otherwise",
                    "warning",
                    sheet="bases",
                    row=row,
                    column="in_force_on",
                    value=day,
                )
            )
    for part, cited in (("mirrors", draft.mirrors), ("supersedes", draft.supersedes)):
        for row, one in enumerate(cited, start=1):
            if one.number and one.issued_on and one.issuer and _known(reader, one) is None:
                found.append(
                    Issue(
                        "cited_not_known", "warning", sheet=part, row=row, column="number", value=one.number
                    )
                )
    return found


def _checks(installation: Installation, draft: Draft) -> tuple[Check, ...]:
    """How the draft keeps the limits; the recorded day of a known legal document comes before the entered one."""
    assert draft.issued_on is not None and draft.issuer is not None
    bases: list[tuple[str, date | None]] = []
    for basis in draft.bases:
        known = _known(installation.database, replace(basis, issuer=basis.issued_by))
        latest = known and installation.database.row("documents/latest", document_id=known)
        bases.append((basis.number, latest["in_force_on"] if latest else basis.in_force_on))
    kind = installation.reference.agency(draft.issuer).kind
    return timeliness(
        draft.issued_on,
        bases=bases,
        days={Milestone.ENTERED: draft.entered_on, Milestone.POSTED: draft.posted_on},
        limits=decisions.limits(installation.reference, kind, draft.issued_on),
        calendar=installation.reference.calendar,
    )


def _known(reader: Database | Transaction, cited: Cited) -> int | None:
    return documents.known(reader, cited.number, cited.issued_on, cited.issuer)


def _is_registered(reader: Database | Transaction, document_id: int) -> bool:
    row = reader.row("publications/registered", document_id=document_id)
    return bool(row and row["is_registered"])
