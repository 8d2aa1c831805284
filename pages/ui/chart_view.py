"""Charts as every page draws them: with alt text and caption, and as a picture to take away, drawn only when asked for."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from catalogue.charts import render
from catalogue.charts.render import Frame
from catalogue.correspondence import origin
from catalogue.i18n import Translator
from catalogue.model.period import Moment
from pages.ui import filters, session
from pages.ui.provenance import file_name


class Finished:
    """A chart as Streamlit asks it for its specification, without checking that against the schema at every run of the page:
    the check takes longer than the rest, and the tests of the charts make it."""

    def __init__(self, chart: Any) -> None:
        self.chart = chart

    def to_dict(self) -> dict[str, Any]:
        specification: dict[str, Any] = self.chart.to_dict(validate=False)
        return specification


_FORMS = {"png": (render.png, "image/png"), "svg": (render.svg, "image/svg+xml")}


def show(
    chart: Any,
    *,
    title: str,
    alt: str,
    t: Translator,
    caption: str | None = None,
    hint: str | None = None,
    legend: Sequence[tuple[str, str]] = (),
    key: str | None = None,
    wide: int = render.WIDTH,
    tall: int | None = None,
    moment: Moment | None = None,
    **options: Any,
) -> Any:
    """Draw a finished chart; returns what st.altair_chart does, whose further `options` are passed on.

    `title`, and `legend` of (word, colour), stand on the page beside the chart already, but must stand inside a picture
    that leaves it; `hint` says what a click does, and stays on the page. `wide` and `tall`: the plot of the picture in
    pixels, where it is not to be as on the page. `moment`: the one of the numbers, where it is not the page's.
    """
    picked = st.altair_chart(cast(Any, Finished(chart)), alt=alt, key=key, **options)
    moment, name = moment or session.moment(), key or title
    frame = Frame(title, tuple(legend), tuple(_notes(caption, moment, t)), alt)
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"below-{name}"):
        if said := " ".join(filter(None, (caption, hint))):
            st.caption(said, width="stretch")
        with st.popover(t("download.menu"), type="tertiary", icon=":material/download:"):
            for form, (draw, mime) in _FORMS.items():
                st.download_button(
                    t(f"download.{form}"),
                    data=partial(draw, chart, frame, width=wide, height=tall),
                    file_name=file_name(title, moment, form),
                    mime=mime,
                    on_click="ignore",
                    type="tertiary",
                    key=f"{form}-{name}",
                )
    return picked


def _notes(caption: str | None, moment: Moment, t: Translator) -> Iterator[str]:
    """What the picture says below itself: the caption, what narrows the page, by which agencies, the source."""
    installation = session.installation()
    if caption:
        yield caption
    if narrowed := "; ".join(t("download.filter", what=what, value=value) for what, value in filters.said()):
        yield t("download.filters", filters=narrowed)
    if installation.is_reorganised_since(moment):
        yield t(
            "download.filter", what=t("item_book.about_organisation"), value=t("item_book.organisation_today")
        )
    yield from origin.lines(installation, moment, t)
