"""Digests by e-mail: who receives one, what it is about, and that nobody receives two on one day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from catalogue.errors import CatalogueError
from catalogue.model.actor import Actor, Right, Role
from catalogue.model.period import Moment
from catalogue.model.reminder import Reminder
from catalogue.model.reporting import AgencyReturn, Period, ReturnState
from catalogue.services import periods, reminders
from catalogue.services.installation import Installation
from catalogue.working_days import civil_day

ROLES = (Role.MINISTRY_EDITOR, Role.REVIEWER)


@dataclass(frozen=True)
class Addressee:
    """An active account of a role that receives digests; without an address it receives none."""

    actor_id: int
    account: str
    full_name: str
    role: Role
    agency_code: str | None
    email: str | None
    sent_today: bool


@dataclass(frozen=True)
class Queue:
    """What waits for reviewers."""

    claims: int
    oldest: date | None
    oldest_days: int


def addressees(installation: Installation, *, by: Actor | None) -> list[Addressee]:
    """Who receives a digest; `by=None` is the operator of the machine, on the command line.

    Raises: NotSignedIn, Forbidden.
    """
    if by is not None:
        by.require(Right.MANAGE_PERIODS)
    rows = installation.database.read(
        "digest/addressees", roles=[role.value for role in ROLES], today=installation.today
    )
    return [Addressee(**{**row, "role": Role(row["role"])}) for row in rows.iter_rows(named=True)]


def of_agencies(installation: Installation, moment: Moment) -> dict[str, Reminder]:
    """What each agency's editors are told, by agency."""
    found = reminders.every_agency(installation, moment, returned_for=0)
    return {reminder.agency_code: reminder for reminder in found}


def owed_returns(installation: Installation, moment: Moment) -> tuple[Period | None, dict[str, AgencyReturn]]:
    """The oldest period, open or closed early and not due yet, that returns are owed for; which agencies are to send one,
    for themselves or for those that they succeeded, and what."""
    owed = (ReturnState.MISSING, ReturnState.WAITING)
    for period in reversed(periods.all_periods(installation, moment)):
        if period.is_closed and moment.as_of > period.due_on:
            continue
        found = periods.returns(installation, period, moment)
        if owing := [one for one in found if one.state in owed]:
            successor = installation.reference.successor
            return period, {successor(one.agency_code, moment.as_of).code: one for one in owing}
    return None, {}


def queue(installation: Installation, moment: Moment) -> Queue:
    """What waits for reviewers."""
    row = installation.database.row("reminders/waiting")
    assert row is not None
    oldest = civil_day(row["oldest"]) if row["oldest"] else None
    return Queue(row["claims"], oldest, max(0, (moment.as_of - oldest).days) if oldest else 0)


@contextmanager
def once_a_day(installation: Installation, actor_id: int) -> Iterator[None]:
    """Send within: the day is taken before sending, so that two runs at once send one digest, and given back on failure.

    Raises: Conflict when this account has had its digest today.
    """
    database, day = installation.database, installation.today
    with database.unrecorded() as transaction:
        row = {"actor_id": actor_id, "sent_on": day, "sent_at": transaction.recorded_at}
        transaction.insert("digest_sent", [row])
    try:
        yield
    except CatalogueError:
        forget(installation, actor_id)
        raise


def forget(installation: Installation, actor_id: int) -> None:
    """Let an account have another digest today."""
    with installation.database.unrecorded() as transaction:
        transaction.write("digest/forget", actor_id=actor_id, sent_on=installation.today)
