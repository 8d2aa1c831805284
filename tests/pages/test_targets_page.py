"""The targets on screen: a list that says what follows, one of them with its pace line by line, and the base changes."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.target import Status
from catalogue.services import commitments, figures, items
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
P = figures.SIMPLIFICATION
t = Translator("vi")


def said(test: AppTest) -> str:
    """Everything that a page says, its HTML without tags."""
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    words = [element.value for kind in kinds for element in getattr(test, kind)]
    html = [re.sub(r"<[^>]+>", " ", element.proto.body) for element in test.get("html")]
    labels = [element.proto.label for element in test.get("page_link")] + [one.label for one in test.button]
    return re.sub(r"\s+", " ", " \n ".join([*words, *html, *labels]))


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def test_the_list_answers_first_and_shows_both_sides_of_one_target(demo: Installation, run: Run) -> None:
    test = run(demo, "targets")
    assert not test.exception
    text = said(test)
    assert "Chỉ tiêu nào đã đạt, chỉ tiêu nào chậm?" in text
    assert "**1** đạt" in text
    assert "**1** không đạt khi hết hạn" in text
    assert "Bộ, ngành chưa có mốc gốc 45,22 %" in text
    assert "Địa phương chưa có mốc gốc 26,86 %" in text
    assert "60,6 % 658/1.086" in text
    assert "Hạn: 31/12/2025 (suy ra)" in text
    assert "Chưa có hạn" in text
    assert "Ban hành ngày 26/03/2025, sau ngày đang xem" in text


def test_every_status_has_its_meaning_in_view(demo: Installation, run: Run) -> None:
    for language in ("vi", "en"):
        text = said(run(demo, "targets", lang=language))
        for status in Status:
            assert Translator(language)(f"target.means_{status}") in text


def test_a_bar_has_its_mark_where_the_target_is_and_says_itself(demo: Installation, run: Run) -> None:
    body = html(run(demo, "targets", status="reached"))
    assert 'aria-label="Thanh từ 0 đến 100 %: giá trị 45,22 %, vạch chỉ tiêu ít nhất 30 %."' in body
    assert '<i style="width:45.22%"></i>' in body
    assert '<b style="left:30.00%"></b>' in body


def test_the_list_is_narrowed_by_the_address(demo: Installation, run: Run) -> None:
    text = said(run(demo, "targets", status="missed"))
    assert "26,86 %" in text
    assert "45,22 %" not in text
    assert "658/1.086" not in text


def test_the_pace_is_shown_line_by_line(demo: Installation, run: Run) -> None:
    text = said(run(demo, "targets", target="simplification.complete", as_of="2024-02-29"))
    for line in (
        "Đã xong ngày 31/10/2023 437/1.086",
        "Đã xong ngày 29/02/2024 658/1.086",
        "Thêm được 658 − 437 +221",
        "Số tháng 31/10/2023 → 29/02/2024 4",
        "Nhịp 221 ÷ 4 55,3 mỗi tháng",
        "Còn lại 1.086 − 658 428",
        "Thời gian với nhịp này 428 ÷ 55,3 7,7 tháng",
        "Nhịp cần để kịp hạn chưa có hạn nên không tính",
    ):
        assert line in text, line
    assert t("target.means_no_deadline") in text
    assert "mẫu số 1.094 → 1.086 (13/2023/QĐ-TTg)" in text
    assert "trên mẫu số trước là 658/1.094 = 60,1 %" in text


def test_the_window_is_in_the_address_and_a_moved_base_is_told(demo: Installation, run: Run) -> None:
    chosen = {"target": "simplification.complete", "as_of": "2024-02-29"}
    three = run(demo, "targets", **chosen, window="3")
    assert "Nhịp 158 ÷ 3 52,7 mỗi tháng" in said(three)
    year = run(demo, "targets", **chosen, window="12")
    assert "mẫu số đã thay đổi sau ngày 28/02/2023 (1.094 → 1.086)" in said(year)
    year.segmented_control(key="window").set_value("6").run()
    assert "Nhịp 332 ÷ 6 55,3 mỗi tháng" in said(year)
    assert year.query_params["window"] == "6"
    assert not run(demo, "targets", **chosen, window="weekly").exception


@pytest.mark.parametrize("view", ["count", "percent"])
@pytest.mark.parametrize("day", ["2021-09-01", "2022-03-15", "2023-10-31", "2024-03-21", "2030-06-30"])
def test_a_target_runs_on_any_day_in_either_view(demo: Installation, run: Run, view: str, day: str) -> None:
    for target in ("simplification.complete", "decentralisation.complete", "directive.complete"):
        test = run(demo, "targets", target=target, view=view, as_of=day, lang="en")
        assert not test.exception, (target, test.exception)
        assert not re.search(r"{\w+}", said(test))


def test_every_target_opens_in_both_languages(demo: Installation, run: Run) -> None:
    for target in demo.reference.targets:
        for language, label in (("vi", target.label_vi), ("en", target.label_en)):
            test = run(demo, "targets", target=target.id, lang=language, as_of="2026-01-15")
            assert not test.exception, target.id
            assert test.title[0].value == label


def test_published_values_have_their_history_and_no_pace(demo: Installation, run: Run) -> None:
    test = run(demo, "targets", target="nq66.conditions", as_of="2026-01-15")
    text = said(test)
    assert t("target.pace_none_published") in text
    assert "849/6.974" in text
    assert t("target.value_base_inferred") in text
    assert t("target.doubt_other_measure") in text
    assert [len(table.value) for table in test.dataframe] == [1, 4]


def test_an_unknown_target_says_so(demo: Installation, run: Run) -> None:
    test = run(demo, "targets", target="<b>không có</b>")
    assert not test.exception
    assert t("target.unknown") in said(test)


def test_an_empty_installation_shows_the_targets_without_values(empty: Installation, run: Run) -> None:
    test = run(empty, "targets")
    assert not test.exception
    text = said(test)
    assert t("target.nothing_tracked") in text
    assert "658" not in text
    assert "<strong>0" not in html(test)
    one = run(empty, "targets", target="simplification.complete")
    assert not one.exception
    assert "Chưa có số liệu để so với chỉ tiêu" in said(one)


@pytest.mark.writes
def test_a_change_without_a_document_says_so_wherever_it_shows(
    demo: Installation, run: Run, person: Person
) -> None:
    item_id = items.find(demo, demo.moment(), P, size=1)["item_id"][0]
    revision = items.get(demo, demo.moment(), item_id).state["lock_revision"]
    commitments.withdraw(
        demo,
        person(demo, "vpcp"),
        item_id,
        revision=revision,
        on=date(2024, 3, 20),
        reason="Trùng *phương án*",
    )
    text = said(run(demo, "targets", target="simplification.complete"))
    assert "20/03/2024: mẫu số 1.086 → 1.085 (chưa có văn bản)" in text
    assert "20/03/2024 · chưa có văn bản" in text
    assert "−1 phương án" in text
    assert "mẫu số đã thay đổi sau ngày 31/10/2023 (1.086 → 1.085)" in text
    assert "20/03/2024 · chưa có văn bản" in said(run(demo, "programme"))


@pytest.mark.writes
def test_changes_of_tasks_are_told_as_tasks(demo: Installation, run: Run, person: Person) -> None:
    found = items.find(demo, demo.moment(), figures.DIRECTIVES, size=1)
    revision = items.get(demo, demo.moment(), found["item_id"][0]).state["lock_revision"]
    commitments.withdraw(
        demo,
        person(demo, "vpcp"),
        found["item_id"][0],
        revision=revision,
        on=date(2024, 3, 20),
        reason="Xong",
    )
    text = said(run(demo, "programme", programme=figures.DIRECTIVES))
    assert "−1 nhiệm vụ" in text
    assert "−1 phương án" not in text
