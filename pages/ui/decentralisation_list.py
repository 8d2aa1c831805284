"""The look of the list of decentralisation items: from where to where, in what form, what is overtaken."""

from typing import Any

import polars as pl
import streamlit as st

from catalogue.charts.transfers import flow_name, level_name
from catalogue.i18n import Translator
from catalogue.model.authority import Form
from catalogue.model.item import DeadlineState
from catalogue.model.period import Moment
from catalogue.services import decentralisation
from catalogue.services.installation import Installation
from pages.ui import filters, item_filters, item_list, menu, plain

_COLUMNS = ("code", "title", "agency", "transfer", "stage", "deadline", "state", "instruments")


def _filters(installation: Installation, moment: Moment, programme: str, t: Translator) -> dict[str, Any]:
    chosen = item_filters.of_procedures(installation, moment, programme, t)
    flows = decentralisation.flows(installation, moment, programme)
    moved = decentralisation.overtaken(installation, moment, programme)
    answers = {one: t(f"decentralisation.answered_by_{one}") for one in _ANSWERS}
    answered = _counted(moved, "answered_by", answers, t)
    everything = {
        decentralisation.ALL: f"{t('decentralisation.overtaken_all')} ({t.number(moved['items'].sum())})"
    }
    words = {
        "from_level": {level: level_name(level, t) for level in decentralisation.LEVELS},
        "to_level": {level: level_name(level, t) for level in decentralisation.LEVELS},
        "form": {form: t.word("decentralisation.form", form) for form in (*sorted(Form), "unknown")},
        "overtaken": {decentralisation.ALL: t("decentralisation.overtaken_all")} | answers,
    }
    asked = {
        "from_level": _counted(flows, "from_level", words["from_level"], t),
        "to_level": _counted(flows, "to_level", words["to_level"], t),
        "form": _counted(flows, "form", words["form"], t),
        "overtaken": everything | answered if moved.height else {},
    }
    for column, (name, options) in zip(st.columns(len(asked)), asked.items(), strict=True):
        with column:
            chosen[name] = filters.choose(
                t(f"decentralisation.filter_{name}"),
                options,
                name,
                placeholder=t("app.all"),
                unlisted=words[name],
            )
    return chosen


_ANSWERS = ("changed", "rule", "heir", "open")


def _counted(frame: pl.DataFrame, name: str, words: dict[str, str], t: Translator) -> dict[str, str]:
    """Options of a filter in the order of `words`, each with its number of items."""
    counts = dict(frame.group_by(name).agg(pl.col("items").sum()).iter_rows())
    return {key: f"{word} ({t.number(counts[key])})" for key, word in words.items() if key in counts}


def _transfer(row: dict[str, Any], t: Translator) -> str:
    """From where to where, with the body where one is named, and to whom it was given where that is no more."""
    if row["to_level"] is None:
        return t("decentralisation.level_unknown")
    said = flow_name(row["from_level"], row["to_level"], t)
    if body := row["to_agency_name"] or row["to_body"]:
        said += f" ({body})"
    if row["is_overtaken"]:
        given = level_name(row["first_to_level"], t).lower()
        said += f" · {t('decentralisation.was_given', level=given)}"
    return said


def _rows(frame: pl.DataFrame, t: Translator) -> None:
    for row in frame.iter_rows(named=True):
        with st.container(gap=None):
            menu.link("item", plain.markdown(row["title"]), id=row["item_id"])
            state = row["deadline_state"]
            said = [
                plain.markdown(row["agency_name"]),
                plain.markdown(_transfer(row, t)),
                f"{t.word('deadline.icon', state)} {t.word('deadline.short', state)}",
            ]
            if state != DeadlineState.STANDING:
                said.append(f"{t('item.col_deadline')} {t.day(row['current_deadline'])}")
            st.caption(" · ".join(said))


def _table(frame: pl.DataFrame, t: Translator) -> None:
    said = pl.Series([_transfer(row, t) for row in frame.iter_rows(named=True)], dtype=pl.String)
    text: Any = st.column_config.TextColumn
    own = {"transfer": (said, text(t("decentralisation.col_transfer"), width=178))}
    own["title"] = (frame["title"], text(t("item.col_title"), width=302))
    columns = item_list.columns(frame, t) | own
    item_list.table(frame, {name: columns[name] for name in _COLUMNS})


LOOK = item_list.Look(_filters, item_list.counted, _rows, _table, "item.list_empty")
