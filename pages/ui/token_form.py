"""Issuing an agency token, and its secret: shown once, to whoever issued it, gone when the page is left."""

from datetime import timedelta
from urllib.parse import urlsplit

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import answering, api_tokens
from catalogue.services.installation import Installation
from pages.ui import choices, feedback, plain

_SHOWN = "token_shown"
_ROUND = "token_round"  # a new form after each token: its fields are empty again
_USUAL_LIFE = timedelta(days=180)


def show(installation: Installation, actor: Actor, t: Translator) -> None:
    """The secret of the token that was issued last on this visit, until it is said to be copied; else the form."""
    if st.session_state.get("has_arrived"):
        st.session_state.pop(_SHOWN, None)
    if _SHOWN in st.session_state:
        _secret(installation, t)
    else:
        _form(installation, actor, t)


def _secret(installation: Installation, t: Translator) -> None:
    number, agency_code, text = st.session_state[_SHOWN]
    agency = installation.reference.agency(agency_code).name_on(installation.working_date)
    with st.container(border=True, key="token-secret"):
        st.subheader(t("token.shown_title", number=str(number), agency=plain.markdown(agency)), anchor=False)
        st.warning(t("token.shown_once"), icon=":material/visibility_off:")
        st.code(text, language=None, wrap_lines=True)
        st.caption(t("token.shown_try"))
        st.code(f'curl -H "Authorization: Bearer $TOKEN" {_address()}', language=None, wrap_lines=True)
        if st.button(t("token.shown_done"), icon=":material/check:", key="token-seen"):
            del st.session_state[_SHOWN]
            st.rerun()


def _form(installation: Installation, actor: Actor, t: Translator) -> None:
    place = st.session_state.setdefault(_ROUND, 0)
    names = {
        one.code: one.name_on(installation.working_date)
        for one in installation.reference.agencies
        if answering.ended(installation, one.code) is None
    }
    options = choices.distinct(names)
    with st.expander(t("token.issue"), icon=":material/add:", key=f"token-issue-{place}"):
        with st.form(f"token-{place}", border=False):
            name = st.text_input(
                t("token.field_name"),
                max_chars=api_tokens.NAME_LENGTH,
                help=t("token.name_help"),
                key=f"token-name-{place}",
            )
            agency_code = st.selectbox(
                t("token.field_agency_code"), list(options), index=None, format_func=options.__getitem__,
                placeholder=t("token.agency_choose"), key=f"token-agency-{place}",
            )  # fmt: skip
            with st.container(width=280):
                last_day = st.date_input(
                    t("token.field_last_day"), installation.today + _USUAL_LIFE, min_value=installation.today,
                    max_value=api_tokens.longest(installation), format="DD/MM/YYYY", help=t("token.last_day_help"),
                    key=f"token-day-{place}",
                )  # fmt: skip
            pressed = st.form_submit_button(t("token.submit"), type="primary", icon=":material/key:")
        if not pressed:
            return
        try:
            number, text = api_tokens.issue(
                installation, name=name, agency_code=agency_code or "", last_day=last_day, by=actor
            )
        except CatalogueError as error:
            feedback.show(t, error, form="token")
            return
    st.session_state[_SHOWN] = (number, agency_code, text)
    st.session_state[_ROUND] = place + 1
    st.rerun()


def _address() -> str:
    here = urlsplit(st.context.url or "")
    host = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    return f"{host}/api/v1/reporting/token"
