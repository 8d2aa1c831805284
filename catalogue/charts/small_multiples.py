"""One small curve an agency: the share done month by month, all on one axis from zero to 100 %."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, RULE, STATUS, finish
from catalogue.i18n import Translator
from catalogue.model.figure import share

_HEAD, _BODY, _FOOT = 40, 62, 30  # pixels: the two lines of words, 0 to 100 %, the room below
_BETWEEN = 0.16  # of a panel's width, between two
_AXIS = 0.05  # of the width, for the words of the axis
_TICKS = (0, 50, 100)


@dataclass(frozen=True)
class Point:
    """What was done of which base on a day; the base is not empty."""

    day: date
    done: int
    base: int


@dataclass(frozen=True)
class Panel:
    """One curve, the oldest point first; at least one point."""

    key: str
    label: str
    name: str
    points: Sequence[Point]


def segments(points: Sequence[Point]) -> list[int]:
    """For each point the place of its base in the row of bases: a line joins points of one base only."""
    found: list[int] = []
    for place, one in enumerate(points):
        moved = bool(place) and points[place - 1].base != one.base
        found.append((found[-1] if found else 0) + moved)
    return found


@kept
def curves(panels: Sequence[Panel], t: Translator, *, across: int) -> Any:
    """Chart of at least one panel, `across` beside each other; selection `panel` gives the key of a clicked one."""
    days = [one.day for panel in panels for one in panel.points]
    first, last = min(days), max(days)
    rows = [
        row for place, panel in enumerate(panels) for row in _points(place, panel, first, last, across, t)
    ]
    told = pl.DataFrame(rows, infer_schema_length=None)
    frames = pl.DataFrame(
        [_frame(place, panel, across, t) for place, panel in enumerate(panels)], infer_schema_length=None
    )
    deep = -(-len(panels) // across) * (_HEAD + _BODY + _FOOT)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    scale = alt.Scale(domain=[0, deep], reverse=True, nice=False, zero=False)
    y = alt.Y("y:Q", axis=None, scale=scale)
    line = alt.Chart(told).encode(x=x, y=y)
    tooltip = [
        alt.Tooltip("name:N", title=t("overview.tooltip_agency")),
        alt.Tooltip("when:N", title=t("overview.tooltip_day")),
        alt.Tooltip("said:N", title=t("agencies.tooltip_rate")),
        alt.Tooltip("moved:N", title=t("agencies.tooltip_base")),
    ]
    panel = alt.Chart(frames).encode(x=x)
    layers = [
        panel.mark_rect(color="#f7f9f9", cursor="pointer")
        .encode(
            x2="x2:Q", y=y, y2="bottom:Q", tooltip=alt.Tooltip("name:N", title=t("overview.tooltip_agency"))
        )
        .add_params(alt.selection_point(name="panel", fields=["key"], empty=False)),
        *_axis(panels, first, last, across, x, y, t),
        line.transform_filter("datum.moved != '–'")
        .mark_rule(color=INK, strokeDash=[3, 2])
        .encode(y=alt.Y("top:Q", axis=None, scale=scale), y2="bottom:Q"),
        line.mark_line(strokeWidth=2, color=STATUS["done"]).encode(detail=["key:N", "segment:N"]),
        line.transform_filter("datum.is_last").mark_point(
            filled=True, size=34, opacity=1, color=STATUS["done"]
        ),
        line.mark_point(size=60, opacity=0).encode(tooltip=tooltip),
        panel.mark_text(
            align="left", baseline="bottom", fontWeight="bold", limit=alt.expr(_limit(across)), dy=-20
        ).encode(y=y, text="label:N", tooltip=alt.Tooltip("name:N", title=t("overview.tooltip_agency"))),
        panel.mark_text(align="left", baseline="bottom", dy=-4).encode(y=y, text="said:N"),
    ]
    return finish(alt.layer(*layers).properties(height=deep), t)


def _frame(place: int, panel: Panel, across: int, t: Translator) -> dict[str, Any]:
    left, right, top, bottom = _box(place, across)
    last = panel.points[-1]
    return {
        "key": panel.key,
        "label": panel.label,
        "name": panel.name,
        "said": _said(last, t),
        "x": left,
        "x2": right,
        "y": top,
        "bottom": bottom,
    }


def _points(
    place: int, panel: Panel, first: date, last: date, across: int, t: Translator
) -> list[dict[str, Any]]:
    left, right, top, bottom = _box(place, across)
    whole = max((last - first).days, 1)
    told = []
    for at, (one, segment) in enumerate(zip(panel.points, segments(panel.points), strict=True)):
        before = panel.points[at - 1].base if at else one.base
        told.append(
            {
                "key": panel.key,
                "name": panel.name,
                "segment": segment,
                "x": left + (right - left) * (one.day - first).days / whole,
                "y": bottom - _BODY * one.done / one.base,
                "top": top,
                "bottom": bottom,
                "when": t.day(one.day),
                "said": _said(one, t),
                "moved": f"{t.number(before)} → {t.number(one.base)}" if before != one.base else "–",
                "is_last": at == len(panel.points) - 1,
            }
        )
    return told


def _said(one: Point, t: Translator) -> str:
    return f"{t.percent(share(one.done, one.base, 1))} · {t.number(one.done)}/{t.number(one.base)}"


def _axis(
    panels: Sequence[Panel], first: date, last: date, across: int, x: Any, y: Any, t: Translator
) -> list[Any]:
    """0, 50 and 100 % in every panel, said at the left of each row; the first and the last month below each column."""
    lines, marks, ends = [], [], []
    for place in range(len(panels)):
        left, right, _, bottom = _box(place, across)
        for tick in _TICKS:
            height = bottom - _BODY * tick / 100
            lines.append({"x": left, "x2": right, "y": height})
            if place % across == 0 and tick != _TICKS[1]:
                marks.append({"x": left, "y": height, "text": t.percent(tick, 0)})
        if place + across >= len(panels):
            ends.append({"x": left, "y": bottom, "text": f"{first:%m/%Y}", "side": "left"})
            ends.append({"x": right, "y": bottom, "text": f"{last:%m/%Y}", "side": "right"})
    below = alt.Chart(pl.DataFrame(ends)).encode(x=x, y=y, text="text:N")
    return [
        alt.Chart(pl.DataFrame(lines)).mark_rule(color=RULE, strokeWidth=0.7).encode(x=x, x2="x2:Q", y=y),
        alt.Chart(pl.DataFrame(marks))
        .mark_text(align="right", dx=-4, fontSize=11, color=MUTED)
        .encode(x=x, y=y, text="text:N"),
        *(
            below.transform_filter(alt.datum.side == side).mark_text(
                align=side, baseline="top", dy=4, fontSize=11, color=MUTED
            )
            for side in ("left", "right")
        ),
    ]


def _box(place: int, across: int) -> tuple[float, float, float, float]:
    """Left and right of a panel as shares of the width; top and bottom of its curve in pixels."""
    axis = _AXIS * 5 / across
    wide = (1 - axis) / across
    left = axis + wide * (place % across)
    top = place // across * (_HEAD + _BODY + _FOOT) + _HEAD
    return left, left + wide * (1 - _BETWEEN), float(top), float(top + _BODY)


def _limit(across: int) -> str:
    left, right, _, _ = _box(0, across)
    return f"width * {right - left + 0.02}"
