"""The reviewer's queue: oldest first on the left, the claim on the right; after a decision the next opens by itself."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.model.actor import Right
from catalogue.model.claim import ClaimState
from catalogue.services import claims, items
from pages.ui import (
    arrival,
    claim_actions,
    claim_view,
    feedback,
    filters,
    guard,
    import_history,
    item_view,
    menu,
    plain,
    session,
)

actor = guard.require(Right.DECIDE_CLAIMS)
installation, t = session.installation(), session.translator()
st.title(t("work.verify_title"))
import_history.waiting(installation, actor, t)
queue = claims.find(installation, actor, state=ClaimState.SUBMITTED, size=1000)
if queue.is_empty():
    st.success(t("work.verify_none"), icon=":material/done_all:")
    st.stop()

agencies = dict(sorted(set(queue.select("agency_code", "agency_name").iter_rows())))
today = installation.moment().as_of
left, right = st.columns([2, 3], gap="large")
with left:
    arrival.follow_url(("agency",))
    agency = filters.choose(t("item.filter_agency"), agencies, "agency", placeholder=t("app.all"))
    arrival.remember_url(("agency",))
    rows = [row for row in queue.iter_rows(named=True) if agency in (None, row["agency_code"])]
    st.caption(t("work.verify_count", count=len(rows)))
    by_id = {row["claim_id"]: row for row in rows}

    def label(claim_id: int) -> str:
        row = by_id[claim_id]
        age = (today - row["submitted_at"].date()).days
        return f"**{row['agency_name']}** · {t.word('claim.kind', row['kind'])} · {t('work.age', days=max(age, 0))}"

    with st.container(height=700, border=False, key="queue"):
        chosen = st.radio(
            t("work.verify_title"),
            list(by_id),
            format_func=label,
            captions=[plain.markdown(row["item_title"]) for row in rows],
            key="claim_chosen",
            label_visibility="collapsed",
        )
with right:
    try:
        claim, row = claims.get(installation, actor, chosen)
        page = items.get(installation, installation.moment(), claim.item_id)
    except NotFound as error:  # recalled since the queue was read
        feedback.show(t, error)
        st.stop()
    st.subheader(plain.markdown(row["item_title"]))
    menu.link("item", t("work.open_item", agency=row["agency_name"]), id=claim.item_id)
    st.markdown(f"**{t('work.promised')}**")
    item_view.changes(page, t)
    st.markdown(f"**{t('work.claimed')}**: {t.word('claim.kind', row['kind'])}")
    claim_view.content(row, t)
    claim_view.files_and_story(installation, actor, row, t)
    claim_actions.show(installation, actor, claim, row, t)
