"""The catalogue's page: how the words were read, why a row is there, filters that live in the URL."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.services.installation import Installation

pytestmark = pytest.mark.reads_only
Run = Callable[..., AppTest]


def notes(test: AppTest) -> str:
    return "\n".join(element.value for kind in ("markdown", "caption") for element in getattr(test, kind))


def names(test: AppTest) -> list[str]:
    return [link.proto.label for link in test.get("page_link") if "procedure" in link.proto.page]


def test_a_slip_is_put_right_and_said(demo: Installation, run: Run) -> None:
    test = run(demo, "catalogue", q="khai sihn")
    assert "Danh mục không có từ “sihn”: đã tìm “sinh”." in notes(test)
    assert names(test)[0] == "Đăng ký khai sinh"


def test_everyday_words_are_explained_in_the_readers_language(demo: Installation, run: Run) -> None:
    test = run(demo, "catalogue", q="bang lai xe", lang="en")
    assert "For “bang lai xe”, “giấy phép lái xe” was searched as well." in notes(test)
    assert names(test)[0] == "Cấp giấy phép lái xe"
    assert "was searched" not in notes(run(demo, "catalogue", q="giay phep lai xe", lang="en"))


def test_a_row_says_where_the_words_stand_if_not_in_its_name(demo: Installation, run: Run) -> None:
    test = run(demo, "catalogue", q="phieu ly lich tu phap", page="2")
    assert "Tìm thấy trong thành phần hồ sơ\\: Phiếu lý lịch tư pháp" in notes(test)
    first = run(demo, "catalogue", q="phieu ly lich tu phap", within="name")
    assert "Tìm thấy trong" not in notes(first)
    assert all("lý lịch tư pháp" in name for name in names(first))


def test_words_that_nothing_has_are_named(demo: Installation, run: Run) -> None:
    test = run(demo, "catalogue", q="lái xe zzzz")
    assert "Danh mục không có “zzzz”." in notes(test)
    assert test.subheader[0].value == "Không tìm thấy thủ tục nào"


def test_levels_are_sets_whose_overlap_is_printed_and_each_set_opens(demo: Installation, run: Run) -> None:
    test = run(demo, "catalogue")
    assert "lượt cấp cho 6.317 thủ tục:" in notes(test)
    narrowed = run(demo, "catalogue", level_set="district+provincial")
    box = narrowed.selectbox(key="level_set")
    assert box.value == "district+provincial"
    option = next(option for option in box.options if option.startswith("Cấp tỉnh, Cấp huyện ("))
    count = option.removeprefix("Cấp tỉnh, Cấp huyện (").rstrip(")")
    assert f"**{count} thủ tục**" in notes(narrowed)
    assert all(
        "Cấp tỉnh, Cấp huyện ·" in caption.value for caption in narrowed.caption if "1.90" in caption.value
    )


def test_a_filter_that_is_none_finds_nothing_and_can_be_dropped(demo: Installation, run: Run) -> None:
    test = run(demo, "catalogue", q="khai sinh", way="Bồ câu", addressee="x" * 500)
    assert not test.exception
    next(button for button in test.button if button.label == "Bỏ mọi bộ lọc, giữ từ khóa").click().run()
    assert names(test)[0] == "Đăng ký khai sinh"
    assert test.query_params.get("way") is None
