"""The cost of one item's procedure before and after: the answer with its causes, the steps, each piece of work."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.model.cost import Change, Line
from catalogue.model.figure import share
from catalogue.services.cost_savings import ItemCost, State
from catalogue.services.costings import Costing
from catalogue.text import spelling_key
from pages.ui import change_words, cost_savings_view, menu, plain, tables


def show(found: ItemCost, t: Translator) -> None:
    """What the item saved, or what is missing to know it and where to mend that."""
    before, after, by = found.before, found.after, found.change
    if before is None or after is None or by is None:
        _missing(found, t)
        return
    st.subheader(_headline(by, t), anchor=False)
    st.markdown(cost_savings_view.causes(by, t))
    old, new = before.carried.sheet, after.carried.sheet
    st.markdown(
        t(
            "cost.compare_counts",
            before_case=money(t, old.case()),
            after_case=money(t, new.case()),
            before_cases=old.cases(),
            after_cases=new.cases(),
            before_income=old.wage,
            after_income=new.wage,
        )
    )
    st.caption(t("cost.after_own" if after.is_own else "cost.after_carried"))
    cost_savings_view.waterfall(by, t, key="cost-change")
    _lines(before, after, t)


def line(found: ItemCost | None, t: Translator) -> None:
    """One line on the item's own page, which opens the comparison; none where there is no procedure to cost."""
    if found is None or found.state is State.NO_PROCEDURE:
        return
    said = t(f"cost.state_{found.state}")
    if found.change is not None:
        said = _headline(found.change, t)
    elif found.before is not None and found.before.is_known:
        year = t("cost.change_before", year=money(t, found.before.carried.sheet.year()))
        said = f"{year}; {said.lower()}"
    with st.container(key="plain-link-cost"):
        menu.link("cost_change", t("cost.item_line", said=said), item=found.row["item_id"])


def _headline(by: Change, t: Translator) -> str:
    if by.saved == 0:
        return t("cost.change_same")
    if by.saved < 0:
        return t("cost.change_risen", amount=money(t, -by.saved))
    percent = t.percent(share(by.saved, by.before, 1))
    return t("cost.change_saved", amount=money(t, by.saved), percent=percent)


def _missing(found: ItemCost, t: Translator) -> None:
    code, before = found.row["procedure_code"], found.before
    st.info(
        t(f"cost.why_{found.state}", code=plain.markdown(found.row["replaced_by"] or "–")),
        icon=":material/payments:",
    )
    if before is not None and before.is_known:
        st.markdown(t("cost.change_before", year=money(t, before.carried.sheet.year())))
    wanted = None
    if found.state in (State.NO_SHEET, State.OLD_SHEET):
        wanted = ("cost.make_before", found.row["before_id"])
    elif found.state is State.OPEN:
        wanted = ("cost.make_after", found.row["now_id"])
        if found.after is not None:
            st.markdown("\n".join(f"- {one}" for one in change_words.changes(found.after.carried.open, t)))
    if wanted:
        menu.link("cost", t(wanted[0]), code=code, version=wanted[1])


def _lines(before: Costing, after: Costing, t: Translator) -> None:
    """Each piece of work on both sides, by kind of work and name."""
    st.subheader(t("cost.compare_lines"), anchor=False)
    sides = [_costs(one) for one in (before, after)]
    names = {key: line for costs in reversed(sides) for key, (line, _) in costs.items()}
    rows = []
    for key in dict.fromkeys((*sides[0], *sides[1])):
        was, now = (costs[key][1] if key in costs else None for costs in sides)
        line = names[key]
        rows.append(
            {
                "activity": t(f"cost.activity_{line.activity}"),
                "label": line.label,
                "before": was,
                "after": now,
                "change": (now or 0) - (was or 0),
            }
        )
    totals = [one.carried.sheet.case() for one in (before, after)]
    rows.append(
        {
            "activity": t("cost.total"), "label": None, "before": totals[0], "after": totals[1],
            "change": totals[1] - totals[0],
        }
    )  # fmt: skip
    frame = pl.DataFrame(rows, infer_schema_length=None)
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "activity": text(t("cost.field_activity"), width=180),
        "label": text(t("cost.field_label"), width=420),
        **{name: number(t(f"cost.col_line_{name}"), width=140) for name in ("before", "after", "change")},
    }
    digits = dict.fromkeys(("before", "after", "change"), 0)
    tables.show(
        frame,
        columns,
        key="cost-compare",
        title=t("cost.compare_lines"),
        t=t,
        drawn=tables.written(frame, t, digits),
        height="content",
    )


def _costs(one: Costing) -> dict[tuple[str, str], tuple[Line, int]]:
    sheet = one.carried.sheet
    return {
        (line.activity.value, spelling_key(line.label)): (line, line.cost(sheet.wage)) for line in sheet.lines
    }
