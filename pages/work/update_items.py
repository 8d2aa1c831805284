"""A ministry's open items by Excel: download, bring back with the evidence, mend what is wrong, send everything."""

import streamlit as st

from catalogue.model.actor import Right
from pages.ui import arrival, guard, menu, plain, session, update_mend, update_result, update_upload

actor = guard.require(Right.WRITE_CLAIMS)
installation, t = session.installation(), session.translator()
agency = installation.reference.agency(actor.agency_code or "")
menu.link("my_work", t("update.to_my_work"))
st.title(t("update.title"))
st.write(t("update.about", agency=plain.markdown(agency.name_on(installation.working_date))))

arrival.follow_url(["programme"])
st.subheader(t("update.step_download"))
update_upload.download(installation, actor, t)
arrival.remember_url(["programme"])

st.subheader(t("update.step_upload"))
update_upload.show(installation, actor, t)

if loaded := update_upload.loaded(actor):
    st.subheader(t("update.step_result"))
    update_result.show(installation, actor, loaded, t)
    update_mend.loose(installation, actor, loaded, t)
    update_mend.show(installation, actor, loaded, t)
    update_result.send(installation, actor, loaded, t)
elif sent := st.session_state.get(update_upload.SENT):
    st.success(t("update.said_sent", count=sent), icon=":material/mark_email_read:")
