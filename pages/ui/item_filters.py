"""By what a list of items is narrowed: filters that stand in the URL, and what only a link brings along."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Right
from catalogue.model.item import DeadlineState, Progress
from catalogue.model.period import Moment
from catalogue.model.promise import Outcome
from catalogue.services import items, stalled
from catalogue.services.installation import Installation
from pages.ui import filters, paging, plain, session

NAMES = (
    "q",
    "agency",
    "progress",
    "deadline",
    "resolution",
    "measure",
    "promise",
    "field",
    "from_level",
    "to_level",
    "form",
    "overtaken",
    "choose",
    paging.KEY,
)
BROUGHT = ("document", "only", "given_to", "assigned_to", "change", "since", "stalled")  # set by links only


def place() -> dict[str, str]:
    """The filters and the page of a list as the URL has them: an item that was opened keeps the way back to them."""
    return {name: st.query_params[name] for name in (*NAMES, *BROUGHT, "view") if name in st.query_params}


def is_asked_for() -> bool:
    """Whether the URL narrows a list."""
    return any(name in st.query_params for name in (*NAMES, *BROUGHT))


def stay(view: str | None) -> None:
    """Without a filter it is the view alone by which the URL asks for the list."""
    if view is not None and not is_asked_for() and "view" not in st.query_params:
        st.query_params["view"] = view


def of_procedures(
    installation: Installation, moment: Moment, programme: str, t: Translator
) -> dict[str, Any]:
    """What the filters of a list of procedures ask for, by the names of ItemFilter."""
    facets = items.facets(installation, moment, programme)

    names = {
        measure.code: measure.name_vi if t.language == "vi" else measure.name_en
        for measure in installation.reference.measures
    }

    def options(facet: str) -> dict[str, str]:
        rows = facets.filter(pl.col("facet") == facet)
        return {
            row["value"]: f"{names.get(row['value'], row['label'])} ({t.number(row['items'])})"
            for row in rows.iter_rows(named=True)
        }

    agencies = {one.code: one.short_name_on(moment.as_of) for one in installation.reference.agencies}
    everything = t("app.all")
    first = st.columns([2, 1, 1, 1])
    with first[0]:
        text = filters.text(t("item.filter_text"), "q", placeholder=t("item.filter_text_hint"))
    with first[1]:
        agency = filters.choose(
            t("item.filter_agency"), options("agency"), "agency", placeholder=everything, unlisted=agencies
        )
    with first[2]:
        progress = filters.choose(
            t("item.filter_progress"),
            {state: t(f"item.progress_{state}") for state in Progress},
            "progress",
            placeholder=everything,
            unlisted={},
        )
    with first[3]:
        deadline = filters.choose(
            t("item.filter_deadline"),
            {state: t(f"deadline.{state}") for state in DeadlineState if state != DeadlineState.STANDING},
            "deadline",
            placeholder=everything,
            unlisted={DeadlineState.STANDING: t("deadline.standing")},
        )
    second = st.columns([1, 1, 1, 2])
    with second[0]:
        assigned_by = filters.choose(
            t("item.filter_assigned_by"),
            options("assigned_by"),
            "resolution",
            placeholder=everything,
            unlisted={},
        )
    with second[1]:
        measure = filters.choose(
            t("item.filter_measure"),
            options("measure_type"),
            "measure",
            placeholder=everything,
            unlisted=names,
        )
    with second[2]:
        promise = filters.choose(
            t("promise.filter"),
            {outcome: t(f"promise.outcome_{outcome}") for outcome in Outcome},
            "promise",
            placeholder=everything,
            unlisted={},
        )
    with second[3]:
        field = filters.choose(
            t("item.filter_field"), options("field"), "field", placeholder=everything, unlisted={}
        )
    return {
        "agency": agency,
        "progress": progress,
        "deadline_state": deadline,
        "assigned_by": filters.identifier(assigned_by),
        "field": field,
        "measure_type": measure,
        "promise": promise,
        "text": text,
    }


def brought(
    installation: Installation, moment: Moment, programme: str, view: str | None, words: str, t: Translator
) -> dict[str, Any]:
    """What only a link narrows the list by, said in words above it."""
    _brought_by_link(view, words, t)
    change, since = st.query_params.get("change"), filters.day("since")
    return {
        "document_id": filters.number("document"),
        "only_missing": st.query_params.get("only") == "missing",
        "without_document": st.query_params.get("only") == "unnamed",
        "given_to": st.query_params.get("given_to"),
        "assigned_to": st.query_params.get("assigned_to"),
        "change": change if since else None,
        "since": since if change else None,
        "items": _stalled(installation, moment, programme),
    }


def _stalled(installation: Installation, moment: Moment, programme: str) -> tuple[int, ...] | None:
    """The person's own items of one group of the desk, as a link from there names it; None for everybody else."""
    actor, asked = session.actor(), st.query_params.get("stalled")
    if asked is None or actor.agency_code is None or not actor.has(Right.READ_CLAIMS):
        return None
    return stalled.together(
        installation, actor, moment, actor.agency_code, programme, filters.number("stalled")
    )


def _brought_by_link(view: str | None, words: str, t: Translator) -> None:
    """A filter that only a link sets (one document, one kind of change) is said in words and can be dropped."""
    change, given_to = st.query_params.get("change"), st.query_params.get("given_to")
    assigned_to = st.query_params.get("assigned_to")
    if filters.number("document") is not None:
        only = st.query_params.get("only") == "missing"
        said = t(f"{words}.only_waiting" if only else f"{words}.only_document")
    elif st.query_params.get("only") == "unnamed":
        said = t("item.only_unnamed")
    elif given_to:
        key = f"item.level_{given_to}"
        said = t("item.only_given_to", level=t(key) if t.has(key) else plain.markdown(given_to))
    elif assigned_to:
        names = {one.code: one.name for one in session.installation().reference.agencies}
        said = t("item.only_assigned_to", agency=plain.markdown(names.get(assigned_to, assigned_to)))
    elif "stalled" in st.query_params and session.actor().agency_code is not None:
        said = t(f"{words}.only_stalled")
    elif change and t.has(f"{words}.change_{change}") and filters.day("since"):
        said = t(f"{words}.change_{change}", day=filters.day("since"))
    else:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said)
        if st.button(t("item.clear_link_filter"), icon=":material/close:", type="tertiary"):
            for name in BROUGHT:
                st.query_params.pop(name, None)
            stay(view)
            st.rerun()
