"""Completeness by Article 8(2) of Decree 63/2010: the sentence, how many parts are given, agencies, the least complete."""

from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.completeness import CONDITIONAL, MANDATORY, Completeness
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import completeness, heirs
from catalogue.services.completeness import WHOLE
from catalogue.services.installation import Installation
from catalogue.services.procedures import PAGE_SIZE
from pages.ui import catalogue_list, filters, heir_words, menu, paging, plain, quality_view, tables

FILTERS = ("again", "since", "agency", "missing")
_TABLE = "completeness-agencies"


def show(installation: Installation, moment: Moment, t: Translator) -> None:
    """The whole view under its own filters."""
    since = _since(moment.as_of, t)
    frame = completeness.records(installation, moment, since=since)
    totals = completeness.totals(frame)
    if not totals.described:
        st.info(t("completeness.nothing" if since is None else "completeness.nothing_again"))
        return
    percent = t.percent(share(totals.complete, totals.described, 1))
    counts = {"complete": totals.complete, "described": totals.described, "percent": percent}
    st.subheader(
        t("completeness.answer" if since is None else "completeness.answer_again", **counts), anchor=False
    )
    st.caption(t("completeness.law") + _listed_only(totals.listed_only, t))
    left, right = st.columns([3, 2], gap="large")
    with left:
        _bars(completeness.distribution(frame), totals.described, t)
    with right:
        _conditional(completeness.conditional(frame), totals.described, t)
    _agencies(completeness.by_agency(frame), t)
    _records(installation, moment, frame, (since, moment.as_of, moment.organised_on), t)


def line(found: Completeness, t: Translator) -> str:
    """7/8 and what is missing, in a sentence: the line of a record."""
    counts = {"given": found.score, "whole": WHOLE}
    if found.is_complete:
        return t("completeness.whole", **counts)
    parts = ", ".join(t(f"completeness.part_{part}") for part in found.missing)
    return t("completeness.lacks", parts=parts, **counts)


def conditional_line(found: Completeness, t: Translator) -> str:
    """The four parts that are due only where they apply: given, or not given."""
    given = [t(f"completeness.part_{part}") for part in CONDITIONAL if part in found.conditional]
    absent = [t(f"completeness.part_{part}") for part in CONDITIONAL if part not in found.conditional]
    said = [t("completeness.given", parts=", ".join(given))] if given else []
    if absent:
        said.append(t("completeness.not_given", parts=", ".join(absent)))
    return " ".join(said)


def _since(as_of: date, t: Translator) -> date | None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        scopes = {name: t(f"completeness.scope_{name}") for name in ("all", "again")}
        scope = filters.switch(t("completeness.scope"), scopes, "again")
    if scope == "all":
        return None
    with right:
        return filters.pick_day(t("completeness.since"), "since", as_of.replace(month=1, day=1))


def _listed_only(count: int, t: Translator) -> str:
    return " " + t("completeness.listed_only", count=count) if count else ""


def _bars(counts: dict[int, int], described: int, t: Translator) -> None:
    rows = ""
    for score in range(WHOLE, -1, -1):
        if counts[score]:
            width = round(100 * counts[score] / described, 2)
            label = escape(t("completeness.score", given=score, whole=WHOLE))
            rows += (
                f'<tr><th scope="row">{label}</th><td class="number">{escape(t.number(counts[score]))}</td>'
                f'<td><i style="width:{width}%"></i></td></tr>'
            )
    st.html(f'<table class="bars"><caption>{escape(t("completeness.distribution"))}</caption>{rows}</table>')


def _conditional(counts: dict[str, int], described: int, t: Translator) -> None:
    rows = "".join(
        f'<tr><th scope="row">{escape(t(f"completeness.part_{part}"))}</th>'
        f'<td class="number">{escape(t("completeness.of", count=counts[part], whole=described))}</td></tr>'
        for part in CONDITIONAL
    )
    note = escape(t("completeness.conditional_note"))
    st.html(
        f'<table class="bars"><caption>{escape(t("completeness.conditional"))}</caption>{rows}</table>'
        f'<p class="note">{note}</p>'
    )


def _agencies(frame: pl.DataFrame, t: Translator) -> None:
    shown = frame.filter(pl.col("described") > 0).with_columns(
        pl.col("agency_name").fill_null(t("quality.unknown_agency"))
    )
    shares = [share(*both, 1) for both in shown.select("complete", "described").iter_rows()]
    shown = shown.with_columns(share=pl.Series([t.percent(one) for one in shares], dtype=pl.String))
    number: Any = st.column_config.NumberColumn
    columns = {
        "agency_name": st.column_config.TextColumn(t("quality.col_agency"), width=230, pinned=True),
        "described": number(t("completeness.col_described"), width=110),
        "complete": number(t("completeness.col_complete"), width=90),
        "share": st.column_config.TextColumn(t("completeness.col_share"), width=80, alignment="right"),
    } | {part: number(t(f"completeness.part_{part}"), width=110) for part in MANDATORY if shown[part].sum()}
    st.markdown(f"**{t('completeness.by_agency')}**")
    st.session_state["completeness-codes"] = shown["agency"].to_list()
    told = shown.select(list(columns))
    tables.show(
        told,
        columns,
        key=_TABLE,
        title=f"{t('quality.title')}. {t('completeness.by_agency')}",
        t=t,
        caption=t("completeness.by_agency_hint"),
        whole=told.with_columns(share=pl.Series(shares)),
        percent=("share",),
        on_select=_open_cell,
        selection_mode="single-cell",
    )


def _records(
    installation: Installation, moment: Moment, frame: pl.DataFrame, asked: object, t: Translator
) -> None:
    st.subheader(t("completeness.worst"), anchor=False)
    lacking = completeness.narrowed(frame)
    if lacking.is_empty():
        st.info(t("completeness.none_missing"), icon=":material/check_circle:")
        return
    counts = completeness.by_agency(lacking)
    left, right = st.columns(2)
    with left:
        known = {row.code: row.name for row in installation.reference.agencies}
        asked_for = heirs.is_of(installation, moment, quality_view.chosen_agency())
        named = counts.sort("records", "agency", descending=[True, False]).select(
            "agency", "agency_name", "records"
        )
        agency = quality_view.agency_filter(named, known, lacking.filter(asked_for).height, t)
    with right:
        parts = {
            part: t("quality.option", label=t(f"completeness.part_{part}"), count=int(counts[part].sum()))
            for part in MANDATORY
            if counts[part].sum()
        }
        catalogue_list.hold("missing")
        missing = filters.choose(t("completeness.missing"), parts, "missing", placeholder=t("app.all"))
    heir_words.absent(installation, moment, agency, t)
    of_agency = frame.filter(heirs.is_of(installation, moment, agency))
    chosen = completeness.narrowed(of_agency, missing=missing)
    if chosen.is_empty():
        st.info(t("completeness.none_missing"), icon=":material/check_circle:")
        return
    page, pages = paging.current(chosen.height, PAGE_SIZE, ("completeness", agency, missing, asked))
    st.markdown(f"**{t('quality.found', count=chosen.height)}**")
    with st.container(key="results", gap="small"):
        for row in chosen.slice((page - 1) * PAGE_SIZE, PAGE_SIZE).iter_rows(named=True):
            lacks = tuple(part for part in MANDATORY if part not in row["given"])
            found = Completeness(tuple(row["given"]), lacks, tuple(row["conditional"]))
            with st.container(gap=None):
                menu.link("procedure", plain.markdown(row["name"]), code=row["procedure_code"])
                about = (row["procedure_code"], heir_words.agency(row, t), line(found, t))
                st.caption(plain.markdown(" · ".join(filter(None, about))))
    paging.show(pages)


def _open_cell() -> None:
    cells = st.session_state[_TABLE]["selection"]["cells"]
    if cells:
        row, column = cells[0]
        st.session_state["agency"] = st.session_state["completeness-codes"][row]
        st.session_state["missing"] = column if column in MANDATORY else None
