"""Indicators: lines that stop where a comparison stops, ranked bars from zero, components against their maximum."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, RULE, STAGE, STATUS, finish
from catalogue.i18n import Translator

_MOST_LABELS = 14
_BAR_LABEL, _PART_LABEL = 170, 64  # pixels right of a bar as long as its maximum
_TRACK = "#e6eaec"
_COLUMN = 1.3  # of one component in the matrix: a share from 0 to 1, and room for its number


@kept
def line(frame: pl.DataFrame, maximum: int, t: Translator, *, height: int = 190) -> Any:
    """Chart of period_end, label (of the axis), value, shown (the value in words), segment, why (of a break, or null).

    Values are joined within a segment only; a new one begins behind a marked rule. The axis begins at 0.
    """
    drawn = frame.filter(pl.col("value").is_not_null())
    labels = {row["period_end"].isoformat(): row["label"] for row in frame.iter_rows(named=True)}
    x = alt.X(
        "day:O",
        sort=list(labels),
        title=None,
        scale=alt.Scale(domain=list(labels)),
        axis=alt.Axis(labelExpr=f"({_object(labels)})[datum.value]", labelAngle=0, labelOverlap=True),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, maximum], nice=False),
        axis=alt.Axis(tickCount=3, format=",d"),
    )
    drawn = drawn.with_columns(pl.col("period_end").cast(pl.String).alias("day"))
    base = alt.Chart(drawn).encode(x=x, y=y)
    path = base.mark_line(color=STAGE["enacted"], strokeWidth=2.2).encode(detail="segment:N")
    tooltip = [
        alt.Tooltip("label:N", title=t("indicators.col_period")),
        alt.Tooltip("shown:N", title=t("indicators.col_value")),
        alt.Tooltip("coverage:N", title=t("indicators.col_coverage")),
    ]
    dots = base.mark_point(color=STAGE["enacted"], filled=True, size=44, opacity=1).encode(tooltip=tooltip)
    some = drawn if drawn.height <= _MOST_LABELS else pl.concat([drawn.head(1), drawn.tail(1)])
    words = alt.Chart(some).mark_text(dy=-11).encode(x=x, y=y, text="shown:N")
    layers = [path, dots, words]
    broken = frame.filter(pl.col("why").is_not_null()).with_columns(
        pl.col("period_end").cast(pl.String).alias("day"), pl.lit(maximum * 0.04).alias("value")
    )
    if broken.height:
        rule = alt.Chart(broken).mark_rule(color=MUTED, strokeDash=[3, 3], xOffset=-14)
        note = alt.Chart(broken).mark_text(
            color=MUTED, align="left", baseline="bottom", angle=270, dy=-2, xOffset=-14
        )
        layers = [rule.encode(x=x), note.encode(x=x, y=y, text="why:N"), *layers]
    return finish(alt.layer(*layers).properties(height=height), t)


@kept
def ranked(frame: pl.DataFrame, maximum: float, mean: float | None, mean_label: str, t: Translator) -> Any:
    """Chart of key, name, value, label (right of the bar), look (whole, partial, none, chosen), in the order given.

    Selection `agency` gives the key of a clicked bar. What has no value has no bar, and says why.
    """
    order = frame["name"].to_list()
    y = alt.Y(
        "name:N",
        sort=order,
        title=None,
        axis=alt.Axis(
            ticks=False, domain=False, labelOverlap=False, labelLimit=150, labelFontSize=12, labelFlush=False
        ),
    )
    scale = _room(maximum, _BAR_LABEL, least=1 / 3)  # on a phone the labels need more than the bars
    pick = alt.selection_point(name="agency", fields=["key"], empty=False)
    bars = frame.with_columns(pl.col("value").fill_null(0))
    looks = ["whole", "partial", "none", "chosen"]
    colour = alt.Color(
        "look:N",
        legend=None,
        scale=alt.Scale(domain=looks, range=[STAGE["assigned"], _TRACK, _TRACK, STATUS["done"]]),
    )
    bar = (
        alt.Chart(bars)
        .mark_bar(height=12, cursor="pointer")
        .encode(
            y=y,
            x=alt.X("value:Q", title=None, axis=None, scale=scale),
            color=colour,
            tooltip=[
                alt.Tooltip("name:N", title=t("indicators.col_name")),
                alt.Tooltip("label:N", title=t("indicators.col_value")),
            ],
        )
        .add_params(pick)
    )
    text = alt.Chart(bars).encode(y=y, x=alt.X("value:Q", axis=None, scale=scale), text="label:N")
    has_value = alt.datum.look != "none"
    layers: list[Any] = [
        bar,
        text.transform_filter(has_value).mark_text(align="left", dx=5),
        text.transform_filter(~has_value).mark_text(align="left", dx=5, color=MUTED, fontStyle="italic"),
    ]
    if mean is not None:
        at = alt.Chart(pl.DataFrame({"mean": [mean], "said": [mean_label]}))
        where = alt.X("mean:Q", axis=None, scale=scale)
        layers.insert(0, at.mark_rule(color=RULE, strokeWidth=2).encode(x=where))  # behind bars and words
        layers.append(
            at.mark_text(align="right", dx=-4, dy=-6, baseline="bottom", color=INK).encode(
                x=where, y=alt.value(0), text="said:N"
            )
        )
    return finish(alt.layer(*layers).properties(height=alt.Step(20), padding={"top": 22}), t)


@kept
def components(frame: pl.DataFrame, t: Translator) -> Any:
    """Chart of name, maximum, value (or null), mean (or null), label: one bar a component against what it can give."""
    order = frame["name"].to_list()
    y = alt.Y(
        "name:N",
        sort=order,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelLimit=150, labelOverlap=False),
    )
    room = _room(max(frame["maximum"]), _PART_LABEL)
    track = alt.Chart(frame).mark_bar(height=14, color=_TRACK)
    bar = alt.Chart(frame.filter(pl.col("value").is_not_null())).mark_bar(height=14, color=STATUS["done"])
    tick = alt.Chart(frame.filter(pl.col("mean").is_not_null())).mark_tick(color=INK, thickness=2, height=20)
    text = alt.Chart(frame).mark_text(align="left", dx=6)
    tooltip = [
        alt.Tooltip("name:N", title=t("indicators.col_component")),
        alt.Tooltip("label:N", title=t("indicators.col_value")),
        alt.Tooltip("mean_label:N", title=t("indicators.col_mean")),
    ]
    maximum = alt.X("maximum:Q", title=None, axis=None, scale=room)
    layers = [
        track.encode(y=y, x=maximum, tooltip=tooltip),
        bar.encode(y=y, x=alt.X("value:Q", axis=None, scale=room), tooltip=tooltip),
        tick.encode(y=y, x=alt.X("mean:Q", axis=None, scale=room)),
        text.encode(y=y, x=maximum, text="label:N"),
    ]
    return finish(alt.layer(*layers).properties(height=alt.Step(30)), t)


@kept
def matrix(frame: pl.DataFrame, names: Sequence[str], heads: Sequence[str], t: Translator) -> Any:
    """Chart of name, column (0…), share (of the maximum, or null), label: a row an agency, a column a component.

    `heads`: what stands above each column. Every column is as wide as its maximum, so bars compare within a column.
    """
    shown = frame.with_columns(
        (pl.col("column") * _COLUMN).alias("from"),
        (pl.col("column") * _COLUMN + pl.col("share")).alias("to"),
        (pl.col("column") * _COLUMN + 1.0).alias("full"),
    )
    y = alt.Y(
        "name:N",
        sort=list(names),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelOverlap=False, labelLimit=150, labelFlush=False),
    )
    scale = alt.Scale(domain=[0, _COLUMN * len(heads)], nice=False)
    x = alt.X("from:Q", title=None, axis=None, scale=scale)
    track = alt.Chart(shown).mark_bar(height=11, color=_TRACK).encode(y=y, x=x, x2="full:Q")
    bar = (
        alt.Chart(shown.filter(pl.col("share").is_not_null()))
        .mark_bar(height=11, color=STATUS["done"])
        .encode(y=y, x=x, x2="to:Q")
    )
    number = (
        alt.Chart(shown)
        .mark_text(align="left", dx=4, fontSize=11)
        .encode(y=y, x=alt.X("full:Q", axis=None, scale=scale), text="label:N")
    )
    titles = pl.DataFrame({"at": [index * _COLUMN for index in range(len(heads))], "head": list(heads)})
    head = (
        alt.Chart(titles)
        .mark_text(align="left", baseline="top", dy=-34, fontSize=12, color=INK, lineBreak="\n")
        .encode(x=alt.X("at:Q", axis=None, scale=scale), y=alt.value(0), text="head:N")
    )
    return finish(alt.layer(track, bar, number, head).properties(height=alt.Step(18), padding={"top": 40}), t)


def _room(maximum: float, label: int, least: float = 0.5) -> Any:
    """From 0 to the maximum, and beyond it as many pixels as the longest label needs; `least`: of the width, for bars."""
    end = alt.expr(f"{maximum} * width / max(width - {label}, width * {least:.3f})")
    return alt.Scale(domainMin=0, domainMax=end, nice=False)


def axis_label(end: date, kind: str) -> str:
    """A period in the few signs that an axis has room for."""
    if kind == "year":
        return f"{end.year}"
    if kind == "quarter":
        return f"Q{(end.month + 2) // 3}/{end.year}"
    return f"{end:%m/%Y}" if kind == "month" else f"{end:%d/%m/%Y}"


def _object(labels: dict[str, str]) -> str:
    """A mapping as a Vega expression; both sides are made of digits and a few signs."""
    return "{" + ", ".join(f"'{key}': '{label}'" for key, label in labels.items()) + "}"
