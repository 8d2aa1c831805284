"""Documents not issued that would release most open items, and what each makes of the percentage."""

from collections.abc import Mapping

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.model.period import Moment
from catalogue.services import figures, leadership
from catalogue.services.installation import Installation
from catalogue.services.leadership import Unlocking
from pages.ui import menu, plain

_DOCUMENTS = 5
_HEAD, _TAIL = 48, 42  # letters that are left of a title too long for its line: names differ at the end


def show(installation: Installation, running: Mapping[str, str], moment: Moment, t: Translator) -> None:
    """Draw the list over every programme of `running` (kind -> code)."""
    with st.container(gap=None, key="overview-unlocking"):
        st.subheader(t("overview.bottlenecks_title"), anchor=False)
        found = leadership.unlocking(installation, running, moment, _DOCUMENTS)
        if not found:
            st.write(t("overview.bottlenecks_none"))
            return
        stages = {kind: figures.stages(installation, code, moment) for kind, code in running.items()}
        for one in found:
            with st.container(gap=None, key=f"rows-document-{one.document_id}"):
                menu.link(
                    max(one.alone, key=lambda kind: one.alone[kind]),
                    t(
                        "overview.bottleneck_link",
                        alone=one.total,
                        title=plain.markdown(shortened(one.title)),
                    ),
                    hint=plain.markdown(one.title),
                    document=one.document_id,
                    only="missing",
                    progress="open",
                )
                who = plain.markdown(one.drafting_agency_name or "–")
                gains = [gain(kind, stages[kind], alone, t) for kind, alone in one.alone.items()]
                st.caption(" · ".join([who, planned(one, moment, t), *gains]))
        with st.container(key="beside-unlocking"):
            menu.link("instruments", t("overview.bottlenecks_more"))


def planned(one: Unlocking, moment: Moment, t: Translator) -> str:
    """When the document is to be issued, and how late that is."""
    if one.planned_issue_on is None:
        return t("overview.bottleneck_unplanned")
    if one.planned_issue_on < moment.as_of:
        days = (moment.as_of - one.planned_issue_on).days
        return t("overview.bottleneck_late", day=one.planned_issue_on, days=days)
    return t("overview.bottleneck_planned", day=one.planned_issue_on)


def gain(kind: str, stages: Mapping[str, int], alone: int, t: Translator) -> str:
    """What the programme's percentage becomes with so many items more."""
    base, done = stages["assigned"], stages["done"]
    now, then = (t.percent(share(count, base, 1)) for count in (done, done + alone))
    return t(f"overview.gain_{kind}", now=now, then=then)


def shortened(title: str, first: int = _HEAD) -> str:
    """A title of one line: the middle is left out, never half a word; `first`: letters kept before it."""
    if len(title) <= first + _TAIL + 3:
        return title
    head, tail = title[:first].rsplit(" ", 1)[0], title[-_TAIL:].split(" ", 1)[-1]
    return f"{head} … {tail}"
