"""The inputs of an assigning document, and what is wrong with a plan in words."""

from datetime import date

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.plan import DOCUMENT_TYPES, Assignment
from catalogue.services.installation import Installation

_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2044, 12, 31)
_ABOVE = {"chinh-phu": "Chính phủ", "thu-tuong-chinh-phu": "Thủ tướng Chính phủ", "quoc-hoi": "Quốc hội"}


def assignment(
    installation: Installation, t: Translator, prefix: str, usual: Assignment | None = None
) -> Assignment:
    """The programme, the document and what rows take over; `usual`: what the inputs begin with."""
    programmes = {one.code: getattr(one, f"name_{t.language}") for one in installation.reference.programmes}
    reference = installation.reference
    agencies = {one.code: one.name for one in reference.agencies if one.kind != "province"}
    leads = agencies | {one.code: one.name for one in reference.groups}
    programme = _choice(
        t, "programme", programmes, prefix, (usual and usual.programme) or next(iter(programmes))
    )
    first, second, third, fourth = st.columns([1, 1.2, 1, 1.4])
    types = {name: t(f"plan.type_{name}") for name in DOCUMENT_TYPES}
    with first:
        kind = _choice(t, "type", types, prefix, usual.type if usual else DOCUMENT_TYPES[0])
    number = second.text_input(
        t("plan.field_number"),
        value=usual.number if usual else "",
        help=t("plan.help_number"),
        key=f"{prefix}number",
    )
    with third:
        issued_on = _day(t, "issued_on", prefix, usual.issued_on if usual else None)
    with fourth:
        issuer = _choice(
            t,
            "issuer",
            _ABOVE | agencies,
            prefix,
            usual.issuer if usual else None,
            t("plan.issuer_by_type"),
        )
    title = st.text_input(t("plan.field_title"), value=usual.title if usual else "", key=f"{prefix}title")
    left, right = st.columns([1, 2])
    with left:
        deadline = _day(t, "default_deadline", prefix, usual.default_deadline if usual else None)
    with right:
        lead = _choice(
            t, "default_lead", leads, prefix, usual.default_lead if usual else None, t("plan.lead_none")
        )
    return Assignment(
        programme=programme or "",
        type=kind or DOCUMENT_TYPES[0],
        number=number or "",
        issued_on=issued_on,
        issuer=issuer,
        title=title or "",
        default_deadline=deadline,
        default_lead=lead,
    )


def _choice(
    t: Translator, field: str, options: dict[str, str], prefix: str, usual: str | None, placeholder: str = "–"
) -> str | None:
    codes = list(options)
    value: str | None = st.selectbox(
        t(f"plan.field_{field}"),
        codes,
        index=codes.index(usual) if usual in codes else None,
        format_func=lambda code: options[code],
        placeholder=placeholder,
        key=f"{prefix}{field}",
    )
    return value


def _day(t: Translator, field: str, prefix: str, usual: date | None) -> date | None:
    chosen = st.date_input(
        t(f"plan.field_{field}"),
        value=usual,
        min_value=_FIRST_DAY,
        max_value=_LAST_DAY,
        format="DD/MM/YYYY",
        key=f"{prefix}{field}",
    )
    return chosen if isinstance(chosen, date) else None
