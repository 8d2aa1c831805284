"""A procedure in words: levels, time limits, fees, and what changed between versions."""

from collections.abc import Iterable
from decimal import Decimal

from catalogue.i18n import Translator
from catalogue.model.diff import (
    Change,
    Disclosed,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    SectorChanged,
    Summary,
    TextChanged,
    TimeChanged,
    Withheld,
    summarise,
)
from catalogue.model.version import Details, Duration, Fee, Paper

LEVELS = ("ministry", "provincial", "district", "communal", "other")


def levels(found: Iterable[str], t: Translator) -> str | None:
    """The levels from the centre down; None where the source gives none."""
    given = set(found)
    return ", ".join(t(f"procedure.level_{level}") for level in LEVELS if level in given) or None


def way(name: str | None, t: Translator) -> str:
    """A way of filing: ours by its word, else as the source writes it."""
    return _word("way", name, t) or t("procedure.unknown")


def duration(time: Duration, t: Translator) -> str:
    """7 ngày làm việc; without a number or unit, the source's own words."""
    if time.value is None or not time.unit:
        return time.text or (_number(time.value, t) if time.value is not None else t("procedure.unknown"))
    return f"{_number(time.value, t)} {_word('unit', time.unit, t)}"


def times(details: Details, t: Translator) -> str | None:
    """The time limits of all channels; None where none is given."""
    return " / ".join(duration(time, t) for time in details.times) or None


def fee(one: Fee, t: Translator) -> str:
    """An amount, free of charge, or the source's own words."""
    if one.amount_vnd == 0:
        return t("procedure.free")
    if one.amount_vnd is not None:
        return t("procedure.dong", amount=one.amount_vnd)
    return one.text or t("procedure.unknown")


def fees(found: tuple[Fee, ...] | None, t: Translator) -> str | None:
    """Several fees in one line; None where none is given."""
    return "; ".join(dict.fromkeys(fee(one, t) for one in found)) if found else None


def summary(changes: tuple[Change, ...], t: Translator) -> str | None:
    """The changes in one sentence: Bớt 2 giấy tờ, giảm 3 ngày làm việc."""
    found = summarise(changes)
    parts = [part for part in (*_papers(found, t), _time(found, t), _fee(found, t)) if part]
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] if sentence else None


def changes(found: tuple[Change, ...], t: Translator) -> list[str]:
    """Every change as a sentence; the same change in several cases is said once."""
    return list(dict.fromkeys(line for change in found for line in _change(change, t)))


def _change(change: Change, t: Translator) -> list[str]:
    match change:
        case ForceChanged(in_force):
            return [t("procedure.change_restored" if in_force else "procedure.change_abolished")]
        case TextChanged(part, old, new):
            unknown = t("procedure.unknown")
            return [t(f"procedure.change_{part}", old=old or unknown, new=new or unknown)]
        case LevelsChanged(dropped, added):
            return [
                t(f"procedure.change_level_{verb}", levels=levels(some, t))
                for verb, some in (("added", added), ("dropped", dropped))
                if some
            ]
        case SectorChanged(_, new_sector):
            word = "unknown" if new_sector is None else str(new_sector).lower()
            return [t(f"procedure.change_sector_{word}")]
        case PaperDropped(name):
            return [t("procedure.change_paper_dropped", name=name)]
        case PaperAdded(name):
            return [t("procedure.change_paper_added", name=name)]
        case PaperChanged(before, after):
            return _paper(before, after, t)
        case TimeChanged():
            return [_time_change(change, t)]
        case FeeChanged():
            return [_fee_change(change, t)]
        case ListChanged():
            return _list(change, t)
        case Disclosed(part):
            return [t("procedure.change_disclosed", part=t(f"procedure.part_{part}"))]
        case Withheld(part):
            return [t("procedure.change_withheld", part=t(f"procedure.part_{part}"))]


def _paper(old: Paper, new: Paper, t: Translator) -> list[str]:
    found = []
    if old.form != new.form:
        unknown = t("procedure.unknown")
        found.append(
            t("procedure.change_paper_form", name=new.name, old=old.form or unknown, new=new.form or unknown)
        )
    if (old.originals, old.copies) != (new.originals, new.copies):
        found.append(
            t("procedure.change_paper_copies", name=new.name, old=_copies(old, t), new=_copies(new, t))
        )
    return found


def _copies(paper: Paper, t: Translator) -> str:
    unknown = "?"
    return t(
        "procedure.copies",
        originals=unknown if paper.originals is None else paper.originals,
        copies=unknown if paper.copies is None else paper.copies,
    )


def _time_change(change: TimeChanged, t: Translator) -> str:
    kind = "change_time"
    if len(change.old) == len(change.new) == 1:
        before, after = change.old[0], change.new[0]
        if before.unit == after.unit and before.value is not None and after.value is not None:
            kind += _direction(after.value - before.value)
    old, new = (
        " / ".join(duration(time, t) for time in some) or t("procedure.unknown")
        for some in (change.old, change.new)
    )
    return t(f"procedure.{kind}", old=old, new=new) + _by_way(change.ways, t)


def _fee_change(change: FeeChanged, t: Translator) -> str:
    kind = "change_fee"
    if change.old and change.new and len(change.old) == len(change.new) == 1:
        before, after = change.old[0].amount_vnd, change.new[0].amount_vnd
        if before is not None and after is not None:
            kind += _direction(Decimal(after - before))
    old, new = (fees(some, t) or t("procedure.unknown") for some in (change.old, change.new))
    return t(f"procedure.{kind}", old=old, new=new) + _by_way(change.ways, t)


def _list(change: ListChanged, t: Translator) -> list[str]:
    if change.part == "steps":
        if not change.dropped and not change.added:
            return [t("procedure.change_steps")]
        counts = {"dropped": len(change.dropped), "added": len(change.added)}
        return [t("procedure.change_steps_counts", **counts)]
    part = t(f"procedure.part_{change.part}")
    found = []
    for verb, entries in (("added", change.added), ("dropped", change.dropped)):
        if entries:
            shown = [way(entry, t) for entry in entries] if change.part == "ways" else entries
            found.append(t(f"procedure.change_{verb}", part=part, entries="; ".join(shown)))
    return found or [t("procedure.change_reordered", part=part)]


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
        time=duration(Duration(abs(found.time), found.time_unit), t),
    )


def _fee(found: Summary, t: Translator) -> str | None:
    if not found.fee_vnd:
        return None
    amount = t("procedure.dong", amount=abs(found.fee_vnd))
    return t(f"procedure.summary_fee{_direction(Decimal(found.fee_vnd))}", amount=amount)


def _direction(difference: Decimal) -> str:
    return "_less" if difference < 0 else "_more" if difference > 0 else ""


def _by_way(ways: tuple[str | None, ...], t: Translator) -> str:
    named = [way(name, t) for name in ways if name]
    return f" ({', '.join(named)})" if named else ""


def _word(kind: str, value: str | None, t: Translator) -> str | None:
    key = f"procedure.{kind}_{value}"
    return t(key) if t.has(key) else value


def _number(value: Decimal, t: Translator) -> str:
    return t.number(value, max(0, -int(value.normalize().as_tuple().exponent)))
