"""The script Streamlit runs: navigation by role, the two clocks, then the page."""

from pathlib import Path

import streamlit as st

from pages.ui import arrival, clocks, feedback, filters, menu, page_run, seen, session

with page_run.measured() as run:
    installation = session.installation()
    actor = session.actor()
    t = session.translator()
    st.set_page_config(page_title=t("app.title"), page_icon=":material/account_balance:", layout="wide")
    st.html(Path(__file__).parent / "ui" / "style.css")
    page = st.navigation(menu.build(actor, t), position="top")
    run.page = page.url_path or "overview"
    clocks.show(installation, actor)
    if arrival.note(page.url_path):
        seen.forget()
    feedback.say_remembered()
    filters.begin()
    page.run()
