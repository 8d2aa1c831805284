"""A figure at several times, a share on the base of each time: where the base moves the line is broken and both bases are
named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, STAGE, finish
from catalogue.i18n import Translator

_MOST_LABELS = (
    6  # beyond it only the first and the last point are written out, and old bases stand in tooltip and table
)
_MOST_ROWS = 3


@dataclass(frozen=True)
class SeriesPoint:
    """One figure: `value` is a percentage of its own base, or a count; `old`: percentage on each earlier base; `about`: what
    the tooltip adds."""

    day: date
    value: Decimal
    numerator: int | Decimal | None
    base: int | Decimal | None
    old: tuple[tuple[int, Decimal], ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Target:
    """The value to be reached, in percent, and what it is called."""

    percent: Decimal
    label: str


def segments(points: Sequence[SeriesPoint]) -> list[int]:
    """For each point the place of its base in the row of bases; a base that comes back is a new one."""
    found: list[int] = []
    for place, point in enumerate(points):
        moved = bool(place) and points[place - 1].base != point.base
        found.append((found[-1] if found else 0) + moved)
    return found


@kept
def chart(
    points: Sequence[SeriesPoint],
    t: Translator,
    *,
    target: Target | None = None,
    is_share: bool = True,
    base_moves: bool = False,
    height: int = 230,
) -> Any:
    """Chart of at least one point, oldest first. `is_share`: percentages, not counts. `base_moves`: by its definition the
    base is another one each time (what is due by then), so that nothing breaks."""
    places = [0] * len(points) if base_moves else segments(points)
    rows = _rows(points, places, t, is_share)
    frame = pl.DataFrame(rows, infer_schema_length=None)
    names = min(max(1, places[-1]), _MOST_ROWS)  # of breaks, one under the other
    highest = max([row["value"] for row in rows] + ([float(target.percent)] if target else []))
    top = highest * (1.2 + 0.1 * names) or 1.0
    x = alt.X(
        "day:T",
        title=None,
        axis=alt.Axis(
            format="%d/%m/%Y" if len(points) <= 4 else "%m/%Y", values=_ticks(points), labelOverlap=True
        ),
        scale=alt.Scale(domain=_domain(points)),
    )
    suffix = "" if not is_share else " %" if t.language == "vi" else "%"
    y = alt.Y(
        "value:Q",
        title=None,
        axis=alt.Axis(tickCount=4, tickMinStep=1, labelExpr=f"format(datum.value, ',.0f') + '{suffix}'"),
        scale=alt.Scale(domain=[0, top], nice=False),
    )
    base = alt.Chart(frame).encode(x=x, y=y)
    # Below its point where the target's line runs right above it.
    reach = float(target.percent) if target else -1.0
    under = f"{reach} > datum.value && {reach} - datum.value < {top * 0.16}"
    own, old = base.transform_filter(~alt.datum.is_old), base.transform_filter(alt.datum.is_old)
    tooltip = [
        alt.Tooltip("when:N", title=t("figure.tooltip_day")),
        alt.Tooltip("counts:N", title=t("figure.tooltip_counts")),
        alt.Tooltip("shown:N", title=t("figure.tooltip_percent")),
        alt.Tooltip("on_old:N", title=t("figure.tooltip_old")),
        alt.Tooltip("about:N", title=t("figure.tooltip_about")),
    ]
    colour = STAGE["enacted"]
    layers = [
        own.mark_line(strokeWidth=2.2, color=colour).encode(detail="segment:N"),
        own.mark_point(filled=True, size=55, opacity=1, color=colour).encode(tooltip=tooltip),
        old.mark_point(filled=False, size=55, opacity=1, color=MUTED, strokeWidth=1.4).encode(
            tooltip=tooltip
        ),
        *(
            own.transform_filter("datum.is_labelled")
            .transform_filter(f"{'' if is_under else '!'}({under})")
            .mark_text(dy=14 if is_under else -12, fontWeight="bold", color=INK)
            .encode(text="label:N")
            for is_under in (False, True)
        ),
        old.transform_filter(alt.datum.is_labelled).mark_text(dy=15, color=MUTED).encode(text="label:N"),
        *_breaks(points, places, x, t),
        *_target(points, target, x, y),
    ]
    return finish(alt.layer(*layers).properties(height=height), t)


def _rows(
    points: Sequence[SeriesPoint], places: Sequence[int], t: Translator, is_share: bool
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    is_sparse = len(points) <= _MOST_LABELS
    for place, point in enumerate(points):
        shown = t.percent(point.value) if is_share else _number(point.value, t)
        told = {
            "day": point.day,
            "when": t.day(point.day),
            "segment": places[place],
            "is_labelled": is_sparse or place in (0, len(points) - 1),
            "counts": counts(point.numerator, point.base, t) if is_share else shown,
            "about": point.about or "–",
            "on_old": old_bases(point, t) or "–",
            "shown": shown,
        }
        rows.append(told | {"value": float(point.value), "label": shown, "is_old": False})
        if point.old and is_sparse:
            percent = point.old[-1][1]
            rows.append(told | {"value": float(percent), "label": t.percent(percent), "is_old": True})
    return rows


def counts(numerator: int | Decimal | None, base: int | Decimal | None, t: Translator) -> str:
    """Numerator and denominator as printed side by side; what is missing is a dash."""
    return f"{_number(numerator, t)}/{_number(base, t)}"


def _number(value: int | Decimal | None, t: Translator) -> str:
    if value is None:
        return "–"
    return t.number(value, 0 if value == int(value) else 1)


def old_bases(point: SeriesPoint, t: Translator) -> str:
    """What the numerator would be of the earlier bases: 2.269/7.806 = 29,1 %."""
    return "; ".join(
        f"{counts(point.numerator, base, t)} = {t.percent(percent)}" for base, percent in point.old
    )


def _breaks(points: Sequence[SeriesPoint], places: Sequence[int], x: Any, t: Translator) -> list[Any]:
    """A dashed line half-way between the two points between which the base moved, named beside it; the names of several
    stand under each other."""
    moved = [
        (place, one, two)
        for place, (one, two) in enumerate(pairwise(points))
        if places[place] != places[place + 1]
    ]
    rows = [
        {
            "day": one.day + timedelta(days=(two.day - one.day).days // 2),
            "text": t("figure.chart_break", old=_base(one.base, t), new=_base(two.base, t)),
            "side": "left" if place > len(points) / 2 - 1 else "right",
            "height": 2 + 16 * (row % _MOST_ROWS),
        }
        for row, (place, one, two) in enumerate(moved)
    ]
    if not rows:
        return []
    chart = alt.Chart(pl.DataFrame(rows)).encode(x=x)
    named = chart.encode(y=alt.Y("height:Q", scale=None, axis=None), text="text:N")
    is_left = alt.datum.side == "left"
    return [
        chart.mark_rule(color=INK, strokeDash=[4, 3], strokeWidth=1.2),
        named.transform_filter(~is_left).mark_text(align="left", dx=5, baseline="top", color=INK),
        named.transform_filter(is_left).mark_text(align="right", dx=-5, baseline="top", color=INK),
    ]


def _base(base: int | Decimal | None, t: Translator) -> str:
    return _number(base, t) if base is not None else t("figure.chart_no_base")


def _target(points: Sequence[SeriesPoint], target: Target | None, x: Any, y: Any) -> list[Any]:
    if target is None:
        return []
    first, last = _domain(points)
    frame = pl.DataFrame(
        {"day": [first, last], "value": [float(target.percent)] * 2, "text": [target.label, ""]}
    )
    base = alt.Chart(frame.with_columns(pl.col("day").str.to_date())).encode(x=x, y=y)
    return [
        base.mark_line(strokeDash=[2, 3], color=MUTED, strokeWidth=1.4),
        base.mark_text(align="left", dx=2, dy=-7, color=MUTED).encode(text="text:N"),
    ]


def _domain(points: Sequence[SeriesPoint]) -> list[str]:
    """From a little before the first point to a little after the last one."""
    first, last = points[0].day, points[-1].day
    room = max(20, (last - first).days // 8)
    return [(first - timedelta(days=room)).isoformat(), (last + timedelta(days=room)).isoformat()]


def _ticks(points: Sequence[SeriesPoint]) -> list[Any]:
    step = max(1, len(points) // 6)
    return [alt.DateTime(year=one.day.year, month=one.day.month, date=one.day.day) for one in points[::step]]
