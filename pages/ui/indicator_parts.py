"""What both views of indicators draw: a line with its breaks, components against their maximum, the table."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.charts import indicators as chart
from catalogue.i18n import Translator
from catalogue.reference import Indicator, IndicatorGroup
from catalogue.services.indicators import Standing
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import chart_view, tables
from pages.ui import indicator_words as words

_MOST_ROWS = 15


def line(
    rows: pl.DataFrame,
    indicator: Indicator,
    name: str,
    method: str,
    group: IndicatorGroup,
    t: Translator,
    *,
    height: int = 190,
    title: bool = True,
) -> None:
    """services.indicators.means (mean renamed to value) or of_agency, of one kind of period; a sentence where there is
    nothing to draw.
    """
    said = rows.with_columns(
        pl.Series(
            "label",
            [chart.axis_label(row["period_end"], row["period_kind"]) for row in rows.iter_rows(named=True)],
            dtype=pl.String,
        ),
        pl.Series(
            "shown", [_shown(row, indicator, t) for row in rows.iter_rows(named=True)], dtype=pl.String
        ),
        pl.Series("why", [_why(row, t) for row in rows.iter_rows(named=True)], dtype=pl.String),
        pl.Series("coverage", [_coverage(row, t) for row in rows.iter_rows(named=True)], dtype=pl.String),
    )
    valued = said.filter(pl.col("value").is_not_null())
    if "mean_basis" in said.columns:
        said = valued
    if not said.is_empty():  # before its first value a line is not broken
        first = pl.int_range(pl.len()) == 0
        said = said.with_columns(pl.when(~first).then(pl.col("why")).alias("why"))
    else:
        return
    if title:
        st.markdown(f"**{t('indicators.history')}**")
    if valued.height < 2:
        parts = [f"{row['label']}: {row['shown']}" for row in said.iter_rows(named=True)]
        st.markdown(" · ".join(parts))
        said = said.with_columns(pl.when(pl.col("break") != "gap").then(pl.col("why")).alias("why"))
        if said["why"].is_not_null().any():
            st.caption(_breaks(said, t))
        return
    maximum = next(one.maximum for one in indicator.methods if one.code == method)
    parts = [f"{row['label']} {row['shown']}" for row in valued.iter_rows(named=True)]
    noted = said["why"].is_not_null().any()
    chart_view.show(
        chart.line(said, maximum, t, height=height),
        title=f"{name}, {words.name(indicator, t)}. {t('indicators.history')}",
        t=t,
        caption=t("indicators.breaks_note") if noted else None,
        key=f"line-{indicator.code}-{group.code}-{valued['period_kind'][0]}",
        alt=t(
            "indicators.history_alt",
            name=name,
            count=valued.height,
            parts="; ".join(parts),
            breaks=_breaks(said, t),
        ),
    )


def _shown(row: Row, indicator: Indicator, t: Translator) -> str:
    if row["value"] is not None:
        text = (
            words.value(indicator, row["value"], None, t)
            if indicator.unit == "percent"
            else words.number(row["value"], t)
        )
        if row.get("out_of") is not None:
            text = f"{text}/{words.number(row['out_of'], t)}"
        return text
    if row.get("rank") is not None:
        return words.rank(row, t)
    return t(f"indicators.{'not_applicable' if row.get('state') == 'not_applicable' else 'no_value'}")


def _why(row: Row, t: Translator) -> str | None:
    return None if row["break"] is None else t(f"indicators.break_{row['break']}")


def _coverage(row: Row, t: Translator) -> str:
    if "valued" not in row:
        return words.rank(row, t)
    return f"{t.number(row['valued'])}/{t.number(row['of'])}" if row["of"] else t.number(row["valued"])


def _breaks(said: pl.DataFrame, t: Translator) -> str:
    broken = said.filter(pl.col("why").is_not_null())
    if broken.is_empty():
        return t("indicators.breaks_none")
    parts = [f"{row['label']} ({row['why']})" for row in broken.iter_rows(named=True)]
    return t("indicators.breaks", parts=", ".join(parts))


def components(found: Standing, chosen: Row | None, t: Translator) -> None:
    """The components of the chosen agency, or of the mean, against their maximum; then every agency, on a wide screen."""
    whole = _whole(found)
    means = _means(found, whole)
    values = means if chosen is None else _of(found, chosen)
    name = (
        t("indicators.components_of_mean", group=words.within_sentence(found.group, t))
        if chosen is None
        else chosen["short_name"]
    )
    rows = []
    for one in found.indicator.components:
        state, value = values.get(one.code, ("missing", None))
        mean = means.get(one.code, ("missing", None))[1]
        rows.append(
            {
                "name": one.name_vi if t.language == "vi" else one.name_en,
                "maximum": float(one.maximum),
                "value": value,
                "mean": None if chosen is None else mean,
                "label": f"{words.number(value, t, 2)}/{t.number(one.maximum)}"
                if value is not None
                else f"{_no_value(state, t)} (/{t.number(one.maximum)})",
                "mean_label": "–" if mean is None else words.number(mean, t),
            }
        )
    frame = pl.DataFrame(rows, schema_overrides={"value": pl.Float64, "mean": pl.Float64})
    st.markdown(f"**{t('indicators.components', name=name)}**")
    parts = "; ".join(f"{row['name']} {row['label']}" for row in rows)
    total = sum(one.maximum for one in found.indicator.components)
    note = t(f"indicators.components_note{'_mean' if chosen is None else ''}", maximum=total)
    chart_view.show(
        chart.components(frame, t),
        title=t("indicators.components", name=name),
        alt=t("indicators.components_alt", name=name, parts=parts),
        t=t,
        caption=f"{note} {_weakest(rows, t)}".strip(),
        key=f"components-{found.indicator.code}",
    )


def _no_value(state: str, t: Translator) -> str:
    return t("indicators.not_applicable" if state == "not_applicable" else "indicators.no_value")


def _weakest(rows: list[Row], t: Translator) -> str:
    given = [row for row in rows if row["value"] is not None]
    if not given:
        return ""
    least = min(given, key=lambda row: row["value"] / row["maximum"])
    return t(
        "indicators.component_weakest",
        name=least["name"][:1].lower() + least["name"][1:],
        value=words.number(least["value"], t),
        maximum=words.number(least["maximum"], t),
    )


def _whole(found: Standing) -> pl.DataFrame:
    """Those on the indicator's own scale, best first."""
    return found.agencies.filter(pl.col("value").is_not_null() & pl.col("out_of").is_null())


def _of(found: Standing, row: Row) -> dict[str, tuple[str, float | None]]:
    own = found.components.filter(
        pl.col("agency_code").eq_missing(row["agency_code"])
        & pl.col("unit_code").eq_missing(row["unit_code"])
    )
    return {row["component"]: (row["state"], row["value"]) for row in own.iter_rows(named=True)}


def _means(found: Standing, whole: pl.DataFrame) -> dict[str, tuple[str, float | None]]:
    """The mean of each component over those with a whole total."""
    joined = found.components.join(
        whole.select("agency_code", "unit_code"), on=["agency_code", "unit_code"], nulls_equal=True
    )
    means = joined.group_by("component").agg(pl.col("value").mean())
    return {row["component"]: ("value", row["value"]) for row in means.iter_rows(named=True)}


def matrix(found: Standing, t: Translator) -> None:
    """The first agencies of the ranking by component; on a wide screen only."""
    shown = _whole(found).head(_MOST_ROWS)
    names, cells = [], []
    for row in shown.iter_rows(named=True):
        names.append(row["short_name"])
        values = _of(found, row)
        for column, one in enumerate(found.indicator.components):
            state, value = values.get(one.code, ("missing", None))
            cells.append(
                {
                    "name": row["short_name"],
                    "column": column,
                    "share": None if value is None else value / one.maximum,
                    "label": words.number(value, t, 2) if value is not None else _no_value(state, t),
                }
            )
    if not cells:
        return
    heads = [
        f"{one.name_vi if t.language == 'vi' else one.name_en}\n/{one.maximum}"
        for one in found.indicator.components
    ]
    with st.container(key=f"rows-wide-matrix-{found.indicator.code}"):
        st.markdown(f"**{t('indicators.matrix', count=len(names))}**")
        chart_view.show(
            chart.matrix(pl.DataFrame(cells, schema_overrides={"share": pl.Float64}), names, heads, t),
            title=f"{words.name(found.indicator, t)}. {t('indicators.matrix', count=len(names))}",
            alt=t("indicators.matrix_alt"),
            t=t,
            wide=940,
            key=f"matrix-{found.indicator.code}",
        )


def table(installation: Installation, found: Standing, t: Translator) -> None:
    """Every agency of the group with its value, state, rank, change and components; what has none says why."""
    if found.agencies.is_empty():
        return
    parts_of = {
        one.code: f"{one.name_vi if t.language == 'vi' else one.name_en} /{one.maximum}"
        for one in found.indicator.components
    }
    rows = []
    for row in found.agencies.iter_rows(named=True):
        parts = _of(found, row)
        rows.append(
            {
                "name": row["name"],
                "value": row["value"],
                "state": words.state(row, t),
                "rank": row["rank"],
                "change": row["change"],
                "file_rank": row["file_rank"],
                **{one.code: parts.get(one.code, ("missing", None))[1] for one in found.indicator.components},
                "source": words.source(installation, row, t) if row["source"] else None,
            }
        )
    frame = pl.DataFrame(rows, infer_schema_length=None)
    frame = frame.select(
        [name for name in frame.columns if name == "state" or not frame[name].is_null().all()]
    )
    amounts = [name for name in ("value", *parts_of, "change") if name in frame.columns]
    drawn = frame.with_columns(
        pl.Series(name, [_amount(value, name, t) for value in frame[name]], dtype=pl.String)
        for name in amounts
    )
    text: Any = st.column_config.TextColumn
    number: Any = st.column_config.NumberColumn
    columns = {
        "name": text(t("indicators.col_name"), width="medium"),
        "value": text(t("indicators.col_value"), width="small", alignment="right"),
        "state": text(t("indicators.col_state"), width="small"),
        "rank": number(t("indicators.col_rank"), width="small"),
        "change": text(t("indicators.col_change"), width="small", alignment="right"),
        "file_rank": number(t("indicators.col_file_rank"), width="small"),
        "source": text(t("indicators.col_source"), width="medium"),
        **{code: text(label, width="small", alignment="right") for code, label in parts_of.items()},
    }
    when = words.period(found.period.end, found.period.kind.value, t, found.measured_to)
    with st.expander(t("indicators.table")):
        tables.show(
            frame,
            columns,
            key=f"table-{found.indicator.code}",
            title=f"{words.name(found.indicator, t)}: {words.within_sentence(found.group, t)}, {when}",
            t=t,
            drawn=drawn,
        )


def _amount(value: float | None, name: str, t: Translator) -> str | None:
    if value is None:
        return None
    sign = "" if name != "change" or value == 0 else "+" if value > 0 else "−"
    return f"{sign}{words.number(abs(value), t, 2)}"
