"""Two to four agencies of one kind side by side, as of a day; only like is compared with like."""

import streamlit as st

from catalogue.errors import Invalid, NotFound
from catalogue.services import agency_comparison
from pages.ui import agency_compare_view, arrival, feedback, menu, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
with st.container(key="plain-link-back"):
    menu.link("agencies", f"← {t('agency_compare.back')}")
st.title(t("agency_compare.title", day=moment.as_of))
arrival.follow_url(agency_compare_view.NAMES)
agency_compare_view.choose(installation, moment, t)
if installation.is_reorganised_since(moment):
    st.caption(t("figures.recount"))
codes = agency_compare_view.asked()
try:
    agencies = agency_comparison.chosen(installation, codes) if len(codes) > 1 else ()
except (Invalid, NotFound) as error:
    feedback.show(t, error)
    agencies = ()
if agencies:
    agency_compare_view.show(installation, moment, agencies, t)
elif len(codes) < agency_comparison.LEAST:
    st.info(t("agency_compare.start", least=agency_comparison.LEAST), icon=":material/touch_app:")
arrival.remember_url(agency_compare_view.NAMES)
st.caption(source_line(moment, t))
