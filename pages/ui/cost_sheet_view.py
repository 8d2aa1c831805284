"""One procedure's cost by one of its versions: the answer, each piece of work, where every figure comes from."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.model.cost import Activity, Line, Reading, Sheet, case
from catalogue.model.cost_sheet import OF_LINE, OF_SHEET, Draft, Figures, Kind, estimate, shown
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.model.version import Version
from catalogue.services import cost_sheets, costings
from catalogue.services.costings import Costing
from catalogue.services.installation import Installation
from pages.ui import change_words, cost_portfolio_view, menu, plain, tables


def show(installation: Installation, costing: Costing | None, *, in_force: bool, t: Translator) -> None:
    """What the version costs, or why that is not known."""
    if not in_force:
        st.info(t("cost.abolished"), icon=":material/cancel:")
        return
    if costing is None:
        st.info(f"{t('cost.none')} {t('cost.none_do')}", icon=":material/payments:")
        return
    since = cost_sheets.version_of(installation, costing.recorded.draft.version_id).effective_date
    if not costing.is_known:
        st.warning(t("cost.open", day=since), icon=":material/rule:")
        st.markdown("\n".join(f"- {one}" for one in change_words.changes(costing.carried.open, t)))
        st.markdown(t("cost.open_do"))
        return
    sheet = costing.carried.sheet
    answer(sheet, t)
    recorded = costing.recorded
    own = t("cost.own", day=recorded.made_on, year=str(recorded.income_year), income=recorded.income_vnd)
    if costing.is_own:
        st.caption(own)
    else:
        said = [t("cost.carried", day=since)]
        if costing.carried.gone:
            gone = "; ".join(plain.markdown(line.label) for line in costing.carried.gone)
            said.append(t("cost.gone", lines=gone))
        st.caption(" ".join([*said, own]))
    lines(sheet, t)
    st.subheader(t("costs.parts"), anchor=False)
    cost_portfolio_view.parts(
        {one: case([line for line in sheet.lines if line.activity is one], sheet.wage) for one in Activity},
        sum(line.time_cost(sheet.wage) for line in sheet.lines),
        t,
        key="cost-parts",
    )
    sources(recorded.draft, t)


def line(installation: Installation, moment: Moment, version: Version, t: Translator) -> None:
    """One line on the procedure's own page, which opens its sheet."""
    if not version.in_force:
        return
    found = costings.of_versions(installation, moment, [version.version_id]).get(version.version_id)
    is_known = found is not None and found.is_known
    year = money(t, found.carried.sheet.year()) if found and is_known else ""
    with st.container(key="plain-link-cost"):
        said = t("cost.procedure_line", year=year) if is_known else t("cost.procedure_none")
        menu.link("cost", said, code=version.procedure_code)


def answer(sheet: Sheet, t: Translator) -> None:
    """A case and a year, with the span of the sources."""
    said = t("cost.answer", case=money(t, sheet.case()), year=money(t, sheet.year()))
    st.subheader(said, anchor=False)
    counts = {"cases": sheet.cases(), "times": sheet.times.chosen, "people": sheet.people.chosen}
    told = [t("cost.answer_cases", **counts)]
    low, high = (money(t, sheet.year(reading)) for reading in (Reading.LOW, Reading.HIGH))
    if low != high:
        told.append(t("cost.answer_range", low=low, high=high))
    st.markdown(" ".join(told))


def lines(sheet: Sheet, t: Translator) -> None:
    """Every piece of work of a case with what it costs, and their sum."""
    st.subheader(t("cost.lines"), anchor=False)
    whole = sheet.case()
    rows = [_line(one, sheet.wage, whole, t) for one in sheet.lines]
    total = {
        "activity": t("cost.total"), "label": None,
        **{name: sum(row[name] or 0 for row in rows) for name in ("hours", "hired", "fees", "cost")},
        "share": 100.0 if whole else None,
    }  # fmt: skip
    frame = pl.DataFrame([*rows, total], infer_schema_length=None)
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "activity": text(t("cost.field_activity"), width=170),
        "label": text(t("cost.field_label"), width=380),
        "hours": number(t("cost.col_minutes"), width=70),
        "hired": number(t("cost.col_hired"), width=120),
        "fees": number(t("cost.col_fees"), width=120),
        "cost": number(t("cost.col_cost"), width=120),
        "share": number(t("cost.col_share"), width=90),
    }
    digits = {"hours": 2, "hired": 0, "fees": 0, "cost": 0, "share": 1}
    tables.show(
        frame,
        columns,
        key="cost-lines",
        title=t("cost.lines"),
        t=t,
        drawn=tables.written(frame, t, digits),
        height="content",
    )


def sources(draft: Draft, t: Translator) -> None:
    """Every figure with each of its sources; of several which one is used."""
    with st.expander(t("cost.sources"), type="compact"):
        rows = [row for kind in OF_SHEET for row in _sources("–", draft.whole, kind, t)]
        rows += [
            row
            for line in draft.lines
            for kind in OF_LINE
            for row in _sources(line.label, line.figures, kind, t)
        ]
        frame = pl.DataFrame(rows)
        names = {"label": "label", "kind": "kind", "figure": "value", "source": "source", "method": "method"}
        columns = {
            name: st.column_config.TextColumn(t(f"cost.field_{field}"), width=width)
            for (name, field), width in zip(names.items(), (250, 200, 200, 330, 130), strict=True)
        }
        tables.show(frame, columns, key="cost-sources", title=t("cost.sources"), t=t)


def _line(one: Line, income: int, whole: int, t: Translator) -> dict[str, Any]:
    cost = one.cost(income)
    return {
        "activity": t(f"cost.activity_{one.activity}"),
        "label": one.label,
        "hours": one.minutes.chosen / 60,
        "hired": one.hired.chosen,
        "fees": one.fees.chosen,
        "cost": cost,
        "share": float(share(cost, whole, 1)) if whole else None,
    }


def _sources(label: str, figures: Figures, kind: Kind, t: Translator) -> list[dict[str, str]]:
    some = figures.get(kind, ())
    chosen = shown(kind, estimate(figures, kind).chosen)
    every = "; ".join(shown(kind, one.value) for one in some)
    rows = []
    for one in some:
        figure = shown(kind, one.value)
        if len(some) > 1:
            figure = f"{figure} → {t('cost.chosen_of', chosen=chosen, figures=every)}"
        rows.append(
            {
                "label": label,
                "kind": t(f"cost.field_{kind}"),
                "figure": figure,
                "source": one.source,
                "method": t(f"cost.method_{one.method}") if one.method else "–",
            }
        )
    return rows
