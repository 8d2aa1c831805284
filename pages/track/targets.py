"""Targets: which are met, which are behind, and why some cannot be judged; one of them with its pace and its curve."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.services import targets
from pages.ui import arrival, menu, session, target_list, target_view
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
arrival.write_url()
chosen = st.query_params.get("target")
if chosen:
    try:
        target_view.show(installation, chosen, moment, t)
    except NotFound:
        st.title(t("target.title"))
        st.warning(t("target.unknown"), icon=":material/search_off:")
        menu.link("targets", t("target.back"))
else:
    st.title(t("target.title"))
    target_list.show(targets.standings(installation, moment), moment, t)
    target_list.meanings(t)
st.caption(source_line(moment, t))
