"""Open data: what there is, how a figure is cited, how it is read by other tools."""

import streamlit as st

from pages.ui import arrival, open_data_view, session
from pages.ui.provenance import source_line

FILTERS = ("measure", "tool")
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("open_data.title"))
st.caption(t("open_data.about"))
arrival.follow_url(FILTERS)
open_data_view.licence(installation, t)
open_data_view.files(moment, t)
open_data_view.api(t)
open_data_view.cite(installation, moment, t)
open_data_view.examples(moment, t)
arrival.remember_url(FILTERS)
st.caption(source_line(moment, t))
