"""Plans on their way into the ledger: staged from an annex, mended, matched to the catalogue; loaded by plan_loading."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import polars as pl

from catalogue.errors import Conflict, Invalid, Issue, StaleVersion
from catalogue.model import plan
from catalogue.model.actor import Actor, Right
from catalogue.model.document import ISSUER_BY_TYPE, number_key
from catalogue.model.plan import Assignment, PlanLine
from catalogue.model.plan_table import PlanTable
from catalogue.services.installation import Installation
from catalogue.services.plan_reading import (
    Match,
    Plan,
    assignment_of,
    batch_of,
    judged,
    procedures_of,
    stored,
    tracks_procedures,
)
from catalogue.services.proposals import Names, names_on
from catalogue.store.database import Database, Row, Transaction
from catalogue.text import clean

_NAMING = ("code", "name", "field_name")  # what a row is matched by


def stage(
    installation: Installation,
    actor: Actor,
    assignment: Assignment,
    table: PlanTable,
    *,
    file_name: str,
    sha256: str,
) -> int:
    """Keep an annex that was read; returns the number of the plan. Nothing is written to the ledger.

    Raises: NotSignedIn, Forbidden; Invalid when the document or the table itself is not usable.
    """
    actor_id = actor.require(Right.MANAGE_PROGRAMMES)
    assignment = completed(assignment)
    issues = (*plan.assignment_problems(assignment, installation.working_date), *table.issues)
    if any(issue.severity == "error" for issue in issues):
        raise Invalid("plan_refused", issues=issues)
    programme = installation.reference.programme(assignment.programme)
    lines = tuple(plan.cleaned(line) for line in table.lines)
    names = _names(installation, assignment) if tracks_procedures(programme) else None
    with installation.database.unrecorded() as transaction:
        row = transaction.row("plans/next_batch")
        assert row is not None
        batch_id = int(row["batch_id"])
        transaction.insert(
            "plan_batch",
            [
                {
                    "batch_id": batch_id,
                    "state": "staged",
                    **_columns(assignment),
                    "file_name": file_name,
                    "sha256": sha256,
                    "passed_over": list(table.passed_over),
                    "edits": 0,
                    "staged_at": transaction.recorded_at,
                    "staged_by": actor_id,
                }
            ],
        )
        transaction.insert("plan_line", [_line_row(batch_id, line, _matched(line, names)) for line in lines])
        transaction.insert(
            "plan_notice",
            [
                {
                    "batch_id": batch_id,
                    "position": place,
                    "rule": one.rule,
                    "row_no": one.row,
                    "value": one.value,
                }
                for place, one in enumerate(table.notices)
            ],
        )
    return batch_id


def find(installation: Installation, actor: Actor) -> pl.DataFrame:
    """Every plan: what waits first, then the newest.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.MANAGE_PROGRAMMES)
    return installation.database.read("plans/batches")


def get(installation: Installation, actor: Actor, batch_id: int) -> Plan:
    """A plan, judged.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.MANAGE_PROGRAMMES)
    return judged(installation.database, installation, batch_id, installation.moment().revision)


def set_assignment(
    installation: Installation, actor: Actor, batch_id: int, assignment: Assignment, *, edits: int
) -> None:
    """Mend what was said of the document, the programme and the defaults.

    Raises: NotSignedIn, Forbidden, NotFound, Conflict, StaleVersion, Invalid.
    """
    assignment = completed(assignment)
    issues = tuple(plan.assignment_problems(assignment, installation.working_date))
    if issues:
        raise Invalid("plan_refused", issues=issues)
    installation.reference.programme(assignment.programme)
    with _changing(installation, actor, batch_id, edits) as transaction:
        transaction.write("plans/set_assignment", batch_id=batch_id, **_columns(assignment))


def edit(
    installation: Installation,
    actor: Actor,
    batch_id: int,
    changes: Mapping[int, Mapping[str, Any]],
    *,
    edits: int,
) -> None:
    """Mend cells by row and column (`is_dropped`: leave the row out); a row that is named anew is matched anew.

    Raises: NotSignedIn, Forbidden, NotFound, Conflict, StaleVersion.
    """
    batch = _staged(installation.database, batch_id)
    assignment = assignment_of(batch)
    has_names = any(name in change for change in changes.values() for name in _NAMING)
    tracks = tracks_procedures(installation.reference.programme(assignment.programme))
    names = _names(installation, assignment) if has_names and tracks else None

    with _changing(installation, actor, batch_id, edits) as transaction:
        changed = []
        for line, match in _lines(transaction, batch_id):
            change = changes.get(line.row, {})
            new = plan.cleaned(replace(line, **change)) if change else line
            is_named_anew = any(getattr(new, name) != getattr(line, name) for name in _NAMING)
            changed.append((new, _matched(new, names) if is_named_anew else match))
        _rewrite(transaction, batch_id, changed)


def choose(
    installation: Installation, actor: Actor, batch_id: int, choices: Mapping[int, str | None], *, edits: int
) -> None:
    """Say which procedure rows mean; None: none of the catalogue, for now.

    Raises: NotSignedIn, Forbidden, NotFound, Conflict, StaleVersion; Invalid for a code that the catalogue lacks.
    """
    codes = sorted({clean(code) for code in choices.values() if code})
    known = procedures_of(installation.database, installation, codes, installation.moment().revision)
    issues = tuple(
        Issue("plan_code_unknown", row=row, column="code", value=code)
        for row, code in sorted(choices.items())
        if code and clean(code) not in known
    )
    if issues:
        raise Invalid("plan_refused", issues=issues)

    with _changing(installation, actor, batch_id, edits) as transaction:
        changed = []
        for line, match in _lines(transaction, batch_id):
            new = match
            if line.row in choices and match.state != "code":
                code = choices[line.row]
                if code is None or clean(code) != match.code:  # else it was confirmed as proposed
                    new = Match("chosen", clean(code)) if code else Match("unmatched")
                elif match.state == "proposed":
                    new = Match("chosen", match.code)
            changed.append((line, new))
        _rewrite(transaction, batch_id, changed)


def drop(installation: Installation, actor: Actor, batch_id: int, *, edits: int) -> None:
    """Put a plan aside for good; nothing of it was loaded.

    Raises: NotSignedIn, Forbidden, NotFound, Conflict, StaleVersion.
    """
    with _changing(installation, actor, batch_id, edits) as transaction:
        close(transaction, batch_id, "dropped", actor.actor_id)


def close(
    transaction: Transaction,
    batch_id: int,
    state: str,
    actor_id: int | None,
    *,
    items: int | None = None,
    reason: str | None = None,
    revision: int | None = None,
) -> None:
    """Decide a plan inside a transaction."""
    transaction.write(
        "plans/close",
        batch_id=batch_id,
        state=state,
        items=items,
        reason=reason,
        decided_at=transaction.recorded_at,
        decided_by=actor_id,
        revision=revision,
    )


def completed(assignment: Assignment) -> Assignment:
    """The document with its texts in one form, and its issuer where its kind or number says who that is."""
    number = clean(assignment.number)
    by_number = {"CP": "chinh-phu", "TTG": "thu-tuong-chinh-phu"}.get(number_key(number).rsplit("-", 1)[-1])
    issuer = assignment.issuer or by_number or ISSUER_BY_TYPE.get(assignment.type)
    return replace(assignment, number=number, title=clean(assignment.title), issuer=issuer)


def _names(installation: Installation, assignment: Assignment) -> Names:
    return names_on(installation, installation.moment().revision, *days_of(installation, assignment))


def days_of(installation: Installation, assignment: Assignment) -> tuple[date, ...]:
    """The days on which the procedures of an annex are looked for: now, and when they were assigned."""
    return tuple(filter(None, (installation.working_date, assignment.issued_on)))


def _matched(line: PlanLine, names: Names | None) -> Match:
    if line.code:
        return Match("code", line.code)
    if names is None:
        return Match("unmatched")
    sure = names.sure(line.name, line.field_name)
    return Match("proposed", sure.code) if sure else Match("waiting")


@contextmanager
def _changing(installation: Installation, actor: Actor, batch_id: int, edits: int) -> Iterator[Transaction]:
    """One change of a staged plan that is still as its author saw it."""
    actor.require(Right.MANAGE_PROGRAMMES)
    with installation.database.unrecorded() as transaction:
        _staged(transaction, batch_id)
        if not transaction.write("plans/touch", batch_id=batch_id, edits=edits):
            raise StaleVersion(id=batch_id)
        yield transaction


def _lines(transaction: Transaction, batch_id: int) -> list[tuple[PlanLine, Match]]:
    frame = transaction.read("plans/lines", batch_id=batch_id)
    return [stored(row) for row in frame.iter_rows(named=True)]


def _rewrite(transaction: Transaction, batch_id: int, lines: Collection[tuple[PlanLine, Match]]) -> None:
    transaction.write("plans/clear_lines", batch_id=batch_id)
    transaction.insert("plan_line", [_line_row(batch_id, line, match) for line, match in lines])


def _staged(reader: Database | Transaction, batch_id: int) -> Row:
    batch = batch_of(reader, batch_id)
    if batch["state"] != "staged":
        raise Conflict(f"plan_{batch['state']}_already", id=batch_id)
    return batch


def _columns(assignment: Assignment) -> Row:
    return {
        "programme_code": assignment.programme,
        "document_type": assignment.type,
        "document_number": assignment.number,
        "document_issued_on": assignment.issued_on,
        "document_issuer": assignment.issuer,
        "document_title": assignment.title,
        "default_deadline": assignment.default_deadline,
        "default_lead": assignment.default_lead,
    }


def _line_row(batch_id: int, line: PlanLine, match: Match) -> Row:
    said = asdict(line)
    row = said.pop("row")
    return {"batch_id": batch_id, "row_no": row, **said, "match_state": match.state, "match_code": match.code}
