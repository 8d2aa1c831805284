"""A ministry's desk: this period's return, what came back, what is late or stalled, what can be sent."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.model.claim import ClaimState
from catalogue.model.item import DeadlineState
from catalogue.services import figures, items
from catalogue.services.items import ItemFilter
from pages.ui import clocks, directive_view, guard, menu, my_claims, my_items, period_return, session

actor = guard.require(Right.WRITE_CLAIMS)
installation, t, moment = session.installation(), session.translator(), session.moment().at_the_time
agency = installation.reference.agency(actor.agency_code or "")
st.title(t("work.my_title", agency=agency.name_on(moment.as_of)))
clocks.say_at_the_time(installation, t)
with st.container(horizontal=True, key="plain-link-desk"):
    menu.link("agency", t("work.my_agency"), code=agency.code)
    menu.link("update_items", t("work.excel"))
    for kind, code in figures.PROGRAMMES.items():
        counts = items.summary(installation, moment, code, ItemFilter(agency=agency.code, with_groups=True))
        menu.link(kind, t(f"work.all_{kind}", count=counts["total"]), agency=agency.code)

left, right = st.columns(2, gap="large")
with left:
    period_return.show(installation, actor, t)
    my_claims.section(installation, actor, ClaimState.RETURNED, t)
    my_items.deadlines(installation, actor, moment, DeadlineState.OVERDUE, t)
    my_items.deadlines(installation, actor, moment, DeadlineState.DUE_SOON, t)
with right:
    my_items.unanswered(installation, actor, moment, t)
    my_claims.candidates(installation, actor, t)
    my_claims.drafts(installation, actor, t)
    my_claims.section(installation, actor, ClaimState.SUBMITTED, t)
    directive_view.of_agency(installation, moment, agency.code, t)
