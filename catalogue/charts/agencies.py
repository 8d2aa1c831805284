"""Agencies as horizontal bars: done, in time, due soon, overdue; most overdue first, every part named where it stands."""

from typing import Any

import altair as alt
import polars as pl

from catalogue.charts.kept import kept
from catalogue.charts.theme import INK, STATUS, finish
from catalogue.i18n import Translator

STATES = ("done", "in_time", "due_soon", "overdue")
_LONGEST_NAME = 28  # letters; an agency with a longer name stands under its short one
_LETTER, _CAPITAL = 5.9, 6.5  # pixels of a letter, on the wide side; in a name many are capitals
_GAP = 10  # pixels between a bar and the words around it
_PHONE = 440  # pixels of a chart in which only short names leave room for bars
_INSIDE = ("done", "in_time")  # the parts that are named in the bar; lateness is said beside it, in words
_LATE = "#a5331f"  # the red of a late bar is too light to be read as text
_INKED = alt.Color("ink:N", scale=None)  # a colour of the row: an alt.when costs as much as a layer


@kept
def bars(frame: pl.DataFrame, t: Translator, step: int = 18) -> Any:
    """Chart of services.figures.by_agency; selection `agency` gives the agency_code of a clicked bar.

    `step`: pixels of a row.
    """
    told = pl.DataFrame([_told(place, row, t) for place, row in enumerate(frame.iter_rows(named=True))])
    name = _either(*(_room(told[column]) for column in ("short", "name")))
    an_item = _pixels_an_item(told, name)
    x = alt.X(
        "items:Q",
        stack="zero",
        axis=None,
        scale=alt.Scale(
            nice=False,
            domainMin=alt.expr(f"-{name} / {an_item}"),
            domainMax=alt.expr(f"(width - {name}) / {an_item}"),
        ),
    )
    y = alt.Y("place:O", axis=None, sort=None)
    parts = _parts(told, frame, t)
    labels = alt.Chart(told).encode(y=y)
    layers = [
        _bars(parts, x, y, t, step),
        _inside(parts, y, an_item),
        labels.transform_calculate(said=f"width < {_PHONE} ? datum.short : datum.name")
        .mark_text(align="left", baseline="middle", limit=alt.expr(f"{name} - 2"))
        .encode(x=alt.value(0), text="said:N"),
        labels.transform_calculate(said=f"width < {_PHONE} ? datum.brief : datum.beside")
        .mark_text(align="left", baseline="middle", dx=5)
        .encode(
            x=alt.X("base:Q", axis=None),
            text="said:N",
            color=_INKED,
        ),
    ]
    return finish(alt.layer(*layers).properties(height=alt.Step(step)), t)


def _told(place: int, row: dict[str, Any], t: Translator) -> dict[str, Any]:
    late = t("overview.overdue_short", count=row["overdue"]) if row["overdue"] else ""
    soon = t("overview.due_soon_short", count=row["due_soon"]) if row["due_soon"] else ""
    whole = t("overview.bar_complete") if row["done"] == row["base"] else ""
    long = row["agency_name"] if len(row["agency_name"]) <= _LONGEST_NAME else row["agency_short_name"]
    return {
        "place": place,
        "agency_code": row["agency_code"],
        "name": long,
        "short": row["agency_short_name"],
        "base": row["base"],
        "ink": _LATE if row["overdue"] else INK,
        "beside": " · ".join(filter(None, [late, soon])) or whole,
        "brief": late or soon or whole,
    }


def _parts(told: pl.DataFrame, frame: pl.DataFrame, t: Translator) -> pl.DataFrame:
    """One row a part of a bar, with where it begins and the words that may stand in it."""
    words = {state: t(f"deadline.bar_{state}") for state in STATES}
    return (
        told.select("place", "agency_code", "name", "base")
        .join(frame.select("agency_code", *STATES), on="agency_code")
        .unpivot(
            STATES,
            index=["place", "agency_code", "name", "base"],
            variable_name="state",
            value_name="items",
        )
        .filter(pl.col("items") > 0)
        .with_columns(
            word=pl.col("state").replace_strict(words),
            rank=pl.col("state").replace_strict(
                {state: rank for rank, state in enumerate(STATES)}, return_dtype=pl.Int64
            ),
            ink=pl.when(pl.col("state") == "done").then(pl.lit("#ffffff")).otherwise(pl.lit(INK)),
            count=pl.col("items").map_elements(lambda items: t.number(items), return_dtype=pl.String),
        )
        .with_columns(said=pl.col("count") + " " + pl.col("word").str.to_lowercase())
        .sort("place", "rank")
        .with_columns(
            middle=pl.col("items").cum_sum().over("place") - pl.col("items") / 2,
            room=pl.col("said").str.len_chars() * _LETTER + 6,
            bare_room=pl.col("count").str.len_chars() * _LETTER,
        )
    )


def _bars(parts: pl.DataFrame, x: Any, y: Any, t: Translator, step: int) -> Any:
    colour = alt.Scale(domain=list(STATES), range=[STATUS[state] for state in STATES])
    return (
        alt.Chart(parts)
        .mark_bar(height=step - 4, cursor="pointer", stroke="#ffffff", strokeWidth=0.8)
        .encode(
            x=x,
            y=y,
            color=alt.Color("state:N", legend=None, scale=colour),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("name:N", title=t("overview.tooltip_agency")),
                alt.Tooltip("word:N", title=t("overview.tooltip_state")),
                alt.Tooltip("items:Q", title=t("overview.tooltip_count"), format=",d"),
                alt.Tooltip("base:Q", title=t("overview.tooltip_base"), format=",d"),
            ],
        )
        .add_params(alt.selection_point(name="agency", fields=["agency_code"], empty=False))
    )


def _inside(parts: pl.DataFrame, y: Any, an_item: str) -> Any:
    """Number and word in a part that is wide enough for both, the number where only it fits."""
    return (
        alt.Chart(parts.filter(pl.col("state").is_in(_INSIDE)))
        .transform_calculate(
            shown=f"datum.items * {an_item} > datum.room ? datum.said"
            f" : datum.items * {an_item} > datum.bare_room + 3 ? datum.count : ''"
        )
        .mark_text(align="center", baseline="middle")
        .encode(
            x=alt.X("middle:Q", axis=None),
            y=y,
            text="shown:N",
            color=_INKED,
        )
    )


def _pixels_an_item(told: pl.DataFrame, name: str) -> str:
    """As long as every bar leaves room for the words at its end; on no account nothing."""
    rooms = ", ".join(
        f"(width - {name} - {_either(_wide(row['brief']), _wide(row['beside']))}) / {row['base']}"
        for row in told.iter_rows(named=True)
    )
    return f"max(min({rooms}), width / {5 * max(told['base'])})"


def _room(names: pl.Series) -> int:
    return max(round(len(name) * _CAPITAL) for name in names) + _GAP


def _wide(words: str) -> int:
    """Pixels that words take at the end of a bar."""
    return round(len(words) * _LETTER) + _GAP


def _either(on_a_phone: int, elsewhere: int) -> str:
    return f"(width < {_PHONE} ? {on_a_phone} : {elsewhere})"
