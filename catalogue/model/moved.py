"""Whether a record names who is to decide: the level, the agency or body, and who acts in the name of another."""

from collections.abc import Iterable

from catalogue.model.authority import Level, authority_named
from catalogue.model.diff import value_of
from catalogue.model.measure import Decider, Measure, Reason, Shown
from catalogue.model.version import Version
from catalogue.text import words

_LEVELS = (Level.MINISTRY, Level.PROVINCIAL, Level.DISTRICT, Level.COMMUNAL)  # from the centre down
_ROLES = ("competent", "implementing", "authorised")
_SHORTEST_NAME = 2  # words of an agency's name that is looked for in the longer words of an assignment
_COMMITTEE = ("uy ban nhan dan", "ubnd")


def moved(measure: Measure, before: Version, now: Version) -> Shown:
    """The level and the agency that are to decide stand in the record; where none is known, a lower level than before."""
    to = measure.to
    if to is None or (to.level not in _LEVELS and not to.names):
        return _lower(before, now)
    named = tuple(name for role in _ROLES for name in now.agencies.get(role, ()))
    if to.is_authorised and named:
        return _authorised(to, now)
    if to.level in _LEVELS:
        if not now.levels:
            return Shown(None, Reason.NOT_STATED)
        if to.level not in now.levels:
            return _elsewhere(to, before, now)
    if not to.names:
        return Shown(True, Reason.MOVED_DOWN)
    if not named:
        return Shown(True, Reason.MOVED_DOWN) if to.level in _LEVELS else Shown(None, Reason.NOT_STATED)
    if not _is_named(to.names, named):
        return Shown(False, Reason.OTHER_AGENCY, agencies=tuple(dict.fromkeys(named)))
    return Shown(True, Reason.MOVED_DOWN)


def _authorised(to: Decider, now: Version) -> Shown:
    """Who is authorised stands in a role of its own; the level may stay that of who keeps the authority."""
    agencies = now.agencies.get("authorised", ())
    if not agencies:
        return Shown(False, Reason.NOT_AUTHORISED)
    if to.names:
        is_named = _is_named(to.names, agencies)
        return Shown(is_named, Reason.AUTHORISED if is_named else Reason.OTHER_AGENCY, agencies=agencies)
    told = {one.level for text in agencies if (one := authority_named(text, lambda _: None))}
    for level, since in to.ended:
        if told == {level}:
            return Shown(False, Reason.LEVEL_ENDED, levels=(level,), agencies=agencies, since=since)
    return Shown(True, Reason.AUTHORISED, agencies=agencies)


def _elsewhere(to: Decider, before: Version, now: Version) -> Shown:
    """The record names other levels than the one that is to decide."""
    levels = _ordered(now.levels)
    for level, since in to.ended:
        if level in levels:
            return Shown(False, Reason.LEVEL_ENDED, levels=(level,), since=since)
    is_same = now.levels == before.levels
    return Shown(False, Reason.NOT_MOVED if is_same else Reason.OTHER_LEVEL, levels=levels)


def _is_named(names: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether a text of the record contains one of the names, or says the shorter part of one."""
    told = [_plain(text) for text in texts]
    for name in map(_plain, names):
        for text in told:
            if name in text or (text in name and len(text.split()) > _SHORTEST_NAME):
                return True
    return False


def _plain(text: str) -> str:
    """Folded words between spaces, a people's committee by its short form."""
    return f" {' '.join(words(text))} ".replace(*_COMMITTEE)


def _lower(before: Version, now: Version) -> Shown:
    if not now.levels or not before.levels:
        return Shown(None, Reason.NOT_STATED)
    was, left, levels = _depth(before), _depth(now), _ordered(now.levels)
    if left > was:
        return Shown(True, Reason.MOVED_DOWN)
    if left < was:
        return Shown(False, Reason.NOT_MOVED, levels=levels)
    if any(value_of(before, role) != value_of(now, role) for role in _ROLES):
        return Shown(None, Reason.REWORDED)
    return Shown(False, Reason.NOT_MOVED, levels=levels)


def _ordered(levels: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(levels, key=lambda level: (_place(level), level)))


def _place(level: str) -> int:
    return next((place for place, known in enumerate(_LEVELS) if known == level), len(_LEVELS))


def _depth(version: Version) -> tuple[int, int]:
    """The highest and the lowest level, counted down from the centre."""
    places = [_place(level) for level in version.levels if level in _LEVELS]
    return (min(places), max(places)) if places else (0, 0)
