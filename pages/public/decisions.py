"""Publication decisions of a period: what the figure counts, by issuer, each opening to the lines of its annex."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.services import procedures
from catalogue.services.procedures import CHANGING, PAGE_SIZE
from pages.ui import arrival, catalogue_list, decision_list, feedback, filters, menu, paging, plain, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
document_id = filters.number("document")
if document_id is not None:
    # A link within the page leaves the browser's address as it was.
    st.query_params["document"] = str(document_id)
    st.button(t("decisions.back"), type="tertiary", on_click=decision_list.close)
    try:
        decision = procedures.decision(installation, moment, document_id)
    except NotFound as error:
        st.title(t("decisions.title"))
        feedback.show(t, error)
        st.stop()
    number = plain.markdown(decision["number"] or "–")
    st.title(t("procedure.decision_text", number=number, day=decision["issued_on"]), anchor=False)
    st.markdown(plain.markdown(decision["title"]))
    parts = [decision["issuer_name"] or t("decisions.unknown_agency")]
    parts += [t("decisions.in_force_on", day=decision["in_force_on"])] if decision["in_force_on"] else []
    st.caption(plain.markdown(" · ".join(parts)))
    annex = procedures.decision_lines(installation, moment, document_id)
    st.subheader(t("decisions.lines", count=annex.height))
    decision_list.lines(annex, t)
    st.caption(source_line(moment, t))
    st.stop()

st.title(t("decisions.title"))
FILTERS = ("since", "agency", "action", paging.KEY)
arrival.follow_url(FILTERS)
first, second, third = st.columns([1, 2, 1.4], vertical_alignment="bottom")
with first:
    since = decision_list.since(moment.as_of, t)
with third:
    catalogue_list.hold("action")
    kinds = {name: t(f"decisions.action_{name}") for name in ("all", *decision_list.ACTIONS)}
    kind = filters.choose(t("decisions.action"), kinds, "action", placeholder=t("decisions.action_changing"))
action = CHANGING if kind is None else None if kind == "all" else kind
with second:
    issuers = procedures.decision_issuers(installation, moment, since, action=action)
    agency = decision_list.issuer(issuers, {a.code: a.name for a in installation.reference.agencies}, t)

if since > moment.as_of:
    st.warning(t("decisions.since_after", since=since, until=moment.as_of), icon=":material/event_busy:")
    st.stop()
arrival.remember_url(FILTERS)
total = int(
    issuers.filter(issuers["value"] == agency)["decisions"].sum() if agency else issuers["decisions"].sum()
)
if not total:
    st.info(t("decisions.nothing", since=since, until=moment.as_of), icon=":material/filter_alt_off:")
    st.stop()
key = "answer_changing" if action == CHANGING else "answer"
st.markdown(f"**{t(f'decisions.{key}', count=total, since=since, until=moment.as_of)}**")
st.caption(t("decisions.definition"))
page, pages = paging.current(total, PAGE_SIZE, (since, agency, action, moment.as_of))
arrival.remember_url(FILTERS)
frame = procedures.decisions(installation, moment, since, agency=agency, action=action, page=page)
with st.container(key="decisions", gap="xsmall"):
    for row in frame.iter_rows(named=True):
        opened = st.expander(
            decision_list.title(row, t),
            key=f"decision-{row['document_id']}",
            on_change="rerun",
            type="compact",
        )
        if opened.open:
            with opened:
                st.markdown(plain.markdown(row["title"]))
                decision_list.lines(procedures.decision_lines(installation, moment, row["document_id"]), t)
                with st.container(key=f"plain-link-{row['document_id']}"):
                    menu.link("decisions", t("decisions.link"), document=row["document_id"])
paging.show(pages)
st.caption(source_line(moment, t))
