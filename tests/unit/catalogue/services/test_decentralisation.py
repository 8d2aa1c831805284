"""The decentralisation figures from rows: the printed totals, every table adds up to the base, nothing is lost by date."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from catalogue.model.figure import Relation
from catalogue.model.period import Moment, Organisation
from catalogue.services import decentralisation, figures, items, published
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

PROGRAMME = figures.DECENTRALISATION
EARLY, PRINTED = date(2023, 6, 30), date(2024, 2, 29)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
Table = Callable[[Installation, Moment, str], pl.DataFrame]


def found(demo: Installation, moment: Moment, wanted: ItemFilter) -> int:
    frame = items.find(demo, moment, PROGRAMME, wanted, size=1)
    return int(frame["total"][0]) if frame.height else 0


def test_the_printed_totals_close(demo: Installation) -> None:
    early = decentralisation.answer(demo, demo.moment(EARLY), PROGRAMME)
    assert (early.done, early.base, early.open, early.in_time, early.overdue) == (81, 699, 618, 568, 50)
    later = decentralisation.answer(demo, demo.moment(PRINTED), PROGRAMME)
    assert (later.done, later.base) == (195, 699)
    assert later.open == later.in_time + later.overdue == 504


def test_seventeen_agencies_have_begun_and_how_many_are_complete_is_counted_from_rows(
    demo: Installation,
) -> None:
    moment = demo.moment(PRINTED)
    frame = decentralisation.remaining(demo, moment, PROGRAMME)
    assert (frame.filter(pl.col("done") > 0).height, frame.height) == (17, 21)
    base, done = (
        items.find(demo, moment, PROGRAMME, wanted, size=1000)["lead_agency"].to_list()
        for wanted in (ItemFilter(), ItemFilter(progress="done"))
    )
    assert (len(base), len(done)) == (699, 195)
    complete = [code for code in frame["agency_code"] if base.count(code) == done.count(code)]
    assert frame.filter("is_complete")["agency_code"].to_list() == complete
    figure = figures.compute(demo, "decentralisation.agencies_complete", moment)
    assert (figure.numerator, figure.denominator) == (len(complete), 21)


@pytest.mark.parametrize("day", [EARLY, PRINTED, BEFORE, AFTER])
@pytest.mark.parametrize("organisation", list(Organisation))
def test_every_table_adds_up_to_the_base(demo: Installation, day: date, organisation: Organisation) -> None:
    moment = demo.moment(day, None, organisation)
    answer = decentralisation.answer(demo, moment, PROGRAMME)
    sums = (answer.base, answer.done, answer.overdue)
    tables: tuple[Table, ...] = (
        decentralisation.flows,
        decentralisation.by_agency,
        decentralisation.by_field,
    )
    for table in tables:
        frame = table(demo, moment, PROGRAMME)
        assert tuple(frame.select(pl.col("items", "done", "overdue").sum()).row(0)) == sums
    remaining = decentralisation.remaining(demo, moment, PROGRAMME)
    assert tuple(remaining.select(pl.col("base", "done", "overdue").sum()).row(0)) == sums
    for row in remaining.iter_rows(named=True):
        assert row["remaining"] == row["base"] - row["done"]
        assert row["remaining"] == row["overdue"] + row["due_soon"] + row["in_time"]


@pytest.mark.parametrize("day", [EARLY, PRINTED, AFTER])
def test_open_items_wait_for_documents_and_each_deadline_state_is_counted_once(
    demo: Installation, day: date
) -> None:
    moment = demo.moment(day)
    answer = decentralisation.answer(demo, moment, PROGRAMME)
    frame = decentralisation.by_instrument(demo, moment, PROGRAMME)
    assert (frame["items"] == frame["overdue"] + frame["due_soon"] + frame["in_time"]).all()
    assert (frame["alone"] <= frame["items"]).all()
    # in the demonstration every open item waits for exactly one document
    assert frame["items"].sum() == frame["alone"].sum() == answer.open
    assert frame["overdue"].sum() == answer.overdue
    first = frame.row(0, named=True)
    alone = ItemFilter(document_id=first["document_id"], only_missing=True, progress="open")
    assert found(demo, moment, alone) == first["alone"]


def test_each_way_opens_to_its_items(demo: Installation) -> None:
    moment = demo.moment(AFTER)
    for row in decentralisation.flows(demo, moment, PROGRAMME).iter_rows(named=True):
        way = ItemFilter(
            from_level=row["from_level"],
            to_level=row["to_level"],
            form=row["form"],
            given_to=row["first_to_level"],
        )
        assert found(demo, moment, way) == row["items"]


def test_the_district_level_is_overtaken_from_the_day_on_which_it_ends(demo: Installation) -> None:
    before = decentralisation.flows(demo, demo.moment(BEFORE), PROGRAMME)
    given = before.filter(pl.col("to_level") == "district")["items"].sum()
    assert given > 0
    assert decentralisation.overtaken(demo, demo.moment(BEFORE), PROGRAMME).is_empty()
    moment = demo.moment(AFTER)
    moved = decentralisation.overtaken(demo, moment, PROGRAMME)
    assert moved["items"].sum() == given
    assert set(moved["to_level"]) == {"provincial", "communal"}
    assert set(moved["answered_by"]) == {"rule"}
    flows = decentralisation.flows(demo, moment, PROGRAMME)
    assert flows["overtaken"].sum() == given
    assert "district" not in set(flows["to_level"])
    assert flows.filter(pl.col("first_to_level") == "district")["items"].sum() == given
    assert found(demo, moment, ItemFilter(overtaken=decentralisation.ALL)) == given
    for row in moved.iter_rows(named=True):
        wanted = ItemFilter(overtaken=row["answered_by"], to_level=row["to_level"])
        assert found(demo, moment, wanted) == row["items"]
    assert found(demo, moment, ItemFilter(overtaken="changed")) == 0


def test_an_item_without_a_document_is_told_apart(demo: Installation) -> None:
    moment = demo.moment()
    frame = decentralisation.by_instrument(demo, moment, PROGRAMME)
    unnamed = frame.filter(pl.col("document_id").is_null())["items"].sum()
    assert found(demo, moment, ItemFilter(progress="open", without_document=True)) == unnamed
    every_done = found(demo, moment, ItemFilter(progress="done", without_document=True))
    assert every_done == 195  # nothing is awaited where all documents are in force


def test_nothing_was_decentralised_before_it_was_known(demo: Installation) -> None:
    moment = demo.moment(PRINTED, date(2020, 1, 1))
    assert decentralisation.answer(demo, moment, PROGRAMME).base == 0
    assert decentralisation.flows(demo, moment, PROGRAMME).is_empty()
    assert decentralisation.remaining(demo, moment, PROGRAMME).is_empty()
    assert decentralisation.by_instrument(demo, moment, PROGRAMME).is_empty()


def test_what_was_published_last_is_compared_with_its_own_day(demo: Installation) -> None:
    told = published.last(demo, "decentralisation.done", demo.moment(date(2024, 3, 21)))
    assert told is not None
    assert (told.as_of, told.relation) == (PRINTED, Relation.TRUNCATED)
    assert (told.computed.numerator, told.computed.denominator) == (195, 699)
    early = published.last(demo, "decentralisation.done", demo.moment(date(2024, 2, 28)))
    assert early is not None
    assert (early.as_of, early.relation) == (EARLY, Relation.NOT_PRINTED)
    assert early.computed.numerator == 81
    assert published.last(demo, "decentralisation.done", demo.moment(date(2022, 1, 1))) is None
