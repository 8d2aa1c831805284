"""The parts of an agency's page: short lists that fit one sheet of paper."""

from datetime import timedelta

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.figure import share
from catalogue.model.item import DeadlineState
from catalogue.model.period import Moment
from catalogue.model.ranking import LEAST_BASE
from catalogue.services import (
    completeness,
    figures,
    heirs,
    instruments,
    items,
    periods,
    quality,
    stalled,
)
from catalogue.services import returns as agency_returns
from catalogue.services.agency_standing import Position
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from catalogue.services.items import ItemFilter
from pages.ui import headline, item_view, menu, my_items, plain

_SHOWN, _PERIODS = 5, 6


def position(one: Position, agency: str, t: Translator) -> None:
    """A programme in a sentence, the stages on the agency's base, and the rank among its like."""
    kind, stages = one.programme.kind, one.stages
    base, done = stages["assigned"], stages["done"]
    st.subheader(t(f"programme.{kind}"), anchor=False)
    if one.standing:
        st.markdown(t("directive.count_standing", count=one.standing))
    if not base:
        if one.withdrawn:
            st.markdown(t("agency.all_withdrawn", count=one.withdrawn))
        return
    st.markdown(t("agency.done", done=done, base=base, percent=t.percent(share(done, base, 1))))
    shown = [stage for stage in one.programme.stages if stage != "assigned"]
    st.html(headline.stage_bar(dict(stages), shown, t))
    with st.container(horizontal=True, gap="small"):
        for stage in shown:
            with st.container(key=f"stage-{kind}-{stage}", width="content"):
                text = headline.stage_text(dict(stages), stage, t)
                menu.link(kind, text, agency=agency, progress=headline.OPENS[stage])
    said = [
        t("item.count_overdue", count=one.overdue),
        t("item.count_due_soon", count=one.due_soon),
        t("item.count_in_time", count=one.in_time),
    ]
    if one.extended:
        said.append(t("agency.extended", count=one.extended))
    if one.withdrawn:
        said.append(t("agency.withdrawn", count=one.withdrawn))
    said.append(
        t("agency.rank", place=one.rank.place, among=one.rank.among)
        if one.rank
        else t("agency.no_rank", least=LEAST_BASE)
    )
    st.caption(" · ".join(said))


def overdue(
    installation: Installation, moment: Moment, agency: str, found: list[Position], t: Translator
) -> None:
    """The items longest overdue in every programme, with the way to all of them."""
    total = sum(one.overdue for one in found)
    st.subheader(t("agency.overdue", count=total), anchor=False)
    if not total:
        st.caption(t("work.none_overdue"))
        return
    wanted = ItemFilter(agency=agency, deadline_state=DeadlineState.OVERDUE.value)
    frames = [
        items.find(installation, moment, one.programme.code, wanted, size=_SHOWN)
        for one in found
        if one.overdue
    ]
    for row in pl.concat(frames).sort("current_deadline", "item_id").head(_SHOWN).iter_rows(named=True):
        with st.container(gap=None):
            menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
            days = (moment.as_of - row["current_deadline"]).days
            st.caption(t("agency.overdue_since", day=row["current_deadline"], days=days))
    _all(found, "overdue", agency, t)


def waiting(installation: Installation, actor: Actor, moment: Moment, agency: str, t: Translator) -> None:
    """Stalled items whose four questions are open; for signed-in people."""
    if not actor.has(Right.READ_CLAIMS):
        return
    found = stalled.find(installation, actor, moment, agency)
    unanswered = found.filter(~found["is_answered"])
    st.subheader(t("agency.stalled", count=found.height, unanswered=unanswered.height), anchor=False)
    if found.is_empty():
        st.caption(t("work.none_stalled"))
    for row, count in my_items.groups(unanswered)[: _SHOWN - 1]:
        with st.container(gap=None):
            if count == 1:
                menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
            else:
                kind = my_items.kind_of(row)
                st.markdown(t("work.stalled_group", programme=t(f"programme.{kind}"), count=count))
            st.caption(my_items.why(row, t) if count == 1 else my_items.why_together(row, t))


def drafts(installation: Installation, moment: Moment, agency: str, t: Translator) -> None:
    """The unissued instruments that the agency drafts, those that hold back most first."""
    found = instruments.find(installation, moment, InstrumentFilter(agency=agency), size=_SHOWN)
    st.subheader(t("agency.instruments", count=found["total"][0] if found.height else 0), anchor=False)
    if found.is_empty():
        st.caption(t("agency.no_instruments"))
        return
    for row in found.iter_rows(named=True):
        with st.container(gap=None):
            menu.link("instrument", plain.markdown(row["title"]), id=row["document_id"])
            said = [
                item_view.instrument_state(row, t),
                t("agency.holds", alone=row["alone"], helps=row["helps"]),
            ]
            if row["days_late"]:
                said.insert(1, t("agency.late_by", days=row["days_late"]))
            st.caption(" · ".join(said))
    if found["total"][0] > found.height:
        with st.container(key="plain-link-instruments"):
            menu.link(
                "instruments", t("work.see_rest", count=found["total"][0] - found.height), agency=agency
            )


def returns(installation: Installation, moment: Moment, agency: str, t: Translator) -> None:
    """What the agency sent for the last periods."""
    st.subheader(t("agency.returns"), anchor=False)
    lines = []
    for period in periods.all_periods(installation, moment)[:_PERIODS]:
        if one := agency_returns.of_agency(installation, period, agency, moment):
            state = one.state.value
            said = f"{t.word('period.icon', state)} {t.word('period.state', state)}"
            if one.sent_on:
                said += f" {t.day(one.sent_on)}"
            lines.append(f"{period.ends_on:%m/%Y}: {said}")
    st.caption(" · ".join(lines) if lines else t("agency.no_returns"))


def changes(
    installation: Installation, moment: Moment, agency: str, found: list[Position], t: Translator
) -> None:
    """What changed on the agency's base, and in what is done of it, since the year began."""
    since = moment.as_of.replace(month=1, day=1) - timedelta(days=1)
    st.subheader(t("agency.changes", day=since), anchor=False)
    is_quiet = True
    for one in found:
        frame = figures.changes(installation, one.programme.code, moment, since)
        for row in frame.filter(pl.col("agency_code") == agency).iter_rows(named=True):
            is_quiet = False
            words = "directive.told" if one.programme.kind == "directive" else "overview.change"
            said = t(f"{words}_{row['change']}", agency=row["agency_name"], items=row["items"])
            said = f"{t(f'programme.{one.programme.kind}')}: {said}"
            menu.link(one.programme.kind, said, agency=agency, change=row["change"], since=since)
    if is_quiet:
        st.caption(t("agency.no_changes"))


def records(installation: Installation, moment: Moment, agency: str, t: Translator) -> None:
    """How complete the agency's records are, and how many are flagged."""
    st.subheader(t("agency.records"), anchor=False)
    is_of = heirs.is_of(installation, moment, agency)
    frame = completeness.records(installation, moment).filter(is_of)
    counted = completeness.totals(frame)
    flagged = quality.problems(installation, moment).filter(is_of)
    with st.container(key="plain-link-quality"):
        text = t(
            "agency.completeness",
            complete=counted.complete,
            described=counted.described,
            records=counted.records,
        )
        menu.link("quality", text, agency=agency, view="completeness")
        menu.link("quality", t("agency.flagged", count=flagged["procedure_code"].n_unique()), agency=agency)


def _all(found: list[Position], deadline: str, agency: str, t: Translator) -> None:
    with st.container(horizontal=True, gap="small", key="plain-link-overdue"):
        for one in found:
            kind = one.programme.kind
            if one.overdue:
                label = t("work.see_all_of", programme=t(f"programme.{kind}"), count=one.overdue)
                menu.link(kind, label, agency=agency, deadline=deadline)
