"""Periodic report forms: filled in for a period and an agency or the whole country, tested, sent, issued, looked back at."""

from dataclasses import replace

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.model.actor import Right
from catalogue.services import report_forms, report_issues
from pages.ui import (
    arrival,
    feedback,
    filters,
    form_choice,
    form_downloads,
    form_issues,
    form_sending,
    form_view,
    guard,
    session,
)
from pages.ui.clocks import say_at_the_time
from pages.ui.provenance import source_line

FILTERS = ("form", "report_period", "agency", "view", "issue")

actor = guard.require(Right.READ_CLAIMS)
installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("forms.title"))
st.caption(t("forms.about"))
arrival.follow_url(FILTERS)
form, span, agency = form_choice.choose(installation, actor, moment, t)
history = report_issues.issues(installation, actor, moment, form.code, span.name)
may_file = form_sending.may_open(installation, actor, form, span)
view = filters.switch(
    t("forms.view"),
    {
        "table": t("forms.view_table"),
        **({"send": t("forms.view_send")} if may_file else {}),
        "issued": t("forms.view_issued", count=history.height),
    },
    "view",
)
arrival.remember_url(FILTERS)
say_at_the_time(installation, t)
try:
    report = report_forms.build(
        installation, form.code, span.name, agency, moment, language=t.language, by=actor
    )
except CatalogueError as error:
    feedback.show(t, error)
    st.stop()

if view == "send":
    form_sending.show(installation, actor, form, span, agency, t)
elif view == "issued":
    form_issues.history(installation, actor, history, moment, t)
else:
    form_view.answer(report, t)
    form_view.checks(report, t)
    form_view.table(report.form, report.rows, t, form_view.caption(report, t))
    form_view.notes(report.notes)
    form_downloads.show(installation, actor, form.code, span.name, agency, moment, len(report.rows), t)
    form_issues.offer(installation, actor, report, history, moment, t)
st.caption(f"{t('forms.definition', legal=form.legal)} {source_line(replace(moment, as_of=span.ends_on), t)}")
