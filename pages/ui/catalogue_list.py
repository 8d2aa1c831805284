"""The catalogue's filters with their counts, and the procedures found as readable rows."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.version import details_from
from catalogue.services.procedures import UNKNOWN
from pages.ui import filters, menu, plain
from pages.ui import procedure_words as words

GROUPS = ("central", "local", "vertical")
STATES = {"abolished": False, "everything": None}
_SHORTCUTS = 6


def counts(facets: pl.DataFrame, facet: str) -> dict[str, int]:
    """value -> procedures of one facet."""
    rows = facets.filter(pl.col("facet") == facet)
    return dict(zip(rows["value"], rows["procedures"], strict=True))


def level_groups(facets: pl.DataFrame, t: Translator) -> None:
    """The level groups side by side with their counts, and the sentence that reconciles them: they are sets."""
    found = counts(facets, "level_group")
    everything, unknown = found.get("all", 0), found.get(UNKNOWN, 0)
    options = {"all": t("catalogue.all", count=everything)}
    options |= {name: t(f"catalogue.group_{name}", count=found.get(name, 0)) for name in GROUPS}
    if unknown or st.query_params.get("level_group") == UNKNOWN:
        options[UNKNOWN] = t("catalogue.group_unknown", count=unknown)
    hold("level_group")
    filters.switch(t("catalogue.level_group"), options, "level_group")
    memberships = sum(found.get(name, 0) for name in GROUPS)
    grouped = everything - unknown
    overlapping = memberships - grouped  # no procedure is in three: local and vertical exclude each other
    sentences = []
    if grouped:
        sentences.append(
            t(
                "catalogue.sets" if overlapping else "catalogue.sets_none",
                memberships=memberships,
                procedures=grouped,
                overlapping=overlapping,
            )
        )
    if unknown:
        sentences.append(t("catalogue.sets_unknown", unknown=unknown))
    st.caption(" ".join(sentences))


def narrow(facets: pl.DataFrame, facet: str, names: Mapping[str, str], t: Translator) -> None:
    """One facet: a box with every value and, where there is room, the largest ones to click on.

    `names` are those of values that nothing found has.
    """
    rows = facets.filter(pl.col("facet") == facet)
    labels = {row["value"]: row["label"] for row in rows.iter_rows(named=True)}
    number = counts(facets, facet)
    chosen = st.query_params.get(facet)
    if chosen and chosen not in labels:  # a filter that finds nothing with the others must stay to be seen
        labels[chosen] = names.get(chosen, chosen)
    labels = {
        value: t(f"catalogue.unknown_{facet}") if value == UNKNOWN else label
        for value, label in labels.items()
    }
    options = {
        value: t("catalogue.option", label=label, count=number.get(value, 0))
        for value, label in labels.items()
    }
    hold(facet)
    value = filters.choose(t(f"catalogue.{facet}"), options, facet, placeholder=t("app.all"))
    if value is None and len(labels) > 1:
        with st.container(key=f"shortcuts-{facet}", gap=None):
            for place, (name, label) in enumerate(list(labels.items())[:_SHORTCUTS]):
                st.button(
                    plain.markdown(t("catalogue.narrow", label=label, count=number.get(name, 0))),
                    key=f"{facet}-{place}",
                    type="tertiary",
                    on_click=st.session_state.__setitem__,
                    args=(facet, name),
                )


def state(t: Translator) -> None:
    """In force, abolished or both."""
    options = {name: t(f"catalogue.state_{name}") for name in STATES}
    filters.choose(t("catalogue.state"), options, "state", placeholder=t("catalogue.state_in_force"))


def hold(name: str) -> None:
    """Keep a choice while the counts in its labels change: the browser knows an option by its label only."""
    if name in st.session_state:
        st.session_state[name] = st.session_state[name]


def clear() -> None:
    """Drop every filter but the words."""
    for name in ("agency", "field", "state", "level_group"):
        st.session_state[name] = None
        st.query_params.pop(name, None)


def rows(frame: pl.DataFrame, t: Translator) -> None:
    """Name, then code, agency, levels, time limit and fee in a line."""
    with st.container(key="results", gap="small"):
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("procedure", plain.markdown(row["name"]), code=row["procedure_code"])
                st.caption(plain.markdown(_about(row, t)))


def _about(row: dict[str, object], t: Translator) -> str:
    details = details_from(str(row["details"]))
    levels = row["levels"]
    assert isinstance(levels, list)
    time, fee = words.times(details, t), words.fees(details.fees, t)
    parts = [row["procedure_code"], row["agency_name"] or t("catalogue.unknown_agency")]
    parts.append(words.levels(levels, t) or t("catalogue.unknown_levels"))
    if time or fee:
        parts += [time or t("catalogue.unknown_time"), fee or t("catalogue.unknown_fee")]
    else:
        parts.append(t("catalogue.unknown_both"))
    if not row["in_force"]:
        parts.append(t("catalogue.abolished", day=row["effective_date"]))
    return " · ".join(str(part) for part in parts)
