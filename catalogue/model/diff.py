"""What changed between two versions of a procedure, as typed facts: the words are the screen's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, TypeVar

from catalogue.model.version import Details, Duration, Fee, Paper, Version

T = TypeVar("T")
Papers: TypeAlias = dict[str | None, dict[str, Paper]]
Times: TypeAlias = tuple[Duration, ...]
Fees: TypeAlias = tuple[Fee, ...] | None
Ways: TypeAlias = dict[str | None, tuple[Times, Fees]]


@dataclass(frozen=True)
class TextChanged:
    """A text of the record: `part` is name, field, agency, case (of the dossier) or requirements."""

    part: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class LevelsChanged:
    """The set of levels that carry the procedure out."""

    dropped: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class SectorChanged:
    """Whether the procedure belongs to a vertical sector; None is unknown."""

    old: bool | None
    new: bool | None


@dataclass(frozen=True)
class ForceChanged:
    """The procedure was abolished, or is in force again."""

    in_force: bool


@dataclass(frozen=True)
class PaperDropped:
    """A paper is not asked for any more."""

    name: str
    case: str | None = None


@dataclass(frozen=True)
class PaperAdded:
    """A paper is newly asked for."""

    name: str
    case: str | None = None


@dataclass(frozen=True)
class PaperChanged:
    """The same paper in another form or number."""

    old: Paper
    new: Paper
    case: str | None = None


@dataclass(frozen=True)
class TimeChanged:
    """Another time limit on some ways of filing; an empty tuple is unknown."""

    ways: tuple[str | None, ...]
    old: tuple[Duration, ...]
    new: tuple[Duration, ...]


@dataclass(frozen=True)
class FeeChanged:
    """Other fees on some ways of filing; None is unknown."""

    ways: tuple[str | None, ...]
    old: tuple[Fee, ...] | None
    new: tuple[Fee, ...] | None


@dataclass(frozen=True)
class ListChanged:
    """Entries of a list that came and went: `part` is ways, steps, addressees or results."""

    part: str
    dropped: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class Disclosed:
    """A part of the record that was unknown is now given; nothing is said to have changed."""

    part: str


@dataclass(frozen=True)
class Withheld:
    """A part of the record that was given is now unknown; nothing is said to have changed."""

    part: str


Change: TypeAlias = (
    TextChanged
    | LevelsChanged
    | SectorChanged
    | ForceChanged
    | PaperDropped
    | PaperAdded
    | PaperChanged
    | TimeChanged
    | FeeChanged
    | ListChanged
    | Disclosed
    | Withheld
)


@dataclass(frozen=True)
class Summary:
    """The changes in numbers; a number is None where the changes do not share one."""

    papers_dropped: int
    papers_added: int
    time: Decimal | None  # new minus old
    time_unit: str | None
    fee_vnd: int | None  # new minus old


def diff(old: Version, new: Version) -> tuple[Change, ...]:
    """Every change from one version to the next; empty where nothing differs."""
    return tuple(_changes(old, new))


def summarise(changes: tuple[Change, ...]) -> Summary:
    """Papers, time and fee of a set of changes, as one sentence can say them."""
    times = {
        (after.value - before.value, after.unit)
        for change in changes
        if isinstance(change, TimeChanged)
        for before, after in _pairs(change.old, change.new)
        if before.unit == after.unit and before.value is not None and after.value is not None
    }
    fees = {
        after.amount_vnd - before.amount_vnd
        for change in changes
        if isinstance(change, FeeChanged)
        for before, after in _pairs(change.old, change.new)
        if before.amount_vnd is not None and after.amount_vnd is not None
    }
    time, unit = next(iter(times)) if len(times) == 1 else (None, None)
    return Summary(
        papers_dropped=len({change.name for change in changes if isinstance(change, PaperDropped)}),
        papers_added=len({change.name for change in changes if isinstance(change, PaperAdded)}),
        time=time,
        time_unit=unit,
        fee_vnd=next(iter(fees)) if len(fees) == 1 else None,
    )


def _changes(old: Version, new: Version) -> Iterator[Change]:
    if old.in_force != new.in_force:
        yield ForceChanged(new.in_force)
    for part, before, after in (
        ("name", old.name, new.name),
        ("field", old.field_name, new.field_name),
        ("agency", old.agency_name, new.agency_name),
    ):
        if before != after:
            yield TextChanged(part, before, after)
    if old.levels != new.levels:
        yield LevelsChanged(tuple(sorted(old.levels - new.levels)), tuple(sorted(new.levels - old.levels)))
    if old.is_vertical != new.is_vertical:
        yield SectorChanged(old.is_vertical, new.is_vertical)
    yield from _details(old.details, new.details)


def _details(old: Details, new: Details) -> Iterator[Change]:
    compare: dict[str, Callable[[Details, Details], Iterator[Change]]] = {
        "dossier": _papers,
        "channels": _channels,
        "steps": lambda a, b: _list("steps", a.steps, b.steps),
        "addressees": lambda a, b: _list("addressees", a.addressees, b.addressees),
        "results": lambda a, b: _list("results", a.results, b.results),
        "requirements": lambda a, b: iter((TextChanged("requirements", a.requirements, b.requirements),)),
    }
    for part, changes in compare.items():
        before, after = getattr(old, part), getattr(new, part)
        if before == after:
            continue
        if before is None:
            yield Disclosed(part)
        elif after is None:
            yield Withheld(part)
        else:
            yield from changes(old, new)


def _papers(old: Details, new: Details) -> Iterator[Change]:
    before, after = _by_case(old), _by_case(new)
    gone = [case for case in before if case not in after]
    come = [case for case in after if case not in before]
    if len(gone) == len(come) == 1:  # one case under another name, not a dossier given up for a new one
        yield TextChanged("case", gone[0], come[0])
        before = {come[0] if case == gone[0] else case: papers for case, papers in before.items()}
    for case in dict.fromkeys((*before, *after)):
        was, now = before.get(case, {}), after.get(case, {})
        for name, paper in was.items():
            if name not in now:
                yield PaperDropped(name, case)
            elif now[name] != paper:
                yield PaperChanged(paper, now[name], case)
        yield from (PaperAdded(name, case) for name in now if name not in was)


def _by_case(details: Details) -> Papers:
    found: Papers = {}
    for case in details.dossier or ():
        found.setdefault(case.name, {}).update({paper.name: paper for paper in case.papers})
    return found


def _channels(old: Details, new: Details) -> Iterator[Change]:
    before, after = _by_way(old), _by_way(new)
    yield from _list("ways", tuple(filter(None, before)), tuple(filter(None, after)))
    times: dict[tuple[Times, Times], list[str | None]] = {}
    fees: dict[tuple[Fees, Fees], list[str | None]] = {}
    for way in before:
        if way in after:
            (old_time, old_fee), (new_time, new_fee) = before[way], after[way]
            if old_time != new_time:
                times.setdefault((old_time, new_time), []).append(way)
            if old_fee != new_fee:
                fees.setdefault((old_fee, new_fee), []).append(way)
    for (old_time, new_time), ways in times.items():
        yield TimeChanged(tuple(ways), old_time, new_time)
    for (old_fee, new_fee), ways in fees.items():
        yield FeeChanged(tuple(ways), old_fee, new_fee)


def _by_way(details: Details) -> Ways:
    """Time limits and fees of each way of filing; one way may stand in several rows."""
    found: Ways = {}
    for channel in details.channels or ():
        times, fees = found.get(channel.way, ((), None))
        if channel.time and channel.time not in times:
            times = (*times, channel.time)
        if channel.fees is not None:
            fees = tuple(dict.fromkeys((*(fees or ()), *channel.fees)))
        found[channel.way] = times, fees
    return found


def _list(part: str, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> Iterator[Change]:
    before, after = dict.fromkeys(old or ()), dict.fromkeys(new or ())
    dropped = tuple(entry for entry in before if entry not in after)
    added = tuple(entry for entry in after if entry not in before)
    if dropped or added or (part != "ways" and old != new):
        yield ListChanged(part, dropped, added)


def _pairs(old: Sequence[T] | None, new: Sequence[T] | None) -> Iterator[tuple[T, T]]:
    """Old and new side by side, where there are as many of both."""
    return zip(old, new, strict=True) if old and new and len(old) == len(new) else iter(())
