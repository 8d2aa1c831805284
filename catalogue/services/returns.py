"""Returns of a reporting period: what each agency owes and sent, sending one, its files."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from catalogue.errors import Invalid, Issue, NotFound
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import LONGEST_TEXT
from catalogue.model.period import Moment
from catalogue.model.reporting import (
    AgencyReturn,
    Period,
    ReturnFile,
    ReturnKind,
    missing_parts,
    return_state,
)
from catalogue.services import answering, attachments
from catalogue.services.attachments import File
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction
from catalogue.text import clean
from catalogue.working_days import civil_day


def of_period(installation: Installation, period: Period, moment: Moment) -> list[AgencyReturn]:
    """One row an agency that owes a return for the period, by name, as it stands on the moment's day."""
    known = installation.database.known
    rows = known(
        "returns/latest",
        period_id=period.period_id,
        as_of=period.ends_on,
        base_revision=period.frozen_revision or moment.revision,
        day=moment.as_of,
        revision=moment.revision,
    )
    files: dict[int, list[ReturnFile]] = {}
    for row in known("returns/files", period_id=period.period_id, revision=moment.revision).iter_rows(
        named=True
    ):
        files.setdefault(row["return_id"], []).append(
            ReturnFile(row["file_id"], row["file_name"], row["size_bytes"])
        )
    found = [_agency_return(installation, period, row, files, moment.as_of) for row in rows.to_dicts()]
    return sorted(found, key=lambda one: (one.agency_name, one.agency_code))


def of_agency(
    installation: Installation, period: Period, agency_code: str, moment: Moment | None = None
) -> AgencyReturn | None:
    """What one agency owes for the period; None where it owes nothing."""
    found = of_period(installation, period, moment or installation.moment())
    return next((one for one in found if one.agency_code == agency_code), None)


def of_answering(
    installation: Installation, period: Period, agency_code: str, moment: Moment | None = None
) -> list[AgencyReturn]:
    """What an agency owes for the period, itself and for those that it has succeeded since; its own first."""
    found = of_period(installation, period, moment or installation.moment())
    own = [one for one in found if answering.succeeding(installation, one.agency_code) == agency_code]
    return sorted(own, key=lambda one: one.agency_code != agency_code)


def history(
    installation: Installation,
    actor: Actor,
    period: Period,
    agency_code: str,
    moment: Moment | None = None,
) -> pl.DataFrame:
    """Every return of an agency for the period with who sent it, newest first.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.READ_CLAIMS)
    moment = moment or installation.moment()
    return installation.database.read(
        "returns/history", period_id=period.period_id, agency=agency_code, revision=moment.revision
    )


def activity(installation: Installation, period: Period, agency_code: str, since_revision: int) -> int:
    """Claims that were sent or confirmed in the cycle of a period about what an agency answered for at its end: a nil
    return would not be true of it."""
    row = installation.database.row(
        "returns/activity",
        agency=agency_code,
        day=period.ends_on,
        since_revision=since_revision,
        revision=period.frozen_revision or installation.moment().revision,
    )
    assert row is not None
    return int(row["claims"])


def file_return(
    installation: Installation,
    actor: Actor,
    period: Period,
    agency_code: str,
    kind: ReturnKind,
    *,
    number: str | None = None,
    issued_on: date | None = None,
    note: str | None = None,
    files: Sequence[File] = (),
) -> int:
    """Record an agency's return; it takes the place of an earlier one, which stays in the history. Returns its id.

    What an agency still owes when it is no more is sent by its successor.

    After the close it is recorded all the same; it counts as late once the due day has passed.
    Raises: NotSignedIn, Forbidden; Invalid when the agency owes none, a report lacks number, date or file, or a file is
    refused.
    """
    actor.require(Right.FILE_RETURNS)
    if of_agency(installation, period, agency_code) is None:
        raise Invalid("return_not_owed", period=period.name)
    actor_id = actor.require(Right.FILE_RETURNS, answering.succeeding(installation, agency_code))
    number, note = clean(number or "") or None, clean(note or "") or None
    looked_at = [attachments.checked(file) for file in files]
    with installation.database.transaction("period.return", actor_id) as transaction:
        day = _day(installation, transaction)
        issues = missing_parts(kind, number, issued_on, looked_at, day)
        for column, text in (("number", number), ("note", note)):
            if text and len(text) > LONGEST_TEXT:
                issues += (Issue("text_too_long", column=column, value=str(len(text))),)
        if issues:
            raise Invalid("return_incomplete", issues=issues)
        return_id = transaction.new_id()
        transaction.append(
            "period_return",
            [
                {
                    "return_id": return_id,
                    "period_id": period.period_id,
                    "agency_code": agency_code,
                    "kind": kind.value,
                    "number": number,
                    "issued_on": issued_on,
                    "sent_on": day,
                    "note": note,
                    "actor_id": actor_id,
                }
            ],
        )
        attachments.keep(transaction, looked_at)
        transaction.append(
            "period_return_file",
            [
                one.facts | {"file_id": transaction.new_id(), "return_id": return_id, "actor_id": actor_id}
                for one in looked_at
            ],
        )
    return return_id


def file_content(installation: Installation, actor: Actor, file_id: int) -> Row:
    """file_name, media_type and content of one file of a return.

    Raises: NotSignedIn, Forbidden, NotFound.
    """
    actor.require(Right.READ_CLAIMS)
    row = installation.database.row("returns/file_content", file_id=file_id)
    if row is None:
        raise NotFound("evidence_not_found", id=file_id)
    return row


def _day(installation: Installation, transaction: Transaction) -> date:
    """The civil day on which a return arrives: in Asia/Ho_Chi_Minh; the working date in a demonstration."""
    return installation.fixed_working_date or civil_day(transaction.recorded_at)


def _agency_return(
    installation: Installation, period: Period, row: Row, files: dict[int, list[ReturnFile]], day: date
) -> AgencyReturn:
    agency = installation.reference.agency(row["agency_code"])
    kind = ReturnKind(row["kind"]) if row["kind"] else None
    return AgencyReturn(
        agency_code=agency.code,
        agency_name=agency.name_on(period.ends_on),
        agency_short_name=agency.short_name_on(period.ends_on),
        items=row["items"],
        state=return_state(period, kind, row["first_sent_on"], day),
        kind=kind,
        number=row["number"],
        issued_on=row["issued_on"],
        sent_on=row["sent_on"],
        first_sent_on=row["first_sent_on"],
        note=row["note"],
        versions=row["versions"],
        recorded_at=row["recorded_at"],
        files=tuple(files.get(row["return_id"] or 0, ())),
    )
