"""Words as they are searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.store.search_words import document_numbers, folded_text, name_words, number_key, read_words
from catalogue.text import words


@given(st.text(max_size=30) | st.text(alphabet="aáy.ĐđkỳÀ 1\u0301\u0323,hoàİßΣ\u200b", max_size=20))
def test_they_are_the_words_of_every_other_search_but_for_a_lone_y(text: str) -> None:
    found = [word.folded.replace("y", "i") for word in read_words(text)]
    assert found == [word.replace("y", "i") for word in words(text)]
    assert folded_text(text).split() == [word.folded for word in read_words(text)]


@pytest.mark.parametrize(
    ("one", "other"), [("hoà", "hòa"), ("KỲ", "kì"), ("thuý", "thúy"), ("quý", "quí"), ("Uỷ", "ủy")]
)
def test_tone_place_case_and_lone_y_are_no_difference(one: str, other: str) -> None:
    assert read_words(one) == read_words(other)


def test_another_tone_differs_in_its_exact_form_only() -> None:
    (one,), (other,), (bare,) = read_words("sổ"), read_words("sở"), read_words("so")
    assert one.folded == other.folded == bare.folded
    assert len({one.exact, other.exact, bare.exact}) == 3
    assert (one.is_marked, bare.is_marked) == (True, False)


def test_a_name_is_read_without_the_words_that_every_name_may_open_with() -> None:
    assert [word.folded for word in name_words("Thủ tục đăng ký kết hôn")] == ["dang", "ki", "ket", "hon"]
    assert [word.folded for word in name_words("Thủ tục")] == ["thu", "tuc"]


def test_numbers_of_documents_are_found_in_any_spelling() -> None:
    text = "Căn cứ Nghị định số 63/2010/NĐ-CP, Quyết định 2827 /QĐ-BGDĐT. và 2/3 số phiếu"
    assert document_numbers(text) == ["63/2010/nd-cp", "2827/qd-bgddt"]
    assert number_key("63/2010/NĐ-CP") == "63/2010/nd-cp"
