"""Loading a plan: upload an annex, mend it, match it to the catalogue, preview, load; and what waits."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.actor import Right
from catalogue.services import plan_loading, plans
from pages.ui import (
    feedback,
    filters,
    guard,
    plan_head,
    plan_list,
    plan_match,
    plan_mend,
    plan_preview,
    plan_upload,
    session,
)

actor = guard.require(Right.MANAGE_PROGRAMMES)
installation, t = session.installation(), session.translator()
batch_id = filters.number("batch")
if batch_id is None:
    st.title(t("plan.title"))
    st.caption(t("plan.about"))
    staged = plan_upload.show(installation, actor, t)
    if staged is not None:
        st.query_params["batch"] = str(staged)
        st.rerun()
    plan_list.show(installation, actor, t)
    st.stop()
# A link within the page leaves the browser's address as it was.
st.query_params["batch"] = str(batch_id)
st.button(t("plan.back"), type="tertiary", on_click=plan_list.close)
try:
    plan = plans.get(installation, actor, batch_id)
except NotFound as error:
    st.title(t("plan.title"))
    feedback.show(t, error)
    st.stop()
plan_head.show(plan, t)
if plan.batch["state"] != "staged":
    st.stop()
plan_head.edit(installation, actor, plan, t)
steps = {
    "mend": t("plan.step_mend", count=len(plan.errors)),
    "match": t("plan.step_match", count=len(plan.waiting)),
    "preview": t("plan.step_preview"),
}
step = filters.switch(t("plan.steps"), steps, "step")
if step == "mend":
    plan_mend.show(installation, actor, plan, t)
elif step == "match":
    plan_match.show(installation, actor, plan, t)
else:
    plan_preview.show(installation, actor, plan, plan_loading.foresee(installation, plan), t)
