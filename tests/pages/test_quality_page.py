"""Quality on screen: counts that open their records, the rule in a sentence, names side by side, completeness."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import texts
from catalogue.model.completeness import CONDITIONAL, MANDATORY
from catalogue.model.quality import RULES, Problem
from catalogue.services import quality
from catalogue.services.installation import Installation
from catalogue.services.versions import NextVersion, write
from tests.installations import Fill

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
START = date(2024, 1, 1)
OLD = "Bộ xây dựng (Giao thông vận tải cũ)"


def html(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def words(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def links(test: AppTest) -> list[str]:
    return [link.proto.label for link in test.get("page_link")]


def with_flaws(empty: Installation) -> None:
    whole: dict[str, Any] = {
        "issuing_agency_text": "Bộ Tư pháp",
        "steps": ["Nộp hồ sơ"],
        "channels": [{"way": "Trực tiếp", "time_value": 5}],
        "dossier": [{"papers": [{"name": "Tờ khai"}]}],
        "addressees": ["Công dân Việt Nam"],
        "implementing": ["UBND cấp xã"],
        "results": ["Giấy khai sinh"],
    }
    records = {
        "1.000001": whole | {"name": "Hoà giải tại Toà án"},
        "1.000002": whole | {"name": "Hòa giải tại tòa án", "issuing_agency_text": OLD, "results": []},
        "1.000003": {"name": "Cấp thẻ *đậm*", "issuing_agency_text": "Bộ Y tế"},
    }
    flagged = {
        "1.000001": [Problem("time_without_unit", "channels", "5")],
        "1.000002": [
            Problem("agency_ended", "issuing_agency_text", OLD),
            Problem("text_normalised", "name", "[NFD]"),
        ],
        "1.000003": [Problem("free_beside_amount", "channels", "<b>50.000 đồng</b>")],
    }
    with empty.database.transaction("test") as transaction:
        rows = [
            NextVersion(code, START, said, "test", problems=flagged[code]) for code, said in records.items()
        ]
        write(transaction, empty.reference, rows)


@pytest.fixture
def flawed(filled: Callable[[Fill], Installation]) -> Installation:
    return filled(with_flaws)


def test_the_page_counts_by_agency_and_rule(flawed: Installation, run: Run) -> None:
    test = run(flawed, "quality")
    assert not test.exception
    assert test.subheader[0].value == "3 trong 3 bản ghi còn hiệu lực có điểm cần xem lại"
    table = test.dataframe[0].value
    assert table["rule"].to_list() == [
        "Cơ quan không còn tồn tại",
        "Ghi “Miễn phí” kèm số tiền",
        "Thời hạn không có đơn vị",
    ]
    assert table["all"].to_list() == [1, 1, 1]
    assert table["bo-y-te"].to_list() == [0, 1, 0]


def test_a_rule_opens_its_records_with_the_words_and_the_way_to_mend(flawed: Installation, run: Run) -> None:
    test = run(flawed, "quality")
    test.button(key="open-agency_ended").click().run()
    assert not test.exception
    assert "**1 bản ghi**" in words(test)
    assert "Hãy ghi tên cơ quan kế thừa" in words(test)
    assert f"Nguồn ghi: “{OLD}” ở mục cơ quan ban hành" in html(test)
    assert links(test) == ["Hòa giải tại tòa án"]
    linked = run(flawed, "quality", rule="free_beside_amount", agency="bo-y-te", lang="en")
    assert "Records: 1" in words(linked)
    assert "&lt;b&gt;50.000 đồng" in html(linked)
    assert links(linked) == ["Cấp thẻ \\*đậm\\*"]


def test_words_and_filters_that_find_nothing_say_so(flawed: Installation, run: Run) -> None:
    assert links(run(flawed, "quality", text="hoa giai")) == ["Hoà giải tại Toà án", "Hòa giải tại tòa án"]
    test = run(flawed, "quality", text="không có")
    assert not test.exception
    assert "Không có bản ghi nào khớp bộ lọc" in words(test)


def test_what_was_uncertain_in_reading_stands_apart(flawed: Installation, run: Run) -> None:
    test = run(flawed, "quality", view="reading")
    assert test.subheader[0].value == "1 trong 3 bản ghi còn hiệu lực có điểm cần xem lại"
    assert test.dataframe[0].value["rule"].to_list() == ["Ký tự được chuẩn hóa"]


def test_names_equal_but_for_spelling_stand_as_pairs(flawed: Installation, run: Run) -> None:
    test = run(flawed, "quality", view="names")
    assert not test.exception
    assert "**1 tên, 2 mã thủ tục**" in words(test)
    assert links(test) == ["1.000001 · Hoà giải tại Toà án", "1.000002 · Hòa giải tại tòa án"]
    assert "**0 tên, 0 mã thủ tục**" in words(run(flawed, "quality", view="names", names="name_shared"))


def test_completeness_leaves_out_what_is_only_listed_and_drills_down(flawed: Installation, run: Run) -> None:
    test = run(flawed, "quality", view="completeness")
    assert not test.exception
    assert test.subheader[0].value == "1/2 bản ghi đủ 8 bộ phận bắt buộc (50,0 %)"
    assert "Không tính 1 thủ tục mới chỉ có dòng trong danh sách" in words(test)
    assert "7/8 bộ phận bắt buộc; thiếu\\: kết quả" in words(test)
    assert links(test) == ["Hòa giải tại tòa án"]
    assert links(run(flawed, "quality", view="completeness", missing="results")) == ["Hòa giải tại tòa án"]
    again = run(flawed, "quality", view="completeness", again="again", since="2024-06-01", lang="en")
    assert not again.exception
    assert "No record with contents was published again" in words(again)


def test_a_clean_and_an_empty_catalogue(empty: Installation, demo: Installation, run: Run) -> None:
    with empty.database.transaction("test"):
        pass
    assert "Chưa có thủ tục nào trong danh mục" in words(run(empty, "quality"))
    clean = run(demo, "quality", view="completeness")
    assert not clean.exception
    assert "6.296/6.317 bản ghi đủ 8 bộ phận bắt buộc (99,7 %)" in words(clean)
    assert run(demo, "quality", view="names", page="3").exception == []


def test_every_rule_has_a_name_and_a_sentence() -> None:
    root = Path(__file__).resolve().parents[2]
    files = [path for folder in ("pipelines", "catalogue") for path in (root / folder).rglob("*.py")]
    sources = "\n".join(path.read_text(encoding="utf-8") for path in files)
    asked = {*RULES, quality.SHARED, quality.RESPELT, *re.findall(r'Problem\("(\w+)"', sources)}
    assert len(asked) > 30
    for rule in asked:
        assert f"quality.title_{rule}" in texts() or f"rule_title.{rule}" in texts(), rule
        assert f"quality.why_{rule}" in texts(), rule
    assert {f"completeness.part_{part}" for part in (*MANDATORY, *CONDITIONAL)} <= set(texts())
