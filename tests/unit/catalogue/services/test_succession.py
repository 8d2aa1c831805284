"""The same items by the agencies at the time and by the agencies of today: the totals are equal, nothing is lost."""

from collections import Counter
from datetime import date, timedelta

import polars as pl
import pytest

from catalogue.model.actor import Actor
from catalogue.model.period import Moment, Organisation
from catalogue.services import (
    agency_standing,
    commitments,
    documents,
    figures,
    instruments,
    items,
    promises,
    reminders,
    stalled,
    succession,
)
from catalogue.services.commitments import NewItem
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

MERGED = date(2025, 3, 1)
EVE = date(2025, 2, 28)
PROVINCES = date(2025, 7, 1)
BINH, TRI = "ubnd-quang-binh", "ubnd-quang-tri"
PROGRAMMES = [figures.SIMPLIFICATION, figures.DECENTRALISATION]
DECISION = Basis("resolution", "31/NQ-CP", date(2024, 3, 15), "Nghị quyết giao việc cho tỉnh", "chinh-phu")


def today(demo: Installation, as_of: date | None = None) -> Moment:
    return demo.moment(as_of, organisation=Organisation.TODAY)


def base_and_done(frame: pl.DataFrame) -> dict[str, tuple[int, int]]:
    return {row["agency_code"]: (row["base"], row["done"]) for row in frame.iter_rows(named=True)}


def listed(demo: Installation, moment: Moment, programme: str, **wanted: str) -> pl.DataFrame:
    return items.find(demo, moment, programme, ItemFilter(**wanted), size=5000)  # type: ignore[arg-type]


def assign_to_provinces(demo: Installation) -> list[int]:
    """Two items of Quảng Bình and one of Quảng Trị."""
    new = [
        NewItem(subject=f"việc {place}", title=f"Việc {place}", lead_agency=lead)
        for place, lead in enumerate((BINH, BINH, TRI))
    ]
    with demo.database.transaction("plan.load") as transaction:
        document_id = documents.cite(transaction, DECISION)
        return commitments.assign(
            transaction, demo.reference, figures.SIMPLIFICATION, document_id, date(2024, 3, 15), new, reason="Bổ sung"
        )  # fmt: skip


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_a_merged_agency_counts_the_sum_of_its_predecessors_in_both_views(
    demo: Installation, programme: str
) -> None:
    eve = demo.moment(EVE)
    expected: dict[str, tuple[int, int]] = {}
    moved = 0
    for row in listed(demo, eve, programme).iter_rows(named=True):
        heir = demo.reference.successor(row["lead_agency"], MERGED, row["field_name"]).code
        moved += heir != row["lead_agency"]
        base, done = expected.get(heir, (0, 0))
        expected[heir] = (base + 1, done + (row["done_on"] is not None))
    assert moved > 100
    recounted = base_and_done(figures.by_agency(demo, programme, today(demo, EVE)))
    merged = base_and_done(figures.by_agency(demo, programme, demo.moment(MERGED)))
    at_the_time = base_and_done(figures.by_agency(demo, programme, eve))
    assert recounted == merged == expected
    assert at_the_time != expected
    assert "bo-ke-hoach-va-dau-tu" in at_the_time
    assert "bo-ke-hoach-va-dau-tu" not in recounted


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_parts_of_a_successor_add_up_and_a_split_follows_the_field(
    demo: Installation, programme: str
) -> None:
    moment = today(demo)
    whole = base_and_done(figures.by_agency(demo, programme, moment))
    before = base_and_done(figures.by_agency(demo, programme, moment.at_the_time))
    parts = succession.taken_over(demo, programme, moment)
    for (code,), rows in parts.group_by("agency_code"):
        assert (rows["base"].sum(), rows["done"].sum()) == whole[str(code)]
    split = parts.filter(pl.col("assigned_agency") == "bo-lao-dong-thuong-binh-va-xa-hoi")
    assert split["agency_code"].n_unique() > 1
    assert split["base"].sum() == before["bo-lao-dong-thuong-binh-va-xa-hoi"][0]
    assert succession.taken_over(demo, programme, moment.at_the_time).is_empty()


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_totals_are_equal_in_both_views(demo: Installation, programme: str) -> None:
    for day in (date(2023, 6, 30), date(2024, 3, 21), EVE, MERGED, PROVINCES):
        summed = []
        for moment in (demo.moment(day), today(demo, day)):
            stages = figures.stages(demo, programme, moment)
            by_agency = figures.by_agency(demo, programme, moment)
            assert by_agency["base"].sum() == stages["assigned"]
            for name in ("done", "overdue", "due_soon"):
                assert by_agency[name].sum() == stages[name]
            facets = items.facets(demo, moment, programme).filter(pl.col("facet") == "agency")
            offered = dict(facets.select("value", "items").iter_rows())
            assert offered == dict(by_agency.select("agency_code", "base").iter_rows())
            assert listed(demo, moment, programme)["item_id"].n_unique() == stages["assigned"]
            changes = figures.changes(demo, programme, moment, day - timedelta(days=120))
            summed.append(changes.group_by("change").agg(pl.col("items").sum()).sort("change"))
        assert summed[0].equals(summed[1])


@pytest.mark.writes
def test_quang_binh_appears_under_quang_tri_only_in_the_view_of_today(demo: Installation) -> None:
    written = assign_to_provinces(demo)
    at_the_time, now = demo.moment(), today(demo)
    programme = figures.SIMPLIFICATION
    counted = {
        name: base_and_done(figures.by_agency(demo, programme, moment))
        for name, moment in (("then", at_the_time), ("now", now), ("eve", demo.moment(date(2025, 6, 30))))
    }
    assert (counted["then"][BINH], counted["then"][TRI]) == ((2, 0), (1, 0))
    assert (counted["eve"][BINH], counted["eve"][TRI]) == ((2, 0), (1, 0))
    assert counted["now"][TRI] == (3, 0)
    assert BINH not in counted["now"]
    assert base_and_done(figures.by_agency(demo, programme, demo.moment(PROVINCES)))[TRI] == (3, 0)
    assert sum(base for base, _ in counted["then"].values()) == sum(
        base for base, _ in counted["now"].values()
    )

    assert listed(demo, at_the_time, programme, agency=TRI)["item_id"].to_list() == [written[2]]
    assert sorted(listed(demo, now, programme, agency=TRI)["item_id"]) == sorted(written)
    assert listed(demo, now, programme, agency=BINH).is_empty()
    assert agency_standing.positions(demo, now, BINH) == []
    assert agency_standing.positions(demo, now, TRI)[0].stages["assigned"] == 3
    state = items.get(demo, now, written[0]).state
    assert (state["lead_agency"], state["assigned_agency"], state["answering_agency"]) == (TRI, BINH, BINH)
    parts = succession.taken_over(demo, programme, now).filter(pl.col("agency_code") == TRI)
    assert parts.select("assigned_agency", "base").rows() == [(TRI, 1), (BINH, 2)]


def test_an_agency_that_is_no_more_says_who_took_over_which_fields(demo: Installation) -> None:
    labour = demo.reference.agency("bo-lao-dong-thuong-binh-va-xa-hoi")
    home = demo.reference.agency("bo-noi-vu")
    assert succession.handed_over(demo, labour, demo.moment(EVE)) == []
    assert not succession.is_gone(labour, demo.moment(EVE))
    for moment in (demo.moment(MERGED), today(demo, EVE)):
        given = succession.handed_over(demo, labour, moment)
        assert succession.is_gone(labour, moment)
        assert {one.heir.code: one.fields for one in given}["bo-giao-duc-va-dao-tao"] == (
            "Giáo dục nghề nghiệp",
        )
        assert (given[-1].heir.code, given[-1].fields) == ("bo-noi-vu", ())
        assert not succession.is_gone(home, moment)
        assert [one.fields for one in succession.handed_over(demo, home, moment)] == [
            ("Tín ngưỡng, tôn giáo",)
        ]


def test_lists_behind_the_numbers_move_with_them(demo: Installation, vpcp: Actor) -> None:
    """Stalled items, the check of promises, drafts and reminders: nothing lost, all by the agencies of the view."""
    then, now = demo.moment(), today(demo)
    gone = {one.code for one in demo.reference.agencies if one.valid_until is not None}
    pairs = [
        [stalled.find(demo, vpcp, moment)["lead_agency"] for moment in (then, now)],
        [promises.check(demo, moment)["lead_agency"] for moment in (then, now)],
        [
            instruments.everything(demo, moment, InstrumentFilter(standing="all"))["drafting_agency"]
            for moment in (then, now)
        ],
        [
            figures.bottlenecks(demo, figures.SIMPLIFICATION, moment, limit=500)["drafting_agency"]
            for moment in (then, now)
        ],
    ]
    for before, after in pairs:
        assert len(before) == len(after) > 0
        assert gone & set(before)
        assert not gone & set(after)
    expected = Counter(demo.reference.successor(code, date.max).code for code in pairs[3][0] if code)
    assert Counter(code for code in pairs[3][1] if code) == expected
    letters = {one.agency_code for one in reminders.every_agency(demo, now)}
    assert letters == {one.agency_code for one in reminders.every_agency(demo, then)}
    assert not gone & {one.agency_code for one in reminders.every_agency(demo, demo.moment(PROVINCES))}


def test_only_a_count_of_agencies_by_another_organisation_is_a_recount(demo: Installation) -> None:
    then = figures.compute_all(demo, demo.moment(EVE))
    now = figures.compute_all(demo, today(demo, EVE))
    later = figures.compute_all(demo, today(demo, PROVINCES))
    assert not any(one.is_recount for one in (*then, *later))
    assert {one.measure for one in now if one.is_recount} == {
        "simplification.agencies_complete",
        "decentralisation.agencies",
        "decentralisation.agencies_complete",
    }
    for before, after in zip(then, now, strict=True):
        if not after.is_recount:
            assert (before.numerator, before.denominator) == (after.numerator, after.denominator)


@pytest.mark.parametrize(("day", "left"), [(date(2023, 6, 30), 618), (date(2024, 2, 29), 504)])
def test_what_is_open_is_in_time_or_overdue_and_each_number_has_its_items(
    demo: Installation, day: date, left: int
) -> None:
    moment = demo.moment(day)
    open_, in_time, overdue, done = (
        figures.compute(demo, f"decentralisation.{name}", moment)
        for name in ("open", "in_time", "overdue", "done")
    )
    assert open_.numerator == in_time.numerator + overdue.numerator == left
    assert done.denominator == done.numerator + open_.numerator
    for figure, wanted in (
        (open_, {"progress": "open"}),
        (in_time, {"progress": "open_in_time"}),
        (overdue, {"deadline_state": "overdue"}),
    ):
        assert listed(demo, moment, figures.DECENTRALISATION, **wanted).height == figure.numerator


@pytest.mark.parametrize("day", [date(2023, 6, 30), date(2024, 2, 29)])
@pytest.mark.parametrize("kind", ["simplification", "decentralisation"])
def test_complete_agencies_are_those_whose_items_are_all_done(
    demo: Installation, kind: str, day: date
) -> None:
    for moment in (demo.moment(day), today(demo, day)):
        rows = base_and_done(figures.by_agency(demo, figures.PROGRAMMES[kind], moment)).values()
        figure = figures.compute(demo, f"{kind}.agencies_complete", moment)
        assert figure.numerator == sum(base == done for base, done in rows)
        assert figure.denominator == (len(rows) if kind == "decentralisation" else None)
