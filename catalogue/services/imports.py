"""Outside data into the catalogue: stage a comparison, show it, accept it in one transaction or reject it.

What a list leaves out is reported by issuing agency and never acted upon. Accepting compares again, so that
nothing is written twice however the catalogue moved since staging.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue.errors import (
    Conflict,
    Forbidden,
    ImportRejected,
    Invalid,
    Issue,
    NotFound,
    StaleVersion,
)
from catalogue.model.actor import Actor, Right, Role
from catalogue.model.listing import Listed
from catalogue.reference import Reference
from catalogue.services import answering, indicator_imports, versions
from catalogue.services.batches import BatchReport, get, issue_row, report_of
from catalogue.services.comparison import (
    Comparison,
    Telling,
    checked,
    compare,
    listed_from,
    next_versions,
    staged_rows,
)
from catalogue.services.installation import Installation
from catalogue.services.quality import ended
from catalogue.services.versions import Standing, agency_code
from catalogue.store.database import Row, Transaction

# What is wrong with a file as a whole: nothing of it can be trusted, so nothing is staged.
STOPS_BATCH = frozenset(
    {"unknown_column", "rows_unaccounted", "contract_broken", "too_few_rows", "too_many_errors"}
)


@dataclass(frozen=True)
class Incoming:
    """A file as a source read it.

    `parts`: what it says of each procedure; `lists_all`: what it leaves out is missing; `keeps_silent`: a part that
    a record leaves out stays as it was; `sheet` and `headers` (part -> the source's name of it) are for messages.
    """

    source: str
    file_name: str
    sha256: str
    content: bytes
    observed_on: date
    listed: Sequence[Listed]
    parts: frozenset[str]
    issues: Sequence[Issue] = ()
    rows_read: int = 0
    lists_all: bool = False
    keeps_silent: bool = False
    for_agencies: bool = False
    sheet: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def telling(self) -> Telling:
        """Who tells what about which day."""
        return Telling(self.source, self.parts, self.observed_on, self.lists_all, self.keeps_silent)


def stage(installation: Installation, incoming: Incoming, *, by: Actor | None = None) -> BatchReport:
    """Compare a file with the catalogue on the day it describes, and keep the comparison as a batch.

    The same bytes staged again by the same person replace the batch that still waits. `by`: None is the command line.
    Raises: ImportRejected (with all issues, those that stop it first) when the file as a whole is not to be trusted;
    Invalid when the day has not come yet; NotSignedIn, Forbidden.
    """
    actor_id = by.require(Right.STAGE_IMPORTS) if by else None
    if by and by.role is Role.MINISTRY_EDITOR:
        if not incoming.for_agencies:
            raise Forbidden("source_not_for_agencies", value=incoming.source)
        by.require(Right.STAGE_IMPORTS, answering.succeeding(installation, by.agency_code or ""))
    if incoming.observed_on > installation.today:
        raise Invalid("observed_in_future", value=incoming.observed_on)
    if stopping := [issue for issue in incoming.issues if issue.rule in STOPS_BATCH]:
        rest = (issue for issue in incoming.issues if issue.rule not in STOPS_BATCH)
        raise ImportRejected(issues=(*stopping, *rest), file=incoming.file_name, rows_read=incoming.rows_read)
    reference = installation.reference
    with installation.database.unrecorded() as transaction:
        _replace_twins(transaction, incoming, actor_id)
        listed, refused = _in_scope(transaction, incoming, reference, by)
        comparison = _flagged(
            compare(transaction, reference, listed, incoming.telling, transaction.revision),
            incoming,
            reference,
        )
        number = transaction.row("imports/next_batch")
        assert number is not None
        batch_id: int = number["batch_id"]
        transaction.insert("batch", [_batch_row(batch_id, incoming, comparison, transaction, actor_id)])
        transaction.insert(
            "staged_procedure", list(staged_rows(batch_id, comparison, reference, incoming.parts))
        )
        found = (*incoming.issues, *refused, *_issues(comparison, incoming, reference))
        transaction.insert("batch_issue", [issue_row(batch_id, n, issue) for n, issue in enumerate(found)])
        known = transaction.row("imports/content_known", sha256=incoming.sha256)
        if known is not None and not known["files"]:
            transaction.insert("batch_content", [{"sha256": incoming.sha256, "content": incoming.content}])
    return report_of(installation.database, batch_id)


def accept(installation: Installation, batch_id: int, *, by: Actor | None = None) -> BatchReport:
    """Write what a batch says that the catalogue does not, in one transaction; without a difference, no revision.

    Raises: NotFound, Conflict when the batch was decided or replaced already; StaleVersion when its procedures have
    changed since the comparison that was shown, which is then made anew; NotSignedIn, Forbidden.
    """
    actor_id = by.require(Right.DECIDE_IMPORTS) if by else None
    database, reference = installation.database, installation.reference
    if indicator_imports.is_of_scores(get(database, batch_id)):
        return indicator_imports.accept(installation, batch_id, by=by)
    if _refreshed(installation, batch_id):
        raise StaleVersion("batch_moved", id=batch_id)
    with database.unrecorded() as transaction:
        compared_with = transaction.revision
        batch, comparison = _compare_again(transaction, reference, batch_id, compared_with)
        if not comparison.written:
            _close(transaction, reference, batch, comparison, compared_with, None, actor_id)
            return report_of(transaction, batch_id)
    with database.transaction("import.accept", actor_id) as transaction:
        base = transaction.revision - 1
        if base != compared_with and _has_moved(transaction, batch_id, base):
            raise StaleVersion("batch_moved", id=batch_id)
        _refuse_decided(get(transaction, batch_id))
        made = next_versions(transaction, comparison.written, _telling(batch))
        versions.write(transaction, reference, made)
        _close(transaction, reference, batch, comparison, base, transaction.revision, actor_id)
        return report_of(transaction, batch_id)


def _refreshed(installation: Installation, batch_id: int) -> bool:
    """Whether procedures of the batch have changed since its comparison; if so, it is compared anew and kept."""
    with installation.database.unrecorded() as transaction:
        if not _has_moved(transaction, batch_id, transaction.revision):
            return False
        reference = installation.reference
        batch, comparison = _compare_again(transaction, reference, batch_id, transaction.revision)
        transaction.write("imports/clear_staged", batch_id=batch_id)
        rows = list(staged_rows(batch_id, comparison, reference, batch["parts"]))
        transaction.insert("staged_procedure", rows)
        transaction.write(
            "imports/refresh", batch_id=batch_id, base_revision=transaction.revision, **comparison.counts
        )
    return True


def _has_moved(transaction: Transaction, batch_id: int, revision: int) -> bool:
    """Whether a procedure of the batch has a version recorded after the comparison that was shown."""
    row = transaction.row("imports/moved", batch_id=batch_id, revision=revision)
    return row is not None and bool(row["versions"])


def reject(
    installation: Installation, batch_id: int, comment: str, *, by: Actor | None = None
) -> BatchReport:
    """Put a batch aside for good, with the reason; whoever staged it may take it back.

    Raises: NotFound, Conflict when it was decided already; Invalid without a reason; NotSignedIn, Forbidden.
    """
    with installation.database.unrecorded() as transaction:
        batch = get(transaction, batch_id)
        is_own = by is not None and by.is_signed_in and batch["staged_by"] == by.actor_id
        actor_id = by.require(Right.STAGE_IMPORTS if is_own else Right.DECIDE_IMPORTS) if by else None
        _refuse_decided(batch)
        if not comment.strip():
            raise Invalid(issues=(Issue("comment_missing", column="comment"),))
        transaction.write(
            "imports/reject",
            batch_id=batch_id,
            comment=comment.strip(),
            decided_at=transaction.recorded_at,
            decided_by=actor_id,
        )
    return report_of(installation.database, batch_id)


def _replace_twins(transaction: Transaction, incoming: Incoming, actor_id: int | None) -> None:
    twins = transaction.read(
        "imports/staged_twins", source=incoming.source, sha256=incoming.sha256, staged_by=actor_id
    )
    for twin in twins["batch_id"]:
        transaction.write("imports/replace", batch_id=twin, decided_at=transaction.recorded_at)
        transaction.write("imports/clear_staged", batch_id=twin)


def _in_scope(
    transaction: Transaction, incoming: Incoming, reference: Reference, by: Actor | None
) -> tuple[list[Listed], list[Issue]]:
    """The rows this person may stage, and a refusal for each other one: an editor writes for its own agency only."""
    listed = list(incoming.listed)
    if by is None or by.role is not Role.MINISTRY_EDITOR:
        return listed, []
    codes = [one.procedure_code for one in listed]
    days = {incoming.observed_on, date.max}  # as it stands on the day, and as it stands in the end
    standing = [versions.standing(transaction, day, transaction.revision, codes) for day in days]
    own: list[Listed] = []
    refused: list[Issue] = []
    for one in listed:
        before = [found[one.procedure_code] for found in standing if one.procedure_code in found]
        if _is_said_by(reference, by, one, before, incoming) and all(
            by.agency_code == _answering(reference, found, incoming) for found in before
        ):
            own.append(one)
            continue
        others = [found.content.get("issuing_agency_text") for found in before]
        refused.append(
            Issue(
                "agency_not_yours",
                file=incoming.file_name,
                sheet=incoming.sheet,
                row=one.row,
                column=incoming.headers.get("issuing_agency_text"),
                value=next(filter(None, (*others, one.content.get("issuing_agency_text"))), None),
                procedure_code=one.procedure_code,
            )
        )
    return own, refused


def _is_said_by(
    reference: Reference, by: Actor, one: Listed, before: Sequence[Standing], incoming: Incoming
) -> bool:
    """Whether a row names the person's agency, or the one that it answers for on the day; a row may name none."""
    if "issuing_agency_text" not in incoming.parts:
        return True
    named = agency_code(reference, one.content.get("issuing_agency_text"))
    if named is None or named == by.agency_code:
        return named is not None
    stands = next((found for found in before if found.issuing_agency == named), None)
    field_name = one.content.get("field_name") or (stands.content.get("field_name") if stands else None)
    given_on = stands.effective_date if stands else incoming.observed_on
    heir = reference.successor(named, incoming.observed_on, field_name, given_on)
    return heir.code == by.agency_code


def _answering(reference: Reference, found: Standing, incoming: Incoming) -> str | None:
    """Who answers for a record on the day that a file describes."""
    if found.issuing_agency is None:
        return None
    field_name = found.content.get("field_name")
    return reference.successor(
        found.issuing_agency, incoming.observed_on, field_name, found.effective_date
    ).code


def _flagged(comparison: Comparison, incoming: Incoming, reference: Reference) -> Comparison:
    """Each row with everything that is wrong with the record it makes."""
    is_ended = ended(reference, incoming.observed_on)
    rows = (
        replace(row, listed=replace(row.listed, problems=checked(row, incoming.telling, is_ended)))
        for row in comparison.rows
    )
    return replace(comparison, rows=tuple(rows))


def _issues(comparison: Comparison, incoming: Incoming, reference: Reference) -> Iterator[Issue]:
    """The problems of the rows in the words of the file; agencies that are not known, once a spelling."""
    headers = incoming.headers
    unknown: set[str] = set()
    for row in sorted(comparison.rows, key=lambda row: row.listed.row):
        place = (incoming.file_name, incoming.sheet, row.listed.row)
        text = row.listed.content.get("issuing_agency_text") or ""
        if (
            "issuing_agency_text" in incoming.parts
            and text not in unknown
            and not agency_code(reference, text)
        ):
            unknown.add(text)
            column = headers.get("issuing_agency_text", "issuing_agency_text")
            yield Issue("agency_unknown", "warning", *place, column, text)
        for problem in row.listed.problems:
            yield Issue(
                problem.rule,
                "warning",
                *place,
                headers.get(problem.part or "", problem.part),
                problem.value,
                row.listed.procedure_code,
            )
    for agency in comparison.passing:
        yield Issue("agency_in_passing", "warning", incoming.file_name, value=_name(reference, agency))


def _name(reference: Reference, agency: str) -> str:
    try:
        return reference.agency(agency).name
    except NotFound:  # kept as the text of a list
        return agency


def _compare_again(
    transaction: Transaction, reference: Reference, batch_id: int, revision: int
) -> tuple[Row, Comparison]:
    batch = get(transaction, batch_id)
    _refuse_decided(batch)
    listed = listed_from(transaction.read("imports/listed", batch_id=batch_id))
    comparison = compare(transaction, reference, listed, _telling(batch), revision)
    return batch, comparison


def _telling(batch: Row) -> Telling:
    return Telling(
        batch["source"],
        frozenset(batch["parts"]),
        batch["observed_on"],
        batch["lists_all"],
        bool(batch["keeps_silent"]),
    )


def _refuse_decided(batch: Row) -> None:
    if batch["state"] != "staged":
        raise Conflict(f"batch_{batch['state']}_already", id=batch["batch_id"])


def _close(
    transaction: Transaction,
    reference: Reference,
    batch: Row,
    comparison: Comparison,
    base: int,
    revision: int | None,
    actor_id: int | None,
) -> None:
    batch_id = batch["batch_id"]
    transaction.write("imports/clear_staged", batch_id=batch_id)
    transaction.insert("staged_procedure", list(staged_rows(batch_id, comparison, reference, batch["parts"])))
    transaction.write(
        "imports/close",
        batch_id=batch_id,
        **comparison.counts,
        base_revision=base,
        decided_at=transaction.recorded_at,
        decided_by=actor_id,
        revision=revision,
    )


def _batch_row(
    batch_id: int, incoming: Incoming, comparison: Comparison, transaction: Transaction, actor_id: int | None
) -> Row:
    return {
        "batch_id": batch_id,
        "source": incoming.source,
        "file_name": incoming.file_name,
        "sha256": incoming.sha256,
        "observed_on": incoming.observed_on,
        "state": "staged",
        "parts": sorted(incoming.parts),
        "lists_all": incoming.lists_all,
        "keeps_silent": incoming.keeps_silent,
        "rows_read": incoming.rows_read,
        **comparison.counts,
        "rows_rejected": incoming.rows_read - len(comparison.rows),
        "base_revision": transaction.revision,
        "staged_at": transaction.recorded_at,
        "staged_by": actor_id,
    }
