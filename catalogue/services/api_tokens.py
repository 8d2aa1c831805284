"""Agency tokens: with one a ministry's own system reports in. Each is an actor of its own, so that the trail says which one.

The secret is shown once; the database knows its sha256, which is enough for 256 random bits.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from catalogue import logs
from catalogue.errors import Conflict, Forbidden, Invalid, Issue, NotFound, NotSignedIn
from catalogue.model.actor import Actor, Right, Role
from catalogue.services import answering
from catalogue.services.installation import Installation
from catalogue.store.database import Row, Transaction
from catalogue.text import clean
from catalogue.working_days import civil_day, next_midnight

LONGEST_LIFE = timedelta(days=365)
EXPIRES_SOON = timedelta(days=30)
NAME_LENGTH = 100

_PREFIX = "tthc_"  # so that a secret that got loose is known for what it is
_SHAPE = re.compile(rf"{_PREFIX}[A-Za-z0-9_-]{{43}}")
_HINT = len(_PREFIX) + 4
_NO_PASSWORD = "!"  # a hash that no password has
_TOUCH_AFTER = timedelta(minutes=5)


class State(StrEnum):
    """How a token stands."""

    LIVING = "living"
    EXPIRING = "expiring"  # within 30 days
    ENDED_AGENCY = "ended_agency"  # its agency is no more: it reads, and cannot write
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Token:
    """A token as people read of it. `last_day`: the last day on which it works."""

    number: int
    name: str
    agency_code: str
    hint: str
    state: State
    issued_at: datetime
    last_day: date
    used_at: datetime | None
    revoked_at: datetime | None
    issued_by: str | None
    revoked_by: str | None

    @property
    def is_usable(self) -> bool:
        return self.state not in (State.EXPIRED, State.REVOKED)


def issue(
    installation: Installation, *, name: str, agency_code: str, last_day: date | None, by: Actor | None
) -> tuple[int, str]:
    """Make a token of an agency that works up to and with a day; returns its number and its secret, which is never shown
    again. `by=None` is the operator of the machine, on the command line.

    Raises: NotSignedIn, Forbidden, Invalid with its issues, Conflict token_name_taken.
    """
    author = _author(by)
    name = clean(name)
    issues = [*_name_issues(name), *_agency_issues(installation, agency_code)]
    issues += _day_issues(installation, last_day)
    if issues or last_day is None:
        raise Invalid("token_incomplete", issues=tuple(issues))
    secret = _PREFIX + secrets.token_urlsafe(32)
    with installation.database.transaction("token.add", author) as transaction:
        now = transaction.recorded_at
        for other in transaction.read("api_tokens/list").iter_rows(named=True):
            is_usable = other["revoked_at"] is None and other["expires_at"] > now
            if is_usable and (other["name"], other["agency_code"]) == (name, agency_code):
                raise Conflict("token_name_taken", name=name)
        row = transaction.row("api_tokens/next_number")
        assert row is not None
        number: int = row["number"]
        actor_id = transaction.new_id()
        transaction.insert(
            "actor",
            [
                {
                    "actor_id": actor_id,
                    "account": f"token:{number}",  # no account that a person may have: nobody signs in with it
                    "full_name": f"{name} (API {number})",
                    "role": Role.MINISTRY_EDITOR.value,
                    "agency_code": agency_code,
                    "password_hash": _NO_PASSWORD,
                    "is_active": True,
                    "is_demo": False,
                    "created_at": now,
                }
            ],
        )
        transaction.insert(
            "api_token",
            [
                {
                    "actor_id": actor_id,
                    "number": number,
                    "name": name,
                    "token_sha256": _sha256(secret),
                    "hint": secret[:_HINT],
                    "expires_at": next_midnight(last_day),
                    "issued_by": author,
                }
            ],
        )
    return number, secret


def listed(installation: Installation, *, by: Actor | None) -> list[Token]:
    """Every token without its secret, the newest first.

    Raises: NotSignedIn, Forbidden.
    """
    _author(by)
    rows = installation.database.read("api_tokens/list").iter_rows(named=True)
    return [_token(installation, row) for row in rows]


def revoke(installation: Installation, number: int, *, by: Actor | None) -> None:
    """End a token at once and for good; what was reported with it stays.

    Raises: NotSignedIn, Forbidden, NotFound, Conflict token_revoked_already.
    """
    author = _author(by)
    with installation.database.transaction("token.revoke", author) as transaction:
        rows = transaction.read("api_tokens/list").iter_rows(named=True)
        row = next((row for row in rows if row["number"] == number), None)
        if row is None:
            raise NotFound("token_not_found", id=number)
        changed = transaction.write(
            "api_tokens/revoke", number=number, now=transaction.recorded_at, revoked_by=author
        )
        if not changed:
            raise Conflict("token_revoked_already", id=number)
        transaction.write("accounts/deactivate", actor_id=row["actor_id"])


def holder(installation: Installation, secret: str | None) -> Actor:
    """The actor that a secret is, asked of the database each time.

    Raises: NotSignedIn token_invalid, for an unknown secret as for a revoked one; token_expired, which only its holder
    can come to know.
    """
    row = None
    if secret and _SHAPE.fullmatch(secret):
        row = installation.database.row("api_tokens/holder", token_sha256=_sha256(secret))
    if row is None or row["revoked_at"] is not None or not row["is_active"]:
        raise NotSignedIn("token_invalid")
    now = installation.database.clock()
    if now >= row["expires_at"]:
        raise NotSignedIn("token_expired", day=_last_day(row))
    if row["used_at"] is None or now - row["used_at"] >= _TOUCH_AFTER:
        with installation.database.unrecorded() as transaction:
            transaction.write("api_tokens/touch", actor_id=row["actor_id"], now=now)
    logs.acting(row["actor_id"])
    return Actor(row["actor_id"], row["account"], row["full_name"], Role(row["role"]), row["agency_code"])


def require_living(transaction: Transaction, actor_id: int) -> None:
    """Asked again where something is written: a body may take a minute to arrive. Raises: NotSignedIn token_invalid."""
    row = transaction.row("api_tokens/living", actor_id=actor_id, now=transaction.recorded_at)
    if row is None or not row["is_living"]:
        raise NotSignedIn("token_invalid")


def of_holder(installation: Installation, actor: Actor) -> Token:
    """What a token may know of itself.

    Raises: NotFound for whoever is no token.
    """
    rows = installation.database.read("api_tokens/list").iter_rows(named=True)
    row = next((row for row in rows if row["actor_id"] == actor.actor_id), None)
    if row is None:
        raise NotFound("token_not_found", id=actor.account)
    return _token(installation, row)


def require_writing(installation: Installation, actor: Actor) -> int:
    """The id of an actor that may write claims for an agency that is.

    Raises: NotSignedIn, Forbidden; token_agency_ended names who succeeded an agency that is no more.
    """
    actor_id = actor.require(Right.WRITE_CLAIMS)
    gone = answering.ended(installation, actor.agency_code or "")
    if gone is not None:
        successor = gone.successor.name_on(installation.working_date)
        raise Forbidden("token_agency_ended", agency=gone.agency.name, successor=successor, day=gone.since)
    return actor_id


def longest(installation: Installation) -> date:
    """The latest day on which a token issued now may still work."""
    return installation.today + LONGEST_LIFE


def _author(by: Actor | None) -> int | None:
    return None if by is None else by.require(Right.ADMINISTER)


def _token(installation: Installation, row: Row) -> Token:
    return Token(
        number=row["number"],
        name=row["name"],
        agency_code=row["agency_code"],
        hint=row["hint"],
        state=_state(installation, row),
        issued_at=row["created_at"],
        last_day=_last_day(row),
        used_at=row["used_at"],
        revoked_at=row["revoked_at"],
        issued_by=row["issued_by_name"],
        revoked_by=row["revoked_by_name"],
    )


def _state(installation: Installation, row: Row) -> State:
    left = row["expires_at"] - installation.database.clock()
    if row["revoked_at"] is not None:
        return State.REVOKED
    if left <= timedelta(0):
        return State.EXPIRED
    if answering.ended(installation, row["agency_code"]) is not None:
        return State.ENDED_AGENCY
    return State.EXPIRING if left <= EXPIRES_SOON else State.LIVING


def _last_day(row: Row) -> date:
    expires_at: datetime = row["expires_at"]
    return civil_day(expires_at - timedelta(seconds=1))


def _name_issues(name: str) -> list[Issue]:
    if not name:
        return [Issue("token_name_missing", column="name")]
    if len(name) > NAME_LENGTH:
        return [Issue("token_name_long", column="name", value=str(NAME_LENGTH))]
    return []


def _agency_issues(installation: Installation, agency_code: str) -> list[Issue]:
    if agency_code not in {agency.code for agency in installation.reference.agencies}:
        return [Issue("token_agency_unknown", column="agency_code", value=agency_code[:60])]
    gone = answering.ended(installation, agency_code)
    return [Issue("agency_no_more", column="agency_code", value=gone.agency.name)] if gone else []


def _day_issues(installation: Installation, last_day: date | None) -> list[Issue]:
    if last_day is None:
        return [Issue("token_day_missing", column="last_day")]
    first, last = installation.today, longest(installation)
    if not first <= last_day <= last:
        return [Issue("token_day_out_of_range", column="last_day", value=last.isoformat())]
    return []


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
