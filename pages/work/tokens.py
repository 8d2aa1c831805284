"""Agency tokens: issue one and see its secret once, see how each stands, revoke."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.services import api_tokens
from pages.ui import guard, session, token_form, token_list

actor = guard.require(Right.ADMINISTER)
installation, t = session.installation(), session.translator()
st.title(t("token.title"), anchor=False)
st.write(t("token.about"))
st.link_button(t("token.docs"), "/api/docs", icon=":material/api:", type="tertiary")
token_form.show(installation, actor, t)
token_list.show(installation, actor, api_tokens.listed(installation, by=actor), t)
