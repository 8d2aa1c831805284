"""One programme in one statement: the figure, its pace, its stages on one base, what opens behind each number."""

from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.pace import NoPace, Pace
from catalogue.model.period import Moment
from catalogue.services import figures, pace
from catalogue.services.installation import Installation
from pages.ui import menu

# What each stage's count opens: a filter of the list.
OPENS = {"approved": "approved", "enacted": "done", "published": "published", "confirmed": "done"}
# The agencies that the statement counts.
_SHOWN = {"simplification": "complete", "decentralisation": "started"}
_ROOM_FOR_A_NAME = 25  # percent of the bar that a stage's name needs to stand inside its part


def show(installation: Installation, kind: str, programme: str, moment: Moment, t: Translator) -> None:
    """Draw the statement of a programme; its base must not be empty."""
    stages = figures.stages(installation, programme, moment)
    base, done = stages["assigned"], stages["done"]
    done_stage = installation.reference.programme(programme).done_stage
    percent = t.percent(share(done, base, 1)).replace(" ", "\u00a0")
    with st.container(gap=None, key=f"statement-{kind}"):
        with st.container(key=f"headline-{kind}"):
            menu.link(
                kind,
                t(f"programme.{kind}_done", done=done, base=base, percent=percent),
                progress="done",
            )
        with st.container(horizontal=True, gap="small", key=f"pace-{kind}"):
            st.caption(pace_text(pace.usual(installation, kind, moment), t), width="stretch")
            if target := target_text(installation, kind, t):
                st.caption(target, width="content")
        shown = [stage for stage in _stages_of(installation, programme) if stage != "assigned"]
        beside = [stage for stage in reversed(shown) if stage != done_stage]
        first = share(stages[beside[0]], base, 2) if beside else 0
        st.html(
            f"<style>.st-key-marks-{kind} {{ --first: {first}% }}</style>"
            + stage_bar(stages, shown, t, named=done_stage)
        )
        with st.container(horizontal=True, gap="small", key=f"marks-{kind}"):
            for stage in beside:
                with st.container(key=f"stage-{kind}-{stage}", width="content"):
                    menu.link(kind, stage_text(stages, stage, t), progress=OPENS[stage])
        with st.container(horizontal=True, gap="small"):
            menu.link(kind, t("overview.open_link", count=base - done), progress="open")
            menu.link(kind, t("overview.overdue_link", count=stages["overdue"]), deadline="overdue")
            menu.link(kind, t("overview.due_soon_link", count=stages["due_soon"]), deadline="due_soon")
            menu.link(
                "agencies", agencies_text(installation, kind, moment, t), programme=kind, show=_SHOWN[kind]
            )


def pace_text(walked: Pace | NoPace, t: Translator) -> str:
    """The arithmetic of progress in a line, or why there is none."""
    if isinstance(walked, NoPace):
        return refusal_text(walked, t)
    gained, since = t.signed(walked.gained), walked.since.as_of
    if walked.left == 0:
        return t("overview.pace_done", gained=gained, since=since)
    if walked.months_left is None:
        return t("overview.pace_none_gained", gained=gained, since=since, left=walked.left)
    return t(
        "overview.pace",
        gained=gained,
        since=since,
        per_month=t.number(walked.per_month, 1),
        left=walked.left,
        months=t.number(walked.months_left, 1),
    )


def refusal_text(refused: NoPace, t: Translator) -> str:
    """Why no pace is computed."""
    since = refused.since.as_of if refused.since else None
    return t(f"target.refused_{refused.refusal}", since=since, before=refused.base_then, base=refused.base)


def agencies_text(installation: Installation, kind: str, moment: Moment, t: Translator) -> str:
    """How many agencies are complete (a count: the source prints no base), or have at least one item done."""
    if kind == "simplification":
        figure = figures.compute(installation, "simplification.agencies_complete", moment)
        said = t("overview.agencies_complete", count=figure.numerator)
    else:
        figure = figures.compute(installation, "decentralisation.agencies", moment)
        said = t("overview.agencies_started", count=figure.numerator, base=figure.denominator)
    return f"{said} ({t('figures.recount')})" if figure.is_recount else said


def target_text(installation: Installation, kind: str, t: Translator) -> str | None:
    """The target of a programme and its date; None where there is none."""
    target = next(
        (known for known in installation.reference.targets if known.measure == f"{kind}.done"), None
    )
    if target is None:
        return None
    deadline = t("overview.target_no_deadline")
    if target.deadline:
        deadline = t(
            "overview.target_deadline", day=target.deadline, basis=t(f"target.basis_{target.deadline_basis}")
        )
    return t("overview.target", value=t.percent(target.value, 0), deadline=deadline)


def stage_text(stages: dict[str, int], stage: str, t: Translator) -> str:
    """A stage with its count and its share of the base."""
    return f"{t(f'stage.{stage}')} {t.number(stages[stage])} ({t.percent(share(stages[stage], stages['assigned'], 1))})"


def stage_bar(stages: dict[str, int], shown: list[str], t: Translator, *, named: str | None = None) -> str:
    """The stages of a programme as marks on one bar that ends at the target, read out in words.

    `named`: the stage whose name and count stand on the bar itself.
    """
    base = stages["assigned"]
    label = t(
        "overview.stages_alt", base=base, parts=", ".join(stage_text(stages, stage, t) for stage in shown)
    )
    fills = "".join(
        f'<i class="{stage}" style="width:{share(stages[stage], base, 2)}%"></i>'
        for stage in sorted(shown, key=lambda stage: -stages[stage])
    )
    if named is not None:
        part = share(stages[named], base, 2)
        place = f"left:{part}%" if part < _ROOM_FOR_A_NAME else f"right:{100 - part}%"
        fills += f'<b class="{"outside" if part < _ROOM_FOR_A_NAME else "inside"}" style="{place}">{escape(t(f"stage.{named}"))} {t.number(stages[named])}</b>'
    return f'<div class="stage-bar" role="img" aria-label="{escape(label)}">{fills}</div>'


def _stages_of(installation: Installation, programme: str) -> list[str]:
    return list(installation.reference.programme(programme).stages)
