"""One instrument: where it stands, what it holds back, its story; and what the signed-in person may do."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.services import instruments
from pages.ui import feedback, filters, instrument_forms, instrument_view, menu, plain, session
from pages.ui.provenance import source_line

installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
document_id = filters.number("id")
menu.link("instruments", f"← {t('instrument.back')}")
try:
    page = instruments.get(installation, actor, moment, document_id or 0)
except NotFound as error:
    st.title(t("menu.instrument"))
    if document_id is None:
        st.info(t("instrument.missing"))
    else:
        feedback.show(t, error)
    st.stop()

st.title(plain.markdown(page.state["title"]), anchor=False)
instrument_view.head(page, moment.as_of, t)
left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t("instrument.items"))
    instrument_view.items(page, installation.reference, t)
with right:
    if page.state["state"] == "issued":
        instrument_forms.issued(installation, actor, moment, page, t)
    else:
        st.subheader(t("instrument.update"))
        instrument_forms.unissued(installation, actor, moment, page, t)
st.subheader(t("instrument.history"))
instrument_view.history(page.steps, installation.reference, t)
st.caption(source_line(moment, t))
