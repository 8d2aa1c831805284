"""Agency tokens in a list: how each stands, when it was used last, and the button that revokes it."""

from collections.abc import Sequence

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.services import api_tokens
from catalogue.services.api_tokens import State, Token
from catalogue.services.installation import Installation
from pages.ui import feedback, plain

_ASKED = "token_revoke_asked"
_BADGES = {
    State.LIVING: (":material/check_circle:", "green"),
    State.EXPIRING: (":material/schedule:", "orange"),
    State.ENDED_AGENCY: (":material/lock:", "orange"),
    State.EXPIRED: (":material/event_busy:", "gray"),
    State.REVOKED: (":material/cancel:", "gray"),
}


def show(installation: Installation, actor: Actor, found: Sequence[Token], t: Translator) -> None:
    """Those that can be used, what expires first on top; the rest folded away."""
    if st.session_state.get("has_arrived"):  # a question left open on the way out
        _forget()
    usable = sorted((one for one in found if one.is_usable), key=lambda one: (one.last_day, one.number))
    ended = [one for one in found if not one.is_usable]
    st.subheader(t("token.living", count=len(usable)), anchor=False)
    if not usable:
        st.write(t("token.none"))
    for one in usable:
        _row(installation, one, t)
    if ended:
        with st.expander(t("token.ended", count=len(ended)), type="compact"):
            for one in ended:
                _row(installation, one, t)
    asked = next((one for one in usable if one.number == st.session_state.get(_ASKED)), None)
    if asked is not None:
        title = t("token.revoke_title", number=str(asked.number))
        st.dialog(title, on_dismiss=_forget)(_confirm)(installation, actor, asked, t)


def _row(installation: Installation, one: Token, t: Translator) -> None:
    used = t("token.row_used", when=one.used_at) if one.used_at else t("token.row_unused")
    facts = [
        t("token.row_life", day=one.last_day),
        used,
        t("token.row_hint", hint=one.hint),
        t("token.row_issued", who=one.issued_by or t("token.operator"), when=one.issued_at),
    ]
    if one.revoked_at is not None:
        who = one.revoked_by or t("token.operator")
        facts.append(t("token.row_revoked", who=who, when=one.revoked_at))
    icon, color = _BADGES[one.state]
    agency = _agency(installation, one)
    with st.container(horizontal=True, vertical_alignment="top", key=f"token-{one.number}"):
        with st.container(gap=None):
            st.markdown(f"**{one.number}. {plain.markdown(one.name)}**")
            st.markdown(f":{color}-badge[{icon} {t(f'token.state_{one.state}')}] {plain.markdown(agency)}")
            st.caption(plain.markdown(" · ".join(facts)))
        if one.is_usable and st.button(
            t("token.revoke"),
            key=f"token-revoke-{one.number}",
            help=t("token.revoke_help", number=str(one.number)),
        ):
            st.session_state[_ASKED] = one.number


def _confirm(installation: Installation, actor: Actor, one: Token, t: Translator) -> None:
    agency = plain.markdown(_agency(installation, one))
    st.write(t("token.revoke_about", name=plain.markdown(one.name), agency=agency))
    with st.container(horizontal=True):
        sure = st.button(t("token.revoke_confirm"), type="primary", key="token-revoke-sure")
        if st.button(t("token.cancel"), key="token-revoke-cancel"):
            _forget()
            st.rerun()
    if not sure:
        return
    try:
        api_tokens.revoke(installation, one.number, by=actor)
    except CatalogueError as error:
        feedback.show(t, error)
        return
    _forget()
    feedback.remember(t("token.said_revoked", number=str(one.number)))
    st.rerun()


def _agency(installation: Installation, one: Token) -> str:
    return installation.reference.agency(one.agency_code).name_on(installation.working_date)


def _forget() -> None:
    st.session_state.pop(_ASKED, None)
