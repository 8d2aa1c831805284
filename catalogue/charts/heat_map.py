"""A table of cells done/items, darker where more is done: rows by columns, with totals at its ends."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, RULE, STATUS, finish
from catalogue.i18n import Translator
from catalogue.model.figure import share

TOTAL = "total"
_PALE = "#eef4f4"
_DARK = 0.85  # from this share on white is read better than ink
_MANY = 9  # columns from which the words in the cells are smaller


@dataclass(frozen=True)
class Head:
    """A row or column: `label` stands on the chart (a line break parts two lines), `about` is read over it."""

    key: str
    label: str
    about: str = ""

    @property
    def said(self) -> str:
        """The name in full."""
        return self.about or self.label


@dataclass(frozen=True)
class Words:
    """What the tooltip calls the cell, the items below and above the line, and the share."""

    cell: str
    items: str
    done: str
    share: str


@kept
def cells(
    frame: pl.DataFrame,
    rows: Sequence[Head],
    columns: Sequence[Head],
    words: Words,
    t: Translator,
    *,
    closed: Collection[str] = (),
    room: float = 0.36,
    step: int = 30,
    blank: str = "–",
) -> Any:
    """Chart of row, column, items, done: one line a cell. Selection `cell` gives the two keys, or TOTAL for an end.

    `closed`: rows that open nothing, and so take no click. `room`: of the width, for the names of the rows; `step`:
    pixels of a row; `blank`: what stands where there is nothing to do.
    """
    ends = Head(TOTAL, t("app.total"))
    lines, heads = [*rows, ends], [*columns, ends]
    told = pl.DataFrame(_told(frame, lines, heads, room, blank, t), infer_schema_length=None).with_columns(
        is_closed=pl.col("row").is_in(list(closed)) | (pl.col("items") == 0)
    )
    size = 11 if len(columns) > _MANY else 12
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y(
        "place:O", axis=None, sort=None, scale=alt.Scale(domain=list(range(len(lines) + 1)), padding=0.06)
    )
    said = (
        alt.Chart(told)
        .mark_text(fontSize=size)
        .encode(
            x=alt.X("middle:Q", axis=None),
            y=y,
            text="label:N",
            color=alt.when("datum.is_closed")
            .then(alt.value(MUTED))
            .when("datum.is_dark")
            .then(alt.value("#ffffff"))
            .otherwise(alt.value(INK)),
        )
    )
    named = pl.DataFrame(
        [
            {"place": place, "label": one.label, "about": one.said, "is_closed": one.key in closed}
            for place, one in enumerate(lines, 1)
        ]
    )
    names = (
        alt.Chart(named)
        .mark_text(align="left", limit=alt.expr(f"width * {room - 0.015}"))
        .encode(
            x=alt.value(0),
            y=y,
            text="label:N",
            color=alt.condition("datum.is_closed", alt.value(MUTED), alt.value(INK)),
            tooltip=alt.Tooltip("about:N", title=words.cell),
        )
    )
    wide = (1 - room) / len(heads)
    headed = pl.DataFrame(
        [
            {"place": 0, "middle": room + wide * (place + 0.5), "label": one.label, "about": one.said}
            for place, one in enumerate(heads)
        ]
    )
    head = [
        alt.Chart(headed)
        .transform_filter(f"indexof(datum.label, '\\n') {test}")
        .mark_text(
            color=MUTED,
            fontSize=size,
            lineBreak="\n",
            lineHeight=size + 2,
            dy=dy,
            limit=alt.expr(f"width * {wide} + 4"),
        )
        .encode(
            x=alt.X("middle:Q", axis=None),
            y=y,
            text="label:N",
            tooltip=alt.Tooltip("about:N", title=words.cell),
        )
        for test, dy in (("< 0", 0), (">= 0", -(size + 2) / 2))
    ]
    layers = [*_fills(told, x, y, words), said, names, *head]
    return finish(alt.layer(*layers).properties(height=alt.Step(step)), t)


def _fills(told: pl.DataFrame, x: Any, y: Any, words: Words) -> list[Any]:
    """The cells that open something, and those that do not."""
    tooltip = [
        alt.Tooltip("name:N", title=words.cell),
        alt.Tooltip("items:Q", title=words.items, format=",d"),
        alt.Tooltip("done:Q", title=words.done, format=",d"),
        alt.Tooltip("percent:N", title=words.share),
    ]
    tint = alt.Color(
        "tint:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[_PALE, STATUS["done"]], clamp=True)
    )
    colour = alt.condition("datum.is_end", alt.value("#ffffff"), tint)
    opens = (
        alt.Chart(told.filter(~pl.col("is_closed")))
        .mark_rect(cursor="pointer", stroke="#ffffff", strokeWidth=2)
        .encode(x=x, x2="x2:Q", y=y, color=colour, tooltip=tooltip)
        .add_params(alt.selection_point(name="cell", fields=["row", "column"], empty=False))
    )
    still = told.filter(pl.col("is_closed"))
    if still.is_empty():
        return [opens]
    edge = alt.Chart(still).mark_rect(color="#ffffff", stroke=RULE, strokeWidth=0.5)
    return [edge.encode(x=x, x2="x2:Q", y=y, tooltip=tooltip), opens]


def _told(
    frame: pl.DataFrame, lines: Sequence[Head], heads: Sequence[Head], room: float, blank: str, t: Translator
) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], list[int]] = {}
    for one in frame.iter_rows(named=True):
        for key in ((one["row"], one["column"]), (one["row"], TOTAL), (TOTAL, one["column"]), (TOTAL, TOTAL)):
            held = counts.setdefault(key, [0, 0])
            held[0] += one["items"]
            held[1] += one["done"]
    wide = (1 - room) / len(heads)
    told = []
    for place, line in enumerate(lines, 1):
        for column, head in enumerate(heads):
            items, done = counts.get((line.key, head.key), [0, 0])
            is_end = TOTAL in (line.key, head.key)
            part = done / items if items else None
            told.append(
                {
                    "row": line.key,
                    "column": head.key,
                    "place": place,
                    "x": room + wide * column,
                    "x2": room + wide * (column + 1),
                    "middle": room + wide * (column + 0.5),
                    "items": items,
                    "done": done,
                    "label": f"{t.number(done)}/{t.number(items)}" if items else blank,
                    "percent": t.percent(share(done, items, 1)) if items else "–",
                    "name": f"{line.said} → {head.said}",
                    "tint": part,
                    "is_end": is_end,
                    "is_dark": not is_end and (part or 0.0) > _DARK,
                }
            )
    return told
