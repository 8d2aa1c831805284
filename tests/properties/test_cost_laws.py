"""Compliance cost: the causes of a change add up to the đồng, and an hour that is worth more saves nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.cost import Activity, Estimate, Line, Reading, Sheet, change

AMOUNTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=5).map(Estimate.of)
LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(Activity),
        st.text(max_size=5),
        st.lists(st.integers(0, 100_000), min_size=1, max_size=4).map(Estimate.of),
        AMOUNTS,
        AMOUNTS,
    ),
    max_size=6,
).map(tuple)
COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=3).map(Estimate.of)
WAGES = st.integers(1, 10**6)
SHEETS = st.builds(Sheet, LINES, WAGES, COUNTS, COUNTS)
READINGS = st.sampled_from(Reading)


@given(SHEETS, SHEETS, READINGS)
def test_the_causes_add_up_to_the_difference(before: Sheet, after: Sheet, reading: Reading) -> None:
    found = change(before, after, reading)
    assert found.reform + found.wage + found.volume == found.after - found.before == -found.saved
    assert (found.before, found.after) == (before.year(reading), after.year(reading))


@given(SHEETS, WAGES, READINGS)
def test_another_hourly_income_alone_is_no_reform(before: Sheet, wage: int, reading: Reading) -> None:
    found = change(before, replace(before, wage=wage), reading)
    assert (found.reform, found.volume) == (0, 0)
    assert found.wage == found.after - found.before


@given(SHEETS, COUNTS, READINGS)
def test_other_numbers_of_cases_alone_are_volume(before: Sheet, people: Estimate, reading: Reading) -> None:
    found = change(before, replace(before, people=people), reading)
    assert (found.reform, found.wage) == (0, 0)


@given(SHEETS, LINES, READINGS)
def test_other_work_alone_is_reform(before: Sheet, lines: tuple[Line, ...], reading: Reading) -> None:
    found = change(before, replace(before, lines=lines), reading)
    assert (found.wage, found.volume) == (0, 0)


@given(SHEETS, READINGS)
def test_a_sheet_is_the_sum_of_its_lines(sheet: Sheet, reading: Reading) -> None:
    assert sheet.case(reading) == sum(line.cost(sheet.wage, reading) for line in sheet.lines)
    assert sheet.year(Reading.LOW) <= sheet.year(Reading.CHOSEN) <= sheet.year(Reading.HIGH)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=9))
def test_the_chosen_figure_is_a_collected_one_and_no_more_than_half_lie_below(figures: list[int]) -> None:
    found = Estimate.of(figures)
    assert found.chosen in figures
    assert sum(one < found.chosen for one in figures) <= (len(figures) - 1) // 2
    assert sum(one > found.chosen for one in figures) <= len(figures) // 2
