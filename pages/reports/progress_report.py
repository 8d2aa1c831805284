"""The progress report of any period or day, programme and agency: to take away, to issue, and as it was issued."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.model.actor import Right
from catalogue.services import progress_issues
from pages.ui import (
    arrival,
    feedback,
    filters,
    guard,
    menu,
    period_view,
    progress_choice,
    progress_downloads,
    progress_issued,
    session,
)
from pages.ui.clocks import say_at_the_time
from pages.ui.provenance import source_line

FILTERS = ("view", "by", "period", "day", "programme", "agency", "issue")

actor = guard.require(Right.READ_CLAIMS)
installation, t = session.installation(), session.translator()
moment = session.moment().at_the_time
st.title(t("menu.progress_report"))
st.caption(t("progress_report.about"))
arrival.follow_url(FILTERS)
kind, programme = progress_choice.programme(t)
issued = progress_issues.issues(installation, actor, moment, programme=programme)
view = filters.switch(
    t("progress_report.view"),
    {
        "report": t("progress_report.view_report"),
        "issued": t("progress_report.view_issued", count=len(issued)),
    },
    "view",
)
if view == "issued":
    progress_issued.show(installation, actor, issued, moment, t)
    arrival.remember_url(FILTERS)
    st.stop()

asked = progress_choice.choose(installation, actor, programme, moment, t)
arrival.remember_url(FILTERS)
say_at_the_time(installation, t)
try:
    report = asked.read(installation, moment)
except CatalogueError as error:
    feedback.show(t, error)
    st.stop()
period_view.answer(installation, report, moment, t)
progress_downloads.show(installation, report, asked, moment, t)
progress_issued.offer(installation, actor, report, asked, issued, moment, t)
if not report.is_of_day:
    with st.container(key="plain-link-period"):
        menu.link("period", t("progress_report.to_period"), period=report.period.name, programme=kind)
st.caption(f"{period_view.definition(installation, report, t)} {source_line(asked.at(report, moment), t)}")
