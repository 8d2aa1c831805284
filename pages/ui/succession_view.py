"""Agencies that are no more and those that took their place, in words and in small tables that add up."""

from itertools import groupby
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.reference import Agency
from catalogue.services import succession
from catalogue.services.agency_standing import Position
from catalogue.services.installation import Installation
from catalogue.services.succession import HandOver
from pages.ui import menu, plain


def notice(installation: Installation, agency: Agency, moment: Moment, t: Translator) -> None:
    """Who took over what from an agency that is no more, or that gave some fields away; links to each."""
    given = succession.handed_over(installation, agency, moment)
    if not given:
        return
    is_gone = succession.is_gone(agency, moment)
    with st.container(border=True, key="succession"):
        ends = max(one.on for one in given)
        st.markdown(t("agency.gone" if is_gone else "agency.gave_fields", day=ends))
        for _, same in groupby(given, key=lambda one: (one.on, one.heir.code)):
            _given(list(same), has_rest=len(given) > 1, t=t)
        _now_with(installation, agency, moment, t)


def parts(installation: Installation, one: Position, agency: str, moment: Moment, t: Translator) -> None:
    """What of an agency's base was given to agencies that it succeeded; nothing where all was given to itself."""
    frame = succession.taken_over(installation, one.programme.code, moment)
    mine = frame.filter(pl.col("agency_code") == agency)
    if mine.is_empty():
        return
    rows = [(_origin(installation, row, moment, t), row["base"], row["done"]) for row in mine.to_dicts()]
    others = [
        name
        for (name, *_), row in zip(rows, mine.to_dicts(), strict=True)
        if row["assigned_agency"] != agency
    ]
    st.caption(t("agency.part_intro", agencies=", ".join(others)))
    lines = [
        f"| {t('agency.part_agency')} | {t('overview.col_base')} | {t('deadline.bar_done')} |",
        "|:--|--:|--:|",
        *(f"| {name} | {t.number(base)} | {t.number(done)} |" for name, base, done in rows),
        f"| **{t('agency.part_sum')}** | **{t.number(sum(row[1] for row in rows))}** "
        f"| **{t.number(sum(row[2] for row in rows))}** |",
    ]
    st.markdown("\n".join(lines))


def merged(
    installation: Installation, programme: str, frame: pl.DataFrame, moment: Moment, t: Translator
) -> None:
    """Under a table of agencies: which of them count items that were given to others, and how many."""
    found = succession.taken_over(installation, programme, moment).filter(
        (pl.col("assigned_agency") != pl.col("agency_code"))
        & pl.col("agency_code").is_in(frame["agency_code"].to_list())
    )
    if found.is_empty():
        return
    st.subheader(t("agencies.merged_title"))
    kind = installation.reference.programme(programme).kind
    for name, rows in found.group_by("agency_name", maintain_order=True):
        with st.container(
            horizontal=True, gap="xsmall", vertical_alignment="center", key=f"plain-link-merged-{name[0]}"
        ):
            st.markdown(f"**{plain.markdown(str(name[0]))}**:", width="content")
            for row in rows.iter_rows(named=True):
                _part(kind, str(row["assigned_name"]), row, t)


def _part(kind: str, name: str, row: dict[str, Any], t: Translator) -> None:
    """How far one agency's work is with the one that answers for it; opens those items."""
    said = t("agencies.merged_part", agency=plain.markdown(name), base=row["base"], done=row["done"])
    menu.link(kind, said, agency=row["agency_code"], assigned_to=row["assigned_agency"])


def _given(same: list[HandOver], *, has_rest: bool, t: Translator) -> None:
    fields = "; ".join(name for one in same for name in one.fields)
    if fields:
        said = t("agency.gave_some", fields=fields, day=same[0].on)
    else:
        said = t("agency.gave_rest" if has_rest else "agency.gave_all", day=same[0].on)
    with st.container(gap=None):
        menu.link("agency", plain.markdown(same[0].heir.name), code=same[0].heir.code)
        documents = sorted({one.document for one in same if one.document})
        st.caption(" · ".join([plain.markdown(said), *(plain.markdown(number) for number in documents)]))


def _now_with(installation: Installation, agency: Agency, moment: Moment, t: Translator) -> None:
    """The items that the agency was given and another one answers for."""
    for programme in installation.reference.programmes:
        moved = succession.taken_over(installation, programme.code, moment).filter(
            (pl.col("assigned_agency") == agency.code) & (pl.col("agency_code") != agency.code)
        )
        if moved.is_empty():
            continue
        with st.container(
            horizontal=True,
            gap="xsmall",
            vertical_alignment="center",
            key=f"plain-link-now-with-{programme.code}",
        ):
            st.caption(t("agency.now_with", programme=t(f"programme.{programme.kind}")), width="content")
            for row in moved.iter_rows(named=True):
                _part(programme.kind, str(row["agency_name"]), row, t)


def _origin(installation: Installation, row: dict[str, object], moment: Moment, t: Translator) -> str:
    """A part's agency in words: its own, one that is no more, or one that gave a field away."""
    name = plain.markdown(str(row["assigned_name"]))
    if row["assigned_agency"] == row["agency_code"]:
        return name
    origin = installation.reference.agency(str(row["assigned_agency"]))
    is_gone = succession.is_gone(origin, moment)
    return t("agency.part_gone" if is_gone else "agency.part_field", agency=name)
