"""By which rate agencies are compared: the switch in the URL, the definition beside it, the programme's own number."""

from typing import Any

import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.period import Moment
from catalogue.services import agency_progress, figures
from catalogue.services.figures import Measure
from catalogue.services.installation import Installation
from pages.ui import figure_links, filters, menu

NAME = "rate"


def choose(kind: str, t: Translator) -> Measure:
    """Draw the switch of the rates of a kind of programme and what the chosen one means."""
    rates = {one.measure.partition(".")[2]: one for one in agency_progress.rates(kind)}
    chosen = filters.switch(t("agencies.rate"), {name: t(f"agencies.rate_{name}") for name in rates}, NAME)
    measure = rates[chosen]
    st.caption(t(f"figures.definition_{measure.measure}"))
    return measure


def named(measure: Measure, t: Translator) -> str:
    """The rate with its programme, as what is taken away is named."""
    programme, _, rate = measure.measure.partition(".")
    return f"{t(f'programme.{programme}')} – {t(f'agencies.rate_{rate}')}"


def whole(installation: Installation, measure: Measure, moment: Moment, t: Translator) -> None:
    """The rate of the whole programme, both numbers of which open, and the way to its page."""
    figure = figures.compute(installation, measure.measure, moment)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="plain-link-rate"):
        if figure.percent is None:
            st.markdown(said_without(measure, t), width="content")
        else:
            page, params = figure_links.behind(measure.measure)
            label = t(
                "agencies.whole",
                percent=t.percent(figure.percent),
                numerator=figure.numerator,
                denominator=figure.denominator,
            )
            menu.link(page, label, **params)
        menu.link("figure", t("agencies.to_figure"), id=measure.measure)


def said_without(measure: Measure, t: Translator) -> str:
    """Why there is no rate: nothing stands below the line."""
    return t(f"agencies.nothing_{measure.over}")


def items_of(measure: Measure, /, **narrowed: Any) -> tuple[str, dict[str, Any]]:
    """The page and parameters that list the items below the line, of one agency, field or document."""
    page, params = figure_links.below(measure.measure)
    return page, params | narrowed
