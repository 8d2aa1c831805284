"""What items really save: by the versions around them, by cause, once a procedure, with what is not known said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from catalogue.errors import Invalid
from catalogue.model.cost import Reading
from catalogue.services import (
    commitments,
    cost_portfolio,
    cost_recording,
    cost_savings,
    cost_sheets,
    costings,
    documents,
    enactment,
    figures,
)
from catalogue.services.commitments import NewItem
from catalogue.services.cost_portfolio import Standing
from catalogue.services.cost_savings import State
from catalogue.services.documents import Basis
from catalogue.services.installation import Installation
from tests import cost_world as world
from tests.cost_world import (
    ABOLISHED,
    AGAIN,
    BEGAN,
    DEARER,
    DONE,
    FEWER,
    GOLDEN,
    TWICE,
    UNDONE,
    UNSHOWN,
    UNTOLD,
)  # fmt: skip
from tests.installations import Clock, Filled, copied

INCOME_2022, INCOME_2023 = 45_265, 48_248
LINE = (90 * INCOME_2022 + 30) // 60  # an hour and a half, the lower middle of 1, 1.5 and 4


@pytest.fixture
def small(filled_template: Filled, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    with copied(filled_template(world.fill)[0], tmp_path / "small", clock) as installation:
        yield installation


def states(small: Installation, day: date = AGAIN) -> dict[str, set[str]]:
    frame = cost_savings.find(small, small.moment(day))
    found: dict[str, set[str]] = {}
    for code, state in frame.select("procedure_code", "state").iter_rows():
        found.setdefault(code, set()).add(state)
    return found


def row(small: Installation, code: str, day: date = AGAIN) -> dict[str, int]:
    frame = cost_savings.find(small, small.moment(day))
    return frame.filter(pl.col("procedure_code") == code).row(0, named=True)


def test_without_sheets_nothing_is_known_and_nothing_is_summed(small: Installation) -> None:
    assert set().union(*states(small).values()) == {State.NO_SHEET}
    total = cost_savings.total(cost_savings.find(small, small.moment(AGAIN)))
    assert (total.items, total.done, total.coverage, total.procedures) == (11, 10, (0, 10), 0)
    assert (total.change.before, total.change.saved) == (0, 0)


def test_what_is_no_longer_asked_takes_its_lines_along(small: Installation) -> None:
    world.save(small, world.draft(small, FEWER))
    found = row(small, FEWER)
    before = 1_000 * (4 * LINE + world.FEE)
    assert (found["state"], found["before_vnd"]) == (State.COSTED, before)
    assert found["after_vnd"] == 1_000 * 3 * LINE  # the copy and the fee are gone
    assert found["reform_vnd"] == -1_000 * (LINE + world.FEE)
    assert (found["income_vnd"], found["volume_vnd"]) == (0, 0)


def test_a_fee_that_rose_costs_more(small: Installation) -> None:
    world.save(small, world.draft(small, DEARER))
    assert row(small, DEARER)["reform_vnd"] == 1_000 * (200_000 - world.FEE)


def test_an_abolished_procedure_costs_nobody_anything(small: Installation) -> None:
    world.save(small, world.draft(small, ABOLISHED))
    found = row(small, ABOLISHED)
    assert (found["state"], found["after_vnd"]) == (State.COSTED, 0)
    assert found["reform_vnd"] == -found["before_vnd"]


def test_what_a_sheet_cannot_tell_waits_for_a_sheet_of_the_later_version(small: Installation) -> None:
    world.save(small, world.draft(small, UNTOLD))
    assert states(small)[UNTOLD] == {State.OPEN}
    item = cost_savings.of_item(small, small.moment(AGAIN), row(small, UNTOLD)["item_id"])
    assert item is not None
    assert item.after is not None
    assert [type(one).__name__ for one in item.after.carried.open] == ["ListChanged"]
    later = replace(world.draft(small, UNTOLD, AGAIN, minutes=(30,)), whole=world.counts(1_500))
    world.save(small, later, year=2023)
    found = row(small, UNTOLD)
    assert found["state"] == State.COSTED
    assert found["reform_vnd"] == 1_000 * 4 * ((30 * INCOME_2022 + 30) // 60 - LINE)
    assert found["income_vnd"] == 1_000 * 4 * (INCOME_2023 // 2 - (30 * INCOME_2022 + 30) // 60)
    assert found["volume_vnd"] == 500 * (4 * INCOME_2023 // 2 + world.FEE)
    assert found["reform_vnd"] + found["income_vnd"] + found["volume_vnd"] == (
        found["after_vnd"] - found["before_vnd"]
    )


def test_another_hourly_income_alone_saves_nothing_by_reform(small: Installation) -> None:
    world.save(small, world.draft(small, UNTOLD))
    world.save(small, world.draft(small, UNTOLD, AGAIN), year=2023)
    found = row(small, UNTOLD)
    assert (found["reform_vnd"], found["volume_vnd"]) == (0, 0)
    assert found["income_vnd"] == found["after_vnd"] - found["before_vnd"] > 0


def test_approved_is_not_saved_and_neither_is_what_the_record_does_not_show(small: Installation) -> None:
    world.save(small, world.draft(small, UNDONE), world.draft(small, UNSHOWN))
    assert states(small)[UNDONE] == {State.NOT_DONE}
    assert states(small)[UNSHOWN] == {State.NOT_SHOWN}
    assert row(small, UNDONE)["before_vnd"] == row(small, UNSHOWN)["before_vnd"] > 0
    assert cost_savings.total(cost_savings.find(small, small.moment(AGAIN))).procedures == 0


def test_a_saving_begins_on_the_day_of_the_record_that_shows_it(small: Installation) -> None:
    world.save(small, world.draft(small, FEWER))
    days = {DONE - timedelta(days=1): State.NOT_DONE, DONE: State.NOT_SHOWN, AGAIN: State.COSTED}
    assert {day: row(small, FEWER, day)["state"] for day in days} == days


def test_of_two_items_of_one_procedure_one_counts(small: Installation) -> None:
    world.save(small, world.draft(small, TWICE))
    frame = cost_savings.find(small, small.moment(AGAIN)).filter(pl.col("procedure_code") == TWICE)
    assert frame["state"].sort().to_list() == [State.COSTED, State.SHARED]
    total = cost_savings.total(frame)
    assert (total.procedures, total.coverage) == (1, (2, 2))
    assert total.change.before == frame["before_vnd"][0] == frame["before_vnd"][1]


def test_what_was_known_then_is_still_told(small: Installation) -> None:
    before = small.moment(AGAIN)
    world.save(small, world.draft(small, FEWER))
    assert cost_savings.find(small, before).filter(pl.col("state") != State.NO_SHEET).is_empty()
    assert cost_savings.find(small, small.moment(AGAIN)).filter(pl.col("state") == State.COSTED).height == 1


# Printed: Hà Nội 2.306 to 654 billion, the Ministry of Construction 393,4 to 201, Hà Nội 671 to 263.
@pytest.mark.parametrize(
    ("code", "before", "after", "share"),
    [(GOLDEN[0], 2_306_000, 654_000, 71.64), (GOLDEN[1], 393_400, 201_000, 48.9), (GOLDEN[2], 671_000, 263_000, 60.8)],
)  # fmt: skip
def test_the_printed_totals_are_reproduced_item_by_item(
    small: Installation, code: str, before: int, after: int, share: float
) -> None:
    """In đồng a case of a million cases: the sums are the printed billions."""
    cases = 1_000_000
    world.save(
        small,
        world.of_fee(small, code, BEGAN, before, people=cases),
        world.of_fee(small, code, AGAIN, after, people=cases),
    )
    by = cost_savings.total(cost_savings.find(small, small.moment(AGAIN))).change
    assert (by.before, by.after) == (before * cases, after * cases)
    assert by.reform == -by.saved == (after - before) * cases
    assert (by.wage, by.volume) == (0, 0)
    assert round(100 * by.saved / by.before, len(str(share).split(".")[1])) == share


def test_low_and_high_are_the_least_and_the_most_that_sources_say(small: Installation) -> None:
    world.save(small, world.draft(small, FEWER))
    low, high = (
        cost_savings.total(cost_savings.find(small, small.moment(AGAIN), reading=reading)).change.before
        for reading in (Reading.LOW, Reading.HIGH)
    )
    assert (low, high) == (1_000 * (4 * INCOME_2022 + world.FEE), 1_000 * (16 * INCOME_2022 + world.FEE))


def test_the_portfolio_tells_what_stands_of_each_procedure_in_force(small: Installation) -> None:
    world.save(small, *(world.draft(small, code) for code in (FEWER, UNTOLD, ABOLISHED, UNDONE)))
    frame = cost_portfolio.find(small, small.moment(AGAIN))
    found = dict(frame.select("procedure_code", "standing").iter_rows())
    assert ABOLISHED not in found
    assert {code: found[code] for code in (FEWER, UNTOLD, UNDONE, UNSHOWN)} == {
        FEWER: Standing.CARRIED, UNTOLD: Standing.OPEN, UNDONE: Standing.OWN, UNSHOWN: Standing.NONE,
    }  # fmt: skip
    assert frame["procedure_code"].to_list()[:2] == [UNDONE, FEWER]  # the dearest first
    first = frame.row(0, named=True)
    assert first["year_vnd"] == first["case_vnd"] * first["cases"] == 1_000 * (4 * LINE + world.FEE)
    assert first["time_vnd"] == 1_000 * 4 * LINE
    assert sum(first[f"{name}_vnd"] for name in ("prepare", "submit", "pay", "receive")) == first["year_vnd"]
    assert (first["agency_code"], first["inspect_vnd"]) == (world.AGENCY, 0)


def test_an_earlier_version_has_no_cost_by_a_later_sheet(small: Installation) -> None:
    world.save(small, world.draft(small, FEWER, AGAIN))
    earlier = world.version_id(small, FEWER, BEGAN)
    assert costings.of_versions(small, small.moment(), [earlier]) == {}
    assert states(small)[FEWER] == {State.NO_SHEET}


def test_a_procedure_that_another_one_replaced_is_not_saved_whole(small: Installation) -> None:
    world.save(small, world.draft(small, ABOLISHED))
    with small.database.transaction("test.replaced") as transaction:
        line = {"document_id": 7, "line": 1}
        transaction.append("publication_line", [line | {"action": "replaced", "procedure_code": UNSHOWN}])
        transaction.append("publication_replacement", [line | {"procedure_code": ABOLISHED}])
    assert states(small)[ABOLISHED] == {State.REPLACED}
    assert row(small, ABOLISHED)["after_vnd"] is None


def test_a_sheet_of_an_older_version_counts_only_as_far_as_it_can_be_carried(small: Installation) -> None:
    world.write(
        small, date(2022, 6, 1), {FEWER: world.content(steps=["Nộp hồ sơ giấy"]), UNDONE: world.content()}
    )
    world.save(small, *(world.draft(small, code, date(2022, 6, 1)) for code in (FEWER, UNDONE)))
    assert states(small)[FEWER] == {State.OLD_SHEET}
    assert states(small)[UNDONE] == {State.NOT_DONE}
    assert row(small, UNDONE)["before_vnd"] == 1_000 * (4 * LINE + world.FEE)


def test_what_a_procedure_asked_for_before_its_first_record_nobody_knows(small: Installation) -> None:
    """As when the catalogue is imported after the cut, and the item is matched with its procedure later still."""
    with small.database.transaction("plan.load") as transaction:
        document = documents.cite(
            transaction, Basis("resolution", "68/NQ-CP", DONE, "Nghị quyết", "chinh-phu")
        )
        paper = documents.plan(
            transaction, document_type="decree", title="Nghị định ba", drafting_agency=world.AGENCY,
            planned_issue_on=None, effective_date=DONE,
        )  # fmt: skip
        new = NewItem("mới", "Thủ tục mới", world.AGENCY, documents=(paper,), deadline=date(2024, 12, 31))
        [item] = commitments.assign(
            transaction, small.reference, figures.SIMPLIFICATION, document, DONE, [new], reason="Bổ sung"
        )
    with small.database.transaction("issue") as transaction:
        documents.issue(
            transaction, paper, number="3/2024/NĐ-CP", issued_on=DONE, in_force_on=DONE,
            agency_code=world.AGENCY, claim_id=None,
        )  # fmt: skip
        enactment.settle_documents(transaction, [paper])
    assert states(small)[None] == {State.NO_PROCEDURE}
    world.write(small, AGAIN, {"1.900099": world.content()})
    with small.database.transaction("item.match") as transaction:
        transaction.append("item_match", [{"item_id": item, "procedure_code": "1.900099", "actor_id": 1}])
    assert states(small)["1.900099"] == {State.NO_VERSION}


def test_a_correction_of_the_same_day_is_carried_or_open_like_any_other(small: Installation) -> None:
    world.save(small, world.draft(small, UNSHOWN))
    world.write(
        small, BEGAN, {UNSHOWN: world.content(dossier=[{"case": None, "papers": [{"name": world.FORM}]}])}
    )
    assert states(small)[UNSHOWN] == {State.NOT_SHOWN}
    assert row(small, UNSHOWN)["before_vnd"] == 1_000 * (3 * LINE + world.FEE)
    assert cost_sheets.history(small, small.moment(), UNSHOWN)["stands"].to_list() == [False]


def test_a_withdrawn_sheet_leaves_the_earlier_one_to_be_carried(small: Installation) -> None:
    world.save(small, world.draft(small, FEWER))
    [own] = world.save(small, world.draft(small, FEWER, AGAIN, minutes=(15,)))
    assert row(small, FEWER)["after_vnd"] < 1_000 * 3 * LINE
    cost_recording.withdraw(small, world.OFFICE, own, "Lập nhầm cho thủ tục khác")
    assert row(small, FEWER)["after_vnd"] == 1_000 * 3 * LINE


def test_sums_stay_whole_numbers_however_much_is_given(small: Installation) -> None:
    most = world.of_fee(small, FEWER, BEGAN, 10**12, people=100)
    world.save(small, most)
    assert cost_portfolio.find(small, small.moment(BEGAN))["year_vnd"][0] == 10**14
    with pytest.raises(Invalid) as refused:
        world.save(small, world.of_fee(small, UNDONE, BEGAN, 10**12, people=101))
    assert [one.rule for one in refused.value.issues] == ["cost_year_too_large"]
