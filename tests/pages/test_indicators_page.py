"""The indicators page: the sentence, who has no value, links that mean the same, and an upload on the imports page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import scores
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.services.installation import Installation
from pipelines.run import run_snapshot
from pipelines.snapshot import snapshot_of

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def _texts(test: AppTest) -> str:
    """What a page says, without the signs that keep Markdown from reading the data."""
    kinds = ("title", "subheader", "markdown", "caption", "info")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind)).replace("\\", "")


def test_the_first_sentence_says_where_we_stand(demo: Installation, run: Run) -> None:
    test = run(demo, "indicators")
    assert not test.exception
    text = _texts(test)
    assert "Tháng 02/2024: trung bình các tỉnh, thành phố đạt" in text
    assert "so với tháng 01/2024" in text
    assert "Có giá trị: 59/63 tỉnh" in text
    assert "không áp dụng: 1" in text
    assert "chưa có số liệu: 2" in text
    assert "giả định" in text


def test_a_change_of_a_percentage_is_in_points(demo: Installation, run: Run) -> None:
    test = run(demo, "indicators", indicator="sipas", as_of="2025-12-31")
    text = _texts(test)
    assert "83,94 %" in text
    assert "+1,28 điểm phần trăm so với năm 2023" in text
    assert "1,28 %" not in text


@pytest.mark.parametrize(
    ("agency", "said"),
    [
        ("ubnd-ha-noi", "Hà Nội đạt"),
        ("ubnd-bac-kan", "không xếp hạng"),
        ("ubnd-hue", "không áp dụng cho Thừa Thiên Huế"),
        ("ubnd-kon-tum", "chưa có số liệu của Kon Tum"),
    ],
)
def test_one_agency_says_its_state(demo: Installation, run: Run, agency: str, said: str) -> None:
    test = run(demo, "indicators", agency=agency)
    assert not test.exception
    assert said in _texts(test)


def test_what_is_announced_later_is_offered(demo: Installation, run: Run) -> None:
    test = run(demo, "indicators", indicator="par-index")
    assert "Năm 2023 có số liệu từ ngày 17/04/2024" in _texts(test)
    next(button for button in test.button if button.key == "indicator-later").click()
    test.run()
    assert "Năm 2023: trung bình các tỉnh, thành phố đạt 86,98 %" in _texts(test)


def test_nothing_known_is_said_and_is_not_zero(demo: Installation, run: Run) -> None:
    test = run(demo, "indicators", indicator="papi")
    assert "Chưa có không phải là 0." in _texts(test)
    assert not run(demo, "indicators", group="communes").exception


def test_a_rank_without_a_value_is_shown_as_such(demo: Installation, run: Run) -> None:
    test = run(demo, "indicators", indicator="pci", agency="ubnd-ha-noi")
    text = _texts(test)
    assert "Hà Nội xếp hạng 9/63" in text
    assert "chỉ có hạng: 1" in text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "params",
    [
        {"by": "agency"},
        {"by": "agency", "agency": "ubnd-ha-noi"},
        {"by": "agency", "agency": "bo-tu-phap", "as_of": "2025-01-01"},
        {"by": "agency", "agency": "bo-y-te"},
        {"indicator": "par-index", "group": "ministries", "as_of": "2025-01-01"},
        {"indicator": "online-full"},
        {"indicator": "nothing", "group": "nobody", "period": "1999", "agency": "x", "extent": "?"},
        {"extent": "all", "period": "2023-06"},
    ],
)
def test_every_view_is_whole_in_both_languages(
    demo: Installation, run: Run, params: dict[str, str], language: str
) -> None:
    test = run(demo, "indicators", lang=language, **params)
    assert not test.exception
    assert "{" not in _texts(test)


def test_an_empty_installation_shows_what_was_published(empty: Installation, run: Run) -> None:
    test = run(empty, "indicators")
    assert not test.exception
    assert "chưa có số liệu nào" in _texts(test)
    assert "83,94 %" in _texts(run(empty, "indicators", indicator="sipas"))


@pytest.mark.writes
def test_units_are_shown_within_their_province(demo: Installation, run: Run) -> None:
    snapshot = snapshot_of(Path("diem-2025-10.xlsx"), scores.workbook())
    run_snapshot(demo, "service_quality", snapshot, date(2025, 10, 31), accept=True)
    test = run(demo, "indicators", group="departments", as_of="2025-11-01")
    assert not test.exception
    text = _texts(test)
    assert "Có giá trị: 2/2 sở" in text
    assert "sở chỉ xếp với sở" in text


@pytest.mark.writes
def test_a_file_of_scores_is_decided_on_the_imports_page(
    demo: Installation, run: Run, person: Person
) -> None:
    snapshot = snapshot_of(Path("diem-2025-10.xlsx"), scores.workbook())
    staged = run_snapshot(demo, "service_quality", snapshot, by=person(demo, "vpcp"))
    test = run(demo, "imports", "vpcp", batch=str(staged.batch_id))
    assert not test.exception
    assert "Cơ quan chưa có điểm của kỳ này." in _texts(test)
    frame = test.dataframe[0].value
    assert frame.shape[0] == 12
    next(button for button in test.button if button.label == "Chấp nhận").click()
    test.run()
    assert "Điểm của 12 dòng, tính đến 31/10/2025" in _texts(test)
    next(button for button in test.button if button.label == "Ghi điểm").click()
    test.run()
    assert not test.exception
    assert any("đã ghi điểm của 12 dòng" in element.value for element in test.success)
    assert demo.database.whole("indicator_value").filter(source="service_quality").height == 8 * 7 + 4
