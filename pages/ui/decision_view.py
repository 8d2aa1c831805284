"""One publication decision: what it publishes for, how it kept the limits, whom it follows or abolishes, its annex."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.timeliness import Milestone, lag
from catalogue.reference import Reference
from catalogue.services import publications
from catalogue.services.decisions import DecisionPage
from catalogue.services.installation import Installation
from pages.ui import decision_list, feedback, menu, plain, timeliness_words

_FIRST_DAY = date(2010, 1, 1)


def head(page: DecisionPage, reference: Reference, t: Translator) -> None:
    """Number and date, what it is about, who issued and signed it, from when it is in force."""
    decision = page.decision
    number = plain.markdown(decision["number"] or "–")
    st.title(t("procedure.decision_text", number=number, day=decision["issued_on"]), anchor=False)
    st.markdown(plain.markdown(decision["title"]))
    parts = [decision["issuer_name"] or t("decisions.unknown_agency")]
    if decision["in_force_on"]:
        parts.append(t("decisions.in_force_on", day=decision["in_force_on"]))
    position = reference.signer(decision["signer_position"] or "")
    signer = [decision["signer_name"], position and getattr(position, f"name_{t.language}")]
    if any(signer):
        parts.append(t("publication.signed_by", signer=", ".join(filter(None, signer))))
    st.caption(plain.markdown(" · ".join(parts)))


def body(page: DecisionPage, reference: Reference, as_of: date, t: Translator) -> None:
    """The annex beside everything else that is recorded of the decision."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("decisions.lines", count=page.lines.height))
        decision_list.lines(page.lines, t)
    with right:
        if page.checks:
            st.subheader(t("publication.checks"))
            timeliness_words.checks(page.checks, as_of, t)
        _bases(page, t)
        _relations(page, reference, t)


def days_form(installation: Installation, actor: Actor, page: DecisionPage, t: Translator) -> None:
    """For whoever answers for the decision: the days that come after its registration."""
    document_id, issuer = page.decision["document_id"], page.decision["issuer_code"]
    if not page.checks or not publications.may_publish(installation, actor, issuer):
        return
    known = {
        check.milestone: check.actual_on for check in page.checks if check.milestone is not Milestone.SIGNED
    }
    with (
        st.expander(t("publication.days_title"), icon=":material/edit_calendar:"),
        st.form(f"days-{document_id}"),
    ):
        days: dict[Milestone, date | None] = {
            milestone: st.date_input(
                t(f"publication.milestone_{milestone}"),
                value=known[milestone],
                min_value=_FIRST_DAY,
                max_value=installation.working_date,
                format="DD/MM/YYYY",
                key=f"{milestone}-{document_id}",
            )
            for milestone in known
        }
        saved = st.form_submit_button(t("publication.days_save"), type="primary")
    if saved:
        try:
            publications.record_days(installation, actor, document_id, days)
        except CatalogueError as error:
            feedback.show(t, error)
        else:
            feedback.remember(t("publication.days_saved"))
            st.rerun()


def _bases(page: DecisionPage, t: Translator) -> None:
    if page.bases.is_empty():
        return
    st.subheader(t("publication.bases"))
    for row in page.bases.iter_rows(named=True):
        values = {name: row[name] for name in ("issued_on", "in_force_on")}
        with st.container(gap=None):
            st.markdown(plain.markdown(t("publication.basis", number=row["number"], **values)))
            if row["title"] != row["number"]:
                st.caption(plain.markdown(row["title"]))


def _relations(page: DecisionPage, reference: Reference, t: Translator) -> None:
    signed_on = page.decision["issued_on"]
    for relation in ("mirrors", "supersedes", "superseded_by", "mirrored_by"):
        rows = page.relations.filter(pl.col("relation") == relation)
        if rows.is_empty():
            continue
        if relation == "mirrored_by":
            _followers(rows, signed_on, reference, t)
            continue
        st.subheader(t(f"publication.{relation}"))
        for row in rows.iter_rows(named=True):
            earlier = row["issued_on"] if relation == "mirrors" else None
            _relation(row, earlier and _lag(earlier, signed_on, reference, t), t)


def _followers(rows: pl.DataFrame, signed_on: date, reference: Reference, t: Translator) -> None:
    with st.expander(t("publication.mirrored_by", count=rows.height), expanded=rows.height <= 3):
        after = [(day - signed_on).days for day in rows["issued_on"]]
        st.caption(t("publication.mirrored_summary", first=min(after), last=max(after)))
        for row in rows.iter_rows(named=True):
            _relation(row, _lag(signed_on, row["issued_on"], reference, t), t)


def _relation(row: Mapping[str, Any], beside: str | None, t: Translator) -> None:
    text = plain.markdown(
        t("publication.relation", number=row["number"], day=row["issued_on"], issuer=row["issuer_name"])
    )
    with st.container(gap=None, key=f"related-{row['relation']}-{row['other_id']}"):
        if row["has_lines"]:
            menu.link("decisions", text, document=row["other_id"])
        else:
            st.markdown(text)
        extent = row["extent"] and t(f"publication.extent_{row['extent']}")
        parts = [part for part in (beside, extent, row["note"]) if part]
        if parts:
            st.caption(plain.markdown(" · ".join(parts)))


def _lag(earlier: date, later: date, reference: Reference, t: Translator) -> str:
    found = lag(earlier, later, reference.calendar)
    return t("publication.lag_after", days=found.days, working_days=found.working_days)
