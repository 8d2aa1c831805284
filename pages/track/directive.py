"""Assigned tasks: which, who leads them, how far; standing ones apart, for they are never due."""

import streamlit as st

from catalogue.services import figures
from pages.ui import directive_list, item_list, menu, plain, session

_MOST = 3  # documents that are named; the filter of the list has all
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("directive.title"))
with st.container(key="plain-link-programme"):
    menu.link("programme", t("programme.link"), programme=figures.DIRECTIVES)
item_list.show(installation, moment, figures.DIRECTIVES, t, directive_list.LOOK)
about = t("directive.about")
if sources := directive_list.sources(installation, moment, figures.DIRECTIVES):
    listed = plain.markdown("; ".join(sources[:_MOST]))
    more = len(sources) - _MOST
    about += " " + (
        t("directive.sources_more", listed=listed, count=more)
        if more > 0
        else t("directive.sources", listed=listed)
    )
st.caption(about)
