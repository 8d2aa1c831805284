"""Agency tokens: issued and revoked by administrators, shown once, kept hashed, expiring, each an actor of its own."""

import hashlib
from datetime import UTC, date, datetime, timedelta

import pytest

from catalogue.errors import BadCredentials, Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from catalogue.model.actor import NOBODY, Actor, Right, Role
from catalogue.model.claim import ClaimKind
from catalogue.services import accounts, api_answers, api_files, api_tokens, audit, digest, item_reports
from catalogue.services.api_tokens import State
from catalogue.services.installation import Installation
from catalogue.services.item_reports import Update
from tests.installations import Clock
from tests.reporting import PDF

NAME = "Hệ thống điều hành của Bộ Y tế"
LAST_DAY = date(2027, 5, 31)
GONE = "bo-ke-hoach-va-dau-tu"  # merged on 2025-03-01


@pytest.fixture
def admin(empty: Installation) -> Actor:
    return accounts.add_account(
        empty, account="quan-tri", full_name="Lê Thị Quản", role="administrator", agency_code=None,
        password="mot mat khau dai", by=None,
    )  # fmt: skip


def issued(
    installation: Installation, by: Actor | None = None, agency: str = "bo-y-te", last_day: date = LAST_DAY
) -> str:
    return api_tokens.issue(installation, name=NAME, agency_code=agency, last_day=last_day, by=by)[1]


def test_a_token_acts_for_its_agency_and_the_database_cannot_tell_its_secret(
    empty: Installation, admin: Actor
) -> None:
    number, secret = api_tokens.issue(
        empty, name=f" {NAME} ", agency_code="bo-y-te", last_day=LAST_DAY, by=admin
    )
    holder = api_tokens.holder(empty, secret)
    assert (holder.role, holder.agency_code) == (Role.MINISTRY_EDITOR, "bo-y-te")
    assert holder.full_name == f"{NAME} (API {number})"  # what the trail shows
    assert holder.has(Right.WRITE_CLAIMS, "bo-y-te")
    assert not holder.has(Right.WRITE_CLAIMS, "bo-cong-an")
    kept = empty.database.whole("api_token").row(0, named=True)
    assert kept["token_sha256"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret.startswith(kept["hint"])
    assert len(kept["hint"]) < 10 < 40 < len(secret)
    everything = str(kept) + str(empty.database.whole("actor").to_dicts())
    assert secret not in everything
    revision = empty.database.whole("revision").row(-1, named=True)
    assert (revision["command"], revision["actor_id"]) == ("token.add", admin.actor_id)
    (told,) = api_tokens.listed(empty, by=admin)
    assert (told.name, told.last_day, told.state, told.issued_by) == (
        NAME,
        LAST_DAY,
        State.LIVING,
        "Lê Thị Quản",
    )
    assert audit.check(empty).is_empty()


def test_a_token_is_no_account(empty: Installation, admin: Actor) -> None:
    holder = api_tokens.holder(empty, issued(empty, admin))
    assert accounts.list_accounts(empty, by=admin)["account"].to_list() == ["quan-tri"]
    assert digest.addressees(empty, by=None) == []
    for change in (
        lambda: accounts.set_password(empty, holder.account, "mot mat khau dai", by=admin),
        lambda: accounts.deactivate(empty, holder.account, by=admin),
        lambda: accounts.move(empty, holder.account, "bo-cong-an", by=admin),
    ):
        with pytest.raises(NotFound):
            change()
    with pytest.raises(BadCredentials):
        accounts.sign_in(empty, holder.account, "!")


def test_only_administrators_issue_list_and_revoke(empty: Installation, admin: Actor) -> None:
    number, secret = api_tokens.issue(empty, name=NAME, agency_code="bo-y-te", last_day=LAST_DAY, by=admin)
    for person, refusal in ((NOBODY, NotSignedIn), (api_tokens.holder(empty, secret), Forbidden)):
        for act in (
            lambda by: issued(empty, by),
            lambda by: api_tokens.listed(empty, by=by),
            lambda by: api_tokens.revoke(empty, number, by=by),
        ):
            with pytest.raises(refusal):
                act(person)


def test_everything_wrong_with_a_new_token_is_said_at_once(empty: Installation) -> None:
    def rules(name: str, agency_code: str, last_day: date | None) -> list[str]:
        with pytest.raises(Invalid) as caught:
            api_tokens.issue(empty, name=name, agency_code=agency_code, last_day=last_day, by=None)
        return [issue.rule for issue in caught.value.issues]

    today = empty.today
    assert rules(" ", "", None) == ["token_name_missing", "token_agency_unknown", "token_day_missing"]
    assert rules("x" * 101, GONE, today - timedelta(days=1)) == [
        "token_name_long", "agency_no_more", "token_day_out_of_range",
    ]  # fmt: skip
    assert rules(NAME, "bo-y-te", today + timedelta(days=366)) == ["token_day_out_of_range"]
    assert issued(empty, last_day=today + timedelta(days=365))
    with pytest.raises(Conflict, match="token_name_taken"):
        issued(empty)
    assert issued(empty, agency="bo-cong-an")


def test_an_unknown_and_a_revoked_token_are_refused_alike(empty: Installation, admin: Actor) -> None:
    secret = issued(empty, admin)
    api_tokens.revoke(empty, 1, by=admin)
    for text in (
        secret,
        secret[:-1] + ("a" if secret[-1] != "a" else "b"),
        "",
        None,
        "tthc_\ud800",
        "x" * 10_000,
    ):
        with pytest.raises(NotSignedIn) as caught:
            api_tokens.holder(empty, text)
        assert (caught.value.code, caught.value.details) == ("token_invalid", {})
    (told,) = api_tokens.listed(empty, by=admin)
    assert (told.state, told.revoked_by, told.is_usable) == (State.REVOKED, "Lê Thị Quản", False)
    with pytest.raises(Conflict, match="token_revoked_already"):
        api_tokens.revoke(empty, 1, by=admin)
    with pytest.raises(NotFound):
        api_tokens.revoke(empty, 2, by=admin)
    assert issued(empty, admin)  # the name is free again


def test_a_token_works_up_to_and_with_its_last_day_in_viet_nam(empty: Installation, clock: Clock) -> None:
    secret = issued(empty)
    clock.now = datetime(2027, 5, 31, 16, 59, 59, tzinfo=UTC)
    assert api_tokens.listed(empty, by=None)[0].state is State.EXPIRING
    assert api_tokens.holder(empty, secret)
    clock.now += timedelta(seconds=1)
    with pytest.raises(NotSignedIn) as caught:
        api_tokens.holder(empty, secret)
    assert (caught.value.code, caught.value.details) == ("token_expired", {"day": LAST_DAY})
    assert api_tokens.listed(empty, by=None)[0].state is State.EXPIRED


def test_the_last_use_is_kept_to_five_minutes(empty: Installation, clock: Clock) -> None:
    secret, began = issued(empty), clock.now

    def used_after(minutes: int) -> datetime | None:
        clock.now = began + timedelta(minutes=minutes)
        api_tokens.holder(empty, secret)
        return api_tokens.listed(empty, by=None)[0].used_at

    revision = empty.database.revision
    assert api_tokens.listed(empty, by=None)[0].used_at is None
    assert used_after(0) == began
    assert used_after(4) == began
    assert used_after(5) == began + timedelta(minutes=5)
    assert empty.database.revision == revision  # to use a token is no fact


def test_the_token_of_an_agency_that_is_no_more_reads_and_does_not_write(
    empty: Installation, clock: Clock
) -> None:
    clock.now = datetime(2025, 2, 1, tzinfo=UTC)
    secret = issued(empty, agency=GONE, last_day=date(2025, 12, 31))
    assert api_tokens.require_writing(empty, api_tokens.holder(empty, secret))
    clock.now = datetime(2025, 4, 1, tzinfo=UTC)
    holder = api_tokens.holder(empty, secret)
    update = Update(1, ClaimKind.OBSTACLE, 1)
    for write in (
        lambda: item_reports.report(empty, holder, [update], submit=True, told=lambda *_: None),
        lambda: api_files.send(empty, holder, "0" * 64, ("a.pdf", b"%PDF-")),
    ):
        with pytest.raises(Forbidden) as caught:
            write()
        assert caught.value.code == "token_agency_ended"
        assert caught.value.details["successor"] == "Bộ Tài chính"
    assert api_tokens.of_holder(empty, holder).state is State.ENDED_AGENCY


def test_files_wait_a_day_and_not_too_many_of_them(
    empty: Installation, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = api_tokens.holder(empty, issued(empty))
    contents = [b"%PDF-1.4 " + bytes([65 + place]) for place in range(3)]
    digests = [hashlib.sha256(one).hexdigest() for one in contents]

    def send(place: int) -> None:
        api_files.send(empty, holder, digests[place], (f"{place}.pdf", contents[place]))

    monkeypatch.setattr(api_files, "MOST_FILES", 2)
    send(0)
    clock.now += timedelta(hours=23)
    send(1)
    send(1)  # the same once more is no third one
    with pytest.raises(Conflict, match="api_files_full"):
        send(2)
    assert set(api_files.find(empty, holder, digests)) == set(digests[:2])
    clock.now += timedelta(hours=1, seconds=1)
    assert set(api_files.find(empty, holder, digests)) == {digests[1]}
    send(2)
    assert set(empty.database.whole("api_file")["sha256"]) == set(digests[1:])
    monkeypatch.setattr(api_files, "MOST_BYTES", 12)
    with pytest.raises(Conflict, match="api_files_full"):
        send(0)


def test_answers_are_kept_for_at_least_a_day(empty: Installation, clock: Clock) -> None:
    holder = api_tokens.holder(empty, issued(empty))

    def ask(key: str, answer: str) -> tuple[str, bool]:
        def do(keep: api_answers.Keep) -> str:
            with empty.database.unrecorded() as transaction:
                keep(transaction, answer)
            return answer

        return api_answers.once(empty, holder, key, "0" * 64, do)

    assert ask("a", "first") == ("first", False)
    clock.now += timedelta(days=1)
    assert ask("b", "other") == ("other", False)
    assert ask("a", "second") == ("first", True)
    clock.now += timedelta(days=7)
    assert ask("c", "other") == ("other", False)  # lets go of what is older than a week
    assert ask("a", "second") == ("second", False)


def test_a_token_that_is_revoked_while_its_request_arrives_writes_nothing(
    empty: Installation, admin: Actor
) -> None:
    secret = issued(empty)
    holder = api_tokens.holder(empty, secret)  # asked before the body came
    api_tokens.revoke(empty, api_tokens.of_holder(empty, holder).number, by=admin)
    with pytest.raises(NotSignedIn, match="token_invalid"):
        api_files.send(empty, holder, hashlib.sha256(PDF).hexdigest(), ("07-2024-TT-BYT.pdf", PDF))
    with pytest.raises(NotSignedIn, match="token_invalid"):
        item_reports.report(empty, holder, [], submit=False, told=lambda *_: None)
    assert empty.database.whole("api_file").is_empty()
