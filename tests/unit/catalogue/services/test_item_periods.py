"""The kept states of items: what a figure at any two clocks reads, proved by the facts and made anew where it is missing."""

from datetime import date, timedelta

import polars as pl
import pytest

from catalogue.model.period import Moment, quarter_end
from catalogue.services import audit, enactment, figures
from catalogue.services.figures import Dimension, Over
from catalogue.services.installation import Installation, open_installation

pytestmark = pytest.mark.reads_only

ALL = [measure.measure for measure in figures.MEASURES]


def items(installation: Installation) -> list[int]:
    found: list[int] = installation.database.whole("item_state")["item_id"].to_list()
    return found


@pytest.mark.writes
def test_a_database_made_before_periods_were_kept_gets_them_when_it_is_opened(demo: Installation) -> None:
    before = demo.database.whole("item_period").sort("item_id", "known_from", "valid_from")
    with demo.database.unrecorded(changes_answers=True) as transaction:
        transaction.write("items/clear_periods", items=items(demo))
    assert demo.database.whole("item_period").is_empty()
    again = open_installation(demo.settings, demo.database, demo=True)
    assert again.database.whole("item_period").sort("item_id", "known_from", "valid_from").equals(before)


@pytest.mark.writes
def test_the_check_finds_a_kept_state_that_the_facts_do_not_say(demo: Installation) -> None:
    assert audit.check(demo).is_empty()
    lost = items(demo)[7]
    with demo.database.unrecorded(changes_answers=True) as transaction:
        transaction.write("items/clear_periods", items=[lost])
    found = audit.check(demo)
    assert found["check"].unique().to_list() == ["item_periods"]
    assert set(found["id"]) == {str(lost)}


@pytest.mark.writes
def test_the_check_finds_a_state_that_is_kept_twice(demo: Installation) -> None:
    kept = demo.database.whole("item_period")
    twice = kept.filter(kept["item_id"] == items(demo)[7])
    with demo.database.unrecorded(changes_answers=True) as transaction:
        transaction.insert("item_period", twice.to_dicts())
    found = audit.check(demo)
    assert set(found["id"]) == {str(items(demo)[7])}
    assert found["problem"].str.starts_with("kept state twice").all()


@pytest.mark.writes
def test_replaying_the_facts_again_changes_nothing(demo: Installation) -> None:
    before = demo.database.whole("item_state").sort("item_id")
    with demo.database.unrecorded(changes_answers=True) as transaction:
        enactment.replay(transaction, items(demo))
    assert demo.database.whole("item_state").sort("item_id").equals(before)
    assert audit.check(demo).is_empty()


@pytest.mark.writes
def test_a_large_past_is_replayed_in_parts_each_of_few_programmes(
    demo: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = demo.database.whole("item_period").sort("item_id", "known_from", "valid_from")
    monkeypatch.setattr(enactment, "_REPLAYED_AT_ONCE", 500)
    with demo.database.unrecorded(changes_answers=True) as transaction:
        enactment.replay(transaction, items(demo))
    after = demo.database.whole("item_period")
    assert after.sort("item_id", "known_from", "valid_from").equals(before)
    turns = after["programme_code"].rle_id().max()
    assert turns < after["programme_code"].n_unique() + len(items(demo)) / 500


def test_a_quarter_ends_with_its_third_month() -> None:
    assert quarter_end(date(2024, 2, 10)) == date(2024, 3, 31)
    assert quarter_end(date(2024, 12, 31)) == date(2024, 12, 31)


def test_a_rate_says_what_it_is_a_share_of(demo: Installation) -> None:
    moment = demo.moment(date(2024, 2, 29))
    done = figures.compute(demo, "simplification.done", moment)
    of_due = figures.compute(demo, "simplification.done_of_due", moment)
    overdue = figures.compute(demo, "simplification.overdue", moment)
    assert (done.numerator, done.denominator) == (658, 1086)
    assert (of_due.numerator, of_due.denominator) == (658, 658 + overdue.numerator)
    readings = {measure.measure: measure.over for measure in figures.MEASURES}
    assert readings["simplification.done"] is Over.ALL
    assert readings["simplification.done_of_due"] is Over.DUE
    assert readings["simplification.overdue"] is None


@pytest.mark.parametrize(
    "measure", [one for one in ALL if one.startswith("simplification.") and "agencies" not in one]
)
@pytest.mark.parametrize("by", [Dimension.AGENCY, Dimension.DOCUMENT, Dimension.FIELD])
def test_the_parts_of_a_measure_add_up_to_it(demo: Installation, measure: str, by: Dimension) -> None:
    for moment in (demo.moment(), demo.moment(date(2023, 10, 31), date(2023, 11, 20))):
        whole, parts = figures.compute(demo, measure, moment), figures.breakdown(demo, measure, moment, by)
        assert parts["numerator"].sum() == whole.numerator
        assert whole.denominator is None or parts["denominator"].sum() == whole.denominator


def test_by_measure_type_an_item_counts_with_each_of_its_measures(demo: Installation) -> None:
    moment = demo.moment()
    whole = figures.compute(demo, "simplification.done", moment)
    parts = figures.breakdown(demo, "simplification.done", moment, Dimension.MEASURE_TYPE)
    assert whole.denominator is not None
    assert parts["denominator"].sum() > whole.denominator
    assert parts["denominator"].max() <= whole.denominator


def test_what_was_known_then_is_not_what_is_known_now(demo: Installation) -> None:
    day = date(2023, 10, 31)
    then, now = demo.moment(day, day), demo.moment(day)
    assert isinstance(then, Moment)
    assert figures.compute(demo, "simplification.done", now).numerator == 437
    assert figures.compute(demo, "simplification.done", then).numerator < 437


@pytest.mark.writes
def test_an_earlier_assignment_that_is_told_later_changes_the_gift_from_then_on(demo: Installation) -> None:
    known = demo.moment().revision
    item = demo.database.whole("item_state").row(7, named=True)
    earlier = item["given_on"] - timedelta(days=30)
    with demo.database.transaction("test") as transaction:
        told = {"subject": "assigned", "holds": True, "effective_date": earlier}
        transaction.append(
            "item_event", [{"event_id": transaction.new_id(), "item_id": item["item_id"], **told}]
        )
        enactment.project(transaction, [item["item_id"]])
    periods = demo.database.whole("item_period").filter(pl.col("item_id") == item["item_id"])
    assert set(periods.filter(pl.col("known_from") <= known)["given_on"]) == {item["given_on"]}
    assert set(periods.filter(pl.col("known_from") > known)["given_on"]) == {earlier}
    assert audit.check(demo).filter(pl.col("check") == "item_periods").is_empty()


@pytest.mark.writes
def test_another_done_stage_dates_what_is_done_anew(demo: Installation) -> None:
    moment, code = demo.moment(), figures.SIMPLIFICATION
    published = figures.stages(demo, code, moment)["published"]
    assert figures.stages(demo, code, moment)["done"] != published
    change = "update programme set done_stage = 'published' where programme_code = $code"
    demo.database._connection.execute(change, {"code": code}).fetchall()
    with demo.database.unrecorded(changes_answers=True) as transaction:
        transaction.write("items/redate_done")
    assert figures.stages(demo, code, moment)["done"] == published
    assert audit.check(demo).filter(pl.col("check") == "item_periods").is_empty()
