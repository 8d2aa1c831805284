"""Making and mending a cost sheet on the screen: two tables and the counts, with the cost so far, written whole or not at all."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError, Invalid, Issue
from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.model.actor import Actor
from catalogue.model.cost import Activity, Reading
from catalogue.model.cost_sheet import MOST, OF_LINE, OF_SHEET, Collected, Draft, Kind, Method
from catalogue.model.cost_sheet import faults as faults_of
from catalogue.model.version import Version
from catalogue.services import cost_recording, cost_sheets
from catalogue.services.cost_recording import Given
from catalogue.services.cost_sheets import Recorded
from catalogue.services.installation import Installation
from pages.ui import cost_grid, feedback

_METHOD_WIDTH, _SEEN = 140, "cost-seen-"
_MONEY = (Kind.HIRED, Kind.FEES)


def show(
    installation: Installation, actor: Actor, version: Version, standing: Recorded | None, t: Translator
) -> None:
    """The editor of one version's sheet; begun from what the version asks for where it has none."""
    current, standing = standing, _seen(installation, version, standing)
    base = standing.draft if standing else cost_sheets.begun(version)
    key = f"cost-{version.version_id}-{standing.sheet_id if standing else 0}"
    if current != standing:
        st.warning(t("cost.edit_newer"), icon=":material/sync_problem:")
        if st.button(t("cost.edit_open_newer"), key=f"{key}-newer"):
            _forget(version.version_id)
            st.rerun()
    lines, more, counts = cost_grid.frames(base, t)
    st.caption(t("cost.edit_about"))
    _alternatives(version, t)
    year = _income(installation, standing, key, t)
    st.markdown(f"**{t('cost.edit_lines')}**")
    typed = st.data_editor(
        cost_grid.numbered(lines),
        num_rows="dynamic",
        hide_index=False,
        placeholder="",
        height="content",
        key=f"{key}-lines",
        column_config=_line_columns(t),
    )
    given = _counts(counts, more, key, t)
    with st.expander(t("cost.edit_more"), expanded=more.height > 0, type="compact"):
        st.caption(t("cost.edit_more_about"))
        figures = st.data_editor(
            cost_grid.numbered(more),
            num_rows="dynamic",
            hide_index=False,
            placeholder="",
            height="content",
            key=f"{key}-more",
            column_config=_figure_columns(t),
        )
    draft, issues = cost_grid.read(base, cost_grid.cells(typed), cost_grid.cells(figures), given, t)
    income = cost_sheets.income(installation, year).value_vnd
    _live(draft, issues, income, t)
    reason = st.text_input(t("cost.field_reason"), key=f"{key}-reason") if standing else None
    if st.button(t("cost.save"), type="primary", icon=":material/save:", key=f"{key}-save"):
        _save(
            installation,
            actor,
            Given(draft, year, standing.sheet_id if standing else None, reason),
            issues,
            t,
        )
    if standing:
        _withdraw(installation, actor, standing, t)


def _seen(installation: Installation, version: Version, standing: Recorded | None) -> Recorded | None:
    """The sheet that the person began with, for as long as they stay: another one must not take the place of what they typed."""
    if st.session_state.get("has_arrived", True):
        _forget(version.version_id)
    now = standing.sheet_id if standing else 0
    seen = st.session_state.setdefault(f"{_SEEN}{version.version_id}", now)
    return cost_sheets.get(installation, seen) if seen else None


def _forget(version_id: int) -> None:
    st.session_state.pop(f"{_SEEN}{version_id}", None)


def _alternatives(version: Version, t: Translator) -> None:
    """What of a record one case asks for only in part: its cases, and its fees."""
    cases = len(version.details.dossier or ())
    if cases > 1:
        st.caption(f":material/rule: {t('cost.edit_cases', count=cases)}")
    if len({fee.amount_vnd for fee in version.details.fees or ()}) > 1:
        st.caption(f":material/rule: {t('cost.edit_fees')}")


def _income(installation: Installation, standing: Recorded | None, key: str, t: Translator) -> int:
    known = {one.year: one for one in cost_sheets.incomes(installation)}
    used = standing.income_year if standing else None
    places = list(known)
    year = st.selectbox(
        t("cost.edit_income"),
        places,
        index=places.index(used) if used in known else 0,
        format_func=lambda one: t("cost.income_option", year=str(one), value=known[one].value_vnd),
        key=f"{key}-income",
        width=420,
    )
    if known[year].basis == "memory":
        st.caption(t("cost.income_memory"))
    return int(year)


def _counts(
    counts: Mapping[Kind, Collected], more: pl.DataFrame, key: str, t: Translator
) -> dict[Kind, Collected]:
    """Times and people with a source each; one that has several stands in the other table."""
    st.markdown(f"**{t('cost.edit_counts')}**")
    methods = {t(f"cost.method_{one}"): one for one in Method}
    found: dict[Kind, Collected] = {}
    for kind in OF_SHEET:
        before = counts.get(kind)
        label = t(f"cost.field_{kind}")
        if label in more["kind"]:
            st.caption(t("cost.edit_counts_many", label=label, chosen=before.value if before else 0))
            continue
        number, source, method = st.columns([1, 3, 1.4])
        value = number.number_input(
            label,
            min_value=0,
            max_value=MOST[kind],
            value=before.value if before else None,
            step=1,
            key=f"{key}-{kind}",
        )
        said = source.text_input(
            f"{t('cost.field_source')} ({label.lower()})",
            value=before.source if before else "",
            key=f"{key}-{kind}-source",
        )
        words = list(methods)
        chosen = method.selectbox(
            f"{t('cost.field_method')} ({label.lower()})",
            words,
            index=words.index(t(f"cost.method_{before.method}")) if before and before.method else None,
            placeholder="–",
            key=f"{key}-{kind}-method",
        )
        if value is not None:
            found[kind] = Collected(int(value), said.strip(), methods.get(chosen or ""))
    return found


def _live(draft: Draft, issues: tuple[Issue, ...], income: int, t: Translator) -> None:
    """The cost of what is typed so far."""
    unreadable = issues or any(one.rule in ("cost_negative", "cost_too_large") for one in faults_of(draft))
    if unreadable or not draft.lines:
        st.info(t("cost.live_unknown"), icon=":material/calculate:")
        return
    sheet = draft.reckoned(income)
    year, low, high = (money(t, sheet.year(one)) for one in (Reading.CHOSEN, Reading.LOW, Reading.HIGH))
    st.info(
        t("cost.live", case=money(t, sheet.case()), year=year, low=low, high=high),
        icon=":material/calculate:",
    )


def _save(
    installation: Installation, actor: Actor, given: Given, issues: tuple[Issue, ...], t: Translator
) -> None:
    try:
        if issues:
            every = (*issues, *faults_of(given.draft))
            raise Invalid("cost_refused", issues=every, count=len(every))
        cost_recording.save(installation, actor, [given])
    except CatalogueError as error:
        feedback.show(t, error, form="cost")
    else:
        _forget(given.draft.version_id)
        feedback.remember(t("cost.said_saved"))
        st.session_state.pop("view", None)
        st.query_params.pop("view", None)
        st.rerun()


def _withdraw(installation: Installation, actor: Actor, standing: Recorded, t: Translator) -> None:
    with st.expander(t("cost.withdraw"), type="compact"):
        st.caption(t("cost.withdraw_about"))
        reason = st.text_input(t("cost.withdraw_reason"), key=f"cost-withdraw-{standing.sheet_id}")
        if st.button(t("cost.withdraw"), icon=":material/undo:", key=f"cost-withdraw-do-{standing.sheet_id}"):
            try:
                cost_recording.withdraw(installation, actor, standing.sheet_id, reason)
            except CatalogueError as error:
                feedback.show(t, error, form="cost")
            else:
                _forget(standing.draft.version_id)
                feedback.remember(t("cost.said_withdrawn"))
                st.rerun()


def _line_columns(t: Translator) -> dict[str, Any]:
    column = st.column_config
    return {
        "activity": column.SelectboxColumn(
            t("cost.field_activity"), options=[t(f"cost.activity_{one}") for one in Activity], width=170
        ),
        "label": column.TextColumn(t("cost.field_label"), width=230),
        **{
            kind.value: column.NumberColumn(
                t(f"cost.col_{kind}"), min_value=0, format="localized", width=110 if kind in _MONEY else 90
            )
            for kind in OF_LINE
        },
        "source": column.TextColumn(t("cost.field_source"), width=190),
        "method": column.SelectboxColumn(
            t("cost.field_method"), options=[t(f"cost.method_{one}") for one in Method], width=_METHOD_WIDTH
        ),
    }


def _figure_columns(t: Translator) -> dict[str, Any]:
    column = st.column_config
    return {
        "line": column.NumberColumn(t("cost.field_line"), min_value=0, step=1, width=70),
        "kind": column.SelectboxColumn(
            t("cost.field_kind"), options=[t(f"cost.field_{one}") for one in Kind], width=230
        ),
        "value": column.NumberColumn(t("cost.field_value"), min_value=0, format="localized", width=110),
        "source": column.TextColumn(t("cost.field_source"), width=330),
        "method": column.SelectboxColumn(
            t("cost.field_method"), options=[t(f"cost.method_{one}") for one in Method], width=_METHOD_WIDTH
        ),
    }
