"""From whom to whom a row of a decentralisation annex moves a decision, and what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from catalogue.model.authority import (
    Authority,
    Direction,
    Form,
    Level,
    Transfer,
    direction,
    form_named,
    is_same_place,
)
from catalogue.model.plan_words import Measure

COLUMNS = ("form", "from_place", "to_place")
Say = Callable[..., None]


@dataclass(frozen=True)
class Places:
    """What the places of an annex are read against.

    `named`: who a text means; `ended`: the levels that are no more on the day, by that day; `says`: the columns that some
    row of the annex fills, so that a blank cell in them says nothing by mistake.
    """

    named: Callable[[str], Authority | None]
    level_of: Callable[[str], Level]
    ended: Mapping[Level, date] = field(default_factory=dict)
    says: frozenset[str] = frozenset()


def read(
    form: str,
    from_place: str,
    to_place: str,
    lead: str | None,
    measures: Sequence[Measure],
    agencies_on_day: frozenset[str],
    places: Places,
    say: Say,
) -> Transfer | None:
    """The transfer of a row, None while something of it is wrong; a blank place may stand in the content (before -> after)."""
    said = next(iter(measures), None)
    first = from_place or _readable(said.before_text if said else None, places)
    second = to_place or _readable(said.after_text if said else None, places)
    meant = _form(form, places, say)
    giver = _giver(first, lead, agencies_on_day, places, say)
    taker = _taker(second, lead, agencies_on_day, places, say)
    if giver is None or taker is None:
        return None
    if is_same_place(giver, taker):
        say("plan_transfer_same", "to_place", second[:120])
        return None
    way = direction(giver, taker, meant)
    if way is Direction.UP:
        say("plan_transfer_upward", "to_place", second[:120])
        return None
    if way is Direction.WITHIN:
        say("plan_transfer_within_level", "to_place", second[:120], "warning")
    return Transfer(meant, giver, taker) if meant else None


def _form(text: str, places: Places, say: Say) -> Form | None:
    if not text:
        if "form" not in places.says:
            return Form.PHAN_CAP
        say("plan_form_missing", "form")
        return None
    form = form_named(text)
    if form is None:
        say("plan_form_unknown", "form", text[:120])
    return form


def _giver(
    text: str, lead: str | None, agencies_on_day: frozenset[str], places: Places, say: Say
) -> Authority | None:
    if text:
        return _place("from_place", text, lead, agencies_on_day, places, say)
    if lead is None:
        return None
    if "from_place" in places.says:
        say("plan_place_missing", "from_place")
        return None
    say("plan_giver_assumed", "from_place", severity="warning")
    return Authority(places.level_of(lead), lead)


def _taker(
    text: str, lead: str | None, agencies_on_day: frozenset[str], places: Places, say: Say
) -> Authority | None:
    if text:
        return _place("to_place", text, lead, agencies_on_day, places, say)
    say("plan_place_missing", "to_place")
    return None


def _place(
    column: str, text: str, lead: str | None, agencies_on_day: frozenset[str], places: Places, say: Say
) -> Authority | None:
    """Who decides by a cell; a ministry that is not named is the one that leads the row."""
    one = places.named(text)
    if one is None:
        say("plan_place_unknown", column, text[:120])
        return None
    if one.level in places.ended:
        say("plan_level_ended", column, text[:120])
        return None
    if one.agency is not None and one.agency not in agencies_on_day:
        say("plan_agency_not_on_day", column, text[:120])
        return None
    if (
        one.level is Level.MINISTRY
        and one.agency is None
        and lead
        and places.level_of(lead) is Level.MINISTRY
    ):
        return replace(one, agency=lead)
    return one


def _readable(text: str | None, places: Places) -> str:
    """The text where it names who decides: annexes put places into "hiện hành" and "sau phân cấp"."""
    return text if text and places.named(text) else ""
