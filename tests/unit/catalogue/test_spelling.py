"""Which texts are the same but for their spelling."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.text import fold, spelling_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Hòa Bình", "HOÀ  BÌNH"),
        ("uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("Bộ Tư Pháp", "Bộ Tư pháp"),
        ("kỹ thuật", "kĩ thuật"),
        ("quy định", "qui định"),
        ("Y tế", "i tế"),
        ("Cấp mới ( lần đầu )", "Cấp mới (lần đầu)"),
        (unicodedata.normalize("NFD", "Nguyễn"), "nguyễn"),
    ],
)
def test_tone_place_case_spaces_and_y_do_not_count(one: str, other: str) -> None:
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hộ", "hồ"),
        ("đường", "dường"),
        ("máy", "mái"),
        ("thúy", "thúi"),
        ("cấp tỉnh", "cấp xã"),
        ("tre", "trê"),
    ],
)
def test_another_word_is_another_word(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)


@given(st.text(alphabet="aáàăằêeiyuươohqđ bcHÀẢ,()-1", max_size=20))
def test_case_and_form_never_count(text: str) -> None:
    assert spelling_key(text.upper()) == spelling_key(unicodedata.normalize("NFD", text))


@given(
    st.text(alphabet="aáàăằêeiyuươohqđ bcHÀẢ", max_size=12),
    st.text(alphabet="aáàăằêeiyuươohqđ bcHÀẢ", max_size=12),
)
def test_texts_of_one_spelling_fold_alike(one: str, other: str) -> None:
    if spelling_key(one) == spelling_key(other):
        assert " ".join(fold(one).split()).replace("y", "i") == " ".join(fold(other).split()).replace(
            "y", "i"
        )
