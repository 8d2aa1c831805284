"""Decisions given away: ribbons from level to level."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, STATUS, finish
from catalogue.i18n import Translator
from catalogue.model.figure import share

OPEN = "#cfe1df"  # what is not done yet, light beside the solid done

_BODY, _SLOT, _GAP, _HEAD = 190, 54, 8, 20  # pixels: all ribbons, the least room of one label, between, above
_LEFT, _RIGHT, _LABEL = 0.015, 0.56, 0.585  # where ribbons begin and end and labels begin, of the width
_STEPS = 24


@dataclass(frozen=True)
class Flow:
    """Items whose decision goes from one level to another: of `items`, `done` are in force, `overdue` are late."""

    giver: str
    taker: str
    items: int
    done: int
    overdue: int


@kept
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
