"""Texts of choices that Streamlit has to tell apart."""

from pages.ui.choices import distinct


def test_choices_that_read_the_same_are_counted() -> None:
    texts = distinct({1: "Thông tư", 2: "Nghị định", 3: "Thông tư", 4: "Thông tư"})
    assert texts == {1: "Thông tư", 2: "Nghị định", 3: "Thông tư (2)", 4: "Thông tư (3)"}
    assert len(set(texts.values())) == len(texts)
