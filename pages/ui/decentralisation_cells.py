"""A table of done/items by the level that is to decide: rows of any kind, a clicked cell is told."""

from collections.abc import Collection, Sequence

import polars as pl

from catalogue.charts import heat_map
from catalogue.charts.heat_map import Head
from catalogue.charts.transfers import level_name
from catalogue.i18n import Translator
from catalogue.services import decentralisation
from pages.ui import chart_view, decentralisation_views


def show(
    frame: pl.DataFrame,
    rows: Sequence[tuple[str, str]],
    name: str,
    title: str,
    t: Translator,
    closed: Collection[str] = (),
) -> tuple[str | None, str | None] | None:
    """Draw row, column, items, done under a title; returns the row and the level of a clicked cell (None at the ends for all); rows in `closed` take
    no click."""
    taken = set(frame["column"])
    columns = [Head(level, level_name(level, t)) for level in decentralisation.LEVELS if level in taken]
    sums = frame.group_by("row").agg(pl.col("items", "done").sum())
    counts = {row: (done, items) for row, items, done in sums.iter_rows()}
    parts = "; ".join(
        t("decentralisation.flow_part", name=label, done=counts[key][0], items=counts[key][1])
        for key, label in rows[:6]
        if key in counts
    )
    picked = chart_view.show(
        heat_map.cells(
            frame,
            [Head(key, label) for key, label in rows],
            columns,
            heat_map.Words(
                t("decentralisation.tooltip_cell"),
                t("overview.tooltip_base"),
                t("deadline.bar_done"),
                t("decentralisation.tooltip_share"),
            ),
            t,
            closed=closed,
        ),
        title=t("decentralisation.file_title", part=title),
        alt=t("decentralisation.matrix_alt", parts=parts),
        t=t,
        caption=t("decentralisation.matrix_caption"),
        hint=t("decentralisation.matrix_hint"),
        key=decentralisation_views.once(f"cells-{name}"),
        on_select="rerun",
    )
    hits = picked["selection"].get("cell")
    if not hits:
        return None
    row, column = (None if hits[0][name] == heat_map.TOTAL else hits[0][name] for name in ("row", "column"))
    return row, column
