"""What the Office does with a figure: freeze it for publication, approve another person's, publish, withdraw."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.figure import Figure, Kind
from catalogue.model.period import Moment
from catalogue.model.published import NEEDS_COMMENT, Published, Snapshot, State, Step, steps
from catalogue.services import published, snapshots
from catalogue.services.installation import Installation
from catalogue.services.snapshots import Print
from pages.ui import feedback, menu, plain
from pages.ui import figure_words as said

_LONG = ("document", "place", "printed")
_SHORT = ("page", "report")


def draft(installation: Installation, actor: Actor, figure: Figure, t: Translator) -> None:
    """The form that freezes the figure on the page; nothing for those who may not publish figures."""
    if not actor.has(Right.PUBLISH_FIGURES):
        return
    with st.expander(t("snapshot.register"), icon=":material/lock:", type="compact"):
        if figure.is_recount:
            st.info(t("snapshot.only_at_the_time"), icon=":material/domain:")
            return
        st.caption(t("snapshot.about", value=said.value(figure, t, 2), as_of=figure.moment.as_of))
        standing = {
            one.id: f"{one.id}: {said.printed(one, None, t)} · {said.day_of(one, t)}"
            for one in published.of_measure(installation, figure.measure)
            if one.state is State.PUBLISHED
        }
        with st.form("freeze", border=False):
            texts = {name: st.text_input(t(f"snapshot.field_{name}"), key=f"freeze-{name}") for name in _LONG}
            first, second = st.columns(2)
            for column, name in zip((first, second), _SHORT, strict=True):
                texts[name] = column.text_input(t(f"snapshot.field_{name}"), key=f"freeze-{name}")
            numbers = _numbers(figure, t)
            corrects = st.selectbox(
                t("snapshot.field_corrects"), [None, *standing],
                format_func=lambda code: standing[code] if code else t("snapshot.corrects_none"), key="freeze-corrects",
            )  # fmt: skip
            is_sent = st.form_submit_button(t("snapshot.submit"), type="primary")
        if is_sent:
            _freeze(installation, actor, figure, texts | numbers, corrects, t)


def _numbers(figure: Figure, t: Translator) -> dict[str, str]:
    shown = {"numerator": t.number(figure.numerator)}
    if figure.kind is Kind.SHARE:
        shown["denominator"] = t.number(figure.denominator or 0)
        shown["percent"] = t.number(figure.percent, 1) if figure.percent is not None else ""
    columns = st.columns(len(shown))
    return {
        name: column.text_input(t(f"snapshot.field_{name}"), value=value, key=f"freeze-{name}")
        for column, (name, value) in zip(columns, shown.items(), strict=True)
    }


def _freeze(
    installation: Installation,
    actor: Actor,
    figure: Figure,
    texts: dict[str, str],
    corrects: str | None,
    t: Translator,
) -> None:
    moment = figure.moment
    try:
        told = Print(
            document=texts["document"],
            place=texts["place"],
            printed=texts["printed"],
            page=texts["page"],
            report=texts["report"],
            percent=snapshots.read_percent(texts.get("percent", "")),
            numerator=snapshots.read_count(texts["numerator"], "numerator"),
            denominator=snapshots.read_count(texts.get("denominator", ""), "denominator"),
        )
        code = snapshots.draft(
            installation, actor, figure.measure, moment.as_of, told,
            seen=moment.revision, known_at=moment.known_at, corrects=corrects,
        )  # fmt: skip
    except CatalogueError as error:
        feedback.show(t, error, form="snapshot")
        return
    feedback.remember(t("snapshot.drafted", code=code))
    menu.go("figure", published=code)


def standing(told: Published, t: Translator) -> None:
    """How far a figure of ours is, what took its place, and what was done with it by whom."""
    snapshot = told.snapshot
    if snapshot is None:
        return
    st.markdown(f"**{told.id}** · {t(f'snapshot.state_{told.state}')}")
    lines = [t("snapshot.place", place=snapshot.place)]
    lines += [t("snapshot.report", report=snapshot.report)] if snapshot.report else []
    lines += [t("snapshot.corrects", code=snapshot.corrects)] if snapshot.corrects else []
    st.caption(plain.markdown(" · ".join(lines)))
    if snapshot.corrected_by:
        with st.container(key="plain-link-corrected"):
            menu.link(
                "figure",
                t("snapshot.corrected_by", code=snapshot.corrected_by),
                published=snapshot.corrected_by,
            )


def actions(installation: Installation, actor: Actor, told: Published, t: Translator) -> None:
    """The steps that this person may take now, and those that were taken, with people's names for signed-in people."""
    snapshot = told.snapshot
    if snapshot is None:
        return
    if actor.has(Right.READ_CLAIMS):
        _history(snapshot, t)
    if not actor.has(Right.PUBLISH_FIGURES):
        return
    possible = steps(told.state, actor.actor_id, snapshot.drafter_id)
    if not possible:
        return
    waits = told.state is not State.PUBLISHED
    if waits:
        st.subheader(t("snapshot.steps"), anchor=False)
        if told.state is State.DRAFT and Step.APPROVE not in possible:
            st.info(t("snapshot.second_person"), icon=":material/group:")
        _buttons(installation, actor, told, [one for one in possible if one not in NEEDS_COMMENT], t)
    undoing = [one for one in possible if one in NEEDS_COMMENT]
    with st.expander(t(f"snapshot.undo_{undoing[0]}"), icon=":material/undo:", type="compact"):
        _buttons(installation, actor, told, undoing, t, comment=True)


def _buttons(
    installation: Installation,
    actor: Actor,
    told: Published,
    possible: list[Step],
    t: Translator,
    *,
    comment: bool = False,
) -> None:
    reason = st.text_input(t("snapshot.field_reason"), key=f"reason-{told.id}") if comment else ""
    for step in possible:
        kind = "secondary" if comment else "primary"
        if st.button(t(f"snapshot.do_{step}"), key=f"{step}-{told.id}", type=kind):
            _act(installation, actor, told, step, reason, t)


def waiting(installation: Installation, actor: Actor, moment: Moment, t: Translator) -> None:
    """What waits for approval or publication, for those who may give it; nothing for anybody else."""
    if not actor.has(Right.PUBLISH_FIGURES):
        return
    found = [
        one
        for one in snapshots.everything(installation, moment)
        if one.state in (State.DRAFT, State.APPROVED)
    ]
    if not found:
        return
    st.markdown(f":material/pending_actions: **{t('snapshot.waiting', count=len(found))}**")
    with st.container(gap=None, key="rows-waiting"):
        for one in found:
            shown = f"{one.id}: {one.label(t.language)}, {said.printed(one, None, t)} · {t(f'snapshot.state_{one.state}')}"
            menu.link("figure", plain.markdown(shown), published=one.id)


def _act(
    installation: Installation, actor: Actor, told: Published, step: Step, comment: str, t: Translator
) -> None:
    try:
        snapshots.act(installation, actor, told.id, step, comment=comment)
    except CatalogueError as error:
        feedback.show(t, error, form="snapshot")
        return
    feedback.remember(t(f"snapshot.done_{step}", code=told.id))
    st.rerun()


def _history(snapshot: Snapshot, t: Translator) -> None:
    with st.expander(t("snapshot.history"), icon=":material/history:", type="compact"):
        for event in reversed(snapshot.events):
            key = "step_line_comment" if event.comment else "step_line"
            st.markdown(
                t(
                    f"snapshot.{key}",
                    step=t(f"snapshot.step_{event.step}"),
                    who=plain.markdown(event.actor_name),
                    day=event.happened_on,
                    comment=plain.markdown(event.comment or ""),
                )
            )
