"""Which procedures cost people most: the sum with its coverage, what it consists of, a map, and the list."""

import polars as pl
import streamlit as st

from catalogue.charts import cost_map, cost_parts
from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.model.cost import Activity
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import cost_portfolio
from catalogue.services.cost_portfolio import Standing
from catalogue.services.installation import Installation
from pages.ui import chart_view, filters, menu, paging, plain, tables

NAMES = ("agency", "field", "standing")
_SIZE, _MILLION, _NAMED, _DOTS = 25, 10**6, 5, 1_500
_KNOWN = (Standing.OWN, Standing.CARRIED)


def show(installation: Installation, moment: Moment, t: Translator) -> None:
    """Filters, the sentence, the charts, the procedures."""
    everything = cost_portfolio.find(installation, moment)
    left, middle, right = st.columns(3)
    with left:
        agency = _choose(everything, "agency", "agency_code", "agency_name", t)
    mine = everything.filter(pl.col("agency_code") == agency) if agency else everything
    with middle:
        field = _choose(mine, "field", "field_name", "field_name", t)
    mine = mine.filter(pl.col("field_name") == field) if field else mine
    counts = dict(mine.group_by("standing").len().iter_rows())
    with right:
        options = {
            one.value: t("costs.option", label=t(f"costs.standing_{one}"), count=counts.get(one.value, 0))
            for one in Standing
        }
        standing = filters.choose(t("costs.col_standing"), options, "standing", placeholder=t("app.all"))
    known = mine.filter(pl.col("standing").is_in(_KNOWN))
    _answer(mine, known, counts, agency, field, t)
    if known.height:
        parts, dots = st.columns([2, 3], gap="large")
        with parts:
            _parts(known, t)
        with dots:
            _map(known, t)
    _list(mine.filter(pl.col("standing") == standing) if standing else mine, (agency, field, standing), t)


def _choose(frame: pl.DataFrame, name: str, code: str, label: str, t: Translator) -> str | None:
    counted = frame.drop_nulls(code).group_by(code, pl.col(label).alias("label")).len()
    options = {
        value: t("costs.option", label=text, count=count)
        for value, text, count in counted.sort("len", "label", descending=[True, False]).iter_rows()
    }
    return filters.choose(t(f"costs.{name}"), options, name, placeholder=t("app.all"), unlisted={})


def _answer(
    mine: pl.DataFrame,
    known: pl.DataFrame,
    counts: dict[str, int],
    agency: str | None,
    field: str | None,
    t: Translator,
) -> None:
    if known.is_empty():
        st.markdown(f"**{t('costs.portfolio_none')}**")
    else:
        sums = {name: money(t, int(known[f"{name}_vnd"].sum())) for name in ("year", "low", "high")}
        percent = t.percent(share(known.height, mine.height, 1))
        st.markdown(
            f"**{t('costs.portfolio', known=known.height, all=mine.height, percent=percent, **sums)}**"
        )
    with st.container(horizontal=True, gap="small", key="plain-link-standings"):
        for one, text in ((Standing.OPEN, "open"), (Standing.NONE, "missing")):
            if count := counts.get(one.value):
                menu.link(
                    "costs",
                    t(f"costs.portfolio_{text}", count=count),
                    view="procedures",
                    agency=agency,
                    field=field,
                    standing=one.value,
                )


def _parts(known: pl.DataFrame, t: Translator) -> None:
    st.subheader(t("costs.parts"), anchor=False)
    sums = {one: int(known[f"{one}_vnd"].sum()) for one in Activity}
    parts(sums, int(known["time_vnd"].sum()), t, key="cost-parts")


def parts(sums: dict[Activity, int], time: int, t: Translator, *, key: str) -> None:
    """Đồng by kind of work as bars, and how much of it is time."""
    whole = sum(sums.values())
    if not whole:
        return
    shares = {
        name: t.percent(share(amount, whole, 1)) for name, amount in (("time", time), ("money", whole - time))
    }
    said = "; ".join(
        f"{t(f'cost.activity_{one}')} {money(t, amount)}" for one, amount in sums.items() if amount
    )
    chart_view.show(
        cost_parts.bars({one.value: amount for one, amount in sums.items() if amount}, t),
        title=t("costs.parts"),
        alt=t("costs.parts_alt", parts=said),
        t=t,
        caption=t("costs.parts_time", **shares),
        key=key,
    )


def _map(known: pl.DataFrame, t: Translator) -> None:
    st.subheader(t("costs.map"), anchor=False)
    dearest = "; ".join(
        f"{name} {money(t, year)}" for name, year in known.select("name", "year_vnd").head(_NAMED).iter_rows()
    )
    picked = chart_view.show(
        cost_map.points(known.head(_DOTS), t),
        title=t("costs.map"),
        alt=t("costs.map_alt", parts=dearest),
        t=t,
        caption=t("costs.map_about"),
        hint=t("costs.map_hint"),
        key="cost-map",
        on_select="rerun",
    )
    if rows := picked["selection"].get("procedure"):
        menu.go("cost", code=rows[0]["procedure_code"])


def _list(frame: pl.DataFrame, asked: tuple[str | None, ...], t: Translator) -> None:
    st.subheader(t("costs.procedures"), anchor=False)
    if frame.is_empty():
        st.info(t("costs.procedures_none"), icon=":material/filter_alt_off:")
        return
    st.caption(t("costs.shown", count=frame.height))
    page, pages = paging.current(frame.height, _SIZE, ("portfolio", asked))
    some = frame.slice((page - 1) * _SIZE, _SIZE)
    with st.container(key="rows-wide-procedures"):
        shown = _told(some, t)
        place = tables.chosen_row(
            shown,
            f"cost-procedures-{page}",
            _columns(t),
            title=t("costs.procedures"),
            t=t,
            drawn=tables.written(shown, t, {"case": 0, "cases": 0, "year": 1}),
            whole=_told(frame, t),
            caption=t("costs.unit"),
        )
        if place is not None:
            menu.go("cost", code=some["procedure_code"][place])
    with st.container(key="rows-narrow-procedures"):
        for row in some.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("cost", plain.markdown(row["name"]), code=row["procedure_code"])
                year = "–" if row["year_vnd"] is None else money(t, row["year_vnd"])
                st.caption(
                    f"{plain.markdown(row['agency_name'] or '–')} · {t('costs.standing_' + row['standing'])} · {year}"
                )
    paging.show(pages)


def _told(frame: pl.DataFrame, t: Translator) -> pl.DataFrame:
    words = {one.value: t(f"costs.standing_{one}") for one in Standing}
    spans = [
        None if low is None else f"{t.number(low / _MILLION, 1)} – {t.number(high / _MILLION, 1)}"
        for low, high in frame.select("low_vnd", "high_vnd").iter_rows()
    ]
    return frame.select(
        procedure="name",
        code="procedure_code",
        agency="agency_name",
        standing=pl.col("standing").replace_strict(words),
        case="case_vnd",
        cases="cases",
        year=pl.col("year_vnd") / _MILLION,
        range=pl.Series(spans, dtype=pl.String),
    )


def _columns(t: Translator) -> dict[str, object]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    return {
        "procedure": text(t("costs.col_procedure"), width=270),
        "code": text(t("costs.col_code"), width=95),
        "agency": text(t("costs.col_agency"), width=120),
        "standing": text(t("costs.col_standing"), width=150),
        **{name: number(t(f"costs.col_{name}"), width=105) for name in ("case", "cases", "year")},
        "range": text(t("costs.col_range"), width=130),
    }
