"""Which unissued documents hold back the most, whose, how late; and what follows if some came into force."""

import streamlit as st

from catalogue.model.actor import Right
from catalogue.services import instruments, what_if
from catalogue.services.instruments import PAGE_SIZE, InstrumentFilter
from pages.ui import arrival, instrument_forms, instrument_list, paging, session, what_if_view
from pages.ui.provenance import source_line

installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
st.title(t("instrument.title"))
unissued = {
    row["document_id"]: row for row in instruments.everything(installation, moment).iter_rows(named=True)
}
if instruments.find(installation, moment, InstrumentFilter(standing="all"), size=1).is_empty():
    st.info(t("instrument.empty"), icon=":material/hourglass_empty:")
    st.caption(source_line(moment, t))
    st.stop()

watched = (*instrument_list.NAMES, paging.KEY)
arrival.follow_url(watched)
asked = instrument_list.wanted(installation, moment, t)
everything = instruments.everything(installation, moment, asked)
page, pages = paging.current(everything.height, PAGE_SIZE, (asked, moment.as_of))
arrival.remember_url(watched)
picked = what_if_view.chosen(unissued, moment.as_of)
outcomes = what_if.compute(installation, moment, picked) if picked else ()
if everything.is_empty():
    st.info(t("instrument.nothing"), icon=":material/filter_alt_off:")
else:
    instrument_list.answer(installation, moment, asked, t)
    instrument_list.bars(everything, moment.as_of, t)
    frame = instruments.find(installation, moment, asked, page=page)
    with st.container(key="rows-wide"):
        st.subheader(t("instrument.table"), help=t("instrument.table_hint"))
        st.caption(t("instrument.table_hint"))
        instrument_list.table(frame, everything, picked, moment.as_of, t)
    with st.container(key="rows-narrow"):
        instrument_list.rows(frame, moment.as_of, t)
    paging.show(pages)
what_if_view.show(installation, moment, unissued, picked, outcomes, t)
is_current = moment.known_at is None and moment.as_of == installation.working_date
if actor.has(Right.WRITE_INSTRUMENTS) and is_current:
    instrument_forms.new(installation, actor, t)
st.caption(source_line(moment, t))
