"""The lock on a page: our own no-permission state instead of the page's body. Services check again."""

import streamlit as st

from catalogue.model.actor import Actor, Right
from catalogue.services import answering
from pages.ui import menu, plain, session


def require(right: Right) -> Actor:
    """The actor, if the right is there; else the no-permission state and the end of the run.

    Who would write for an agency that is no more is told who succeeded it instead.
    """
    actor = session.actor()
    if not actor.has(right):
        _refused(actor)
    elif actor.is_bound(right):
        _of_ended_agency(actor)
    return actor


def _refused(actor: Actor) -> None:
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


def _of_ended_agency(actor: Actor) -> None:
    gone = answering.ended(session.installation(), actor.agency_code or "")
    if gone is None:
        return
    t = session.translator()
    successor = gone.successor.name_on(session.installation().working_date)
    told = t(
        "guard.agency_ended",
        agency=plain.markdown(gone.agency.name),
        successor=plain.markdown(successor),
        day=gone.since,
    )
    with st.container(key="no-permission"):
        st.subheader(t("guard.agency_ended_title"))
        st.write(told)
        if gone.of_fields:
            names = ", ".join(plain.markdown(one.short_name) for one in gone.of_fields)
            st.write(t("guard.agency_ended_fields", agencies=names))
        menu.link("overview", t("guard.to_overview"))
    st.stop()
