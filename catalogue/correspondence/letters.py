"""Reminder letters (công văn đôn đốc): one .docx an agency, with what it is late with in annexes; or all in one .zip."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile

from catalogue.correspondence.lines import plain
from catalogue.correspondence.paper import Heading, Paper
from catalogue.correspondence.tables import Column
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.reminder import OpenItem, Reminder
from catalogue.reference import ReminderWording
from catalogue.reference.wording import filled
from catalogue.services.installation import Installation
from catalogue.working_days import civil_day

Progress = Callable[[int, int], None]

_T = Translator("vi")  # official letters are Vietnamese, whatever the reader's screen is
_NUMBER = "Số: …"
_ITEMS = (("no", 9, "center"), ("item", 64, "left"), ("deadline", 23, "center"), ("state", 27, "left"),
          ("documents", 42, "left"))  # fmt: skip
_CLAIMS = (("no", 9, "center"), ("item", 64, "left"), ("kind", 27, "left"), ("returned_on", 23, "center"),
           ("comment", 42, "left"))  # fmt: skip


def write_all(
    installation: Installation,
    actor: Actor,
    reminders: Sequence[Reminder],
    wording: ReminderWording,
    places: Mapping[str, str],
    day: date,
    progress: Progress | None = None,
) -> bytes:
    """Every letter as a .docx in one .zip; `progress` is told how many are written.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.MANAGE_PERIODS)
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for number, reminder in enumerate(reminders, start=1):
            archive.writestr(
                file_name(reminder, day), write(installation, actor, reminder, wording, places, day)
            )
            if progress:
                progress(number, len(reminders))
    return output.getvalue()


def file_name(reminder: Reminder, day: date) -> str:
    """The name of one agency's letter."""
    return f"cong-van-don-doc-{reminder.agency_code}-{day.isoformat()}.docx"


def write(
    installation: Installation,
    actor: Actor,
    reminder: Reminder,
    wording: ReminderWording,
    places: Mapping[str, str],
    day: date,
) -> bytes:
    """One agency's letter; `places` are those that are the same in every letter (services.reminders.places).

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.MANAGE_PERIODS)
    house = installation.reference.house
    values = {**places, **said_of(reminder)}
    about = filled(wording.about, values)
    paper = Paper(f"{about} - {reminder.agency_name}", day)
    number = f"{_NUMBER}{wording.number}"
    paper.heading(Heading(house.superior, house.issuer, number, about, house.place, day))
    paper.addressee(reminder.agency_name)
    for text in paragraphs(reminder, wording, places):
        paper.paragraph(text)
    paper.signature(wording.authority, wording.signer, wording.recipients)
    if installation.is_demo:
        paper.paragraph(_T("app.demo_line", day=installation.working_date), size=11, italic=True)
    note = _T("reminder.annex_note", number=wording.number, year=str(day.year), issuer=house.issuer)
    _annexes(paper, reminder, note)
    return paper.save()


def paragraphs(reminder: Reminder, wording: ReminderWording, places: Mapping[str, str]) -> list[str]:
    """The body of a letter: only what the agency is late with is said, as numbered points where there are several."""
    values = {**places, **said_of(reminder)}
    owed = {
        "overdue": reminder.overdue,
        "stalled": reminder.unanswered,
        "due_soon": reminder.due_soon,
        "returned": len(reminder.returned),
        "missing_return": reminder.missing_period,
    }
    points = [part for part, count in owed.items() if count and getattr(wording, part).strip()]
    said = _lines(filled(wording.opening, values))
    for number, part in enumerate(points, start=1):
        first, *rest = _lines(filled(getattr(wording, part), values))
        said += [f"{number}. {first}" if len(points) > 1 else first, *rest]
    return said + _lines(filled(wording.request, values)) + _lines(filled(wording.closing, values))


def said_of(reminder: Reminder) -> dict[str, str]:
    """What fills the places that differ from letter to letter."""
    return {
        "agency": plain(reminder.agency_name),
        "overdue": _T.number(reminder.overdue),
        "due_soon": _T.number(reminder.due_soon),
        "stalled": _T.number(reminder.unanswered),
        "returned": _T.number(len(reminder.returned)),
    }


def state_of(item: OpenItem, t: Translator) -> str:
    """Where an open item stands, in words."""
    said = []
    if item.days_late is not None and item.is_overdue:
        said.append(t("reminder.days_late", days=item.days_late))
    elif item.days_late is not None and item.is_due_soon:
        said.append(t("reminder.days_left", days=-item.days_late))
    else:
        said.append(t("reminder.document_behind"))
    if item.is_unanswered:
        said.append(t("reminder.unanswered_short"))
    return "; ".join(said)


def _annexes(paper: Paper, reminder: Reminder, note: str) -> None:
    both = bool(reminder.items and reminder.returned)
    if reminder.items:
        paper.annex(_T("reminder.annex", number="I" if both else ""), _T("reminder.annex_items"), note)
        paper.table(_columns(_ITEMS), _item_rows(reminder))
    if reminder.returned:
        paper.annex(_T("reminder.annex", number="II" if both else ""), _T("reminder.annex_claims"), note)
        paper.table(_columns(_CLAIMS), _claim_rows(reminder))


def _columns(described: Sequence[tuple[str, int, str]]) -> list[Column]:
    return [Column(_T(f"reminder.column_{name}"), width, align) for name, width, align in described]


def _item_rows(reminder: Reminder) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    number = 0
    ordered = sorted(
        reminder.items, key=lambda item: (item.programme_code, item.deadline or date.max, item.item_id)
    )
    for _, members in groupby(ordered, key=lambda item: item.programme_code):
        of_programme = list(members)
        rows.append((of_programme[0].programme_name,))
        for item in of_programme:
            number += 1
            rows.append(
                (
                    str(number),
                    _named(item.procedure_code, item.title),
                    _T.day(item.deadline),
                    state_of(item, _T),
                    item.documents or "–",
                )
            )
    return rows


def _claim_rows(reminder: Reminder) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            _named(claim.procedure_code, claim.title),
            _T.word("claim.kind", claim.kind),
            _T.day(civil_day(claim.returned_at)),
            claim.comment or "–",
        )
        for number, claim in enumerate(reminder.returned, start=1)
    ]


def _named(code: str | None, title: str) -> str:
    return f"{code} - {title}" if code else title


def _lines(text: str) -> list[str]:
    return [line for line in map(plain, text.splitlines()) if line]
