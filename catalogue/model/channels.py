"""The ways of filing with time limits and fees: what changed between two sets of them, and one change applied."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from catalogue.model.change import (
    FeeChanged,
    NoteChanged,
    OfChannels,
    Rewritten,
    TimeChanged,
    WayAdded,
    WayDropped,
)
from catalogue.model.version import Channel, Duration, Fee

Channels: TypeAlias = tuple[Channel, ...]
Times: TypeAlias = tuple[Duration, ...]
Fees: TypeAlias = tuple[Fee, ...] | None
Way: TypeAlias = tuple[Times, Fees, str | None]


def changes(old: Channels, new: Channels) -> Iterator[OfChannels | Rewritten]:
    """Ways that came and went, then times, fees and notes of those that stayed; last, what these do not say."""
    reached = old
    for change in _typed(old, new):
        reached = applied(change, reached)
        yield change
    if reached != new:
        yield Rewritten("channels", old, new)


def applied(change: OfChannels, channels: Channels) -> Channels:
    """The channels after one change."""
    match change:
        case WayDropped(way):
            return tuple(channel for channel in channels if channel.way != way)
        case WayAdded(channel, place):
            return (*channels[:place], channel, *channels[place:])
        case TimeChanged(ways, _, times):
            time = times[0] if times else None
            return tuple(replace(one, time=time) if one.way in ways else one for one in channels)
        case FeeChanged(ways, _, fees):
            return tuple(replace(one, fees=fees) if one.way in ways else one for one in channels)
        case NoteChanged(way, _, note):
            return tuple(replace(one, note=note) if one.way == way else one for one in channels)


def _typed(old: Channels, new: Channels) -> Iterator[OfChannels]:
    before, after = _by_way(old), _by_way(new)
    yield from (WayDropped(way) for way in before if way not in after)
    yield from (WayAdded(channel, place) for place, channel in enumerate(new) if channel.way not in before)
    times: dict[tuple[Times, Times], list[str | None]] = {}
    fees: dict[tuple[Fees, Fees], list[str | None]] = {}
    for way in before:
        if way in after:
            (old_times, old_fees, _), (new_times, new_fees, _) = before[way], after[way]
            if old_times != new_times:
                times.setdefault((old_times, new_times), []).append(way)
            if old_fees != new_fees:
                fees.setdefault((old_fees, new_fees), []).append(way)
    yield from (TimeChanged(tuple(ways), *both) for both, ways in times.items())
    yield from (FeeChanged(tuple(ways), *both) for both, ways in fees.items())
    for way, (_, _, note) in before.items():
        if way in after and after[way][2] != note:
            yield NoteChanged(way, note, after[way][2])


def _by_way(channels: Channels) -> dict[str | None, Way]:
    """Time limits, fees and notes of each way of filing; one way may stand in several rows."""
    found: dict[str | None, Way] = {}
    for channel in channels:
        times, fees, note = found.get(channel.way, ((), None, None))
        if channel.time and channel.time not in times:
            times = (*times, channel.time)
        if channel.fees is not None:
            fees = tuple(dict.fromkeys((*(fees or ()), *channel.fees)))
        notes = "\n".join(filter(None, (note, channel.note))) or None
        found[channel.way] = times, fees, notes
    return found
