"""What if: the instruments chosen with their days (kept in the URL), and what follows for each programme."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import streamlit as st

from catalogue.charts import what_if as chart
from catalogue.errors import Invalid
from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.installation import Installation, parse_day
from catalogue.services.what_if import Outcome
from catalogue.store.database import Row
from pages.ui import chart_view, choices, menu, plain, tables

PARAM = "if"
_DRAWN = "if_drawn"  # how often the table had to be drawn anew because the choice was changed elsewhere


def chosen(unissued: Mapping[int, Row], as_of: date) -> dict[int, date]:
    """The documents of the URL that are unissued, each with the day from which it is assumed in force."""
    return {document_id: max(day, as_of) for document_id, day in _of_url().items() if document_id in unissued}


def table_key(document_ids: Sequence[int], picked: Mapping[int, date]) -> tuple[str, list[int]]:
    """The key of a table of documents and the rows ticked in it, so that it always shows what is chosen."""
    rows = [place for place, document_id in enumerate(document_ids) if document_id in picked]
    name = f"instruments-{hash(tuple(document_ids))}"
    state = st.session_state.get(f"{name}-{st.session_state.get(_DRAWN, 0)}")
    if state is not None and sorted(state["selection"]["rows"]) != rows:
        st.session_state[_DRAWN] = st.session_state.get(_DRAWN, 0) + 1
    return f"{name}-{st.session_state.get(_DRAWN, 0)}", rows


def take(key: str, rows: Sequence[tuple[int, date]]) -> None:
    """Called by the table: what is ticked among its rows (document, usual day) is chosen, the rest of them is not."""
    ticked = set(st.session_state[key]["selection"]["rows"])
    picked = _of_url()
    for place, (document_id, usual) in enumerate(rows):
        if place not in ticked:
            picked.pop(document_id, None)
        else:
            picked.setdefault(document_id, usual)
    _to_url(picked)


def usual_day(row: Row, as_of: date) -> date:
    """The day of force to begin with: the planned day of issue, where it has passed the day shown."""
    return max(row["planned_issue_on"] or as_of, as_of)


def show(
    installation: Installation,
    moment: Moment,
    unissued: Mapping[int, Row],
    picked: Mapping[int, date],
    outcomes: Sequence[Outcome],
    t: Translator,
) -> None:
    """The chosen documents with their days, and what follows for each programme."""
    st.subheader(t("instrument.if_title"), anchor="if")
    left_out = len(_of_url()) - len(picked)
    if left_out:
        st.info(t("instrument.if_dropped", count=left_out), icon=":material/info:")
    if not picked:
        st.caption(t("instrument.if_empty"))
    if outcomes:
        st.caption(t("instrument.if_note"))
        for column, outcome in zip(st.columns(max(2, len(outcomes)), gap="large"), outcomes, strict=False):
            with column:
                _outcome(installation, moment, outcome, t)
    _lines(unissued, picked, moment.as_of, t)
    _adding(unissued, picked, moment.as_of, t)


def _lines(unissued: Mapping[int, Row], picked: Mapping[int, date], as_of: date, t: Translator) -> None:
    for document_id in picked:
        row, key = unissued[document_id], f"if-{document_id}"
        st.session_state[key] = picked[document_id]
        with st.container(key=f"rows-if-{document_id}"):
            name, when, off = st.columns([5, 2, 1], vertical_alignment="bottom")
            with name:
                menu.link("instrument", plain.markdown(row["title"]), id=document_id)
            when.date_input(
                t("instrument.if_day"),
                min_value=as_of,
                max_value=date(2040, 12, 31),
                format="DD/MM/YYYY",
                key=key,
                on_change=_move,
                args=(document_id, key),
            )
            off.button(t("instrument.if_remove"), key=f"off-{document_id}", type="tertiary",
                       icon=":material/close:", on_click=_drop, args=(document_id,))  # fmt: skip


def _adding(unissued: Mapping[int, Row], picked: Mapping[int, date], as_of: date, t: Translator) -> None:
    open_to = {document_id: row for document_id, row in unissued.items() if document_id not in picked}
    texts = choices.distinct({key: f"{row['title']} ({row['alone']})" for key, row in open_to.items()})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            t("instrument.if_add"),
            list(open_to),
            index=None,
            format_func=lambda key: texts.get(key, ""),
            placeholder=t("instrument.if_add_hint"),
            key="if-add",
            on_change=_add,
            args=({key: usual_day(row, as_of) for key, row in open_to.items()},),
        )
        if len(picked) > 1:
            st.button(t("instrument.if_clear"), type="tertiary", on_click=_to_url, args=({},))


def _outcome(installation: Installation, moment: Moment, outcome: Outcome, t: Translator) -> None:
    st.markdown(_result(installation, outcome, t))
    reached = figures.curve(installation, outcome.programme, moment).filter(pl.col("stage") == "enacted")
    kind = installation.reference.programme(outcome.programme).kind
    chart_view.show(
        chart.curve(reached, outcome.steps, moment.as_of, t),
        title=t("instrument.if_chart_title", programme=t(f"programme.{kind}")),
        alt=t(
            "instrument.if_alt",
            done=outcome.done,
            as_of=moment.as_of,
            then=outcome.done_then,
            day=_reached(outcome.steps),
            recorded=outcome.recorded_then,
        ),
        t=t,
        caption=t("instrument.if_caption"),
        key=f"if-curve-{outcome.programme}",
    )
    st.markdown(" ".join(_sentences(outcome, t)))
    if outcome.released.height:
        with st.expander(t("instrument.if_items", count=outcome.released.height)):
            _items(outcome.released, t, t("instrument.if_items_title", programme=t(f"programme.{kind}")))


def _result(installation: Installation, outcome: Outcome, t: Translator) -> str:
    programme = installation.reference.programme(outcome.programme)
    return t(
        "instrument.if_result",
        programme=t(f"programme.{programme.kind}"),
        done=outcome.done,
        base=outcome.base,
        percent=_percent(outcome.done, outcome.base, t),
        then=outcome.done_then,
        base_then=outcome.base_then,
        percent_then=_percent(outcome.done_then, outcome.base_then, t),
        day=_reached(outcome.steps),
    )


def _sentences(outcome: Outcome, t: Translator) -> list[str]:
    released = outcome.released
    by_agency = released.group_by("agency_name").len().sort("len", "agency_name", descending=[True, False])
    said = [
        t(
            "instrument.if_released",
            count=released.height,
            agencies=" · ".join(
                t("instrument.if_agency", agency=plain.markdown(name), count=count)
                for name, count in by_agency.iter_rows()
            ),
        )
        if released.height
        else t("instrument.if_released_none")
    ]
    if outcome.recorded_then > outcome.done:
        said.append(t("instrument.if_recorded", count=outcome.recorded_then - outcome.done))
    if outcome.still_waiting:
        said.append(t("instrument.if_waiting", count=outcome.still_waiting))
    return said


def _items(released: pl.DataFrame, t: Translator, title: str) -> None:
    column = st.column_config
    place = tables.chosen_row(
        released.select(pl.col("procedure_code").fill_null("–"), "title", "agency_name", "day"),
        f"released-{released['item_id'][0]}",
        {
            "procedure_code": column.TextColumn(t("item.col_code"), width=80),
            "title": column.TextColumn(t("item.col_title"), width=230),
            "agency_name": column.TextColumn(t("item.col_agency"), width=110),
            "day": column.DateColumn(t("instrument.if_col_day"), format="DD/MM/YYYY", width=95),
        },
        title=title,
        t=t,
    )
    if place is not None:
        menu.go("item", id=released["item_id"][place])


def _percent(done: int, base: int, t: Translator) -> str:
    return t.percent(share(done, base, 1)) if base else "–"


def _reached(steps: pl.DataFrame) -> date:
    """The first day from which the last count holds."""
    last = steps["assumed"][-1]
    day: date = steps.filter(pl.col("assumed") == last)["day"][0]
    return day


def _of_url() -> dict[int, date]:
    picked: dict[int, date] = {}
    for part in st.query_params.get(PARAM, "").split(","):
        number, _, day = part.partition("~")
        if number.isascii() and number.isdigit() and len(number) < 19:
            try:
                picked[int(number)] = parse_day(day)
            except Invalid:
                continue
    return picked


def _to_url(picked: Mapping[int, date]) -> None:
    if picked:
        st.query_params[PARAM] = ",".join(f"{number}~{day.isoformat()}" for number, day in picked.items())
    else:
        st.query_params.pop(PARAM, None)


def _move(document_id: int, key: str) -> None:
    if isinstance(day := st.session_state[key], date):
        _to_url(_of_url() | {document_id: day})


def _drop(document_id: int) -> None:
    _to_url({number: day for number, day in _of_url().items() if number != document_id})


def _add(usual: Mapping[int, date]) -> None:
    document_id = st.session_state["if-add"]
    st.session_state["if-add"] = None
    if document_id in usual:
        _to_url(_of_url() | {document_id: usual[document_id]})
