"""Charts as pictures and tables as workbooks: offered on the page, made when asked for, saying where they come from."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
import streamlit as st
import vl_convert
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from catalogue.correspondence import table_book
from catalogue.i18n import Translator
from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Offered = dict[str, Callable[[], bytes]]
VI = Translator("vi")


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Offered:
    """What a page offers to take away: the name of the file, and what makes it when it is clicked."""
    found: Offered = {}
    button = st.download_button

    def noted(label: str, data: Any, **options: Any) -> bool:
        found[options["file_name"]] = data
        return bool(button(label, data, **options))

    monkeypatch.setattr(st, "download_button", noted)
    return found


def made(offered: Offered, beginning: str, form: str) -> bytes:
    [name] = [name for name in offered if name.startswith(beginning) and name.endswith(f".{form}")]
    return offered[name]()


def said(picture: bytes) -> str:
    return " ".join("".join(one.itertext()) for one in ElementTree.fromstring(picture).iter())


def source(workbook: bytes) -> dict[str, str]:
    return {
        row[0].value: row[1].value for row in load_workbook(BytesIO(workbook))["Nguồn"].iter_rows(min_row=5)
    }


@pytest.mark.parametrize(
    ("page", "params", "forms"),
    [
        ("overview", {}, {"png", "svg"}),
        ("agencies", {}, {"png", "svg", "xlsx"}),
        ("decentralisation", {}, {"png", "svg", "xlsx"}),
        ("decentralisation", {"view": "agency"}, {"png", "svg", "xlsx"}),
        ("decentralisation", {"view": "field"}, {"png", "svg", "xlsx"}),
        ("decentralisation", {"view": "document"}, {"png", "svg", "xlsx"}),
        ("instruments", {}, {"png", "svg", "xlsx"}),
        ("levels", {}, {"png", "svg"}),
        ("quality", {}, {"xlsx"}),
        ("quality", {"view": "completeness"}, {"xlsx"}),
        ("changes", {"since": "2023-01-01"}, {"xlsx"}),
        ("decisions", {"view": "lag"}, {"xlsx"}),
    ],
)
def test_pages_offer_and_make_nothing_before_it_is_asked_for(
    demo: Installation,
    run: Run,
    offered: Offered,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    params: dict[str, str],
    forms: set[str],
) -> None:
    asked = []
    for module, name in ((vl_convert, "vegalite_to_svg"), (vl_convert, "svg_to_png"), (table_book, "write")):
        monkeypatch.setattr(module, name, lambda *_args, name=name, **_more: asked.append(name))
    test = run(demo, page, as_of="2024-02-29", **params)
    assert not test.exception, test.exception
    assert {name.rpartition(".")[2] for name in offered} >= forms
    assert all(name.isascii() and "-2024-02-29." in name for name in offered)
    assert not asked


def test_a_picture_says_where_it_comes_from(demo: Installation, run: Run, offered: Offered) -> None:
    run(demo, "decentralisation", as_of="2024-02-29", known_at="2024-03-05")
    picture = said(made(offered, "phan-cap-qd-1015-qd-ttg-tham-quyen", "svg"))
    assert "Phân cấp (QĐ 1015/QĐ-TTg). Thẩm quyền đi từ cấp nào đến cấp nào" in picture
    assert "tính đến 29/02/2024 · theo dữ liệu ghi nhận đến 05/03/2024" in picture
    assert "Dữ liệu trình diễn" in picture
    assert "Bấm" not in picture, "a picture cannot be clicked"
    assert VI("decentralisation.part_open") in picture
    assert made(offered, "phan-cap-qd-1015-qd-ttg-tham-quyen", "png").startswith(b"\x89PNG")


@pytest.mark.writes
def test_a_picture_says_that_it_is_a_recount(demo: Installation, run: Run, offered: Offered) -> None:
    run(demo, "agencies", agencies_today="true")
    assert "cơ quan hiện nay (đếm lại" in said(made(offered, "don-gian-hoa-cac-co-quan", "svg"))


def test_an_english_page_gives_an_english_picture(demo: Installation, run: Run, offered: Offered) -> None:
    run(demo, "levels", lang="en")
    picture = said(made(offered, "procedures-by-level", "svg"))
    assert "as recorded up to now" in picture
    assert "Demonstration data" in picture


def test_a_table_holds_numbers_where_the_page_writes_texts(
    demo: Installation, run: Run, offered: Offered
) -> None:
    run(demo, "decentralisation")
    workbook = load_workbook(BytesIO(made(offered, "phan-cap-qd-1015-qd-ttg-tham-quyen", "xlsx")))
    rows = list(workbook["Bảng"].iter_rows(min_row=4, values_only=True))
    share = rows[0].index("Tỷ lệ (%)")
    done, items = rows[0].index("Đã xong"), rows[0].index("Được giao")
    assert sum(row[done] for row in rows[1:]) == 195
    assert sum(row[items] for row in rows[1:]) == 699
    assert all(row[share] == pytest.approx(100 * row[done] / row[items], abs=0.051) for row in rows[1:])


def test_a_list_drawn_by_pages_is_taken_away_whole_and_without_its_buttons(
    demo: Installation, run: Run, offered: Offered
) -> None:
    run(demo, "instruments")
    sheet = load_workbook(BytesIO(made(offered, "bang-van-ban", "xlsx")))["Bảng"]
    heads = [cell.value for cell in sheet[4]]
    assert sheet.max_row - 4 == 221
    assert VI("instrument.col_open") not in heads
    late = heads.index(VI("instrument.col_late"))
    assert {type(row[late].value) for row in sheet.iter_rows(min_row=5)} == {int, type(None)}


@pytest.mark.writes
def test_a_file_says_by_what_it_was_narrowed_and_by_nothing_else(
    demo: Installation, run: Run, offered: Offered
) -> None:
    test = run(demo, "agencies", programme="decentralisation", show="overdue")
    told = source(made(offered, "phan-cap-cac-co-quan", "xlsx"))
    assert told[f"Bộ lọc: {VI('agencies.show')}"] == VI("agencies.show_overdue")
    assert told[f"Bộ lọc: {VI('overview.programme')}"] == VI("programme.decentralisation")
    test.selectbox(key="show").set_value(None)
    test.run()
    told = source(made(offered, "phan-cap-cac-co-quan", "xlsx"))
    assert f"Bộ lọc: {VI('agencies.show')}" not in told


def test_a_closed_period_is_taken_away_as_it_was_closed(
    demo: Installation, run: Run, offered: Offered
) -> None:
    run(demo, "period", "vpcp", period="2024-02")
    told = source(made(offered, "ky-bao-cao-thang-02-2024", "xlsx"))
    assert told["Tính đến ngày"] == "29/02/2024"
    assert told["Theo dữ liệu ghi nhận đến"] != "nay"
