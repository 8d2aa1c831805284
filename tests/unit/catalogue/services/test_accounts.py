"""Accounts and sessions: who gets in, for how long, and what ends it."""

import shutil
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from catalogue.errors import (
    BadCredentials,
    CatalogueError,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    NotSignedIn,
)
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.services import accounts
from catalogue.services.installation import Installation, open_installation
from catalogue.settings import Settings
from catalogue.store.database import Database

PASSWORD = "mật khẩu đủ dài"
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(
    empty_template: Path, tmp_path: Path, clock: Clock, request: pytest.FixtureRequest
) -> Iterator[Database]:
    if "demonstration" not in request.fixturenames:
        shutil.copy(empty_template, tmp_path / "c.duckdb")
    database = Database.open(tmp_path / "c.duckdb", clock=clock)
    yield database
    database.close()


@pytest.fixture
def installation(tmp_path: Path, database: Database) -> Installation:
    return open_installation(Settings(data_dir=tmp_path), database, demo=False)


@pytest.fixture
def demonstration(tmp_path: Path, database: Database) -> Installation:
    installation = open_installation(Settings(data_dir=tmp_path), database, demo=True)
    insert_demo_actors(installation)
    return installation


def insert_demo_actors(installation: Installation) -> None:
    people = [
        (1, "quantri", Role.ADMINISTRATOR, None),
        (2, "vpcp", Role.REVIEWER, None),
        (3, "byt", Role.MINISTRY_EDITOR, "bo-y-te"),
        (4, "lanhdao", Role.VIEWER, None),
        (5, "khach", Role.VIEWER, None),
    ]
    with installation.database.unrecorded() as transaction:
        transaction.insert(
            "actor",
            [
                {
                    "actor_id": actor_id,
                    "account": account,
                    "full_name": account.title(),
                    "role": role.value,
                    "agency_code": agency_code,
                    "password_hash": "!",
                    "is_active": True,
                    "is_demo": True,
                    "created_at": installation.database.clock(),
                }
                for actor_id, account, role, agency_code in people
            ],
        )


def add(
    installation: Installation,
    account: str = "an.nguyen",
    role: str = "viewer",
    agency_code: str | None = None,
    password: str = PASSWORD,
    full_name: str = "Nguyễn Văn An",
    by: Actor | None = None,
) -> Actor:
    return accounts.add_account(
        installation,
        account=account,
        full_name=full_name,
        role=role,
        agency_code=agency_code,
        password=password,
        by=by,
    )


def issues_of(error: CatalogueError) -> list[tuple[str, str | None]]:
    assert isinstance(error, Invalid)
    return [(issue.rule, issue.column) for issue in error.issues]


def refused(installation: Installation, account: str, password: str) -> str:
    with pytest.raises(BadCredentials) as caught:
        accounts.sign_in(installation, account, password)
    return caught.value.code


def test_a_person_signs_in_and_is_known_by_the_token(installation: Installation) -> None:
    added = add(installation, role="ministry_editor", agency_code="bo-y-te")
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    assert accounts.who(installation, token) == added
    assert added == Actor(
        added.actor_id, "an.nguyen", "Nguyễn Văn An", Role.MINISTRY_EDITOR, agency_code="bo-y-te"
    )


def test_the_database_holds_neither_token_nor_password(installation: Installation, tmp_path: Path) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    row = installation.database.row("accounts/find", account="an.nguyen")
    assert row is not None
    assert row["password_hash"].startswith("$argon2id$")
    backup = tmp_path / "copy.duckdb"
    installation.database.backup(backup)
    content = backup.read_bytes()
    assert token.encode() not in content
    assert PASSWORD.encode() not in content


def test_account_is_read_without_regard_to_case_and_password_to_unicode_form(
    installation: Installation,
) -> None:
    add(installation, password="tiếng Việt có dấu")
    token = accounts.sign_in(installation, " An.Nguyen ", unicodedata.normalize("NFD", "tiếng Việt có dấu"))
    assert accounts.session_state(installation, token) == "active"


def test_wrong_password_unknown_and_impossible_accounts_are_refused_alike(installation: Installation) -> None:
    add(installation)
    assert refused(installation, "an.nguyen", "sai mật khẩu rồi") == "bad_credentials"
    assert refused(installation, "an.nguyen", "") == "bad_credentials"
    assert refused(installation, "khong.co", PASSWORD) == "bad_credentials"
    assert refused(installation, "x" * 5000, PASSWORD) == "bad_credentials"
    assert refused(installation, "a\0'; --", PASSWORD) == "bad_credentials"


def test_inactive_account_cannot_sign_in_and_its_sessions_end(installation: Installation) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    accounts.deactivate(installation, "an.nguyen", by=None)
    assert accounts.who(installation, token) is NOBODY
    assert accounts.session_state(installation, token) == "ended"
    assert refused(installation, "an.nguyen", PASSWORD) == "bad_credentials"


@pytest.mark.parametrize("account", ["an.nguyen", "khong.co"])
def test_five_failures_lock_an_account_until_the_window_has_passed(
    installation: Installation, clock: Clock, account: str
) -> None:
    add(installation)
    add(installation, account="nguoi.khac")
    for _ in range(accounts.FAILURES_ALLOWED):
        assert refused(installation, account, "sai mật khẩu rồi") == "bad_credentials"
        clock.now += MINUTE
    assert refused(installation, account, PASSWORD) == "too_many_attempts"
    assert accounts.sign_in(installation, "nguoi.khac", PASSWORD)

    clock.now += 10 * MINUTE - timedelta(seconds=1)
    assert refused(installation, account, PASSWORD) == "too_many_attempts"
    clock.now += timedelta(seconds=1)
    if account == "an.nguyen":
        assert accounts.sign_in(installation, account, PASSWORD)
    else:
        assert refused(installation, account, PASSWORD) == "bad_credentials"


def test_parallel_guesses_are_counted_too(installation: Installation) -> None:
    add(installation)
    with ThreadPoolExecutor(12) as pool:
        codes = list(pool.map(lambda guess: refused(installation, "an.nguyen", f"sai {guess}"), range(12)))
    assert codes.count("bad_credentials") == accounts.FAILURES_ALLOWED
    assert codes.count("too_many_attempts") == 12 - accounts.FAILURES_ALLOWED


def test_success_and_a_new_password_forget_failures(installation: Installation) -> None:
    add(installation)
    for _ in range(accounts.FAILURES_ALLOWED - 1):
        refused(installation, "an.nguyen", "sai mật khẩu rồi")
    accounts.sign_in(installation, "an.nguyen", PASSWORD)
    for _ in range(accounts.FAILURES_ALLOWED):
        assert refused(installation, "an.nguyen", "sai mật khẩu rồi") == "bad_credentials"
    assert refused(installation, "an.nguyen", PASSWORD) == "too_many_attempts"
    accounts.set_password(installation, "an.nguyen", "một mật khẩu khác", by=None)
    assert accounts.sign_in(installation, "an.nguyen", "một mật khẩu khác")


def test_session_expires_when_idle(installation: Installation, clock: Clock) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    clock.now += 8 * HOUR
    assert accounts.session_state(installation, token) == "active"
    clock.now += timedelta(seconds=1)
    assert accounts.who(installation, token) is NOBODY
    assert accounts.session_state(installation, token) == "ended"


def test_use_keeps_a_session_alive_until_its_absolute_end(installation: Installation, clock: Clock) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    for _ in range(4):
        clock.now += 6 * HOUR
        assert accounts.who(installation, token).account == "an.nguyen"
    clock.now += timedelta(seconds=1)
    assert accounts.who(installation, token) is NOBODY
    assert accounts.session_state(installation, token) == "ended"


def test_looking_again_within_five_minutes_writes_nothing(installation: Installation, clock: Clock) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    clock.now += 4 * MINUTE
    accounts.who(installation, token)
    clock.now += 8 * HOUR - 4 * MINUTE + timedelta(seconds=1)
    assert accounts.who(installation, token) is NOBODY


def test_a_tampered_token_is_nobody(installation: Installation) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    for forged in (token[:-1], token + "A", token.swapcase(), "\udc80", "đ", "x" * 10_000):
        assert accounts.who(installation, forged) is NOBODY
        assert accounts.session_state(installation, forged) == "ended"


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_token_nobody_was_ever_signed_in(installation: Installation, token: str | None) -> None:
    assert accounts.who(installation, token) is NOBODY
    assert accounts.session_state(installation, token) == "none"
    accounts.sign_out(installation, token)


def test_signing_out_ends_one_session_and_end_all_ends_every_one(installation: Installation) -> None:
    added = add(installation)
    add(installation, account="nguoi.khac")
    first, second, third = (accounts.sign_in(installation, "an.nguyen", PASSWORD) for _ in range(3))
    other = accounts.sign_in(installation, "nguoi.khac", PASSWORD)
    accounts.sign_out(installation, first)
    states = [accounts.session_state(installation, token) for token in (first, second, third)]
    assert states == ["ended", "active", "active"]
    assert added.actor_id is not None
    accounts.end_all(installation, added.actor_id)
    assert [accounts.who(installation, token) for token in (first, second, third)] == [NOBODY] * 3
    assert accounts.who(installation, other).account == "nguoi.khac"


def test_old_sessions_are_forgotten_at_the_next_sign_in(installation: Installation, clock: Clock) -> None:
    added = add(installation)
    accounts.sign_in(installation, "an.nguyen", PASSWORD)
    clock.now += 25 * HOUR
    accounts.sign_in(installation, "an.nguyen", PASSWORD)
    with installation.database.unrecorded() as transaction:
        ended = transaction.write("accounts/end_sessions", actor_id=added.actor_id, now=clock.now)
        kept = transaction.write("accounts/forget_sessions", created_before=clock.now + HOUR)
    assert (ended, kept) == (1, 1)


def test_a_hash_with_old_parameters_is_renewed_at_sign_in(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher())
    added = add(installation)
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with installation.database.unrecorded() as transaction:
        transaction.write("accounts/set_password", actor_id=added.actor_id, password_hash=old)
    accounts.sign_in(installation, "an.nguyen", PASSWORD)
    row = installation.database.row("accounts/find", account="an.nguyen")
    assert row is not None
    assert not PasswordHasher().check_needs_rehash(row["password_hash"])
    assert accounts.sign_in(installation, "an.nguyen", PASSWORD)


def test_a_new_password_ends_all_sessions_and_the_old_password(installation: Installation) -> None:
    add(installation)
    token = accounts.sign_in(installation, "an.nguyen", PASSWORD)
    accounts.set_password(installation, "an.nguyen", "một mật khẩu khác", by=None)
    assert accounts.who(installation, token) is NOBODY
    assert refused(installation, "an.nguyen", PASSWORD) == "bad_credentials"
    assert accounts.sign_in(installation, "an.nguyen", "một mật khẩu khác")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"role": "ministry_editor"}, ("agency_missing", "agency_code")),
        ({"role": "ministry_editor", "agency_code": ""}, ("agency_missing", "agency_code")),
        ({"role": "ministry_editor", "agency_code": "bo-khong-co"}, ("agency_unknown", "agency_code")),
        ({"role": "anonymous"}, ("role_unknown", "role")),
        ({"role": "root"}, ("role_unknown", "role")),
        ({"account": "An"}, ("account_pattern", "account")),
        ({"account": "a"}, ("account_pattern", "account")),
        ({"account": "an\n"}, ("account_pattern", "account")),
        ({"full_name": " \u200b "}, ("full_name_missing", "full_name")),
        ({"password": "mười một ký"}, ("password_short", "password")),
    ],
)
def test_an_incomplete_account_is_refused_with_its_place(
    installation: Installation, changes: dict[str, str], expected: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as caught:
        add(installation, **changes)  # type: ignore[arg-type]  # `by` is never among the changes
    assert issues_of(caught.value) == [expected]
    assert accounts.list_accounts(installation, by=None).is_empty()


def test_all_mistakes_are_named_at_once_and_the_password_never(installation: Installation) -> None:
    with pytest.raises(Invalid) as caught:
        add(installation, account="?", role="?", password="ngắn")
    assert [rule for rule, _ in issues_of(caught.value)] == [
        "account_pattern",
        "role_unknown",
        "password_short",
    ]
    assert all(issue.value != "ngắn" for issue in caught.value.issues)


def test_a_taken_account_is_a_conflict(installation: Installation) -> None:
    add(installation)
    with pytest.raises(Conflict) as caught:
        add(installation)
    assert caught.value.code == "account_exists"


def test_each_change_of_an_account_is_one_revision_by_its_author(installation: Installation) -> None:
    admin = add(installation, account="quan.tri", role="administrator")
    before = installation.moment().revision
    added = add(installation, by=admin)
    accounts.set_password(installation, "an.nguyen", "một mật khẩu khác", by=admin)
    accounts.deactivate(installation, "an.nguyen", by=admin)
    assert installation.moment().revision == before + 3
    assert added.actor_id is not None and admin.actor_id is not None
    assert added.actor_id > admin.actor_id


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MINISTRY_EDITOR, Role.REVIEWER])
def test_only_administrators_and_the_operator_manage_accounts(installation: Installation, role: Role) -> None:
    add(installation)
    somebody = Actor(7, "ai.do", "Ai Đó", role, "bo-y-te")
    for author, error in ((somebody, Forbidden), (NOBODY, NotSignedIn)):
        with pytest.raises(error):
            add(installation, account="moi", by=author)
        with pytest.raises(error):
            accounts.list_accounts(installation, by=author)
        with pytest.raises(error):
            accounts.deactivate(installation, "an.nguyen", by=author)
        with pytest.raises(error):
            accounts.set_password(installation, "an.nguyen", "một mật khẩu khác", by=author)
    assert accounts.sign_in(installation, "an.nguyen", PASSWORD)


def test_an_administrator_does_not_close_their_own_account(installation: Installation) -> None:
    admin = add(installation, account="quan.tri", role="administrator")
    with pytest.raises(Conflict) as caught:
        accounts.deactivate(installation, "quan.tri", by=admin)
    assert caught.value.code == "own_account"


def test_changing_an_unknown_account_is_not_found(installation: Installation) -> None:
    with pytest.raises(NotFound):
        accounts.deactivate(installation, "khong.co", by=None)
    with pytest.raises(NotFound):
        accounts.set_password(installation, "khong.co", PASSWORD, by=None)


def test_the_list_shows_active_accounts_first_and_no_hash(installation: Installation) -> None:
    for account in ("c.c", "a.a", "b.b"):
        add(installation, account=account)
    accounts.deactivate(installation, "a.a", by=None)
    frame = accounts.list_accounts(installation, by=None)
    assert frame["account"].to_list() == ["b.b", "c.c", "a.a"]
    assert "password_hash" not in frame.columns


def test_a_demonstration_offers_four_people_in_order(demonstration: Installation) -> None:
    offered = accounts.demo_accounts(demonstration)
    assert [actor.account for actor in offered] == ["lanhdao", "byt", "vpcp", "quantri"]
    for actor in offered:
        token = accounts.sign_in_demo(demonstration, actor.account)
        assert accounts.who(demonstration, token) == actor


def test_a_demo_account_has_no_password_to_guess(demonstration: Installation) -> None:
    assert refused(demonstration, "vpcp", "!") == "bad_credentials"


def test_demo_sign_in_is_refused_on_a_real_installation(demonstration: Installation) -> None:
    real = replace(demonstration, is_demo=False)
    with pytest.raises(Forbidden):
        accounts.sign_in_demo(real, "vpcp")
    assert accounts.demo_accounts(real) == []


def test_demo_sign_in_is_for_active_demo_accounts_only(demonstration: Installation) -> None:
    add(demonstration)
    accounts.deactivate(demonstration, "vpcp", by=None)
    for account in ("an.nguyen", "vpcp", "khong.co"):
        with pytest.raises(Forbidden):
            accounts.sign_in_demo(demonstration, account)
    assert [actor.account for actor in accounts.demo_accounts(demonstration)] == ["lanhdao", "byt", "quantri"]
