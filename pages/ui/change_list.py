"""The change log: its kinds with their counts, agencies, and every change as a row with its sentences."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.services.changes import KINDS, Balance, Entry
from pages.ui import catalogue_list, change_words, filters, heir_words, menu, plain, tables

_LINES_SHOWN = 5
_TABLE = "changes-agencies"


def balance(found: Balance, since: date, until: date, t: Translator) -> None:
    """How the number of procedures in force became what it is, so that it closes."""
    numbers = {"then": found.then_in_force, "now": found.now_in_force}
    st.subheader(t("changes.balance", **numbers, net=t.signed(found.net)), anchor=False)
    parts = {"new": found.came_new, "back": found.came_back, "went": found.went}
    st.caption(
        f"{t('changes.closes', since=since, until=until, **numbers, **parts)} {t('changes.first_here')}"
    )


def kind_filter(counts: Mapping[str, int], total: int, t: Translator) -> str | None:
    """The kinds side by side with their counts; one chosen stays to be seen where it counts nothing."""
    chosen = st.session_state.get("kind") or st.query_params.get("kind")
    options = {"all": t("changes.kind_all", count=total)} | {
        kind: t("changes.kind_option", label=t(f"changes.kind_{kind}"), count=counts[kind])
        for kind in KINDS
        if counts[kind] or kind == chosen
    }
    catalogue_list.hold("kind")
    picked = filters.switch(t("changes.kind"), options, "kind")
    about = f"changes.about_{picked}"
    st.caption(t(about) if t.has(about) else t("changes.overlap"))
    return None if picked == "all" else picked


def agency_filter(frame: pl.DataFrame, names: Mapping[str, str], total: int, t: Translator) -> str | None:
    """The agencies with something in the log; one chosen stays to be seen where it has nothing, or is no more.

    `total`: entries of the one that is chosen.
    """
    counts = {row["agency"]: (row["agency_name"], row["total"]) for row in frame.iter_rows(named=True)}
    chosen = st.session_state.get("agency") or st.query_params.get("agency")
    if chosen:
        counts.setdefault(chosen, (names.get(chosen, chosen), total))
    options = {
        value: t("changes.option", label=label or t("changes.unknown_agency"), count=count)
        for value, (label, count) in counts.items()
    }
    catalogue_list.hold("agency")
    return filters.choose(t("changes.agency"), options, "agency", placeholder=t("app.all"))


def by_agency(frame: pl.DataFrame, t: Translator) -> None:
    """Agencies by kind; a chosen cell narrows the log."""
    kinds = [kind for kind in KINDS if frame[kind].sum()]
    number: Any = st.column_config.NumberColumn
    columns = {
        "agency_name": st.column_config.TextColumn(t("changes.col_agency"), width=230, pinned=True),
        "total": number(t("changes.col_total"), width=80),
    } | {kind: number(t(f"changes.kind_{kind}"), width=110) for kind in kinds}
    st.session_state["changes-codes"] = frame["agency"].to_list()
    tables.show(
        frame.with_columns(pl.col("agency_name").fill_null(t("changes.unknown_agency"))).select(
            list(columns)
        ),
        columns,
        key=_TABLE,
        title=f"{t('changes.title')}. {t('changes.by_agency')}",
        t=t,
        caption=t("changes.by_agency_hint"),
        on_select=_open_cell,
        selection_mode="single-cell",
    )


def rows(entries: tuple[Entry, ...], t: Translator) -> None:
    """Name, then day, code, agency and kinds in a line, then what changed in sentences."""
    with st.container(key="results", gap="small"):
        for entry in entries:
            with st.container(
                gap=None, key=f"change-{entry.procedure_code}-{entry.version_id}-{entry.kinds[0]}"
            ):
                menu.link("procedure", plain.markdown(entry.name), code=entry.procedure_code)
                kinds = ", ".join(t(f"changes.kind_{kind}").lower() for kind in entry.kinds)
                agency = heir_words.agency(asdict(entry), t)
                about = (t.day(entry.effective_date), entry.procedure_code, agency, kinds)
                st.caption(plain.markdown(" · ".join(filter(None, about))))
                _sentences(entry, t)


def _sentences(entry: Entry, t: Translator) -> None:
    if entry.file_name:
        lines = [t("changes.gone", file=entry.file_name, day=entry.effective_date)]
    elif entry.before_id is None:
        lines = [t("changes.first_version")]
    else:
        lines = change_words.changes(entry.changes, t) or [t("procedure.version_same")]
    shown = lines[:_LINES_SHOWN]
    if len(lines) > _LINES_SHOWN:
        shown.append(t("changes.more", count=len(lines) - _LINES_SHOWN))
    st.html('<ul class="changes">' + "".join(f"<li>{escape(line)}</li>" for line in shown) + "</ul>")
    if entry.changes:
        with st.container(key=f"beside-{entry.procedure_code}-{entry.version_id}"):
            both = {"old": entry.before_id, "new": entry.version_id}
            menu.link("compare", t("changes.compare"), code=entry.procedure_code, **both)


def _open_cell() -> None:
    cells = st.session_state[_TABLE]["selection"]["cells"]
    if cells:
        row, column = cells[0]
        st.session_state["agency"] = st.session_state["changes-codes"][row]
        if column in KINDS:
            st.session_state["kind"] = column
