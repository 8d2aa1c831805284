"""The lock on a page: our own no-permission state instead of the page's body. Services check again."""

import streamlit as st

from catalogue.model.actor import Actor, Right
from pages.ui import menu, session


def require(right: Right) -> Actor:
    """The actor, if the right is there; else the no-permission state and the end of the run."""
    actor = session.actor()
    if actor.has(right):
        return actor
    t = session.translator()
    state = "not_signed_in" if not actor.is_signed_in else "forbidden"
    with st.container(key="no-permission"):
        st.subheader(t(f"guard.{state}_title"))
        st.write(t(f"guard.{state}", role=t(f"role.{actor.role.value}")))
        if actor.is_signed_in:
            menu.link("overview", t("guard.to_overview"))
        else:
            menu.link("sign_in", t("menu.sign_in"))
    st.stop()
