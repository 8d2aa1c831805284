"""What a record shows of a promised cut, measure by measure: as promised, something else, or nothing that can be judged."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from catalogue.model import amount
from catalogue.model.amount import Amount, Kind, Told
from catalogue.model.measure import Measure, Reason, Shown
from catalogue.model.moved import moved
from catalogue.model.version import Version
from catalogue.text import fold, spelling_key

ONLINE = "Trực tuyến"
_NO_CONDITIONS = frozenset(map(spelling_key, ("Không", "Không có", "Không quy định", "Không yêu cầu")))
_INTERLINKED = "lien thong"
_SHORTEST_NAME = 8  # letters of a paper's name that is looked for in the words of a promise


_Judge: TypeAlias = Callable[[Measure, Version, Version], Shown]
_UNJUDGED = Shown(None, Reason.CANNOT_SHOW)


def shown(measure: Measure, before: Version, now: Version) -> Shown:
    """What two versions in force show of a measure: how it was when it was promised, and how it is now."""
    judge = _JUDGES.get(measure.type)
    return judge(measure, before, now) if judge else _UNJUDGED


def names_no_conditions(text: str) -> bool:
    """Whether a text of requirements says that there are none."""
    return spelling_key(text).rstrip(".") in _NO_CONDITIONS


def _papers(measure: Measure, before: Version, now: Version) -> Shown:
    """Fewer papers in all, and as few as promised where the promise counts the papers that the record had."""
    was, left = _names(before), _names(now)
    if not was or not left:
        return Shown(None, Reason.NOT_STATED)
    numbers = (frozenset({Decimal(len(was))}), frozenset({Decimal(len(left))}))
    shown = _lowered(*numbers, *_promised(measure, Kind.PAPERS, numbers[0]), "giấy tờ")
    if shown.reason is Reason.SAME and _sheets(now) < _sheets(before) and _cases(now) <= _cases(before):
        return Shown(True, Reason.LOWERED, Decimal(_sheets(before)), Decimal(_sheets(now)), None, "giấy tờ")
    return shown


def _data(measure: Measure, before: Version, now: Version) -> Shown:
    """The papers that the promise names are not asked for any more; where it names none, fewer are."""
    was, left = _names(before), _names(now)
    if not was or not left:
        return Shown(None, Reason.NOT_STATED)
    told = spelling_key(measure.before_text or "")
    named = {
        key for key in was if len(min(key, told, key=len)) >= _SHORTEST_NAME and (key in told or told in key)
    }
    if named:
        asked = named & left.keys()
        return Shown(not asked, Reason.PAPER_ASKED if asked else Reason.PAPER_GONE)
    return _papers(Measure(measure.type), before, now)


def _form(_: Measure, before: Version, now: Version) -> Shown:
    """Another form stands in the dossier: its fields are nowhere in a record."""
    was, left = _forms(before), _forms(now)
    if not was or not _names(now):
        return Shown(None, Reason.NOT_STATED)
    return Shown(True, Reason.FORM_CHANGED) if was - left else Shown(False, Reason.FORM_SAME)


def _time(measure: Measure, before: Version, now: Version) -> Shown:
    """A shorter limit in a unit that both versions use."""
    was, left = amount.times(before.details.times), amount.times(now.details.times)
    told = amount.told(measure.before_text, Kind.TIME)
    goal = amount.target(told, amount.told(measure.after_text, Kind.TIME))
    if goal and goal.unit in left:
        return _lowered(was.get(goal.unit, frozenset()), left[goal.unit], told, goal, goal.unit)
    found = [_lowered(was[unit], left[unit], told, None, unit) for unit in was if unit in left]
    for reason in (Reason.LOWERED, Reason.RAISED, Reason.SAME):
        for shown in found:
            if shown.reason is reason:
                return shown
    if before.details.times and before.details.times == now.details.times:
        return Shown(False, Reason.SAME)
    return Shown(None, Reason.OTHER_UNIT if was and left else Reason.NOT_STATED)


def _fee(measure: Measure, before: Version, now: Version) -> Shown:
    """A lower amount in đồng."""
    was, left = _amounts(before), _amounts(now)
    told = amount.told(measure.before_text, Kind.MONEY)
    goal = amount.target(told, amount.told(measure.after_text, Kind.MONEY))
    if left and (was or goal):
        return _lowered(was, left, told, goal, "đồng")
    if before.details.fees and before.details.fees == now.details.fees:
        return Shown(False, Reason.SAME)
    return Shown(None, Reason.NOT_STATED)


def _conditions(measure: Measure, before: Version, now: Version) -> Shown:
    """Fewer conditions, one a line; other words for as many are a matter for a reader, unless they are shorter."""
    was, left = _lines(before), _lines(now)
    if not was:
        return Shown(None, Reason.NOT_STATED)
    numbers = (frozenset({Decimal(len(was))}), frozenset({Decimal(len(left))}))
    shown = _lowered(*numbers, *_promised(measure, Kind.CONDITIONS, numbers[0]), "điều kiện")
    if shown.reason is not Reason.SAME or was == left:
        return shown
    length, before_length = sum(map(len, left)), sum(map(len, was))
    if length < before_length:
        return Shown(True, Reason.SHORTENED)
    return Shown(None, Reason.REWORDED)


def _online(_: Measure, before: Version, now: Version) -> Shown:
    """Filing online is open; of a record that had it before, whether it goes all the way is not told."""
    if not now.details.channels:
        return Shown(None, Reason.NOT_STATED)
    if ONLINE not in _ways(now):
        return Shown(False, Reason.ONLINE_MISSING)
    if ONLINE in _ways(before):
        return Shown(None, Reason.ONLINE_BEFORE)
    return Shown(True, Reason.ONLINE_OPEN)


def _interlinked(_: Measure, before: Version, now: Version) -> Shown:
    """The record speaks of interlinking, as it did not before; where it does not, nothing can be said."""
    newly = _INTERLINKED in _text(now) and _INTERLINKED not in _text(before)
    return Shown(True, Reason.MENTIONED) if newly else _UNJUDGED


def _lowered(
    was: frozenset[Decimal], now: frozenset[Decimal], told: Told | None, goal: Amount | None, unit: str
) -> Shown:
    """Numbers before and now, against the promised one.

    A promise that starts from one of several numbers of the record is about that one: the others may stay.
    """
    anchor = told.amount.value if told and told.amount.unit == unit and not told.is_cut else None
    rest = now - (was - {anchor}) if anchor in was else frozenset()
    reached = max(rest) if rest else min(now)
    start = anchor if anchor in was else min(was, default=None)
    numbers = (start, reached, goal.value if goal else None, unit)
    if goal is not None and reached <= goal.value:
        return Shown(True, Reason.LOWERED, *numbers)
    if start is None:
        return Shown(None, Reason.NOT_STATED)
    before, after = (start, max(was)), (reached, max(now))
    if after < before:
        return Shown(goal is None, Reason.LOWERED if goal is None else Reason.SHORT_OF_PROMISE, *numbers)
    return Shown(False, Reason.RAISED if after > before else Reason.SAME, *numbers)


def _promised(measure: Measure, kind: Kind, was: frozenset[Decimal]) -> tuple[Told | None, Amount | None]:
    """The promised count, where the promise starts from what the record had: else it counts something else."""
    told = amount.told(measure.before_text, kind)
    if told is None or told.amount.value not in was:
        return None, None
    return told, amount.target(told, amount.told(measure.after_text, kind))


def _ways(version: Version) -> set[str | None]:
    return {channel.way for channel in version.details.channels or ()}


def _names(version: Version) -> dict[str, str]:
    cases = version.details.dossier or ()
    return {spelling_key(paper.name): paper.name for case in cases for paper in case.papers}


def _sheets(version: Version) -> int:
    return sum(len(case.papers) for case in version.details.dossier or ())


def _cases(version: Version) -> int:
    return len(version.details.dossier or ())


def _forms(version: Version) -> set[str]:
    cases = version.details.dossier or ()
    return {spelling_key(paper.form) for case in cases for paper in case.papers if paper.form}


def _amounts(version: Version) -> frozenset[Decimal]:
    fees = version.details.fees or ()
    return frozenset(Decimal(fee.amount_vnd) for fee in fees if fee.amount_vnd is not None)


def _lines(version: Version) -> list[str]:
    text = version.details.requirements or ""
    if names_no_conditions(text):
        return []
    return [spelling_key(line) for line in text.splitlines() if line.strip()]


def _text(version: Version) -> str:
    details = version.details
    notes = (channel.note or "" for channel in details.channels or ())
    lists = (details.steps, details.results, details.related)
    entries = (entry for entries in lists for entry in entries or ())
    return fold("\n".join((version.name, details.description or "", *notes, *entries)))


_JUDGES: dict[str, _Judge] = {
    "fewer_documents": _papers,
    "data_for_documents": _data,
    "simpler_form": _form,
    "shorter_time": _time,
    "lower_fee": _fee,
    "fewer_conditions": _conditions,
    "full_online": _online,
    "decentralise": moved,
    "interlink": _interlinked,
}
