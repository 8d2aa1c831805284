"""Levels as sets: memberships against procedures with the overlap, exact sets, and the procedures of one set."""

import streamlit as st

from catalogue.services import levels
from pages.ui import arrival, filters, level_view, menu, paging, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
kinds = {by: t(f"levels.by_{by}") for by in level_view.NAMES}
asked = st.query_params.get("set")
by = st.query_params.get("by") if st.query_params.get("by") in kinds else "level"
chosen = level_view.members_of(asked, by) if asked else None
size = filters.number("size")
if chosen is not None or size:
    page = filters.number(paging.KEY) or 1
    st.query_params.update({"by": by} | ({"set": asked} if asked else {"size": str(size)}))
    with st.container(key="plain-link"):
        menu.link("levels", t("levels.back"), by=by)
    if chosen:
        names = [level_view.name(one, by, t) for one in level_view.NAMES[by] if one in chosen]
        st.title(t("levels.set_title", names=", ".join(names)))
    else:
        st.title(t(f"levels.title_{by}", size=size) if size else t("levels.unknown_title"))
    arrival.follow_url((paging.KEY,))
    page = st.session_state.get(paging.KEY, page)
    frame = levels.members(installation, moment, by=by, chosen=chosen, size=size, page=page)
    level_view.procedures(frame, (by, asked, size, moment.as_of), t)
    arrival.remember_url((paging.KEY,))
    st.caption(source_line(moment, t))
    st.stop()

st.title(t("levels.title"))
arrival.follow_url(("by",))
by = filters.switch(t("levels.by"), kinds, "by")
arrival.remember_url(("by",))
by_level, by_group = levels.sets(installation, moment)
found = by_group if by == "group" else by_level
if not found.total:
    st.info(t("levels.empty", day=moment.as_of), icon=":material/inbox:")
    st.stop()
level_view.sentence(found, by, t)
if found.known:
    left, right = st.columns([3, 2], gap="large")
    with left:
        level_view.bars(found, by, t)
    with right:
        level_view.members(found, by, t)
st.caption(source_line(moment, t))
