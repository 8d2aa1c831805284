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
    said = t("update.result", file=plain.markdown(loaded.file_name), counts="; ".join(_counts(loaded, t)))
    if outcome.wrong:
        st.warning(said, icon=":material/edit_note:")
    else:
        st.success(said, icon=":material/check_circle:")
    unsaved = [one for one in loaded.unsaved if one.state in (RowState.REFUSED, RowState.STALE)]
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


def _counts(loaded: Loaded, t: Translator) -> list[str]:
    """Every row of the file once: saved since it was first read, unchanged, refused or stale."""
    states = [one.state for one in loaded.unsaved]
    unchanged = states.count(RowState.UNCHANGED)
    unchanged_wrong = sum(one.has_errors for one in loaded.unsaved if one.state is RowState.UNCHANGED)
    refused, stale = states.count(RowState.REFUSED), states.count(RowState.STALE)
    return [
        t("update.result_saved", count=len(loaded.saved))
        + (t("update.result_wrong", count=loaded.saved_wrong) if loaded.saved_wrong else ""),
        t("update.result_unchanged", count=unchanged)
        + (t("update.result_wrong", count=unchanged_wrong) if unchanged_wrong else ""),
        *([t("update.result_refused", count=refused)] if refused else []),
        *([t("update.result_stale", count=stale)] if stale else []),
    ]


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
