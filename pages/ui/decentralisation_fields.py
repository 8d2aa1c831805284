"""How far each field is, and to which level its decisions go: the fields with most left as cells, all of them as a table."""

import polars as pl
import streamlit as st

from catalogue.charts.transfers import level_name
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import decentralisation
from catalogue.services.installation import Installation
from pages.ui import decentralisation_cells, decentralisation_views, menu, plain, tables

_CELLS = 20
_PAGE = "decentralisation"
_NONE = ""  # the key of items of no field
_REST = "\0"  # the key of the fields beyond the cells


def show(installation: Installation, moment: Moment, programme: str, t: Translator) -> None:
    """Draw the sentence, the cells of the fields with most left, and every field in a table."""
    cells = decentralisation.by_field(installation, moment, programme).with_columns(
        pl.col("field_name").fill_null(_NONE)
    )
    fields = (
        cells.group_by("field_name")
        .agg(pl.col("items", "done", "overdue").sum())
        .with_columns(remaining=pl.col("items") - pl.col("done"))
        .sort("remaining", "overdue", "field_name", descending=[True, True, False])
    )
    st.subheader(t("decentralisation.field_title"))
    st.markdown(
        t(
            "decentralisation.field_answer",
            base=fields.height,
            complete=fields.filter(pl.col("remaining") == 0).height,
            started=fields.filter((pl.col("done") > 0) & (pl.col("remaining") > 0)).height,
            none=fields.filter(pl.col("done") == 0).height,
        )
    )
    _cells(cells, fields, t)
    with st.container(key="rows-wide-fields"):
        st.caption(t("decentralisation.table_hint"))
        _table(cells, fields, t)
    with st.container(key="rows-narrow-fields"):
        _rows(fields, t)


def _name(field: str, t: Translator) -> str:
    return field or t("decentralisation.field_none")


def _cells(cells: pl.DataFrame, fields: pl.DataFrame, t: Translator) -> None:
    """The fields with most left; those beyond them as one row, so that the ends add up to the base."""
    most = fields["field_name"].head(_CELLS).to_list()
    keyed = cells.select(
        row=pl.when(pl.col("field_name").is_in(most)).then("field_name").otherwise(pl.lit(_REST)),
        column="to_level",
        items="items",
        done="done",
    )
    rows = [(field, _name(field, t)) for field in most]
    if fields.height > _CELLS:
        rows.append((_REST, t("decentralisation.field_rest", count=fields.height - _CELLS)))
    title = t("decentralisation.field_title")
    hit = decentralisation_cells.show(keyed, rows, "fields", title, t, closed=(_REST, _NONE))
    st.caption(t("decentralisation.field_caption", count=len(most), base=fields.height))
    if hit:
        view = None if any(hit) else decentralisation_views.LIST
        decentralisation_views.leave(view=view, field=hit[0], to_level=hit[1])


def _table(cells: pl.DataFrame, fields: pl.DataFrame, t: Translator) -> None:
    taken = [level for level in decentralisation.LEVELS if level in set(cells["to_level"])]
    by_level = {
        (field, level): f"{t.number(done)}/{t.number(items)}"
        for field, level, items, done in cells.select("field_name", "to_level", "items", "done").iter_rows()
    }
    shown = fields.select(
        pl.Series("field", [_name(field, t) for field in fields["field_name"]], dtype=pl.String),
        "items",
        "done",
        "remaining",
        "overdue",
        *(
            pl.Series(
                level, [by_level.get((field, level), "–") for field in fields["field_name"]], dtype=pl.String
            )
            for level in taken
        ),
    )
    column, number = st.column_config, st.column_config.NumberColumn
    place = tables.chosen_row(
        shown,
        decentralisation_views.once("fields-table"),
        {
            "field": column.TextColumn(t("decentralisation.col_field"), width=360),
            "items": number(t("decentralisation.col_items"), width=90),
            "done": number(t("decentralisation.col_done"), width=80),
            "remaining": number(t("decentralisation.col_remaining"), width=80),
            "overdue": number(t("decentralisation.col_overdue"), width=80),
            **{
                level: column.TextColumn(level_name(level, t), width=90, alignment="right") for level in taken
            },
        },
        title=t("decentralisation.file_title", part=t("decentralisation.field_title")),
        t=t,
    )
    if place is not None and (field := fields["field_name"][place]):
        decentralisation_views.leave(field=field)


def _rows(fields: pl.DataFrame, t: Translator) -> None:
    for row in fields.iter_rows(named=True):
        with st.container(gap=None):
            if row["field_name"]:
                menu.link(_PAGE, plain.markdown(row["field_name"]), field=row["field_name"])
            else:
                st.markdown(_name(_NONE, t))
            st.caption(
                t(
                    "decentralisation.field_row",
                    remaining=row["remaining"],
                    base=row["items"],
                    overdue=row["overdue"],
                )
            )
