"""Leadership's questions over all programmes: ranks and sums are those of the programmes, nothing is left out."""

from datetime import date, timedelta

import pytest

from catalogue.services import commitments, figures, items, leadership
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

RUNNING = figures.PROCEDURE_PROGRAMMES


def test_the_documents_of_all_programmes_stand_in_one_order(demo: Installation) -> None:
    found = leadership.unlocking(demo, RUNNING, demo.moment(), limit=5)
    assert [one.total for one in found] == [32, 29, 28, 28, 27]
    everything = leadership.unlocking(demo, RUNNING, demo.moment(), limit=10_000)
    assert everything[:5] == found
    assert [one.total for one in everything] == sorted((one.total for one in everything), reverse=True)


@pytest.mark.parametrize("kind", list(RUNNING))
def test_every_document_that_releases_something_alone_is_counted_once_a_programme(
    demo: Installation, kind: str
) -> None:
    expected = figures.bottlenecks(demo, RUNNING[kind], demo.moment(), limit=10_000)
    found = leadership.unlocking(demo, RUNNING, demo.moment(), limit=10_000)
    told = {one.document_id: one.alone[kind] for one in found if kind in one.alone}
    rows = zip(expected["document_id"], expected["alone"], strict=True)
    assert told == {number: alone for number, alone in rows if alone}


@pytest.mark.parametrize("day", [date(2023, 10, 31), date(2024, 2, 29), date(2024, 3, 21)])
def test_no_change_is_left_out_of_the_sentences(demo: Installation, day: date) -> None:
    moment = demo.moment(day)
    since = figures.last_period_end(moment)
    found = leadership.changed(demo, RUNNING, moment, since)
    for kind, programme in RUNNING.items():
        expected = figures.changes(demo, programme, moment, since)
        told = [one for one in found if one.kind == kind]
        assert sum(one.items for one in told) == expected["items"].sum()
        assert sum(len(one.agencies) for one in told) == expected.height
    assert all(one.items == sum(count for _, count in one.agencies) for one in found)


@pytest.mark.writes
def test_what_moves_the_base_is_said_first(demo: Installation, person: object) -> None:
    moment = demo.moment()
    item_id = items.find(demo, moment, figures.DECENTRALISATION, size=1)["item_id"][0]
    actor = person(demo, "vpcp")  # type: ignore[operator]
    revision = items.get(demo, moment, item_id).state["lock_revision"]
    day = moment.as_of - timedelta(days=1)
    commitments.withdraw(demo, actor, item_id, revision=revision, on=day, reason="Rút")
    found = leadership.changed(demo, RUNNING, demo.moment(), figures.last_period_end(moment))
    assert (found[0].kind, found[0].change, found[0].items) == ("decentralisation", "withdrawn", 1)
    assert {one.change for one in found} > {"withdrawn"}
