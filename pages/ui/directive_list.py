"""The look of the list of assigned tasks: whose (groups of agencies too), due or standing, by which document."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.item import DeadlineState, Progress
from catalogue.model.period import Moment
from catalogue.services import items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pages.ui import filters, item_list, menu, plain

_OPEN = (DeadlineState.OVERDUE, DeadlineState.DUE_SOON, DeadlineState.IN_TIME, DeadlineState.NO_DEADLINE)
_PROGRESS = (Progress.DONE, Progress.OPEN, Progress.WITHDRAWN)


def counted(counts: dict[str, int], total: int, t: Translator) -> str:
    """How many tasks are due and where they stand, and how many are standing: those have no rate."""
    standing = counts.get(DeadlineState.STANDING, 0)
    said = []
    if due := total - standing:
        done = counts.get(DeadlineState.DONE_IN_TIME, 0) + counts.get(DeadlineState.DONE_LATE, 0)
        said.append(f"**{t('directive.count_due', count=due)}**")
        said.append(t("directive.count_done", count=done))
        said += [t(f"item.count_{state}", count=counts[state]) for state in _OPEN if counts.get(state)]
    if standing:
        said.append(f"**{t('directive.count_standing', count=standing)}**")
    return " · ".join(said or [f"**{t('directive.count_none')}**"])


def answering(installation: Installation, moment: Moment, leads: dict[str, int]) -> dict[str, int]:
    """By lead and by member of a leading group on the day: the tasks that it leads, alone or with its group."""
    counts = dict(leads)
    for code, led in leads.items():
        for member in installation.reference.members(code, moment.organised_on):
            counts[member.code] = counts.get(member.code, 0) + led
    return counts


def sources(installation: Installation, moment: Moment, programme: str) -> list[str]:
    """The documents that gave the tasks shown on the day, those that gave most first."""
    facets = items.facets(installation, moment, programme)
    return facets.filter(pl.col("facet") == "assigned_by")["label"].drop_nulls().to_list()


def _filters(installation: Installation, moment: Moment, programme: str, t: Translator) -> dict[str, Any]:
    facets = items.facets(installation, moment, programme)
    by_facet = {
        name: {row["value"]: row for row in facets.filter(pl.col("facet") == name).iter_rows(named=True)}
        for name in ("agency", "assigned_by")
    }
    leads = {code: row["items"] for code, row in by_facet["agency"].items()}
    agencies = {
        code: f"{installation.reference.lead(code).short_name_on(moment.as_of)} ({t.number(count)})"
        for code, count in answering(installation, moment, leads).items()
    }
    names = {one.code: one.short_name_on(moment.as_of) for one in installation.reference.agencies}
    names |= {one.code: one.short_name for one in installation.reference.groups}
    documents = {
        value: f"{row['label']} ({t.number(row['items'])})" for value, row in by_facet["assigned_by"].items()
    }
    everything = t("app.all")
    first = st.columns([2, 1, 1])
    with first[0]:
        text = filters.text(t("directive.filter_text"), "q", placeholder=t("directive.filter_text_hint"))
    with first[1]:
        agency = filters.choose(
            t("directive.filter_agency"), agencies, "agency", placeholder=everything, unlisted=names
        )
    with first[2]:
        states = {state.value: t(f"deadline.{state}") for state in DeadlineState}
        deadline = filters.choose(
            t("item.filter_deadline"), states, "deadline", placeholder=everything, unlisted={}
        )
    second = st.columns([2, 1, 1])
    with second[0]:
        document = filters.choose(
            t("item.filter_assigned_by"), documents, "resolution", placeholder=everything, unlisted={}
        )
    with second[1]:
        progress = filters.choose(
            t("item.filter_progress"),
            {state: t(f"item.progress_{state}") for state in _PROGRESS},
            "progress",
            placeholder=everything,
            unlisted={state: t(f"item.progress_{state}") for state in Progress},
        )
    return {
        "agency": agency,
        "with_groups": True,
        "deadline_state": deadline,
        "progress": progress,
        "assigned_by": filters.identifier(document),
        "text": text,
    }


def _counts(counts: dict[str, int], wanted: ItemFilter, _programme: str, t: Translator) -> str:
    asked = wanted.deadline_state
    shown = {state: count for state, count in counts.items() if asked in (None, state)}
    return counted(shown, counts["total"], t)


def due(state: str, deadline: date | None, t: Translator) -> str:
    """The deadline of a task, or that it is standing."""
    return t("deadline.short_standing") if state == DeadlineState.STANDING else t.day(deadline)


def document(number: str | None, title: str | None) -> str:
    """A document by its number, or by its title where it has none."""
    return number or title or "–"


def _state(state: str, t: Translator) -> str:
    word = (
        t("directive.state_standing") if state == DeadlineState.STANDING else t.word("deadline.short", state)
    )
    return f"{t.word('deadline.icon', state)} {word}"


def _rows(frame: pl.DataFrame, t: Translator) -> None:
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
            state = row["deadline_state"]
            said = [plain.markdown(row["agency_name"]), due(state, row["current_deadline"], t)]
            if state != DeadlineState.STANDING:
                said.append(_state(state, t))
            said.append(plain.markdown(document(row["document_number"], row["document_title"])))
            st.caption(" · ".join(said))


def _table(frame: pl.DataFrame, t: Translator) -> None:
    text: Any = st.column_config.TextColumn
    rows = frame.to_dicts()
    cells = {
        "deadline": [due(row["deadline_state"], row["current_deadline"], t) for row in rows],
        "state": [_state(row["deadline_state"], t) for row in rows],
        "document": [document(row["document_number"], row["document_title"]) for row in rows],
    }
    columns = {
        "title": (frame["title"], text(t("directive.col_task"), width=480)),
        "agency": (frame["agency_name"], text(t("directive.col_lead"), width=160)),
        "deadline": (pl.Series(cells["deadline"]), text(t("item.col_deadline"), width=100)),
        "state": (pl.Series(cells["state"]), text(t("item.col_state"), width=130)),
        "document": (pl.Series(cells["document"]), text(t("item.filter_assigned_by"), width=190)),
    }
    item_list.table(frame, columns)


LOOK = item_list.Look(_filters, _counts, _rows, _table, "directive.list_empty", "directive")
