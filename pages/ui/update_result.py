"""What became of an update file, in a sentence; the marked workbook; and sending everything at once."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.model.item_update import RowState
from catalogue.services import item_updates
from catalogue.services.installation import Installation
from pages.ui import feedback, plain, update_upload
from pages.ui.update_upload import Loaded

_SHOWN = 10


def show(installation: Installation, actor: Actor, loaded: Loaded, t: Translator) -> None:
    """The counts, what was not saved, and whom a stale row was changed by."""
    outcome = loaded.outcome
    said = t(
        "update.result",
        file=plain.markdown(loaded.file_name),
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        errors=outcome.errors,
        stale=outcome.stale,
    )
    if outcome.wrong:
        st.warning(said, icon=":material/edit_note:")
    else:
        st.success(said, icon=":material/check_circle:")
    unsaved = [one for one in outcome.rows if one.state in (RowState.REFUSED, RowState.STALE)]
    st.caption(t("update.result_unsaved", count=len(unsaved)) if unsaved else t("update.result_safe"))
    for issue in (*outcome.issues, *loaded.warnings)[:_SHOWN]:
        st.caption(f":material/info: {issue_text(t, issue, plain.markdown, form='update')}")
    if outcome.wrong:
        st.download_button(
            t("update.returned"),
            data=lambda: item_updates.returned_book(installation, actor, loaded.rows, outcome),
            file_name=f"loi-{loaded.file_name}",
            icon=":material/rule:",
            on_click="ignore",
            key="download-returned",
        )


def send(installation: Installation, actor: Actor, loaded: Loaded, t: Translator) -> None:
    """Send everything, once nothing is wrong."""
    wrong = len(loaded.outcome.wrong)
    ready = sum(one.is_sendable for one in loaded.outcome.rows)
    st.divider()
    if wrong:
        st.info(t("update.send_blocked", count=wrong), icon=":material/block:")
        return
    if not ready:
        st.info(t("update.send_nothing"), icon=":material/info:")
        return
    st.caption(t("update.send_about", count=ready))
    if not st.button(
        t("update.send", count=ready), type="primary", icon=":material/send:", key="update-send"
    ):
        return
    bar = st.progress(0.0, text=t("update.progress_send"))
    try:
        count = item_updates.send(
            installation,
            actor,
            loaded.rows,
            loaded.files,
            lambda step, share: (bar.progress(share, text=t(f"update.progress_{step}")), None)[1],
        )
    except CatalogueError as error:
        bar.empty()
        feedback.show(t, error)
    else:
        update_upload.forget()
        feedback.remember(t("update.said_sent", count=count))
        st.session_state[update_upload.SENT] = count
        st.rerun()
