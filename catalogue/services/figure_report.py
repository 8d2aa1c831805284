"""A published figure made anew, as plain data and as lines of text."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from catalogue.model.figure import Figure
from catalogue.model.figure_change import LaterFact, MemberChange
from catalogue.model.published import Published
from catalogue.services import figure_members, published
from catalogue.services.installation import Installation
from catalogue.services.published import Reproduction


def made_anew(
    installation: Installation, figure_id: str, known_at: date | None = None, *, with_items: bool = False
) -> dict[str, Any]:
    """A published figure as printed, as the ledger gives it for its two clocks, as known at the end of a day (default: now),
    and the difference row by row. `is_reproduced` is None where the ledger does not cover it.

    Raises: NotFound.
    """
    told = published.get(installation, figure_id)
    found = published.reproduce(installation, told, moment=installation.moment(known_at=known_at))
    plain: dict[str, Any] = {
        "id": told.id,
        "label": told.label_vi,
        "state": told.state.value,
        "measure": told.measure,
        "as_of": _day(told.as_of),
        "as_of_basis": told.as_of_basis,
        "known_at": _day(told.known_at),
        "printed": _printed(told),
        "relation": None,
        "is_reproduced": None,
    }
    if found is None:
        own = told.own_relation
        return plain | {"relation": own.value if own else None}
    plain |= _reproduced(found)
    if with_items:
        then = found.then
        frame = figure_members.named(installation, then.measure, then.moment, since=told.period_from)
        columns = ("member", "name", "code", "agency", "in_numerator", "in_denominator")
        plain["items"] = frame.select(*columns).to_dicts()
    return plain


def lines(plain: dict[str, Any]) -> Iterator[str]:
    """The same as lines to read."""
    yield f"{plain['id']}  {plain['label']}"
    yield f"as of {plain['as_of'] or 'no day given'}, known at {plain['known_at'] or 'not said'}, {plain['state']}"
    yield f"printed:   {_counts(plain['printed'])}"
    if plain["is_reproduced"] is None:
        yield f"relation:  {plain['relation'] or 'none'}"
        yield "The ledger does not cover this figure."
        return
    if plain["frozen"]:
        yield f"frozen:    {_counts(plain['frozen'])}"
    yield f"then:      {_counts(plain['then'])}  (revision {plain['then']['revision']})"
    yield f"now:       {_counts(plain['now'])}  (revision {plain['now']['revision']})"
    yield f"relation:  {plain['relation']}"
    yield "reproduced" if plain["is_reproduced"] else "NOT REPRODUCED"
    difference = plain["difference"]
    yield f"difference: {difference['numerator']:+d} above, {difference['denominator']:+d} below the line, {len(difference['changes'])} rows"
    for change in difference["changes"]:
        yield from _lines(change)
    for item in plain.get("items", ()):
        sign = "+" if item["in_numerator"] else " "
        yield f"  {sign} {item['code'] or item['member']:24} {item['agency'] or ''}  {item['name']}"


def _reproduced(found: Reproduction) -> dict[str, Any]:
    frozen = None
    if found.frozen is not None:
        frozen = {"numerator": found.frozen[0], "denominator": found.frozen[1]}
    return {
        "relation": found.comparison.relation.value,
        "is_reproduced": found.is_reproduced,
        "frozen": frozen,
        "then": _figure(found.then),
        "now": _figure(found.now),
        "difference": {
            "numerator": found.difference.numerator,
            "denominator": found.difference.denominator,
            "adds_up": found.difference.adds_up,
            "changes": [_change(one) for one in found.difference],
        },
    }


def _printed(told: Published) -> dict[str, Any]:
    return {
        "text": told.printed,
        "comparator": told.comparator,
        "numerator": _number(told.told),
        "denominator": _number(told.denominator),
        "percent": str(told.printed_percent) if told.printed_percent is not None else None,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percent": str(figure.percent) if figure.percent is not None else None,
        "revision": figure.moment.revision,
    }


def _change(one: MemberChange) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "id": one.member,
        "name": one.name,
        "code": one.code,
        "agency": one.agency,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "facts": [_fact(fact) for fact in one.facts],
        "items": [_change(item) for item in one.items],
    }


def _fact(fact: LaterFact) -> dict[str, Any]:
    return {
        "subject": fact.subject,
        "holds": fact.holds,
        "effective_date": _day(fact.effective_date),
        "deadline": _day(fact.deadline),
        "document": fact.document_number or fact.document_title,
        "recorded_at": fact.recorded_at.isoformat(),
    }


def _lines(change: dict[str, Any]) -> Iterator[str]:
    effect = f"{change['numerator']:+d}/{change['denominator']:+d}"
    yield f"  {effect:>6} {change['code'] or change['id']}  {change['agency'] or ''}  {change['name']}"
    facts = change["facts"] + [fact for item in change["items"] for fact in item["facts"]]
    for fact in facts:
        document = f" by {fact['document']}" if fact["document"] else ""
        word = fact["subject"] if fact["holds"] else f"not {fact['subject']}"
        yield f"         {word} from {fact['effective_date']}{document}, recorded {fact['recorded_at'][:16]}"


def _counts(plain: dict[str, Any]) -> str:
    shown = str(plain["numerator"]) if plain["numerator"] is not None else "–"
    if plain["denominator"] is not None:
        shown += f"/{plain['denominator']}"
    return shown + (f" ({plain['percent']} %)" if plain.get("percent") else "")


def _number(value: Any) -> Any:
    return None if value is None else int(value) if value == int(value) else str(value)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
