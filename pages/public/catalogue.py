"""The catalogue: search first, level groups as sets, facets with counts, results as readable rows."""

import streamlit as st

from catalogue.services import figures, search
from catalogue.services.search import PAGE_SIZE, ProcedureFilter
from pages.ui import (
    arrival,
    catalogue_list,
    catalogue_rows,
    filters,
    heir_words,
    menu,
    paging,
    plain,
    session,
)
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("catalogue.title"))
if not figures.levels(installation, moment)["total"]:
    st.subheader(t("catalogue.empty_title", day=moment.as_of))
    st.write(t("catalogue.empty"))
    st.code("python -m pipelines run portal_list DANH_MUC.xlsx", language="bash")
    st.stop()

FILTERS = ("q", "agency", "field", "level_group", *catalogue_list.MORE, "state", "within", paging.KEY)
arrival.follow_url(FILTERS)
text = filters.text(t("catalogue.search"), "q", placeholder=t("catalogue.search_hint"))


def chosen(name: str) -> str | None:
    """A filter as it stands before its widget is drawn: its own widget's value, else the URL's."""
    value = st.session_state.get(name) if name in st.session_state else st.query_params.get(name)
    return value or None


group = chosen("level_group")
wanted = ProcedureFilter(
    text=text,
    agency=chosen("agency"),
    field=chosen("field"),
    level=chosen("level"),
    level_set=chosen("level_set"),
    level_group=group if group in (*catalogue_list.GROUPS, search.UNKNOWN) else None,
    addressee=chosen("addressee"),
    way=chosen("way"),
    in_force=catalogue_list.STATES.get(chosen("state") or "", True),
    in_name=chosen("within") == "name",
)
facets = search.facets(installation, moment, wanted)
catalogue_rows.reading(search.read(installation, moment, text), t)
catalogue_list.level_groups(facets, t)
with st.container(key="catalogue-columns"):
    left, right = st.columns([1, 3], gap="large")
with left:
    names = {agency.code: agency.name for agency in installation.reference.agencies}
    catalogue_list.narrow(facets, "agency", names, t)
    catalogue_list.narrow(facets, "field", {}, t)
    catalogue_list.more(facets, t)
    catalogue_list.state(t)
    with st.container(key="plain-link"):
        menu.link("decisions", t("catalogue.decisions"))
        menu.link("changes", t("changes.link"))
        menu.link("levels", t("levels.link"))

total = catalogue_list.counts(facets, "total")["total"]
with right:
    heir_words.absent(installation, moment, wanted.agency, t)
    if text:
        catalogue_list.within(facets, t)
    if not total:
        arrival.remember_url(FILTERS)
        st.subheader(t("catalogue.nothing_title"))
        is_narrowed = wanted != ProcedureFilter(text=text)
        st.write(
            t("catalogue.nothing_filter")
            if is_narrowed
            else t("catalogue.nothing_text", text=plain.markdown(text or ""))
        )
        if is_narrowed:
            st.button(t("catalogue.clear"), icon=":material/filter_alt_off:", on_click=catalogue_list.clear)
        st.stop()
    page, pages = paging.current(total, PAGE_SIZE, ("catalogue", wanted, moment.as_of, moment.organised_on))
    arrival.remember_url(FILTERS)
    order = t("catalogue.order_match" if text else "catalogue.order_latest")
    st.markdown(f"**{t('catalogue.found', count=total)}** · {order}")
    catalogue_rows.rows(search.search(installation, moment, wanted, page), t)
    paging.show(pages)
st.caption(source_line(moment, t))
