"""A table of done/items by the level that is to decide: rows of any kind, a clicked cell is told."""

from collections.abc import Collection, Sequence

import polars as pl
import streamlit as st

from catalogue.charts import transfers as chart
from catalogue.i18n import Translator
from catalogue.services import decentralisation
from pages.ui import decentralisation_views


def show(
    frame: pl.DataFrame,
    rows: Sequence[tuple[str, str]],
    name: str,
    t: Translator,
    closed: Collection[str] = (),
) -> tuple[str | None, str | None] | None:
    """Draw row, column, items, done; returns the row and the level of a clicked cell (None at the ends for all); rows in `closed` take
    no click."""
    taken = set(frame["column"])
    columns = [(level, chart.level_name(level, t)) for level in decentralisation.LEVELS if level in taken]
    sums = frame.group_by("row").agg(pl.col("items", "done").sum())
    counts = {row: (done, items) for row, items, done in sums.iter_rows()}
    parts = "; ".join(
        t("decentralisation.flow_part", name=label, done=counts[key][0], items=counts[key][1])
        for key, label in rows[:6]
        if key in counts
    )
    picked = st.altair_chart(
        chart.cells(frame, rows, columns, t, closed),
        on_select="rerun",
        key=decentralisation_views.once(f"cells-{name}"),
        alt=t("decentralisation.matrix_alt", parts=parts),
    )
    st.caption(t("decentralisation.matrix_caption"))
    hits = picked["selection"].get("cell")
    if not hits:
        return None
    row, column = (None if hits[0][name] == chart.TOTAL else hits[0][name] for name in ("row", "column"))
    return row, column
