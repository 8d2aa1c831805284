"""The list of a programme's items: filters in the URL, a sentence with the counts, a table whose rows open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.item import DeadlineState
from catalogue.model.period import Moment
from catalogue.services import figures, items
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pages.ui import (
    arrival,
    item_choice,
    item_download,
    item_filters,
    menu,
    paging,
    plain,
    session,
    tables,
)
from pages.ui.provenance import source_line

_OPEN = (DeadlineState.OVERDUE, DeadlineState.DUE_SOON, DeadlineState.IN_TIME, DeadlineState.NO_DEADLINE)


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
    look = look or Look(item_filters.of_procedures, counted, _rows, _table, "item.list_empty")
    arrival.follow_url(item_filters.NAMES)
    chosen = look.filters(installation, moment, programme, t)
    wanted = ItemFilter(
        **chosen, **item_filters.brought(installation, moment, programme, view, look.words, t)
    )
    item_filters.stay(view)
    counts = items.summary(installation, moment, programme, wanted)
    if wanted.deadline_state:
        counts["total"] = counts.get(wanted.deadline_state, 0)
    st.markdown(look.counts(counts, wanted, programme, t))
    if not counts["total"]:
        arrival.remember_url(item_filters.NAMES)
        if item_filters.is_asked_for():
            st.info(t(look.empty), icon=":material/filter_alt_off:")
        else:
            st.info(t(f"{look.empty}_yet"), icon=":material/hourglass_empty:")
        return
    actor = session.actor()
    is_due = counts["total"] > counts.get(DeadlineState.STANDING, 0)
    if is_due and item_choice.is_offered(installation, actor, moment, wanted) and item_choice.switch(t):
        arrival.remember_url(item_filters.NAMES)
        item_choice.show(installation, actor, moment, programme, wanted, t)
        st.caption(source_line(moment, t))
        return
    page, pages = paging.current(
        counts["total"], items.PAGE_SIZE, (programme, wanted, moment.as_of, moment.organised_on)
    )
    arrival.remember_url(item_filters.NAMES)
    frame = items.find(installation, moment, programme, wanted, page=page)
    with st.container(key="rows-wide"):
        look.table(frame, t)
    with st.container(key="rows-narrow"):
        look.rows(frame, t)
    paging.show(pages)
    item_download.show(installation, moment, programme, wanted, t)
    st.caption(source_line(moment, t))


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
    event = tables.bare(
        pl.DataFrame({name: cells for name, (cells, _) in columns.items()}),
        {name: shown for name, (_, shown) in columns.items()},
        key="items",
        on_select="rerun",
        selection_mode="single-row",
        height="content",
        row_height=38,
    )
    if (place := tables.row_of(event)) is not None:
        menu.go("item", **item_filters.place(), id=frame["item_id"][place])
