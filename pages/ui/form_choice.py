"""Which form, of which period, of which agency: kept in the address."""

import streamlit as st

from catalogue.correspondence.form_words import period_words
from catalogue.i18n import Translator
from catalogue.model import report_period
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.report_form import ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.services import answering, statistics
from catalogue.services.installation import Installation
from pages.ui import filters


def choose(
    installation: Installation, actor: Actor, moment: Moment, t: Translator
) -> tuple[ReportForm, ReportPeriod, str | None]:
    """The form, the period and the agency (None: the whole country); an editor begins with its own agency."""
    reference = installation.reference
    forms = {one.code: f"{one.code} · {one.title.said(t.language)}" for one in reference.report_forms}
    left, middle, right = st.columns([3, 2, 3], vertical_alignment="bottom")
    with left:
        first = next(iter(forms))
        code = filters.choose(t("forms.form"), forms, "form", placeholder=forms[first]) or first
    form = reference.report_form(code)
    rule = reference.report_periods.closes_on_day
    periods = {one.name: period_words(one, t) for one in report_period.recent(moment.as_of, rule)}
    usual = report_period.last_ended(moment.as_of, rule).name
    with middle:
        name = filters.choose(t("forms.period"), periods, "report_period", placeholder=periods[usual])
    span = statistics.period(installation, name or usual)
    agencies = {one.code: one.name_on(span.ends_on) for one in statistics.expected(reference, form, span)}
    nation = {"all": t("forms.nation_option")}
    own = _own(installation, actor)
    usual_agency = own if own in agencies else "all"
    with right:
        chosen = filters.choose(
            t("forms.agency"),
            nation | agencies,
            "agency",
            placeholder=(nation | agencies)[usual_agency],
        )
    picked = chosen or usual_agency
    return form, span, None if picked == "all" else picked


def _own(installation: Installation, actor: Actor) -> str | None:
    if not actor.is_bound(Right.FILE_RETURNS) or actor.agency_code is None:
        return None
    return answering.succeeding(installation, actor.agency_code)
