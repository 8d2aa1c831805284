"""The pages of cost: what cuts saved and of how many, which procedures cost most, a sheet, its editor, before and after."""

from collections.abc import Callable

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from catalogue.correspondence import cost_book
from catalogue.i18n import Translator
from catalogue.i18n.money import money
from catalogue.services import cost_portfolio, cost_savings, cost_sheets, figures
from catalogue.services.cost_savings import State
from catalogue.services.installation import Installation
from tests import cost_files

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
T = Translator("vi")


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    texts = [element.value for kind in kinds for element in getattr(test, kind)]
    return "\n".join([*texts, *(link.proto.label for link in test.get("page_link"))])


def item_of(demo: Installation, state: State, *, agency: str | None = None) -> dict[str, object]:
    frame = cost_savings.find(demo, demo.moment(), figures.SIMPLIFICATION)
    own = frame.filter(pl.col("state") == state)
    if agency is not None:
        own = own.filter(pl.col("agency_code") == agency)
    return own.row(0, named=True)


def test_the_saving_never_stands_without_its_causes_and_its_coverage(demo: Installation, run: Run) -> None:
    total = cost_savings.total(cost_savings.find(demo, demo.moment(), figures.SIMPLIFICATION))
    assert total.procedures
    text = shown(run(demo, "costs", programme=figures.SIMPLIFICATION))
    assert f"Tiết kiệm {money(T, total.change.saved)} một năm" in text
    for amount in (total.change.reform, total.change.wage, total.change.volume):
        assert money(T, amount) in text
    assert f"Mới tính được {total.costed}/{total.done} phương án đã thực thi xong" in text


def test_every_count_opens_the_items_behind_it(demo: Installation, run: Run) -> None:
    frame = cost_savings.find(demo, demo.moment(), figures.SIMPLIFICATION)
    counts = dict(frame["state"].value_counts().iter_rows())
    test = run(demo, "costs", programme=figures.SIMPLIFICATION)
    for state, count in counts.items():
        assert f"{T(f'cost.state_{state}')}: {T.number(count)}" in shown(test)
    test = run(demo, "costs", programme=figures.SIMPLIFICATION, state=State.OPEN.value)
    titles = [link.proto.label for link in test.get("page_link") if link.proto.page == "cost_change"]
    assert len(titles) == min(25, counts[State.OPEN])


def test_the_portfolio_says_of_how_many_procedures_the_cost_is_known(demo: Installation, run: Run) -> None:
    frame = cost_portfolio.find(demo, demo.moment())
    known = frame.drop_nulls("year_vnd")
    text = shown(run(demo, "costs", view="procedures"))
    assert f"{known.height}/{T.number(frame.height)} thủ tục đang thực hiện đã biết chi phí" in text
    assert money(T, int(known["year_vnd"].sum())) in text


def test_a_sheet_tells_a_case_a_year_and_where_each_figure_comes_from(demo: Installation, run: Run) -> None:
    row = cost_portfolio.find(demo, demo.moment()).filter(pl.col("standing") == "own").row(0, named=True)
    test = run(demo, "cost", code=row["procedure_code"])
    text = shown(test)
    assert f"Một lần thực hiện tốn {money(T, row['case_vnd'])}; cả năm {money(T, row['year_vnd'])}" in text
    sources = test.dataframe[1].value
    sheet = cost_sheets.get(demo, row["sheet_id"])
    figures_ = [one for line in sheet.draft.lines for some in line.figures.values() for one in some]
    figures_ += [one for some in sheet.draft.whole.values() for one in some]
    assert len(sources) == len(figures_)
    assert set(sources["source"]) == {one.source for one in figures_}


def test_a_procedure_without_a_sheet_says_so_and_links_lead_there_and_back(
    demo: Installation, run: Run
) -> None:
    code = cost_portfolio.find(demo, demo.moment()).filter(pl.col("standing") == "none")["procedure_code"][0]
    assert "Chưa có bảng tính chi phí của thủ tục này" in shown(run(demo, "cost", code=code))
    assert "Chi phí tuân thủ: chưa tính" in shown(run(demo, "procedure", code=code))
    test = run(demo, "cost", code="9.999999")
    assert "9.999999" in shown(test)
    assert "Hãy mở bảng tính từ một thủ tục" in shown(run(demo, "cost"))


def test_only_who_may_write_is_offered_the_editor(demo: Installation, run: Run) -> None:
    row = item_of(demo, State.COSTED, agency="bo-y-te")
    for account, may in (("", False), ("lanhdao", False), ("byt", True), ("vpcp", True)):
        test = run(demo, "cost", account, code=str(row["procedure_code"]))
        offered = {option for group in test.get("button_group") for option in _options(group)}
        assert ("Lập, sửa" in offered) is may, account
    test = run(demo, "cost", code=str(row["procedure_code"]), view="edit")
    assert "Ghi bảng tính" not in {button.label for button in test.button}


def test_an_unfinished_sheet_is_refused_by_row_and_column_and_nothing_is_written(
    demo: Installation, run: Run
) -> None:
    row = cost_portfolio.find(demo, demo.moment()).filter(pl.col("standing") == "none").row(0, named=True)
    revision = demo.database.revision
    test = run(demo, "cost", "vpcp", code=row["procedure_code"], view="edit")
    text = press(test, "save")
    assert "Dòng 1: chưa có số liệu nào" in text
    assert "chưa điền. Thiếu số này thì không tính được chi phí một năm" in text
    assert demo.database.revision == revision


@pytest.mark.writes
def test_a_sheet_is_made_anew_with_a_reason_and_withdrawn_with_one(demo: Installation, run: Run) -> None:
    row = item_of(demo, State.COSTED, agency="bo-y-te")
    code = str(row["procedure_code"])
    sheet = own_sheet(demo, code)
    held = {"version": str(sheet.draft.version_id)}
    test = run(demo, "cost", "byt", code=code, view="edit", **held)
    assert "Chưa có thay đổi nào để ghi" in press(test, "save")
    other = next(one for one in cost_sheets.incomes(demo) if one.year != sheet.income_year)
    box = next(one for one in test.selectbox if one.key and one.key.endswith("-income"))
    box.select(other.year).run()
    assert "Hãy ghi lý do" in press(test, "save")
    next(one for one in test.text_input if one.key and one.key.endswith("-reason")).input(
        "Dùng mức thu nhập mới"
    ).run()
    press(test, "save")
    again = own_sheet(demo, code)
    assert (again.income_year, again.draft) == (other.year, sheet.draft)
    test = run(demo, "cost", "byt", code=code, view="edit", **held)
    field = next(one for one in test.text_input if one.key and one.key.startswith("cost-withdraw"))
    field.input("Lập nhầm cho thủ tục khác").run()
    press(test, "cost-withdraw-do")
    assert cost_sheets.standing(demo, demo.moment(), sheet.draft.version_id) is None
    assert "Lập nhầm cho thủ tục khác" in shown(run(demo, "cost", "byt", code=code, view="history"))


@pytest.mark.writes
def test_a_workbook_is_looked_at_refused_with_its_places_and_written_when_mended(
    demo: Installation, run: Run
) -> None:
    row = cost_portfolio.find(demo, demo.moment()).filter(
        (pl.col("standing") == "own") & (pl.col("agency_code") == "bo-y-te")
    ).row(0, named=True)  # fmt: skip
    code = row["procedure_code"]
    good = cost_book.to_fill_in(demo, demo.moment(), [row["version_id"]])
    changed = cost_files.changed(
        good, cost_files.put(code, 1, "label", "Đơn đề nghị theo mẫu mới của năm 2024")
    )
    bad = cost_files.changed(changed, cost_files.put(code, 1, "minutes", -2))
    test = bring(run(demo, "cost", "byt", code=code, view="excel"), bad)
    assert "Không nhận tệp" in shown(test)
    assert "số âm" in shown(test)
    assert not [button for button in test.button if button.key == "cost-excel-save"]
    test = bring(test, changed)
    assert "Ghi 1 bảng tính" in {button.label for button in test.button}
    test.text_input(key="cost-excel-reason").input("Đổi mẫu đơn từ tháng ba").run()
    press(test, "cost-excel-save")
    found = cost_sheets.standing(demo, demo.moment(), row["version_id"])
    assert found is not None
    assert (found.file_name, found.draft.lines[0].label) == (
        "bieu.xlsx",
        "Đơn đề nghị theo mẫu mới của năm 2024",
    )


def test_before_and_after_of_an_item_with_its_causes_or_what_is_missing(demo: Installation, run: Run) -> None:
    row = item_of(demo, State.COSTED)
    text = shown(run(demo, "cost_change", item=str(row["item_id"])))
    for name in ("reform_vnd", "income_vnd", "volume_vnd"):
        assert money(T, int(str(row[name]))) in text
    assert "Chi phí tuân thủ: " in shown(run(demo, "item", id=str(row["item_id"])))
    for state in (State.OPEN, State.NOT_DONE, State.NOT_SHOWN, State.NO_SHEET):
        other = item_of(demo, state)
        assert T(f"cost.why_{state}") in shown(run(demo, "cost_change", item=str(other["item_id"])))
    assert "Hãy mở trang này từ một phương án" in shown(run(demo, "cost_change"))
    assert not run(demo, "cost_change", item="999").exception


def own_sheet(demo: Installation, code: str) -> cost_sheets.Recorded:
    history = cost_sheets.history(demo, demo.moment(), code).filter(pl.col("stands"))
    return cost_sheets.get(demo, history["sheet_id"][0])


def press(test: AppTest, key: str) -> str:
    next(
        one for one in test.button if one.key and (one.key.endswith(f"-{key}") or one.key.startswith(key))
    ).click().run()
    assert not test.exception
    return shown(test)


def bring(test: AppTest, content: bytes) -> AppTest:
    test.file_uploader[0].set_value(("bieu.xlsx", content, "application/octet-stream"))
    test.button(key="cost-look").click().run()
    assert not test.exception
    return test


def _options(group: object) -> list[str]:
    return [option.content for option in group.proto.options]  # type: ignore[attr-defined]
