"""Who may sign in: accounts, passwords, sessions. A session is an opaque token whose sha256 the database knows."""

import hashlib
import re
import secrets
import threading
import unicodedata
from collections import OrderedDict
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

import polars as pl
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from catalogue import logs
from catalogue.errors import BadCredentials, Conflict, Forbidden, Invalid, Issue, NotFound
from catalogue.model.actor import NOBODY, Actor, Right, Role
from catalogue.services import answering
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from catalogue.text import clean

IDLE_LIFE = timedelta(hours=8)
ABSOLUTE_LIFE = timedelta(hours=24)
FAILURES_ALLOWED = 5
FAILURE_WINDOW = timedelta(minutes=15)
PASSWORD_LENGTH = 12
DEMO_ACCOUNTS = ("lanhdao", "byt", "vpcp", "quantri")

SessionState = Literal["none", "active", "ended"]

_TOUCH_AFTER = timedelta(minutes=5)
_ACCOUNT = re.compile(r"[a-z0-9._-]{2,40}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_HASHER = PasswordHasher()
# Each hash takes 64 MiB: a flood of sign-ins must not take the machine.
_HASHING = threading.BoundedSemaphore(4)


class _Failures:
    """Failed sign-ins by account, in this process, forgotten after the window; the oldest go first when full."""

    _SIZE = 10_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: OrderedDict[tuple[Path, str], list[datetime]] = OrderedDict()

    def begin(self, key: tuple[Path, str], now: datetime) -> None:
        """Count an attempt as failed until `forget` says otherwise, so that parallel guesses count too.

        Raises: BadCredentials when the account is locked.
        """
        with self._lock:
            recent = [time for time in self._times.get(key, []) if now - time < FAILURE_WINDOW]
            if len(recent) >= FAILURES_ALLOWED:
                raise BadCredentials("too_many_attempts")
            self._times[key] = [*recent, now]
            self._times.move_to_end(key)
            while len(self._times) > self._SIZE:
                self._times.popitem(last=False)

    def forget(self, key: tuple[Path, str]) -> None:
        with self._lock:
            self._times.pop(key, None)


_failures = _Failures()


def sign_in(installation: Installation, account: str, password: str) -> str:
    """Open a session and return its token.

    Raises: BadCredentials, for an unknown or inactive account as for a wrong password, and with the code
    too_many_attempts after five failures within 15 minutes.
    """
    account = account.strip().lower()
    known = _ACCOUNT.fullmatch(account) is not None
    key = (installation.database.path, account)
    if known:
        _failures.begin(key, installation.database.clock())
    row = installation.database.row("accounts/find", account=account) if known else None
    nobody = _unknown_hash()  # made before it is known whether it is needed: both ways take the same time
    matches = _matches(row["password_hash"] if row else nobody, password)
    if row is None or not matches or not row["is_active"]:
        raise BadCredentials
    token = _open_session(installation, row, password)
    _failures.forget(key)
    return token


def sign_in_demo(installation: Installation, account: str) -> str:
    """Open a session without a password, for the accounts of a demonstration only.

    Raises: Forbidden.
    """
    row = installation.database.row("accounts/find", account=account) if installation.is_demo else None
    if row is None or not row["is_demo"] or not row["is_active"]:
        raise Forbidden
    return _open_session(installation, row)


def who(installation: Installation, token: str | None) -> Actor:
    """The person behind a token, asked of the database each time; NOBODY when the session does not live."""
    row = _living_session(installation, token)
    if token is None or row is None:
        return NOBODY
    now = installation.database.clock()
    if now - row["seen_at"] >= _TOUCH_AFTER:
        with installation.database.unrecorded() as transaction:
            transaction.write("accounts/touch_session", token_sha256=_sha256(token), now=now)
    logs.acting(row["actor_id"])
    return _actor(row)


def session_state(installation: Installation, token: str | None) -> SessionState:
    """Whether a token was never there, lives, or has ended (expired, signed out, deactivated, tampered with)."""
    if not token:
        return "none"
    return "ended" if _living_session(installation, token) is None else "active"


def living_sessions(installation: Installation) -> int:
    """How many sessions are open: signed in, neither ended nor expired."""
    row = installation.database.row("accounts/count_sessions", **_alive(installation))
    assert row is not None
    sessions: int = row["sessions"]
    return sessions


def sign_out(installation: Installation, token: str | None) -> None:
    """End the session of a token, if there is one."""
    if token:
        with installation.database.unrecorded() as transaction:
            transaction.write(
                "accounts/end_session", token_sha256=_sha256(token), now=transaction.recorded_at
            )


def end_all(installation: Installation, actor_id: int) -> None:
    """End every session of a person, on every machine."""
    with installation.database.unrecorded() as transaction:
        transaction.write("accounts/end_sessions", actor_id=actor_id, now=transaction.recorded_at)


def add_account(
    installation: Installation,
    *,
    account: str,
    full_name: str,
    role: str,
    agency_code: str | None,
    password: str,
    by: Actor | None,
    email: str | None = None,
) -> Actor:
    """Open an account. `by=None` is the operator of the machine, on the command line.

    Raises: NotSignedIn, Forbidden, Invalid with its issues, Conflict account_exists.
    """
    author = _author(by)
    full_name, agency_code = clean(full_name), agency_code or None
    _refuse(
        *_account_issues(account, full_name),
        *_role_issues(installation, role, agency_code),
        *_password_issues(password),
        *_email_issues(email),
    )
    password_hash = _hash(password)
    with installation.database.transaction("user.add", author) as transaction:
        if transaction.row("accounts/find", account=account) is not None:
            raise Conflict("account_exists", account=account)
        actor_id = transaction.new_id()
        transaction.insert(
            "actor",
            [
                {
                    "actor_id": actor_id,
                    "account": account,
                    "full_name": full_name,
                    "role": role,
                    "agency_code": agency_code,
                    "password_hash": password_hash,
                    "is_active": True,
                    "is_demo": False,
                    "created_at": transaction.recorded_at,
                    "email": email or None,
                }
            ],
        )
    return Actor(actor_id, account, full_name, Role(role), agency_code)


def list_accounts(installation: Installation, *, by: Actor | None) -> pl.DataFrame:
    """Every account without its password hash, the active ones first.

    Raises: NotSignedIn, Forbidden.
    """
    _author(by)
    return installation.database.read("accounts/list")


def deactivate(installation: Installation, account: str, *, by: Actor | None) -> None:
    """Close an account and end its sessions; what the person did stays theirs.

    Raises: NotSignedIn, Forbidden, NotFound, Conflict own_account.
    """
    author = _author(by)
    with installation.database.transaction("user.deactivate", author) as transaction:
        row = transaction.row("accounts/find", account=account)
        if row is None:
            raise NotFound(account=account)
        if row["actor_id"] == author:  # so that an administrator always remains
            raise Conflict("own_account", account=account)
        transaction.write("accounts/deactivate", actor_id=row["actor_id"])
        transaction.write("accounts/end_sessions", actor_id=row["actor_id"], now=transaction.recorded_at)


def set_password(installation: Installation, account: str, password: str, *, by: Actor | None) -> None:
    """Give an account a new password, end its sessions and unlock it.

    Raises: NotSignedIn, Forbidden, NotFound, Invalid with its issues.
    """
    author = _author(by)
    _refuse(*_password_issues(password))
    password_hash = _hash(password)
    with installation.database.transaction("user.set_password", author) as transaction:
        row = transaction.row("accounts/find", account=account)
        if row is None:
            raise NotFound(account=account)
        transaction.write("accounts/set_password", actor_id=row["actor_id"], password_hash=password_hash)
        transaction.write("accounts/end_sessions", actor_id=row["actor_id"], now=transaction.recorded_at)
    _failures.forget((installation.database.path, account))


def move(installation: Installation, account: str, agency_code: str, *, by: Actor | None) -> None:
    """Make an account one of another agency, as after a merger, and end its sessions; what the person did for the former
    agency stays there.

    Raises: NotSignedIn, Forbidden, NotFound, Invalid with its issues.
    """
    author = _author(by)
    with installation.database.transaction("user.move", author) as transaction:
        row = transaction.row("accounts/find", account=account)
        if row is None:
            raise NotFound(account=account)
        _refuse(*_role_issues(installation, row["role"], agency_code))
        transaction.write("accounts/move", actor_id=row["actor_id"], agency_code=agency_code)
        transaction.write("accounts/end_sessions", actor_id=row["actor_id"], now=transaction.recorded_at)


def set_email(installation: Installation, account: str, email: str, *, by: Actor | None) -> None:
    """Say where an account receives its digest; an empty text takes the address away.

    Raises: NotSignedIn, Forbidden, NotFound, Invalid with its issues.
    """
    author = _author(by)
    _refuse(*_email_issues(email))
    with installation.database.transaction("user.set_email", author) as transaction:
        row = transaction.row("accounts/find", account=account)
        if row is None:
            raise NotFound(account=account)
        transaction.write("accounts/set_email", actor_id=row["actor_id"], email=email or None)


def demo_accounts(installation: Installation) -> list[Actor]:
    """The accounts a demonstration offers, in the order in which they are shown; none on a real installation."""
    if not installation.is_demo:
        return []
    rows = {row["account"]: row for row in installation.database.read("accounts/demo").iter_rows(named=True)}
    return [_actor(rows[account]) for account in DEMO_ACCOUNTS if account in rows]


def _author(by: Actor | None) -> int | None:
    return None if by is None else by.require(Right.ADMINISTER)


def _actor(row: Row) -> Actor:
    return Actor(row["actor_id"], row["account"], row["full_name"], Role(row["role"]), row["agency_code"])


def _living_session(installation: Installation, token: str | None) -> Row | None:
    if not token:
        return None
    return installation.database.row("accounts/session", token_sha256=_sha256(token), **_alive(installation))


def _alive(installation: Installation) -> dict[str, datetime]:
    """Since when a session must have been opened and used to be alive."""
    now = installation.database.clock()
    return {"created_after": now - ABSOLUTE_LIFE, "seen_after": now - IDLE_LIFE}


def _open_session(installation: Installation, row: Row, password: str | None = None) -> str:
    """Insert a session, unless the account changed while the password was being verified."""
    old_hash = row["password_hash"]
    is_outdated = password is not None and _HASHER.check_needs_rehash(old_hash)
    new_hash = _hash(password) if password is not None and is_outdated else None
    token = secrets.token_urlsafe(32)
    with installation.database.unrecorded() as transaction:
        now = transaction.recorded_at
        current = transaction.row("accounts/find", account=row["account"])
        if current is None or not current["is_active"] or current["password_hash"] != old_hash:
            raise BadCredentials
        if new_hash is not None:
            transaction.write(
                "accounts/rehash", actor_id=row["actor_id"], old_hash=old_hash, password_hash=new_hash
            )
        transaction.write("accounts/forget_sessions", created_before=now - ABSOLUTE_LIFE)
        transaction.insert(
            "session",
            [
                {
                    "token_sha256": _sha256(token),
                    "actor_id": row["actor_id"],
                    "created_at": now,
                    "seen_at": now,
                    "ended_at": None,
                }
            ],
        )
    logs.acting(row["actor_id"])
    return token


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _bytes(password: str) -> bytes:
    # Keyboards differ in the normal form they type.
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")


def _hash(password: str) -> str:
    with _HASHING:
        return _HASHER.hash(_bytes(password))


@cache
def _unknown_hash() -> str:
    return _hash(secrets.token_urlsafe(32))


def _matches(password_hash: str, password: str) -> bool:
    try:
        with _HASHING:
            return _HASHER.verify(password_hash, _bytes(password))
    except VerificationError:
        return False
    except InvalidHashError:  # an account without a password, as in a demonstration
        return _matches(_unknown_hash(), password)


def _refuse(*issues: Issue) -> None:
    if issues:
        raise Invalid(issues=issues)


def _account_issues(account: str, full_name: str) -> list[Issue]:
    issues = []
    if not _ACCOUNT.fullmatch(account):
        issues.append(Issue("account_pattern", column="account", value=account[:60]))
    if not full_name:
        issues.append(Issue("full_name_missing", column="full_name"))
    return issues


def _role_issues(installation: Installation, role: str, agency_code: str | None) -> list[Issue]:
    issues = []
    if role not in set(Role) - {Role.ANONYMOUS}:
        issues.append(Issue("role_unknown", column="role", value=role[:60]))
    if agency_code is None and role == Role.MINISTRY_EDITOR:
        issues.append(Issue("agency_missing", column="agency_code"))
    if agency_code is not None and agency_code not in {a.code for a in installation.reference.agencies}:
        issues.append(Issue("agency_unknown", column="agency_code", value=agency_code[:60]))
    elif agency_code is not None and (gone := answering.ended(installation, agency_code)):
        issues.append(Issue("agency_no_more", column="agency_code", value=gone.agency.name))
    return issues


def _password_issues(password: str) -> list[Issue]:
    is_short = len(unicodedata.normalize("NFC", password)) < PASSWORD_LENGTH
    return [Issue("password_short", column="password")] if is_short else []


def _email_issues(email: str | None) -> list[Issue]:
    if not email or (len(email) <= 254 and _EMAIL.fullmatch(email)):
        return []
    return [Issue("email_pattern", column="email", value=email[:60])]
