"""Imports: bring a file in, see what it would change, decide; and every batch that came before."""

import streamlit as st

from catalogue.model.actor import Right
from pages.ui import feedback, filters, guard, import_batch, import_history, import_upload, session

actor = guard.require(Right.STAGE_IMPORTS)
installation, t = session.installation(), session.translator()
batch_id = filters.number("batch")
if batch_id is not None:
    # A link within the page leaves the browser's address as it was.
    st.query_params["batch"] = str(batch_id)
    st.button(t("imports.back"), type="tertiary", on_click=import_batch.close)
    import_batch.show(installation, actor, batch_id, t)
    st.stop()

st.title(t("imports.title"))
staged = import_upload.show(installation, actor, t)
if staged is not None:
    feedback.remember(t("imports.said_staged"))
    st.query_params["batch"] = str(staged)
    st.rerun()
st.subheader(t("imports.history"))
import_history.show(installation, actor, t)
