"""Agencies of a group as ranked bars from zero; what has no value has no bar, and says why."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from catalogue.charts import indicators as chart
from catalogue.i18n import Translator
from catalogue.services.indicators import Standing
from catalogue.store.database import Row
from pages.ui import chart_view, filters, menu
from pages.ui import indicator_words as words

_HEAD, _TAIL = 12, 5


def show(found: Standing, chosen: Row | None, t: Translator, kept: Mapping[str, str]) -> None:
    """Who has a value, the best first, then who has none and why; a clicked bar chooses that agency.

    `kept`: what of the address stays then.
    """
    frame = found.agencies
    if frame.filter(pl.col("state") != "missing").is_empty():
        return
    st.markdown(f"**{t('indicators.ranking', group=words.within_sentence(found.group, t))}**")
    shown = frame.with_row_index("at")
    if frame.height > _HEAD + _TAIL + 3:
        extents = {
            "some": t("indicators.ranking_some"),
            "all": t("indicators.ranking_all", count=frame.height),
        }
        if filters.switch(t("indicators.ranking_extent"), extents, "extent") == "some":
            shown = _ends(shown, chosen)
    maximum = words.maximum(found)
    mean = None if found.mean is None else float(found.mean)
    drawn = pl.DataFrame(
        _bars(shown, found, chosen, t),
        schema={
            "key": pl.String,
            "name": pl.String,
            "value": pl.Float64,
            "label": pl.String,
            "look": pl.String,
        },
    )
    best = "; ".join(f"{row['name']} {row['label']}" for row in drawn.head(5).iter_rows(named=True))
    skipped = frame.height - shown.height
    notes = [t("indicators.ranking_skipped", count=skipped, all=frame.height)] if skipped else []
    if frame["file_rank"].is_not_null().any():
        notes.append(t("indicators.file_rank_note"))
    picked = chart_view.show(
        chart.ranked(
            drawn,
            maximum,
            mean,
            t("indicators.mean_label", value=words.number(mean, t)) if mean is not None else "",
            t,
        ),
        title=f"{words.name(found.indicator, t)}: {words.within_sentence(found.group, t)}, {words.when(found, t)}",
        alt=t("indicators.ranking_alt", period=words.when(found, t), count=found.coverage.valued, parts=best),
        caption=" ".join(notes) or None,
        hint=t("indicators.ranking_hint"),
        t=t,
        key=f"ranking-{found.indicator.code}-{found.group.code}",
        on_select="rerun",
    )
    hits = picked["selection"].get("agency")
    if hits and hits[0]["key"]:
        st.session_state.pop("agency", None)
        menu.go("indicators", **kept, agency=hits[0]["key"])


def _ends(numbered: pl.DataFrame, chosen: Row | None) -> pl.DataFrame:
    """The first and the last of those with a value, the chosen one, and those without a value where they are few."""
    whole = numbered.filter(pl.col("value").is_not_null() & pl.col("out_of").is_null())["at"]
    wanted = {*whole.head(_HEAD), *whole.tail(_TAIL)}
    rest = numbered.filter(~pl.col("at").is_in(list(whole)))
    given = rest.filter(pl.col("state") != "missing")["at"]
    wanted |= set(rest["at"] if rest.height <= _TAIL else given)
    if chosen is not None:
        wanted |= {
            row["at"] for row in numbered.iter_rows(named=True) if words.key_of(row) == words.key_of(chosen)
        }
    return numbered.filter(pl.col("at").is_in(sorted(wanted)))


def _bars(shown: pl.DataFrame, found: Standing, chosen: Row | None, t: Translator) -> list[Row]:
    """A bar an agency in the order of the frame, and a line where some of them (`at`) are left out."""
    bars: list[Row] = []
    before = -1
    for row in shown.iter_rows(named=True):
        if (out := row["at"] - before - 1) and bars:
            apart = "\u200b" * len(bars)  # two gaps of one size would share a line of the chart
            name = t("indicators.ranking_gap", count=out) + apart
            gap = {"key": "", "name": name, "value": None}
            bars.append(gap | {"label": t("indicators.ranking_gap_label"), "look": "none"})
        bars.append(_bar(row, found, chosen, t))
        before = row["at"]
    return bars


def _bar(row: Row, found: Standing, chosen: Row | None, t: Translator) -> Row:
    is_chosen = chosen is not None and words.key_of(row) == words.key_of(chosen)
    if row["state"] == "missing":
        look, label = "none", t("indicators.no_value")
    elif row["state"] == "not_applicable":
        look, label = "none", t("indicators.not_applicable")
    elif row["value"] is None:
        look = "none"
        label = t("indicators.rank_no_value", rank=row["rank"], of=row["rank_of"])
    elif row["out_of"] is not None:
        value = t(
            "indicators.of_applicable",
            value=words.number(row["value"], t),
            maximum=words.number(row["out_of"], t),
        )
        look, label = "partial", f"{value} · {t('indicators.not_ranked')}"
    else:
        look = "chosen" if is_chosen else "whole"
        value = words.number(row["value"], t, 2)
        parts = [f"{value} %" if found.indicator.unit == "percent" else value]
        if row["rank"] is not None:
            parts.append(t("indicators.ranked", rank=row["rank"], of=row["rank_of"] or "–"))
        if row["change"] is not None:
            parts.append(words.change(found.indicator, row["change"], t, 2).split(" ", 1)[0])
        label = " · ".join(parts)
    return {
        "key": words.key_of(row),
        "name": row["short_name"],
        "value": row["value"],
        "label": label,
        "look": look,
    }
