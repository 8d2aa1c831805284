"""Leadership's page in every state: both programmes without a click, one alone, none, done, past, by today's agencies."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.services.installation import Installation
from tests import one_programme

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
ASSIGNED = date(2026, 10, 1)


def said(page: AppTest) -> str:
    assert not page.exception, page.exception
    parts = (page.title, page.subheader, page.caption, page.markdown, page.info)
    written = [str(element.value) for group in parts for element in group]
    html = [element.proto.body for element in page.get("html")]
    return "\n".join([*written, *html, *links(page)]).replace("\u00a0", " ")


def links(page: AppTest) -> list[str]:
    return [link.proto.label for link in page.get("page_link")]


def charts(page: AppTest) -> int:
    return len(page.get("vega_lite_chart"))


def test_both_programmes_are_told_without_a_click(demo: Installation, run: Run) -> None:
    page = run(demo, "overview")
    text = said(page)
    for expected in (
        "**658/1.086** TTHC đã đơn giản hóa (60,6 %)",
        "**195/699** TTHC đã phân cấp (27,9 %)",
        "Ai đang chậm – Đơn giản hóa: 8/19 cơ quan có TTHC quá hạn",
        "Ai đang chậm – Phân cấp: 10/21 cơ quan có TTHC quá hạn",
        "đơn giản hóa 60,6 % → 63,5 %",
        "phân cấp 27,9 % → 32,0 %",
        "chỉ tiêu 100 %, chưa có hạn",
        "Thay đổi từ 29/02/2024",
        "“Đã xong” = mọi văn bản thực thi đã có hiệu lực",
    ):
        assert expected in text, expected
    assert charts(page) == 4
    assert not page.get("button_group")[1:]  # the language is the only switch


def test_five_documents_and_at_most_seven_sentences(demo: Installation, run: Run) -> None:
    page = run(demo, "overview")
    assert sum("chỉ chờ:" in label for label in links(page)) == 5
    sentences = [label for label in links(page) if label.startswith(("Đơn giản hóa: ", "Phân cấp: "))]
    assert 1 <= len(sentences) <= 7
    assert "Đơn giản hóa: 43 TTHC có hiệu lực từ trước, nay mới được xác nhận (Bộ LĐ-TB&XH 14, Bộ NN&PTNT 11, 3 cơ quan khác 18)" in sentences  # fmt: skip


def test_paper_says_what_the_controls_say_on_screen(demo: Installation, run: Run) -> None:
    page = run(demo, "overview", held={"agencies_today": True}, as_of="2024-02-29", known_at="2024-02-29")
    paper = next(element.proto.body for element in page.get("html") if "on-paper" in element.proto.body)
    for expected in (
        "tính đến 29/02/2024", "ghi nhận đến 29/02/2024", "Dữ liệu trình diễn", "theo cơ quan hiện nay", "Nguồn: ",
    ):  # fmt: skip
        assert expected in paper, expected
    assert "print-sheet" in said(page)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"as_of": "2023-10-31"}, ["**437/1.086**", "mẫu số đã thay đổi sau ngày 30/04/2023", "Thay đổi từ 30/09/2023"]),
        ({"as_of": "2024-02-29", "known_at": "2024-02-29"}, ["**615/1.086**", "ghi nhận đến 29/02/2024"]),
        ({"lang": "en"}, ["**658/1,086** procedures simplified (60.6%)", "Who is late – Simplification: 8/19", "Print on one A4"]),
    ],
)  # fmt: skip
def test_another_moment_or_language_is_whole(
    demo: Installation, run: Run, asked: dict[str, str], expected: list[str]
) -> None:
    text = said(run(demo, "overview", **asked))
    for words in expected:
        assert words in text, words


def test_agencies_of_today_are_said_to_be_a_recount(demo: Installation, run: Run) -> None:
    page = run(demo, "overview", held={"agencies_today": True}, as_of="2025-03-01")
    text = said(page)
    assert "Ai đang chậm – Phân cấp: 16/16 cơ quan" in text
    assert "đếm lại theo cơ quan hiện nay" in text
    assert "Không có thay đổi nào được ghi nhận từ 28/02/2025." in text


def test_one_programme_alone_fills_the_page(empty: Installation, run: Run) -> None:
    one_programme.assign(empty, ASSIGNED, ["Nghị định A", "Nghị định B", "Nghị định C"])
    page = run(empty, "overview")
    text = said(page)
    assert "**0/3** TTHC đã đơn giản hóa (0,0 %)" in text
    assert "đã phân cấp" not in text and "Phân cấp" not in [h.value for h in page.subheader]
    assert "Ai đang chậm – Đơn giản hóa: không cơ quan nào (0/1)" in text
    assert charts(page) == 2


def test_names_of_any_length_and_with_signs_are_told_as_they_are(empty: Installation, run: Run) -> None:
    one_programme.assign(empty, ASSIGNED, [one_programme.TITLE])
    page = run(empty, "overview")
    link = next(one for one in page.get("page_link") if "chỉ chờ:" in one.proto.label)
    assert len(link.proto.label) < 130 and " … " in link.proto.label
    assert link.proto.label.endswith("giai đoạn 2024 \\- 2030") or link.proto.label.endswith("2024 - 2030")
    assert "\\*Luật An toàn" in link.proto.help  # the whole title, its signs no Markdown


def test_everything_done_says_so(empty: Installation, run: Run) -> None:
    papers = one_programme.assign(empty, ASSIGNED, ["Nghị định A", "Nghị định B"])
    one_programme.issue(empty, papers, empty.working_date - timedelta(days=5))
    text = said(run(empty, "overview"))
    assert "**2/2** TTHC đã đơn giản hóa (100,0 %)" in text
    assert "không cơ quan nào (0/1)" in text
    assert "Không TTHC nào chỉ còn chờ một văn bản chưa ban hành." in text
    assert "Đơn giản hóa: 2 TTHC hoàn thành thực thi (Bộ VH-TT&DL 2)" in text


def test_a_day_before_anything_was_assigned(empty: Installation, run: Run) -> None:
    one_programme.assign(empty, ASSIGNED, ["Nghị định A"])
    page = run(empty, "overview", as_of="2026-09-30")
    assert "Tại ngày 30/09/2026 chưa có phương án nào được giao." in said(page)
    assert charts(page) == 0
