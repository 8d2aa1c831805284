"""What a plan is, in a few lines; and the form that mends its document, its programme and its defaults."""

from collections import Counter

import streamlit as st

from catalogue.errors import CatalogueError, Issue
from catalogue.i18n import Translator
from catalogue.i18n.messages import issue_text
from catalogue.model.actor import Actor
from catalogue.services import plans
from catalogue.services.installation import Installation
from catalogue.services.plan_reading import Plan
from pages.ui import feedback, menu, plain, plan_form

_MOST_ROWS = 12


def show(plan: Plan, t: Translator) -> None:
    """The document, the programme, how many rows; what became of the plan where it is decided."""
    one = plan.assignment
    kind = t(f"plan.type_{one.type}")
    title = t("plan.batch_title", number=plain.markdown(one.number), day=one.issued_on)
    st.title(f"{kind} {title}", anchor=False)
    st.markdown(plain.markdown(one.title))
    dropped = len(plan.lines) - len(plan.kept)
    parts = [
        getattr(plan.programme, f"name_{t.language}"),
        plan.batch["file_name"],
        t("plan.rows_read", count=len(plan.kept)),
        t("plan.rows_dropped", count=dropped) if dropped else None,
    ]
    st.caption(plain.markdown(" · ".join(filter(None, parts))))
    state = plan.batch["state"]
    if state == "loaded":
        st.success(t("plan.batch_loaded", count=plan.batch["items"]), icon=":material/check_circle:")
        menu.link("programme", t("plan.to_programme"), programme=one.programme)
    elif state == "dropped":
        st.info(t("plan.batch_dropped"), icon=":material/cancel:")
    if plan.batch["passed_over"]:
        st.caption(t("plan.passed_over", columns=plain.markdown(", ".join(plan.batch["passed_over"]))))
    if plan.notices:
        with st.expander(t("plan.notices", count=len(plan.notices)), type="compact"):
            for issue in plan.notices:
                st.markdown(f"- {issue_text(t, issue, plain.markdown, form='plan')}")


def edit(installation: Installation, actor: Actor, plan: Plan, t: Translator) -> None:
    """The document again, to be mended without a new upload."""
    with st.expander(t("plan.edit_document"), type="compact"):
        prefix = f"plan-{plan.batch['batch_id']}-{plan.batch['edits']}-"
        new = plan_form.assignment(installation, t, prefix, plan.assignment)
        if st.button(t("plan.document_save"), key=f"{prefix}save", icon=":material/save:"):
            try:
                plans.set_assignment(
                    installation, actor, plan.batch["batch_id"], new, edits=plan.batch["edits"]
                )
            except CatalogueError as error:
                feedback.show(t, error, form="plan")
            else:
                feedback.remember(t("plan.said_saved"))
                st.rerun()


def warnings(issues: tuple[Issue, ...], t: Translator) -> None:
    """What is to be looked at, counted by kind with its rows."""
    if not issues:
        return
    rows: dict[str, list[str]] = {}
    for issue in issues:
        rows.setdefault(issue.rule, []).append(str(issue.row))
    with st.expander(t("plan.warnings", count=len(issues)), type="compact"):
        for rule, count in Counter(issue.rule for issue in issues).most_common():
            numbers = ", ".join(rows[rule][:_MOST_ROWS]) + (" …" if count > _MOST_ROWS else "")
            title = t(f"rule_title.{rule}") if t.has(f"rule_title.{rule}") else rule
            example = next(issue for issue in issues if issue.rule == rule)
            words = "plan.warning_of_annex" if example.row is None else "plan.warning_of_kind"
            st.markdown("- " + t(words, title=title, count=count, rows=numbers))
            st.caption(issue_text(t, example, plain.markdown, form="plan"))
