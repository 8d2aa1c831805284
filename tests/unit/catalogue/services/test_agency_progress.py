"""Progress by agency: the parts are those of the measure, the months end at today's counts, ranks are those of the agency."""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.errors import NotFound
from catalogue.model.period import Moment, Organisation, is_month_end
from catalogue.model.ranking import Like, Standing
from catalogue.services import agency_progress, agency_standing, figures, items
from catalogue.services.figures import Dimension
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from catalogue.store.database import Row

pytestmark = pytest.mark.reads_only

RATES = [one.measure for kind in figures.PROGRAMMES for one in agency_progress.rates(kind)]
DAYS = st.dates(date(2021, 8, 1), date(2025, 8, 1))
TODAY, THEN = Organisation.TODAY, Organisation.AT_THE_TIME


def last_day(demo: Installation, programme: str, moment: Moment) -> dict[str, tuple[int, int]]:
    frame = agency_progress.trend(demo, programme, moment).filter(pl.col("day") == moment.as_of)
    return {row["agency_code"]: (row["done"], row["base"]) for row in frame.iter_rows(named=True)}


def counted(demo: Installation, programme: str, moment: Moment) -> dict[str, tuple[int, int]]:
    frame = figures.by_agency(demo, programme, moment).filter(pl.col("base") > pl.col("standing"))
    return {
        row["agency_code"]: (row["done"], row["base"] - row["standing"])
        for row in frame.iter_rows(named=True)
    }


def test_a_plan_that_is_approved_as_it_is_assigned_is_no_rate_to_rank_by() -> None:
    assert [one.measure for one in agency_progress.rates("simplification")] == [
        "simplification.done",
        "simplification.done_of_due",
        "simplification.in_time_of_done",
        "simplification.published",
    ]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    as_of=DAYS,
    known=st.none() | DAYS,
    organisation=st.sampled_from(Organisation),
    measure=st.sampled_from(RATES),
)
def test_parts_add_up_to_the_measure_at_any_moment(
    demo: Installation, as_of: date, known: date | None, organisation: Organisation, measure: str
) -> None:
    moment = demo.moment(as_of, known, organisation)
    whole = figures.compute(demo, measure, moment)
    expected = (whole.numerator, whole.denominator)
    for by in (Dimension.AGENCY, Dimension.DOCUMENT, Dimension.FIELD):
        parts = figures.breakdown(demo, measure, moment, by)
        assert (parts["numerator"].sum(), parts["denominator"].sum()) == expected
    ranked = [one for likes in agency_progress.ranked(demo, measure, moment) for one in likes.rows]
    assert (sum(one.numerator for one in ranked), sum(one.denominator for one in ranked)) == expected
    cells = agency_progress.by_document(demo, measure, moment).cells
    assert (cells["done"].sum(), cells["items"].sum()) == expected


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(as_of=DAYS, known=st.none() | DAYS, organisation=st.sampled_from(Organisation))
def test_the_last_point_of_every_curve_is_what_the_agency_counts(
    demo: Installation, as_of: date, known: date | None, organisation: Organisation
) -> None:
    moment = demo.moment(as_of, known, organisation)
    for programme in figures.PROGRAMMES.values():
        assert last_day(demo, programme, moment) == counted(demo, programme, moment)


def test_every_month_end_is_the_count_of_that_day_by_the_agencies_of_the_moment(demo: Installation) -> None:
    moment = demo.moment(date(2025, 3, 10))
    frame = agency_progress.trend(demo, figures.SIMPLIFICATION, moment)
    days = frame["day"].unique().sort().to_list()
    assert days[-1] == moment.as_of
    assert all(is_month_end(day) for day in days[:-1])
    asked = date(2023, 10, 31)
    then = frame.filter(pl.col("day") == asked)
    assert (then["done"].sum(), then["base"].sum()) == (437, 1086)
    assert "bo-ke-hoach-va-dau-tu" not in then["agency_code"].to_list()  # merged on 2025-03-01
    before = counted(demo, figures.SIMPLIFICATION, demo.moment(asked))
    taken = [before[code] for code in ("bo-tai-chinh", "bo-ke-hoach-va-dau-tu")]
    row = then.row(by_predicate=pl.col("agency_code") == "bo-tai-chinh", named=True)
    assert (row["done"], row["base"]) == tuple(map(sum, zip(*taken, strict=True)))


def test_the_base_moves_in_the_curves_as_it_did(demo: Installation) -> None:
    frame = agency_progress.trend(demo, figures.SIMPLIFICATION, demo.moment())
    bases = {
        str(code): rows["base"].unique().sort().to_list()
        for (code,), rows in frame.group_by("agency_code", maintain_order=True)
    }
    assert bases["bo-xay-dung"] == [30, 32]
    assert bases["bo-y-te"] == [105]


def test_a_rank_is_that_of_the_agency_s_own_page(demo: Installation) -> None:
    for kind, programme in figures.PROCEDURE_PROGRAMMES.items():
        found = agency_progress.ranked(demo, f"{kind}.done", demo.moment())
        for one in [one for likes in found for one in likes.rows][:: len(figures.MEASURES) // 5]:
            (own,) = [
                position
                for position in agency_standing.positions(demo, demo.moment(), one.key)
                if position.programme.code == programme
            ]
            assert (own.rank and (own.rank.place, own.rank.among)) == (one.place and (one.place, one.among))


def test_an_agency_of_which_nothing_is_due_has_no_rate(demo: Installation) -> None:
    found = agency_progress.ranked(demo, "decentralisation.done_of_due", demo.moment())
    (central,) = found
    assert central.like is Like.CENTRAL
    by_code = {one.key: one for one in central.rows}
    assert by_code["bo-quoc-phong"].standing is Standing.NOTHING
    assert by_code["bo-quoc-phong"].rate is None
    assert central.rows[-1].standing is Standing.NOTHING


def test_a_cell_opens_to_its_items(demo: Installation) -> None:
    moment = demo.moment(organisation=TODAY)
    grid = agency_progress.by_document(demo, "simplification.done", moment)
    assert not grid.is_one_to_one  # Bộ Tài chính answers for two resolutions
    assert agency_progress.by_document(
        demo, "simplification.done", demo.moment(organisation=THEN)
    ).is_one_to_one
    for cell in grid.cells.sample(5, seed=1).iter_rows(named=True):
        wanted = ItemFilter(agency=cell["row"], assigned_by=int(cell["column"]))
        found = items.find(demo, moment, figures.SIMPLIFICATION, wanted, size=2000)
        assert (found.height, found["done_on"].is_not_null().sum()) == (cell["items"], cell["done"])


def test_rows_and_columns_begin_with_what_lags(demo: Installation) -> None:
    grid = agency_progress.by_document(demo, "simplification.done", demo.moment())
    assert [key for key, _, _ in grid.rows][:2] == ["bo-xay-dung", "bo-y-te"]
    assert [label for _, label, _ in grid.columns][:2] == ["132/NQ-CP", "118/NQ-CP"]
    last = {row["row"]: row["column"] for row in grid.cells.iter_rows(named=True)}
    assert [last[key] for key, _, _ in grid.rows] == [key for key, _, _ in grid.columns]


@pytest.mark.parametrize("measure", ["simplification.done", "simplification.done_of_due"])
def test_an_item_counts_with_each_of_its_measures_and_the_surplus_is_told(
    demo: Installation, measure: str
) -> None:
    moment = demo.moment()
    grid, counts = agency_progress.by_measure_type(demo, measure, moment, is_english=False)
    whole = figures.compute(demo, measure, moment)
    parts = figures.breakdown(demo, measure, moment, Dimension.MEASURE_TYPE)
    assert counts.counted == parts["denominator"].sum() == grid.cells["items"].sum()
    assert grid.cells["done"].sum() == parts["numerator"].sum()
    assert counts.items == whole.denominator
    assert counts.measured <= counts.items < counts.counted
    cell: Row = grid.cells.row(0, named=True)
    state = None if measure.endswith("done") else "due"
    wanted = ItemFilter(agency=cell["row"], measure_type=cell["column"], progress=state)
    assert items.find(demo, moment, figures.SIMPLIFICATION, wanted, size=2000).height == cell["items"]


def test_a_programme_without_measures_says_so(demo: Installation) -> None:
    grid, counts = agency_progress.by_measure_type(demo, "directive.done", demo.moment(), is_english=True)
    assert (counts.items, counts.measured, counts.counted) == (0, 0, 0)
    assert grid.cells.is_empty()


def test_nothing_is_ranked_in_an_empty_installation_and_counts_of_agencies_are_no_rates(
    empty: Installation,
) -> None:
    moment = empty.moment()
    assert agency_progress.ranked(empty, "simplification.done", moment) == []
    assert agency_progress.trend(empty, figures.SIMPLIFICATION, moment).is_empty()
    assert agency_progress.by_document(empty, "simplification.done", moment).rows == ()
    with pytest.raises(NotFound):
        agency_progress.ranked(empty, "simplification.agencies_complete", moment)
