"""Progress by agency: who is through, who ranks where, by resolution, field and measure, and month by month."""

import streamlit as st

from catalogue.services import figures
from pages.ui import (
    agency_parts,
    agency_ranking,
    agency_rate,
    agency_states,
    agency_trend,
    arrival,
    filters,
    menu,
    session,
)
from pages.ui.provenance import source_line

VIEWS = {
    "state": agency_states.show,
    "ranking": agency_ranking.show,
    "resolutions": agency_parts.resolutions,
    "fields": agency_parts.fields,
    "measures": agency_parts.measures,
    "trend": agency_trend.show,
}
FILTERS = ("programme", "view", "show", agency_rate.NAME)
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("agencies.title"))
arrival.follow_url(FILTERS)
left, right = st.columns([1, 3])
with left:
    kind = filters.switch(
        t("overview.programme"),
        {kind: t(f"programme.{kind}") for kind in figures.PROCEDURE_PROGRAMMES},
        "programme",
    )
with right:
    view = filters.switch(t("agencies.view"), {name: t(f"agencies.view_{name}") for name in VIEWS}, "view")
for name, views in {
    "show": ("state",),
    agency_rate.NAME: ("ranking", "resolutions", "fields", "measures"),
}.items():
    if view not in views:
        st.query_params.pop(name, None)
if installation.is_reorganised_since(moment):
    st.caption(t("figures.recount"))
if figures.stages(installation, figures.PROGRAMMES[kind], moment)["assigned"]:
    VIEWS[view](installation, kind, moment, t)
else:
    st.info(t("agencies.nothing_assigned", day=moment.as_of), icon=":material/hourglass_empty:")
with st.container(key="plain-link-compare"):
    menu.link("agency_compare", t("agencies.to_compare"))
arrival.remember_url(FILTERS)
st.caption(source_line(moment, t))
