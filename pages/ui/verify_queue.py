"""The reviewer's queue: who waits longest, which one is open, and how to go on by keyboard."""

from collections.abc import Sequence
from datetime import date, datetime

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.working_days import civil_day
from pages.ui import choices, filters, plain

SHOWN = 60
_CHOSEN, _ORDER = "claim_chosen", "claim_order"


def successor(before: Sequence[int], chosen: int | None, ids: Sequence[int]) -> int:
    """What is open now: what was open, else what stood after it, else the oldest."""
    left = set(ids)
    if chosen in left:
        assert chosen is not None
        return chosen
    after = before[before.index(chosen) + 1 :] if chosen in before else []
    return next((one for one in after if one in left), ids[0])


def choose(frame: pl.DataFrame, today: date, t: Translator) -> int:
    """The queue as a list of choices; the id of the claim that is open."""
    rows = frame.head(SHOWN).to_dicts()
    by_id = {row["claim_id"]: row for row in rows}
    ids = list(by_id)
    wanted = st.session_state.get(_CHOSEN) or filters.number("claim")
    st.session_state[_CHOSEN] = successor(st.session_state.get(_ORDER, []), wanted, ids)
    st.session_state[_ORDER] = ids
    place = ids.index(st.session_state[_CHOSEN])
    with st.container(horizontal=True, vertical_alignment="center", key="queue-steps"):
        _step(t("work.previous"), ":material/arrow_upward:", "Alt+K", ids[max(place - 1, 0)], place == 0)
        last = len(ids) - 1
        _step(t("work.next"), ":material/arrow_downward:", "Alt+J", ids[min(place + 1, last)], place == last)
    texts = choices.distinct({claim_id: line(row, today, t) for claim_id, row in by_id.items()})
    with st.container(height=640, border=False, key="queue"):
        chosen = st.radio(
            t("work.verify_title"),
            ids,
            format_func=lambda claim_id: texts[claim_id],
            captions=[plain.markdown(row["item_title"]) for row in rows],
            key=_CHOSEN,
            label_visibility="collapsed",
        )
    if frame.height > SHOWN:
        st.caption(t("work.verify_more", count=frame.height - SHOWN))
    assert isinstance(chosen, int)
    st.query_params["claim"] = str(chosen)
    return chosen


def line(row: dict[str, object], today: date, t: Translator) -> str:
    """Agency, kind and age of a claim."""
    kind = t.word("claim.short", str(row["kind"]))
    return f"**{row['agency_name']}** · {kind} · {t('work.age', days=age(row, today))}"


def age(row: dict[str, object], today: date) -> int:
    """How many days a claim has waited."""
    submitted = row["submitted_at"]
    return max((today - civil_day(submitted)).days, 0) if isinstance(submitted, datetime) else 0


def _step(label: str, icon: str, shortcut: str, target: int, is_at_end: bool) -> None:
    st.button(
        label,
        icon=icon,
        shortcut=shortcut,
        type="tertiary",
        disabled=is_at_end,
        key=f"queue-{shortcut}",
        on_click=lambda: st.session_state.update({_CHOSEN: target}),
    )
