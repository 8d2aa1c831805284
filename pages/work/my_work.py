"""A ministry's work: returned to it, overdue and due soon, drafts, what it has sent."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.model.claim import ClaimState
from catalogue.model.item import DeadlineState
from catalogue.services import claims, figures, items
from catalogue.services.items import ItemFilter
from pages.ui import claim_view, guard, menu, plain, session

actor = guard.require(Right.WRITE_CLAIMS)
installation, t, moment = session.installation(), session.translator(), session.moment()
agency = installation.reference.agency(actor.agency_code or "")
st.title(t("work.my_title", agency=agency.name_on(moment.as_of)))


def claim_section(state: ClaimState) -> None:
    rows = claims.find(installation, actor, state=state, agency=actor.agency_code)
    st.subheader(t(f"work.claims_{state.value}", count=rows["total"][0] if rows.height else 0))
    if rows.is_empty():
        st.caption(t(f"work.none_{state.value}"))
    for row in rows.iter_rows(named=True):
        with st.container(gap=None):
            menu.link("item", plain.markdown(row["item_title"]), id=row["item_id"])
            line = claim_view.title(row, t)
            if row["comment"] and state is ClaimState.RETURNED:
                line += f" — “{plain.markdown(row['comment'])}” ({row['decided_by_name']})"
            elif row["submitted_at"]:
                line += f" · {t('work.sent', when=row['submitted_at'])}"
            st.caption(line)


def item_section(state: DeadlineState) -> None:
    wanted = ItemFilter(agency=actor.agency_code, deadline_state=state.value)
    found = {
        kind: items.find(installation, moment, code, wanted, size=8)
        for kind, code in figures.PROGRAMMES.items()
    }
    total = sum(frame["total"][0] if frame.height else 0 for frame in found.values())
    st.subheader(t(f"work.items_{state.value}", count=total))
    if not total:
        st.caption(t(f"work.none_{state.value}"))
    for kind, frame in found.items():
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
                documents = t(
                    "work.documents", issued=row["instruments_issued"], needed=row["instruments_needed"]
                )
                st.caption(
                    f"{t(f'programme.{kind}')} · {t('item.deadline')}: {t.day(row['current_deadline'])} · {documents}"
                )
        if frame.height and frame["total"][0] > frame.height:
            menu.link(
                kind,
                t("work.see_all", count=frame["total"][0]),
                agency=actor.agency_code,
                deadline=state.value,
            )


left, right = st.columns(2, gap="large")
with left:
    claim_section(ClaimState.RETURNED)
    item_section(DeadlineState.OVERDUE)
    item_section(DeadlineState.DUE_SOON)
with right:
    claim_section(ClaimState.DRAFT)
    claim_section(ClaimState.SUBMITTED)
    st.subheader(t("work.everything"))
    for kind, code in figures.PROGRAMMES.items():
        counts = items.summary(installation, moment, code, ItemFilter(agency=actor.agency_code))
        menu.link(kind, t(f"work.all_{kind}", count=counts["total"]), agency=actor.agency_code)
