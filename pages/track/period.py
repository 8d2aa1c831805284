"""A reporting period: its figures, frozen once it is closed; who returned what; what was recorded about it later."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.services import figures, periods, progress
from pages.ui import (
    arrival,
    clocks,
    filters,
    guard,
    menu,
    period_manage,
    period_returns,
    period_view,
    session,
)
from pages.ui.provenance import source_line

actor = guard.require(Right.READ_CLAIMS)
installation, t, moment = session.installation(), session.translator(), session.moment()
known = periods.all_periods(installation, moment)
if not known:
    st.title(t("menu.period"))
    st.subheader(t("period.none_title"))
    st.write(t("period.none"))
    period_manage.show(installation, actor, None, moment, t)
    st.stop()

FILTERS = ("period", "programme")
arrival.follow_url(FILTERS)
title = st.container()
left, right = st.columns([1, 2], vertical_alignment="bottom")
with left:
    name = period_view.choose(known, t)
with right:
    kind = filters.switch(
        t("overview.programme"), {kind: t(f"programme.{kind}") for kind in figures.PROGRAMMES}, "programme"
    )
arrival.remember_url(FILTERS)
period = next(one for one in known if one.name == name)
title.title(t("period.title", month=period_view.month(period)))
clocks.say_at_the_time(installation, t)

report = progress.report(installation, figures.PROGRAMMES[kind], period, moment=moment)
sent = periods.returns(installation, period, moment)
period_view.standing(period, moment, t)
period_view.answer(installation, report, moment, t)
st.subheader(t("period.by_agency"))
period_view.agencies(report, kind, t)
with st.container(key="plain-link-report"):
    menu.link("progress_report", t("period.to_report"), period=period.name, programme=kind)

left, right = st.columns([3, 2], gap="large")
with left:
    st.subheader(t("period.returns"))
    period_returns.show(sent, t)
with right:
    st.subheader(t("period.base_changes"))
    period_view.base_changes(report, t)
if period.is_closed:
    corrections = periods.late_corrections(
        installation, period, moment, actor=actor, programme=report.programme_code
    )
    period_view.late(corrections, t)
period_manage.show(installation, actor, period, moment, t)
st.caption(f"{period_view.definition(installation, report, t)} {source_line(moment, t)}")
