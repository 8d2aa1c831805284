"""What an enacted item promised beside what the catalogue's record shows now."""

from decimal import Decimal
from typing import Any

import polars as pl
import streamlit as st

from catalogue.i18n import Translator
from catalogue.model.claim import ClaimKind
from catalogue.model.period import Moment
from catalogue.model.promise import Finding, Shown
from catalogue.model.version import Duration, Fee
from catalogue.services import promises
from catalogue.services.installation import Installation
from catalogue.services.items import ItemPage
from catalogue.services.promises import ItemCheck, Judged
from pages.ui import change_words, menu, plain
from pages.ui import procedure_words as words


def show(installation: Installation, moment: Moment, page: ItemPage, t: Translator) -> None:
    """The verdict, each measure with what it rests on, and the way to the comparison; nothing before the enactment."""
    found = promises.of_item(installation, moment, page.state["item_id"])
    if found is None:
        return
    st.subheader(t("promise.title"))
    st.markdown(f"{t.word('promise.icon', found.verdict)} **{t.word('promise.lead', found.outcome)}**")
    names = {
        measure.code: measure.name_vi if t.language == "vi" else measure.name_en
        for measure in installation.reference.measures
    }
    said: set[str] = set()
    if found.measures:
        st.markdown(
            "\n".join(_lines(one, names[one.finding.measure.type], said, t) for one in found.measures)
        )
    else:
        st.caption(t("promise.none_promised"))
    _compare(found, t)


def reason_words(finding: Finding, t: Translator) -> str:
    """What a verdict rests on; of a decision, what the record says instead."""
    shown, to = finding.shown, finding.measure.to
    key = f"promise.told_{shown.reason}"
    if not (shown.levels or shown.agencies) or not t.has(key) or to is None:
        return t.word("promise.reason", shown.reason)
    return t(
        key,
        levels=", ".join(t(f"item.level_{level}") for level in shown.levels),
        agencies=plain.markdown("; ".join(shown.agencies)),
        expected=t(f"item.level_{to.level}"),
        since=shown.since,
    )


def offer(installation: Installation, page: ItemPage, t: Translator) -> None:
    """A registered decision that names the procedure and is not reported yet, with a button that fills the form."""
    item_id = page.state["item_id"]
    frame = promises.publication_candidates(installation, page.state["answering_agency"])
    for row in frame.filter(pl.col("item_ids").list.contains(item_id)).iter_rows(named=True):
        said = t("promise.candidate", number=plain.markdown(row["number"]), day=row["issued_on"])
        st.info(said, icon=":material/campaign:")
        st.button(t("promise.fill"), key=f"fill-{item_id}", on_click=_fill, args=(item_id, row))


def _fill(item_id: int, row: dict[str, Any]) -> None:
    st.session_state["claim"] = ClaimKind.PUBLISHED.value
    for field in ("number", "issued_on"):
        st.session_state[f"{field}-{item_id}-{ClaimKind.PUBLISHED}"] = row[field]


def _lines(judged: Judged, name: str, said: set[str], t: Translator) -> str:
    """A measure with its verdict, and what changed in the record that no number tells and no line before it said."""
    verdict, shown = judged.finding.verdict, judged.finding.shown
    reason = ", ".join(filter(None, (reason_words(judged.finding, t), _numbers(shown, t))))
    line = f"- {t.word('promise.icon', verdict)} **{t.word('promise.verdict', verdict)}** · {name}: {reason}"
    is_told = shown.now is not None and shown.unit != "giấy tờ"
    changes = [] if is_told else change_words.changes(judged.changes, t)
    new = [change for change in changes if change not in said]
    said.update(new)
    return "\n".join((line, *(f"    - {plain.markdown(change)}" for change in new)))


def _numbers(shown: Shown, t: Translator) -> str:
    """`5 giấy tờ → 3 giấy tờ (cam kết 3 giấy tờ)`."""
    if shown.now is None:
        return ""
    now = _amount(shown.now, shown.unit, t)
    has_moved = shown.was is not None and shown.was != shown.now
    was = _amount(shown.was, shown.unit, t) if has_moved else None
    told = t("promise.numbers", was=was, now=now) if was else t("promise.numbers_now", now=now)
    if shown.promised is None:
        return told
    return f"{told} ({t('promise.promised', amount=_amount(shown.promised, shown.unit, t))})"


def _amount(value: Decimal, unit: str | None, t: Translator) -> str:
    match unit:
        case "đồng":
            return words.fee(Fee(amount_vnd=int(value)), t)
        case "giấy tờ":
            return t("promise.papers", count=int(value))
        case "điều kiện":
            return t("promise.conditions", count=int(value))
    return words.duration(Duration(value, unit), t)


def _compare(found: ItemCheck, t: Translator) -> None:
    if found.before_on is None or found.now_on is None:
        return
    if not found.is_changed:
        st.caption(t("promise.unchanged", day=found.before_on))
        return
    days = {"from": found.before_on.isoformat(), "to": found.now_on.isoformat()}
    label = t("promise.compare", before=found.before_on, now=found.now_on)
    menu.link("compare", label, code=found.procedure_code, by="days", **days)
