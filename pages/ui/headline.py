"""One programme in one statement: the figure, its pace, its stages on one base, what opens behind each number."""

from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.figure import Pace, share
from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.installation import Installation
from pages.ui import menu

# What each stage's count opens: a filter of the list.
OPENS = {"approved": "approved", "enacted": "done", "published": "published", "confirmed": "done"}
# The agencies that the statement counts.
_SHOWN = {"simplification": "complete", "decentralisation": "started"}


def show(installation: Installation, kind: str, programme: str, moment: Moment, t: Translator) -> None:
    """Draw the statement of a programme; its base must not be empty."""
    stages = figures.stages(installation, programme, moment)
    base, done = stages["assigned"], stages["done"]
    with st.container(gap="small"):
        with st.container(key=f"headline-{kind}"):
            menu.link(
                kind,
                t(f"programme.{kind}_done", done=done, base=base, percent=t.percent(share(done, base, 1))),
                progress="done",
            )
        pace = pace_text(figures.pace(installation, f"{kind}.done", moment), t)
        st.caption(" · ".join(filter(None, [pace, target_text(installation, kind, t)])))
        shown = [stage for stage in _stages_of(installation, programme) if stage != "assigned"]
        st.html(stage_bar(stages, shown, t))
        with st.container(horizontal=True, gap="small"):
            for stage in shown:
                with st.container(key=f"stage-{kind}-{stage}", width="content"):
                    menu.link(kind, stage_text(stages, stage, t), progress=OPENS[stage])
        with st.container(horizontal=True, gap="small"):
            menu.link(kind, t("overview.open_link", count=base - done), progress="open")
            menu.link(kind, t("overview.overdue_link", count=stages["overdue"]), deadline="overdue")
            menu.link(kind, t("overview.due_soon_link", count=stages["due_soon"]), deadline="due_soon")
            menu.link(
                "agencies", agencies_text(installation, kind, moment, t), programme=kind, show=_SHOWN[kind]
            )


def pace_text(pace: Pace | None, t: Translator) -> str:
    """The arithmetic of progress in a line."""
    if pace is None:
        return t("overview.pace_refused")
    since = pace.since.as_of
    if pace.left == 0:
        return t("overview.pace_done", gained=t.signed(pace.gained), since=since)
    if pace.months_left is None:
        return t("overview.pace_none_gained", since=since, left=pace.left)
    return t(
        "overview.pace",
        gained=t.signed(pace.gained),
        since=since,
        per_month=t.number(pace.per_month),
        left=pace.left,
        months=t.number(pace.months_left, 1),
    )


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
    deadline = (
        t("overview.target_deadline", day=target.deadline)
        if target.deadline
        else t("overview.target_no_deadline")
    )
    return t("overview.target", value=t.percent(target.value, 0), deadline=deadline)


def stage_text(stages: dict[str, int], stage: str, t: Translator) -> str:
    """A stage with its count and its share of the base."""
    return f"{t(f'stage.{stage}')} {t.number(stages[stage])} ({t.percent(share(stages[stage], stages['assigned'], 1))})"


def stage_bar(stages: dict[str, int], shown: list[str], t: Translator) -> str:
    """The stages of a programme as marks on one bar that ends at the target, read out in words."""
    base = stages["assigned"]
    label = t(
        "overview.stages_alt", base=base, parts=", ".join(stage_text(stages, stage, t) for stage in shown)
    )
    fills = "".join(
        f'<i class="{stage}" style="width:{share(stages[stage], base, 2)}%"></i>'
        for stage in sorted(shown, key=lambda stage: -stages[stage])
    )
    return f'<div class="stage-bar" role="img" aria-label="{escape(label)}">{fills}</div>'


def _stages_of(installation: Installation, programme: str) -> list[str]:
    return list(installation.reference.programme(programme).stages)
