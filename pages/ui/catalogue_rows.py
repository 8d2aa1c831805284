"""How the words were read, and the procedures found as readable rows."""

from collections.abc import Iterable
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.version import details_from
from catalogue.services.search import Understanding
from pages.ui import heir_words, menu, plain
from pages.ui import procedure_words as words

_PLACES_SHOWN = 2
_SHORT = 80


def reading(found: Understanding, t: Translator) -> None:
    """What was searched beside or instead of what was typed; nothing where that is the same."""
    sentences = [
        t("catalogue.corrected", typed=plain.markdown(typed), searched=plain.markdown(searched))
        for typed, searched in found.corrected
    ]
    meanings: dict[str, list[str]] = {}
    for typed, meaning in found.explained:
        meanings.setdefault(typed, []).append(_quoted([meaning], t))
    sentences += [
        t("catalogue.explained", typed=plain.markdown(typed), meanings=", ".join(some))
        for typed, some in meanings.items()
    ]
    if found.unknown:
        sentences.append(t("catalogue.unknown_words", words=_quoted(found.unknown, t)))
    if found.ignored:
        sentences.append(t("catalogue.ignored", count=found.ignored))
    if sentences:
        st.markdown(" ".join(sentences))


def _quoted(texts: Iterable[str], t: Translator) -> str:
    return ", ".join(t("catalogue.quoted", text=plain.markdown(text)) for text in texts)


def rows(frame: pl.DataFrame, t: Translator) -> None:
    """Name, then code, agency, levels, time limit and fee in a line, then where the words stand if not in the name."""
    with st.container(key="results", gap="small"):
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("procedure", plain.markdown(row["name"]), code=row["procedure_code"])
                st.caption(plain.markdown(_about(row, t)))
                if row["found_in"]:
                    st.caption(plain.markdown(_found_in(row["found_in"], t)))


def _found_in(places: list[dict[str, str]], t: Translator) -> str:
    shown = [
        t("catalogue.place", part=t(f"catalogue.part_{place['part']}"), entry=place["entry"])
        for place in places[:_PLACES_SHOWN]
    ]
    return t("catalogue.found_in", places="; ".join(shown))


def _short(text: str | None) -> str | None:
    """A source's own words may fill a page; the record shows them whole."""
    return text if text is None or len(text) <= _SHORT else text[: _SHORT - 1].rstrip(" ;,.") + "…"


def _about(row: dict[str, Any], t: Translator) -> str:
    details = details_from(str(row["details"]))
    levels = row["levels"]
    assert isinstance(levels, list)
    time, fee = (_short(said) for said in (words.times(details, t), words.fees(details.fees, t)))
    parts = [row["procedure_code"], heir_words.agency(row, t) or t("catalogue.unknown_agency")]
    parts.append(words.levels(levels, t) or t("catalogue.unknown_levels"))
    if time or fee:
        parts += [time or t("catalogue.unknown_time"), fee or t("catalogue.unknown_fee")]
    else:
        parts.append(t("catalogue.unknown_both"))
    if not row["in_force"]:
        parts.append(t("catalogue.abolished", day=row["effective_date"]))
    return " · ".join(str(part) for part in parts)
