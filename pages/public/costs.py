"""Compliance cost: what cuts saved, and which procedures cost people most."""

import streamlit as st

from catalogue.model.actor import Right
from pages.ui import arrival, cost_many_view, cost_portfolio_view, cost_savings_view, filters, session
from pages.ui.provenance import source_line

VIEWS = {"savings": cost_savings_view, "procedures": cost_portfolio_view, "excel": cost_many_view}
FILTERS = ("view", *cost_savings_view.NAMES, *cost_portfolio_view.NAMES, "page")
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("costs.title"))
st.caption(t("costs.about"))
arrival.follow_url(FILTERS)
may_write = session.actor().has(Right.WRITE_COSTS) and moment.known_at is None
shown = [name for name in VIEWS if name != "excel" or may_write]
view = filters.switch(t("costs.view"), {name: t(f"costs.view_{name}") for name in shown}, "view")
for name in {*cost_savings_view.NAMES, *cost_portfolio_view.NAMES} - set(VIEWS[view].NAMES):
    st.query_params.pop(name, None)
if installation.is_reorganised_since(moment):
    st.caption(t("figures.recount"))
VIEWS[view].show(installation, moment, t)
arrival.remember_url(FILTERS)
st.caption(source_line(moment, t))
