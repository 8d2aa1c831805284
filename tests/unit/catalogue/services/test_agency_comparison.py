"""Agencies side by side: like with like only, every number that of its list, and three kinds of nothing kept apart."""

from datetime import date
from fractions import Fraction

import pytest

from catalogue.errors import Invalid, NotFound
from catalogue.model.period import Organisation
from catalogue.model.ranking import Like
from catalogue.services import agency_comparison, figures, instruments, items
from catalogue.services.agency_comparison import Cell, Line, State
from catalogue.services.installation import Installation
from catalogue.services.instruments import InstrumentFilter
from catalogue.services.items import ItemFilter

pytestmark = pytest.mark.reads_only

BYT, BTP, NHNN, BQP = "bo-y-te", "bo-tu-phap", "ngan-hang-nha-nuoc-viet-nam", "bo-quoc-phong"


def lines(demo: Installation, *codes: str, as_of: date | None = None) -> dict[tuple[str, str], Line]:
    found = agency_comparison.compare(demo, demo.moment(as_of), agency_comparison.chosen(demo, codes))
    return {(line.section, line.name): line for line in found}


def test_only_two_to_four_agencies_of_one_kind_are_compared(demo: Installation) -> None:
    chosen = agency_comparison.chosen
    assert [one.code for one in chosen(demo, [BYT, NHNN, BYT])] == [BYT, NHNN]
    with pytest.raises(Invalid, match="agency_compare_kinds"):
        chosen(demo, [BYT, "ubnd-ha-noi"])
    for codes in ([BYT], [BYT, BYT], [BYT, BTP, NHNN, BQP, "bo-noi-vu"]):
        with pytest.raises(Invalid, match="agency_compare_count"):
            chosen(demo, codes)
    with pytest.raises(NotFound):
        chosen(demo, [BYT, "khong-co"])


def test_agencies_are_offered_by_kind_and_by_the_organisation_of_the_moment(demo: Installation) -> None:
    def offered(moment_day: date, organisation: Organisation) -> set[str]:
        moment = demo.moment(moment_day, organisation=organisation)
        return {one.code for one in agency_comparison.choosable(demo, moment, Like.CENTRAL)}

    then = offered(date(2024, 3, 21), Organisation.AT_THE_TIME)
    today = offered(date(2024, 3, 21), Organisation.TODAY)
    assert {BYT, NHNN, "bo-ke-hoach-va-dau-tu"} <= then
    assert "bo-ke-hoach-va-dau-tu" not in today
    assert today == offered(date(2026, 1, 1), Organisation.AT_THE_TIME)
    assert not any(code.startswith("ubnd-") for code in then | today)


def test_every_number_of_a_programme_is_that_of_its_list(demo: Installation) -> None:
    found, moment = lines(demo, BYT, BTP, NHNN), demo.moment()
    for kind, programme in figures.PROCEDURE_PROGRAMMES.items():
        for place, code in enumerate((BYT, BTP, NHNN)):

            def count(*, code: str = code, programme: str = programme, **asked: str) -> int:
                wanted = ItemFilter(agency=code, **asked)  # type: ignore[arg-type]
                return items.find(demo, moment, programme, wanted, size=2000).height

            done, due = found[kind, "done"].cells[place], found[kind, "done_of_due"].cells[place]
            assert (done.numerator, done.denominator) == (count(progress="done"), count())
            assert (due.numerator, due.denominator) == (count(progress="done"), count(progress="due"))
            overdue = found[kind, "overdue"].cells[place]
            assert (overdue.numerator, overdue.denominator) == (count(deadline_state="overdue"), None)


def test_late_instruments_are_those_of_the_list(demo: Installation) -> None:
    line = lines(demo, BYT, BTP)["work", "instruments"]
    for code, cell in zip((BYT, BTP), line.cells, strict=True):
        late = instruments.everything(demo, demo.moment(), InstrumentFilter(agency=code, timing="passed"))
        unissued = instruments.everything(demo, demo.moment(), InstrumentFilter(agency=code))
        assert (cell.numerator, cell.denominator) == (late.height, unissued.height)


def test_no_items_none_due_and_zero_are_three_things(demo: Installation) -> None:
    found = lines(demo, BQP, BYT, "uy-ban-dan-toc")
    assert found["simplification", "done"].cells[2].state is State.NOT_ASKED
    due = found["decentralisation", "done_of_due"].cells[0]
    assert (due.state, due.size) == (State.NONE_YET, None)
    zero = found["decentralisation", "done"].cells[0]
    assert (zero.state, zero.size) == (State.VALUE, 0)
    overdue = found["decentralisation", "overdue"].cells
    assert (overdue[0].state, overdue[0].numerator) == (State.VALUE, 0)


def test_indicators_are_of_one_period_and_a_missing_one_is_missing(demo: Installation) -> None:
    found = lines(demo, "ubnd-ha-noi", "ubnd-ha-giang")
    par = found["indicators", "par-index"]
    assert [cell.state for cell in par.cells] == [State.VALUE, State.MISSING]
    service = found["indicators", "service-quality"]
    assert {cell.row["period_end"] for cell in service.cells if cell.row} == {
        service.about and service.about["period_end"]
    }
    assert service.gap is not None and service.gap > 0
    assert not [key for key in found if key[0] == "simplification"]  # neither was given any


def test_what_was_known_on_an_earlier_day_is_less(demo: Installation) -> None:
    now, then = lines(demo, BYT, BTP), lines(demo, BYT, BTP, as_of=date(2023, 6, 30))
    key = ("simplification", "done")
    assert (then[key].cells[0].numerator or 0) < (now[key].cells[0].numerator or 0)


def test_rates_stand_out_by_ten_points_and_counts_by_one() -> None:
    def line(*cells: Cell, is_rate: bool = True) -> Line:
        return Line("x", "y", cells, is_rate)

    near = line(Cell(State.VALUE, 50, 100), Cell(State.VALUE, 59, 100))
    far = line(Cell(State.VALUE, 50, 100), Cell(State.VALUE, 60, 100))
    assert (near.differs, near.stands_out, near.gap) == (True, False, Fraction(9, 100))
    assert far.stands_out
    assert line(Cell(State.VALUE, 0), Cell(State.VALUE, 1), is_rate=False).stands_out
    assert not line(Cell(State.VALUE, 1, 2), Cell(State.VALUE, 2, 4)).differs
    assert line(Cell(State.VALUE, 0, 4), Cell(State.NOT_ASKED)).differs
    assert line(Cell(State.VALUE, 0, 4), Cell(State.NOT_ASKED)).gap is None


def test_an_installation_without_anything_compares_nothing(empty: Installation) -> None:
    agencies = agency_comparison.chosen(empty, [BYT, BTP])
    assert agency_comparison.compare(empty, empty.moment(date(2015, 1, 1)), agencies) == []
    printed = agency_comparison.compare(empty, empty.moment(), agencies)
    assert {line.section for line in printed} == {"indicators"}  # what sources printed is reference data
