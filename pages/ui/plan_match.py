"""Matching the rows of a plan to the catalogue: what is sure is chosen already and still shown; the rest is a person's."""

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.plan import PlanLine
from catalogue.services import plans, proposals
from catalogue.services.installation import Installation
from catalogue.services.plan_reading import Plan
from catalogue.services.proposals import Proposal
from pages.ui import feedback, filters, paging, plain

_SIZE = 20
_STATES = ("waiting", "proposed", "code", "chosen", "unmatched")
_NONE = "-"


def show(installation: Installation, actor: Actor, plan: Plan, t: Translator) -> None:
    """A page of rows of one state, each with the procedures that it may mean."""
    counts = Counter(plan.matches[line.row].state for line in plan.kept)
    st.caption(t("plan.match_about", least=proposals.PRESELECTED_FROM))
    st.markdown(t("plan.match_counts", **{state: counts[state] for state in _STATES}))
    if not counts["waiting"]:
        st.success(t("plan.match_done"), icon=":material/check_circle:")
    options = {
        state: t(f"plan.match_show_{state}", count=counts[state]) for state in _STATES if counts[state]
    }
    if not options:
        return
    state = filters.switch(t("plan.match_show"), options, "shown")
    lines = [line for line in plan.kept if plan.matches[line.row].state == state]
    page, pages = paging.current(len(lines), _SIZE, (plan.batch["batch_id"], state))
    some = lines[(page - 1) * _SIZE : page * _SIZE]
    if state == "code":
        _by_code(plan, some, t)
    else:
        _form(installation, actor, plan, some, t)
    paging.show(pages)
    if counts["waiting"] and st.button(
        t("plan.match_rest", count=counts["waiting"]), icon=":material/link_off:", key="match-rest"
    ):
        _save(installation, actor, plan, {line.row: None for line in plan.waiting}, t)


def _by_code(plan: Plan, lines: list[PlanLine], t: Translator) -> None:
    """Rows whose annex gave the code: shown, and mended in the first step."""
    for line in lines:
        known = plan.procedures.get(line.code)
        with st.container(gap=None):
            st.markdown(f"**{line.row}.** {plain.markdown(line.name or '–')}")
            name, field = (known.name, known.field_name) if known else ("–", None)
            st.caption(
                t(
                    "plan.match_is",
                    code=plain.markdown(line.code),
                    name=plain.markdown(name),
                    field=plain.markdown(field or "–"),
                )
            )


def _form(installation: Installation, actor: Actor, plan: Plan, lines: list[PlanLine], t: Translator) -> None:
    found = proposals.propose(installation, lines, *plans.days_of(installation, plan.assignment))
    prefix = f"match-{plan.batch['batch_id']}-{plan.batch['edits']}-"
    choices: dict[int, str | None] = {}
    with st.form(f"{prefix}form", border=False):
        for line in lines:
            chosen = _choice(plan, line, found.get(line.row, ()), prefix, t)
            if chosen is not None:
                choices[line.row] = None if chosen == _NONE else chosen
        is_saved = st.form_submit_button(t("plan.match_save"), type="primary", icon=":material/save:")
    if is_saved:
        _save(installation, actor, plan, choices, t)


def _choice(
    plan: Plan, line: PlanLine, found: tuple[Proposal, ...], prefix: str, t: Translator
) -> str | None:
    """The code chosen for a row, `_NONE` for none of the catalogue; None while nothing is said."""
    match = plan.matches[line.row]
    labels = {one.code: _label(one, t) for one in found}
    if match.code and match.code not in labels:
        known = plan.procedures.get(match.code)
        name, field = (known.name, known.field_name) if known else ("–", None)
        labels[match.code] = t("plan.match_is", code=match.code, name=name, field=field or "–")
    labels[_NONE] = t("plan.match_none")
    standing = match.code or (_NONE if match.state == "unmatched" else None)
    options = list(labels)
    with st.container(gap=None):
        st.markdown(
            f"**{line.row}.** {plain.markdown(line.name)}"
            + (f" · :gray[{plain.markdown(line.field_name)}]" if line.field_name else "")
        )
        chosen: str | None = st.selectbox(
            t("plan.match_choose"),
            options,
            index=options.index(standing) if standing in options else None,
            format_func=lambda code: labels.get(code, code),
            placeholder=t("plan.match_choose"),
            accept_new_options=True,
            label_visibility="collapsed",
            key=f"{prefix}{line.row}",
        )
        if standing is None and found:
            st.caption(t("plan.match_nearest", proposal=plain.markdown(_label(found[0], t))))
    return chosen.strip() if chosen else None


def _label(one: Proposal, t: Translator) -> str:
    return t(
        "plan.match_option",
        code=one.code,
        name=one.name,
        field=one.field_name or "–",
        confidence=one.confidence,
    )


def _save(
    installation: Installation,
    actor: Actor,
    plan: Plan,
    choices: Mapping[int, str | None],
    t: Translator,
) -> None:
    try:
        plans.choose(installation, actor, plan.batch["batch_id"], choices, edits=plan.batch["edits"])
    except CatalogueError as error:
        feedback.show(t, error, form="plan")
    else:
        feedback.remember(t("plan.said_saved"))
        st.rerun()
