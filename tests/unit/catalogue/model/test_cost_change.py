"""A cost sheet carried over what changed between two versions: lines go with what is no longer asked, the rest stays open."""

from dataclasses import replace

import pytest

from catalogue.model.change import (
    CaseRenamed,
    Change,
    Citation,
    DecisionChanged,
    Disclosed,
    FeeChanged,
    ForceChanged,
    LevelsChanged,
    ListChanged,
    PaperAdded,
    PaperChanged,
    PaperDropped,
    Rewritten,
    SetsChanged,
    TextChanged,
    TimeChanged,
    WayAdded,
    WayDropped,
    Withheld,
)
from catalogue.model.cost import Activity, Estimate, Line, Sheet
from catalogue.model.cost_change import carried
from catalogue.model.version import Case, Channel, Details, Duration, Fee, Paper

FORM = Line(Activity.PREPARE, "Đơn đề nghị", minutes=Estimate(60, 60, 60))
COPY = Line(Activity.PREPARE, "Bản sao giấy khai sinh", hired=Estimate(5, 5, 5))
FEE = Line(Activity.PAY, "Lệ phí", fees=Estimate(135_000, 135_000, 135_000))
OTHER_FEE = Line(Activity.PAY, "Phí thẩm định", fees=Estimate(50_000, 50_000, 50_000))
SHEET = Sheet((FORM, COPY, FEE, OTHER_FEE), 48_248, Estimate(1, 1, 1), Estimate(10, 10, 10))


def fee(old: tuple[int | None, ...], new: tuple[int | None, ...], *ways: str) -> FeeChanged:
    return FeeChanged(ways, tuple(map(Fee, old)), tuple(map(Fee, new)))


def test_nothing_changed_costs_the_same() -> None:
    assert carried(SHEET, ()).sheet == SHEET


def test_a_paper_that_is_not_asked_any_more_takes_its_line_along_in_any_spelling() -> None:
    found = carried(SHEET, [PaperDropped("bản sao  Giấy khai sinh")])
    assert (found.sheet.lines, found.gone, found.open) == ((FORM, FEE, OTHER_FEE), (COPY,), ())


def test_a_paper_that_one_case_still_asks_for_stays_and_is_open() -> None:
    dropped = PaperDropped(COPY.label, "Lần đầu")
    found = carried(SHEET, [dropped], Details(dossier=(Case("Cấp lại", (Paper(COPY.label),)),)))
    assert (found.sheet, found.open) == (SHEET, (dropped,))  # for how many it went nobody said


def test_a_paper_of_another_name_keeps_its_cost_under_the_new_name() -> None:
    found = carried(SHEET, [PaperChanged(Paper("Đơn đề nghị"), Paper("ĐƠN đề nghị"))])
    assert found.sheet.lines[0] == Line(Activity.PREPARE, "ĐƠN đề nghị", minutes=FORM.minutes)
    assert found.is_known


def test_a_fee_changes_its_own_line_only() -> None:
    found = carried(SHEET, [fee((135_000,), (100_000,))])
    assert [line.fees.chosen for line in found.sheet.lines] == [0, 0, 100_000, 50_000]
    assert found.is_known


def test_two_fees_change_side_by_side_or_become_one() -> None:
    found = carried(SHEET, [fee((135_000, 50_000), (100_000, 40_000))])
    assert [line.fees.chosen for line in found.sheet.lines] == [0, 0, 100_000, 40_000]
    found = carried(SHEET, [fee((135_000, 50_000), (0,))])
    assert (found.sheet.lines, found.gone) == ((FORM, COPY), (FEE, OTHER_FEE))


def test_a_fee_that_is_not_charged_any_more_takes_its_line_along() -> None:
    found = carried(SHEET, [fee((135_000,), (0,))])
    assert (found.sheet.lines, found.gone) == ((FORM, COPY, OTHER_FEE), (FEE,))


@pytest.mark.parametrize(
    "change",
    [
        fee((99_000,), (10_000,)),  # no line of this fee
        fee((None,), (10_000,)),  # a fee in words
        fee((135_000, 50_000), (10_000, 5_000, 1_000)),
        fee((135_000, 50_000), (135_000,)),  # which of them went is not said
        fee((0,), (135_000,)),  # what was free is charged
        FeeChanged((), (Fee(135_000),), None),  # what is not said any more may have changed
        Withheld("dossier"),
        Withheld("steps"),
        ListChanged("addressees", ("Cá nhân", "Doanh nghiệp"), ("Cá nhân",)),
        PaperAdded(Paper("Phiếu lý lịch tư pháp")),
        PaperDropped("Giấy khám sức khỏe"),  # no line of it: nobody said what it costs
        PaperChanged(Paper("Đơn đề nghị", "Mẫu 1"), Paper("Đơn đề nghị", "Mẫu 1a")),
        SetsChanged(2, 1),
        WayAdded(Channel("Trực tuyến")),
        WayDropped("Trực tiếp"),
        LevelsChanged(("provincial",), ("communal",)),
        ListChanged("steps", ("Nộp",), ("Nộp", "Kiểm tra")),
        TextChanged("requirements", "Có bằng", "Có chứng chỉ"),
        Rewritten("dossier", (Case(None, (Paper("A"),)),), (Case(None, (Paper("B"),)),)),
        ForceChanged(in_force=True),
    ],
)
def test_what_the_sheet_cannot_tell_stays_open(change: Change) -> None:
    found = carried(SHEET, [change])
    assert (found.sheet, found.open, found.is_known) == (SHEET, (change,), False)


@pytest.mark.parametrize(
    "change",
    [
        TimeChanged(("Trực tiếp",), (Duration(),), (Duration(text="3 ngày"),)),  # waiting costs nothing
        TextChanged("name", "Cấp giấy", "Cấp thẻ"),
        ListChanged("competent", ("Bộ Y tế",), ("Sở Y tế",)),
        DecisionChanged(Citation("1"), Citation("2")),
        Disclosed("dossier"),
        CaseRenamed(None, "Lần đầu"),
        FeeChanged((), None, (Fee(10),)),  # disclosed: nothing is said to have changed
        Rewritten("channels", (1, 2), (2, 1)),
        Withheld("keywords"),
        ListChanged("addressees", ("Cá nhân", "Doanh nghiệp"), ("Doanh nghiệp", "Cá nhân")),
        fee((0,), (0,)),  # free in other words
        fee((135_000, 50_000), (135_000, 50_000)),
    ],
)
def test_what_costs_nobody_anything_changes_nothing(change: Change) -> None:
    found = carried(SHEET, [change])
    assert (found.sheet, found.open) == (SHEET, ())


def test_a_fee_that_is_still_charged_on_another_way_of_filing_stays_and_is_open() -> None:
    """The usual discount for filing online: who pays which is not said."""
    change = fee((135_000,), (0,), "Trực tuyến")
    now = Details(
        channels=(Channel("Trực tiếp", fees=(Fee(135_000),)), Channel("Trực tuyến", fees=(Fee(0),)))
    )
    found = carried(SHEET, [change], now)
    assert (found.sheet, found.open) == (SHEET, (change,))


def test_a_fee_takes_no_other_work_along() -> None:
    fare = Line(Activity.SUBMIT, "Đi lại", minutes=Estimate(120, 120, 120), fees=FEE.fees)
    notary = Line(Activity.PAY, "Lệ phí và chuyển khoản", hired=Estimate(7, 7, 7), fees=OTHER_FEE.fees)
    sheet = Sheet((fare, FEE, notary), 48_248, Estimate(1, 1, 1), Estimate(10, 10, 10))
    found = carried(sheet, [fee((135_000, 50_000), (0, 0))])
    assert found.sheet.lines == (fare, replace(notary, fees=Estimate(0, 0, 0)))
    assert found.gone == (FEE,)


def test_an_abolished_procedure_has_no_work_left_whatever_else_changed() -> None:
    found = carried(SHEET, [ForceChanged(in_force=False), PaperAdded(Paper("B"))])
    assert (found.sheet.lines, found.gone, found.open) == ((), SHEET.lines, ())
    assert found.sheet.cases() == SHEET.cases()


def test_two_changes_that_disagree_about_one_fee_stay_open() -> None:
    second = fee((135_000,), (90_000,), "Trực tuyến")
    found = carried(SHEET, [fee((135_000,), (100_000,), "Trực tiếp"), second])
    assert found.open == (second,)
