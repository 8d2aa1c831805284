"""The reviewer's queue: oldest first on the left, the claim on the right; after a decision the next opens by itself."""

import polars as pl
import streamlit as st

from catalogue.model.actor import Right
from catalogue.model.claim import ClaimState
from catalogue.services import claim_reading
from pages.ui import arrival, filters, guard, import_history, session, verify_many, verify_one, verify_queue

_NAMES = ("agency", "kind", "mode")

actor = guard.require(Right.DECIDE_CLAIMS)
installation, t = session.installation(), session.translator()
st.title(t("work.verify_title"))
import_history.waiting(installation, actor, t)
queue = claim_reading.find(installation, actor, state=ClaimState.SUBMITTED, size=10_000)
if queue.is_empty():
    st.success(t("work.verify_none"), icon=":material/done_all:")
    st.stop()

today = installation.moment().as_of
agencies = dict(sorted(set(queue.select("answering_agency", "agency_name").iter_rows())))
kinds = {kind: t.word("claim.kind", kind) for kind in sorted(set(queue["kind"]))}
arrival.follow_url(_NAMES)
with st.container(horizontal=True, vertical_alignment="bottom"):
    with st.container(width=280):
        agency = filters.choose(t("item.filter_agency"), agencies, "agency", placeholder=t("app.all"))
    with st.container(width=280):
        kind = filters.choose(t("work.filter_kind"), kinds, "kind", placeholder=t("app.all"))
    modes = {mode: t(f"work.mode_{mode}") for mode in ("one", "many")}
    mode = filters.switch(t("work.mode"), modes, "mode")
arrival.remember_url(_NAMES)

document = filters.number("document") if mode == "many" else None
if document is None:
    st.query_params.pop("document", None)
found = queue.filter(
    (pl.col("answering_agency") == agency if agency else pl.lit(True))
    & (pl.col("kind") == kind if kind else pl.lit(True))
    & (pl.col("document_id") == document if document is not None else pl.lit(True))
)
if document is not None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(t("work.only_document", count=found.height))
        if st.button(t("item.clear_link_filter"), icon=":material/close:", type="tertiary"):
            st.query_params.pop("document", None)
            st.rerun()
if found.is_empty():
    st.info(t("work.verify_filtered_out"), icon=":material/filter_alt_off:")
    st.stop()
st.caption(t("work.verify_count", count=found.height))

if mode == "many":
    verify_many.show(installation, actor, found, today, t, is_all_chosen=document is not None)
    st.stop()
left, right = st.columns([2, 5], gap="large")
with left:
    chosen = verify_queue.choose(found, today, t)
with right:
    about = queue.filter(pl.col("claim_id") == chosen)["document_id"][0]
    same = queue.filter(pl.col("document_id") == about).height if about is not None else 0
    verify_one.show(installation, actor, chosen, same, t)
