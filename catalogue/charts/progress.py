"""The curve of a programme: its stages as step lines on one base, breaks of the base, target, arithmetic continuation."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, RULE, STAGE, finish
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.pace import NoPace, Pace

_LONGEST_CONTINUATION_MONTHS = 12
_LOWEST = "published"
_MOST_MARKS = 3  # changes of the base that are named on the chart; the table behind it names all
_ROOM = 1.22  # above the base, for the words at its marks
_BESIDE = 0.22  # of the time drawn, after its last day, for the words there


class View(StrEnum):
    """What the curve counts: items, or their share of the base of each day."""

    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True)
class Break:
    """A day on which the base became another: `document` and `reason` in words."""

    day: date
    old: int
    new: int
    document: str | None = None
    reason: str | None = None


@kept
def curve(
    frame: pl.DataFrame,
    done_stage: str,
    as_of: date,
    pace: Pace | NoPace | None,
    t: Translator,
    *,
    view: View = View.COUNT,
    breaks: tuple[Break, ...] | None = None,
    target: Decimal | None = None,
    height: int = 185,
) -> Any:
    """Chart of stage, day, reached (services.figures.curve), at least one row.

    `breaks`: of `base_breaks`, told with their documents (default: without); `target`: percent of the base.
    """
    start = beginning(frame, done_stage, as_of)
    marks = tuple(one for one in (base_breaks(frame) if breaks is None else breaks) if one.day >= start)
    told = points(frame, start, as_of, marks)
    drawn = _worded(told, view, t)
    base = int(told.filter(pl.col("stage") == "assigned")["reached"].tail(1).sum())
    end = _end(as_of, pace, view)
    last = max(end[0] if end else as_of, as_of + (as_of - start) * _BESIDE)
    domain = [start.isoformat(), last.isoformat()]
    x = alt.X("day:T", title=None, axis=alt.Axis(format="%m/%Y", tickCount=6), scale=alt.Scale(domain=domain))
    y = _scale(drawn, view, t)
    colour = alt.Color(
        "stage:N", legend=None, scale=alt.Scale(domain=list(STAGE), range=list(STAGE.values()))
    )
    ends = drawn.filter(pl.col("day") == as_of).unique(["stage"], keep="last").sort("stage")
    aimed = _aimed(target, base, view) if target and base else None
    name = (
        "" if aimed in ends["value"].to_list() else _target_name(target, base, t)
    )  # else one name for both lines
    lines = alt.Chart(drawn).encode(x=x, y=y, color=colour, detail="segment:N")
    is_done = alt.datum.stage == done_stage
    layers = [
        alt.Chart(pl.DataFrame({"day": [as_of]})).mark_rule(color=RULE).encode(x=x),
        lines.transform_filter(~is_done).mark_line(interpolate="step-after", strokeWidth=1.2),
        lines.transform_filter(is_done).mark_line(interpolate="step-after", strokeWidth=2.6),
        *([] if aimed is None else _target(aimed, name, start, as_of, x, y)),
        _hover(drawn, x, y, t),
        *_marks(marks, told, done_stage, start + (as_of - start) / 2, view, x, y, t),
    ]
    if end is not None:
        line = pl.DataFrame({"day": [as_of, end[0]], "value": [end[1], end[2]]})
        layers.append(
            alt.Chart(line).mark_line(strokeDash=[2, 4], color=MUTED, strokeWidth=1.6).encode(x=x, y=y)
        )
    layers.append(_labels(ends, as_of, aimed, x, y, colour, view, t))
    return finish(alt.layer(*layers).properties(height=height), t)


def beginning(frame: pl.DataFrame, done_stage: str, as_of: date) -> date:
    """Where the curve begins: with the year in which the first item was done."""
    begin = frame.filter(pl.col("stage") == done_stage)["day"].min() or frame["day"].min()
    return date(begin.year, 1, 1) if isinstance(begin, date) else as_of


def base_breaks(frame: pl.DataFrame) -> tuple[Break, ...]:
    """The days on which a base that stood already became another one."""
    base = frame.filter(pl.col("stage") == "assigned").sort("day")
    steps = pairwise(zip(base["day"], base["reached"], strict=True))
    return tuple(Break(day, old, new) for (_, old), (day, new) in steps if old)


def points(frame: pl.DataFrame, start: date, as_of: date, breaks: tuple[Break, ...]) -> pl.DataFrame:
    """stage, day, reached, base, old_base, segment: every point of the curve, the last one on as_of.

    A base change ends one segment and begins the next on the same day: what stands on two bases is not one line.
    `old_base`: the one before the last change; null where there was none.
    """
    told = frame.select("stage", "day", "reached").sort("stage", "day")
    days = pl.DataFrame({"day": [start, *(one.day for one in breaks), as_of]}).unique().sort("day")
    at_days = (
        told.select(pl.col("stage").unique())
        .join(days, how="cross")
        .sort("day")
        .join_asof(told.sort("day"), on="day", by="stage", strategy="backward", check_sortedness=False)
        .drop_nulls("reached")
        .select("stage", "day", "reached")
    )
    drawn = pl.concat([told.filter(pl.col("day") >= start), at_days]).unique(["stage", "day"])
    parts = [_segment(drawn, place, breaks) for place in range(len(breaks) + 1)]
    return pl.concat([_closed(part, told, place, breaks) for place, part in enumerate(parts)]).sort(
        "segment", "stage", "day", maintain_order=True
    )


def _segment(drawn: pl.DataFrame, place: int, breaks: tuple[Break, ...]) -> pl.DataFrame:
    """The points that stand on one base."""
    kept = drawn
    if place:
        kept = kept.filter(pl.col("day") >= breaks[place - 1].day)
    if place < len(breaks):
        kept = kept.filter(pl.col("day") < breaks[place].day)
    return kept


def _closed(part: pl.DataFrame, told: pl.DataFrame, place: int, breaks: tuple[Break, ...]) -> pl.DataFrame:
    """A segment with its base, drawn to the day of the change that ends it."""
    if place < len(breaks):
        end = breaks[place]
        last = part.sort("day").group_by("stage").agg(pl.col("reached").last())
        part = pl.concat(
            [part, last.with_columns(pl.lit(end.day).alias("day")).select("stage", "day", "reached")]
        )
        base = pl.lit(end.old)
    elif breaks:
        base = pl.lit(breaks[-1].new)
    else:
        base = pl.lit(told.filter(pl.col("stage") == "assigned").sort("day")["reached"].tail(1).sum())
    old = pl.lit(breaks[place - 1].old if place else None, dtype=pl.Int64)
    return part.with_columns(
        base.cast(pl.Int64).alias("base"), old.alias("old_base"), pl.lit(place).alias("segment")
    )


def _worded(told: pl.DataFrame, view: View, t: Translator) -> pl.DataFrame:
    """The points with `value`, the height at which they are drawn, and what their tooltip says."""
    if view is View.PERCENT:
        told = told.filter(pl.col("stage") != "assigned") if told["stage"].n_unique() > 1 else told
    rows = [
        row
        | {
            "name": t(f"stage.{row['stage']}"),
            "value": _height(row["reached"], row["base"], view),
            "count": f"{t.number(row['reached'])}/{t.number(row['base'])}",
            "percent": _percent(row["reached"], row["base"], t),
            "on_old": f"{t.number(row['reached'])}/{t.number(row['old_base'])} = "
            f"{_percent(row['reached'], row['old_base'], t)}"
            if row["old_base"]
            else "–",
        }
        for row in told.iter_rows(named=True)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _height(reached: int, base: int, view: View) -> float:
    if view is View.COUNT:
        return float(reached)
    return float(share(reached, base)) if base else 0.0


def _percent(reached: int, base: int | None, t: Translator) -> str:
    return t.percent(share(reached, base, 1)) if base else "–"


def _scale(drawn: pl.DataFrame, view: View, t: Translator) -> Any:
    if view is View.PERCENT:
        unit = " %" if t.language == "vi" else "%"
        axis = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr=f"datum.value + '{unit}'")
        return alt.Y("value:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 100 * _ROOM]))
    top = max(float(drawn["value"].max() or 0), 1.0) * _ROOM  # type: ignore[arg-type]
    axis = alt.Axis(format=",d", tickCount=4, tickMinStep=1)
    return alt.Y("value:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, top], nice=False))


def _hover(drawn: pl.DataFrame, x: Any, y: Any, t: Translator) -> Any:
    tooltip = [
        alt.Tooltip("name:N", title=t("overview.tooltip_stage")),
        alt.Tooltip("day:T", title=t("overview.tooltip_day"), format="%d/%m/%Y"),
        alt.Tooltip("count:N", title=t("overview.tooltip_count")),
        alt.Tooltip("percent:N", title=t("target.tooltip_percent")),
        alt.Tooltip("on_old:N", title=t("target.tooltip_old_base")),
    ]
    return alt.Chart(drawn).mark_point(opacity=0, size=80).encode(x=x, y=y, tooltip=tooltip)


def _marks(
    marks: tuple[Break, ...],
    told: pl.DataFrame,
    done_stage: str,
    middle: date,
    view: View,
    x: Any,
    y: Any,
    t: Translator,
) -> list[Any]:
    """A dashed line at every change of the base, the last ones named; what it means on the old base in the tooltip."""
    if not marks:
        return []
    rows = []
    for place, one in enumerate(marks):
        stood = told.filter(
            (pl.col("stage") == done_stage) & (pl.col("segment") == place + 1) & (pl.col("day") == one.day)
        )["reached"]
        done = int(stood[0]) if len(stood) else 0
        rows.append(
            {
                "day": one.day,
                "label": t("target.base_mark", old=one.old, new=one.new),
                "change": f"{t.number(one.old)} → {t.number(one.new)}",
                "document": one.document or "–",
                "reason": one.reason or "–",
                "on_new": f"{t.number(done)}/{t.number(one.new)} = {_percent(done, one.new, t)}",
                "on_old": f"{t.number(done)}/{t.number(one.old)} = {_percent(done, one.old, t)}",
                "is_late": one.day > middle,
                "value": 100.0 if view is View.PERCENT else float(min(one.old, one.new)),
            }
        )
    frame = pl.DataFrame(rows)
    tooltip = [
        alt.Tooltip("day:T", title=t("overview.tooltip_day"), format="%d/%m/%Y"),
        alt.Tooltip("change:N", title=t("target.tooltip_base")),
        alt.Tooltip("document:N", title=t("target.tooltip_document")),
        alt.Tooltip("reason:N", title=t("target.tooltip_reason")),
        alt.Tooltip("on_new:N", title=t("target.tooltip_new_base")),
        alt.Tooltip("on_old:N", title=t("target.tooltip_old_base")),
    ]
    rule = alt.Chart(frame).encode(x=x, tooltip=tooltip)
    # below the line of the base: its own name stands above it
    named = alt.Chart(frame.tail(_MOST_MARKS)).encode(x=x, y=y, text="label:N", tooltip=tooltip)
    is_late = alt.datum.is_late
    return [
        rule.mark_rule(color=INK, strokeDash=[3, 3], strokeWidth=1),
        rule.mark_rule(opacity=0, strokeWidth=14),  # wide enough to be met by a finger
        named.transform_filter(~is_late).mark_text(align="left", dx=5, dy=11, color=INK),
        named.transform_filter(is_late).mark_text(align="right", dx=-5, dy=11, color=INK),
    ]


def _target(aimed: float, name: str, start: date, as_of: date, x: Any, y: Any) -> list[Any]:
    """The line to be reached, named at its left end."""
    frame = pl.DataFrame({"day": [start, as_of], "value": [aimed, aimed], "label": [name, ""]})
    chart = alt.Chart(frame).encode(x=x, y=y)
    return [
        chart.mark_line(color=INK, strokeDash=[6, 3], strokeWidth=1.2),
        chart.encode(text="label:N").mark_text(align="left", dx=4, dy=-7, color=INK),
    ]


def _target_name(target: Decimal | None, base: int, t: Translator) -> str:
    if target is None:
        return ""
    return t("target.line", value=t.percent(target, 0), count=t.number(base * target / 100))


def _aimed(target: Decimal, base: int, view: View) -> float:
    """The height of a target, in percent of the base."""
    return float(base * target / 100) if view is View.COUNT else float(target)


def _labels(
    ends: pl.DataFrame,
    as_of: date,
    aimed: float | None,
    x: Any,
    y: Any,
    colour: Any,
    view: View,
    t: Translator,
) -> Any:
    """Each stage's name and last count, written at its line; stages at one height, or at the target, share a label."""
    labels = (
        ends.group_by("value", maintain_order=True)
        .agg(pl.col("stage").first(), pl.col("name"), pl.col("reached").first(), pl.col("percent").first())
        .with_columns(pl.lit(as_of).alias("day"))
    )
    texts = [
        ("{}\n{}" if row["stage"] == _LOWEST else "{}: {}").format(
            " = ".join([*row["name"], *([t("target.line_name")] if row["value"] == aimed else [])]),
            t.number(row["reached"]) if view is View.COUNT else row["percent"],
        )
        for row in labels.iter_rows(named=True)
    ]
    frame = labels.with_columns(pl.Series("label", texts)).drop("name")
    text = alt.Chart(frame).encode(x=x, y=y, text="label:N", color=colour)
    # The lowest line: before the day its label would lie on the others; on a phone two lines fit beside it.
    after = alt.datum.stage == _LOWEST
    before_day = text.transform_filter(~after).mark_text(
        align="right", dx=-6, dy=-8, fontWeight="bold", color=INK
    )
    beside: dict[str, Any] = {
        "align": "left", "dx": 6, "dy": -2, "lineBreak": "\n", "fontWeight": "bold", "color": INK
    }  # fmt: skip
    low = text.transform_filter(after)
    # on white, for the continuation passes there where the lowest line is close below
    cleared = low.encode(color=alt.value("white")).mark_text(**beside, stroke="white", strokeWidth=4)
    return before_day + cleared + low.mark_text(**beside)


def _end(as_of: date, pace: Pace | NoPace | None, view: View) -> tuple[date, float, float] | None:
    """Where the arithmetic continuation ends: (day, value now, value then); None without a pace."""
    if not isinstance(pace, Pace) or not pace.left or pace.months_left is None:
        return None
    months = min(float(pace.months_left), _LONGEST_CONTINUATION_MONTHS)
    unit = 1.0 if view is View.COUNT else 100 / pace.base
    day = as_of + timedelta(days=round(months * 30.4375))
    return day, pace.done * unit, (pace.done + float(pace.per_month) * months) * unit
