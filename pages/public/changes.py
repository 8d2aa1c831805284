"""The change log of the catalogue for a period: the net, kinds and agencies with their counts, every change in words."""

import streamlit as st

from catalogue.services import changes
from catalogue.services.changes import LogFilter
from catalogue.services.procedures import PAGE_SIZE
from pages.ui import arrival, change_list, filters, heir_words, menu, paging, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
FILTERS = ("since", "by", "agency", "kind", "text", paging.KEY)
with st.container(key="plain-link"):
    menu.link("catalogue", t("changes.back"))
st.title(t("changes.title"))
arrival.follow_url(FILTERS)
first, second = st.columns([1, 3], vertical_alignment="bottom")
with first:
    since = filters.pick_day(t("changes.since"), "since", moment.as_of.replace(month=1, day=1))
with second:
    by = filters.switch(t("changes.by"), {name: t(f"changes.by_{name}") for name in ("steps", "net")}, "by")
if since >= moment.as_of:
    arrival.remember_url(FILTERS)
    st.warning(t("changes.since_after", since=since, until=moment.as_of), icon=":material/event_busy:")
    st.stop()
change_list.balance(changes.balance(installation, moment, since), since, moment.as_of, t)


def chosen(name: str) -> str | None:
    """A filter as it stands before its widget is drawn: its own widget's value, else the URL's."""
    value = st.session_state.get(name) if name in st.session_state else st.query_params.get(name)
    return str(value).strip() or None if value else None


kind = chosen("kind")
wanted = LogFilter(agency=chosen("agency"), kind=kind if kind in changes.KINDS else None, text=chosen("text"))
page = filters.number(paging.KEY) or 1
log = changes.log(installation, moment, since, wanted, net=by == "net", page=page)
third, fourth = st.columns([2, 2])
with third:
    names = {agency.code: agency.name for agency in installation.reference.agencies}
    change_list.agency_filter(log.by_agency, names, log.total, t)
with fourth:
    filters.text(t("changes.text"), "text", placeholder=t("changes.text_hint"))
heir_words.absent(installation, moment, wanted.agency, t)
change_list.kind_filter(log.by_kind, log.in_agency, t)
if not wanted.agency and not log.by_agency.is_empty():
    with st.expander(t("changes.by_agency")):
        change_list.by_agency(log.by_agency, t)
if not log.total:
    arrival.remember_url(FILTERS)
    st.info(t("changes.nothing", since=since, until=moment.as_of), icon=":material/filter_alt_off:")
    st.stop()
st.markdown(f"**{t(f'changes.counts_{by}', count=log.total)}**")
current, pages = paging.current(log.total, PAGE_SIZE, (since, by, wanted, moment.as_of, moment.organised_on))
if current != page:
    log = changes.log(installation, moment, since, wanted, net=by == "net", page=current)
arrival.remember_url(FILTERS)
change_list.rows(log.entries, t)
paging.show(pages)
st.caption(source_line(moment, t))
