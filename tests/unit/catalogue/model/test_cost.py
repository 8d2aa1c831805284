"""What a procedure costs, reckoned by hand."""

import pytest

from catalogue.model.cost import Activity, Estimate, Line, Reading, Sheet, change


def exactly(value: int) -> Estimate:
    return Estimate(value, value, value)


# An application of 90 minutes, a journey of an hour with a fare, a fee; 48.248 đồng an hour (101,9 million / 2.112 hours, 2023).
SHEET = Sheet(
    (
        Line(Activity.PREPARE, "Đơn đề nghị", minutes=Estimate(60, 90, 240), hired=Estimate(0, 0, 50_000)),
        Line(Activity.SUBMIT, "Nộp hồ sơ", minutes=exactly(60), hired=exactly(20_000)),
        Line(Activity.PAY, "Lệ phí", fees=exactly(135_000)),
    ),
    wage=48_248,
    times=exactly(1),
    people=exactly(1_200),
)


def test_a_case_and_a_year() -> None:
    assert [line.cost(SHEET.wage) for line in SHEET.lines] == [72_372, 68_248, 135_000]
    assert SHEET.case() == 275_620
    assert SHEET.year() == 330_744_000
    assert SHEET.case(Reading.LOW) == 48_248 + 68_248 + 135_000
    assert SHEET.case(Reading.HIGH) == 4 * 48_248 + 50_000 + 68_248 + 135_000


def test_a_change_is_split_by_its_causes() -> None:
    """The application is replaced by data, an hour is worth 53.977 đồng (2024), 100 people more come."""
    after = Sheet(SHEET.lines[1:], wage=53_977, times=exactly(1), people=exactly(1_300))
    found = change(SHEET, after)
    assert found.reform == -1_200 * 72_372
    assert found.wage == 1_200 * (53_977 - 48_248)
    assert found.volume == 100 * (53_977 + 20_000 + 135_000)
    assert found.saved == 330_744_000 - 1_300 * 208_977


@pytest.mark.parametrize(
    ("figures", "chosen"), [([5], 5), ([7, 3], 3), ([9, 1, 4], 4), ([8, 2, 6, 4], 4), ([2, 2, 9, 9], 2)]
)
def test_of_two_middle_figures_the_lower_is_taken(figures: list[int], chosen: int) -> None:
    found = Estimate.of(figures)
    assert (found.low, found.chosen, found.high) == (min(figures), chosen, max(figures))


def test_half_a_dong_counts_as_one() -> None:
    assert Line(Activity.OTHER, "", minutes=exactly(30)).time_cost(1) == 1
    assert Line(Activity.OTHER, "", minutes=exactly(29)).time_cost(1) == 0


@pytest.mark.parametrize("figures", [(-1, 0, 0), (2, 1, 3), (1, 3, 2)])
def test_figures_out_of_order_or_negative_are_refused(figures: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="not in order"):
        Estimate(*figures)
    with pytest.raises(ValueError, match="no figure"):
        Estimate.of([])


# Printed totals in đồng: Hà Nội 2.306 to 654 billion, the Ministry of Construction 393,4 to 201, Hà Nội 671 to 263.
@pytest.mark.parametrize(
    ("before", "after", "share"), [(2_306, 654, 71.64), (393.4, 201, 48.9), (671, 263, 60.8)]
)
def test_the_printed_shares_are_those_of_the_totals(before: float, after: float, share: float) -> None:
    def costing(billions: float) -> Sheet:
        fee = Line(Activity.PAY, "", fees=exactly(round(billions * 10**6)))
        return Sheet((fee,), wage=48_248, times=exactly(1), people=exactly(1_000))

    found = change(costing(before), costing(after))
    assert found.reform == -found.saved
    places = len(str(share).split(".")[1])
    assert round(100 * found.saved / found.before, places) == share
