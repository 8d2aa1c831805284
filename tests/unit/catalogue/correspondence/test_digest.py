"""The digest against a mail server on this machine: what it says, once a day, and one failure does not stop the rest."""

import smtplib
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from pydantic import SecretStr

from catalogue.correspondence import digest as digests
from catalogue.correspondence.mail import MailFailed
from catalogue.errors import Forbidden, Invalid, NotFound, NotSignedIn
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimState
from catalogue.services import accounts, claims, digest, reminders
from catalogue.services.installation import Installation

Person = Callable[[Installation, str], Actor]
SECRET = "mat khau cua may chu thu"


class Letterbox:
    """What the server received; it refuses addresses that begin with `refused`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("refused"):
            return "550 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 OK"

    def to(self, address: str) -> list[str]:
        return [message.get_content() for message in self.messages if message["To"] == address]


class FreePort(Controller):
    """A server on whichever port is free."""

    def _trigger_server(self) -> None:
        self.port = port_of(self)
        super()._trigger_server()


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def server(box: Letterbox) -> Iterator[Controller]:
    controller = FreePort(box, hostname="127.0.0.1", port=0)
    controller.start()
    yield controller
    controller.stop()


def port_of(controller: Controller) -> int:
    assert controller.server is not None
    number: int = controller.server.sockets[0].getsockname()[1]
    return number


@pytest.fixture
def office(demo: Installation, server: Controller) -> Installation:
    """The demonstration with a mail server and three addresses."""
    for account, address in (
        ("byt", "byt@example.vn"),
        ("vpcp", "vpcp@example.vn"),
        ("lanhdao", "x@example.vn"),
    ):
        accounts.set_email(demo, account, address, by=None)
    settings = demo.settings.model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": port_of(server),
            "smtp_from": "he-thong@example.vn",
            "smtp_starttls": False,
        }
    )
    return replace(demo, settings=settings)


def test_each_account_is_told_its_own_work(office: Installation, box: Letterbox, person: Person) -> None:
    outcome = digests.send_all(office, by=person(office, "vpcp"))
    assert (sorted(outcome.sent), outcome.failed) == (["byt", "vpcp"], [])
    assert {message["From"] for message in box.messages} == {"he-thong@example.vn"}
    (ministry,) = box.to("byt@example.vn")
    own = next(
        one
        for one in reminders.every_agency(office, office.moment(), returned_for=0)
        if one.agency_code == "bo-y-te"
    )
    assert f"Phương án, nhiệm vụ quá hạn: {own.overdue}" in ministry
    assert f"Sắp đến hạn trong 30 ngày: {own.due_soon}" in ministry
    assert f"Báo cáo bị trả lại: {len(own.returned)}" in ministry
    assert "Báo cáo tháng 03/2024 chưa gửi; thời hạn gửi 05/04/2024." in ministry
    assert f"… và {own.overdue - 10} việc khác." in ministry
    (reviewer,) = box.to("vpcp@example.vn")
    waiting = claims.find(office, person(office, "vpcp"), state=ClaimState.SUBMITTED, size=1000)
    assert f"Báo cáo chờ xác nhận: {waiting.height}" in reviewer
    assert waiting["submitted_at"].min().strftime("%d/%m/%Y") in reviewer
    assert "Bộ Y tế" not in reviewer


def test_nobody_has_two_digests_on_one_day(office: Installation, box: Letterbox) -> None:
    digests.send_all(office, by=None)
    again = digests.send_all(office, by=None)
    assert again.sent == []
    assert {("byt", "sent_today"), ("vpcp", "sent_today")} <= set(again.skipped)
    assert len(box.messages) == 2
    forced = digests.send_all(office, by=None, forced=True)
    assert sorted(forced.sent) == ["byt", "vpcp"]
    assert len(box.messages) == 4


def test_the_next_day_brings_the_next_digest(office: Installation, box: Letterbox, clock: Any) -> None:
    digests.send_all(office, by=None)
    clock.now = clock.now.replace(day=clock.now.day + 1)
    assert sorted(digests.send_all(office, by=None).sent) == ["byt", "vpcp"]


def test_two_rounds_at_once_send_one_digest(
    office: Installation, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second round reads its list before the first has sent anything, and comes to an account while it is sent."""
    inner: list[digests.Outcome] = []
    people = [one for one in digest.addressees(office, by=None) if one.account == "byt"]
    usual = digests.Outbox.send

    def send(self: digests.Outbox, to: str, subject: str, text: str) -> None:
        if not inner:
            inner.append(digests.Outcome())
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(digest, "addressees", lambda *_, **__: people)
                inner[0] = digests.send_all(office, by=None)
        usual(self, to, subject, text)

    monkeypatch.setattr(digests.Outbox, "send", send)
    assert sorted(digests.send_all(office, by=None).sent) == ["byt", "vpcp"]
    assert (inner[0].sent, inner[0].skipped) == ([], [("byt", "sent_today")])
    assert len(box.to("byt@example.vn")) == 1


def test_one_refused_address_does_not_stop_the_others(office: Installation, box: Letterbox) -> None:
    accounts.set_email(office, "byt", "refused@example.vn", by=None)
    outcome = digests.send_all(office, by=None)
    assert outcome.sent == ["vpcp"]
    assert outcome.failed == [("byt", "550 no such person here")]
    accounts.set_email(office, "byt", "byt@example.vn", by=None)
    assert digests.send_all(office, by=None).sent == ["byt"]  # what failed did not take the day


def test_who_has_no_address_or_no_such_role_gets_none(office: Installation) -> None:
    outcome = digests.send_all(office, by=None)
    assert ("vpcp2", "no_address") in outcome.skipped
    told = {account for account, _ in outcome.skipped} | set(outcome.sent)
    assert "lanhdao" not in told
    assert "quantri" not in told


@pytest.mark.parametrize(
    ("account", "refusal"), [("", NotSignedIn), ("byt", Forbidden), ("lanhdao", Forbidden)]
)
def test_only_the_office_sends(
    office: Installation, box: Letterbox, person: Person, account: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        digests.send_all(office, by=person(office, account))
    assert box.messages == []


def test_without_a_server_nothing_is_sent_and_it_is_said(demo: Installation) -> None:
    with pytest.raises(Invalid) as caught:
        digests.send_all(demo, by=None)
    assert caught.value.code == "mail_not_configured"


def test_a_server_that_does_not_answer_sends_nothing(office: Installation, server: Controller) -> None:
    closed = office.settings.model_copy(update={"smtp_port": 1})
    with pytest.raises(MailFailed) as caught:
        digests.send_all(replace(office, settings=closed), by=None)
    assert caught.value.code == "mail_unreachable"
    assert not any(one.sent_today for one in digest.addressees(office, by=None))


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_the_password_is_in_no_message_and_no_error(
    demo: Installation, box: Letterbox, capsys: pytest.CaptureFixture[str]
) -> None:
    def checked(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=data.password == SECRET.encode(), handled=False, message="535 wrong")

    controller = FreePort(
        box, hostname="127.0.0.1", port=0, authenticator=checked, auth_required=True, auth_require_tls=False
    )
    controller.start()
    try:
        accounts.set_email(demo, "byt", "byt@example.vn", by=None)
        settings = demo.settings.model_copy(
            update={
                "smtp_host": "127.0.0.1", "smtp_port": port_of(controller), "smtp_from": "he-thong@example.vn",
                "smtp_starttls": False, "smtp_user": "he-thong", "smtp_password": SecretStr(SECRET),
            }
        )  # fmt: skip
        assert digests.send_all(replace(demo, settings=settings), by=None).sent == ["byt"]
        wrong = settings.model_copy(update={"smtp_password": SecretStr("sai " + SECRET)})
        with pytest.raises(MailFailed) as caught:
            digests.send_all(replace(demo, settings=wrong), by=None, forced=True)
    finally:
        controller.stop()
    assert caught.value.code == "mail_unreachable"
    assert SECRET not in str(caught.value) + repr(wrong) + "".join(capsys.readouterr())
    assert caught.value.__cause__ is None
    assert not any(SECRET in str(message) for message in box.messages)


def test_a_server_without_encryption_is_not_trusted(office: Installation) -> None:
    strict = office.settings.model_copy(update={"smtp_starttls": True})
    with pytest.raises(MailFailed) as caught:
        digests.send_all(replace(office, settings=strict), by=None)
    assert caught.value.code == "mail_unreachable"


def test_a_broken_connection_is_opened_again(
    office: Installation, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual, calls = smtplib.SMTP.send_message, []

    def cut(self: smtplib.SMTP, *args: Any, **named: Any) -> Any:
        calls.append(args)
        if len(calls) == 1:
            self.close()
            raise smtplib.SMTPServerDisconnected("cut")
        return usual(self, *args, **named)

    monkeypatch.setattr(smtplib.SMTP, "send_message", cut)
    outcome = digests.send_all(office, by=None)
    assert (outcome.sent, outcome.failed) == (["vpcp"], [("byt", "SMTPServerDisconnected")])


@pytest.mark.parametrize(
    "address",
    [
        "khong-co-a-cong",
        "a@b",
        "a b@example.vn",
        "a@example.vn\nBcc: all@example.vn",
        "x" * 300 + "@example.vn",
    ],
)
def test_an_address_that_is_none_is_refused(demo: Installation, address: str) -> None:
    with pytest.raises(Invalid) as caught:
        accounts.set_email(demo, "byt", address, by=None)
    assert [issue.rule for issue in caught.value.issues] == ["email_pattern"]


def test_an_address_is_given_taken_away_and_the_administrators_matter(
    demo: Installation, person: Person, tmp_path: Path
) -> None:
    accounts.set_email(demo, "byt", "byt@example.vn", by=person(demo, "quantri"))
    assert (
        next(one.email for one in digest.addressees(demo, by=None) if one.account == "byt")
        == "byt@example.vn"
    )
    accounts.set_email(demo, "byt", "", by=person(demo, "quantri"))
    assert next(one.email for one in digest.addressees(demo, by=None) if one.account == "byt") is None
    with pytest.raises(Forbidden):
        accounts.set_email(demo, "byt", "byt@example.vn", by=person(demo, "vpcp"))
    with pytest.raises(NotFound):
        accounts.set_email(demo, "nobody", "byt@example.vn", by=None)
