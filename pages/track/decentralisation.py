"""Decentralisation items under Decision 1015/QĐ-TTg: which, whose, how far, late or not."""

import streamlit as st

from catalogue.services import figures
from pages.ui import item_list, menu, session

t = session.translator()
st.title(t("item.decentralisation_title"))
with st.container(key="plain-link-programme"):
    menu.link("programme", t("programme.link"), programme=figures.DECENTRALISATION)
item_list.show(session.installation(), session.moment(), figures.DECENTRALISATION, t)
