"""Quality of the records: what is flagged by agency and rule, names that several codes share, completeness."""

import streamlit as st

from catalogue.services import heirs, quality
from pages.ui import (
    alike_names,
    arrival,
    completeness_view,
    filters,
    heir_words,
    paging,
    quality_view,
    session,
)
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("quality.title"))
records = quality.in_force(installation, moment)
if not records:
    st.info(t("quality.empty", day=moment.as_of), icon=":material/inbox:")
    st.stop()

FILTERS = ("view", "agency", "rule", "text", "names", *completeness_view.FILTERS, paging.KEY)
arrival.follow_url(FILTERS)
found = quality.problems(installation, moment)
groups = {name: quality.of_group(found, name)["procedure_code"].n_unique() for name in quality.GROUPS}
views = {name: t(f"quality.view_{name}", count=count) for name, count in groups.items()}
view = filters.switch(t("quality.view"), views | {"completeness": t("quality.view_completeness")}, "view")

if view == "completeness":
    completeness_view.show(installation, moment, t)
elif view == "names":
    st.caption(t("quality.about_names"))
    if groups["names"]:
        alike_names.show(quality.alike_names(installation, moment), t)
    else:
        st.info(t("quality.clean", day=moment.as_of), icon=":material/check_circle:")
else:
    shown = quality.of_group(found, view)
    key = "answer" if groups[view] else "answer_none"
    st.subheader(t(f"quality.{key}", flagged=groups[view], records=records), anchor=False)
    st.caption(f"{t(f'quality.about_{view}')} {t('quality.flagged_never_mended')}")
    if groups[view]:
        counts = quality.by_agency(installation, moment, shown)
        known = {row.code: row.name for row in installation.reference.agencies}
        asked = shown.filter(heirs.is_of(installation, moment, quality_view.chosen_agency()))
        first, second, third = st.columns([2, 2, 1.5])
        with first:
            flagged = counts.select("agency", "agency_name", "flagged")
            agency = quality_view.agency_filter(flagged, known, asked["procedure_code"].n_unique(), t)
        of_agency = shown.filter(heirs.is_of(installation, moment, agency))
        with second:
            rule = quality_view.rule_filter(of_agency, t)
        with third:
            text = filters.text(t("quality.text"), "text", placeholder=t("quality.text_hint"))
        chosen = quality.narrowed(of_agency, rule=rule, text=text)
        heir_words.absent(installation, moment, agency, t)
        if chosen.is_empty():
            st.info(t("quality.nothing"), icon=":material/filter_alt_off:")
        elif agency or rule or text:
            quality_view.records(
                chosen, rule, (agency, rule, text, view, moment.as_of, moment.organised_on), t
            )
        else:
            names = {row.code: row.short_name for row in installation.reference.agencies}
            quality_view.matrix(counts, list(quality.by_rule(shown)), names, t)
            quality_view.rules(shown, t)
arrival.remember_url(FILTERS)
st.caption(source_line(moment, t))
