"""The limits and working days that timeliness is judged by, with the law behind each."""

from datetime import date

import streamlit as st

from catalogue.i18n import Translator
from catalogue.reference import Reference
from pages.ui import plain


def show(reference: Reference, as_of: date, t: Translator) -> None:
    """What holds on a day, folded away."""
    with st.expander(t("publication.rules_title"), icon=":material/rule:"):
        for limit in reference.publication_limits:
            if not limit.valid_on(as_of):
                continue
            kinds = ", ".join(t(f"publication.rules_kind_{kind}") for kind in limit.issuers)
            days = t("publication.rules_days", days=limit.days)
            st.markdown(f"**{t(f'publication.rules_{limit.milestone}')}**: {days} · {kinds}")
            unsure = [t("publication.rules_memory")] if limit.basis == "memory" else []
            st.caption(plain.markdown(" · ".join([limit.document, *filter(None, [limit.note]), *unsure])))
        st.markdown(f"**{t('publication.rules_swaps', year=str(as_of.year))}**")
        swaps = [
            swap
            for swap in reference.swaps
            if as_of.year in {day.year for day in (swap.off, swap.worked) if day}
        ]
        for swap in swaps:
            words = t("publication.rules_swap", off=t.day(swap.off), worked=t.day(swap.worked))
            unsure = [t("publication.rules_memory")] if swap.basis == "memory" else []
            st.markdown(
                plain.markdown(" · ".join([words, *filter(None, [swap.document, swap.note]), *unsure]))
            )
        if not swaps:
            st.markdown(t("publication.rules_no_swap"))
        st.caption(t("publication.rules_edit"))
