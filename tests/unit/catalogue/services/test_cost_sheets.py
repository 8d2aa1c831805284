"""Cost sheets are written whole or not at all, by those who may, and never edited."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from catalogue.errors import Forbidden, Invalid, NotFound, NotSignedIn, StaleVersion
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.model.cost import Activity
from catalogue.model.cost_sheet import Collected, Draft, DraftLine, Kind, Method
from catalogue.services import audit, cost_recording, cost_sheets
from catalogue.services.cost_recording import Book, Given
from catalogue.services.installation import Installation
from tests import cost_world as world
from tests.cost_world import AGAIN, BEGAN, EDITOR, FEWER, OFFICE, OTHER, UNTOLD
from tests.installations import Clock, Filled, copied

REASON = "Có kết quả khảo sát mới của quý I"


@pytest.fixture
def small(filled_template: Filled, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    with copied(filled_template(world.fill)[0], tmp_path / "small", clock) as installation:
        yield installation


def test_a_sheet_reads_back_as_it_was_given(small: Installation) -> None:
    given = world.draft(small, FEWER)
    [sheet_id] = world.save(small, given, by=EDITOR)
    found = cost_sheets.get(small, sheet_id)
    assert found.draft == given
    assert (found.income_year, found.income_vnd) == (2022, 45_265)
    assert cost_sheets.standing(small, small.moment(), given.version_id) == found
    assert audit.check(small).is_empty()


def test_a_sheet_begins_with_what_the_version_asks_for(small: Installation) -> None:
    begun = cost_sheets.begun(cost_sheets.version_of(small, world.version_id(small, FEWER, BEGAN)))
    assert [(one.activity, one.label) for one in begun.lines] == [
        (Activity.PREPARE, world.FORM),
        (Activity.PREPARE, world.COPY),
        (Activity.SUBMIT, "Nộp hồ sơ"),
        (Activity.PAY, "Phí, lệ phí"),
        (Activity.RECEIVE, "Nhận kết quả"),
    ]
    assert begun.lines[3].figures[Kind.FEES][0].value == world.FEE
    assert begun.lines[3].figures[Kind.FEES][0].method is Method.LAW


def test_another_sheet_takes_its_place_with_a_reason_and_both_can_be_read(small: Installation) -> None:
    first = world.draft(small, FEWER)
    [old] = world.save(small, first)
    then = small.moment()
    later = replace(first, whole=world.counts(2_000))
    [new] = cost_recording.save(small, OFFICE, [Given(later, 2023, old, REASON)])
    assert cost_sheets.standing(small, small.moment(), first.version_id) == cost_sheets.get(small, new)
    assert cost_sheets.standing(small, then, first.version_id) == cost_sheets.get(small, old)
    history = cost_sheets.history(small, small.moment(), FEWER)
    assert history["sheet_id"].to_list() == [new, old]
    assert (history["reason"][0], history["stands"].to_list()) == (REASON, [True, False])
    with pytest.raises(Invalid, match="cost_reason_short"):
        cost_recording.save(small, OFFICE, [Given(first, 2023, new, "vì")])


def test_who_saw_an_older_sheet_does_not_overwrite_a_newer_one(small: Installation) -> None:
    given = world.draft(small, FEWER)
    world.save(small, given)
    with pytest.raises(StaleVersion):
        cost_recording.save(small, OFFICE, [Given(replace(given, whole=world.counts(5)), 2022)])


def test_the_same_sheet_again_is_nothing_new(small: Installation) -> None:
    given = world.draft(small, FEWER)
    [sheet_id] = world.save(small, given)
    revision = small.database.revision
    with pytest.raises(Invalid, match="nothing_changed"):
        cost_recording.save(small, OFFICE, [Given(given, 2022, sheet_id, REASON)])
    assert small.database.revision == revision


def test_a_ministry_writes_for_its_own_procedures_only(small: Installation) -> None:
    given = world.draft(small, FEWER)
    for actor in (OTHER, Actor(4, "xem", "", Role.VIEWER), Actor(5, "qt", "", Role.ADMINISTRATOR)):
        with pytest.raises(Forbidden):
            world.save(small, given, by=actor)
        assert not cost_sheets.may_write(small, actor, FEWER)
    with pytest.raises(NotSignedIn):
        world.save(small, given, by=NOBODY)
    assert all(cost_sheets.may_write(small, actor, FEWER) for actor in (EDITOR, OFFICE))
    [sheet_id] = world.save(small, given, by=EDITOR)
    with pytest.raises(Forbidden):
        cost_recording.withdraw(small, OTHER, sheet_id, REASON)


def test_one_fault_in_one_of_several_sheets_and_none_is_written(small: Installation) -> None:
    good, other = world.draft(small, FEWER), world.draft(small, UNTOLD)
    bad = replace(other, lines=(*other.lines, DraftLine(Activity.OTHER, "Khác", {}, 9)))
    revision = small.database.revision
    with pytest.raises(Invalid) as refused:
        world.save(small, good, bad)
    assert [(one.rule, one.row, one.procedure_code) for one in refused.value.issues] == [
        ("cost_line_empty", 9, UNTOLD)
    ]
    assert small.database.revision == revision
    with pytest.raises(Invalid, match="cost_version_twice"):
        world.save(small, good, good)


def test_a_withdrawn_sheet_tells_nothing_any_more_but_can_be_read(small: Installation) -> None:
    given = world.draft(small, FEWER)
    [sheet_id] = world.save(small, given)
    with pytest.raises(Invalid, match="cost_reason_short"):
        cost_recording.withdraw(small, OFFICE, sheet_id, " nhầm ")
    cost_recording.withdraw(small, EDITOR, sheet_id, "Lập nhầm cho thủ tục khác")
    assert cost_sheets.standing(small, small.moment(), given.version_id) is None
    assert cost_sheets.get(small, sheet_id).draft == given
    assert cost_sheets.history(small, small.moment(), FEWER)["is_withdrawn"].to_list() == [True, False]
    with pytest.raises(StaleVersion):
        cost_recording.withdraw(small, OFFICE, sheet_id, "Thu hồi lần nữa")
    world.save(small, given)
    assert audit.check(small).is_empty()


def test_a_sheet_needs_a_version_in_force_and_a_known_income(small: Installation) -> None:
    given = world.draft(small, FEWER)
    with pytest.raises(NotFound, match="cost_version_not_found"):
        world.save(small, replace(given, version_id=1))
    with pytest.raises(NotFound, match="cost_version_not_found"):
        world.save(small, replace(given, procedure_code=UNTOLD))
    abolished = Draft(
        world.ABOLISHED, world.version_id(small, world.ABOLISHED, AGAIN), given.lines, given.whole
    )
    with pytest.raises(NotFound, match="cost_version_not_found"):
        world.save(small, abolished)
    with pytest.raises(Invalid, match="cost_income_unknown"):
        world.save(small, given, year=1999)


def test_a_sheet_keeps_the_workbook_it_came_from(small: Installation) -> None:
    [sheet_id] = cost_recording.save(
        small, OFFICE, [Given(world.draft(small, FEWER), 2022)], Book("chi-phi.xlsx", "ab" * 32)
    )
    assert cost_sheets.get(small, sheet_id).file_name == "chi-phi.xlsx"


def test_the_check_finds_what_belongs_to_nothing(small: Installation) -> None:
    with small.database.transaction("test.broken") as transaction:
        transaction.append(
            "cost_line", [{"sheet_id": 7, "position": 1, "activity": "other", "label": "Khác"}]
        )
        transaction.append(
            "cost_figure",
            [
                {"sheet_id": 7, "position": 2, "kind": "hired", "place": 1, "value": 1, "source": "A", "method": "law"},
                {"sheet_id": 7, "position": 0, "kind": "times", "place": 1, "value": 1, "source": "A", "method": "law"},
            ],
        )  # fmt: skip
        transaction.append(
            "cost_sheet",
            [
                {
                    "sheet_id": 8, "procedure_code": UNTOLD, "version_id": world.version_id(small, FEWER, BEGAN),
                    "made_on": BEGAN, "income_year": 2022, "income_vnd": 45_265, "is_withdrawn": False, "actor_id": 1,
                }
            ],
        )  # fmt: skip
    found = audit.check(small)
    assert set(found["check"]) == {"costs"}
    assert set(found["problem"]) == {
        "line without its sheet", "figure without its sheet", "figure without its line", "line without a figure",
        "sheet without a line", "sheet without its counts", "sheet of no version of its procedure",
    }  # fmt: skip


def test_spaces_around_words_do_not_make_another_sheet(small: Installation) -> None:
    given = world.draft(small, FEWER)
    [sheet_id] = world.save(small, given)
    loose = replace(given.lines[0], label=f"  {given.lines[0].label} ")
    spaced = replace(given, lines=(loose, *given.lines[1:]))
    spaced = replace(spaced, whole={kind: (Collected(some[0].value, " Khảo sát 30 doanh  nghiệp", some[0].method),) for kind, some in given.whole.items()})  # fmt: skip
    with pytest.raises(Invalid, match="nothing_changed"):
        cost_recording.save(small, OFFICE, [Given(spaced, 2022, sheet_id, REASON)])


def test_a_ministry_that_answers_no_longer_does_not_write_by_an_earlier_version(small: Installation) -> None:
    world.write(small, date(2024, 3, 1), {FEWER: world.content(issuing_agency_text="Bộ Tư pháp")})
    given = world.draft(small, FEWER)
    with pytest.raises(Forbidden):
        world.save(small, given, by=EDITOR)
    assert not cost_sheets.may_write(small, EDITOR, FEWER)
    world.save(small, given, by=OTHER)


def test_a_procedure_of_no_known_agency_is_written_by_the_office_only(small: Installation) -> None:
    world.write(small, BEGAN, {"1.900098": world.content(issuing_agency_text="Cơ quan lạ")})
    given = world.draft(small, "1.900098")
    for actor in (EDITOR, replace(EDITOR, agency_code=None)):
        assert not cost_sheets.may_write(small, actor, "1.900098")
        with pytest.raises(Forbidden):
            world.save(small, given, by=actor)
    world.save(small, given)


def test_several_fees_are_begun_as_what_one_case_pays(small: Installation) -> None:
    ways = [
        {"way": way, "fees": [{"amount_vnd": fee}]}
        for way, fee in (("Trực tiếp", 100_000), ("Trực tuyến", 50_000))
    ]
    world.write(small, BEGAN, {"1.900097": world.content(channels=ways)})
    begun = cost_sheets.begun(cost_sheets.version_of(small, world.version_id(small, "1.900097", BEGAN)))
    [line] = [one for one in begun.lines if one.activity is Activity.PAY]
    assert (line.line.fees.low, line.line.fees.chosen, line.line.fees.high) == (50_000, 50_000, 100_000)


def test_a_corrected_hourly_income_makes_a_sheet_anew(small: Installation) -> None:
    given = world.draft(small, FEWER)
    [sheet_id] = world.save(small, given)
    rows = tuple(
        one.model_copy(update={"value_vnd": one.value_vnd + 1}) for one in small.reference.hourly_incomes
    )
    corrected = replace(small, reference=replace(small.reference, hourly_incomes=rows))
    [again] = cost_recording.save(corrected, OFFICE, [Given(given, 2022, sheet_id, REASON)])
    assert (cost_sheets.get(small, sheet_id).income_vnd, cost_sheets.get(small, again).income_vnd) == (
        45_265,
        45_266,
    )
