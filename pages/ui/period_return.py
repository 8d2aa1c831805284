"""A ministry's return for the period: where it stands, how long is left, the form to send it or to say nil; and the
returns that its predecessors left owing."""

from datetime import date

import streamlit as st

from catalogue.errors import CatalogueError
from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Right
from catalogue.model.reporting import AgencyReturn, Period, ReturnKind, ReturnState
from catalogue.services import attachments, periods, returns
from catalogue.services.installation import Installation
from pages.ui import feedback, period_returns, period_view, plain, upload


def show(installation: Installation, actor: Actor, t: Translator) -> None:
    """Draw the part; nothing where no period is there, or the agency owes no return."""
    agency = actor.agency_code or ""
    if not actor.has(Right.FILE_RETURNS, agency):
        return
    owed = _owed(installation, agency)
    if not owed:
        return
    with st.container(key="period-return"):
        names = {_key(period, one): _name(period, one, agency) for period, one in owed}
        st.subheader(t("period.my_title", month=period_view.month(owed[0][0])))
        for period, one in owed:
            is_named = len(owed) > 1 or one.agency_code != agency
            st.markdown(
                (f"**{plain.markdown(names[_key(period, one)])}** · " if is_named else "")
                + _standing(period, one, installation.working_date, t)
            )
            if one.files:
                st.html(period_returns.files(one))
        owed = [pair for pair in owed if not pair[0].is_closed or pair[1].kind is None]
        if not owed:
            return
        sent = owed[0][1].kind is not None
        label = t("period.my_replace" if sent else "period.my_send")
        with st.expander(label, icon=":material/outgoing_mail:", key="period-return-form"):
            chosen = _key(*owed[0])
            if len(owed) > 1:
                chosen = st.selectbox(
                    t("period.my_period"),
                    [_key(*pair) for pair in owed],
                    format_func=lambda key: names[key],
                    key="return-period",
                )
            period, one = next(pair for pair in owed if _key(*pair) == chosen)
            _form(installation, actor, period, one, t)


def _owed(installation: Installation, agency: str) -> list[tuple[Period, AgencyReturn]]:
    """The open period, and the last closed one where nothing was sent for it; that one too where none is open."""
    known = periods.all_periods(installation)
    current = periods.current(installation)
    closed = next((period for period in known if period.is_closed), None)
    return [
        (period, one)
        for period in (current, closed)
        if period is not None
        for one in returns.of_answering(installation, period, agency)
        if period is not closed or one.kind is None or current is None
    ]


def _key(period: Period, one: AgencyReturn) -> str:
    return f"{period.name}-{one.agency_code}"


def _name(period: Period, one: AgencyReturn, agency: str) -> str:
    """The month, and whose return it is where that agency is no more."""
    month = period_view.month(period)
    return month if one.agency_code == agency else f"{month} · {one.agency_short_name}"


def _standing(period: Period, one: AgencyReturn, day: date, t: Translator) -> str:
    if one.kind is not None:
        state = f"{t.word('period.icon', one.state)} {t.word('period.state', one.state)}"
        return t(
            "period.my_sent",
            state=state,
            letter=plain.markdown(period_returns.letter(one, t)),
            day=one.sent_on,
        )
    if period.is_closed:
        late = one.state is ReturnState.MISSING
        return t("period.my_missing_closed" if late else "period.my_closed", day=period.due_on)
    left = period.days_left(day)
    key = "my_waiting" if left > 0 else "my_today" if left == 0 else "my_missing"
    return t(f"period.{key}", day=period.due_on, days=abs(left))


def _form(installation: Installation, actor: Actor, period: Period, one: AgencyReturn, t: Translator) -> None:
    agency = one.agency_code
    kinds = {kind: t(f"period.kind_{kind.value}") for kind in ReturnKind}
    kind = st.segmented_control(
        t("period.kind"),
        list(kinds),
        format_func=lambda key: kinds[key],
        default=ReturnKind.REPORT,
        required=True,
        label_visibility="collapsed",
        key=f"return-kind-{_key(period, one)}",
    )
    if kind is ReturnKind.NIL:
        st.caption(t("period.nil_about"))
        since = periods.cycle_start(installation, period)
        if count := returns.activity(installation, period, agency, since):
            st.warning(t("period.nil_activity", count=count), icon=":material/rule:")
    with st.form(f"return-{_key(period, one)}-{kind}-{one.versions}", border=False):  # empty again once sent
        number, issued_on, files = None, None, []
        if kind is ReturnKind.REPORT:
            first, second = st.columns([2, 1])
            number = first.text_input(
                t("period.field_number"), max_chars=100, placeholder=t("period.field_number_hint")
            )
            issued_on = second.date_input(t("period.field_issued_on"), value=None, format="DD/MM/YYYY")
            upload.words(t("claim.upload"), t("claim.upload_limits"))
            files = st.file_uploader(
                t("period.field_return_file"),
                type=[suffix.removeprefix(".") for suffix in attachments.SUFFIXES],
                accept_multiple_files=True,
                max_upload_size=attachments.LARGEST_BYTES // 1_048_576,
            )
        note = st.text_input(t("period.field_note"), max_chars=2000)
        label = t("period.send_report" if kind is ReturnKind.REPORT else "period.send_nil")
        pressed = st.form_submit_button(label, type="primary", icon=":material/send:")
    if pressed:
        try:
            returns.file_return(
                installation,
                actor,
                period,
                agency,
                kind,
                number=number,
                issued_on=issued_on if isinstance(issued_on, date) else None,
                note=note,
                files=[(file.name, file.getvalue()) for file in files],
            )
        except CatalogueError as error:
            feedback.show(t, error)
        else:
            feedback.remember(t("period.said_sent", month=period_view.month(period)))
            st.rerun()
