"""How long provinces take to publish what a ministry has published: in all, then by province, the slowest first."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import decisions
from catalogue.services.installation import Installation
from pages.ui import menu, plain, tables


def show(installation: Installation, moment: Moment, since: date, t: Translator) -> None:
    """The answer, the slowest decision, and a table whose rows open a province's decisions."""
    frame = decisions.lag(installation, moment, since)
    total, provinces = frame.row(0, named=True), frame.filter(~frame["is_total"])
    if provinces.is_empty():
        st.info(t("publication.lag_none", since=since, until=moment.as_of), icon=":material/hourglass_empty:")
        return
    answer = t(
        "publication.lag_answer",
        count=total["decisions"],
        days=_median(total["median_days"], t),
        working_days=_median(total["median_working_days"], t),
        longest=total["longest_days"],
    )
    st.markdown(f"**{answer}**")
    with st.container(key="plain-link-longest"):
        menu.link("decisions", t("publication.lag_longest"), document=total["longest_id"])
    with st.container(key="rows-wide"):
        chosen = _table(provinces, t)
    with st.container(key="rows-narrow", gap="small"):
        for row in provinces.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("decisions", plain.markdown(row["agency_name"]), **_of(row["agency"], since))
                numbers = {name: _median(row[name], t) for name in ("median_days", "median_working_days")}
                counts = {name: row[name] for name in ("decisions", "longest_days")}
                st.caption(t("publication.lag_row", **numbers, **counts))
    st.caption(t("publication.lag_note"))
    if chosen is not None:
        menu.go("decisions", **_of(provinces["agency"][chosen], since))


def _table(provinces: pl.DataFrame, t: Translator) -> int | None:
    """The provinces as a table; the row chosen."""
    number: Any = st.column_config.NumberColumn
    shown = provinces.select("agency_name", "decisions", "median_days", "median_working_days", "longest_days")
    written = {name: lambda value: _median(value, t) for name in shown.columns if name != "agency_name"}
    return tables.chosen_row(
        shown,
        "lag-table",
        {
            "agency_name": st.column_config.TextColumn(t("publication.col_agency"), width="medium"),
            "decisions": number(t("publication.col_decisions"), width="small"),
            "median_days": number(t("publication.col_days"), width="small"),
            "median_working_days": number(t("publication.col_working_days"), width="small"),
            "longest_days": number(t("publication.col_longest"), width="small"),
        },
        title=t("publication.lag_title"),
        t=t,
        drawn=shown.to_pandas().style.format(written, na_rep="–"),
    )


def _of(agency: str, since: date) -> dict[str, str]:
    return {"agency": agency, "action": "all", "since": since.isoformat()}


def _median(value: float, t: Translator) -> str:
    return t.number(value, 0 if value == int(value) else 1)
