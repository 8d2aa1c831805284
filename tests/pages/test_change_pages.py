"""Changes, comparison and levels on screen: the numbers open what is behind them, links carry the choice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.services import changes, procedures
from catalogue.services.changes import LogFilter
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion, write
from tests.installations import Fill

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
SINCE = date(2024, 1, 1)
START, LATER = date(2024, 1, 1), date(2024, 3, 1)
HOSTILE = "<b>Đậm</b> [x](https://evil.example)"


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def words(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def links(test: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.label, link.proto.query_string) for link in test.get("page_link")]


def publish(installation: Installation, day: date, content: dict[str, Any], **more: Any) -> None:
    with installation.database.transaction("test") as transaction:
        write(transaction, installation.reference, [NextVersion("1.000001", day, content, "test", **more)])


BEFORE = {
    "name": "Đăng ký khai sinh",
    "issuing_agency_text": "Bộ Tư pháp",
    "channels": [{"way": "Trực tiếp", "time_value": 10, "time_unit": "ngày làm việc"}],
    "dossier": [{"papers": [{"name": "Tờ khai"}, {"name": "Sổ hộ khẩu"}, {"name": "Ảnh"}]}],
    "steps": ["Bước 1: Nộp hồ sơ.", "Bước 2: Nhận kết quả tại xã."],
}
AFTER = BEFORE | {
    "channels": [{"way": "Trực tiếp", "time_value": 7, "time_unit": "ngày làm việc"}],
    "dossier": [{"papers": [{"name": "Tờ khai"}]}],
    "steps": ["Bước 1: Nộp hồ sơ.", "Bước 2: Nhận kết quả tại nhà."],
}


def twice(empty: Installation) -> None:
    publish(empty, START, BEFORE)
    publish(empty, LATER, AFTER)


@pytest.fixture
def two(filled: Callable[[Fill], Installation]) -> Installation:
    return filled(twice)


def test_the_sentence_stands_above_only_what_differs(two: Installation, run: Run) -> None:
    test = run(two, "compare", code="1.000001")
    assert not test.exception
    assert test.subheader[0].value.startswith("Bớt 2 giấy tờ, giảm 3 ngày làm việc")
    shown = html(test)
    assert "<del>Sổ hộ khẩu</del>" in shown
    assert "<del>xã.</del>" in shown
    assert "<ins>nhà.</ins>" in shown
    assert "Nộp hồ sơ" not in shown
    assert "Cơ quan ban hành" not in shown
    english = run(two, "compare", code="1.000001", lang="en")
    assert english.subheader[0].value.startswith("2 fewer papers, 3 working days less")


def test_versions_and_days_are_chosen_in_the_url(two: Installation, run: Run) -> None:
    first, last = (step.version for step in procedures.versions(two, two.moment(), "1.000001"))
    turned = run(two, "compare", code="1.000001", old=str(last.version_id), new=str(first.version_id))
    assert turned.subheader[0].value.startswith("Bớt 2 giấy tờ")
    days = {"by": "days", "from": "2024-02-01", "to": "2024-03-02"}
    assert "Sổ hộ khẩu" in html(run(two, "compare", code="1.000001", **days))
    same = run(two, "compare", code="1.000001", **days | {"to": "2024-02-20"})
    assert "cùng một phiên bản" in words(same)
    early = run(two, "compare", code="1.000001", **days | {"from": "2023-12-31"})
    assert "31/12/2023 thủ tục chưa có trong danh mục" in words(early)
    assert not early.exception


@pytest.mark.parametrize(("code", "said"), [("", "Chưa chọn thủ tục"), ("9.999999", "9.999999")])
def test_without_a_procedure_the_comparison_says_so(
    two: Installation, run: Run, code: str, said: str
) -> None:
    test = run(two, "compare", **({"code": code} if code else {}))
    assert not test.exception
    assert said in words(test) + "".join(error.value for error in test.error)


def test_one_version_has_nothing_to_compare(empty: Installation, run: Run) -> None:
    publish(empty, START, BEFORE)
    test = run(empty, "compare", code="1.000001")
    assert not test.exception
    assert "chỉ có một phiên bản, áp dụng từ 01/01/2024" in words(test)


def test_a_hostile_text_is_text_in_the_comparison_and_the_log(empty: Installation, run: Run) -> None:
    publish(empty, START, BEFORE)
    publish(
        empty, LATER, BEFORE | {"name": HOSTILE, "steps": ["<script>alert(1)</script>"], "address": HOSTILE}
    )
    for test in (
        run(empty, "compare", code="1.000001"),
        run(empty, "changes", since="2024-01-15", as_of="2024-12-31"),
    ):
        assert not test.exception
        assert "<script>" not in html(test)
        assert "<b>Đậm" not in html(test)
        assert "](https" not in words(test).replace("\\](https", "")


def test_the_record_links_each_version_to_its_comparison(two: Installation, run: Run) -> None:
    test = run(two, "procedure", code="1.000001")
    first, last = (step.version for step in procedures.versions(two, two.moment(), "1.000001"))
    asked = f"code=1.000001&old={first.version_id}&new={last.version_id}"
    assert ("So sánh với phiên bản trước", asked) in links(test)


def test_the_record_says_how_complete_it_is_and_shows_the_sources_words(
    empty: Installation, run: Run
) -> None:
    raw = {"Trình Tự Thực Hiện": "Bước 1 <i>", "Mã thủ tục": "1.000001"}
    publish(empty, START, BEFORE | {"legal_bases": [{"text": "Luật Hộ tịch", "number": "60/2014/QH13", "issued_on": "2014-11-20"}],
                                    "address": "Số 1 Lê Lợi", "keywords": ["khai sinh"], "levels": ["district"]}, raw=raw)  # fmt: skip
    test = run(empty, "procedure", code="1.000001")
    assert not test.exception
    labels = [expander.label for expander in test.expander]
    assert any(
        "5/8 bộ phận bắt buộc; thiếu: đối tượng, cơ quan thực hiện, kết quả" in label for label in labels
    )
    assert any("1 điểm cần xem lại" in label for label in labels)
    assert labels.count("Nguyên văn của nguồn") == 1
    shown = html(test)
    assert "60/2014/QH13 (20/11/2014) · Luật Hộ tịch" in shown
    assert "Số 1 Lê Lợi" in shown
    assert "Bước 1 &lt;i&gt;" in shown
    assert "Còn cấp huyện sau 01/7/2025" in shown


def test_the_log_closes_and_each_kind_opens_what_it_counts(demo: Installation, run: Run) -> None:
    test = run(demo, "changes")
    assert not test.exception
    assert test.subheader[0].value == "6.282 → 6.317 thủ tục còn hiệu lực (+35)"
    assert "6.282 + 60 mới + 0 có hiệu lực trở lại − 25 bãi bỏ = 6.317" in words(test)
    log = changes.log(demo, demo.moment(), SINCE)
    for kind in ("new", "abolished", "renamed"):
        narrowed = run(demo, "changes", kind=kind)
        assert f"**{log.by_kind[kind]} lần thay đổi**" in words(narrowed)
    english = run(demo, "changes", lang="en", kind="renamed", agency="bo-tai-chinh")
    assert not english.exception
    count = changes.log(demo, demo.moment(), SINCE, LogFilter(kind="renamed", agency="bo-tai-chinh")).total
    assert f"**{count} changes**" in words(english)


def test_the_log_net_pages_and_empty_states(demo: Installation, run: Run) -> None:
    assert "thủ tục có thay đổi" in words(run(demo, "changes", by="net"))
    second = run(demo, "changes", page="2")
    assert not second.exception
    first = changes.log(demo, demo.moment(), SINCE, page=2).entries[0]
    assert any(first.procedure_code in query for _, query in links(second))
    assert "Không có thay đổi nào khớp bộ lọc" in words(run(demo, "changes", text="không có chữ này"))
    late = run(demo, "changes", since="2024-12-31")
    assert not late.exception
    assert "không sớm hơn ngày đang xem" in words(late)


def test_a_filter_typed_on_the_page_narrows_the_log(demo: Installation, run: Run) -> None:
    test = run(demo, "changes")
    code = changes.log(demo, demo.moment(), SINCE).entries[0].procedure_code
    test.text_input(key="text").set_value(code).run()
    assert not test.exception
    expected = changes.log(demo, demo.moment(), SINCE, LogFilter(text=code)).total
    assert f"**{expected} lần thay đổi**" in words(test)


def test_levels_print_the_overlap_and_open_their_sets(demo: Installation, run: Run) -> None:
    test = run(demo, "levels", by="group")
    assert not test.exception
    assert test.subheader[0].value == "6.891 lượt, 574 lượt trùng: 6.317 thủ tục"
    assert "3.835 + 1.328 + 1.728 = 6.891 lượt" in words(test)
    opened = run(demo, "levels", by="group", set="central-local")
    assert "**230 thủ tục**" in words(opened)
    assert "Chỉ ở: Trung ương, Địa phương" in words(opened)
    assert "**830 thủ tục**" in words(run(demo, "levels", size="2"))
    nonsense = run(demo, "levels", set="moon", by="x")
    assert not nonsense.exception
    assert nonsense.title[0].value == "Thủ tục theo cấp thực hiện"


def test_levels_of_an_empty_or_unknown_catalogue(empty: Installation, run: Run) -> None:
    with empty.database.transaction("test"):
        pass
    assert "Chưa có thủ tục nào còn hiệu lực" in words(run(empty, "levels"))
    publish(empty, START, {"name": "Đăng ký khai sinh"})
    test = run(empty, "levels")
    assert not test.exception
    assert "1 thủ tục chưa rõ" in words(test)
