"""The fields of a claim of one kind, with the words of its kind: used for one claim and for many at once."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.claim import DATES, ClaimKind, day, fields, needs_evidence
from catalogue.services import evidence
from pages.ui import plain, upload

_LONG = {"note", "reason", "decision", "stuck_at", "explanation"}
_FIRST, _LAST = date(2010, 1, 1), date(2040, 12, 31)


def label(kind: ClaimKind, field: str, t: Translator) -> str:
    """What a field is called: the reason of an obstacle is one of the four questions."""
    own = f"claim.field_{kind.value}_{field}"
    return t(own if t.has(own) else f"claim.field_{field}")


def inputs(kind: ClaimKind, known: dict[str, Any], key: str, t: Translator) -> dict[str, Any]:
    """A widget for every field; returns what they hold."""
    values: dict[str, Any] = {}
    for field in fields(kind):
        about = next(
            (t(name) for name in (f"claim.help_{kind.value}_{field}", f"claim.help_{field}") if t.has(name)),
            None,
        )
        name, place = label(kind, field, t), f"{field}-{key}"
        if field in DATES:
            values[field] = st.date_input(
                name,
                value=day(known, field),
                min_value=_FIRST,
                max_value=_LAST,
                format="DD/MM/YYYY",
                help=about,
                key=place,
            )
        elif field in _LONG:
            values[field] = st.text_area(name, value=known.get(field) or "", height=80, help=about, key=place)
        else:
            values[field] = st.text_input(name, value=known.get(field) or "", help=about, key=place)
    return values


def files(kind: ClaimKind, key: str, t: Translator) -> list[tuple[str, bytes]]:
    """The uploader, where the kind of claim brings evidence."""
    if not needs_evidence(kind):
        return []
    upload.words(t("claim.upload"), t("claim.upload_limits"))
    uploaded = st.file_uploader(
        t("claim.field_evidence"),
        type=[suffix.removeprefix(".") for suffix in evidence.SUFFIXES],
        accept_multiple_files=True,
        max_upload_size=evidence.LARGEST_BYTES // 1_048_576,
        help=t("claim.help_evidence"),
        key=f"files-{key}",
    )
    return [(file.name, file.getvalue()) for file in uploaded]


def buttons(t: Translator) -> tuple[bool, bool]:
    """(submit, save) of the form."""
    with st.container(horizontal=True):
        submit = st.form_submit_button(t("claim.submit"), type="primary", icon=":material/send:")
        save = st.form_submit_button(t("claim.save_draft"))
    return submit, save


def evidence_asked(measures: pl.DataFrame, kind: ClaimKind, t: Translator) -> None:
    """Which evidence each measure of an item asks for, where the claim is that it was carried out."""
    if kind not in (ClaimKind.ENACTED, ClaimKind.COMPLETED) or measures.is_empty():
        return
    names = measures.unique("measure_type", keep="first", maintain_order=True)
    asked = [
        f"- {row[f'name_{t.language}']}: {plain.markdown(row[f'evidence_{t.language}'])}"
        for row in names.iter_rows(named=True)
        if row[f"evidence_{t.language}"]
    ]
    if asked:
        st.markdown("\n".join([f"**{t('claim.evidence_asked')}**", *asked]))
