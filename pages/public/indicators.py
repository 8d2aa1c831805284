"""Indicators: where agencies stand among their like, how they got there, who has no value; or all of one agency."""

import streamlit as st

from pages.ui import arrival, clocks, filters, indicator_agency, indicator_view, session
from pages.ui.provenance import source_line

NAMES = ("by", *indicator_view.NAMES)
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("indicators.title"))
clocks.say_at_the_time(installation, t)
arrival.follow_url(NAMES)
by = filters.switch(
    t("indicators.by"), {name: t(f"indicators.by_{name}") for name in ("indicator", "agency")}, "by"
)
if by == "agency":
    indicator_agency.show(installation, moment, t)
else:
    indicator_view.show(installation, moment, t)
arrival.remember_url(NAMES)
st.caption(source_line(moment, t))
