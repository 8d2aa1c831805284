"""Tables that several pages show; widths and formats are defined once per field."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from pages.ui import menu


def chosen_row(frame: pl.DataFrame, key: str, columns: dict[str, Any], **options: Any) -> int | None:
    """Draw a table of which one row can be chosen; the place of the chosen row. `options`: of st.dataframe."""
    event = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
        column_config=columns,
        **options,
    )
    rows = event["selection"]["rows"]
    return int(rows[0]) if rows else None


def agency_table(frame: pl.DataFrame, page: str, t: Translator) -> None:
    """services.figures.by_agency as a table; a chosen row opens the agency's items on `page`."""
    shown = frame.select("agency_name", "base", "done", "in_time", "due_soon", "overdue")
    number: Any = st.column_config.NumberColumn
    place = chosen_row(
        shown,
        f"agency-table-{page}",
        {
            "agency_name": st.column_config.TextColumn(t("overview.col_agency"), width="medium"),
            "base": number(t("overview.col_base"), width="small"),
            **{
                name: number(t(f"deadline.bar_{name}"), width="small")
                for name in ("done", "in_time", "due_soon", "overdue")
            },
        },
    )
    if place is not None:
        menu.go(page, agency=frame["agency_code"][place], **menu.way_back())
