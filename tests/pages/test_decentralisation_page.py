"""The decentralisation page: its answer, every view in both languages, and that every number opens to its items."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.services.installation import Installation
from pages.ui import decentralisation_views, menu

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, dict[str, Any]]]:
    """Every link that a page draws: page, text, parameters."""
    drawn: list[tuple[str, str, dict[str, Any]]] = []
    real = menu.link

    def link(name: str, label: str, **params: Any) -> None:
        drawn.append((name, label, params))
        real(name, label, **params)

    monkeypatch.setattr(menu, "link", link)
    return drawn


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def said(links: list[tuple[str, str, dict[str, Any]]]) -> str:
    return "\n".join(label for _, label, _ in links)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", decentralisation_views.VIEWS)
@pytest.mark.parametrize("day", ["2024-03-21", "2025-07-15"])
def test_every_view_is_drawn(demo: Installation, run: Run, view: str, language: str, day: str) -> None:
    test = run(demo, "decentralisation", view=view, lang=language, as_of=day)
    assert not test.exception
    subheaders = [one.value for one in test.subheader]
    if view != "list":
        assert subheaders
    assert all("decentralisation." not in one for one in subheaders)


def test_the_answer_is_an_equation_whose_numbers_open(
    demo: Installation, run: Run, links: list[tuple[str, str, dict[str, Any]]]
) -> None:
    assert not run(demo, "decentralisation", as_of="2023-06-30").exception
    opens = {label: params for _, label, params in links}
    assert opens["Đã phân cấp **81/699** TTHC (11,6 %)"] == {"progress": "done"}
    assert opens["còn **618** chưa xong"] == {"progress": "open"}
    assert opens["= **568** trong hạn"] == {"progress": "open_in_time"}
    assert opens["+ **50** quá hạn"] == {"deadline": "overdue"}
    assert "Đã công bố đến 30/06/2023 (suy ra): 81/699, khớp" in opens


def test_the_printed_percentage_stands_beside_the_computed_one_and_is_named_truncated(
    demo: Installation, run: Run, links: list[tuple[str, str, dict[str, Any]]]
) -> None:
    run(demo, "decentralisation")
    assert (
        "Đã công bố đến 29/02/2024: 195/699, in 27,8 %, tính 27,897 %: nguồn cắt bỏ chữ số, không làm tròn"
        in said(links)
    )


def test_agencies_are_labelled_and_a_recount_is_marked(
    demo: Installation, run: Run, links: list[tuple[str, str, dict[str, Any]]]
) -> None:
    test = run(demo, "decentralisation")
    assert "**17/21** bộ, cơ quan có ít nhất một TTHC đã phân cấp (không phải đã hoàn thành)" in said(links)
    assert "Đếm lại theo cơ quan hiện nay" not in shown(test)
    links.clear()
    test = run(demo, "decentralisation", agencies_today="true")
    assert "**17/21**" not in said(links)
    assert "Đếm lại theo cơ quan hiện nay" in shown(test)


def test_a_filter_in_the_address_means_the_list(demo: Installation, run: Run) -> None:
    test = run(demo, "decentralisation", deadline="overdue")
    assert not test.exception
    assert "**58 thủ tục**" in shown(test)
    assert test.selectbox(key="deadline").value == "overdue"
    flow = run(demo, "decentralisation")
    assert "thủ tục**" not in shown(flow)


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ({"to_level": "communal"}, 59),
        ({"given_to": "district"}, 48),
        ({"overtaken": "all"}, 48),
        ({"overtaken": "rule", "to_level": "provincial"}, 3),
        ({"form": "uy_quyen", "progress": "done"}, 13),
        ({"only": "unnamed", "progress": "open"}, 0),
    ],
)
def test_the_list_is_narrowed_by_the_way_of_the_decision(
    demo: Installation, run: Run, params: dict[str, str], count: int
) -> None:
    test = run(demo, "decentralisation", as_of="2025-07-15", **params)
    assert not test.exception
    assert f"**{count} thủ tục**" in shown(test)


def test_an_overtaken_assignment_keeps_to_whom_it_was_given(demo: Installation, run: Run) -> None:
    test = run(demo, "decentralisation", as_of="2025-07-15", overtaken="all", to_level="communal")
    cells = test.dataframe[0].value["transfer"].to_list()
    assert set(cells) == {"Bộ → xã · giao cho huyện"}
    before = run(demo, "decentralisation", as_of="2025-06-30", to_level="district")
    given = set(before.dataframe[0].value["transfer"].to_list())
    assert {one.partition(" (")[0] for one in given} == {"Bộ → huyện"}
    assert "Bộ → huyện (Phòng Văn hóa và Thông tin)" in given


def test_overtaken_assignments_are_told_from_the_day_on(
    demo: Installation, run: Run, links: list[tuple[str, str, dict[str, Any]]]
) -> None:
    run(demo, "decentralisation", as_of="2025-06-30")
    assert "nay không còn" not in said(links)
    test = run(demo, "decentralisation", as_of="2025-07-01")
    opens = {label: params for _, label, params in links}
    assert opens["48 TTHC được giao cho cấp, cơ quan nay không còn"] == {"overtaken": "all"}
    assert opens["45 nay thuộc xã (theo quy tắc chuyển tiếp)"]["to_level"] == "communal"
    assert "Từ 01/07/2025 không còn cấp huyện" in shown(test)


def test_agencies_without_any_are_named(
    demo: Installation, run: Run, links: list[tuple[str, str, dict[str, Any]]]
) -> None:
    test = run(demo, "decentralisation", view="agency")
    assert "4 cơ quan chưa có TTHC nào được phân cấp:" in shown(test)
    assert "Bộ Quốc phòng \\(4\\)" in said(links) or "Bộ Quốc phòng (4)" in said(links)
    table = test.dataframe[0].value
    assert (table["base"].sum(), table["done"].sum(), table["remaining"].sum()) == (699, 195, 504)


def test_another_view_leaves_the_filters_behind(demo: Installation, run: Run) -> None:
    test = run(demo, "decentralisation", deadline="overdue", agency="bo-y-te", as_of="2024-03-21")
    test.segmented_control(key="decentralisation-view").set_value("document").run()
    assert not test.exception
    assert {name: test.query_params.get(name) for name in ("view", "deadline", "agency")} == {
        "view": "document",
        "deadline": None,
        "agency": None,
    }
    assert "**504** TTHC chưa xong đang chờ **118** văn bản" in shown(test)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("view", decentralisation_views.VIEWS)
def test_an_empty_installation_says_so(empty: Installation, run: Run, view: str, language: str) -> None:
    test = run(empty, "decentralisation", view=view, lang=language)
    assert not test.exception
    text = "chưa có TTHC nào được giao phân cấp" if language == "vi" else "has no procedure assigned"
    assert text in shown(test)


STRAYS = {
    "form": "phan_dinh",
    "from_level": "communal",
    "to_level": "ministry",
    "overtaken": "open",
    "agency": "garbage",
    "progress": "garbage",
    "deadline": "garbage",
    "resolution": "garbage",
    "measure": "garbage",
    "promise": "garbage",
    "field": "garbage",
}


@pytest.mark.parametrize("name", STRAYS)
def test_a_filter_that_finds_nothing_stays_to_be_seen_and_cleared(
    demo: Installation, run: Run, name: str
) -> None:
    test = run(demo, "decentralisation", **{name: STRAYS[name]})
    assert "**0 thủ tục**" in shown(test) and not test.exception
    (box,) = [one for one in test.selectbox if one.key == name]
    assert box.value == STRAYS[name]
    if STRAYS[name] == "phan_dinh":
        assert "phân định" in box.options
    if STRAYS[name] == "garbage":
        assert "garbage" in box.options
    box.set_value(None).run()
    assert name not in test.query_params
    assert "**699 thủ tục**" in shown(test) and not test.exception
