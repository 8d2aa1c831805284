"""Rates as bars from zero to 100 %: each with its place, numerator and denominator; what has no rate says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, MUTED, STATUS, finish
from catalogue.i18n import Translator
from catalogue.model.figure import share

_TRACK, _PALE = "#eef1f2", "#93a1a7"  # up to 100 %; a rate that is not ranked
_LETTER, _GAP = 6.4, 14  # pixels
_PHONE = 440  # pixels of a chart in which only short names leave room for bars
_WIDEST = {"wide": 320, "narrow": 140}  # pixels of a name; the rest stands in the tooltip
_PLACE = 34  # pixels


@dataclass(frozen=True)
class Bar:
    """One rate: `short` stands on a phone, in two lines at most; `place` in words, empty where nothing is ranked; `note` stands beside the numbers, and in place of them
    where nothing is below the line."""

    key: str
    name: str
    short: str
    numerator: int
    denominator: int
    place: str = ""
    note: str = ""
    is_pale: bool = False


@kept
def bars(rows: Sequence[Bar], t: Translator, *, name: str, step: int = 24) -> Any:
    """Chart of at least one rate; selection `rate` gives the key of a clicked one. `name`: what the tooltip calls it."""
    told = pl.DataFrame(
        [_told(position, one, t) for position, one in enumerate(rows)], infer_schema_length=None
    )
    has_places = any(one.place for one in rows)
    left = _PLACE if has_places else 0
    wide = left + min(_WIDEST["wide"], _room(told["label"]))
    narrow = left + min(_WIDEST["narrow"], _room(told["short"]))
    names = _either(narrow, wide)
    beside = _either(_room(told["brief"]), _room(told["said"]))
    whole = f"max(width - {names} - {beside}, 40)"
    scale = alt.Scale(
        nice=False, domainMin=alt.expr(f"-{names} / {whole}"), domainMax=alt.expr(f"1 + {beside} / {whole}")
    )
    y = alt.Y("position:O", axis=None, sort=None)
    base = alt.Chart(told).encode(y=y)
    tooltip = [
        alt.Tooltip("name:N", title=name),
        alt.Tooltip("said:N", title=t("agencies.tooltip_rate")),
        alt.Tooltip("counts:N", title=t("agencies.tooltip_counts")),
    ]
    track = (
        base.mark_bar(height=step - 8, color=_TRACK, cursor="pointer")
        .encode(x=alt.X("zero:Q", axis=None, scale=scale), x2="one:Q", tooltip=tooltip)
        .add_params(alt.selection_point(name="rate", fields=["key"], empty=False))
    )
    filled = base.mark_bar(height=step - 8, cursor="pointer").encode(
        x=alt.X("zero:Q", axis=None, scale=scale),
        x2="rate:Q",
        color=alt.condition("datum.is_pale", alt.value(_PALE), alt.value(STATUS["done"])),
        tooltip=tooltip,
    )
    texts = [
        *(
            base.transform_calculate(text=_either("datum.short", "datum.label"))
            .transform_filter(f"indexof(datum.text, '\\n') {test}")
            .mark_text(
                align="left", lineBreak="\n", lineHeight=13, dy=dy, limit=alt.expr(f"{names} - {left} - 6")
            )
            .encode(x=alt.value(left), text="text:N", tooltip=alt.Tooltip("name:N", title=name))
            for test, dy in (("< 0", 0), (">= 0", -6.5))
        ),
        base.transform_calculate(text=_either("datum.brief", "datum.said"))
        .mark_text(align="left", dx=7)
        .encode(
            x=alt.X("one:Q", axis=None, scale=scale),
            text="text:N",
            color=alt.condition("datum.is_muted", alt.value(MUTED), alt.value(INK)),
        ),
    ]
    if has_places:
        texts.append(
            base.mark_text(align="right", color=MUTED).encode(x=alt.value(left - 10), text="place:N")
        )
    return finish(alt.layer(track, filled, *texts).properties(height=alt.Step(step)), t)


def _told(position: int, one: Bar, t: Translator) -> dict[str, Any]:
    counts = f"{t.number(one.numerator)}/{t.number(one.denominator)}"
    percent = t.percent(share(one.numerator, one.denominator, 1)) if one.denominator else ""
    said = f"{percent} · {counts}" if one.denominator else one.note
    return {
        "position": position,
        "key": one.key,
        "name": one.name,
        "label": one.name if len(one.name) * _LETTER <= _WIDEST["wide"] or "\n" in one.short else one.short,
        "short": one.short,
        "place": one.place,
        "zero": 0.0,
        "one": 1.0,
        "rate": one.numerator / one.denominator if one.denominator else 0.0,
        "said": f"{said} · {one.note}" if one.denominator and one.note else said,
        "brief": said,
        "counts": counts if one.denominator else one.note,
        "is_pale": one.is_pale,
        "is_muted": not one.denominator,
    }


def _room(words: pl.Series) -> int:
    """Pixels that the longest of some words takes."""
    return round(max(len(line) for word in words for line in word.split("\n")) * _LETTER) + _GAP


def _either(on_a_phone: object, elsewhere: object) -> str:
    return f"(width < {_PHONE} ? {on_a_phone} : {elsewhere})"
