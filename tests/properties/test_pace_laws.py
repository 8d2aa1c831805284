"""Laws of pace and of the status of a target: what was, what came and what is left make the base; one status holds."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalogue.model.pace import Pace, Window
from catalogue.model.period import Moment, months_before, months_between
from catalogue.model.target import Doubt, Goal, Reading, Status, judge, meets

TINY = Decimal("1e-15")  # decimals carry 28 digits
days = st.dates(date(2010, 1, 1), date(2035, 12, 31))
percents = st.integers(0, 12000).map(lambda hundredths: Decimal(hundredths) / 100)


@st.composite
def paces(draw: st.DrawFn) -> Pace:
    base = draw(st.integers(1, 10**7))
    before, done = draw(st.integers(0, base)), draw(st.integers(0, base))
    months = draw(st.integers(1, 240)) * Decimal(1) / draw(st.sampled_from([1, 7]))
    since = Moment(draw(days), None, 1)
    return Pace(draw(st.sampled_from(Window)), since, months, before, done, base, base)


@given(paces())
def test_before_gained_and_left_make_the_base(walked: Pace) -> None:
    assert walked.before + walked.gained + walked.left == walked.base


@given(paces())
def test_months_at_the_pace_do_what_is_left(walked: Pace) -> None:
    if walked.months_left is None:
        assert walked.gained <= 0 < walked.left
    else:
        assert abs(walked.months_left * walked.per_month - walked.left) <= TINY * walked.base


@given(paces(), st.integers(1, 600))
def test_the_needed_pace_ends_on_the_day(walked: Pace, months: int) -> None:
    assert abs(walked.needed(Decimal(months)) * months - walked.left) <= TINY * walked.base


@given(days, st.integers(1, 36))
def test_a_window_begins_as_many_months_back_as_it_says(day: date, months: int) -> None:
    begins = months_before(day, months)
    assert (day.year * 12 + day.month) - (begins.year * 12 + begins.month) == months
    assert begins.day <= day.day or (day + timedelta(days=1)).day == 1
    assert abs(months_between(begins, day) - months) < Decimal("0.12")


goals = st.builds(
    Goal,
    percents,
    st.sampled_from(["eq", "ge", "gt", "le"]),
    st.none() | days,
    st.none() | days,
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Goal, Reading | None, date, Pace | None]:
    goal, as_of = draw(goals), draw(days)
    value = draw(percents | st.just(goal.value))
    told = draw(st.none() | st.timedeltas(timedelta(0), timedelta(days=900)))
    comparator = draw(st.sampled_from(["eq", "eq", "ge", "gt", "le", "approx"]))
    reading = None if told is None else Reading(value, as_of - told, comparator, draw(st.booleans()))
    return goal, reading, as_of, draw(st.none() | paces())


def fitting(goal: Goal, reading: Reading | None, as_of: date, walked: Pace | None) -> set[Status]:
    """The statuses whose written meaning fits, each asked for by itself."""
    is_known = (
        reading is not None
        and reading.is_same
        and meets(goal, reading) is not None
        and not (goal.set_on and as_of < goal.set_on)
    )
    is_met = is_known and reading is not None and meets(goal, reading) is True
    is_short = is_known and not is_met
    is_past = goal.deadline is not None and as_of > goal.deadline
    is_open = goal.deadline is not None and not is_past
    is_told = is_past and reading is not None and goal.deadline is not None and reading.as_of >= goal.deadline
    is_enough = False
    if is_open and walked is not None and goal.deadline is not None:
        left = months_between(as_of, goal.deadline)
        is_enough = walked.left == 0 or (
            walked.gained > 0 and walked.left * walked.months / walked.gained <= left
        )
    asked = {
        Status.REACHED: is_met,
        Status.NO_DEADLINE: is_short and goal.deadline is None,
        Status.MISSED: is_short and is_told,
        Status.ON_PACE: is_short and is_open and walked is not None and is_enough,
        Status.BEHIND: is_short and is_open and walked is not None and not is_enough,
        Status.UNJUDGED: not is_known
        or (is_short and is_past and not is_told)
        or (is_short and is_open and walked is None),
    }
    return {status for status, holds in asked.items() if holds}


@given(cases())
def test_exactly_one_status_holds_and_it_is_the_one_given(
    case: tuple[Goal, Reading | None, date, Pace | None],
) -> None:
    status, doubt = judge(*case)
    assert fitting(*case) == {status}
    assert (doubt is not None) == (status is Status.UNJUDGED)
    assert doubt is None or doubt in Doubt


@given(percents, percents, st.sampled_from(["eq", "ge", "gt", "le"]))
def test_an_exact_value_is_never_left_open(value: Decimal, wanted: Decimal, comparator: str) -> None:
    assert meets(Goal(wanted, comparator), Reading(value, date(2024, 1, 1))) is not None
