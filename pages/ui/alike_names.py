"""Names that several codes share, side by side: those that differ in spelling only first."""

from html import escape

import streamlit as st

from catalogue.i18n import Translator
from catalogue.services.procedures import PAGE_SIZE
from catalogue.services.quality import RESPELT, SHARED, AlikeNames
from pages.ui import filters, menu, paging, plain, quality_words


def show(found: tuple[AlikeNames, ...], t: Translator) -> None:
    """Groups of one name with every code that bears it."""
    counts = {rule: sum(group.rule == rule for group in found) for rule in (RESPELT, SHARED)}
    options = {
        "all": t("quality.names_all", count=len(found)),
        RESPELT: t("quality.names_spelling", count=counts[RESPELT]),
        SHARED: t("quality.names_shared", count=counts[SHARED]),
    }
    kind = filters.switch(t("quality.names_kind"), options, "names")
    chosen = sorted(
        (group for group in found if kind in ("all", group.rule)),
        key=lambda group: (group.rule != RESPELT, -len(group.codes), group.codes),
    )
    codes = sum(len(group.codes) for group in chosen)
    st.markdown(f"**{t('quality.names_count', names=len(chosen), codes=codes)}**")
    if kind != "all":
        st.caption(quality_words.why(kind, t))
    page, pages = paging.current(len(chosen), PAGE_SIZE, ("names", kind))
    with st.container(key="results-names", gap="small"):
        for group in chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]:
            _group(group, t)
    paging.show(pages)


def _group(group: AlikeNames, t: Translator) -> None:
    with st.container(gap=None, key=f"results-{group.codes[0]}"):
        if group.rule == SHARED:
            st.html(f'<p class="headline">{escape(group.records[0][1])}</p>')
        st.caption(
            f"{quality_words.title(group.rule, t)} · {t('quality.codes_of_name', count=len(group.codes))}"
        )
        for code, name, agency in group.records:
            about = name if group.rule == RESPELT else agency or t("quality.unknown_agency")
            menu.link("procedure", plain.markdown(f"{code} · {about}"), code=code)
