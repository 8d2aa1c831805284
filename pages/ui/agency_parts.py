"""A rate by resolution, field or measure type: where it lags, in a sentence, a picture and a table whose rows open."""

import polars as pl
import streamlit as st

from catalogue.charts import rates as chart
from catalogue.charts.rates import Bar
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import agency_progress, figures
from catalogue.services.figures import Dimension, Measure
from catalogue.services.installation import Installation
from pages.ui import agency_grid, agency_rate, chart_view, menu, plain, tables, unlocking_list

_BARS = 15
_FIRST = 34  # letters of a long title before what is left out: resolutions differ at their end
_LONG = 20  # letters of a name from which it takes two lines on a phone
_PARAMS = {Dimension.DOCUMENT: "resolution", Dimension.FIELD: "field", Dimension.MEASURE_TYPE: "measure"}


def resolutions(installation: Installation, kind: str, moment: Moment, t: Translator) -> None:
    """Draw agency by resolution; where each resolution is one agency's, it is said that the cells lie on one line."""
    measure = agency_rate.choose(kind, t)
    agency_rate.whole(installation, measure, moment, t)
    grid = agency_progress.by_document(installation, measure.measure, moment)
    title = _title("documents", measure, t)
    if len(grid.columns) > 1:
        said = t("agencies.answer_documents", rows=len(grid.rows), columns=len(grid.columns))
        if grid.is_one_to_one:
            said += f" {t('agencies.one_to_one')}"
        st.markdown(said)
        agency_grid.show(
            grid, measure, title, t("agencies.documents_caption"), "resolution", t, "grid-documents"
        )
    else:
        st.markdown(t("agencies.one_document", document=plain.markdown(grid.columns[0][2])))
    frame = _left(figures.breakdown(installation, measure.measure, moment, Dimension.DOCUMENT), t)
    names = {key: name for key, _, name in grid.columns}
    told = frame.with_columns(label=pl.col("key").replace_strict(names, return_dtype=pl.String))
    place = _table(told, measure, "documents", title, t)
    _open(measure, Dimension.DOCUMENT, frame["key"].to_list(), place)


def fields(installation: Installation, kind: str, moment: Moment, t: Translator) -> None:
    """Draw the fields with most left, and all of them as a table."""
    measure = agency_rate.choose(kind, t)
    agency_rate.whole(installation, measure, moment, t)
    _parts(installation, measure, moment, Dimension.FIELD, "fields", t)


def measures(installation: Installation, kind: str, moment: Moment, t: Translator) -> None:
    """Draw the measure types, how their sum exceeds the base, and agency by measure type."""
    measure = agency_rate.choose(kind, t)
    agency_rate.whole(installation, measure, moment, t)
    grid, counted = agency_progress.by_measure_type(
        installation, measure.measure, moment, is_english=t.language == "en"
    )
    if not counted.measured:
        st.info(t("agencies.no_measures"), icon=":material/inbox:")
        return
    key = "sum_measures" if counted.counted > counted.measured else "sum_one_each"
    said = t(f"agencies.{key}", counted=counted.counted, items=counted.measured)
    if without := counted.items - counted.measured:
        said += f" {t('agencies.sum_without', count=without)}"
    _parts(installation, measure, moment, Dimension.MEASURE_TYPE, "measures", t, after=said)
    st.subheader(t("agencies.measures_grid"), anchor=False)
    agency_grid.show(
        grid,
        measure,
        _title("measures_grid", measure, t),
        t("agencies.measures_caption"),
        "measure",
        t,
        "grid-measures",
    )


def _title(part: str, measure: Measure, t: Translator) -> str:
    return t(f"agencies.file_{part}", rate=agency_rate.named(measure, t))


def _parts(
    installation: Installation,
    measure: Measure,
    moment: Moment,
    by: Dimension,
    part: str,
    t: Translator,
    *,
    after: str = "",
) -> None:
    """Bars of the parts with most left below the line, then all of them as a table; `after`: what the answer adds."""
    frame = _left(figures.breakdown(installation, measure.measure, moment, by), t)
    bars = [
        Bar(
            row["key"] or "",
            row["label"],
            agency_grid.parted(row["label"], _LONG),
            row["numerator"],
            row["denominator"],
            note=f"{t.number(row['left'])} {_left_word(measure, t)}"
            if row["denominator"]
            else agency_rate.said_without(measure, t),
        )
        for row in frame.iter_rows(named=True)
    ]
    shown, left = bars[:_BARS], int(frame["left"].sum())
    answer = t(
        f"agencies.answer_{part}",
        base=len(bars),
        count=len(shown),
        part=int(frame["left"].head(_BARS).sum()),
        left=left,
        word=_left_word(measure, t),
    )
    st.markdown(f"{answer} {after}".strip())
    title = _title(part, measure, t)
    picked = chart_view.show(
        chart.bars(shown, t, name=t(f"agencies.tooltip_{part}"), step=28),
        title=title,
        alt=t(
            "agencies.parts_alt",
            word=_left_word(measure, t),
            parts="; ".join(f"{bar.name} {bar.numerator}/{bar.denominator}" for bar in bars[:6]),
        ),
        t=t,
        caption=t("agencies.parts_caption", word=_left_word(measure, t)),
        hint=t("agencies.parts_hint"),
        key=f"bars-{part}",
        on_select="rerun",
    )
    keys = [bar.key for bar in bars]
    hits = picked["selection"].get("rate")
    clicked = keys.index(hits[0]["key"]) if hits and hits[0]["key"] in keys else None
    place = _table(frame, measure, part, title, t)
    _open(measure, by, keys, place if clicked is None else clicked)


def _open(measure: Measure, by: Dimension, keys: list[str], place: int | None) -> None:
    """The items of the part that was clicked; what has no key opens nothing."""
    if place is not None and keys[place]:
        page, params = agency_rate.items_of(measure, **{_PARAMS[by]: keys[place]})
        menu.go(page, **params, **menu.way_back())


def _left(frame: pl.DataFrame, t: Translator) -> pl.DataFrame:
    """Parts with their name in the reader's language and what is left below the line, the most first."""
    return frame.with_columns(
        label=pl.col("label" if t.language == "vi" else "label_en").fill_null(t("agencies.no_field")),
        left=pl.col("denominator") - pl.col("numerator"),
    ).sort("left", "denominator", "label", descending=[True, True, False])


def _one_line(labels: pl.Series) -> pl.Series:
    return pl.Series([unlocking_list.shortened(label, _FIRST) for label in labels], dtype=pl.String)


def _left_word(measure: Measure, t: Translator) -> str:
    """What the items below the line and not above it are: not done, overdue, done late, not published."""
    return t(f"agencies.left_{measure.measure.partition('.')[2]}")


def _table(frame: pl.DataFrame, measure: Measure, part: str, title: str, t: Translator) -> int | None:
    counts = list(frame.select("numerator", "denominator").iter_rows())
    shown = frame.select(
        "label",
        "numerator",
        "denominator",
        "left",
        percent=pl.Series(
            [t.percent(share(above, below, 1)) if below else "–" for above, below in counts],
            dtype=pl.String,
        ),
    )
    exact = pl.Series(
        [share(above, below) if below else None for above, below in counts], dtype=pl.Decimal(9, 4)
    )
    column, number = st.column_config, st.column_config.NumberColumn
    return tables.chosen_row(
        shown.with_columns(label=_one_line(shown["label"])),
        f"table-{part}",
        {
            "label": column.TextColumn(t(f"agencies.tooltip_{part}"), width=430),
            "numerator": number(t(f"agencies.above_{measure.measure.partition('.')[2]}"), width=120),
            "denominator": number(t(f"agencies.below_{measure.over}"), width=120),
            "left": number(_left_word(measure, t).capitalize(), width=130),
            "percent": column.TextColumn(t("agencies.col_rate"), width=90, alignment="right"),
        },
        title=title,
        t=t,
        caption=t("agencies.items_hint"),
        whole=shown.with_columns(percent=exact),
    )
