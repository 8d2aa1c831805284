"""One procedure: who, where, how long, how much, which papers; then the whole record, its versions, related items."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.content import ROLES
from catalogue.services import procedures, quality
from pages.ui import cost_sheet_view, feedback, menu, plain, procedure_view, session, who_decides
from pages.ui.provenance import source_line
from pages.ui.source_words import SourceWords

installation, t, moment = session.installation(), session.translator(), session.moment()
actor = session.actor()
code = st.query_params.get("code", "").strip()
with st.container(key="plain-link"):
    menu.link("catalogue", t("procedure.back"))
if not code:
    st.title(t("menu.procedure"))
    st.info(t("procedure.missing"), icon=":material/search:")
    st.stop()
try:
    record = procedures.get(installation, moment, code)
except NotFound as error:
    st.title(t("menu.procedure"))
    feedback.show(t, error)
    st.stop()

version, details = record.version, record.version.details
with st.container(key="record-title"):
    st.title(plain.markdown(version.name), anchor=False)
procedure_view.head(record, t)
if not version.in_force:
    st.warning(t("procedure.abolished", day=version.effective_date), icon=":material/cancel:")
if details.is_empty:
    st.info(t("procedure.no_details"), icon=":material/help:")
else:
    procedure_view.answer(record, t)
procedure_view.whole(record, quality.of_record(installation, moment, code), t)

who_decides.show(installation, moment, record, actor, t)

source = SourceWords(procedures.source_words(installation, version.version_id), t)
left, right = st.columns([3, 2], gap="large")
with left:
    if not details.is_empty:
        procedure_view.dossier(details.dossier, details.dossier_sets, t)
        source.beside("dossier", "dossier_sets")
        procedure_view.channels(details.channels, t)
        source.beside("channels")
        procedure_view.steps(details, t)
        source.beside("steps")
        procedure_view.requirements(details.requirements, t)
        source.beside("requirements")
        procedure_view.beside(version, t)
    else:
        procedure_view.agencies(record, t)
        procedure_view.legal_bases(version.legal_bases, t)
with right:
    steps = procedures.versions(installation, moment, code)
    procedure_view.versions(steps, version.version_id, moment.as_of, t)
    procedure_view.items(procedures.related_items(installation, moment, code), t)
    cost_sheet_view.line(installation, moment, version, t)
    if not details.is_empty:
        procedure_view.agencies(record, t)
        source.beside("issuing_agency_text", *ROLES, "address")
        procedure_view.legal_bases(version.legal_bases, t)
        source.beside("legal_bases")
source.rest()
st.caption(source_line(moment, t))
