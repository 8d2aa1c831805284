"""Parsing loses no letter of a table, keeps its order, and survives any text."""

import re
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalogue.model.content import normal
from catalogue.model.version import details_of, version_of
from catalogue.text import clean
from pipelines.parse.addressees import addressees
from pipelines.parse.agencies import agencies
from pipelines.parse.channels import channels
from pipelines.parse.dossier import dossier
from pipelines.parse.fees import fees
from pipelines.parse.legal_bases import legal_bases
from pipelines.parse.levels import levels
from pipelines.parse.related import related
from pipelines.parse.results import results
from pipelines.parse.steps import steps
from pipelines.parse.times import time_limit
from pipelines.sources import load_source
from pipelines.sources.portal_detail.page import parse_page

LOOKUPS = load_source("portal_detail").lookups
# The words that the tables are made of, in any order, between any characters.
PIECES = st.sampled_from(
    [
        *(
            "Trực tiếp",
            "Trực tuyến",
            "Dịch vụ bưu chính",
            "5 Ngày làm việc",
            "0.5 Giờ",
            "10-25",
            "1",
            "Miễn phí",
        ),
        *(
            "10,000 VNĐ",
            "135 VNĐ",
            "(135.000 đồng)",
            "145 USD",
            "(",
            ")",
            "a)",
            "Không có thông tin",
            "Không",
        ),
        *(
            "Tên giấy tờMẫu đơn, tờ khaiSố lượng",
            "1 bản chính",
            "0 bản chính,1 bản sao",
            "01 bản chính",
            "--",
        ),
        *(
            "Mẫu 1.docx",
            "mẫu",
            "Tờ khai",
            "ngày 28/8/2020",
            "năm 2024",
            "Tên văn bản pháp lýMã văn bản",
            "số ",
        ),
        *("12/2020/NĐ-CP", "66.7/2025/NQ-CP", "54/2014/QH13", "Nghị định", "Luật", "490/QĐ-BHXH", "46/2020"),
        *("Bước 1: ", "Bước 2", "Mã: KQ.G01.000001", "#1Tên thủ tục", "Thành phần hồ sơ", "Căn cứ pháp lý"),
        *(" ", "\n", ".", ";", ", ", "\u200b", "e\u0301", "Bộ A, Sở B", "Doanh nghiệp", "Cấp tỉnh"),
    ]
)
TABLES = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)
UNKNOWN = re.compile("không có thông tin", re.IGNORECASE)


def _letters(text: str) -> str:
    """The letters of a text in their order, without what parsing may drop: spaces and "no information"."""
    return re.sub(r"\s", "", UNKNOWN.sub("", clean(text)))


def _said(value: Any) -> str:
    """Every word of a channel or dossier, in the order of its keys as they are built."""
    if isinstance(value, dict):
        if "originals" in value:
            copies = f",{value['copies']} bản sao" if "copies" in value else ""
            form = value.get("form", "").replace("; ", "")
            return f"{value['name']}{form}{value['originals']} bản chính{copies}"
        kept = (inner for key, inner in value.items() if key not in ("time_value", "time_unit", "amount_vnd"))
        return "".join(_said(inner) for inner in kept if not isinstance(inner, int))
    if isinstance(value, list):
        return "".join(map(_said, value))
    return str(value)


@given(TABLES)
@example("Trực tiếp1Miễn phí(a) b(")
def test_no_letter_of_a_channels_table_is_lost(table: str) -> None:
    whole = f"Hình thức nộpThời gianPhí, lệ phíMô tả{table}"
    found = channels(whole).value
    without = [
        {key: inner for key, inner in channel.items() if key not in ("time_value", "time_unit")}
        | {"fees": [fee["text"] for fee in channel.get("fees", [])]}
        for channel in found
    ]
    ordered = ("way", "time_text", "fees", "note")
    said = "".join(_said(channel.get(key, "")) for channel in without for key in ordered)
    assert _letters(said) == _letters(table)


@given(TABLES)
def test_no_letter_of_a_dossier_is_lost(table: str) -> None:
    found = dossier(table).value
    said = _said(found)
    headings = re.compile("Tên giấy tờMẫu đơn, tờ khaiSố lượng")
    assert _letters(said).replace("-", "") == _letters(headings.sub("", table)).replace("-", "")


@given(TABLES)
@settings(max_examples=200)
def test_any_text_is_parsed_and_reads_as_a_version(text: str) -> None:
    content = normal(
        {
            "channels": channels(text).value,
            "dossier": dossier(text).value,
            "legal_bases": legal_bases(text).value,
            "levels": levels(text).value,
            "addressees": addressees(text).value,
            "implementing": agencies(text, "implementing").value,
            "steps": steps(text).value,
            "results": results(text).value,
            "related": related(text).value,
        }
    )
    version = version_of(content, version_id=1, code="1.000001", effective_date=date(2026, 7, 31))
    assert version.details == details_of(content)
    assert len(version.legal_bases or ()) == len(content.get("legal_bases", ()))
    assert fees(text).value or time_limit(text).value or not clean(text) or UNKNOWN.search(clean(text))


@given(st.dictionaries(st.sampled_from(["page", "name", "steps", "channels", "dossier"]), TABLES))
def test_any_page_is_parsed_and_keeps_its_words(columns: dict[str, str]) -> None:
    page = parse_page(columns, LOOKUPS)
    raw = "".join(page.raw.values())
    for part in ("steps", "channels", "dossier"):
        if page.raw.get(part) is None and not columns.get("page", "").strip():
            assert clean(columns.get(part, "")) in clean(raw)


@given(TABLES)
def test_a_number_of_a_legal_basis_stands_in_the_text(table: str) -> None:
    letters = _letters(table)
    for entry in legal_bases(table).value:
        assert _letters(entry.get("number", "")) in letters
        assert _letters(entry["text"].removesuffix(f" ({entry.get('number')})")) in letters
