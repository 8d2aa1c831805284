"""Publication decisions of a period: what the figure counts, how they kept the limits, each opening to its annex."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.actor import Right
from catalogue.services import decisions
from catalogue.services.decisions import CHANGING, PAGE_SIZE
from pages.ui import (
    arrival,
    catalogue_list,
    decision_lag,
    decision_list,
    decision_rules,
    decision_view,
    feedback,
    filters,
    heir_words,
    menu,
    paging,
    plain,
    session,
)
from pages.ui.provenance import source_line

installation, t, moment, actor = (
    session.installation(),
    session.translator(),
    session.moment(),
    session.actor(),
)
reference = installation.reference
document_id = filters.number("document")
if document_id is not None:
    # A link within the page leaves the browser's address as it was.
    st.query_params["document"] = str(document_id)
    st.button(t("decisions.back"), type="tertiary", on_click=decision_list.close)
    try:
        one = decisions.get(installation, moment, document_id)
    except NotFound as error:
        st.title(t("decisions.title"))
        feedback.show(t, error)
        st.stop()
    decision_view.head(one, reference, t)
    decision_view.days_form(installation, actor, one, t)
    decision_view.body(one, reference, moment.as_of, t)
    decision_rules.show(reference, one.decision["issued_on"], t)
    st.caption(source_line(moment, t))
    st.stop()

st.title(t("decisions.title"))
if actor.has(Right.PUBLISH_DECISIONS):
    with st.container(key="plain-link-register"):
        menu.link("publish", t("publication.register"))
FILTERS = ("view", "since", "agency", "action", "kept", paging.KEY)
arrival.follow_url(FILTERS)
view = filters.switch(
    t("decisions.title"), {name: t(f"publication.view_{name}") for name in ("list", "lag")}, "view"
)
first, second, third, fourth = st.columns([1, 2, 1.2, 1], vertical_alignment="bottom")
with first:
    since = decision_list.since(moment.as_of, t)
if since > moment.as_of:
    st.warning(t("decisions.since_after", since=since, until=moment.as_of), icon=":material/event_busy:")
    st.stop()
if view == "lag":
    arrival.remember_url(FILTERS)
    decision_lag.show(installation, moment, since, t)
    st.caption(source_line(moment, t))
    st.stop()
with third:
    catalogue_list.hold("action")
    kinds = {name: t(f"decisions.action_{name}") for name in ("all", *decision_list.ACTIONS)}
    kind = filters.choose(t("decisions.action"), kinds, "action", placeholder=t("decisions.action_changing"))
action = CHANGING if kind is None else None if kind == "all" else kind
with second:
    issuers = decisions.issuers(installation, moment, since, action=action)
    counts = decisions.counts(
        installation, moment, since, agency=decision_list.chosen_issuer(), action=action
    )
    names = {one.code: one.name for one in reference.agencies}
    agency = decision_list.issuer(issuers, names, counts["decisions"], t)
with fourth:
    kept = decision_list.kept(counts, t)
arrival.remember_url(FILTERS)
heir_words.absent(installation, moment, agency, t)
total = counts[kept.value if kept else "decisions"]
if not total:
    st.info(t("decisions.nothing", since=since, until=moment.as_of), icon=":material/filter_alt_off:")
    st.stop()
key = "answer_changing" if action == CHANGING else "answer"
st.markdown(f"**{t(f'decisions.{key}', count=counts['decisions'], since=since, until=moment.as_of)}**")
shares = {name: counts[name] for name in ("in_time", "late", "unknown")}
st.markdown(t("publication.split", **shares), help=t("publication.split_help"))
st.caption(t("decisions.definition"))
page, pages = paging.current(
    total, PAGE_SIZE, (since, agency, action, kept, moment.as_of, moment.organised_on)
)
arrival.remember_url(FILTERS)
frame = decisions.find(installation, moment, since, agency=agency, action=action, kept=kept, page=page)
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
                decision_list.lines(decisions.lines(installation, moment, row["document_id"]), t)
                with st.container(key=f"plain-link-{row['document_id']}"):
                    menu.link("decisions", t("decisions.link"), document=row["document_id"])
paging.show(pages)
decision_rules.show(reference, moment.as_of, t)
st.caption(source_line(moment, t))
