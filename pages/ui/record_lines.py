"""A part of the record as lines of text: what two versions are laid side by side by, and set beside the source's words."""

from typing import Any

from catalogue.i18n import Translator
from catalogue.model.diff import value_of
from catalogue.model.version import Case, Channel, Paper, Version
from pages.ui import procedure_words as words


def lines(version: Version, part: str, t: Translator) -> list[str] | None:
    """What a version says of a part, a line an entry; None where it is unknown."""
    value = value_of(version, part)
    return None if value is None else _lines(part, value, t)


def _lines(part: str, value: Any, t: Translator) -> list[str]:
    match part:
        case "levels":
            return [words.levels([level], t) or level for level in sorted(value)]
        case "is_vertical":
            return [t("procedure.vertical" if value else "procedure.not_vertical")]
        case "legal_bases":
            return [words.legal_basis(basis, t) for basis in value]
        case "dossier":
            return [line for case in value for line in _case(case, t)]
        case "channels":
            return [line for channel in value for line in _channel(channel, t)]
        case "dossier_sets":
            return [t.number(value)]
        case "decision":
            dated = t("procedure.dated", day=value.issued_on) if value.issued_on else None
            return [" ".join(filter(None, (value.number, dated)))]
    texts = (value,) if isinstance(value, str) else value
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def _case(case: Case, t: Translator) -> list[str]:
    papers = [paper(one, t) for one in case.papers]
    return [t("procedure.case", name=" ".join(case.name.split())), *papers] if case.name else papers


def paper(one: Paper, t: Translator) -> str:
    """A paper with its form and how many are asked for."""
    about = []
    if one.form:
        about.append(one.form)
    if one.originals:
        about.append(t("procedure.originals", count=one.originals))
    if one.copies:
        about.append(t("procedure.copies_only", count=one.copies))
    return f"{one.name} ({', '.join(about)})" if about else one.name


def _channel(channel: Channel, t: Translator) -> list[str]:
    unknown = t("procedure.unknown")
    name = words.way(channel.way, t)
    time = words.duration(channel.time, t) if channel.time else unknown
    found = [f"{name} · {t('procedure.col_time')}: {time}"]
    found += [f"{name} · {t('procedure.col_fee')}: {words.fee_in_full(fee, t)}" for fee in channel.fees or ()]
    if not channel.fees:
        found.append(f"{name} · {t('procedure.col_fee')}: {unknown}")
    notes = (channel.note or "").splitlines()
    return found + [f"{name} · {words.entry(line)}" for line in notes if line.strip()]
