"""One ministry's whole position on one page that prints on one sheet."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.services import agency_standing
from pages.ui import agency_view, directive_view, feedback, menu, plain, session, succession_view
from pages.ui.provenance import source_line

installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
code = st.query_params.get("code", "")
try:
    agency = installation.reference.agency(code)
except NotFound as error:
    st.title(t("menu.agency"))
    feedback.show(t, error)
    menu.link("agencies", t("menu.agencies"))
    st.stop()

with st.container(key="agency-sheet"):
    with st.container(key="agency-back", horizontal=True):
        menu.link("agencies", f"← {t('menu.agencies')}")
        menu.link("agency_compare", t("agency_compare.from_agency"), agencies=agency.code)
    name = agency.name_on(moment.organised_on)
    st.title(plain.markdown(t("agency.title", agency=name, day=moment.as_of)), anchor=False)
    succession_view.notice(installation, agency, moment, t)
    found = agency_standing.positions(installation, moment, code)
    if not found:
        st.info(t("agency.empty"), icon=":material/inbox:")
    for column, one in zip(st.columns(max(len(found), 1), gap="large"), found, strict=False):
        with column:
            agency_view.position(one, code, t)
            succession_view.parts(installation, one, code, moment, t)
    left, right = st.columns(2, gap="large")
    with left:
        agency_view.overdue(installation, moment, code, found, t)
        agency_view.waiting(installation, actor, moment, code, t)
    with right:
        directive_view.of_agency(installation, moment, code, t)
        agency_view.drafts(installation, moment, code, t)
        agency_view.changes(installation, moment, code, found, t)
        agency_view.returns(installation, moment, code, t)
        agency_view.records(installation, moment, code, t)
    st.caption(source_line(moment, t))
