"""Flagged records: the matrix of agencies and rules, the rules in words, the records with what the source says."""

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.services import quality
from catalogue.services.procedures import PAGE_SIZE
from pages.ui import catalogue_list, filters, heir_words, menu, paging, plain, quality_words, tables

_TABLE = "quality-matrix"


def chosen_agency() -> str | None:
    """Which agency is asked for, before the box with the agencies is drawn."""
    return st.session_state.get("agency") or st.query_params.get("agency") or None


def agency_filter(counts: pl.DataFrame, known: Mapping[str, str], records: int, t: Translator) -> str | None:
    """The agencies that have something, with how many records; `counts`: agency, agency_name and their number.

    One chosen stays to be seen where it has nothing, or is no more; `records`: how many of it, `known`: names by code.
    """
    names = {
        agency: t("quality.option", label=name or t("quality.unknown_agency"), count=count)
        for agency, name, count in counts.iter_rows()
    }
    chosen = chosen_agency()
    if chosen and chosen not in names and chosen in known:
        names[chosen] = t("quality.option", label=known[chosen], count=records)
    catalogue_list.hold("agency")
    return filters.choose(t("quality.agency"), names, "agency", placeholder=t("app.all"))


def rule_filter(found: pl.DataFrame, t: Translator) -> str | None:
    """The rules, the most frequent first, with how many records."""
    counts = quality.by_rule(found)
    options = {
        rule: t("quality.option", label=quality_words.title(rule, t), count=count)
        for rule, count in counts.items()
    }
    catalogue_list.hold("rule")
    return filters.choose(t("quality.rule"), options, "rule", placeholder=t("app.all"))


def matrix(frame: pl.DataFrame, rules: list[str], names: Mapping[str, str], t: Translator) -> None:
    """Rules by agency, the most frequent rule and the most flagged agency first; a chosen cell opens its records.

    `names`: short names of agencies by code.
    """
    agencies = frame["agency"].to_list()
    by_rule = (
        frame.select(rules)
        .transpose(column_names=[*agencies])
        .with_columns(
            pl.Series("rule", [quality_words.title(rule, t) for rule in rules], dtype=pl.String),
            pl.sum_horizontal(agencies).alias("all"),
        )
    )
    number: Any = st.column_config.NumberColumn
    columns = {
        "rule": st.column_config.TextColumn(t("quality.rule"), width=270, pinned=True),
        "all": number(t("quality.col_all"), width=80),
    } | {code: number(names.get(code, t("quality.unknown_agency")), width=95) for code in agencies}
    st.markdown(f"**{t('quality.matrix')}**")
    st.session_state["quality-rules"] = rules
    tables.show(
        by_rule.select(list(columns)),
        columns,
        key=_TABLE,
        title=f"{t('quality.title')}. {t('quality.matrix')}",
        t=t,
        caption=t("quality.matrix_hint"),
        on_select=_open_cell,
        selection_mode="single-cell",
    )


def rules(found: pl.DataFrame, t: Translator) -> None:
    """Every rule with its records, what it means and how to mend it."""
    st.markdown(f"**{t('quality.rules')}**")
    for rule, count in quality.by_rule(found).items():
        with st.container(gap=None, key=f"rule-{rule}"):
            label = plain.markdown(t("quality.option", label=quality_words.title(rule, t), count=count))
            st.button(label, key=f"open-{rule}", type="tertiary", on_click=_choose, args=(rule, None))
            st.caption(quality_words.why(rule, t))


def records(found: pl.DataFrame, rule: str | None, asked: object, t: Translator) -> None:
    """The records, a page of them, each with what is flagged in it."""
    total = found["procedure_code"].n_unique()
    st.markdown(f"**{t('quality.found', count=total)}**")
    if rule:
        st.caption(quality_words.why(rule, t))
    page, pages = paging.current(total, PAGE_SIZE, ("quality", asked))
    with st.container(key="results", gap="small"):
        for (code, name), rows in quality.page_of(found, page).group_by(
            "procedure_code", "name", maintain_order=True
        ):
            with st.container(gap=None):
                menu.link("procedure", plain.markdown(str(name)), code=code)
                st.caption(
                    plain.markdown(
                        " · ".join(filter(None, (str(code), heir_words.agency(rows.row(0, named=True), t))))
                    )
                )
                st.html(_points(rows, rule is None, t))
    paging.show(pages)


def _points(rows: pl.DataFrame, with_rule: bool, t: Translator) -> str:
    lines = []
    for row in rows.iter_rows(named=True):
        said = quality_words.value(row["rule"], row["part"], row["value"], t)
        title = f"<b>{escape(quality_words.title(row['rule'], t))}.</b> " if with_rule else ""
        lines.append(f"<li>{title}{escape(said)}</li>")
    return f'<ul class="changes">{"".join(lines)}</ul>'


def _open_cell() -> None:
    cells = st.session_state[_TABLE]["selection"]["cells"]
    if cells:
        row, column = cells[0]
        agency = column if column not in ("rule", "all") else None
        _choose(st.session_state["quality-rules"][row], agency)


def _choose(rule: str | None, agency: str | None) -> None:
    for name, value in (("rule", rule), ("agency", agency)):
        if value is not None:
            st.session_state[name] = value
