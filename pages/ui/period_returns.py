"""The returns of a period by agency: state in words with its sign, letter and file."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.reporting import AgencyReturn, ReturnKind, ReturnState

_SENT = (ReturnState.SUBMITTED, ReturnState.LATE, ReturnState.NIL)


def show(returns: Sequence[AgencyReturn], t: Translator) -> None:
    """A sentence with the counts, who owes one by name, who was late; the rest behind a click."""
    if not returns:
        st.caption(t("period.returns_none"))
        return
    groups = {state: [one for one in returns if one.state is state] for state in ReturnState}
    parts = [t(f"period.count_{state}", count=len(found)) for state, found in groups.items() if found]
    sent = sum(len(groups[state]) for state in _SENT)
    st.markdown(f"**{t('period.returns_count', sent=sent, expected=len(returns))}** · {' · '.join(parts)}")
    for state in (ReturnState.MISSING, ReturnState.WAITING):
        if groups[state]:
            names = escape(", ".join(one.agency_short_name for one in groups[state]))
            words = escape(f"{t.word('period.icon', state)} {t.word('period.state', state)}")
            st.html(f'<p class="meta"><span class="return-{state}">{words}</span>: {names}</p>')
    if groups[ReturnState.LATE]:
        _table(groups[ReturnState.LATE], t)
    rest = [*groups[ReturnState.SUBMITTED], *groups[ReturnState.NIL]]
    if rest:
        with st.expander(t("period.returns_in_time", count=len(rest)), key="period-returns"):
            _table(rest, t)


def _table(returns: Sequence[AgencyReturn], t: Translator) -> None:
    heads = "".join(f"<th>{escape(t(f'period.col_{name}'))}</th>" for name in ("agency", "state", "letter"))
    rows = "".join(_row(one, t) for one in returns)
    st.html(f'<table class="record returns"><tr>{heads}</tr>{rows}</table>')


def letter(one: AgencyReturn, t: Translator) -> str:
    """The letter of a return in words."""
    if one.kind is ReturnKind.NIL:
        return t("period.nil_word")
    return t("period.letter", number=one.number or "–", day=one.issued_on) if one.kind else "–"


def files(one: AgencyReturn) -> str:
    """Links to the files of a return, as HTML."""
    return " ".join(
        f'<a class="file" href="/return_file/{file.file_id}">{escape(file.file_name)}</a>'
        for file in one.files
    )


def _row(one: AgencyReturn, t: Translator) -> str:
    state = f"{t.word('period.icon', one.state)} {t.word('period.state', one.state)}"
    details = [t("period.sent_on", day=one.sent_on)] if one.sent_on else []
    if one.versions > 1:
        details.append(t("period.replaced", count=one.versions))
    said = f'<br><span class="note">{escape(" · ".join(details))}</span>' if details else ""
    words = escape(letter(one, t)) + (f"<br>{files(one)}" if one.files else "")
    if one.note:
        words += f'<br><span class="note">{escape(one.note)}</span>'
    return (
        f"<tr><td>{escape(one.agency_short_name)}</td>"
        f'<td class="return-{one.state.value}">{escape(state)}{said}</td><td>{words}</td></tr>'
    )
