"""Who is late, and with what: the ground of reminder letters (công văn đôn đốc) and of digests."""

from collections.abc import Mapping
from datetime import date, timedelta

from catalogue.errors import Invalid, Issue
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.reminder import OpenItem, Reminder, ReturnedClaim
from catalogue.model.reporting import Period, ReturnState
from catalogue.reference import ReminderWording
from catalogue.reference.wording import LONGEST_PART, place_fault
from catalogue.services import periods, stalled
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from catalogue.working_days import next_midnight


def late_agencies(installation: Installation, actor: Actor, moment: Moment) -> list[Reminder]:
    """The agencies that owe something at a moment, those with most overdue items first.

    An item is asked of the agency that answers for it on the day, by whichever agencies the moment counts.
    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.MANAGE_PERIODS)
    return [found for found in every_agency(installation, moment) if found.is_late]


def every_agency(
    installation: Installation, moment: Moment, *, returned_for: int | None = None
) -> list[Reminder]:
    """What each agency with an open item, a returned claim or a missing return is to be reminded of.

    `returned_for`: days since a claim was returned (default: as letters.yml says). For services that have asked for
    the right, or that tell an agency only of itself.
    """
    days = installation.reference.reminder.returned_days if returned_for is None else returned_for
    items: dict[str, list[OpenItem]] = {}
    for row in _open_items(installation, moment):
        items.setdefault(row["lead_agency"], []).append(_item(row, moment.as_of))
    claims: dict[str, list[ReturnedClaim]] = {}
    for row in _returned(installation, moment.as_of, days):
        claims.setdefault(row["agency_code"], []).append(_claim(row))
    missing = _missing_returns(installation, moment)
    found = [
        _reminder(installation, code, items.get(code, []), claims.get(code, []), missing.get(code), moment)
        for code in {*items, *claims, *missing}
    ]
    return sorted(found, key=lambda one: (-one.overdue, -one.unanswered, one.agency_name, one.agency_code))


def reply_by(installation: Installation, day: date) -> date:
    """The day by which an agency is asked to answer a letter written on a day."""
    reference = installation.reference
    return reference.calendar.add(day, reference.reminder.reply_working_days)


def last_due_period(installation: Installation, moment: Moment) -> Period | None:
    """The last period whose returns were due before a moment's day; None where there is none yet."""
    due = [one for one in periods.all_periods(installation, moment) if one.due_on < moment.as_of]
    return max(due, key=lambda one: one.ends_on, default=None)


def _missing_returns(installation: Installation, moment: Moment) -> dict[str, str]:
    """The agencies that owe the return of the last due period, with the period's name."""
    period = last_due_period(installation, moment)
    if period is None:
        return {}
    return {
        installation.reference.successor(owed.agency_code, moment.as_of).code: period.name
        for owed in periods.returns(installation, period, moment)
        if owed.state is ReturnState.MISSING
    }


def _open_items(installation: Installation, moment: Moment) -> list[Row]:
    return installation.database.read(
        "reminders/items",
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.as_of,
        **stalled.answer_window(installation, moment.as_of),
    ).to_dicts()


def _returned(installation: Installation, day: date, days: int) -> list[Row]:
    before = next_midnight(day - timedelta(days=days))
    return installation.database.read("reminders/returned", before=before, organised_on=day).to_dicts()


def _item(row: Row, day: date) -> OpenItem:
    deadline = row["current_deadline"]
    return OpenItem(
        item_id=row["item_id"],
        programme_code=row["programme_code"],
        programme_name=row["programme_name"],
        procedure_code=row["procedure_code"],
        title=row["title"],
        deadline=deadline,
        days_late=(day - deadline).days if deadline else None,
        is_overdue=row["deadline_state"] == "overdue",
        is_due_soon=row["deadline_state"] == "due_soon",
        is_unanswered=row["is_unanswered"],
        documents=row["documents"],
    )


def _claim(row: Row) -> ReturnedClaim:
    return ReturnedClaim(
        row["claim_id"],
        row["kind"],
        row["item_id"],
        row["title"],
        row["procedure_code"],
        row["decided_at"],
        row["comment"],
    )


def _reminder(
    installation: Installation,
    code: str,
    items: list[OpenItem],
    returned: list[ReturnedClaim],
    missing: str | None,
    moment: Moment,
) -> Reminder:
    agency = installation.reference.agency(code)
    return Reminder(
        code,
        agency.name_on(moment.as_of),
        agency.short_name_on(moment.as_of),
        tuple(items),
        tuple(returned),
        missing,
    )


def places(installation: Installation, moment: Moment) -> dict[str, str]:
    """What fills the places of a letter that are the same for every agency."""
    t = Translator("vi")
    period = last_due_period(installation, moment)
    return {
        "day": t.day(moment.as_of),
        "returned_days": t.number(installation.reference.reminder.returned_days),
        "period": period_words(period.name, t) if period else "–",
        "reply_by": t.day(reply_by(installation, moment.as_of)),
    }


def period_words(name: str, t: Translator) -> str:
    """A period in words: `tháng 02/2024`."""
    year, month = name.split("-")
    return t("reminder.month", month=month, year=year)


def reworded(wording: ReminderWording, changes: Mapping[str, str]) -> ReminderWording:
    """The letter's wording with parts said otherwise.

    Raises: Invalid wording_invalid, with an issue for each part that has a place nothing fills, or is too long.
    """
    issues = [
        *(Issue("wording_place", column=part) for part, text in changes.items() if place_fault(text)),
        *(Issue("wording_long", column=part) for part, text in changes.items() if len(text) > LONGEST_PART),
    ]
    if not changes.get("about", "-").strip():
        issues.append(Issue("field_missing", column="about"))
    if issues:
        raise Invalid("wording_invalid", issues=tuple(issues))
    return wording.model_copy(update=dict(changes))
