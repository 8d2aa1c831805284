"""Laws of indicators: what components add up to is taken and nothing else, importing twice is importing once, ranks are a
ranking, lines join what can be compared."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import scores
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import bootstrap
from catalogue.model.indicator import (
    Direction,
    Period,
    PeriodKind,
    Point,
    State,
    broken,
    faults,
    mean,
    month_period,
    parse_period,
    ranks,
    scaled,
    segments,
    unscaled,
)
from catalogue.services.installation import Installation
from catalogue.settings import Settings
from pipelines.run import run_snapshot
from pipelines.snapshot import snapshot_of

MAXIMA = {
    "CKMB": 18_0000,
    "TDGQ": 20_0000,
    "CLGQ": 12_0000,
    "TTTT": 10_0000,
    "MDHL": 18_0000,
    "MDSH": 22_0000,
}
ORDER = ("TDGQ", "MDHL", "MDSH", "TTTT", "CLGQ", "CKMB")

amounts = st.fixed_dictionaries({code: st.integers(0, most) for code, most in MAXIMA.items()})
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
values = st.dictionaries(st.integers(0, 50), st.integers(0, 100_0000), max_size=30)


@given(amounts)
def test_components_that_add_up_are_taken(parts: dict[str, int]) -> None:
    assert faults(MAXIMA, parts, sum(parts.values())) == []


@given(amounts, st.integers(1, 10_0000))
def test_components_that_do_not_add_up_are_refused(parts: dict[str, int], off: int) -> None:
    assert faults(MAXIMA, parts, sum(parts.values()) + off)
    assert faults(MAXIMA, parts, sum(parts.values()) - off)


@given(amounts, st.sampled_from(sorted(MAXIMA)))
def test_what_does_not_apply_adds_nothing(parts: dict[str, int], without: str) -> None:
    some: dict[str, int | State] = {**parts, without: State.NOT_APPLICABLE}
    assert faults(MAXIMA, some, sum(parts.values()) - parts[without]) == []


@given(amounts, st.sampled_from(sorted(MAXIMA)), st.integers(1, 10_0000))
def test_a_component_beyond_its_maximum_is_refused(parts: dict[str, int], code: str, more: int) -> None:
    wrong = {**parts, code: MAXIMA[code] + more}
    assert "score_out_of_range" in {fault.rule for fault in faults(MAXIMA, wrong, sum(wrong.values()))}


@given(values, st.sampled_from(Direction))
def test_ranks_are_a_ranking(found: dict[int, int], direction: Direction) -> None:
    places = ranks(found, direction)
    assert places.keys() == found.keys()
    for key, place in places.items():
        better = sum(
            value > found[key] if direction is Direction.HIGHER else value < found[key]
            for value in found.values()
        )
        assert (place.rank, place.among) == (better + 1, len(found))


@given(st.integers(0, 10**12))
def test_a_value_survives_its_scale(value: int) -> None:
    assert scaled(unscaled(value)) == value


@given(st.lists(st.integers(0, 100_0000), min_size=1, max_size=70))
def test_a_mean_lies_within_its_values(found: list[int]) -> None:
    assert min(found) <= mean(sum(found), len(found)) <= max(found)


@given(days, st.sampled_from(PeriodKind))
def test_a_period_reads_back_and_follows_the_one_before(day: date, kind: PeriodKind) -> None:
    period = month_period(day) if kind is PeriodKind.MONTH else Period(day, PeriodKind.DAY)
    assert parse_period(period.text) == period
    before = period.before()
    assert before is None or (before.end < period.start and before.kind is period.kind)


points = st.builds(
    Point,
    period=st.integers(2000, 2040).map(lambda year: parse_period(str(year))),
    method=st.sampled_from(("old", "new")),
    agencies=st.sampled_from((63, 34)),
    value=st.one_of(st.none(), st.integers(0, 100_0000)),
    is_whole=st.booleans(),
)


@given(st.lists(points, max_size=20))
def test_a_line_joins_only_what_can_be_compared(found: list[Point]) -> None:
    ordered = sorted(found, key=lambda point: point.period)
    numbers = segments(ordered)
    for (one, (number, _)), (other, (after, why)) in zip(
        zip(ordered, numbers, strict=True), list(zip(ordered, numbers, strict=True))[1:], strict=False
    ):
        assert (number == after) == (why is None) == (broken(one, other) is None)
        if number == after:
            assert (one.method, one.agencies) == (other.method, other.agencies)
            assert None not in (one.value, other.value)


@pytest.fixture(scope="module")
def opened(
    empty_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Installation]]:
    """A new installation for each example."""
    folder = tmp_path_factory.mktemp("indicator-laws")
    made: list[Installation] = []

    def again() -> Installation:
        settings_ = Settings(data_dir=folder / str(len(made)))
        settings_.database.parent.mkdir(parents=True)
        shutil.copy(empty_template, settings_.database)
        made.append(bootstrap.open_catalogue(settings_))
        return made[-1]

    yield again
    for installation in made:
        installation.database.close()


def _cells(code: str, parts: dict[str, int], off: int) -> tuple[object, ...]:
    said = " ".join(str(unscaled(parts[name])) for name in ORDER)
    return scores.row(f"Tỉnh {code}", code, said, str(unscaled(sum(parts.values()) + off)), "")


@settings(max_examples=6)
@given(
    st.lists(st.tuples(amounts, st.sampled_from((0, 0, 0, 1, 5000))), min_size=12, max_size=12).filter(
        lambda rows: sum(off > 0 for _, off in rows) <= 2
    )
)
def test_only_rows_that_add_up_are_recorded_and_twice_is_once(
    opened: Callable[[], Installation], rows: list[tuple[dict[str, int], int]]
) -> None:
    codes = ("H01", "H05", "H12", "H13", "H14", "H15", "H17", "H18", "H19", "H20", "H21", "H24")
    cells = tuple(_cells(code, parts, off) for code, (parts, off) in zip(codes, rows, strict=True))
    content = scores.workbook(month=cells, year=(), departments=(), communes=(), months=(), quarters=())
    installation = opened()
    snapshot = snapshot_of(Path("diem-2025-10.xlsx"), content)
    once = run_snapshot(installation, "service_quality", snapshot, accept=True)
    wrong = sum(off > 0 and sum(parts.values()) + off <= 100_0000 for parts, off in rows)
    assert once.rows_new + once.rows_rejected == once.rows_read == len(rows)
    assert once.rows_rejected >= wrong
    revision = installation.moment().revision
    twice = run_snapshot(installation, "service_quality", snapshot, accept=True)
    assert (twice.rows_new, twice.rows_changed) == (0, 0)
    assert installation.moment().revision == revision
