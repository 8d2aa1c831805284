"""Succession never loses or doubles an item: SQL against a walk in plain Python, on random chains of agencies."""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.reference import Agency, Succession
from catalogue.services import enactment, figures, gifts
from catalogue.services.installation import Installation
from catalogue.settings import Settings

START = date(2024, 1, 1)
AGENCIES = ("a", "b", "c", "d", "e")
FIELDS = ("Đất đai", "Hộ tịch")
OTHER = "Thuế"  # a field that no succession names
DAYS = range(9)


@dataclass(frozen=True)
class Step:
    """From a day on, what an agency was given (or one field of it) belongs to another one."""

    giver: str
    heir: str
    on: int
    field: str | None


@dataclass(frozen=True)
class World:
    """Agencies with the last day of those that are no more, what they gave away, and items with their assignments."""

    ends: Mapping[str, int]
    steps: tuple[Step, ...]
    items: tuple[tuple[str, str | None, tuple[int, ...]], ...]  # lead, field, days of assignment


def day(number: int) -> date:
    return START + timedelta(days=number)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    found = draw(
        st.lists(
            st.builds(
                Step,
                giver=st.sampled_from(AGENCIES),
                heir=st.sampled_from(AGENCIES),
                on=st.integers(1, 6),
                field=st.sampled_from([*FIELDS, None]),
            ).filter(lambda step: step.giver != step.heir),
            max_size=7,
            unique_by=lambda step: (step.giver, step.on, step.field),
        )
    )
    wholes = {step.giver: step.on for step in sorted(found, key=lambda step: -step.on) if step.field is None}
    ended = draw(st.sets(st.sampled_from(sorted(wholes)))) if wholes else set()
    items = draw(
        st.lists(
            st.tuples(
                st.sampled_from(AGENCIES),
                st.sampled_from([*FIELDS, FIELDS[0].upper(), OTHER, None]),
                st.lists(st.integers(0, 8), min_size=1, max_size=2, unique=True).map(tuple),
            ),
            min_size=1,
            max_size=6,
        )
    )
    return World({code: wholes[code] - 1 for code in ended}, tuple(found), tuple(items))


def answering(world: World, lead: str, field: str | None, given_on: int, organised_on: int) -> str:
    """Day by day: whoever holds it gives it away, unless it was given later and the holder still exists."""
    holder = lead
    for on in range(organised_on + 1):
        steps = [step for step in world.steps if step.giver == holder and step.on == on]
        named = [step for step in steps if step.field and field and step.field.lower() == field.lower()]
        rest = [step for step in steps if step.field is None]
        is_gone = holder in world.ends and world.ends[holder] < given_on
        if (on > given_on or is_gone) and (named or rest):
            holder = (named or rest)[0].heir
    return holder


@pytest.fixture(scope="module")
def ledger(empty_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One database for the module: every example writes its own items and puts its own agencies in place."""
    chosen = Settings(data_dir=tmp_path_factory.mktemp("succession"))
    shutil.copy(empty_template, chosen.database)
    installation = bootstrap.open_catalogue(chosen)
    yield installation
    installation.database.close()


def build(ledger: Installation, world: World) -> dict[int, tuple[str, str | None, int]]:
    """Write a world; returns lead, field and first assignment of each item."""
    with ledger.database.unrecorded(changes_answers=True) as transaction:
        transaction.write("reference/clear_agency")
        transaction.write("reference/clear_agency_succession")
        transaction.insert(
            "agency",
            [{"agency_code": code, "name": code, "short_name": code, "kind": "ministry", "in_1015": False,
              "valid_until": day(world.ends[code]) if code in world.ends else None} for code in AGENCIES],
        )  # fmt: skip
        transaction.insert(
            "agency_succession",
            [{"from_code": step.giver, "to_code": step.heir, "field_name": step.field, "kind": "merge",
              "effective_date": day(step.on), "basis": "memory"} for step in world.steps],
        )  # fmt: skip
        gifts.hold(transaction, (day(step.on) for step in world.steps))
    written = {}
    with ledger.database.transaction("world") as transaction:
        for lead, field, days in world.items:
            item_id = transaction.new_id()
            written[item_id] = (lead, field, min(days))
            transaction.append(
                "item",
                [{"item_id": item_id, "programme_code": figures.SIMPLIFICATION, "assigned_by": 1,
                  "subject": str(item_id), "title": "Việc", "field_name": field, "lead_agency": lead}],
            )  # fmt: skip
            transaction.append(
                "item_event",
                [{"event_id": transaction.new_id(), "item_id": item_id, "subject": "assigned", "holds": True,
                  "effective_date": day(number)} for number in days],
            )  # fmt: skip
        enactment.replay(transaction, written)
    return written


def asked(ledger: Installation, query: str, **params: Any) -> list[tuple[Any, ...]]:
    cursor = ledger.database._connection.cursor()
    try:
        return cursor.execute(query, params).fetchall()
    finally:
        cursor.close()


ANSWERING = "select item_id, agency_code from item_answering($day) where item_id in (select unnest($items))"
LED = """
select lead_agency, count(*) from item_led_at($as_of, $revision, $organised_on)
where item_id in (select unnest($items)) group by lead_agency"""
HEIRS = "select origin, field_name, agency_code from agency_heir($day) where given_since = date '0001-01-01'"


@settings(max_examples=12)
@given(world=worlds())
def test_every_item_has_one_answering_agency_on_every_day(ledger: Installation, world: World) -> None:
    items = build(ledger, world)
    moves = {step.on for step in world.steps}
    before = {item_id: lead for item_id, (lead, _, _) in items.items()}
    for number in DAYS:
        rows = asked(ledger, ANSWERING, items=list(items), day=day(number))
        assert sorted(item_id for item_id, _ in rows) == sorted(items)
        found = dict(rows)
        assert found == {
            item_id: answering(world, lead, field, given_on, number)
            for item_id, (lead, field, given_on) in items.items()
        }
        if number not in moves:
            assert found == before  # nothing moves but on the day of a succession
        before = found


@settings(max_examples=10)
@given(world=worlds(), as_of=st.sampled_from(DAYS), organised_on=st.sampled_from(DAYS))
def test_the_sums_by_agency_are_the_total(
    ledger: Installation, world: World, as_of: int, organised_on: int
) -> None:
    items = build(ledger, world)
    clocks = {"as_of": day(as_of), "revision": ledger.moment().revision, "organised_on": day(organised_on)}
    expected = Counter(
        answering(world, lead, field, given_on, organised_on)
        for lead, field, given_on in items.values()
        if given_on <= as_of
    )
    assert dict(asked(ledger, LED, items=list(items), **clocks)) == expected


@settings(max_examples=10)
@given(world=worlds())
def test_the_reference_data_and_the_store_name_the_same_heir(ledger: Installation, world: World) -> None:
    build(ledger, world)
    reference = replace(
        ledger.reference,
        agencies=tuple(
            Agency.model_validate({"code": code, "name": code, "short_name": code, "kind": "ministry"})
            for code in AGENCIES
        ),
        successions=tuple(
            Succession.model_validate(
                {"on": day(step.on), "kind": "merge", "from": step.giver, "to": step.heir, "basis": "memory",
                 "fields": (step.field,) if step.field else ()}
            )
            for step in world.steps
        ),
    )  # fmt: skip
    for number in DAYS:
        heirs = asked(ledger, HEIRS, day=day(number))
        assert heirs
        for origin, field, agency in heirs:
            assert reference.successor(origin, day(number), field).code == agency
