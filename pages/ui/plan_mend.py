"""What is wrong with a plan, mended on screen: one value once for all its rows, and any cell in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError, Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.model.authority import FORM_WORDS, LEVEL_WORDS
from catalogue.model.plan import TEXTS
from catalogue.model.plan_transfer import COLUMNS as PLACE_COLUMNS
from catalogue.services import plans
from catalogue.services.installation import Installation
from catalogue.services.plan_reading import Plan, moves_authority, tracks_procedures
from pages.ui import feedback, plain, plan_head

_MOST = 30
_MOST_ROWS = 15
_AGENCY_RULES = (
    "plan_agency_unknown",
    "plan_agency_not_on_day",
    "plan_lead_missing",
    "plan_lead_is_group",
)
_FORM_RULES = ("plan_form_missing", "plan_form_unknown")
_PLACE_RULES = (
    "plan_place_missing",
    "plan_place_unknown",
    "plan_level_ended",
    "plan_transfer_same",
    "plan_transfer_upward",
)
_MEASURE_RULES = ("plan_measure_unknown", "plan_measure_not_of_programme")
_SAID_FOR_ALL = ("lead", "form", "from_place", "to_place")  # blank in several rows: mended once for all
_ROW_RULES = ("plan_procedure_twice", "plan_item_there_already")


@dataclass(frozen=True)
class _Fault:
    """One value that is wrong, and the rows in which it stands."""

    issue: Issue
    cell: str
    rows: tuple[int, ...]

    @property
    def key(self) -> str:
        return f"{self.issue.rule}-{self.issue.column}-{self.rows[0]}"


def show(installation: Installation, actor: Actor, plan: Plan, t: Translator) -> None:
    """The faults with their inputs, then the warnings, then the table of every cell."""
    faults = _faults(plan)
    if not plan.errors:
        st.success(t("plan.mend_none"), icon=":material/check_circle:")
    elif faults:
        st.markdown(t("plan.mend_about", count=len(plan.errors)))
    for issue in plan.errors:
        if issue.row is None:
            st.error(issue_text(t, issue, plain.markdown, form="plan"), icon=":material/error:")
    if faults:
        _form(installation, actor, plan, faults, t)
    plan_head.warnings(tuple(issue for issue in plan.issues if issue.severity == "warning"), t)
    _table(installation, actor, plan, t)


def _faults(plan: Plan) -> list[_Fault]:
    """The errors of the rows, put together where the same cell is wrong in the same way."""
    cells = {line.row: line for line in plan.kept}
    found: dict[tuple[Any, ...], list[Issue]] = {}
    for issue in plan.errors:
        if issue.row is None or issue.column is None:
            continue
        cell = getattr(cells[issue.row], issue.column)
        is_own = issue.rule in _ROW_RULES or (not cell and issue.column not in _SAID_FOR_ALL)
        own = issue.row if is_own else None
        found.setdefault((issue.rule, issue.column, cell, issue.value if own is None else own), []).append(
            issue
        )
    return [
        _Fault(issues[0], getattr(cells[issues[0].row or 0], issues[0].column or ""), _rows(issues))
        for issues in found.values()
    ]


def _rows(issues: Sequence[Issue]) -> tuple[int, ...]:
    return tuple(issue.row for issue in issues if issue.row is not None)


def _form(
    installation: Installation, actor: Actor, plan: Plan, faults: Sequence[_Fault], t: Translator
) -> None:
    prefix = f"mend-{plan.batch['batch_id']}-{plan.batch['edits']}-"
    with st.form(f"{prefix}form", border=False):
        said = [(fault, _input(installation, plan, fault, prefix, t)) for fault in faults[:_MOST]]
        if len(faults) > _MOST:
            st.caption(t("plan.mend_more", count=len(faults) - _MOST))
        is_saved = st.form_submit_button(t("plan.mend_save"), type="primary", icon=":material/save:")
    if not is_saved:
        return
    changes: dict[int, dict[str, Any]] = {}
    for fault, change in said:
        for row in fault.rows if change else ():
            changes.setdefault(row, {}).update(change)
    _save(installation, actor, plan, changes, t)


def _input(
    installation: Installation, plan: Plan, fault: _Fault, prefix: str, t: Translator
) -> dict[str, Any]:
    """The sentence of a fault with what mends it; what the person said, as a change of the cells."""
    issue, key = fault.issue, prefix + fault.key
    with st.container(gap=None):
        left, right = st.columns([3, 2], vertical_alignment="center")
        with left:
            st.markdown(issue_text(t, issue, plain.markdown, form="plan"))
            if len(fault.rows) > 1:
                numbers = ", ".join(map(str, fault.rows[:_MOST_ROWS]))
                more = " …" if len(fault.rows) > _MOST_ROWS else ""
                st.caption(t("plan.mend_rows", rows=numbers + more))
        with right:
            return _mended(installation, plan, fault, key, t)


def _mended(installation: Installation, plan: Plan, fault: _Fault, key: str, t: Translator) -> dict[str, Any]:
    issue, column = fault.issue, fault.issue.column or ""
    if issue.rule in _ROW_RULES:
        return {"is_dropped": True} if st.checkbox(t("plan.mend_drop"), key=key) else {}
    if issue.rule in _AGENCY_RULES:
        day = plan.assignment.issued_on or installation.working_date
        names = [one.name_on(day) for one in installation.reference.agencies_on(day)]
        if column == "lead" and not tracks_procedures(plan.programme):
            names = [one.name for one in installation.reference.groups] + names
        chosen = _choice(t("plan.mend_agency"), names, key, t)
        if not chosen:
            return {}
        wrong = issue.value if column == "cooperating" else None
        return {column: fault.cell.replace(wrong, chosen) if wrong and wrong in fault.cell else chosen}
    if issue.rule in _MEASURE_RULES:
        allowed = [one for one in installation.reference.measures if one.code in plan.programme.measures]
        chosen = _choice(t("plan.mend_measure"), [one.name_vi for one in allowed], key, t)
        if not chosen:
            return {}
        wrong = issue.value or ""
        text = f"{chosen}: {wrong}" if issue.rule == "plan_measure_unknown" else chosen
        return {column: fault.cell.replace(wrong, text) if wrong in fault.cell else text}
    if issue.rule in _FORM_RULES:
        chosen = _choice(t("plan.mend_form"), list(FORM_WORDS.values()), key, t)
        return {column: chosen} if chosen else {}
    if issue.rule in _PLACE_RULES:
        chosen = _choice(t("plan.mend_place"), list(LEVEL_WORDS.values()), key, t, may_type=True)
        return {column: chosen} if chosen else {}
    typed = st.text_input(t("plan.mend_value"), value=fault.cell, key=key)
    return {column: typed} if typed != fault.cell else {}


def _choice(
    label: str, options: Sequence[str], key: str, t: Translator, *, may_type: bool = False
) -> str | None:
    chosen: str | None = st.selectbox(
        label,
        options,
        index=None,
        placeholder=t("plan.mend_keep"),
        key=key,
        accept_new_options=may_type,
    )
    return chosen


def _table(installation: Installation, actor: Actor, plan: Plan, t: Translator) -> None:
    with st.expander(t("plan.table_title"), icon=":material/table_edit:", type="compact"):
        prefix = f"table-{plan.batch['batch_id']}-{plan.batch['edits']}-"
        wrong = {issue.row for issue in plan.issues}
        only = st.toggle(t("plan.table_only"), value=bool(wrong), key="plan-table-only")
        lines = [line for line in plan.lines if not only or line.row in wrong or line.is_dropped]
        columns = [name for name in TEXTS if any(getattr(line, name) for line in plan.lines)]
        always = {"code", "deadline", "documents"}
        always |= set(PLACE_COLUMNS) if moves_authority(plan.programme) else set()
        columns = [name for name in TEXTS if name in columns or name in always]
        shown = pl.DataFrame(
            {
                "row": [line.row for line in lines],
                "is_dropped": [line.is_dropped for line in lines],
                **{name: [getattr(line, name) for line in lines] for name in columns},
            }
        )
        column = st.column_config
        edited = st.data_editor(
            shown,
            hide_index=True,
            disabled=["row"],
            height=min(60 + 36 * max(1, len(lines)), 480),
            key=f"{prefix}{only}",
            column_config={
                "row": column.NumberColumn(t("plan.field_row"), width=50, pinned=True),
                "is_dropped": column.CheckboxColumn(t("plan.field_is_dropped"), width=70),
                **{
                    name: column.TextColumn(t(f"plan.field_{name}"), width=260 if name == "name" else 150)
                    for name in columns
                },
            },
        )
        if st.button(t("plan.table_save"), key=f"{prefix}save", icon=":material/save:"):
            _save(installation, actor, plan, _changes(shown, edited), t)


def _changes(before: pl.DataFrame, after: pl.DataFrame) -> dict[int, dict[str, Any]]:
    changes: dict[int, dict[str, Any]] = {}
    for old, new in zip(before.to_dicts(), after.to_dicts(), strict=True):
        change = {
            name: (new[name] or False) if name == "is_dropped" else (new[name] or "")
            for name in old
            if new[name] != old[name]
        }
        if change:
            changes[old["row"]] = change
    return changes


def _save(
    installation: Installation, actor: Actor, plan: Plan, changes: dict[int, dict[str, Any]], t: Translator
) -> None:
    if not changes:
        return
    try:
        plans.edit(installation, actor, plan.batch["batch_id"], changes, edits=plan.batch["edits"])
    except CatalogueError as error:
        feedback.show(t, error, form="plan")
    else:
        feedback.remember(t("plan.said_saved"))
        st.rerun()
