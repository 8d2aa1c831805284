"""Decisions given away: ribbons from level to level, and a table of cells by where they go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.theme import INK, MUTED, STATUS, finish
from catalogue.i18n import Translator
from catalogue.model.figure import share

TOTAL = "total"
OPEN = "#cfe1df"  # what is not done yet, light beside the solid done

_BODY, _SLOT, _GAP, _HEAD = 190, 54, 8, 20  # pixels: all ribbons, the least room of one label, between, above
_LEFT, _RIGHT, _LABEL = 0.015, 0.56, 0.585  # where ribbons begin and end and labels begin, of the width
_STEPS = 24
_ROOM = 0.36  # of a table of cells: for the names of its rows


@dataclass(frozen=True)
class Flow:
    """Items whose decision goes from one level to another: of `items`, `done` are in force, `overdue` are late."""

    giver: str
    taker: str
    items: int
    done: int
    overdue: int


def ribbons(flows: Sequence[Flow], levels: Sequence[str], t: Translator) -> Any:
    """Ribbons as wide as their items, the done part solid; `levels` in order. Selection `flow` gives giver, taker, part."""
    ordered = sorted(flows, key=lambda one: (levels.index(one.taker), levels.index(one.giver)))
    unit = _BODY / sum(one.items for one in ordered)
    nodes, lines, labels, height = _laid_out(ordered, levels, unit, t)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, height], reverse=True, nice=False, zero=False))
    colour = alt.Color(
        "part:N", legend=None, scale=alt.Scale(domain=["done", "open"], range=[STATUS["done"], OPEN])
    )
    pick = alt.selection_point(name="flow", fields=["giver", "taker", "part"], empty=False)
    area = (
        alt.Chart(pl.DataFrame(lines))
        .mark_area(cursor="pointer", line=False)
        .encode(
            x=x,
            y=y,
            y2="y2:Q",
            color=colour,
            detail=["giver:N", "taker:N"],
            tooltip=[
                alt.Tooltip("name:N", title=t("decentralisation.tooltip_flow")),
                alt.Tooltip("word:N", title=t("overview.tooltip_state")),
                alt.Tooltip("count:Q", title=t("overview.tooltip_count"), format=",d"),
            ],
        )
        .add_params(pick)
    )
    bar = (
        alt.Chart(pl.DataFrame(nodes)).mark_rect(color=INK).encode(x=x, x2="x2:Q", y=y, y2="y2:Q", tooltip=[])
    )
    told = alt.Chart(pl.DataFrame(labels)).encode(x=x, y=y)
    name = told.mark_text(align="left", baseline="bottom", fontWeight="bold").encode(text="name:N")
    count = told.mark_text(
        align="left", baseline="top", lineBreak="\n", lineHeight=15, dy=3, fontSize=12, color=MUTED
    ).encode(text="count:N")
    return finish(alt.layer(area, bar, name, count).properties(height=height), t)


def flow_name(giver: str, taker: str, t: Translator) -> str:
    """`Bộ → tỉnh`."""
    return f"{level_name(giver, t)} → {level_name(taker, t).lower()}"


def level_name(level: str, t: Translator) -> str:
    """A level in one word, as charts and tables name it."""
    return t.word("decentralisation.level", level)


def _laid_out(
    flows: Sequence[Flow], levels: Sequence[str], unit: float, t: Translator
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]], float]:
    """Bars at both ends, points of the ribbons, labels, and the height of it all."""
    nodes: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    centres, down = [], float(_HEAD)
    for one in flows:
        slot = max(one.items * unit, _SLOT)
        centres.append(down + slot / 2)
        down += slot + _GAP
    givers = sorted({one.giver for one in flows}, key=levels.index)
    top = float(_HEAD)
    for giver in givers:
        own = [(one, centre) for one, centre in zip(flows, centres, strict=True) if one.giver == giver]
        items, done = sum(one.items for one, _ in own), sum(one.done for one, _ in own)
        nodes.append({"x": 0.0, "x2": _LEFT, "y": top, "y2": top + items * unit})
        labels.append(
            {"x": 0.0, "y": top - 3, "name": _counted(level_name(giver, t), done, items, t), "count": ""}
        )
        for one, centre in own:
            wide = one.items * unit
            end = centre - wide / 2
            nodes.append({"x": _RIGHT, "x2": _RIGHT + _LEFT, "y": end, "y2": end + wide})
            labels.append(
                {"x": _LABEL, "y": centre - 6, "name": flow_name(giver, one.taker, t), "count": _said(one, t)}
            )
            for part, count in (("done", one.done), ("open", one.items - one.done)):
                if count:
                    lines += _ribbon(one, part, count, top, end, count * unit, t)
                top, end = top + count * unit, end + count * unit
        top += _HEAD + _GAP
    return nodes, lines, labels, max(down, top)


def _ribbon(
    flow: Flow, part: str, count: int, start: float, end: float, wide: float, t: Translator
) -> list[dict[str, Any]]:
    named = {
        "giver": flow.giver,
        "taker": flow.taker,
        "part": part,
        "count": count,
        "name": flow_name(flow.giver, flow.taker, t),
        "word": t(f"decentralisation.part_{part}"),
    }
    points = []
    for step in range(_STEPS + 1):
        way = step / _STEPS
        y = start + (end - start) * way * way * (3 - 2 * way)
        points.append(named | {"x": _LEFT + (_RIGHT - _LEFT) * way, "y": y, "y2": y + wide})
    return points


def _counted(name: str, done: int, items: int, t: Translator) -> str:
    return f"{name}: {t.number(done)}/{t.number(items)}"


def _said(flow: Flow, t: Translator) -> str:
    said = f"{t.number(flow.done)}/{t.number(flow.items)} ({t.percent(share(flow.done, flow.items, 1))})"
    return said + (f"\n{t('overview.overdue_short', count=flow.overdue)}" if flow.overdue else "")


def cells(
    frame: pl.DataFrame,
    rows: Sequence[tuple[str, str]],
    columns: Sequence[tuple[str, str]],
    t: Translator,
    closed: Collection[str] = (),
) -> Any:
    """A table of done/items, darker where more is done, with totals at its ends; `frame`: row, column, items, done, one
    line a cell. `rows` and `columns` are (key, label) in order. Selection `cell` gives the two keys, or TOTAL for an end.

    `closed`: rows that open nothing, and so take no click and show no hand."""
    told = pl.DataFrame(_cell_rows(frame, rows, columns, t)).with_columns(
        is_closed=pl.col("row").is_in(list(closed))
    )
    lines = [*rows, (TOTAL, t("decentralisation.total"))]
    heads = [*columns, (TOTAL, t("decentralisation.total"))]
    wide = (1 - _ROOM) / len(heads)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y(
        "place:O", axis=None, sort=None, scale=alt.Scale(domain=list(range(len(lines) + 1)), padding=0.06)
    )
    pick = alt.selection_point(name="cell", fields=["row", "column"], empty=False)
    base = alt.Chart(told)
    tooltip = [
        alt.Tooltip("name:N", title=t("decentralisation.tooltip_cell")),
        alt.Tooltip("items:Q", title=t("overview.tooltip_base"), format=",d"),
        alt.Tooltip("done:Q", title=t("deadline.bar_done"), format=",d"),
        alt.Tooltip("percent:N", title=t("decentralisation.tooltip_share")),
    ]
    tint = alt.Color("tint:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=["#eef4f4", STATUS["done"]]))
    color = alt.condition("datum.is_end", alt.value("#ffffff"), tint)
    place = {"x": x, "x2": "x2:Q", "y": y, "color": color, "tooltip": tooltip}
    opens = alt.Chart(told.filter(~pl.col("is_closed"))).mark_rect(
        cursor="pointer", stroke="#ffffff", strokeWidth=2
    )
    fills = [opens.encode(**place).add_params(pick)]
    if closed:
        still = alt.Chart(told.filter(pl.col("is_closed"))).mark_rect(color="#ffffff")
        fills.append(still.encode(x=x, x2="x2:Q", y=y, tooltip=tooltip))
    said = base.mark_text(fontSize=12).encode(
        x=alt.X("middle:Q", axis=None),
        y=y,
        text="label:N",
        color=alt.when("datum.is_closed")
        .then(alt.value(MUTED))
        .when("datum.is_dark")
        .then(alt.value("#ffffff"))
        .otherwise(alt.value(INK)),
    )
    names = (
        alt.Chart(
            pl.DataFrame(
                [
                    {"place": place, "label": label, "is_closed": key in closed}
                    for place, (key, label) in enumerate(lines, 1)
                ]
            )
        )
        .mark_text(align="left", limit=alt.expr(f"width * {_ROOM - 0.015}"))
        .encode(
            x=alt.value(0),
            y=y,
            text="label:N",
            color=alt.condition("datum.is_closed", alt.value(MUTED), alt.value(INK)),
            tooltip=alt.Tooltip("label:N", title=t("decentralisation.tooltip_cell")),
        )
    )
    head = (
        alt.Chart(
            pl.DataFrame(
                [
                    {"place": 0, "middle": _ROOM + wide * (column + 0.5), "label": label}
                    for column, (_, label) in enumerate(heads)
                ]
            )
        )
        .mark_text(color=MUTED)
        .encode(x=alt.X("middle:Q", axis=None), y=y, text="label:N")
    )
    return finish(alt.layer(*fills, said, names, head).properties(height=alt.Step(30)), t)


def _cell_rows(
    frame: pl.DataFrame, rows: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]], t: Translator
) -> list[dict[str, Any]]:
    counts: dict[tuple[str, str], list[int]] = {}
    for one in frame.iter_rows(named=True):
        for key in ((one["row"], one["column"]), (one["row"], TOTAL), (TOTAL, one["column"]), (TOTAL, TOTAL)):
            held = counts.setdefault(key, [0, 0])
            held[0] += one["items"]
            held[1] += one["done"]
    lines = [*rows, (TOTAL, t("decentralisation.total"))]
    heads = [*columns, (TOTAL, t("decentralisation.total"))]
    wide = (1 - _ROOM) / len(heads)
    told = []
    for place, (row, row_label) in enumerate(lines, 1):
        for column, (head, head_label) in enumerate(heads):
            items, done = counts.get((row, head), [0, 0])
            is_end = TOTAL in (row, head)
            part = done / items if items else 0.0
            told.append(
                {
                    "row": row,
                    "column": head,
                    "place": place,
                    "x": _ROOM + wide * column,
                    "x2": _ROOM + wide * (column + 1),
                    "middle": _ROOM + wide * (column + 0.5),
                    "items": items,
                    "done": done,
                    "label": f"{t.number(done)}/{t.number(items)}" if items else "–",
                    "percent": t.percent(share(done, items, 1)) if items else "–",
                    "name": f"{row_label} → {head_label}",
                    "tint": part if items else None,
                    "is_end": is_end,
                    "is_dark": not is_end and part > 0.85,
                }
            )
    return told
