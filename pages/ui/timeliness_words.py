"""How a decision kept its limits, in words with a colour and a sign."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.timeliness import Check, Milestone, Timeliness
from pages.ui import plain

ICONS = {
    Timeliness.IN_TIME: ":material/check_circle:",
    Timeliness.LATE: ":material/error:",
    Timeliness.UNKNOWN: ":material/help:",
}


def late(days: int, t: Translator) -> str:
    """muộn 3 ngày làm việc."""
    return t("publication.late_one") if days == 1 else t("publication.late", days=days)


def overall(state: str, days: int | None, t: Translator) -> str:
    """One decision in a word, as a list shows it."""
    return late(days, t) if state == Timeliness.LATE and days else t(f"publication.{state}")


def checks(found: Iterable[Check], as_of: date, t: Translator) -> None:
    """Each milestone: kept or not, limit and actual day, and the law that sets it."""
    with st.container(key="checks", gap="small"):
        for check in found:
            icon = ICONS[check.state]
            name = t(f"publication.milestone_{check.milestone}")
            with st.container(gap=None):
                st.markdown(f"{icon} **{name}**: {_state(check, as_of, t)} — {_days(check, t)}")
                if check.limit:
                    st.caption(plain.markdown(_rule(check, t)))


def _state(check: Check, as_of: date, t: Translator) -> str:
    if check.state is Timeliness.LATE:
        return late(check.days_late or 0, t)
    if check.state is Timeliness.IN_TIME:
        return t("publication.in_time")
    is_open = check.actual_on is None and check.limit_on is not None and check.limit_on >= as_of
    return t("publication.check_not_due" if is_open else "publication.check_unknown")


def _days(check: Check, t: Translator) -> str:
    if check.limit is None:
        return t("publication.check_no_limit")
    if check.limit_on is None:
        return t("publication.check_no_basis")
    if check.actual_on is None:
        return t("publication.check_limit_only", limit=check.limit_on)
    return t("publication.check_days", limit=check.limit_on, actual=check.actual_on)


def _rule(check: Check, t: Translator) -> str:
    assert check.limit is not None
    values = {"days": check.limit.days, "document": check.limit.document}
    if check.milestone is not Milestone.SIGNED:
        return t(f"publication.rule_{check.milestone}", **values)
    if check.basis:
        return t("publication.rule_signed", basis=check.basis, **values)
    return t("publication.rule_signed_any", **values)
