"""The list of a programme's items: filters in the URL, a sentence with the counts, a table whose rows open."""

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
from pages.ui import arrival, filters, item_choice, menu, paging, plain, session
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
    "choose",
    paging.KEY,
)
_BROUGHT = ("document", "only", "change", "since", "stalled")  # set by links only


def show(installation: Installation, moment: Moment, programme: str, t: Translator) -> None:
    """Draw filters, counts and table for one programme."""
    arrival.follow_url(_NAMES)
    wanted = _filters(installation, moment, programme, t)
    counts = items.summary(installation, moment, programme, wanted)
    if wanted.deadline_state:
        counts["total"] = counts.get(wanted.deadline_state, 0)
    counted = "item.count_procedures" if programme == figures.DECENTRALISATION else "item.count"
    st.markdown(
        " · ".join(
            [f"**{t(counted, count=counts['total'])}**"]
            + [
                t(f"item.count_{state}", count=counts[state])
                for state in _OPEN
                if counts.get(state) and wanted.deadline_state in (None, state)
            ]
            + (
                [t("promise.count_unanswered", count=counts["unanswered"])]
                if counts["unanswered"] and not wanted.promise
                else []
            )
        )
    )
    if not counts["total"]:
        arrival.remember_url(_NAMES)
        st.info(t("item.list_empty"), icon=":material/filter_alt_off:")
        return
    actor = session.actor()
    if item_choice.is_offered(installation, actor, moment, wanted) and item_choice.switch(t):
        arrival.remember_url(_NAMES)
        item_choice.show(installation, actor, moment, programme, wanted, t)
        st.caption(source_line(moment, t))
        return
    page, pages = paging.current(counts["total"], items.PAGE_SIZE, (programme, wanted, moment.as_of))
    arrival.remember_url(_NAMES)
    frame = items.find(installation, moment, programme, wanted, page=page)
    with st.container(key="rows-wide"):
        _table(frame, t)
    with st.container(key="rows-narrow"):
        _rows(frame, t)
    paging.show(pages)
    st.caption(source_line(moment, t))


def place() -> dict[str, str]:
    """The filters and the page of a list as the URL has them: an item that was opened keeps the way back to them."""
    return {name: st.query_params[name] for name in (*_NAMES, *_BROUGHT) if name in st.query_params}


def _filters(installation: Installation, moment: Moment, programme: str, t: Translator) -> ItemFilter:
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

    everything = t("app.all")
    first = st.columns([2, 1, 1, 1])
    with first[0]:
        text = filters.text(t("item.filter_text"), "q", placeholder=t("item.filter_text_hint"))
    with first[1]:
        agency = filters.choose(t("item.filter_agency"), options("agency"), "agency", placeholder=everything)
    with first[2]:
        progress = filters.choose(
            t("item.filter_progress"),
            {state: t(f"item.progress_{state}") for state in Progress},
            "progress",
            placeholder=everything,
        )
    with first[3]:
        deadline = filters.choose(
            t("item.filter_deadline"),
            {state: t(f"deadline.{state}") for state in DeadlineState},
            "deadline",
            placeholder=everything,
        )
    second = st.columns([1, 1, 1, 2])
    with second[0]:
        assigned_by = filters.choose(
            t("item.filter_assigned_by"), options("assigned_by"), "resolution", placeholder=everything
        )
    with second[1]:
        measure = filters.choose(
            t("item.filter_measure"), options("measure_type"), "measure", placeholder=everything
        )
    with second[2]:
        promise = filters.choose(
            t("promise.filter"),
            {outcome: t(f"promise.outcome_{outcome}") for outcome in Outcome},
            "promise",
            placeholder=everything,
        )
    with second[3]:
        field = filters.choose(t("item.filter_field"), options("field"), "field", placeholder=everything)
    _brought_by_link(t)
    change, since = st.query_params.get("change"), filters.day("since")
    return ItemFilter(
        agency=agency,
        progress=progress,
        deadline_state=deadline,
        assigned_by=int(assigned_by) if assigned_by else None,
        field=field,
        measure_type=measure,
        document_id=filters.number("document"),
        only_missing=st.query_params.get("only") == "missing",
        change=change if since else None,
        since=since if change else None,
        promise=promise,
        items=_stalled(installation, moment, programme),
        text=text,
    )


def _stalled(installation: Installation, moment: Moment, programme: str) -> tuple[int, ...] | None:
    """The person's own items of one group of the desk, as a link from there names it; None for everybody else."""
    actor, asked = session.actor(), st.query_params.get("stalled")
    if asked is None or actor.agency_code is None or not actor.has(Right.READ_CLAIMS):
        return None
    return stalled.together(
        installation, actor, moment, actor.agency_code, programme, filters.number("stalled")
    )


def _brought_by_link(t: Translator) -> None:
    """A filter that only a link sets (one document, one kind of change) is said in words and can be dropped."""
    change = st.query_params.get("change")
    if filters.number("document") is not None:
        only = st.query_params.get("only") == "missing"
        said = t("item.only_waiting" if only else "item.only_document")
    elif "stalled" in st.query_params and session.actor().agency_code is not None:
        said = t("item.only_stalled")
    elif change and t.has(f"item.change_{change}") and filters.day("since"):
        said = t(f"item.change_{change}", day=filters.day("since"))
    else:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said)
        if st.button(t("item.clear_link_filter"), icon=":material/close:", type="tertiary"):
            for name in _BROUGHT:
                st.query_params.pop(name, None)
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
    state = pl.col("deadline_state")
    shown = frame.select(
        pl.col("procedure_code").fill_null(t("item.no_code_short")),
        "title",
        pl.col("agency_name"),
        stage=pl.when(pl.col("published_on").is_not_null())
        .then(pl.lit(t("stage.published")))
        .when(pl.col("done_on").is_not_null())
        .then(pl.lit(t("stage.enacted")))
        .when(pl.col("approved_on").is_not_null())
        .then(pl.lit(t("stage.approved")))
        .otherwise(pl.lit(t("stage.assigned"))),
        deadline="current_deadline",
        state=state.replace_strict(
            {
                value: f"{t.word('deadline.icon', value)} {t.word('deadline.short', value)}"
                for value in DeadlineState
            },
            return_dtype=pl.String,
        ),
        instruments=pl.format("{}/{}", "instruments_issued", "instruments_needed"),
        changed="last_change_on",
    )
    column = st.column_config
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key="items",
        height="content",
        row_height=38,
        column_config={
            "procedure_code": column.TextColumn(t("item.col_code"), width=80),
            "title": column.TextColumn(t("item.col_title"), width=375),
            "agency_name": column.TextColumn(t("item.col_agency"), width=130),
            "stage": column.TextColumn(t("item.col_stage"), width=90),
            "deadline": column.DateColumn(t("item.col_deadline"), format="DD/MM/YYYY", width=95),
            "state": column.TextColumn(t("item.col_state"), width=130),
            "instruments": column.TextColumn(
                t("item.col_instruments"), help=t("item.col_instruments_help"), width=90
            ),
            "changed": column.DateColumn(t("item.col_changed"), format="DD/MM/YYYY", width=95),
        },
    )
    if rows := event["selection"]["rows"]:
        menu.go("item", **place(), id=frame["item_id"][rows[0]])
