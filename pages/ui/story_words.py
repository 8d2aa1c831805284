"""The sentence of each entry of an item's story."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from catalogue.i18n import Translator
from catalogue.model.claim import ClaimKind, day
from catalogue.services.installation import Installation
from catalogue.services.item_story import Entry, Sort
from pages.ui import plain, transfer_view


def sentence(entry: Entry, installation: Installation, t: Translator) -> str:
    """What happened, in words; the day stands before it."""
    told = entry.told
    match entry.sort:
        case Sort.FACT:
            said = _fact(told, t)
        case Sort.CLAIM:
            said = _claim(told, t)
        case Sort.ADJUSTMENT:
            said = _adjustment(told, installation, t)
        case Sort.TRANSFER:
            said = _transfer(entry, installation, t)
        case Sort.NEED:
            said = t(
                f"story.need_{'added' if told['holds'] else 'dropped'}", title=_text(told["document_title"])
            )
        case Sort.INSTRUMENT:
            said = _instrument(told, installation, t)
    if told.get("reason") and entry.sort not in (Sort.ADJUSTMENT, Sort.TRANSFER):
        said += f" — {_text(told['reason'])}"
    aside = []
    if entry.person:
        aside.append(_text(entry.person))
    if entry.is_recorded_later:
        aside.append(t("story.recorded", when=entry.recorded_at))
    return " · ".join([said, *aside])


def document(number: str | None, issued_on: date | None, t: Translator) -> str:
    """A document by number and day; in words where it has none."""
    if not number:
        return t("story.no_document")
    return t("item.stage_assigned_by", number=_text(number), day=issued_on)


def _fact(told: Mapping[str, Any], t: Translator) -> str:
    subject = told["subject"] if told["holds"] else f"not_{told['subject']}"
    if subject == "deadline" and told["previous_deadline"]:
        subject = "deadline_moved"
    if told["is_return"]:
        subject = "returned"
    has_document = "" if told["document_number"] else "_titled" if told["document_title"] else "_alone"
    key = f"story.fact_{subject}{has_document}"
    return t(
        key if t.has(key) else f"story.fact_{subject}",
        document=document(told["document_number"], told["document_date"], t),
        title=_text(told["document_title"] or ""),
        deadline=told["deadline"],
        before=told["previous_deadline"],
    )


def _claim(told: Mapping[str, Any], t: Translator) -> str:
    action, kind = told["action"], told["kind"]
    if action == "submit":
        return _submitted(told, t)
    said = t(
        f"story.claim_{action}",
        agency=_text(told["agency"]),
        claim=t(f"story.of_{kind}", title=_text(told["document_title"] or "")),
    )
    return f"{said}: “{_text(told['comment'])}”" if told["comment"] else said


def _submitted(told: Mapping[str, Any], t: Translator) -> str:
    content, kind = told["content"], told["kind"]
    values = {
        field: day(content, field)
        for field in ("issued_on", "in_force_on", "new_deadline", "expected_on", "done_on")
    }
    texts = {
        name: _text(content.get(name) or "–") for name in ("reason", "decision", "stuck_at", "explanation")
    }
    cited = document(content.get("number"), values["issued_on"], t)
    key = f"story.submit_{kind}"
    if kind == ClaimKind.COMPLETED and not content.get("number"):
        key += "_alone"
    return t(
        key,
        agency=_text(told["agency"]),
        title=_text(told["document_title"] or ""),
        document=cited,
        **values,
        **texts,
    )


def _adjustment(told: Mapping[str, Any], installation: Installation, t: Translator) -> str:
    names = {
        measure.code: measure.name_vi if t.language == "vi" else measure.name_en
        for measure in installation.reference.measures
    }
    parts = []
    for part in ("measures_dropped", "measures_added", "documents_dropped", "documents_added"):
        if told[part]:
            listed = ", ".join(_text(names.get(one, one)) for one in told[part])
            parts.append(t(f"story.{part}", listed=listed))
    by = t("story.by_document", document=document(told["document_number"], told["document_date"], t))
    said = t("story.adjusted") + (f" {by}" if told["document_number"] else "")
    said += f": {'; '.join(parts)}" if parts else ""
    return f"{said} — {_text(told['reason'])}" if told["reason"] else said


def _transfer(entry: Entry, installation: Installation, t: Translator) -> str:
    told, words = entry.told, transfer_view.Words(installation.reference, entry.on, t)
    sides = {
        side: t(
            "story.transfer_sides",
            giver=words.authority(told[side].giver),
            taker=words.authority(told[side].taker),
        )
        for side in ("before", "after")
    }
    if told["before"].form is told["after"].form:
        parts = t("story.transfer_same_form", **sides)
    else:
        forms = {f"{side}_form": words.form(told[side].form).lower() for side in ("before", "after")}
        parts = t("story.transfer_parts", **sides, **forms)
    by = t("story.by_document", document=document(told["document_number"], told["document_date"], t))
    said = t("story.transferred") + (f" {by}" if told["document_number"] else "") + f": {parts}"
    return f"{said} — {_text(told['reason'])}" if told["reason"] else said


def _instrument(told: Mapping[str, Any], installation: Installation, t: Translator) -> str:
    title, changed = _text(told["document_title"]), told["changed"]
    if "number" in changed or changed.get("state", (None, None))[1] == "issued":
        cited = document(told["number"], told["issued_on"], t)
        return t("story.issued", title=title, document=cited, force=told["in_force_on"])
    if told["is_first"]:
        key = "story.planned" if told["planned_issue_on"] else "story.planned_no_day"
        return t(key, title=title, day=told["planned_issue_on"])
    parts = []
    for field, (before, after) in changed.items():
        if field == "state":
            shown = tuple(t(f"item.document_state_{one}").lower() if one else "–" for one in (before, after))
        elif field == "drafting_agency":
            codes = {agency.code: agency.short_name for agency in installation.reference.agencies}
            shown = tuple(codes.get(one, one) if one else "–" for one in (before, after))
        elif field in ("planned_issue_on", "issued_on", "in_force_on"):
            shown = tuple(t.day(one) if one else t("story.no_day") for one in (before, after))
        else:
            shown = tuple(str(one or "–") for one in (before, after))
        parts.append(t(f"story.changed_{field}", before=_text(shown[0]), after=_text(shown[1])))
    return t("story.replanned", title=title, parts="; ".join(parts))


def _text(value: str) -> str:
    return plain.markdown(value)
