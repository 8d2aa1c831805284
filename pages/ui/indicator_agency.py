"""Every indicator of one agency, each with its last value, its rank among like and its line."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.indicator import PeriodKind
from catalogue.model.period import Moment
from catalogue.reference import Agency
from catalogue.services import indicators
from catalogue.services.installation import Installation
from pages.ui import filters, indicator_parts, menu, plain
from pages.ui import indicator_words as words


def show(installation: Installation, moment: Moment, t: Translator) -> None:
    """Choose an agency that is ranked in some group; then its indicators, those that are known first."""
    ranked = {
        kind
        for one in installation.reference.indicators
        for code in one.groups
        for kind in installation.reference.indicator_group(code).kinds
    }
    options = {
        one.code: one.short_name_on(moment.as_of)
        for one in sorted(
            installation.reference.agencies_on(moment.as_of, *ranked),
            key=lambda one: (one.kind == "province", one.short_name_on(moment.as_of)),
        )
    }
    with st.container(width=420):
        code = filters.choose(t("indicators.agency"), options, "agency", placeholder=t("indicators.agency"))
    if code is None:
        st.info(t("indicators.agency_choose"), icon=":material/touch_app:")
        return
    _agency(installation, installation.reference.agency(code), moment, t)


def _agency(installation: Installation, agency: Agency, moment: Moment, t: Translator) -> None:
    name = agency.name_on(moment.as_of)
    st.subheader(plain.markdown(t("indicators.agency_title", name=name, day=moment.as_of)), anchor=False)
    frame = indicators.of_agency(installation, agency.code, moment)
    if frame.is_empty():
        st.info(t("indicators.agency_none", name=plain.markdown(name), day=moment.as_of))
    for (code, group), rows in frame.group_by(["indicator", "group"], maintain_order=True):
        _indicator(installation, agency, str(code), str(group), rows, t)
    known = set(frame["indicator"])
    missing = [
        one.short_name
        for one in installation.reference.indicators
        if one.code not in known
        and any(agency.kind in installation.reference.indicator_group(code).kinds for code in one.groups)
    ]
    if missing:
        st.caption(plain.markdown(t("indicators.agency_no_data", names=", ".join(missing))))


def _indicator(
    installation: Installation, agency: Agency, code: str, group: str, rows: pl.DataFrame, t: Translator
) -> None:
    definition = installation.reference.indicator(code)
    kinds = [kind.value for kind in PeriodKind if (rows["period_kind"] == kind.value).any()]
    last = max(
        rows.iter_rows(named=True), key=lambda row: (row["measured_to"], kinds.index(row["period_kind"]))
    )
    left, right = st.columns([2, 3], gap="small")
    with left, st.container(gap=None):
        st.markdown(f"**{plain.markdown(words.name(definition, t))}**")
        when = words.period(last["period_end"], last["period_kind"], t, last["measured_to"])
        method = next(one for one in definition.methods if one.code == last["method"])
        if last["value"] is not None:
            text = words.value(definition, last["value"], last["out_of"] or float(method.maximum), t)
        else:
            text = words.rank(last, t) or words.state(last, t)
        parts = [t("indicators.agency_line", period=when, value=text)]
        if last["value"] is not None:
            parts.append(words.rank(last, t))
        if last["change"] is not None:
            parts.append(words.change(definition, last["change"], t))
        st.markdown(plain.markdown(" · ".join(part for part in parts if part)))
        st.caption(plain.markdown(t("indicators.source_of", source=words.source(installation, last, t))))
        with st.container(key=f"plain-link-{code}-{group}"):
            menu.link(
                "indicators",
                t("indicators.open_indicator"),
                indicator=code,
                group=group,
                agency=agency.code,
            )
    with right:
        for kind in kinds:
            indicator_parts.line(
                rows.filter(pl.col("period_kind") == kind),
                definition,
                agency.short_name,
                last["method"],
                installation.reference.indicator_group(group),
                t,
                height=180,
                title=False,
            )
