"""A ministry's claims on its desk: what came back, what is not sent yet, what waits, what could be reported now."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.i18n.messages import error_text, issue_text
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimKind, ClaimState
from catalogue.services import claim_readiness, claim_reading, claims, items, promises
from catalogue.services.claim_readiness import Readiness
from catalogue.services.installation import Installation
from pages.ui import claim_bulk, claim_view, fault_list, feedback, menu, plain, seen

_SHOWN = 8


def section(installation: Installation, actor: Actor, state: ClaimState, t: Translator) -> None:
    """The agency's claims in one state; what was returned with the reviewer's words."""
    rows = claim_reading.find(installation, actor, state=state, agency=actor.agency_code)
    total = rows["total"][0] if rows.height else 0
    if not total:
        st.caption(t(f"work.none_{state.value}"))
        return
    st.subheader(t(f"work.claims_{state.value}", count=total))
    for row in rows.head(_SHOWN).iter_rows(named=True):
        with st.container(gap=None):
            menu.link("item", plain.markdown(row["item_title"]), id=row["item_id"])
            line = claim_view.title(row, t)
            if row["submitted_at"] and state is ClaimState.SUBMITTED:
                line += f" · {t('work.sent', when=row['submitted_at'])}"
            st.caption(line)
            if row["comment"] and state is ClaimState.RETURNED:
                st.markdown(f"“{plain.markdown(row['comment'])}” — {plain.markdown(row['decided_by_name'])}")
    if total > _SHOWN:
        with st.expander(t("work.see_rest", count=total - _SHOWN)):
            for row in rows.slice(_SHOWN).iter_rows(named=True):
                title = f"{plain.markdown(row['item_title'])} · {t.word('claim.short', row['kind'])}"
                menu.link("item", title, id=row["item_id"])


def drafts(installation: Installation, actor: Actor, t: Translator) -> None:
    """The drafts with what each lacks, and one button that sends all that lack nothing."""
    found = claim_readiness.of_drafts(installation, actor)
    if not found:
        st.caption(t("work.none_draft"))
        return
    st.subheader(t("work.claims_draft", count=len(found)))
    ready = [one for one in found if one.is_complete]
    revisions = seen.revisions("claim", {one.row["claim_id"]: one.row["revision"] for one in found}, t)
    if ready and st.button(
        t("work.send_ready", count=len(ready)), type="primary", icon=":material/send:", key="send-ready"
    ):
        _send(installation, actor, ready, revisions, t)
    for one in found[:_SHOWN]:
        _draft(one, t)
    if rest := found[_SHOWN:]:
        with st.expander(t("work.see_rest", count=len(rest))):
            for one in rest:
                _draft(one, t)


def candidates(installation: Installation, actor: Actor, t: Translator) -> None:
    """Registered decisions that name enacted items nobody has reported as published: one form reports them all."""
    found = promises.publication_candidates(installation, actor.agency_code or "")
    if found.is_empty():
        st.caption(t("work.none_candidates"))
        return
    st.subheader(t("work.candidates", count=sum(len(ids) for ids in found["item_ids"])))
    for row in found.iter_rows(named=True):
        label = t(
            "work.candidate",
            number=plain.markdown(row["number"]),
            day=row["issued_on"],
            count=len(row["item_ids"]),
        )
        with st.expander(label, key=f"candidate-{row['document_id']}"):
            standings = items.standings(installation, row["item_ids"])
            for item_id, item in standings.items():
                menu.link("item", plain.markdown(item["title"]), id=item_id)
            known = {"number": row["number"], "issued_on": row["issued_on"].isoformat()}
            key = f"candidate-{row['document_id']}"
            if claim_bulk.show(installation, actor, standings, ClaimKind.PUBLISHED, key, t, known=known):
                st.rerun()


def _draft(one: Readiness, t: Translator) -> None:
    row = one.row
    with st.container(gap=None):
        menu.link("item", plain.markdown(row["item_title"]), id=row["item_id"])
        missing = [issue_text(t, issue, plain.markdown) for issue in one.issues]
        if one.refusal is not None:
            missing = [error_text(t, one.refusal, plain.markdown)]
        said = " ".join(missing) if missing else t("work.draft_complete")
        icon = ":material/error_outline:" if missing else ":material/check:"
        st.caption(f"{t.word('claim.kind', row['kind'])} · {icon} {said}")


def _send(
    installation: Installation, actor: Actor, ready: list[Readiness], revisions: dict[int, int], t: Translator
) -> None:
    picked = [(one.row["claim_id"], revisions[one.row["claim_id"]]) for one in ready]
    try:
        claims.submit_many(installation, actor, picked)
    except CatalogueError as error:
        fault_list.show(t, error, {one.row["claim_id"]: one.row["item_title"] for one in ready})
    else:
        seen.forget()
        feedback.remember(t("work.said_sent", count=len(picked)))
        st.rerun()
