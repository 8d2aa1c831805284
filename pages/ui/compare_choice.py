"""Which two versions are compared: two of the list, or those that held on two days; the choice lives in the URL."""

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.version import Version
from catalogue.services import procedures
from catalogue.services.procedures import VersionStep
from pages.ui import filters

FILTERS = ("by", "old", "new", "from", "to")
Pair: TypeAlias = tuple[Version, Version]


def choose(steps: Sequence[VersionStep], as_of: date, t: Translator) -> Pair | date:
    """The older and the newer version; a day where it is before the first version."""
    by = {name: t(f"compare.by_{name}") for name in ("versions", "days")}
    if st.query_params.get("from") and "by" not in st.query_params and "by" not in st.session_state:
        st.query_params["by"] = "days"
    if filters.switch(t("compare.by"), by, "by") == "days":
        return _by_days(steps, as_of, t)
    return _by_versions(steps, t)


def _by_versions(steps: Sequence[VersionStep], t: Translator) -> Pair:
    versions = {str(step.version.version_id): step.version for step in steps}
    labels = {str(step.version.version_id): _label(step, t) for step in steps}
    usual = dict(zip(("old", "new"), list(versions)[-2:], strict=True))
    left, right = st.columns(2)
    chosen = []
    for name, column in (("old", left), ("new", right)):
        if st.session_state.get(name, st.query_params.get(name)) not in labels:
            st.session_state[name] = usual[name]
        with column:
            picked = filters.choose(t(f"compare.{name}"), labels, name, placeholder="")
        chosen.append(versions[picked or usual[name]])
    return _in_order(chosen[0], chosen[1])


def _by_days(steps: Sequence[VersionStep], as_of: date, t: Translator) -> Pair | date:
    usual = {"from": as_of.replace(month=1, day=1), "to": as_of}
    left, right = st.columns(2)
    days = []
    for name, column in (("from", left), ("to", right)):
        with column:
            days.append(filters.pick_day(t(f"compare.{name}"), name, usual[name]))
    found = []
    for day in days:
        version = procedures.version_on(steps, day)
        if version is None:
            return day
        found.append(version)
    return _in_order(found[0], found[1])


def _in_order(one: Version, other: Version) -> Pair:
    return (one, other) if one.effective_date <= other.effective_date else (other, one)


def _label(step: VersionStep, t: Translator) -> str:
    decision = step.decision.number if step.decision else step.version.details.decision_number
    parts = [t("procedure.version_from", day=step.version.effective_date), decision]
    if not step.version.in_force:
        parts.append(t("procedure.is_abolished"))
    return " · ".join(part for part in parts if part)
