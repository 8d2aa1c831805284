"""Sign in: two fields; in a demonstration also one account a role. The form posts to a route that sets the cookie."""

from html import escape

import streamlit as st

from catalogue.services import accounts
from pages.ui import session

REFUSALS = ("bad_credentials", "too_many_attempts", "forbidden")
installation, actor, t = session.installation(), session.actor(), session.translator()
st.title(t("menu.sign_in"))
if actor.is_signed_in:
    st.success(t("sign_in.already", name=actor.full_name))
    st.stop()

wrong = st.query_params.get("error")
if wrong:
    st.error(t(f"error.{wrong if wrong in REFUSALS else REFUSALS[0]}"), icon=":material/error:")
elif accounts.session_state(installation, session.token()) == "ended":
    st.warning(t("error.session_ended"), icon=":material/timer_off:")

target = f'<input type="hidden" name="next" value="{escape(st.query_params.get("next", "/"), quote=True)}">'
left, right = st.columns(2, gap="large")
with left:
    st.html(
        f'<form class="sign-in" method="post" action="/auth/session">{target}'
        f'<label>{t("sign_in.account")}<input name="account" autocomplete="username" required></label>'
        f"<label>{t('sign_in.password')}"
        '<input type="password" name="password" autocomplete="current-password" required></label>'
        f"<button>{t('menu.sign_in')}</button></form>"
    )
    st.caption(t("sign_in.open_without"))
offered = accounts.demo_accounts(installation) if installation.is_demo else []
with right:
    if offered:
        st.subheader(t("sign_in.demo_title"))
        for person in offered:
            name = escape(f"{t(f'role.{person.role.value}')} · {person.full_name}")
            st.html(
                f'<form class="sign-in" method="post" action="/auth/session">{target}'
                f'<input type="hidden" name="demo" value="{escape(person.account, quote=True)}">'
                f'<button class="plain">{name}</button></form>'
            )
            st.caption(t(f"sign_in.sees_{person.role.value}"))
