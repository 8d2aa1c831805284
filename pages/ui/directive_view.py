"""What only an assigned task has: its words, the agencies behind its lead, a document that may bear no number."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.item import DeadlineState
from catalogue.model.period import Moment
from catalogue.services import figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.store.database import Row
from pages.ui import directive_list, item_view, menu, plain

_KINDS = ("ministry", "ministry_level", "province", "other")
_DUE, _ALL = 5, 1_000_000


def head(state: Row, t: Translator) -> str:
    """What stands below the title: that it is a task, whose, and by which document."""
    said = [t("item.no_code_directive"), item_view.agency(state, t), assigned_by(state, t)]
    return " · ".join(said)


def assigned_by(state: Row, t: Translator) -> str:
    """The assigning document by number and day; by its title where the copy at hand prints none."""
    if state["assigned_by_number"]:
        return item_view.document(state["assigned_by_number"], state["assigned_by_date"], t)
    return f"{plain.markdown(state['assigned_by_title'] or '–')} ({t('directive.document_unnumbered')})"


def task(state: Row, t: Translator) -> None:
    """The whole text of the task."""
    st.subheader(t("directive.task"))
    for paragraph in (state["task"] or state["title"]).split("\n"):
        st.markdown(plain.markdown(paragraph))
    st.caption(t("directive.task_verbatim"))


def lead(installation: Installation, moment: Moment, state: Row, t: Translator) -> None:
    """Who leads it; of a group, how many agencies it means on the day and which."""
    st.subheader(t("directive.lead"))
    group = installation.reference.group(state["lead_agency"])
    if group is None:
        menu.link("agency", plain.markdown(state["agency_name"]), code=state["lead_agency"])
        return
    members = installation.reference.members(group.code, moment.organised_on)
    with st.expander(t("directive.lead_group", group=plain.markdown(group.name), count=len(members))):
        for kind in _KINDS:
            names = [one.short_name_on(moment.as_of) for one in members if one.kind == kind]
            if names:
                listed = plain.markdown(", ".join(sorted(names)))
                said = t(
                    "directive.members", kind=t(f"directive.kind_{kind}"), count=len(names), agencies=listed
                )
                st.markdown(said)


def document(state: Row, t: Translator) -> None:
    """The assigning document, and what is known of its day."""
    st.subheader(t("directive.document"))
    st.markdown(assigned_by(state, t))
    if not state["assigned_by_number"] and state["assigned_by_note"]:
        st.caption(plain.markdown(state["assigned_by_note"]))


def of_agency(installation: Installation, moment: Moment, agency: str, t: Translator) -> None:
    """The tasks that an agency leads, alone or in a group: due ones in rows, standing ones folded away."""
    wanted = ItemFilter(agency=agency, with_groups=True)
    found = items.find(installation, moment, figures.DIRECTIVES, wanted, size=_ALL)
    if found.is_empty():
        return
    is_standing = pl.col("deadline_state") == DeadlineState.STANDING.value
    due, standing = found.filter(~is_standing), found.filter(is_standing)
    st.subheader(t("directive.of_agency", count=found.height), anchor=False)
    for row in due.head(_DUE).iter_rows(named=True):
        _row(row, agency, t)
    if standing.height:
        with st.expander(t("directive.of_agency_standing", count=standing.height), key="tasks-standing"):
            for row in standing.iter_rows(named=True):
                _row(row, agency, t)
    with st.container(key="plain-link-directive"):
        menu.link("directive", t("directive.of_agency_all"), agency=agency)


def _row(row: Row, agency: str, t: Translator) -> None:
    with st.container(gap=None):
        menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
        said = [directive_list.due(row["deadline_state"], row["current_deadline"], t)]
        if row["deadline_state"] != DeadlineState.STANDING:
            said.append(t.word("deadline.short", row["deadline_state"]))
        if row["lead_agency"] != agency:
            said.append(t("directive.by_group", group=plain.markdown(row["agency_name"])))
        st.caption(" · ".join(said))
