"""Simplification items: which, whose, how far, late or not."""

import streamlit as st

from catalogue.services import figures
from pages.ui import item_list, menu, session

t = session.translator()
st.title(t("item.simplification_title"))
with st.container(key="plain-link-programme"):
    menu.link("programme", t("programme.link"), programme=figures.SIMPLIFICATION)
item_list.show(session.installation(), session.moment(), figures.SIMPLIFICATION, t)
