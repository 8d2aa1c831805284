"""One indicator of one group: where it stands in a sentence, period by period, ranked among like, part by part."""

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.indicator import Period, parse_period
from catalogue.model.period import Moment
from catalogue.reference import Indicator, IndicatorGroup
from catalogue.services import indicators
from catalogue.services.indicators import Standing
from catalogue.services.installation import Installation
from catalogue.store.database import Row
from pages.ui import filters, indicator_parts, indicator_ranking, plain
from pages.ui import indicator_words as words

NAMES = ("indicator", "group", "within", "period", "agency", "extent")


def show(installation: Installation, moment: Moment, t: Translator) -> None:
    """Choose an indicator, a group, a period and perhaps one agency; then the answer and what proves it."""
    one, two, three, four = st.columns([5, 2, 1.6, 2])
    with one:
        indicator = _indicator(installation, t)
    with two:
        group = _group(installation, indicator, t)
    with three:
        within = _within(installation, indicator, group, moment, t)
    if group.within and within is None:
        _no_units(installation, indicator, group, moment, t)
        return
    frame = indicators.means(installation, indicator.code, moment, group=group.code, within=within)
    if frame.is_empty():
        text = t("indicators.nothing", day=moment.as_of, group=words.within_sentence(group, t))
        st.info(text, icon=":material/inbox:")
        st.caption(plain.markdown(indicator.about_vi if t.language == "vi" else indicator.about_en))
        _later(installation, indicator, group, moment, t)
        return
    with three:
        period = _period(frame, t)
    found = indicators.standing(installation, indicator.code, moment, period, group=group.code, within=within)
    assert found is not None
    with four:
        chosen = _agency(found, t)
    _said(found, chosen, t)
    if found.components.is_empty():
        _history(installation, found, frame, chosen, moment, t)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            _history(installation, found, frame, chosen, moment, t)
        with right:
            indicator_parts.components(found, chosen, t)
    indicator_ranking.show(found, chosen, t, _kept())
    _regions(installation, found, t)
    if not found.components.is_empty():
        indicator_parts.matrix(found, t)
    indicator_parts.table(installation, found, t)
    st.caption(plain.markdown(words.about(installation, found, t)))
    _later(installation, indicator, group, moment, t)


def _said(found: Standing, chosen: Row | None, t: Translator) -> None:
    """The answer in a sentence, who it is about, what is measured."""
    with st.container(gap="small"):
        st.subheader(_answer(found, chosen, t), anchor=False)
        st.markdown(plain.markdown(_beside(found, chosen, t)))
        about = found.indicator.about_vi if t.language == "vi" else found.indicator.about_en
        st.caption(plain.markdown(about))
        if found.is_invented:
            st.caption(f":material/science: {t('indicators.invented')}")


def _indicator(installation: Installation, t: Translator) -> Indicator:
    every = installation.reference.indicators
    options = {one.code: words.name(one, t) for one in every}
    first = every[0].code
    picked = filters.choose(t("indicators.choose"), options, "indicator", placeholder=options[first])
    return installation.reference.indicator(picked or first)


def _group(installation: Installation, indicator: Indicator, t: Translator) -> IndicatorGroup:
    names = {
        one: words.group_name(installation.reference.indicator_group(one), t) for one in indicator.groups
    }
    first = indicator.groups[0]
    picked = filters.choose(t("indicators.group"), names, "group", placeholder=names[first])
    return installation.reference.indicator_group(picked or first)


def _within(
    installation: Installation, indicator: Indicator, group: IndicatorGroup, moment: Moment, t: Translator
) -> str | None:
    """The agency whose units are ranked with each other; None for a group of agencies, and until one is chosen."""
    if not group.within:
        st.query_params.pop("within", None)
        return None
    known = indicators.units_known(installation, indicator.code, group.code, moment)
    options = {
        code: installation.reference.agency(code).short_name_on(moment.as_of) for code in known["agency_code"]
    }
    if not options:
        return None
    only = next(iter(options)) if len(options) == 1 else None
    placeholder = options[only] if only else t("indicators.within_none")
    return filters.choose(t("indicators.within"), options, "within", placeholder=placeholder) or only


def _no_units(
    installation: Installation, indicator: Indicator, group: IndicatorGroup, moment: Moment, t: Translator
) -> None:
    """Why nothing is ranked yet: no file names any unit, or no province was chosen."""
    if not indicators.units_known(installation, indicator.code, group.code, moment).is_empty():
        st.info(t("indicators.choose_within"), icon=":material/touch_app:")
        return
    st.info(t("indicators.units_none"), icon=":material/inbox:")
    _later(installation, indicator, group, moment, t)


def _period(frame: pl.DataFrame, t: Translator) -> Period:
    """The period chosen, else the last one; the newest stands first."""
    rows = list(frame.reverse().iter_rows(named=True))
    options = {
        row["period"]: words.period(row["period_end"], row["period_kind"], t, row["measured_to"])
        for row in rows
    }
    last = rows[0]["period"]
    picked = filters.choose(t("indicators.period"), options, "period", placeholder=options[last])
    return parse_period(picked or last)


def _agency(found: Standing, t: Translator) -> Row | None:
    if found.agencies.is_empty():
        st.query_params.pop("agency", None)
        return None
    rows = {
        words.key_of(row): row
        for row in sorted(found.agencies.iter_rows(named=True), key=lambda row: row["short_name"])
    }
    picked = filters.choose(
        t("indicators.agency"),
        {key: row["short_name"] for key, row in rows.items()},
        "agency",
        placeholder=t("indicators.agency_all"),
    )
    return rows.get(picked) if picked else None


def _answer(found: Standing, chosen: Row | None, t: Translator) -> str:
    """Where do we stand: the group's mean or the chosen agency's value, and how it moved."""
    indicator, when = found.indicator, words.when(found, t)
    group = words.within_sentence(found.group, t)
    if chosen is None:
        if found.mean is None:
            return _moved(t("indicators.answer_no_mean", period=when, group=group), found, None, t)
        value = words.value(indicator, found.mean, words.maximum(found), t)
        key = "answer_mean" if found.group.kinds or found.group.within else "answer_nation"
        return _moved(t(f"indicators.{key}", period=when, group=group, value=value), found, found.change, t)
    name = chosen["short_name"]
    if chosen["state"] != "value":
        return _moved(t(f"indicators.answer_{chosen['state']}", period=when, name=name), found, None, t)
    if chosen["value"] is None:
        ranked = {"rank": chosen["rank"], "of": chosen["rank_of"]}
        return _moved(t("indicators.answer_rank", period=when, name=name, **ranked), found, None, t)
    value = words.value(indicator, chosen["value"], chosen["out_of"] or words.maximum(found), t)
    if chosen["out_of"] is not None:
        said = t("indicators.answer_partial", period=when, name=name, value=value)
        return _moved(said, found, chosen["change"], t)
    said = t("indicators.answer_agency", period=when, name=name, value=value)
    ranked_text = words.rank(chosen, t)
    said = f"{said}, {ranked_text}" if ranked_text else said
    return _moved(said, found, chosen["change"], t)


def _moved(said: str, found: Standing, moved: object, t: Translator) -> str:
    before = found.period.before()
    if moved is None or before is None:
        return plain.markdown(f"{said}.")
    since = words.period(before.end, before.kind.value, t)
    text = t(
        "indicators.change_since",
        change=words.change(found.indicator, float(str(moved)), t),
        period=since[:1].lower() + since[1:],
    )
    return plain.markdown(f"{said}, {text}.")


def _beside(found: Standing, chosen: Row | None, t: Translator) -> str:
    """Coverage, always; then the ends of the ranking, or the mean beside one agency."""
    parts = [f"{words.coverage(found.coverage, found.group, t)}."]
    whole = found.agencies.filter(pl.col("value").is_not_null() & pl.col("out_of").is_null())
    if chosen is not None and found.mean is not None:
        said = t("indicators.mean_beside", value=words.value(found.indicator, found.mean, None, t))
        parts.append(f"{said[:1].upper()}{said[1:]}.")
    if chosen is None and found.coverage.is_telling and whole.height > 1:
        best, worst = whole.row(0, named=True), whole.row(-1, named=True)
        suffix = "" if found.indicator.direction == "higher" else "_lower"
        parts.append(
            t(
                f"indicators.best_worst{suffix}",
                best=best["short_name"],
                best_value=words.value(found.indicator, best["value"], None, t),
                worst=worst["short_name"],
                worst_value=words.value(found.indicator, worst["value"], None, t),
            )
        )
    if found.mean_basis is not None:
        parts.append(t(f"indicators.mean_{found.mean_basis}"))
    return " ".join(parts)


def _history(
    installation: Installation,
    found: Standing,
    frame: pl.DataFrame,
    chosen: Row | None,
    moment: Moment,
    t: Translator,
) -> None:
    """The line of the mean, or of the chosen agency."""
    code = found.indicator.code
    same = pl.col("period_kind") == found.period.kind.value
    if chosen is not None and chosen["unit_code"] is None:
        own = indicators.of_agency(installation, chosen["agency_code"], moment, code)
        rows = own.filter(same & (pl.col("group") == found.group.code))
        name = chosen["short_name"]
    else:
        rows = frame.filter(same).rename({"mean": "value"})
        name = words.group_name(found.group, t)
    indicator_parts.line(rows, found.indicator, name, found.method, found.group, t)


def _regions(installation: Installation, found: Standing, t: Translator) -> None:
    if found.regions.is_empty():
        return
    st.markdown(f"**{t('indicators.regions')}**")
    names = {
        one.code: one.name_vi if t.language == "vi" else one.name_en for one in installation.reference.regions
    }
    lines = [
        f"- {names[row['code']]}: {words.value(found.indicator, row['value'], None, t)}"
        for row in found.regions.iter_rows(named=True)
    ]
    st.markdown("\n".join(lines))


def _later(
    installation: Installation, indicator: Indicator, group: IndicatorGroup, moment: Moment, t: Translator
) -> None:
    """What a reader of this day does not see yet, and the way to it."""
    later = indicators.announced_later(installation, indicator.code, group.code, moment)
    if later is None:
        return
    period, day = later
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        text = t("indicators.later", period=words.period(period.end, period.kind.value, t), day=day)
        st.caption(text, width="content")
        st.button(
            t("indicators.later_go", day=day),
            type="tertiary",
            icon=":material/event:",
            key="indicator-later",
            on_click=st.session_state.__setitem__,
            args=("as_of", day),
        )


def _kept() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params and name != "agency"}
