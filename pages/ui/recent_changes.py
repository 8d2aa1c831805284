"""What changed since the last period: plain sentences, each of which opens its items."""

from collections.abc import Mapping

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import figures, leadership
from catalogue.services.installation import Installation
from catalogue.services.leadership import Changed
from pages.ui import menu, plain

_SENTENCES = 7
_NAMED = 2  # agencies that a sentence names


def show(installation: Installation, running: Mapping[str, str], moment: Moment, t: Translator) -> None:
    """Draw the sentences over every programme of `running` (kind -> code)."""
    since = figures.last_period_end(moment)
    found = leadership.changed(installation, running, moment, since)
    with st.container(gap=None, key="overview-changed"):
        st.subheader(t("overview.changes_title", day=since), anchor=False)
        if not found:
            st.write(t("overview.changes_none", day=since))
        for place, one in enumerate(found[:_SENTENCES]):
            with st.container(gap=None, key=f"rows-change-{place}"):
                menu.link(one.kind, sentence(one, t), change=one.change, since=since)
        if len(found) > _SENTENCES:
            st.caption(t("overview.changes_more", count=len(found) - _SENTENCES))


def sentence(one: Changed, t: Translator) -> str:
    """`Đơn giản hóa: 9 TTHC được lùi thời hạn (Bộ Y tế 7, 2 cơ quan khác 2)`."""
    named = [f"{plain.markdown(name)} {t.number(count)}" for name, count in one.agencies[:_NAMED]]
    if others := [count for _, count in one.agencies[_NAMED:]]:
        named.append(t("overview.changed_others", count=len(others), items=sum(others)))
    return t(
        "overview.changed",
        programme=t(f"programme.{one.kind}"),
        what=t(f"overview.changed_{one.change}", items=one.items),
        agencies=", ".join(named),
    )
