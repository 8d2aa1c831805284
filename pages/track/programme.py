"""One programme: its stages on one base, what assigned it, what changed its base, what the catalogue does not know."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.services import figures
from pages.ui import arrival, filters, menu, plain, programme_view, session
from pages.ui.provenance import source_line

installation, t, moment, actor = (
    session.installation(),
    session.translator(),
    session.moment(),
    session.actor(),
)
NAMES = ("programme",)
arrival.follow_url(NAMES)
st.title(t("programme.title"))
every = {one.code: one for one in installation.reference.programmes}
labels = {code: t(f"programme.short_{one.kind}") for code, one in every.items()}
programme = every[filters.switch(t("programme.choose"), labels, "programme")]
arrival.remember_url(NAMES)
st.subheader(plain.markdown(getattr(programme, f"name_{t.language}")), anchor=False)
if actor.has(Right.MANAGE_PROGRAMMES):
    with st.container(key="plain-link-plan"):
        menu.link("plan", t("plan.load_link"))
stages = figures.stages(installation, programme.code, moment)
if not stages["assigned"]:
    st.info(t("programme.empty"), icon=":material/info:")
    programme_view.changes(installation, programme, moment, t)
    st.stop()
programme_view.answer(installation, programme, stages, moment, t)
programme_view.stages(programme, stages, t)
programme_view.done_stage(programme, t)
left, right = st.columns([1, 1], gap="large")
with left:
    programme_view.changes(installation, programme, moment, t)
    programme_view.unmatched(installation, programme, moment, t)
with right:
    programme_view.documents(installation, programme, moment, t)
st.caption(source_line(moment, t))
