"""The controls that stand on every page: as_of, known_at, language, and in words when the view is not today's."""

from datetime import date

import streamlit as st

from catalogue.errors import Invalid
from catalogue.i18n import LANGUAGES, Translator
from catalogue.model.actor import Actor
from catalogue.services.installation import Installation, parse_day
from pages.ui import plain, session


def show(installation: Installation, actor: Actor) -> Translator:
    """Draw the row of controls; returns the translator of the chosen language."""
    bad = {key: value for key in ("as_of", "known_at") if (value := _unreadable(key)) is not None}
    t = session.translator()
    with st.container(horizontal=True, vertical_alignment="center", key="clocks"):
        st.caption(
            t("app.demo_line", day=installation.working_date) if installation.is_demo else "", width="stretch"
        )
        st.date_input(
            t("app.as_of"),
            value=installation.working_date,
            min_value=date(2010, 1, 1),
            max_value=date(2035, 12, 31),
            format="DD/MM/YYYY",
            key="as_of",
            bind="query-params",
            persist_state="session",
            width=225,
        )
        known = st.session_state.get("known_at")
        with st.popover(
            t("app.known_at_short", day=known or t("app.known_at_now")), icon=":material/history:"
        ):
            st.date_input(
                t("app.known_at"),
                value=None,
                min_value=date(2010, 1, 1),
                max_value=date(2035, 12, 31),
                format="DD/MM/YYYY",
                key="known_at",
                bind="query-params",
                persist_state="session",
                help=t("app.known_at_help"),
            )
        st.toggle(
            t("app.agencies_today"),
            key="agencies_today",
            bind="query-params",
            persist_state="session",
            help=t("app.agencies_today_help"),
        )
        st.segmented_control(
            t("app.language"),
            LANGUAGES,
            default="vi",
            key="lang",
            bind="query-params",
            persist_state="session",
            label_visibility="collapsed",
            required=True,
        )
        if actor.is_signed_in:
            _account(actor, t)
    t = session.translator()
    for value in bad.values():
        st.warning(
            t("app.bad_date", value=plain.markdown(value), day=installation.working_date),
            icon=":material/event_busy:",
        )
    moment = session.moment()
    if moment.as_of != installation.working_date:
        st.info(
            t("app.not_today", day=moment.as_of, working=installation.working_date), icon=":material/event:"
        )
    if moment.known_at is not None:
        st.info(t("app.not_now", day=moment.known_at), icon=":material/history:")
    if installation.is_reorganised_since(moment):
        day = installation.reference.last_reorganised_on
        st.info(t("app.by_agencies_today", day=day, as_of=moment.as_of), icon=":material/domain:")
    return t


def say_at_the_time(installation: Installation, t: Translator) -> None:
    """On a page that counts by the agencies of its day whatever is chosen: say so where that makes a difference."""
    if installation.is_reorganised_since(session.moment()):
        st.caption(t("app.always_at_the_time"))


def _unreadable(key: str) -> str | None:
    """What the URL says for a date and no date can be read from; looked at before the widget drops it."""
    raw = st.query_params.get(key)
    if not raw:
        return None
    try:
        parse_day(raw)
    except Invalid:
        return raw[:40]
    return None


def _account(actor: Actor, t: Translator) -> None:
    with st.popover(actor.account, icon=":material/person:"):
        st.markdown(f"**{actor.full_name}**  \n{t(f'role.{actor.role.value}')}")
        st.html(
            '<form method="post" action="/auth/end"><button class="plain">'
            + t("app.sign_out")
            + "</button></form>"
        )
