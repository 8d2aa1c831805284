"""The reviewer's part of a period: open the next one, close this one after a look at what will be frozen."""

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.claim import ClaimState
from catalogue.model.period import Moment
from catalogue.model.reporting import Period, ReturnState, month_of, next_name, opens_too_early
from catalogue.services import claims, figures, periods, progress
from catalogue.services.installation import Installation
from pages.ui import feedback, period_view, plain


def show(
    installation: Installation, actor: Actor, period: Period | None, moment: Moment, t: Translator
) -> None:
    """Nothing for those who may not; on another day's view the way back to today's."""
    if not actor.has(Right.MANAGE_PERIODS):
        return
    st.subheader(t("period.manage"))
    if moment.known_at is not None or moment.as_of != installation.working_date:
        st.caption(t("period.not_current", day=installation.working_date))
        return
    _open(installation, actor, t)
    if period is not None and not period.is_closed and period.starts_on <= installation.working_date:
        _close(installation, actor, period, moment, t)


def _open(installation: Installation, actor: Actor, t: Translator) -> None:
    name = next_name(periods.all_periods(installation), installation.working_date)
    starts_on = month_of(name)[0]
    if opens_too_early(starts_on, installation.working_date):
        return
    month = f"{starts_on:%m/%Y}"
    if st.button(t("period.open_next", month=month), icon=":material/add:", key="period-open"):
        try:
            periods.open_period(installation, actor, name)
        except CatalogueError as error:
            feedback.show(t, error)
        else:
            feedback.remember(t("period.said_opened", month=month))
            st.rerun()


def _close(installation: Installation, actor: Actor, period: Period, moment: Moment, t: Translator) -> None:
    month = period_view.month(period)
    with st.expander(t("period.close_title", month=month), icon=":material/lock:", key="period-close"):
        parts = []
        for kind, code in figures.PROGRAMMES.items():
            total = progress.report(installation, code, period, moment=moment).total
            if total.standing:
                name = t(f"programme.{kind}").lower()
                parts.append(t("period.close_figure_standing", programme=name, count=total.standing))
            if total.counted:
                parts.append(
                    t(
                        "period.close_figure",
                        programme=t(f"programme.{kind}").lower(),
                        done=total.done,
                        assigned=total.counted,
                        overdue=total.overdue,
                    )
                )
        st.markdown(t("period.close_what", day=period.ends_on, figures="; ".join(parts) or "0"))
        _missing(installation, period, moment, t)
        waiting = claims.find(installation, actor, state=ClaimState.SUBMITTED, size=1)
        if waiting.height:
            st.markdown(t("period.close_waiting_claims", count=waiting["total"][0]))
        reason = None
        # Held to what was on screen: figures that move between the preview and the click are refused.
        seen = st.session_state.setdefault("period-seen", {}).setdefault(period.name, moment.revision)
        with st.form(f"close-{period.name}", border=False):
            if installation.working_date <= period.due_on:
                st.warning(t("period.close_early", day=period.due_on), icon=":material/event_busy:")
                reason = st.text_input(t("period.close_reason"), max_chars=2000)
            sure = st.checkbox(t("period.close_sure"))
            pressed = st.form_submit_button(t("period.close_button"), type="primary", icon=":material/lock:")
        st.session_state["period-seen"][period.name] = moment.revision
        if pressed and not sure:
            st.warning(t("period.close_unsure"), icon=":material/check_box:")
        elif pressed:
            _really_close(installation, actor, period, seen, reason, t)


def _missing(installation: Installation, period: Period, moment: Moment, t: Translator) -> None:
    owing = [
        one.agency_short_name
        for one in periods.returns(installation, period, moment)
        if one.state in (ReturnState.MISSING, ReturnState.WAITING)
    ]
    if owing:
        names = plain.markdown(", ".join(owing))
        st.markdown(t("period.close_missing", count=len(owing), agencies=names))
    else:
        st.markdown(t("period.close_all_sent"))


def _really_close(
    installation: Installation, actor: Actor, period: Period, seen: int, reason: str | None, t: Translator
) -> None:
    try:
        periods.close(installation, actor, period.name, seen=seen, reason=reason)
    except CatalogueError as error:
        feedback.show(t, error)
    else:
        feedback.remember(t("period.said_closed", month=period_view.month(period)))
        st.rerun()
