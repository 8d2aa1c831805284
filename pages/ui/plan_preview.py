"""What loading a plan would do, and loading it."""

import streamlit as st

from catalogue.errors import CatalogueError, StaleVersion
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.services import plan_loading, plans
from catalogue.services.installation import Installation
from catalogue.services.plan_loading import PlannedDocument, Preview
from catalogue.services.plan_reading import Plan, tracks_procedures
from pages.ui import feedback, menu, plain, plan_head, plan_list

_MOST = 12


def show(installation: Installation, actor: Actor, plan: Plan, preview: Preview, t: Translator) -> None:
    """The sentence, what is behind it, then the button."""
    one = plan.assignment
    document = plain.markdown(one.number)
    base = t("plan.preview_base", before=preview.base, after=preview.base_after)
    said = "plan.preview_items" if tracks_procedures(plan.programme) else "plan.preview_tasks"
    st.markdown(t(said, count=len(preview.items), document=document, base=f"**{base}**"))
    if tracks_procedures(plan.programme):
        unmatched = len(preview.items) - preview.matched
        st.markdown(t("plan.preview_matched", matched=preview.matched, unmatched=unmatched))
    _moves(preview, t)
    _tasks(plan, preview, t)
    _agencies(installation, preview, t)
    _documents(installation, preview, t)
    plan_head.warnings(preview.warnings, t)
    if preview.blockers:
        _blockers(preview, t)
    else:
        _load(installation, actor, plan, preview, t)
    _drop(installation, actor, plan, t)


def _moves(preview: Preview, t: Translator) -> None:
    """How many decisions go from which level to which: 637 from the ministries to the provinces."""
    if not preview.moves:
        return
    parts = (
        t(
            "plan.preview_move",
            count=count,
            from_level=t.word("decentralisation.level", giver),
            to_level=t.word("decentralisation.level", taker),
        )
        for giver, taker, count in preview.moves
    )
    st.markdown(f"{t('plan.preview_moves')}: {' · '.join(parts)}")


def _tasks(plan: Plan, preview: Preview, t: Translator) -> None:
    if preview.expanded:
        rows, count = len(preview.expanded), sum(preview.expanded)
        st.markdown(t("plan.preview_expanded", rows=rows, count=count))
    standing = sum(plan.commitments[line.row].is_standing for line in plan.kept)
    if standing:
        st.markdown(t("plan.preview_standing", count=standing))


def _agencies(installation: Installation, preview: Preview, t: Translator) -> None:
    reference = installation.reference
    names = {one.code: one.short_name for one in reference.agencies}
    names |= {one.code: one.short_name for one in reference.groups}
    parts = (
        f"{names.get(code, code) or t('plan.preview_agency_unknown')} {t.number(count)}"
        for code, count in preview.by_agency
    )
    st.markdown(f"{t('plan.preview_agencies')}: {plain.markdown(' · '.join(parts))}")


def _documents(installation: Installation, preview: Preview, t: Translator) -> None:
    new = [one for one in preview.documents if one.document_id is None]
    known = len(preview.documents) - len(new)
    with st.expander(t("plan.preview_documents", known=known, new=len(new)), type="compact"):
        shown = sorted(preview.documents, key=lambda one: (one.alike is None, -len(one.rows)))
        for one in shown[:_MOST]:
            with st.container(gap=None):
                st.markdown(t("plan.preview_document", title=plain.markdown(one.title), count=len(one.rows)))
                st.caption(_about(installation, one, t))
        if len(shown) > _MOST:
            st.caption(t("plan.preview_more", count=len(shown) - _MOST))


def _about(installation: Installation, one: PlannedDocument, t: Translator) -> str:
    if one.document_id is not None:
        return t("plan.preview_document_known")
    names = {agency.code: agency.short_name for agency in installation.reference.agencies}
    said = t("plan.preview_document_new", agency=names.get(one.drafting_agency, "–"))
    if one.alike:
        said += " · " + t("plan.preview_document_alike", title=plain.markdown(one.alike))
    return said


def _blockers(preview: Preview, t: Translator) -> None:
    rows = sum(issue.row is not None for issue in preview.blockers)
    lines = [t("plan.preview_overdue_rows", count=rows)] if rows else []
    lines += [
        issue_text(t, issue, plain.markdown, form="plan") for issue in preview.blockers if issue.row is None
    ]
    st.error(
        "\n".join([t("plan.preview_blocked"), *(f"- {line}" for line in lines)]), icon=":material/error:"
    )


def _load(installation: Installation, actor: Actor, plan: Plan, preview: Preview, t: Translator) -> None:
    """The preview on screen is the one that the load is held to, not the one of the run of the click."""
    shown = f"plan-seen-{preview.batch_id}"
    seen: Preview = st.session_state.get(shown, preview)
    st.session_state[shown] = preview
    reason = None
    if preview.has_items:
        st.info(t("plan.preview_base_change"), icon=":material/balance:")
        reason = st.text_area(
            t("plan.field_reason"), key=f"plan-reason-{preview.batch_id}", height=80, max_chars=4000
        )
    tasks = "" if tracks_procedures(plan.programme) else "_tasks"
    label = t(f"plan.load{tasks}", count=len(preview.items))
    if not st.button(label, type="primary", icon=":material/playlist_add_check:", key="plan-load"):
        return
    try:
        ids = plan_loading.load(installation, actor, seen, reason=reason)
    except CatalogueError as error:
        if isinstance(error, StaleVersion):
            st.session_state.pop(shown, None)
        feedback.show(t, error, form="plan")
    else:
        st.session_state.pop(shown, None)
        feedback.remember(t(f"plan.said_loaded{tasks}", count=len(ids)))
        plan_list.close()
        menu.go("programme", programme=plan.assignment.programme)


def _drop(installation: Installation, actor: Actor, plan: Plan, t: Translator) -> None:
    with st.popover(t("plan.drop"), icon=":material/delete:"):
        st.write(t("plan.drop_sure"))
        if st.button(t("plan.drop"), key="plan-drop"):
            try:
                plans.drop(installation, actor, plan.batch["batch_id"], edits=plan.batch["edits"])
            except CatalogueError as error:
                feedback.show(t, error, form="plan")
            else:
                feedback.remember(t("plan.said_dropped"))
                plan_list.close()
                st.rerun()
