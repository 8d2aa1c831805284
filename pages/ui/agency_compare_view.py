"""Agencies side by side: the choice of a few that are alike, the answer, one row a question, every number a link."""

from html import escape
from itertools import groupby

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model import ranking
from catalogue.model.period import Moment
from catalogue.model.ranking import Like
from catalogue.reference import Agency
from catalogue.services import agency_comparison
from catalogue.services.agency_comparison import APART, LEAST, MOST, Line, State
from catalogue.services.installation import Installation
from pages.ui import agency_compare_words as words
from pages.ui import filters, menu, plain, tables

NAMES = ("kind", "agencies")
_LIKES = (Like.CENTRAL, Like.PROVINCE, Like.OTHER)


def asked() -> list[str]:
    """The codes that the address names."""
    return [code for code in st.query_params.get("agencies", "").split(",") if code]


def choose(installation: Installation, moment: Moment, t: Translator) -> None:
    """Draw the choice of a kind and of its agencies, and keep it in the address."""
    known = {one.code: one for one in installation.reference.agencies}
    codes = asked()
    if "kind" not in st.query_params and "kind" not in st.session_state and codes and codes[0] in known:
        st.session_state["kind"] = ranking.like(known[codes[0]].kind).value
    left, right = st.columns([2, 3])
    with left:
        kind = filters.switch(
            t("agency_compare.kind"), {like.value: t(f"agencies.like_{like}") for like in _LIKES}, "kind"
        )
    if codes and all(code in known and ranking.like(known[code].kind) != kind for code in codes):
        st.session_state["agencies"], codes = [], []  # another kind was switched to
    options = {
        one.code: one.short_name_on(moment.organised_on)
        for one in agency_comparison.choosable(installation, moment, Like(kind))
    }
    options |= {code: known[code].short_name for code in codes if code in known and code not in options}
    standing = [code for code in dict.fromkeys(codes) if code in options]
    if "agencies" not in st.session_state:
        st.session_state["agencies"] = standing[:MOST]
    with right:
        picked = st.multiselect(
            t("agency_compare.choose", least=LEAST, most=MOST),
            sorted(options, key=options.__getitem__),
            format_func=lambda code: options[code],
            key="agencies",
            max_selections=MOST,
            placeholder=t("agency_compare.choose_hint"),
        )
    if picked == standing[:MOST] and codes:
        return  # a code that is none of ours, or one too many, stays in the address, to be refused in words
    if picked:
        st.query_params["agencies"] = ",".join(picked)
    else:
        st.query_params.pop("agencies", None)


def show(installation: Installation, moment: Moment, agencies: tuple[Agency, ...], t: Translator) -> None:
    """Draw the answer, the rows and the table to take away."""
    names = [one.short_name_on(moment.organised_on) for one in agencies]
    lines = agency_comparison.compare(installation, moment, agencies)
    if not lines:
        st.info(t("agency_compare.nothing", day=moment.as_of), icon=":material/inbox:")
        return
    escaped = [plain.markdown(name) for name in names]
    for sentence in words.answer(installation, lines, escaped, t):
        st.markdown(sentence)
    st.html(f"<style>{_named_on_a_phone(names)}</style>")
    with st.container(key="side-by-side"):
        with st.container(key="side-head"):
            heads = st.columns([2, *[1] * len(agencies), 1], vertical_alignment="center")
            for column, one, name in zip(heads[1:-1], agencies, escaped, strict=True):
                with column:
                    menu.link("agency", f"**{name}**", code=one.code)
        for section, rows in groupby(lines, key=lambda line: line.section):
            st.subheader(t(f"agency_compare.section_{section}"), anchor=False)
            for line in rows:
                _line(installation, line, agencies, t)
    st.caption(t("agency_compare.legend", points=int(APART * 100)))
    _table(installation, lines, names, t)


def _line(installation: Installation, line: Line, agencies: tuple[Agency, ...], t: Translator) -> None:
    with st.container(key=f"side-{line.section}-{line.name}-{line.about['group'] if line.about else ''}"):
        first, *columns, last = st.columns([2, *[1] * len(agencies), 1], vertical_alignment="center")
        first.markdown(plain.markdown(words.question(installation, line, t)))
        if apart := words.gap(installation, line, t):
            last.markdown(f":gray[{apart}]")
        for column, one, cell in zip(columns, agencies, line.cells, strict=True):
            text = plain.markdown(words.said(installation, line, cell, t))
            with column:
                if cell.state is State.VALUE:
                    page, params = words.opens(line, one.code)
                    menu.link(page, f"**{text}**" if line.stands_out else text, **params)
                else:
                    st.markdown(f":gray[{text}]")


def _named_on_a_phone(names: list[str]) -> str:
    """There columns stand below each other: each value begins with its agency's name."""
    rules = "".join(
        f'[class*="st-key-side-"]:not(.st-key-side-head) [data-testid="stColumn"]:nth-child({place}) '
        f'[data-testid="stMarkdownContainer"] p::before {{ content: "{_css(name)}: "; color: #4c5a60; }}'
        for place, name in enumerate(names, 2)
    )
    return f"@media (max-width: 640px) {{ {rules} }}"


def _css(name: str) -> str:
    return escape(name.replace("\\", "\\\\").replace('"', '\\"'), quote=False).replace("\n", " ")


def _table(installation: Installation, lines: list[Line], names: list[str], t: Translator) -> None:
    rows = [
        {
            "section": t(f"agency_compare.section_{line.section}"),
            "question": words.question(installation, line, t),
            "agency": name,
            "numerator": cell.numerator,
            "denominator": cell.denominator,
            "value": cell.row["value"] if cell.row else None,
            "said": words.said(installation, line, cell, t),
        }
        for line in lines
        for name, cell in zip(names, line.cells, strict=True)
    ]
    column, number = st.column_config, st.column_config.NumberColumn
    schema = {"numerator": pl.Int64, "denominator": pl.Int64, "value": pl.Float64}
    with st.expander(t("agency_compare.table")):
        tables.show(
            pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None),
            {
                "section": column.TextColumn(t("agency_compare.col_section"), width=130),
                "question": column.TextColumn(t("agency_compare.col_question"), width=330),
                "agency": column.TextColumn(t("overview.col_agency"), width=140),
                "numerator": number(t("agency_compare.col_numerator"), width=90),
                "denominator": number(t("agency_compare.col_denominator"), width=90),
                "value": number(t("agency_compare.col_value"), width=90),
                "said": column.TextColumn(t("agency_compare.col_said"), width=180),
            },
            key="side-table",
            title=t("agency_compare.file_title", names=", ".join(names)),
            t=t,
        )
