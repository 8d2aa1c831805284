"""Agencies of a programme: which are complete, which have begun, which have nothing done; each row opens its items."""

import polars as pl
import streamlit as st

from catalogue.services import figures
from pages.ui import agency_bars, arrival, filters, menu, plain, session, succession_view
from pages.ui.provenance import source_line
from pages.ui.tables import agency_table

SHOWN = {
    "complete": pl.col("done") == pl.col("base"),
    "started": pl.col("done") > 0,
    "none": pl.col("done") == 0,
    "overdue": pl.col("overdue") > 0,
}
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("agencies.title"))
arrival.follow_url(("programme", "show"))
left, right = st.columns([1, 2])
with left:
    kind = filters.switch(
        t("overview.programme"),
        {kind: t(f"programme.{kind}") for kind in figures.PROCEDURE_PROGRAMMES},
        "programme",
    )
with right:
    shown = filters.choose(
        t("agencies.show"),
        {name: t(f"agencies.show_{name}") for name in SHOWN},
        "show",
        placeholder=t("app.all"),
    )
arrival.remember_url(("programme", "show"))
everything = figures.by_agency(installation, figures.PROGRAMMES[kind], moment)
frame = everything.filter(SHOWN[shown]) if shown else everything
count = f"**{t('agencies.count', count=frame.height, base=everything.height)}**"
if installation.is_reorganised_since(moment):
    count += f" ({t('figures.recount')})"
st.markdown(count)
if frame.is_empty():
    st.info(t("agencies.empty"))
    st.stop()
agency_bars.show(frame, kind, t)
agency_table(frame, kind, t)
with st.container(horizontal=True, key="plain-link-agencies"):
    for row in frame.iter_rows(named=True):
        menu.link("agency", plain.markdown(row["agency_short_name"]), code=row["agency_code"])
succession_view.merged(installation, figures.PROGRAMMES[kind], frame, moment, t)
with st.expander(t("agencies.identifiers")):
    st.caption(t("agencies.identifiers_note"))
    lines = []
    for code in frame["agency_code"]:
        agency = installation.reference.agency(code)
        standing = agency.identifiers_on(moment.organised_on)
        known = [
            f"{one.identifier} ({t(f'agencies.basis_{one.basis}')})"
            for one in agency.identifiers
            if one.identifier in standing
        ]
        lines.append(f"- {agency.name_on(moment.organised_on)}: {', '.join(known) or t('app.unknown')}")
    st.markdown("\n".join(lines))
st.caption(source_line(moment, t))
