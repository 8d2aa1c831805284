"""Agencies of a programme by how far they are: complete, begun, nothing done, late; each opens its page or its items."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.installation import Installation
from pages.ui import agency_bars, filters, menu, plain, succession_view
from pages.ui.tables import agency_table

SHOWN = {
    "complete": pl.col("done") == pl.col("base"),
    "started": pl.col("done") > 0,
    "none": pl.col("done") == 0,
    "overdue": pl.col("overdue") > 0,
}


def show(installation: Installation, kind: str, moment: Moment, t: Translator) -> None:
    """Draw the filter, the count, the bars, the table and who is who."""
    with st.container(width=420):
        shown = filters.choose(
            t("agencies.show"),
            {name: t(f"agencies.show_{name}") for name in SHOWN},
            "show",
            placeholder=t("app.all"),
        )
    everything = figures.by_agency(installation, figures.PROGRAMMES[kind], moment)
    frame = everything.filter(SHOWN[shown]) if shown else everything
    st.markdown(f"**{t('agencies.count', count=frame.height, base=everything.height)}**")
    if frame.is_empty():
        st.info(t("agencies.empty"))
        return
    title = t("agencies.title_of", programme=t(f"figures.area_{kind}"))
    agency_bars.show(frame, kind, t, title=title)
    agency_table(frame, kind, title, t)
    with st.container(horizontal=True, key="plain-link-agencies"):
        for row in frame.iter_rows(named=True):
            menu.link("agency", plain.markdown(row["agency_short_name"]), code=row["agency_code"])
    succession_view.merged(installation, figures.PROGRAMMES[kind], frame, moment, t)
    _identifiers(installation, frame["agency_code"].to_list(), moment, t)


def _identifiers(installation: Installation, codes: list[str], moment: Moment, t: Translator) -> None:
    known = {one.code: one for one in installation.reference.agencies}
    with st.expander(t("agencies.identifiers")):
        st.caption(t("agencies.identifiers_note"))
        lines = []
        for code in codes:
            if (agency := known.get(code)) is None:
                continue
            standing = agency.identifiers_on(moment.organised_on)
            said = [
                f"{one.identifier} ({t(f'agencies.basis_{one.basis}')})"
                for one in agency.identifiers
                if one.identifier in standing
            ]
            lines.append(f"- {agency.name_on(moment.organised_on)}: {', '.join(said) or t('app.unknown')}")
        st.markdown("\n".join(lines))
