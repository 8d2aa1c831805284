"""Two versions of a procedure side by side: a sentence on top, then only what differs."""

from datetime import date

import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.diff import diff
from catalogue.services import procedures
from pages.ui import arrival, change_words, compare_choice, comparison, feedback, menu, plain, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
code = st.query_params.get("code", "").strip()
with st.container(key="plain-link"):
    if code:
        menu.link("procedure", t("compare.back"), code=code)
    else:
        menu.link("catalogue", t("procedure.back"))
if not code:
    st.title(t("menu.compare"))
    st.info(t("procedure.missing"), icon=":material/search:")
    st.stop()
steps = procedures.versions(installation, moment, code)
if not steps:
    st.title(t("menu.compare"))
    feedback.show(t, NotFound("procedure_not_found", id=code))
    st.stop()

with st.container(key="record-title"):
    st.title(t("compare.title", name=plain.markdown(steps[-1].version.name)), anchor=False)
st.caption(f"{t('procedure.code')} {plain.markdown(code)}")
if len(steps) == 1:
    st.info(t("compare.only_one", day=steps[0].version.effective_date), icon=":material/history:")
    st.stop()

arrival.follow_url(compare_choice.FILTERS)
pair = compare_choice.choose(steps, moment.as_of, t)
arrival.remember_url(compare_choice.FILTERS)
if isinstance(pair, date):
    st.info(
        t("compare.not_yet", day=pair, first=steps[0].version.effective_date), icon=":material/event_busy:"
    )
    st.stop()
old, new = pair
if old.version_id == new.version_id:
    st.info(t("compare.same_version", day=old.effective_date), icon=":material/equal:")
    st.stop()
changes = diff(old, new)
st.subheader(plain.markdown(change_words.headline(changes, t)), anchor=False)
if changes:
    comparison.table(old, new, changes, t)
st.caption(source_line(moment, t))
