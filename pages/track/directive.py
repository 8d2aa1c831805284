"""Assigned tasks: which, who leads them, how far; standing ones apart, for they are never due."""

import streamlit as st

from catalogue.services import figures
from pages.ui import directive_list, item_list, menu, plain, session

installation, t = session.installation(), session.translator()
st.title(t("directive.title"))
with st.container(key="plain-link-programme"):
    menu.link("programme", t("programme.link"), programme=figures.DIRECTIVES)
item_list.show(installation, session.moment(), figures.DIRECTIVES, t, directive_list.LOOK)
programme = installation.reference.programme(figures.DIRECTIVES)
source = installation.reference.source(programme.source)
st.caption(t("directive.about", source=plain.markdown(getattr(source, f"title_{t.language}"))))
