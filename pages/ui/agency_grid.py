"""A rate by agency and resolution, or by agency and measure type, as cells that open their items; on a phone as a list."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.charts import heat_map
from catalogue.charts.heat_map import Head
from catalogue.i18n import Translator
from catalogue.services.agency_progress import Grid
from catalogue.services.figures import Measure
from pages.ui import agency_rate, chart_view, menu, plain

_SHOWN_PARTS = 6
_LINKS = 4  # parts of an agency that are links on a phone; more of them are a line of text
_ROOM = 0.115  # of the width, for the short names of agencies
_LONG = 12  # letters of a heading from which it is parted in two lines


def show(grid: Grid, measure: Measure, title: str, about: str, column: str, t: Translator, key: str) -> None:
    """Draw the cells and the list. `about`: what stands below; `column`: the list's parameter for a column."""
    with st.container(key=f"rows-wide-{key}"):
        _chart(grid, measure, title, about, column, t, key)
    with st.container(key=f"rows-narrow-{key}"):
        _rows(grid, measure, column, t)


def _chart(
    grid: Grid, measure: Measure, title: str, about: str, column: str, t: Translator, key: str
) -> None:
    words = heat_map.Words(
        t("agencies.tooltip_cell"),
        t(f"agencies.below_{measure.over}"),
        t(f"agencies.above_{measure.measure.partition('.')[2]}"),
        t("agencies.col_rate"),
    )
    parts = "; ".join(
        f"{label} {done}/{items}" for label, done, items in _sums(grid, [one[:2] for one in grid.rows])
    )
    picked = chart_view.show(
        heat_map.cells(
            grid.cells,
            [Head(code, label, name) for code, label, name in grid.rows],
            [Head(code, parted(label), name) for code, label, name in grid.columns],
            words,
            t,
            room=_ROOM,
            step=27,
            blank="",
        ),
        title=title,
        alt=t("agencies.grid_alt", rows=len(grid.rows), columns=len(grid.columns), parts=parts),
        t=t,
        caption=about,
        hint=t("agencies.grid_hint"),
        key=key,
        on_select="rerun",
        wide=1180,
    )
    if hits := picked["selection"].get("cell"):
        row, place = (None if hits[0][end] == heat_map.TOTAL else hits[0][end] for end in ("row", "column"))
        page, params = agency_rate.items_of(measure, agency=row, **{column: place})
        menu.go(page, **params, **menu.way_back())


def parted(label: str, long: int = _LONG) -> str:
    """`118/NQ-CP` in two lines, as narrow columns need it; several words of `long` letters or more in the middle."""
    number, sign, symbol = label.partition("/")
    if sign and number.isdigit():
        return f"{number}/\n{symbol}"
    words = label.split()
    if len(label) < long or len(words) < 2:
        return label
    halves = ((abs(len(" ".join(words[:at])) - len(" ".join(words[at:]))), at) for at in range(1, len(words)))
    at = min(halves)[1]
    return f"{' '.join(words[:at])}\n{' '.join(words[at:])}"


def _sums(grid: Grid, rows: list[Any]) -> list[tuple[str, int, int]]:
    sums = {
        row: (done, items)
        for row, items, done in grid.cells.group_by("row")
        .agg(pl.col("items", "done").sum())
        .select("row", "items", "done")
        .iter_rows()
    }
    return [(label, *sums[key]) for key, label in rows[:_SHOWN_PARTS]]


def _rows(grid: Grid, measure: Measure, column: str, t: Translator) -> None:
    """One agency a row: its name opens its items, each of its parts the items of that part."""
    labels = {key: label for key, label, _ in grid.columns}
    order = {key: place for place, (key, _, _) in enumerate(grid.columns)}
    for code, _, name in grid.rows:
        part = grid.cells.filter(pl.col("row") == code)
        items, done = int(part["items"].sum()), int(part["done"].sum())
        with st.container(gap=None, key=f"plain-link-{column}-{code}"):
            page, params = agency_rate.items_of(measure, agency=code)
            menu.link(page, f"{plain.markdown(name)}: {_counts(done, items, measure, t)}", **params)
            if part.height == 1:
                st.caption(plain.markdown(labels[part["column"][0]]))
                continue
            told = [
                (row["column"], f"{plain.markdown(labels[row['column']])} {row['done']}/{row['items']}")
                for row in sorted(part.iter_rows(named=True), key=lambda row: order[row["column"]])
                if row["items"]
            ]
            if len(told) > _LINKS:
                st.caption(" · ".join(said for _, said in told))
                continue
            with st.container(horizontal=True, gap="small"):
                for key, said in told:
                    page, params = agency_rate.items_of(measure, agency=code, **{column: key})
                    menu.link(page, said, **params)


def _counts(done: int, items: int, measure: Measure, t: Translator) -> str:
    return f"{t.number(done)}/{t.number(items)}" if items else agency_rate.said_without(measure, t)
