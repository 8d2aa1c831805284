"""The pace of a programme as arithmetic, line by line, over a window that the address says."""

from datetime import date
from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.pace import NoPace, Pace, Window
from catalogue.model.period import Moment, months_between
from catalogue.services import pace
from catalogue.services.installation import Installation
from pages.ui import filters, headline


def choose_window(installation: Installation, kind: str, moment: Moment, t: Translator) -> Window:
    """The window asked for; the usual one stands for itself in the address."""
    usual = pace.usual_window(installation, kind, moment)
    ordered = [usual, *(one for one in Window if one is not usual)]
    day = pace.published_on(installation, kind, moment)
    words = {
        str(one): t("target.window_published" if day else "target.window_published_none", day=day)
        if one is Window.PUBLISHED
        else t(f"target.window_{one}")
        for one in ordered
    }
    return Window(filters.switch(t("target.window"), words, "window"))


def show(walked: Pace | NoPace, moment: Moment, deadline: date | None, t: Translator) -> None:
    """Each step of the calculation; where there is none, why."""
    if isinstance(walked, NoPace):
        st.info(headline.refusal_text(walked, t), icon=":material/block:")
        return
    rows = "".join(
        f'<tr><td>{escape(what)}<small>{escape(how)}</small></td><td class="number">{escape(result)}</td></tr>'
        for what, how, result in lines(walked, moment, deadline, t)
    )
    st.html(f'<table class="record pace">{rows}</table>')
    st.caption(t("target.pace_about"))


def lines(walked: Pace, moment: Moment, deadline: date | None, t: Translator) -> list[tuple[str, str, str]]:
    """(what, how it is worked out, result) of each step."""
    since, until = walked.since.as_of, moment.as_of
    months = _months(walked, t)
    per_month = t.number(walked.per_month, 1)
    return [
        (t("target.line_before", day=since), "", f"{t.number(walked.before)}/{t.number(walked.base)}"),
        (t("target.line_now", day=until), "", f"{t.number(walked.done)}/{t.number(walked.base)}"),
        (
            t("target.line_gained"),
            f"{t.number(walked.done)} − {t.number(walked.before)}",
            t.signed(walked.gained),
        ),
        (t("target.line_months"), t("target.from_to", since=since, until=until), months),
        (
            t("target.line_per_month"),
            f"{t.signed(walked.gained).lstrip('+')} ÷ {months}",
            t("target.a_month", count=per_month),
        ),
        (
            t("target.line_left"),
            f"{t.number(walked.aim)} − {t.number(walked.done)}",
            t.number(walked.left),
        ),
        (t("target.line_months_left"), *_months_left(walked, per_month, t)),
        (t("target.line_needed"), *_needed(walked, until, deadline, t)),
    ]


def _months(walked: Pace, t: Translator) -> str:
    is_whole = walked.months == walked.months.to_integral_value()
    return t.number(walked.months, 0 if is_whole else 1)


def _months_left(walked: Pace, per_month: str, t: Translator) -> tuple[str, str]:
    if not walked.left:
        return "", t("target.nothing_left")
    if walked.months_left is None:
        return "", t("target.none_gained")
    return (
        f"{t.number(walked.left)} ÷ {per_month}",
        t("target.months", count=t.number(walked.months_left, 1)),
    )


def _needed(walked: Pace, until: date, deadline: date | None, t: Translator) -> tuple[str, str]:
    if not walked.left:
        return "", t("target.nothing_left")
    if deadline is None:
        return "", t("target.needed_no_deadline")
    if until > deadline:
        return "", t("target.needed_past", day=deadline)
    months = months_between(until, deadline)
    if not months:
        return "", t("target.needed_today")
    needed = t.number(walked.needed(months), 1)
    how = f"{t.number(walked.left)} ÷ {t.number(months, 1)} ({t('target.from_to', since=until, until=deadline)})"
    return how, t("target.a_month", count=needed)
