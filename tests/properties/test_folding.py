"""Folding for search: idempotent, blind to accents, case and normal form; and the diff of a version with itself."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from catalogue.text import clean, fold, words

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
    "ĐĂÂÊÔƠƯ 0123456789.,-/()",
    max_size=60,
)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folding_does_not_see_accents_case_or_normal_form(text: str) -> None:
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    assert fold(text) == fold(bare) == fold(text.upper()) == fold(unicodedata.normalize("NFD", text))


@given(VIETNAMESE)
def test_a_folded_vietnamese_text_is_ascii(text: str) -> None:
    assert fold(text).isascii()


@given(st.text(max_size=60))
def test_words_of_words_are_the_same_words(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
