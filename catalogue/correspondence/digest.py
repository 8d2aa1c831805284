"""The digest: one short e-mail an account and day, with what waits for it; sent when a mail server is configured."""

from collections.abc import Callable
from dataclasses import dataclass, field

from catalogue.correspondence.letters import state_of
from catalogue.correspondence.lines import shortened
from catalogue.correspondence.mail import MailFailed, Outbox
from catalogue.errors import Conflict
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Role
from catalogue.model.period import Moment
from catalogue.model.reminder import OpenItem, Reminder
from catalogue.model.reporting import Period
from catalogue.services import digest, reminders
from catalogue.services.digest import Addressee, Queue
from catalogue.services.installation import Installation

Progress = Callable[[int, int], None]

_LISTED = 10  # items that one list of a digest names
_TITLE = 160
_T = Translator("vi")


@dataclass
class Outcome:
    """What became of a round of digests, by account."""

    sent: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)  # account, reason
    skipped: list[tuple[str, str]] = field(default_factory=list)  # account: no_address, sent_today, nothing


def send_all(
    installation: Installation,
    *,
    by: Actor | None,
    forced: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Send every account its digest; one that fails does not stop the others.

    `by=None` is the operator of the machine; `forced` sends to those that had today's too. Raises: NotSignedIn,
    Forbidden, Invalid mail_not_configured, MailFailed mail_unreachable before anything is sent.
    """
    people = digest.addressees(installation, by=by)
    moment = installation.moment()
    texts = _texts(installation, moment)
    outcome = Outcome()
    with Outbox(installation.settings) as outbox:
        for number, person in enumerate(people, start=1):
            _send(installation, outbox, person, texts(person), outcome, forced=forced)
            if progress:
                progress(number, len(people))
    return outcome


def _send(
    installation: Installation,
    outbox: Outbox,
    person: Addressee,
    text: str | None,
    outcome: Outcome,
    *,
    forced: bool,
) -> None:
    if person.email is None:
        outcome.skipped.append((person.account, "no_address"))
    elif text is None:
        outcome.skipped.append((person.account, "nothing"))
    elif person.sent_today and not forced:
        outcome.skipped.append((person.account, "sent_today"))
    else:
        if person.sent_today:
            digest.forget(installation, person.actor_id)
        subject = _T("reminder.digest_subject", day=installation.working_date)
        try:
            with digest.once_a_day(installation, person.actor_id):
                outbox.send(person.email, subject, text)
        except MailFailed as error:
            outcome.failed.append((person.account, str(error.details.get("reason", error.code))))
        except Conflict:  # another run has taken the day since the list was read
            outcome.skipped.append((person.account, "sent_today"))
        else:
            outcome.sent.append(person.account)


def _texts(installation: Installation, moment: Moment) -> Callable[[Addressee], str | None]:
    """What each person is told, from one reading of the store; None where nothing waits."""
    agencies = digest.of_agencies(installation, moment)
    period, owed = digest.owed_returns(installation, moment)
    queue = digest.queue(installation, moment)

    def text(person: Addressee) -> str | None:
        if person.role is Role.REVIEWER:
            return reviewer_text(installation, person, queue, moment)
        code = person.agency_code or ""
        owes = period if code in owed else None
        return ministry_text(installation, person, agencies.get(code), owes, moment)

    return text


def ministry_text(
    installation: Installation,
    person: Addressee,
    reminder: Reminder | None,
    owes: Period | None,
    moment: Moment,
) -> str | None:
    """What waits for a ministry's editor: this period's return, returned claims, overdue and soon due items."""
    parts: list[str] = []
    if owes:
        words = reminders.period_words(owes.name, _T)
        parts.append(_T("reminder.digest_return", period=words, due=owes.due_on))
    if reminder:
        if reminder.returned:
            parts.append(
                _list(
                    _T("reminder.digest_returned", count=len(reminder.returned)),
                    [
                        f"{_titled(one.title)}: {shortened(one.comment or '–', _TITLE)}"
                        for one in reminder.returned
                    ],
                )
            )
        for key, wanted in (("overdue", _overdue(reminder)), ("due_soon", _due_soon(reminder))):
            if wanted:
                lines = [
                    f"{_titled(item.title)} ({_T.day(item.deadline)}; {state_of(item, _T)})"
                    for item in wanted
                ]
                parts.append(_list(_T(f"reminder.digest_{key}", count=len(wanted)), lines))
        if reminder.unanswered:
            parts.append(_T("reminder.digest_unanswered", count=reminder.unanswered))
    return _letter(installation, person, parts, moment) if parts else None


def reviewer_text(installation: Installation, person: Addressee, queue: Queue, moment: Moment) -> str | None:
    """What waits for a reviewer: how many claims, and since when."""
    if not queue.claims:
        return None
    waiting = _T("reminder.digest_waiting", count=queue.claims, oldest=queue.oldest, days=queue.oldest_days)
    return _letter(installation, person, [waiting], moment)


def _letter(installation: Installation, person: Addressee, parts: list[str], moment: Moment) -> str:
    lines = [
        _T("reminder.digest_hello", name=person.full_name),
        _T("reminder.digest_day", day=moment.as_of),
        *parts,
        _T("reminder.digest_end", issuer=installation.reference.house.issuer),
    ]
    if installation.is_demo:
        lines.append(_T("app.demo_line", day=installation.working_date))
    return "\n\n".join(lines) + "\n"


def _list(head: str, lines: list[str]) -> str:
    shown = [f"- {line}" for line in lines[:_LISTED]]
    if len(lines) > _LISTED:
        shown.append(_T("reminder.digest_more", count=len(lines) - _LISTED))
    return "\n".join([head, *shown])


def _titled(title: str) -> str:
    return shortened(title, _TITLE)


def _overdue(reminder: Reminder) -> list[OpenItem]:
    found = [item for item in reminder.items if item.is_overdue]
    return sorted(found, key=lambda item: (-(item.days_late or 0), item.item_id))


def _due_soon(reminder: Reminder) -> list[OpenItem]:
    found = [item for item in reminder.items if item.is_due_soon]
    return sorted(found, key=lambda item: (-(item.days_late or 0), item.item_id))
