"""Figures: what the ledger computes with its definitions, what was printed beside it, totals with parts."""

import streamlit as st

from pages.ui import arrival, figure_list, figure_register, filters, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("figures.title", day=moment.as_of))
arrival.follow_url(figure_list.FILTERS)
views = {name: t(f"figures.view_{name}") for name in ("computed", "published", "sums")}
figure_register.waiting(installation, session.actor(), moment, t)
view = filters.switch(t("figures.view"), views, "view")
if view == "published":
    figure_list.register(installation, session.actor(), moment, t)
elif view == "sums":
    figure_list.totals(installation, t)
else:
    figure_list.computed(installation, moment, t)
arrival.remember_url(figure_list.FILTERS)
st.caption(source_line(moment, t))
