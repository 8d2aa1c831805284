"""What changed between two versions of a procedure, in sentences."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from catalogue.i18n import Translator
from catalogue.model.change import (
    BasesChanged,
    CaseRenamed,
    Change,
    Citation,
    DecisionChanged,
    Disclosed,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    NoteChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    Rewritten,
    SectorChanged,
    SetsChanged,
    SpellingChanged,
    TextChanged,
    TimeChanged,
    WayAdded,
    WayDropped,
    Withheld,
    part_of,
)
from catalogue.model.diff import Summary, summarise
from catalogue.model.version import Duration, Paper
from pages.ui import procedure_words as words

_ENTRIES_SHOWN = 4


def summary(changes: Sequence[Change], t: Translator) -> str | None:
    """The changes in numbers: Bớt 2 giấy tờ, giảm 3 ngày làm việc; None where there are none to give."""
    found = summarise(changes)
    parts = [part for part in (*_papers(found, t), _time(found, t), _fee(found, t)) if part]
    return words.capital(", ".join(parts)) or None


def headline(changes: Sequence[Change], t: Translator) -> str:
    """The changes in one sentence: in numbers, then the other parts that differ, then those now stated or no longer."""
    numbers = summary(changes, t)
    told = {"dossier", "channels"} if numbers else set()
    groups: dict[str, dict[str, None]] = {"differs": {}, "change_disclosed": {}, "change_withheld": {}}
    for change in changes:
        part = part_of(change)
        if part not in told:
            group = {Disclosed: "change_disclosed", Withheld: "change_withheld"}.get(type(change), "differs")
            groups[group][words.part(part or "force", t)] = None
    found = [numbers] if numbers else []
    for key, parts in groups.items():
        if parts:
            names = ", ".join(parts)
            found.append(t(f"procedure.{key}", **({"parts": names} if key == "differs" else {"part": names})))
    return ". ".join(found) or t("procedure.version_same")


def changes(found: Iterable[Change], t: Translator) -> list[str]:
    """Every change as a sentence; the same change in several cases is said once, long parts that appear in one line."""
    lines: dict[str, None] = {}
    appeared: list[str] = []
    vanished: list[str] = []
    for change in found:
        if isinstance(change, Withheld):
            vanished.append(words.part(change.part, t))
        elif isinstance(change, Disclosed) and _short(change, t) is None:
            appeared.append(words.part(change.part, t))
        else:
            lines |= dict.fromkeys(_change(change, t))
    if appeared:
        lines[t("procedure.change_disclosed", part=", ".join(appeared))] = None
    if vanished:
        lines[t("procedure.change_withheld", part=", ".join(vanished))] = None
    return list(lines)


def _change(change: Change, t: Translator) -> list[str]:
    match change:
        case ForceChanged(in_force):
            return [t("procedure.change_restored" if in_force else "procedure.change_abolished")]
        case TextChanged(part, old, new):
            return [_text(part, old, new, t)]
        case SpellingChanged(part, old, new):
            return [_spelling(part, old, new, t)]
        case LevelsChanged(dropped, added):
            return [
                t(f"procedure.change_level_{verb}", levels=words.levels(some, t))
                for verb, some in (("added", added), ("dropped", dropped))
                if some
            ]
        case SectorChanged(new):
            return [t(f"procedure.change_sector_{str(new).lower()}")]
        case ListChanged():
            return _list(change, t)
        case BasesChanged():
            return _bases(change, t)
        case DecisionChanged(_, cited):
            return [t("procedure.change_decision", decision=_cited(cited, t))]
        case SetsChanged(before, after):
            return [t("procedure.change_sets", old=before, new=after)]
        case Disclosed(part):
            return [_short(change, t) or t("procedure.change_disclosed", part=words.part(part, t))]
        case Withheld(part):
            return [t("procedure.change_withheld", part=words.part(part, t))]
        case Rewritten(part):
            return [t("procedure.change_reordered", part=words.part(part, t))]
        case CaseRenamed() | PaperDropped() | PaperAdded() | PaperChanged():
            return _dossier(change, t)
        case WayDropped() | WayAdded() | TimeChanged() | FeeChanged() | NoteChanged():
            return [_channel(change, t)]


def _text(part: str, old: str, new: str, t: Translator) -> str:
    name = words.part(part, t)
    if part == "name":
        return t("procedure.change_name", old=old, new=new)
    if words.clipped(old) != old or words.clipped(new) != new:  # the comparison shows long texts side by side
        return t("procedure.change_long", part=name)
    return t("procedure.change_text", part=name, old=old, new=new)


def _spelling(part: str, old: str | tuple[str, ...], new: str | tuple[str, ...], t: Translator) -> str:
    differing = [(a, b) for a, b in zip(_entries(old), _entries(new), strict=True) if a != b]
    before, after = differing[0]
    if len(differing) > 1 or words.clipped(after) != after:
        return t("procedure.change_spellings", part=words.part(part, t))
    return t("procedure.change_spelling", part=words.part(part, t), old=before, new=after)


def _list(change: ListChanged, t: Translator) -> list[str]:
    if change.part == "steps":
        if not change.dropped and not change.added:
            return [t("procedure.change_steps")]
        counts = {"dropped": len(change.dropped), "added": len(change.added)}
        return [t("procedure.change_steps_counts", **counts)]
    return _came_and_went(change.part, change.dropped, change.added, t) or [
        t("procedure.change_reordered", part=words.part(change.part, t))
    ]


def _bases(change: BasesChanged, t: Translator) -> list[str]:
    dropped, added = (
        [words.legal_basis(basis, t) for basis in some] for some in (change.dropped, change.added)
    )
    return _came_and_went("legal_bases", dropped, added, t) or [t("procedure.change_bases")]


def _came_and_went(part: str, dropped: Sequence[str], added: Sequence[str], t: Translator) -> list[str]:
    return [
        t(f"procedure.change_{verb}", part=words.part(part, t), entries=_several(entries, t))
        for verb, entries in (("added", added), ("dropped", dropped))
        if entries
    ]


def _several(entries: Sequence[str], t: Translator) -> str:
    shown = [words.clipped(entry) for entry in entries[:_ENTRIES_SHOWN]]
    if len(entries) > _ENTRIES_SHOWN:
        shown.append(t("procedure.and_more", count=len(entries) - _ENTRIES_SHOWN))
    return "; ".join(shown)


def _short(change: Disclosed, t: Translator) -> str | None:
    """A part that came to be known with what it says, where that fits a sentence."""
    value = change.new
    match change.part, value:
        case "levels", _:
            shown = words.levels(value, t)
        case "is_vertical", _:
            return t(f"procedure.change_sector_{str(value).lower()}")
        case "decision", _:
            shown = _cited(value, t)
        case _, str() | int():
            shown = str(value)
        case _:
            shown = None
    if shown is None or words.clipped(shown) != shown:
        return None
    return t("procedure.change_disclosed_value", part=words.part(change.part, t), value=shown)


def _dossier(change: CaseRenamed | PaperDropped | PaperAdded | PaperChanged, t: Translator) -> list[str]:
    match change:
        case CaseRenamed(old_case, new_case):
            unknown = t("procedure.case_of_all")
            return [t("procedure.change_case", old=old_case or unknown, new=new_case or unknown)]
        case PaperDropped(name):
            return [t("procedure.change_paper_dropped", name=words.clipped(name))]
        case PaperAdded(paper):
            return [t("procedure.change_paper_added", name=words.clipped(paper.name))]
        case PaperChanged(old, new):
            return _paper(old, new, t)


def _paper(old: Paper, new: Paper, t: Translator) -> list[str]:
    found = []
    name = words.clipped(new.name)
    if old.name != new.name:
        found.append(t("procedure.change_paper_spelling", name=name))
    if old.form != new.form:
        unknown = t("procedure.unknown")
        forms = {"old": words.clipped(old.form or unknown), "new": words.clipped(new.form or unknown)}
        found.append(t("procedure.change_paper_form", name=name, **forms))
    if (old.originals, old.copies) != (new.originals, new.copies):
        found.append(t("procedure.change_paper_copies", name=name, old=_copies(old, t), new=_copies(new, t)))
    return found


def _copies(paper: Paper, t: Translator) -> str:
    unknown = "?"
    return t(
        "procedure.copies",
        originals=unknown if paper.originals is None else paper.originals,
        copies=unknown if paper.copies is None else paper.copies,
    )


def _channel(change: WayDropped | WayAdded | TimeChanged | FeeChanged | NoteChanged, t: Translator) -> str:
    match change:
        case WayDropped(name):
            return t("procedure.change_way_dropped", way=words.way(name, t))
        case WayAdded(channel):
            return t("procedure.change_way_added", way=words.way(channel.way, t))
        case NoteChanged(name):
            return t("procedure.change_note", way=words.way(name, t))
        case TimeChanged():
            return _time_change(change, t)
        case FeeChanged():
            return _fee_change(change, t)


def _time_change(change: TimeChanged, t: Translator) -> str:
    kind = "change_time"
    if len(change.old) == len(change.new) == 1:
        before, after = change.old[0], change.new[0]
        if before.unit == after.unit and before.value is not None and after.value is not None:
            kind += _direction(after.value - before.value)
    old, new = (
        " / ".join(words.duration(time, t) for time in some) or t("procedure.unknown")
        for some in (change.old, change.new)
    )
    return t(f"procedure.{kind}", old=old, new=new) + _by_way(change.ways, t)


def _fee_change(change: FeeChanged, t: Translator) -> str:
    kind = "change_fee"
    if change.old and change.new and len(change.old) == len(change.new) == 1:
        before, after = change.old[0].amount_vnd, change.new[0].amount_vnd
        if before is not None and after is not None:
            kind += _direction(Decimal(after - before))
    old, new = (words.fees(some, t) or t("procedure.unknown") for some in (change.old, change.new))
    return t(f"procedure.{kind}", old=old, new=new) + _by_way(change.ways, t)


def _papers(found: Summary, t: Translator) -> list[str]:
    return [
        t(f"procedure.summary_papers_{verb}", count=count)
        for verb, count in (("dropped", found.papers_dropped), ("added", found.papers_added))
        if count
    ]


def _time(found: Summary, t: Translator) -> str | None:
    if not found.time:
        return None
    return t(
        f"procedure.summary_time{_direction(found.time)}",
        time=words.duration(Duration(abs(found.time), found.time_unit), t),
    )


def _fee(found: Summary, t: Translator) -> str | None:
    if not found.fee_vnd:
        return None
    amount = t("procedure.dong", amount=abs(found.fee_vnd))
    return t(f"procedure.summary_fee{_direction(Decimal(found.fee_vnd))}", amount=amount)


def _cited(cited: Citation, t: Translator) -> str:
    dated = t("procedure.dated", day=cited.issued_on) if cited.issued_on else None
    return " ".join(filter(None, (cited.number, dated)))


def _direction(difference: Decimal) -> str:
    return "_less" if difference < 0 else "_more" if difference > 0 else ""


def _by_way(ways: tuple[str | None, ...], t: Translator) -> str:
    named = [words.way(name, t) for name in ways if name]
    return f" ({', '.join(named)})" if named else ""


def _entries(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
