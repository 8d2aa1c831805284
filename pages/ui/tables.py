"""Tables as every page draws them, with a workbook to take away; widths and formats are defined once per field."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from catalogue.correspondence import table_book
from catalogue.correspondence.table_book import Shown, Table
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from pages.ui import filters, menu, session
from pages.ui.provenance import file_name

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LETTER = 7  # pixels
_NAMED = {"small": 75, "medium": 200, "large": 400}  # pixels, as Streamlit draws them


def show(
    frame: pl.DataFrame,
    columns: Mapping[str, Any],
    *,
    key: str,
    title: str,
    t: Translator,
    caption: str | None = None,
    drawn: Any = None,
    whole: pl.DataFrame | None = None,
    percent: Collection[str] = (),
    moment: Moment | None = None,
    **options: Any,
) -> Any:
    """Draw a table that can be taken away as .xlsx; returns what st.dataframe does, whose further `options` are passed on.

    `drawn`: what the page draws instead of the frame. `whole`: what the file holds instead of it: every row of a list
    that is drawn by pages, a number where the page writes a text. `percent`: columns whose numbers are in per cent and
    whose heading does not say so. `moment`: the one of the numbers, where it is not the page's.
    """
    event = bare(frame if drawn is None else drawn, columns, key=key, **options)
    moment = moment or session.moment()
    told = frame if whole is None else whole
    table = Table(title, tuple(_headed(told, columns, percent)), told, tuple(filters.said()))
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"below-{key}"):
        if caption:
            st.caption(caption, width="stretch")
        st.download_button(
            t("download.xlsx"),
            data=partial(table_book.write, session.installation(), moment, table, t),
            file_name=file_name(title, moment, "xlsx"),
            mime=_XLSX,
            help=t("download.xlsx_help"),
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"xlsx-{key}",
        )
    return event


def bare(drawn: Any, columns: Mapping[str, Any], *, key: str, **options: Any) -> Any:
    """Draw a table with nothing to take away: a choice to make, or rows whose file stands beside it already."""
    return st.dataframe(
        drawn, hide_index=True, key=key, column_config=dict(columns), placeholder="–", **options
    )


def chosen_row(
    frame: pl.DataFrame, key: str, columns: Mapping[str, Any], *, title: str, t: Translator, **options: Any
) -> int | None:
    """Draw a table of which one row can be chosen; the place of the chosen row. `options`: of show."""
    event = show(
        frame, columns, key=key, title=title, t=t, on_select="rerun", selection_mode="single-row", **options
    )
    return row_of(event)


def row_of(event: Any) -> int | None:
    """The place of the one row chosen in a table; None where none is."""
    rows = event["selection"]["rows"]
    return int(rows[0]) if rows else None


def _headed(frame: pl.DataFrame, columns: Mapping[str, Any], percent: Collection[str]) -> Iterator[Shown]:
    """The frame's columns under the headings of the page; a button is nothing to take away."""
    for name in frame.columns:
        config = columns.get(name)
        config = getattr(config, "config", config)
        if config is None or isinstance(config, str):
            yield Shown(name, config or name)
        elif (config.get("type_config") or {}).get("type") != "button":
            heading, width = config.get("label") or name, config.get("width")
            if name in percent:
                heading = f"{heading} (%)"
            pixels = _NAMED.get(width, width)
            yield Shown(name, heading, pixels / _LETTER if pixels else None)


def agency_table(frame: pl.DataFrame, page: str, title: str, t: Translator) -> None:
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
        title=title,
        t=t,
    )
    if place is not None:
        menu.go(page, agency=frame["agency_code"][place], **menu.way_back())


def written(frame: pl.DataFrame, t: Translator, digits: Mapping[str, int]) -> Any:
    """The frame with its numbers written in the page's language (so many decimals): the browser's own may be another."""
    said = {name: partial(t.number, digits=places) for name, places in digits.items()}
    days = {name: t.day for name, kind in frame.schema.items() if kind == pl.Date}
    return frame.to_pandas().style.format({**said, **days}, na_rep="–")
