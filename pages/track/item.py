"""One item: stages, what must change, instruments, deadline, story; and what the signed-in person may do."""

import polars as pl
import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.actor import Right
from catalogue.services import claim_reading, cost_savings, item_story, items
from pages.ui import (
    cost_change_view,
    directive_view,
    feedback,
    filters,
    item_changes,
    item_claims,
    item_filters,
    item_view,
    menu,
    plain,
    promise_view,
    session,
    transfer_view,
)
from pages.ui.provenance import source_line

installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
item_id = filters.number("id")
try:
    page = items.get(installation, moment, item_id or 0)
except NotFound as error:
    st.title(t("menu.item"))
    if item_id is None:
        st.info(t("item.missing"))
    else:
        feedback.show(t, error)
    st.stop()
assert item_id is not None

state = page.state
programme = installation.reference.programme(state["programme_code"])
is_task = programme.kind == "directive"
with st.container(horizontal=True, key="plain-link-back"):
    menu.link(programme.kind, f"← {t(f'menu.{programme.kind}')}", **item_filters.place())
    if installation.reference.group(state["lead_agency"]) is None:
        menu.link("agency", t("item.agency_link", agency=state["agency_name"]), code=state["lead_agency"])
st.title(plain.markdown(state["title"]), anchor=False)
is_reader = actor.has(Right.READ_CLAIMS)
item_view.withdrawn(page, t, is_reader=is_reader)
st.markdown(
    directive_view.head(state, t)
    if is_task
    else " · ".join(
        [
            f"`{state['procedure_code']}`"
            if state["procedure_code"]
            else t(f"item.no_code_{programme.kind}"),
            item_view.agency(state, t),
            plain.markdown(state["field_name"] or "–"),
            f"{t('stage.assigned')}: {item_view.document(state['assigned_by_number'] or '–', state['assigned_by_date'], t)}",
        ]
    )
)

if not page.cooperating.is_empty():
    st.caption(t("item.cooperating", agencies=", ".join(page.cooperating["short_name"])))

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t("item.stages"))
    item_view.stages(page, list(programme.stages), t)
    if is_task:
        directive_view.task(state, t)
    else:
        st.subheader(t("item.to_change"))
        transfer_view.show(installation, moment, page, t, is_reader=is_reader)
        item_view.changes(page, t)
        promise_view.show(installation, moment, page, t)
        cost_change_view.line(cost_savings.of_item(installation, moment, item_id), t)
    if not is_task or page.instruments.height:
        st.subheader(t("item.instruments"))
        item_view.instruments(page.instruments, programme.kind, t)
    if state["procedure_code"]:
        menu.link(
            "procedure", t("item.procedure_link", code=state["procedure_code"]), code=state["procedure_code"]
        )
found = claim_reading.find(installation, actor, item_id=item_id) if is_reader else pl.DataFrame()
with right:
    if is_task:
        directive_view.lead(installation, moment, state, t)
        directive_view.document(state, t)
    st.subheader(t("item.deadline"))
    refused = None
    if is_reader:
        refused = found.filter((pl.col("state") == "refused") & (pl.col("item_id") == item_id))
    item_view.deadline(page, t, refused)
    st.subheader(t("item.actions"))
    is_current = moment.known_at is None and moment.as_of == installation.working_date
    item_claims.show(installation, actor, page, found, list(programme.stages), t, is_current=is_current)
    item_changes.show(installation, actor, page, moment, t)

st.subheader(t("item.story"))
item_view.story(item_story.of_item(installation, actor, moment, item_id), installation, t)
st.caption(source_line(moment, t))
