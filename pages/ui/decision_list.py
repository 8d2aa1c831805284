"""Publication decisions: one in a line, and the lines of its annex."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.timeliness import Timeliness
from pages.ui import catalogue_list, filters, menu, plain, timeliness_words

ACTIONS = ("new", "amended", "replaced", "abolished")


def since(as_of: date, t: Translator) -> date:
    """The first day of the period: 1 January of as_of's year, and with it when as_of moves, until one is picked."""
    usual = as_of.replace(month=1, day=1)
    if "since" not in st.session_state:
        st.session_state["since"] = filters.day("since") or usual
    elif st.session_state["since"] in (None, st.session_state.get("since_usual")):
        st.session_state["since"] = usual
    st.session_state["since_usual"] = usual
    picked = st.date_input(t("decisions.since"), value=None, format="DD/MM/YYYY", key="since")
    first = picked if isinstance(picked, date) else usual
    if first == usual:
        st.query_params.pop("since", None)
    else:
        st.query_params["since"] = first.isoformat()
    return first


def chosen_issuer() -> str | None:
    """Who is asked for, before the box with the issuers is drawn."""
    return st.session_state.get("agency") or st.query_params.get("agency") or None


def issuer(issuers: pl.DataFrame, names: Mapping[str, str], signed: int, t: Translator) -> str | None:
    """Who signed; the one chosen stays to be seen where it signed nothing in the period, or is no more.

    `signed`: decisions of the one that is chosen.
    """
    counts = {row["value"]: (row["label"], row["decisions"]) for row in issuers.iter_rows(named=True)}
    chosen = chosen_issuer()
    if chosen:
        counts.setdefault(chosen, (names.get(chosen, chosen), signed))
    options = {
        value: t("decisions.option", label=label or t("decisions.unknown_agency"), count=count)
        for value, (label, count) in counts.items()
    }
    catalogue_list.hold("agency")
    return filters.choose(t("decisions.agency"), options, "agency", placeholder=t("app.all"))


def kept(counts: Mapping[str, int], t: Translator) -> Timeliness | None:
    """How the limits were kept, with how many decisions each answer has."""
    options = {state.value: t(f"publication.filter_{state}", count=counts[state]) for state in Timeliness}
    catalogue_list.hold("kept")
    chosen = filters.choose(t("publication.filter"), options, "kept", placeholder=t("app.all"))
    return Timeliness(chosen) if chosen else None


def close() -> None:
    """Back to the list: a link within the page would leave the decision in the browser's address."""
    st.query_params.pop("document", None)


def title(row: dict[str, Any], t: Translator) -> str:
    """Number and date, issuer, how many lines of each kind, and whether the limits were kept."""
    issuer = row["agency_name"] or t("decisions.unknown_agency")
    if row["issuer_name"]:
        issuer = t("heir.signed_by", issuer=row["issuer_name"], agency=row["agency_name"])
    icon = timeliness_words.ICONS[Timeliness(row["timeliness"])]
    return (
        f"**{plain.markdown(row['number'] or '–')}** · {t.day(row['issued_on'])} · "
        f"{plain.markdown(issuer)} · {counted(row, t)} · "
        f"{icon} {timeliness_words.overall(row['timeliness'], row['days_late'], t)}"
    )


def counted(row: dict[str, Any], t: Translator) -> str:
    """3 sửa đổi, bổ sung · 1 bãi bỏ."""
    return " · ".join(t(f"decisions.count_{action}", count=row[action]) for action in ACTIONS if row[action])


def lines(frame: pl.DataFrame, t: Translator) -> None:
    """The annex by kind of line, each procedure a link."""
    for action in ACTIONS:
        chosen = frame.filter(pl.col("action") == action)
        if chosen.is_empty():
            continue
        st.markdown(f"**{t(f'decisions.action_{action}')}** ({t.number(chosen.height)})")
        with st.container(key=f"results-{action}-{frame['document_id'][0]}", gap="small"):
            for row in chosen.iter_rows(named=True):
                code = row["procedure_code"]
                if row["name"] is not None:
                    menu.link("procedure", plain.markdown(f"{code} · {row['name']}"), code=code)
                elif row["coming_name"] is not None:
                    coming = t("decisions.in_force_on", day=row["coming_on"])
                    st.markdown(plain.markdown(f"{code} · {row['coming_name']} · {coming}"))
                else:
                    st.markdown(f"{plain.markdown(code)} · {t('decisions.not_in_catalogue')}")
                if beside := _beside(row, t):
                    st.caption(plain.markdown(beside))


def _beside(row: dict[str, Any], t: Translator) -> str:
    """What a line says beside its code: only a part, a note, the codes it stands in the place of."""
    parts = []
    if row["replaces"]:
        parts.append(t("publication.line_replaces", codes=", ".join(row["replaces"])))
    if row["extent"] == "part":
        parts.append(t("publication.line_part", note=row["note"] or "–"))
    elif row["note"]:
        parts.append(row["note"])
    return " · ".join(parts)
