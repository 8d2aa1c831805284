"""Decision 1015/QĐ-TTg: how much is decentralised, from where to where, by which instrument, what remains with whom."""

import streamlit as st

from catalogue.services import decentralisation, figures
from pages.ui import (
    decentralisation_agencies,
    decentralisation_answer,
    decentralisation_documents,
    decentralisation_fields,
    decentralisation_flow,
    decentralisation_list,
    decentralisation_views,
    item_list,
    menu,
    session,
)
from pages.ui.provenance import source_line

PROGRAMME = figures.DECENTRALISATION
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("decentralisation.title"))
with st.container(key="plain-link-programme"):
    menu.link("programme", t("programme.link"), programme=PROGRAMME)
answer = decentralisation.answer(installation, moment, PROGRAMME)
if answer.base:
    decentralisation_answer.show(installation, moment, PROGRAMME, answer, t)
else:
    st.info(t("decentralisation.empty"), icon=":material/hourglass_empty:")
view = decentralisation_views.choose(t)
if view == decentralisation_views.LIST:
    item_list.show(installation, moment, PROGRAMME, t, decentralisation_list.LOOK, view=view)
    st.stop()
if answer.base:
    if view == "flow":
        decentralisation_flow.show(installation, moment, PROGRAMME, t)
    elif view == "agency":
        decentralisation_agencies.show(installation, moment, PROGRAMME, t)
    elif view == "field":
        decentralisation_fields.show(installation, moment, PROGRAMME, t)
    else:
        decentralisation_documents.show(installation, moment, PROGRAMME, answer.open, t)
st.caption(source_line(moment, t))
