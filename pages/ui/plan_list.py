"""Every annex that was read: what waits first; its number opens it."""

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import plans
from catalogue.services.installation import Installation
from pages.ui import menu, plain

_ICONS = {
    "staged": ":material/hourglass_empty:",
    "loaded": ":material/check_circle:",
    "dropped": ":material/cancel:",
}


def show(installation: Installation, actor: Actor, t: Translator) -> None:
    """A row each, in two lines."""
    frame = plans.find(installation, actor)
    st.subheader(t("plan.waiting"), anchor=False)
    if frame.is_empty():
        st.caption(t("plan.waiting_none"))
        return
    with st.container(key="results-plans", gap="small"):
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                number = plain.markdown(row["document_number"])
                count = row["items"] or row["lines"]
                menu.link("plan", t("plan.batch", number=number, rows=count), batch=row["batch_id"])
                state = f"{_ICONS[row['state']]} {t.word('plan.state', row['state'])}"
                st.caption(
                    t(
                        "plan.batch_about",
                        state=state,
                        programme=plain.markdown(row[f"programme_name_{t.language}"] or "–"),
                        file=plain.markdown(row["file_name"]),
                        who=plain.markdown(row["staged_by_name"] or "–"),
                        when=row["staged_at"],
                    )
                )


def close() -> None:
    """Back to the list."""
    for name in ("batch", "step", "shown", "page"):
        st.query_params.pop(name, None)
        st.session_state.pop(name, None)
