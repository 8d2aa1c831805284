"""Progress by agency and agencies side by side: every view, its links, its empty state, the past, the agencies of today."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.services import figures
from catalogue.services.installation import Installation
from pages.ui import agency_grid, menu

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Links = list[tuple[str, str, dict[str, Any]]]
VIEWS = ("state", "ranking", "resolutions", "fields", "measures", "trend")
TODAY = {"agencies_today": True}
RECOUNT = "đếm lại theo cơ quan hiện nay"


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> Links:
    """Every link that a page draws: page, text, parameters."""
    drawn: Links = []
    real = menu.link

    def link(name: str, label: str, **params: Any) -> None:
        drawn.append((name, label, params))
        real(name, label, **params)

    monkeypatch.setattr(menu, "link", link)
    return drawn


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind)).replace("\\", "")


def asked(test: AppTest, name: str) -> str | None:
    """What the address says of one parameter."""
    value = test.query_params.get(name)
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(
    ("kind", "language", "day", "held"),
    [
        ("simplification", "vi", "2024-03-21", None),
        ("decentralisation", "en", "2025-03-10", None),
        ("simplification", "en", "2023-10-31", TODAY),
    ],
)
def test_every_view_is_drawn(
    demo: Installation, run: Run, view: str, kind: str, language: str, day: str, held: dict[str, bool] | None
) -> None:
    test = run(demo, "agencies", view=view, programme=kind, lang=language, as_of=day, held=held)
    assert not test.exception
    assert asked(test, "view") == (None if view == "state" else view)
    said = shown(test)
    assert "agencies." not in said.replace("agencies.yml", "")
    assert "{" not in said


@pytest.mark.parametrize("view", VIEWS)
def test_before_anything_is_assigned_every_view_says_so(demo: Installation, run: Run, view: str) -> None:
    test = run(demo, "agencies", view=view, as_of="2020-01-01")
    assert not test.exception
    assert "chưa giao việc cho cơ quan nào" in shown(test)


def test_links_of_other_pages_still_narrow_the_list(demo: Installation, run: Run) -> None:
    complete = run(demo, "agencies", programme="simplification", show="complete")
    assert "**6 cơ quan, trong 19 cơ quan được giao**" in shown(complete)
    started = run(demo, "agencies", programme="decentralisation", show="started")
    assert "**17 cơ quan, trong 21 cơ quan được giao**" in shown(started)


def test_the_ranking_says_first_and_last_with_both_numbers_and_which_rate_it_is(
    demo: Installation, run: Run, links: Links
) -> None:
    test = run(demo, "agencies", view="ranking")
    answer = "cao nhất là 4 cơ quan cùng hạng: 100,0 %; thấp nhất là Bộ Xây dựng: 23,3 % (7/30)"
    assert answer in shown(test)
    assert ("simplification", "Toàn chương trình: 60,6 % (658/1.086)", {"progress": "done"}) in links
    table = test.dataframe[0].value
    assert table["place"].to_list()[:5] == ["=1", "=1", "=1", "=1", "5"]
    assert (table["numerator"].sum(), table["denominator"].sum()) == (658, 1086)
    due = run(demo, "agencies", view="ranking", rate="done_of_due", programme="decentralisation")
    assert "Cách tính chính thức" in shown(due)
    nothing = due.dataframe[0].value.to_dict("records")[-1]
    assert (nothing["percent"], nothing["note"], nothing["place"]) == ("–", "chưa có việc đến hạn", "–")


def test_another_view_drops_what_only_the_first_one_knows(demo: Installation, run: Run) -> None:
    test = run(demo, "agencies", programme="simplification", show="complete", view="trend", rate="published")
    assert asked(test, "show") is None
    assert asked(test, "rate") is None
    back = run(demo, "agencies", view="ranking", rate="published")
    assert asked(back, "rate") == "published"


def test_the_measures_say_by_how_much_they_exceed_the_items(demo: Installation, run: Run) -> None:
    assert "**1.352 lượt trên 1.086 phương án**" in shown(run(demo, "agencies", view="measures"))


def test_each_cell_of_the_list_on_a_phone_opens_its_items(demo: Installation, run: Run, links: Links) -> None:
    run(demo, "agencies", view="resolutions", as_of="2025-03-10")
    opened = {label: params for page, label, params in links if page == "simplification"}
    parts = {
        label: params for label, params in opened.items() if label.startswith(("126/NQ-CP", "132/NQ-CP"))
    }
    assert {params["agency"] for params in parts.values()} >= {"bo-xay-dung", "bo-cong-an"}
    assert all(params["resolution"] for params in parts.values())


def test_one_assigning_document_is_no_table(demo: Installation, run: Run) -> None:
    said = shown(run(demo, "agencies", view="resolutions", programme="decentralisation"))
    assert "Cả chương trình do một văn bản giao: 1015/QĐ-TTg" in said


def test_agencies_of_today_are_marked_in_every_view(demo: Installation, run: Run) -> None:
    for view in VIEWS:
        assert shown(run(demo, "agencies", view=view, held=TODAY)).count(RECOUNT) == 1, view
        assert RECOUNT not in shown(run(demo, "agencies", view=view)), view


def test_the_months_say_where_the_base_moved(demo: Installation, run: Run) -> None:
    said = shown(run(demo, "agencies", view="trend"))
    assert "19 cơ quan: 6 đã xong hết, 0 chưa có việc nào xong." in said
    assert "mẫu số đổi (3 cơ quan: Bộ Xây dựng, Bộ GTVT, Bộ NN&PTNT)" in said


def test_a_heading_is_parted_where_it_is_long() -> None:
    assert agency_grid.parted("118/NQ-CP") == "118/\nNQ-CP"
    assert agency_grid.parted("Giảm thành phần hồ sơ") == "Giảm thành\nphần hồ sơ"
    assert agency_grid.parted("Thuế") == "Thuế"


def test_a_comparison_begins_with_a_choice(demo: Installation, run: Run) -> None:
    test = run(demo, "agency_compare")
    assert not test.exception
    assert "Chọn ít nhất 2 cơ quan" in shown(test)
    test.multiselect(key="agencies").set_value(["bo-y-te", "bo-tu-phap"]).run()
    assert asked(test, "agencies") == "bo-y-te,bo-tu-phap"
    assert "Bộ Tư pháp cao nhất" in shown(test)


def test_a_comparison_says_the_answer_and_every_number_opens(
    demo: Installation, run: Run, links: Links
) -> None:
    test = run(demo, "agency_compare", agencies="bo-y-te,bo-tu-phap,bo-quoc-phong")
    assert not test.exception
    said = shown(test)
    assert (
        "**Đơn giản hóa**: Bộ Tư pháp cao nhất, 71/125 · 56,8 %; Bộ Y tế thấp nhất, 40/105 · 38,1 %;"
        " chênh 18,7 điểm phần trăm. Quá hạn nhiều nhất: Bộ Y tế 18." in said
    )
    assert "Bộ Quốc phòng thấp nhất, 0/4 · 0,0 %" in said
    assert "chưa có việc đến hạn" in said
    opened = [(page, params) for page, label, params in links if "40/105" in label]
    assert opened == [("simplification", {"progress": "done", "agency": "bo-y-te"})]
    counts = {page for page, _, params in links if params.get("agency") == "bo-y-te"}
    assert counts >= {"simplification", "decentralisation", "instruments", "quality"}


def test_a_comparison_of_provinces_keeps_missing_apart(demo: Installation, run: Run, links: Links) -> None:
    test = run(demo, "agency_compare", agencies="ubnd-ha-noi,ubnd-ha-giang")
    assert not test.exception
    assert "chưa có số liệu" in shown(test)
    assert asked(test, "kind") == "province"
    assert ("indicators" in {page for page, _, _ in links}) and "Đơn giản hóa" not in shown(test)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ("bo-y-te,ubnd-ha-noi", "Không so sánh Bộ Y tế với Hà Nội"),
        ("bo-y-te", "Chọn ít nhất 2 cơ quan"),
        ("bo-y-te,bo-y-te", "Hãy chọn từ 2 đến 4 cơ quan"),
        ("bo-y-te,khong-co", "Không có cơ quan mang mã “khong-co”"),
    ],
)
def test_a_comparison_that_makes_no_sense_is_refused_in_words(
    demo: Installation, run: Run, codes: str, said: str
) -> None:
    test = run(demo, "agency_compare", agencies=codes)
    assert not test.exception
    assert said in shown(test)
    assert not test.subheader


def test_another_kind_begins_with_nobody(demo: Installation, run: Run) -> None:
    test = run(demo, "agency_compare", agencies="bo-y-te,bo-tu-phap")
    test.segmented_control(key="kind").set_value("province").run()
    assert not test.exception
    assert test.multiselect(key="agencies").value == []
    assert "Chọn ít nhất 2 cơ quan" in shown(test)


def test_merged_agencies_are_compared_by_the_agencies_of_today(demo: Installation, run: Run) -> None:
    test = run(demo, "agency_compare", agencies="bo-tai-chinh,bo-xay-dung", held=TODAY, lang="vi")
    assert not test.exception
    assert RECOUNT in shown(test)
    by_agency = {
        row["agency_code"]: row
        for row in figures.by_agency(demo, figures.SIMPLIFICATION, demo.moment()).iter_rows(named=True)
    }
    parts = [by_agency[code]["base"] for code in ("bo-tai-chinh", "bo-ke-hoach-va-dau-tu")]
    assert f"/{sum(parts)} · " in shown(test)


def test_an_empty_installation_has_no_agencies_to_rank_or_compare(empty: Installation, run: Run) -> None:
    for view in VIEWS:
        assert not run(empty, "agencies", view=view).exception
    test = run(empty, "agency_compare", agencies="bo-y-te,bo-tu-phap", as_of="2015-01-01")
    assert not test.exception
    assert "chưa có số liệu nào của các cơ quan này" in shown(test)
