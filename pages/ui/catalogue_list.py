"""The catalogue's filters with their counts."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.services.search import UNKNOWN
from pages.ui import filters, plain
from pages.ui import procedure_words as words

GROUPS = ("central", "local", "vertical")
STATES = {"abolished": False, "everything": None}
MORE = ("level", "level_set", "addressee", "way")
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


def narrow(
    facets: pl.DataFrame, facet: str, names: Mapping[str, str], t: Translator, *, shortcuts: int = _SHORTCUTS
) -> None:
    """One facet: a box with every value and, where there is room, the largest ones to click on.

    `names` are those of values that nothing found has.
    """
    rows = facets.filter((pl.col("facet") == facet) & (pl.col("value") != "all"))
    labels = {
        row["value"]: _label(facet, row["value"], row["label"], t) for row in rows.iter_rows(named=True)
    }
    number = counts(facets, facet)
    chosen = st.query_params.get(facet)
    if chosen and chosen not in labels:  # a filter that finds nothing with the others must stay to be seen
        labels[chosen] = _label(facet, chosen, names.get(chosen, chosen), t)
        number[chosen] = counts(facets, "total")[
            "total"
        ]  # of an agency that is no more: what it answered for
    options = {
        value: t("catalogue.option", label=label, count=number.get(value, 0))
        for value, label in labels.items()
    }
    hold(facet)
    value = filters.choose(t(f"catalogue.{facet}"), options, facet, placeholder=t("app.all"))
    if value is None and len(labels) > 1 and shortcuts:
        with st.container(key=f"shortcuts-{facet}", gap=None):
            for place, (name, label) in enumerate(list(labels.items())[:shortcuts]):
                st.button(
                    plain.markdown(t("catalogue.narrow", label=label, count=number.get(name, 0))),
                    key=f"{facet}-{place}",
                    type="tertiary",
                    on_click=st.session_state.__setitem__,
                    args=(facet, name),
                )


def more(facets: pl.DataFrame, t: Translator) -> None:
    """Levels one by one and as sets, addressees, ways of filing: what the source says of these, else nothing."""
    said = [facet for facet in MORE if set(counts(facets, facet)) - {"all", UNKNOWN}]
    shown = [facet for facet in MORE if facet in said or st.query_params.get(facet)]
    if not shown:
        return
    with st.expander(t("catalogue.more"), expanded=any(st.query_params.get(facet) for facet in shown)):
        for facet in shown:
            narrow(facets, facet, {}, t, shortcuts=0)
            if facet == "level_set":
                st.caption(_sets(counts(facets, facet), t))


def _label(facet: str, value: str, label: str, t: Translator) -> str:
    if value == UNKNOWN:
        return t(f"catalogue.unknown_{facet}")
    if facet in ("level", "level_set"):
        return words.levels(value.split("+"), t) or label
    return words.way(value, t) if facet == "way" else label


def _sets(found: Mapping[str, int], t: Translator) -> str:
    """How many procedures are at one level, at two, at more: levels overlap, and the sentence says by how much."""
    sizes: dict[int, int] = {}
    for value, count in found.items():
        if value not in ("all", UNKNOWN):
            size = value.count("+") + 1
            sizes[size] = sizes.get(size, 0) + count
    sentence = t(
        "catalogue.level_sets",
        memberships=sum(size * count for size, count in sizes.items()),
        procedures=sum(sizes.values()),
        one=sizes.get(1, 0),
        two=sizes.get(2, 0),
        more=sum(count for size, count in sizes.items() if size > 2),
    )
    unknown = found.get(UNKNOWN, 0)
    return f"{sentence} {t('catalogue.level_sets_unknown', unknown=unknown)}" if unknown else sentence


def within(facets: pl.DataFrame, t: Translator) -> None:
    """Everything that the words found, or only what name or code say; nothing to choose where that is the same."""
    found = counts(facets, "in_name")
    if found["all"] > found["name"] > 0 or st.query_params.get("within"):
        options = {
            "record": t("catalogue.within_record", count=found["all"]),
            "name": t("catalogue.within_name", count=found["name"]),
        }
        hold("within")
        filters.switch(t("catalogue.within"), options, "within")


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
    for name in ("agency", "field", "state", "level_group", "within", *MORE):
        st.session_state[name] = None
        st.query_params.pop(name, None)
