"""The agencies that are late, each with what it owes; some of them chosen, or all."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.reminder import Reminder
from catalogue.services import reminders
from catalogue.services.installation import Installation
from pages.ui import plain, tables

_ROW, _TALLEST = 35, 900  # pixels


def choose(installation: Installation, late: Sequence[Reminder], t: Translator) -> list[Reminder]:
    """Draw the table; the chosen agencies, or all of them where none is chosen."""
    st.markdown(
        t(
            "reminder.summary",
            agencies=len(late),
            overdue=sum(one.overdue for one in late),
            stalled=sum(one.unanswered for one in late),
            returned=sum(len(one.returned) for one in late),
            missing=sum(one.missing_period is not None for one in late),
        )
    )
    st.caption(t("reminder.choose"))
    with st.container(key="rows-wide"):
        chosen = _table(late, installation.reference.reminder.returned_days, t)
    with st.container(key="rows-narrow"):
        ticked = _rows(late, t)
    return [one for one in late if one.agency_code in chosen | ticked] or list(late)


def _table(late: Sequence[Reminder], days: int, t: Translator) -> set[str]:
    table = tables.show(
        _frame(late, t),
        {
            "agency": st.column_config.TextColumn(t("reminder.column_agency"), width=230),
            "overdue": st.column_config.NumberColumn(t("reminder.column_overdue")),
            "longest": st.column_config.NumberColumn(t("reminder.column_longest")),
            "stalled": st.column_config.NumberColumn(t("reminder.column_stalled")),
            "returned": st.column_config.NumberColumn(t("reminder.column_returned", days=days)),
            "missing": st.column_config.TextColumn(t("reminder.column_missing")),
            "due_soon": st.column_config.NumberColumn(t("reminder.column_due_soon")),
        },
        key="late-agencies",
        title=t("reminder.table_title"),
        t=t,
        height=min(_TALLEST, _ROW * (len(late) + 1) + 3),
        on_select="rerun",
        selection_mode="multi-row",
    )
    return {late[place].agency_code for place in table.selection.rows if place < len(late)}


def _rows(late: Sequence[Reminder], t: Translator) -> set[str]:
    """The same on a phone: the agency to tick, and what it owes below it."""
    ticked = set()
    for one in late:
        with st.container(gap=None):
            if st.checkbox(plain.markdown(one.agency_name), key=f"late-{one.agency_code}"):
                ticked.add(one.agency_code)
            st.caption(" · ".join(_owed(one, t)))
    return ticked


def _owed(one: Reminder, t: Translator) -> list[str]:
    counts = {
        "overdue": one.overdue,
        "stalled": one.unanswered,
        "returned": len(one.returned),
        "due_soon": one.due_soon,
    }
    said = [
        t(f"reminder.row_{name}", count=count, **({"days": one.longest} if name == "overdue" else {}))
        for name, count in counts.items()
        if count
    ]
    if one.missing_period:
        said.append(
            t("reminder.row_missing", period=plain.markdown(reminders.period_words(one.missing_period, t)))
        )
    return said


def _frame(late: Sequence[Reminder], t: Translator) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "agency": one.agency_name,
                "overdue": one.overdue,
                "longest": one.longest,
                "stalled": one.unanswered,
                "returned": len(one.returned),
                "missing": reminders.period_words(one.missing_period, t) if one.missing_period else "–",
                "due_soon": one.due_soon,
            }
            for one in late
        ],
        schema={
            "agency": pl.String,
            "overdue": pl.Int64,
            "longest": pl.Int64,
            "stalled": pl.Int64,
            "returned": pl.Int64,
            "missing": pl.String,
            "due_soon": pl.Int64,
        },
    )
