"""One figure: a measure as the ledger computes it (`?id=`), or what was published of one (`?published=`, or its id)."""

import streamlit as st

from catalogue.errors import NotFound
from catalogue.services import figures, published
from pages.ui import (
    arrival,
    feedback,
    figure_list,
    figure_published,
    figure_register,
    figure_view,
    menu,
    session,
)
from pages.ui.provenance import source_line

installation, actor = session.installation(), session.actor()
t, moment = session.translator(), session.moment()
measures = {one.measure for one in figures.MEASURES}
measure, published_id = st.query_params.get("id"), st.query_params.get("published")
if measure and measure not in measures and not published_id:
    measure, published_id = None, measure
arrival.write_url()


def way(to_measure: str | None, view: str | None) -> None:
    """The ways out of this page: the list it came from, and the measure of a published figure."""
    with st.container(horizontal=True, gap="medium", key="plain-link-back"):
        menu.link("figures", t("figure.back"), view=view)
        if to_measure:
            menu.link("figure", t("figure.to_measure"), id=to_measure)


if published_id:
    try:
        told = published.get(installation, published_id, actor=actor)
    except NotFound as error:
        way(None, "published")
        st.title(t("menu.figure"))
        feedback.show(t, error)
        st.stop()
    way(told.measure, "published")
    st.title(told.label(t.language))
    figure_register.standing(told, t)
    figure_published.head(installation, told, t)
    figure_published.reproduction(installation, actor, told, moment, t)
    figure_register.actions(installation, actor, told, t)
    figure_published.series(installation, told, t)
    figure_view.totals(installation, {told.id}, t)
    figure_published.cite(installation, told, t)
    st.stop()

way(None, None)
if not measure:
    st.title(t("menu.figure"))
    st.info(t("figure.missing"), icon=":material/functions:")
    st.stop()

figure = figures.compute(installation, measure, moment)
name = figure_list.name(measure, t)
st.title(name)
figure_view.head(figure, t)
st.markdown(t(f"figures.definition_{measure}"))
st.caption(t("figure.code", code=measure))
figure_register.draft(installation, actor, figure, t)
left, right = st.columns([3, 2], gap="large")
with left:
    figure_view.history(installation, measure, name, moment, t)
with right:
    figure_view.printed(installation, actor, measure, moment, t)
ids = {one.id for one in published.of_measure(installation, measure, moment=moment)}
figure_view.totals(installation, ids, t)
figure_view.cite(name, figure, installation, moment, t)
st.caption(source_line(moment, t))
