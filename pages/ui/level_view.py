"""Sets of levels on screen: the sentence that closes, the bars, each level among others and alone, the procedures."""

import polars as pl
import streamlit as st

from catalogue.charts import level_sets as chart
from catalogue.i18n import Translator
from catalogue.model.level_sets import GROUPS, LEVELS, LevelSet, Sets
from catalogue.services.procedures import PAGE_SIZE
from pages.ui import chart_view, heir_words, menu, paging, plain
from pages.ui import procedure_words as words

NAMES = {"level": LEVELS, "group": GROUPS}


def name(member: str, by: str, t: Translator) -> str:
    """A level or a group in words."""
    return t(f"levels.group_{member}") if by == "group" else t(f"procedure.level_{member}")


def label(members: LevelSet, by: str, t: Translator) -> str:
    """A set in short words, from the centre down: Bộ + tỉnh."""
    named = [t(f"levels.short_{one}") for one in NAMES[by] if one in members]
    text = t("levels.only", name=named[0]) if len(named) == 1 else t("levels.together").join(named)
    return words.capital(text)


def key(members: LevelSet, by: str) -> str:
    """A set as the URL writes it: ministry-provincial; the empty one is unknown."""
    return "-".join(one for one in NAMES[by] if one in members) or "unknown"


def members_of(text: str, by: str) -> LevelSet | None:
    """The set that a URL means; None where it means none."""
    if text == "unknown":
        return frozenset()
    found = frozenset(text.split("-"))
    return found if found <= set(NAMES[by]) else None


def sentence(found: Sets, by: str, t: Translator) -> None:
    """Memberships, overlap and procedures, so that they close; then what is unknown."""
    numbers = {"memberships": found.memberships, "overlap": found.overlap, "known": found.known}
    if not found.known:
        st.info(t("levels.none_known", count=found.unknown), icon=":material/help:")
        return
    st.subheader(t("levels.answer" if found.overlap else "levels.answer_none", **numbers), anchor=False)
    parts = " + ".join(t.number(found.touching(one)) for one in NAMES[by] if found.touching(one))
    said = t("levels.sum", parts=parts, **numbers)
    st.caption(f"{said} {t('levels.unknown', count=found.unknown)}" if found.unknown else said)


def bars(found: Sets, by: str, t: Translator) -> None:
    """The exact sets; a clicked bar opens its procedures."""
    sets = [(key(one, by), label(one, by, t), count) for one, count in found.largest_first()]
    st.markdown(f"**{t('levels.exact')}**")
    largest = "; ".join(f"{text} {t.number(count)}" for _, text, count in sets[:5])
    picked = chart_view.show(
        chart.bars(sets, t),
        title=t("levels.chart_title"),
        alt=t("levels.chart_alt", parts=largest),
        t=t,
        caption=t("levels.exact_note", known=found.known),
        key=f"sets-{by}",
        on_select="rerun",
    )
    if hits := picked["selection"].get("set"):
        menu.go("levels", by=by, set=hits[0]["key"])


def members(found: Sets, by: str, t: Translator) -> None:
    """Each level: among others and alone; then at how many levels. What is exact opens its procedures."""
    suffix = "_group" if by == "group" else ""
    st.markdown(f"**{t(f'levels.touching{suffix}')}**")
    with st.container(gap=None, key="level-rows"):
        _row(t("levels.col_name"), t("levels.col_touching"), None, t("levels.col_only"), {}, head=True)
        for one in NAMES[by]:
            if count := found.touching(one):
                alone = found.only(one)
                _row(name(one, by, t), t.number(count), alone, t.number(alone), {"by": by, "set": one})
    st.markdown(f"**{t(f'levels.sizes{suffix}')}**")
    with st.container(gap=None, key="size-rows"):
        for size, count in found.by_size.items():
            _row(t(f"levels.size_{by}", size=size), None, count, t.number(count), {"by": by, "size": size})
        if found.unknown:
            key_of = {"by": by, "set": "unknown"}
            _row(t("levels.unknown_title"), None, found.unknown, t.number(found.unknown), key_of)


def procedures(frame: pl.DataFrame, asked: object, t: Translator) -> None:
    """The procedures of a set, a page of them."""
    if frame.is_empty():
        st.info(t("levels.nothing"), icon=":material/filter_alt_off:")
        return
    total = int(frame["total"][0])
    st.markdown(f"**{t('levels.procedures', count=total)}**")
    _, pages = paging.current(total, PAGE_SIZE, asked)
    with st.container(key="results", gap="small"):
        for row in frame.iter_rows(named=True):
            with st.container(gap=None):
                menu.link("procedure", plain.markdown(row["name"]), code=row["procedure_code"])
                about = (row["procedure_code"], heir_words.agency(row, t), words.levels(row["levels"], t))
                st.caption(plain.markdown(" · ".join(filter(None, about))))
    paging.show(pages)


def _row(
    label: str,
    middle: str | None,
    count: int | None,
    last: str,
    params: dict[str, object],
    *,
    head: bool = False,
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for text, width in ((label, "stretch"), (middle, 110)):
            if text is not None:
                place = "left" if width == "stretch" else "right"
                (st.caption if head else st.markdown)(plain.markdown(text), width=width, text_alignment=place)
        with st.container(width=90, horizontal_alignment="right"):
            if count:
                menu.link("levels", last, **params)
            else:
                (st.caption if head else st.markdown)(last, text_alignment="right")
