"""From which level to which the decisions move: ribbons, forms by level as a table of cells, what became of overtaken ones."""

import polars as pl
import streamlit as st

from catalogue.charts import transfers as chart
from catalogue.charts.theme import STATUS
from catalogue.charts.transfers import Flow, flow_name, level_name
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.reference.entries import LevelRule
from catalogue.services import decentralisation
from catalogue.services.installation import Installation
from pages.ui import chart_view, decentralisation_cells, decentralisation_views, plain, tables


def show(installation: Installation, moment: Moment, programme: str, t: Translator) -> None:
    """Draw the ribbons and the table of forms side by side, and the numbers behind both."""
    frame = decentralisation.flows(installation, moment, programme)
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.subheader(t("decentralisation.flow_title"))
        _ribbons(frame.select("from_level", "to_level", "items", "done", "overdue"), "flow", t)
    with right:
        st.subheader(t("decentralisation.matrix_title"))
        _matrix(frame, t)
    moved = decentralisation.overtaken(installation, moment, programme)
    if not moved.is_empty():
        _overtaken(installation, moment, moved, t)
    with st.expander(t("decentralisation.table")):
        _table(frame, t)


def _overtaken(installation: Installation, moment: Moment, moved: pl.DataFrame, t: Translator) -> None:
    """Where overtaken assignments go, and the dated rules that say so."""
    st.subheader(t("decentralisation.overtaken_title"))
    left, right = st.columns([1, 1], gap="large")
    with left:
        _ribbons(moved.select("first_to_level", "to_level", "items", "done", "overdue"), "overtaken", t)
        st.caption(t("decentralisation.kept"))
    with right:
        for ending in installation.reference.level_endings:
            if ending.on > moment.as_of:
                continue
            level = t.word("item.level", ending.level)
            lines = [t("decentralisation.ending", day=ending.on, level=level), ""]
            for rule in ending.rules:
                said = _rule(rule, t)
                if rule.basis == "memory":
                    said += f" ({t('decentralisation.rule_memory')})"
                lines.append(f"1. {said}")
            st.markdown("\n".join(lines))


def _rule(rule: LevelRule, t: Translator) -> str:
    level = level_name(rule.to, t)
    if rule.fields:
        fields = plain.markdown(", ".join(rule.fields))
        return t("decentralisation.rule_fields", level=level, fields=fields)
    if rule.from_level is not None:
        giver = level_name(rule.from_level, t).lower()
        return t("decentralisation.rule_from", level=level, giver=giver)
    return t("decentralisation.rule_rest", level=level)


def _ribbons(frame: pl.DataFrame, name: str, t: Translator) -> None:
    """`frame`: the level that gives, the one that takes, items, done, overdue."""
    giver, taker = frame.columns[:2]
    summed = frame.group_by(giver, taker).agg(pl.col("items", "done", "overdue").sum()).sort(giver, taker)
    flows = [Flow(*row) for row in summed.iter_rows()]
    parts = "; ".join(
        t(
            "decentralisation.flow_part",
            name=flow_name(one.giver, one.taker, t),
            done=one.done,
            items=one.items,
        )
        for one in sorted(flows, key=lambda one: -one.items)
    )
    picked = chart_view.show(
        chart.ribbons(flows, decentralisation.LEVELS, t),
        title=t("decentralisation.file_title", part=t(f"decentralisation.{name}_title")),
        alt=t("decentralisation.flow_alt", parts=parts),
        t=t,
        caption=t("decentralisation.flow_caption"),
        hint=t("decentralisation.flow_hint"),
        legend=[
            (t("decentralisation.part_done"), STATUS["done"]),
            (t("decentralisation.part_open"), chart.OPEN),
        ],
        wide=560,
        key=decentralisation_views.once(f"ribbons-{name}"),
        on_select="rerun",
    )
    if hits := picked["selection"].get("flow"):
        hit = hits[0]
        asked = {"given_to" if name == "overtaken" else "from_level": hit["giver"], "to_level": hit["taker"]}
        if name == "overtaken":
            asked["overtaken"] = decentralisation.ALL
        decentralisation_views.leave(progress=hit["part"], **asked)


def _matrix(frame: pl.DataFrame, t: Translator) -> None:
    """Rows are the giver and the form, columns the taker."""
    keyed = frame.select(
        row=pl.concat_str("from_level", "form", separator="."), column="to_level", items="items", done="done"
    )
    order = {level: place for place, level in enumerate(decentralisation.LEVELS)}
    largest = keyed.group_by("row").agg(pl.col("items").sum()).sort("row").to_dicts()
    largest.sort(key=lambda one: (order[one["row"].partition(".")[0]], -one["items"]))
    rows = []
    for one in largest:
        level, _, form = one["row"].partition(".")
        label = t(
            "decentralisation.row", level=level_name(level, t), form=t.word("decentralisation.form", form)
        )
        rows.append((one["row"], label))
    title = t("decentralisation.matrix_title")
    if hit := decentralisation_cells.show(keyed, rows, "matrix", title, t):
        row, column = hit
        level, _, form = row.partition(".") if row else (None, "", None)
        view = None if row or column else decentralisation_views.LIST
        decentralisation_views.leave(view=view, from_level=level, form=form, to_level=column)


def _table(frame: pl.DataFrame, t: Translator) -> None:
    level = {one: level_name(one, t) for one in decentralisation.LEVELS}
    shares = [share(done, items, 1) for done, items in frame.select("done", "items").iter_rows()]
    shown = frame.select(
        from_level=pl.col("from_level").replace_strict(level, return_dtype=pl.String),
        given_to=pl.col("first_to_level").replace_strict(level, return_dtype=pl.String),
        to=pl.col("to_level").replace_strict(level, return_dtype=pl.String),
        form=pl.Series([t.word("decentralisation.form", form) for form in frame["form"]], dtype=pl.String),
        items="items",
        done="done",
        share=pl.Series([t.percent(part) for part in shares], dtype=pl.String),
        overdue="overdue",
        overtaken="overtaken",
    )
    st.caption(t("decentralisation.table_hint"))
    column = st.column_config
    place = tables.chosen_row(
        shown,
        decentralisation_views.once("flow-table"),
        {
            "from_level": column.TextColumn(t("decentralisation.col_from"), width=100),
            "given_to": column.TextColumn(t("decentralisation.col_given_to"), width=110),
            "to": column.TextColumn(t("decentralisation.col_to"), width=110),
            "form": column.TextColumn(t("decentralisation.col_form"), width=120),
            "items": column.NumberColumn(t("decentralisation.col_items"), width=90),
            "done": column.NumberColumn(t("decentralisation.col_done"), width=90),
            "share": column.TextColumn(t("decentralisation.col_share"), width=80, alignment="right"),
            "overdue": column.NumberColumn(t("decentralisation.col_overdue"), width=90),
            "overtaken": column.NumberColumn(t("decentralisation.col_overtaken"), width=130),
        },
        title=t("decentralisation.file_title", part=t("decentralisation.flow_title")),
        t=t,
        whole=shown.with_columns(share=pl.Series(shares)),
        percent=("share",),
    )
    if place is not None:
        row = frame.row(place, named=True)
        decentralisation_views.leave(
            from_level=row["from_level"],
            given_to=row["first_to_level"],
            to_level=row["to_level"],
            form=row["form"],
        )
