"""Which progress report: of a period or as of a day, of which programme and agency; kept in the address."""

from dataclasses import dataclass, replace

import streamlit as st

from catalogue.correspondence import progress_file
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.progress_report import ProgressReport
from catalogue.services import answering, figures, periods
from catalogue.services.installation import Installation
from pages.ui import filters, period_view


@dataclass(frozen=True)
class Asked:
    """A report as it is asked for; `period` is a month (2024-02) or a day (2024-03-15)."""

    period: str
    programme: str
    agency: str | None

    def read(self, installation: Installation, moment: Moment) -> ProgressReport:
        """The report as known at a moment."""
        return progress_file.report(installation, self.period, self.programme, self.agency, moment=moment)

    def at(self, report: ProgressReport, moment: Moment) -> Moment:
        """The moment of the report's own numbers."""
        return replace(moment, as_of=report.as_of, revision=report.revision)

    def key(self, moment: Moment) -> str:
        """What content a file of it has: the same key, the same numbers."""
        return "-".join(
            [
                self.period,
                self.programme,
                self.agency or "all",
                str(moment.revision),
                moment.as_of.isoformat(),
            ]
        )


def programme(t: Translator) -> tuple[str, str]:
    """The kind of programme and its code."""
    kinds = {kind: t(f"programme.{kind}") for kind in figures.PROGRAMMES}
    kind = filters.switch(t("progress_report.programme"), kinds, "programme")
    return kind, figures.PROGRAMMES[kind]


def choose(
    installation: Installation, actor: Actor, programme_code: str, moment: Moment, t: Translator
) -> Asked:
    """Period or day, and the agency; an editor begins with its own."""
    known = [one for one in periods.all_periods(installation, moment) if one.starts_on <= moment.as_of]
    left, middle, right = st.columns([2, 2, 3], vertical_alignment="bottom")
    with left:
        ways = {way: t(f"progress_report.by_{way}") for way in ("period", "day")}
        way = filters.switch(t("progress_report.by"), ways if known else {"day": ways["day"]}, "by")
    with middle:
        if way == "period":
            name = period_view.choose(known, t)
        else:
            usual = min(moment.as_of, installation.working_date)
            name = filters.pick_day(t("progress_report.day"), "day", usual).isoformat()
    with right:
        agency = _agency(installation, actor, programme_code, moment, t)
    if not known:
        st.caption(t("progress_report.no_period"))
    return Asked(name, programme_code, agency)


def _agency(
    installation: Installation, actor: Actor, programme_code: str, moment: Moment, t: Translator
) -> str | None:
    frame = figures.by_agency(installation, programme_code, moment).sort("agency_name")
    agencies = {row["agency_code"]: row["agency_name"] for row in frame.iter_rows(named=True)}
    everyone = {"all": t("progress_report.all_agencies")}
    own = _own(installation, actor)
    usual = own if own in agencies else "all"
    options = everyone | agencies
    chosen = filters.choose(t("progress_report.agency"), options, "agency", placeholder=options[usual])
    picked = chosen or usual
    return None if picked == "all" else picked


def _own(installation: Installation, actor: Actor) -> str | None:
    if not actor.is_bound(Right.FILE_RETURNS) or actor.agency_code is None:
        return None
    return answering.succeeding(installation, actor.agency_code)
