"""What became of a batch, and what this person may do with it now: accept, reject, take back."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from catalogue.errors import CatalogueError, Conflict, StaleVersion
from catalogue.i18n import Translator
from catalogue.i18n.messages import error_text
from catalogue.model.actor import Actor, Right
from catalogue.services import imports
from catalogue.services.batches import BatchReport
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import feedback, import_history, import_sources, plain

_SEEN, _MOVED, _ASKED = "import_states", "import_moved", "import_asked"


def story(report: BatchReport, row: Row, t: Translator) -> None:
    """What became of the batch, and whether it became so while this person was looking."""
    seen: dict[int, str] = st.session_state.setdefault(_SEEN, {})
    has_changed = seen.get(report.batch_id, report.state) != report.state
    if has_changed and report.state in ("accepted", "rejected"):
        st.warning(t("imports.meanwhile"), icon=":material/sync_problem:")
    seen[report.batch_id] = report.state
    if moved := st.session_state.pop(_MOVED, None):
        st.warning(moved, icon=":material/sync_problem:")
    if report.state == "staged":
        return
    state = import_history.name_of_state(row)
    none = state == "accepted" and not written(report)
    text = _say(
        report,
        f"story_{state}{'_none' if none else ''}",
        t,
        who=plain.markdown(import_history.who(row, "decided", t) or ""),
        when=row["decided_at"],
        comment=plain.markdown(report.comment or ""),
        count=written(report),
        day=report.observed_on,
    )
    {"accepted": st.success, "replaced": st.info}.get(state, st.warning)(
        text, icon=import_history.ICONS[state]
    )


def waiting(actor: Actor, report: BatchReport, t: Translator) -> None:
    """What a batch waits for, in a sentence."""
    if report.state != "staged":
        return
    if not written(report):
        st.info(_say(report, "nothing_to_write", t, day=report.observed_on), icon=":material/info:")
    if not actor.has(Right.DECIDE_IMPORTS):
        st.info(_say(report, "waits", t), icon=":material/hourglass_empty:")


def actions(installation: Installation, actor: Actor, report: BatchReport, row: Row, t: Translator) -> None:
    """The buttons of a batch that waits; each asks once more before it acts."""
    if report.state != "staged":
        return
    if st.session_state.get("has_arrived"):  # a question left open on the way out
        _forget()
    may_decide = actor.has(Right.DECIDE_IMPORTS)
    is_own = row["staged_by"] == actor.actor_id
    if may_decide and st.button(t("imports.accept"), type="primary", icon=":material/check:"):
        st.session_state[_ASKED] = (report.batch_id, "accept")
    verb = "withdraw" if is_own else "reject"
    if (may_decide or is_own) and st.button(t(f"imports.{verb}"), icon=":material/close:"):
        st.session_state[_ASKED] = (report.batch_id, verb)
    batch_id, asked = st.session_state.get(_ASKED, (None, None))
    if batch_id == report.batch_id:
        title = _say(report, f"{asked}_title", t, number=str(batch_id))
        act = _accept if asked == "accept" else _reject
        st.dialog(title, on_dismiss=_forget)(act)(installation, actor, report, asked, t)


def written(report: BatchReport) -> int:
    """How many versions accepting writes, or wrote."""
    return report.rows_new + report.rows_changed


def _accept(installation: Installation, actor: Actor, report: BatchReport, verb: str, t: Translator) -> None:
    count = written(report)
    if count:
        st.markdown(f"**{_say(report, 'accept_writes', t, count=count, day=report.observed_on)}**")
        st.write(_say(report, "accept_parts", t, new=report.rows_new, changed=report.rows_changed))
    else:
        st.write(_say(report, "nothing_to_write", t, day=report.observed_on))
    if report.rows_missing:
        st.write(_say(report, "accept_missing", t, count=report.rows_missing))
    if report.rows_rejected:
        st.write(_say(report, "accept_not_taken", t, count=report.rows_rejected))
    st.caption(_say(report, "accept_again", t))
    if _confirmed(report, verb, t):
        with st.spinner(t("imports.accepting")):
            after = _done(lambda: imports.accept(installation, report.batch_id, by=actor), t)
        if after:
            feedback.remember(_say(report, "said_accepted", t, count=written(after)))
            st.rerun()


def _reject(installation: Installation, actor: Actor, report: BatchReport, verb: str, t: Translator) -> None:
    st.write(t("imports.reject_about"))
    reason = st.text_area(t("imports.reason"), key="reject-reason", max_chars=1000)
    if not _confirmed(report, verb, t):
        return
    if not reason.strip():
        st.error(t("imports.reason_missing"), icon=":material/error:")
    elif _done(lambda: imports.reject(installation, report.batch_id, reason, by=actor), t):
        feedback.remember(t("imports.said_rejected"))
        st.rerun()


def _confirmed(report: BatchReport, verb: str, t: Translator) -> bool:
    """The last two buttons: whether to go on; the other one closes the question."""
    with st.container(horizontal=True):
        confirmed = st.button(_say(report, f"{verb}_confirm", t), type="primary", key="import-confirm")
        if st.button(t("imports.cancel"), key="import-cancel"):
            _forget()
            st.rerun()
    return confirmed


def _say(report: BatchReport, key: str, t: Translator, **values: Any) -> str:
    return import_sources.text(report.source, key, t, **values)


def _forget() -> None:
    st.session_state.pop(_ASKED, None)


def _done(act: Callable[[], BatchReport], t: Translator) -> BatchReport | None:
    """The batch after the act; when somebody else decided it first, the page is drawn anew and says so."""
    try:
        after = act()
    except StaleVersion as error:
        _forget()
        st.session_state[_MOVED] = error_text(t, error)
        st.rerun()
    except Conflict:
        _forget()
        st.rerun()
    except CatalogueError as error:
        feedback.show(t, error)
        return None
    _forget()
    st.session_state.setdefault(_SEEN, {})[after.batch_id] = after.state
    return after
