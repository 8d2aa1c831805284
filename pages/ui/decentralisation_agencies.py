"""What remains of a decentralisation with each agency, and to which levels each one gives; who has none and who is through."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import decentralisation
from catalogue.services.installation import Installation
from pages.ui import agency_bars, decentralisation_cells, decentralisation_views, menu, plain, tables

_PAGE = "decentralisation"


def show(installation: Installation, moment: Moment, programme: str, t: Translator) -> None:
    """Draw the agencies without any and with all done by name, the bars, the table, and the levels."""
    frame = decentralisation.remaining(installation, moment, programme)
    st.subheader(t("decentralisation.agency_title"))
    _named(frame.filter(pl.col("done") == 0), "none_done", t)
    _named(frame.filter("is_complete"), "complete_names", t)
    agency_bars.show(frame, "decentralisation-remaining", t)
    with st.container(key="rows-wide-agencies"):
        st.caption(t("decentralisation.table_hint"))
        _table(frame, t)
    with st.container(key="rows-narrow-agencies"):
        _rows(frame, t)
    st.subheader(t("decentralisation.agency_levels_title"))
    _levels(decentralisation.by_agency(installation, moment, programme), frame, t)


def _named(frame: pl.DataFrame, text: str, t: Translator) -> None:
    """A sentence that counts some agencies and names them, each a link to its items."""
    if frame.is_empty():
        st.markdown(t(f"decentralisation.{text.partition('_')[0]}_nobody"))
        return
    with st.container(horizontal=True, gap="small", key=f"plain-link-{text}"):
        st.markdown(t(f"decentralisation.{text}", count=frame.height), width="content")
        for row in frame.iter_rows(named=True):
            menu.link(
                _PAGE,
                plain.markdown(f"{row['agency_short_name']} ({row['base']})"),
                agency=row["agency_code"],
            )


def _table(frame: pl.DataFrame, t: Translator) -> None:
    state = (
        pl.when("is_complete")
        .then(pl.lit(t("decentralisation.state_complete")))
        .when(pl.col("done") > 0)
        .then(pl.lit(t("decentralisation.state_started")))
        .otherwise(pl.lit(t("decentralisation.state_none")))
    )
    shown = frame.select(
        "agency_name", "base", "done", "remaining", "overdue", "due_soon", "next_deadline", state=state
    )
    column, number = st.column_config, st.column_config.NumberColumn
    place = tables.chosen_row(
        shown,
        decentralisation_views.once("agencies-table"),
        {
            "agency_name": column.TextColumn(t("decentralisation.col_agency"), width=330),
            "base": number(t("decentralisation.col_items"), width=90),
            "done": number(t("decentralisation.col_done"), width=80),
            "remaining": number(t("decentralisation.col_remaining"), width=80),
            "overdue": number(t("decentralisation.col_overdue"), width=80),
            "due_soon": number(t("decentralisation.col_due_soon"), width=95),
            "next_deadline": column.DateColumn(
                t("decentralisation.col_next"), format="DD/MM/YYYY", width=110
            ),
            "state": column.TextColumn(t("decentralisation.col_state"), width=130),
        },
        title=t("decentralisation.file_title", part=t("decentralisation.agency_title")),
        t=t,
        height="content",
    )
    if place is not None:
        decentralisation_views.leave(agency=frame["agency_code"][place])


def _rows(frame: pl.DataFrame, t: Translator) -> None:
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            menu.link(_PAGE, plain.markdown(row["agency_name"]), agency=row["agency_code"], progress="open")
            st.caption(
                t(
                    "decentralisation.agency_row",
                    remaining=row["remaining"],
                    base=row["base"],
                    overdue=row["overdue"],
                    day=row["next_deadline"] or "–",
                )
            )


def _levels(cells: pl.DataFrame, frame: pl.DataFrame, t: Translator) -> None:
    keyed = cells.select(row="agency_code", column="to_level", items="items", done="done")
    rows = list(
        frame.sort("base", "agency_code", descending=[True, False])
        .select("agency_code", "agency_short_name")
        .iter_rows()
    )
    title = t("decentralisation.agency_levels_title")
    if hit := decentralisation_cells.show(keyed, rows, "agencies", title, t):
        agency, level = hit
        view = None if agency or level else decentralisation_views.LIST
        decentralisation_views.leave(view=view, agency=agency, to_level=level)
