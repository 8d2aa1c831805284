"""Figures: each with its definition, what is behind it, and what was published beside what the ledger computes."""

import streamlit as st

from catalogue.model.figure import Kind
from catalogue.services import figures, published
from pages.ui import menu, session
from pages.ui.provenance import source_line

installation, t, moment = session.installation(), session.translator(), session.moment()
st.title(t("figures.title", day=moment.as_of))
BEHIND = {
    "catalogue.total": ("catalogue", {}),
    "catalogue.level.central": ("catalogue", {"level_group": "central"}),
    "catalogue.level.local": ("catalogue", {"level_group": "local"}),
    "catalogue.level.vertical": ("catalogue", {"level_group": "vertical"}),
    "publication.decisions": ("decisions", {}),
    "simplification.done": ("simplification", {"progress": "done"}),
    "simplification.agencies_complete": ("agencies", {"programme": "simplification", "show": "complete"}),
    "decentralisation.done": ("decentralisation", {"progress": "done"}),
    "decentralisation.open": ("decentralisation", {"progress": "open"}),
    "decentralisation.in_time": ("decentralisation", {"progress": "open_in_time"}),
    "decentralisation.overdue": ("decentralisation", {"deadline": "overdue"}),
    "decentralisation.agencies_complete": (
        "agencies",
        {"programme": "decentralisation", "show": "complete"},
    ),
    "decentralisation.agencies": ("agencies", {"programme": "decentralisation", "show": "started"}),
}
computed = figures.compute_all(installation, moment)
for figure in computed:
    left, right = st.columns([1, 3], gap="large")
    with left:
        value = t.number(figure.numerator)
        if figure.kind is Kind.SHARE and figure.denominator:
            value += f"/{t.number(figure.denominator)}"
        page, params = BEHIND[figure.measure]
        with st.container(key=f"headline-{figure.measure.replace('.', '-')}"):
            menu.link(page, f"**{value}**", **params)
        if figure.percent is not None:
            st.caption(t("figures.computed_percent", percent=t.percent(figure.percent, 4)))
        if figure.is_recount:
            st.caption(f":material/sync: {t('figures.recount')}")
    with right:
        st.markdown(
            f"**{t(f'figures.name_{figure.measure}')}**  \n{t(f'figures.definition_{figure.measure}')}"
        )
        st.caption(figure.measure)
        if figure.measure == "catalogue.total":
            menu.link("levels", t("levels.link"))

st.subheader(t("figures.published_title"))
st.write(t("figures.published_intro"))
if installation.is_reorganised_since(moment):
    st.caption(t("figures.published_at_the_time"))
st.dataframe(
    published.compared(installation, t.language).drop("id"),
    hide_index=True,
    key="published",
    column_config={
        name: st.column_config.TextColumn(t(f"figures.col_{name}"), width=width)
        for name, width in (
            ("label", 330),
            ("as_of", 100),
            ("printed", 130),
            ("computed", 150),
            ("relation", 240),
            ("source", 260),
        )
    },
)
st.caption(source_line(moment, t))
