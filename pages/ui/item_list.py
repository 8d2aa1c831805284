"""The list of a programme's items: filters in the URL, a sentence with the counts, a table whose rows open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.actor import Right
from catalogue.model.item import DeadlineState, Progress
from catalogue.model.period import Moment
from catalogue.model.promise import Outcome
from catalogue.services import figures, items, stalled
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pages.ui import arrival, filters, item_choice, item_download, menu, paging, plain, session
from pages.ui.provenance import source_line

_OPEN = (DeadlineState.OVERDUE, DeadlineState.DUE_SOON, DeadlineState.IN_TIME, DeadlineState.NO_DEADLINE)

_NAMES = (
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
_BROUGHT = ("document", "only", "given_to", "assigned_to", "change", "since", "stalled")  # set by links only


@dataclass(frozen=True)
class Look:
    """What differs between programmes: the filters, the sentence with the counts, the rows on a phone and on a desk."""

    filters: Callable[[Installation, Moment, str, Translator], dict[str, Any]]
    counts: Callable[[dict[str, int], ItemFilter, str, Translator], str]
    rows: Callable[[pl.DataFrame, Translator], None]
    table: Callable[[pl.DataFrame, Translator], None]
    empty: str
    words: str = "item"  # the section of the texts that say by what a link narrows the list


def show(
    installation: Installation,
    moment: Moment,
    programme: str,
    t: Translator,
    look: Look | None = None,
    *,
    view: str | None = None,
) -> None:
    """Draw filters, counts and table for one programme (without a look of its own: of procedures).

    `view`: what the URL says for the list on a page that has other views.
    """
    look = look or Look(procedure_filters, counted, _rows, _table, "item.list_empty")
    arrival.follow_url(_NAMES)
    chosen = look.filters(installation, moment, programme, t)
    wanted = ItemFilter(**chosen, **_brought(installation, moment, programme, view, look.words, t))
    _stay(view)
    counts = items.summary(installation, moment, programme, wanted)
    if wanted.deadline_state:
        counts["total"] = counts.get(wanted.deadline_state, 0)
    st.markdown(look.counts(counts, wanted, programme, t))
    if not counts["total"]:
        arrival.remember_url(_NAMES)
        if is_asked_for():
            st.info(t(look.empty), icon=":material/filter_alt_off:")
        else:
            st.info(t(f"{look.empty}_yet"), icon=":material/hourglass_empty:")
        return
    actor = session.actor()
    is_due = counts["total"] > counts.get(DeadlineState.STANDING, 0)
    if is_due and item_choice.is_offered(installation, actor, moment, wanted) and item_choice.switch(t):
        arrival.remember_url(_NAMES)
        item_choice.show(installation, actor, moment, programme, wanted, t)
        st.caption(source_line(moment, t))
        return
    page, pages = paging.current(counts["total"], items.PAGE_SIZE, (programme, wanted, moment.as_of))
    arrival.remember_url(_NAMES)
    frame = items.find(installation, moment, programme, wanted, page=page)
    with st.container(key="rows-wide"):
        look.table(frame, t)
    with st.container(key="rows-narrow"):
        look.rows(frame, t)
    paging.show(pages)
    item_download.show(installation, moment, programme, wanted, t)
    st.caption(source_line(moment, t))


def place() -> dict[str, str]:
    """The filters and the page of a list as the URL has them: an item that was opened keeps the way back to them."""
    return {name: st.query_params[name] for name in (*_NAMES, *_BROUGHT, "view") if name in st.query_params}


def is_asked_for() -> bool:
    """Whether the URL narrows a list."""
    return any(name in st.query_params for name in (*_NAMES, *_BROUGHT))


def _stay(view: str | None) -> None:
    """Without a filter it is the view alone by which the URL asks for the list."""
    if view is not None and not is_asked_for() and "view" not in st.query_params:
        st.query_params["view"] = view


def counted(counts: dict[str, int], wanted: ItemFilter, programme: str, t: Translator) -> str:
    """How many there are, and how many of the open ones in each deadline state."""
    counted = "item.count_procedures" if programme == figures.DECENTRALISATION else "item.count"
    said = [f"**{t(counted, count=counts['total'])}**"]
    said += [
        t(f"item.count_{state}", count=counts[state])
        for state in _OPEN
        if counts.get(state) and wanted.deadline_state in (None, state)
    ]
    if counts["unanswered"] and not wanted.promise:
        said.append(t("promise.count_unanswered", count=counts["unanswered"]))
    return " · ".join(said)


def procedure_filters(
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


def _brought(
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
            for name in _BROUGHT:
                st.query_params.pop(name, None)
            _stay(view)
            st.rerun()


def _rows(frame: pl.DataFrame, t: Translator) -> None:
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
            state = row["deadline_state"]
            st.caption(
                f"{row['agency_name']} · {t.word('deadline.icon', state)} {t.word('deadline.short', state)} · "
                f"{t('item.col_deadline')} {t.day(row['current_deadline'])}"
            )


def _table(frame: pl.DataFrame, t: Translator) -> None:
    table(frame, columns(frame, t))


def columns(frame: pl.DataFrame, t: Translator) -> dict[str, tuple[pl.Series, Any]]:
    """The columns of a list of procedures: by name, the cells and how they are shown."""
    stage = (
        pl.when(pl.col("published_on").is_not_null())
        .then(pl.lit(t("stage.published")))
        .when(pl.col("done_on").is_not_null())
        .then(pl.lit(t("stage.enacted")))
        .when(pl.col("approved_on").is_not_null())
        .then(pl.lit(t("stage.approved")))
        .otherwise(pl.lit(t("stage.assigned")))
    )
    states = {
        value: f"{t.word('deadline.icon', value)} {t.word('deadline.short', value)}"
        for value in DeadlineState
    }
    cells = frame.select(
        code=pl.col("procedure_code").fill_null(t("item.no_code_short")),
        title="title",
        agency="agency_name",
        stage=stage,
        deadline="current_deadline",
        state=pl.col("deadline_state").replace_strict(states, return_dtype=pl.String),
        instruments=pl.format("{}/{}", "instruments_issued", "instruments_needed"),
        changed="last_change_on",
    )
    text, day = st.column_config.TextColumn, st.column_config.DateColumn
    helped = t("item.col_instruments_help")
    shown: dict[str, Any] = {
        "code": text(t("item.col_code"), width=80),
        "title": text(t("item.col_title"), width=375),
        "agency": text(t("item.col_agency"), width=130),
        "stage": text(t("item.col_stage"), width=90),
        "deadline": day(t("item.col_deadline"), format="DD/MM/YYYY", width=95),
        "state": text(t("item.col_state"), width=130),
        "instruments": text(t("item.col_instruments"), help=helped, width=90),
        "changed": day(t("item.col_changed"), format="DD/MM/YYYY", width=95),
    }
    return {name: (cells[name], shown[name]) for name in shown}


def table(frame: pl.DataFrame, columns: dict[str, tuple[pl.Series, Any]]) -> None:
    """One page of a list; a chosen row opens its item."""
    event = st.dataframe(
        pl.DataFrame({name: cells for name, (cells, _) in columns.items()}),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="items",
        height="content",
        row_height=38,
        column_config={name: shown for name, (_, shown) in columns.items()},
    )
    if rows := event["selection"]["rows"]:
        menu.go("item", **place(), id=frame["item_id"][rows[0]])
