"""What cuts saved: the sum with its causes and its coverage, by agency, and every item behind it."""

import polars as pl
import streamlit as st

from catalogue.charts import cost_waterfall
from catalogue.i18n import Translator
from catalogue.i18n.money import change, money
from catalogue.model.cost import Change, Reading
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import cost_savings, figures
from catalogue.services.cost_savings import State, Total
from catalogue.services.installation import Installation
from pages.ui import chart_view, filters, menu, paging, plain, tables

NAMES = ("programme", "agency", "state")
_SIZE, _MILLION = 25, 10**6
_MONEY = ("before", "after", "saved", "reform")


def show(installation: Installation, moment: Moment, t: Translator) -> None:
    """Filters, the sentence, the steps, agencies, items."""
    left, middle, right = st.columns(3)
    with left:
        kinds = {figures.PROGRAMMES[kind]: t(f"programme.{kind}") for kind in figures.PROCEDURE_PROGRAMMES}
        programme = filters.choose(t("costs.programme"), kinds, "programme", placeholder=t("app.all"))
    everything = cost_savings.find(installation, moment, programme)
    with middle:
        agency = _agency(everything, t)
    mine = everything.filter(pl.col("agency_code") == agency) if agency else everything
    with right:
        counts = dict(mine.group_by("state").len().iter_rows())
        options = {
            one.value: t("costs.option", label=t(f"cost.state_{one}"), count=counts.get(one.value, 0))
            for one in State
        }
        state = filters.choose(t("costs.state"), options, "state", placeholder=t("app.all"))
    total = cost_savings.total(mine)
    answer(total, {"programme": programme, "agency": agency}, t)
    _unknown(counts, programme, agency, t)
    if total.procedures:
        st.subheader(t("costs.waterfall"), anchor=False)
        waterfall(total.change, t, key="waterfall")
        _readings(installation, moment, programme, agency, t)
        if agency is None:
            _agencies(mine, t)
    _items(mine.filter(pl.col("state") == state) if state else mine, (programme, agency, state), t)


def answer(total: Total, asked: dict[str, str | None], t: Translator) -> None:
    """What was saved, of what, by which cause, and of how many items it is known."""
    by = total.change
    if total.procedures:
        if by.saved < 0:
            said = t("costs.risen", amount=money(t, -by.saved))
        elif by.before:
            percent = t.percent(share(by.saved, by.before, 1))
            said = t("costs.saved_share", amount=money(t, by.saved), percent=percent)
        else:
            said = t("costs.saved", amount=money(t, by.saved))
        with st.container(key="headline-costs"):
            menu.link("costs", f"**{said}**", state=State.COSTED.value, **asked)
        spans = {"before": money(t, by.before), "after": money(t, by.after), "count": total.procedures}
        st.markdown(t("costs.of_procedures_more" if by.saved < 0 else "costs.of_procedures", **spans))
        st.markdown(causes(by, t))
    else:
        st.markdown(f"**{t('costs.elsewhere' if total.costed else 'costs.nothing')}**")
    costed, done = total.coverage
    if not done:
        st.caption(t("costs.coverage_none"))
        return
    percent = t.percent(share(costed, done, 1))
    st.caption(t("costs.coverage", costed=costed, done=done, percent=percent))


def _readings(
    installation: Installation, moment: Moment, programme: str | None, agency: str | None, t: Translator
) -> None:
    """The same by the least and by the most that sources say, where those differ."""
    saved = []
    for reading in (Reading.LOW, Reading.HIGH):
        frame = cost_savings.find(installation, moment, programme, reading=reading)
        own = frame.filter(pl.col("agency_code") == agency) if agency else frame
        saved.append(cost_savings.total(own).change.saved)
    low, high = saved
    if low != high:
        st.caption(t("costs.readings", low=money(t, low), high=money(t, high)))


def causes(by: Change, t: Translator) -> str:
    """The three causes of a change in one sentence."""
    amounts = {"reform": by.reform, "income": by.wage, "volume": by.volume}
    return t("costs.causes", **{name: f"**{change(t, amount)}**" for name, amount in amounts.items()})


def waterfall(by: Change, t: Translator, *, key: str) -> None:
    """The steps from before to after."""
    amounts = {"reform": by.reform, "income": by.wage, "volume": by.volume}
    chart_view.show(
        cost_waterfall.steps(by, t),
        title=t("costs.waterfall"),
        alt=t(
            "costs.waterfall_alt",
            before=money(t, by.before),
            after=money(t, by.after),
            **{name: change(t, amount) for name, amount in amounts.items()},
        ),
        t=t,
        caption=t("costs.waterfall_about"),
        key=key,
    )


def _agency(frame: pl.DataFrame, t: Translator) -> str | None:
    counted = (
        frame.group_by("agency_code", "agency_name")
        .len()
        .sort("len", "agency_name", descending=[True, False])
    )
    options = {
        code: t("costs.option", label=name, count=count) for code, name, count in counted.iter_rows() if code
    }
    return filters.choose(t("costs.agency"), options, "agency", placeholder=t("app.all"), unlisted={})


def _unknown(counts: dict[str, int], programme: str | None, agency: str | None, t: Translator) -> None:
    """Every state with its count, each the way to its items."""
    with st.container(horizontal=True, gap="small", key="plain-link-states"):
        for one in State:
            if counts.get(one.value):
                said = t("costs.count_state", state=t(f"cost.state_{one}"), count=counts[one.value])
                menu.link("costs", said, programme=programme, agency=agency, state=one.value)


def _agencies(frame: pl.DataFrame, t: Translator) -> None:
    """A row an agency: how much of what it has done is known, and what that saved."""
    rows = []
    for (code, name), own in frame.group_by("agency_code", "agency_name"):
        total = cost_savings.total(own)
        if total.done:
            rows.append({"agency_code": code, "agency_name": name, **_row(total)})
    if not rows:
        return
    st.subheader(t("costs.by_agency"), anchor=False)
    table = pl.DataFrame(rows, infer_schema_length=None).sort(
        "saved", "agency_name", descending=[True, False], nulls_last=True
    )
    shown = table.drop("agency_code")
    headings = {name: t(f"costs.col_{name}") for name in ("agency", "done", "costed", *_MONEY, "share")}
    columns = {"agency_name": st.column_config.TextColumn(headings["agency"], width="medium")} | {
        name: st.column_config.NumberColumn(headings[name], width="small")
        for name in shown.columns
        if name != "agency_name"
    }
    digits = {"done": 0, "costed": 0, **dict.fromkeys((*_MONEY, "share"), 1)}
    place = tables.chosen_row(
        shown,
        "cost-agencies",
        columns,
        title=t("costs.by_agency"),
        t=t,
        drawn=tables.written(shown, t, digits),
        caption=t("costs.unit"),
    )
    if place is not None:
        menu.go("costs", agency=table["agency_code"][place], **menu.way_back())


def _row(total: Total) -> dict[str, float | int | None]:
    by = total.change
    known = total.procedures > 0
    return {
        "done": total.done,
        "costed": total.costed,
        "before": by.before / _MILLION if known else None,
        "after": by.after / _MILLION if known else None,
        "saved": by.saved / _MILLION if known else None,
        "share": 100 * by.saved / by.before if known and by.before else None,
        "reform": -by.reform / _MILLION if known else None,
    }


def _items(frame: pl.DataFrame, asked: tuple[str | None, ...], t: Translator) -> None:
    """Every item with what is known of it, most saved first; a chosen one opens its comparison."""
    st.subheader(t("costs.items"), anchor=False)
    if frame.is_empty():
        st.info(t("costs.items_none"), icon=":material/filter_alt_off:")
        return
    ordered = frame.with_columns(saved_vnd=pl.col("before_vnd") - pl.col("after_vnd")).sort(
        "saved_vnd", "before_vnd", "item_id", descending=[True, True, False], nulls_last=True
    )
    page, pages = paging.current(ordered.height, _SIZE, ("costs", asked))
    some = ordered.slice((page - 1) * _SIZE, _SIZE)
    whole = _told(ordered, t)
    with st.container(key="rows-wide-items"):
        shown = _told(some, t)
        digits = dict.fromkeys(_MONEY, 1)
        place = tables.chosen_row(
            shown,
            f"cost-items-{page}",
            _columns(t),
            title=t("costs.items"),
            t=t,
            drawn=tables.written(shown, t, digits),
            whole=whole,
            caption=t("costs.unit"),
        )
        if place is not None:
            menu.go("cost_change", item=some["item_id"][place])
    with st.container(key="rows-narrow-items"):
        for row in some.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("cost_change", plain.markdown(row["title"]), item=row["item_id"])
                saved = _saved(row["saved_vnd"], t) if row["state"] == State.COSTED else ""
                st.caption(
                    f"{plain.markdown(row['agency_name'] or '–')} · {t('cost.state_' + row['state'])}{saved}"
                )
    paging.show(pages)


def _saved(vnd: int, t: Translator) -> str:
    return (
        f" · {t('costs.risen', amount=money(t, -vnd)) if vnd < 0 else t('costs.saved', amount=money(t, vnd))}"
    )


def _told(frame: pl.DataFrame, t: Translator) -> pl.DataFrame:
    words = {one.value: t(f"cost.state_{one}") for one in State}
    return frame.select(
        procedure="title",
        agency="agency_name",
        state=pl.col("state").replace_strict(words),
        before=pl.col("before_vnd") / _MILLION,
        after=pl.col("after_vnd") / _MILLION,
        saved=pl.col("saved_vnd") / _MILLION,
        reform=-pl.col("reform_vnd") / _MILLION,
    )


def _columns(t: Translator) -> dict[str, object]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    return {
        "procedure": text(t("costs.col_procedure"), width=330),
        "agency": text(t("costs.col_agency"), width=130),
        "state": text(t("costs.col_state"), width=170),
        **{name: number(t(f"costs.col_{name}"), width=105) for name in _MONEY},
    }
