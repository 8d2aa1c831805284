"""Cutting a text at its labels."""

import re

from pipelines.parse.sections import Label, cut

NAME, STEPS, PAPERS, END = "Tên", "Trình tự", "Thành phần hồ sơ", "Kết quả"
LABELS = (
    Label(NAME, re.compile("Tên")),
    Label(STEPS, re.compile("Trình tự")),
    Label(PAPERS, re.compile("Thành phần hồ sơ(?!:)"), re.compile("BẢNG")),
    Label(END, re.compile("Kết quả")),
)


def test_a_text_is_cut_at_its_labels_in_their_order() -> None:
    found = cut("đầuTênATrình tự BThành phần hồ sơ--BẢNG CKết quảD", LABELS)
    assert found.before == "đầu"
    assert found.words == {NAME: "A", STEPS: " B", PAPERS: "--BẢNG C", END: "D"}
    assert (found.missing, found.unclear) == ((), ())


def test_a_label_counts_only_behind_the_one_before_it() -> None:
    found = cut("Kết quả của TênATrình tựxem Tên gọiThành phần hồ sơBẢNGKết quảD", LABELS)
    assert found.before == "Kết quả của "
    assert found.words[STEPS] == "xem Tên gọi"
    assert found.words[END] == "D"


def test_words_that_the_pattern_excludes_and_words_in_the_table_are_no_label() -> None:
    found = cut(
        "TênATrình tựtheo Thành phần hồ sơ: nhưThành phần hồ sơBẢNG Thành phần hồ sơ gốcKết quảD", LABELS
    )
    assert found.words[STEPS] == "theo Thành phần hồ sơ: như"
    assert found.words[PAPERS] == "BẢNG Thành phần hồ sơ gốc"
    assert found.unclear == ()


def test_a_label_that_could_stand_elsewhere_is_said_unless_it_begins_its_own_section() -> None:
    again = cut("TênATrình tựBThành phần hồ sơa) Thành phần hồ sơBẢNGKết quảD", LABELS)
    assert (again.words[PAPERS], again.unclear) == ("a) Thành phần hồ sơBẢNG", ())
    elsewhere = cut("TênATrình tựBThành phần hồ sơ gồm đơn. Thành phần hồ sơBẢNGKết quảD", LABELS)
    assert elsewhere.unclear == (PAPERS,)


def test_a_label_that_is_not_there_is_said_and_its_words_stay_with_the_section_before() -> None:
    found = cut("TênATrình tựBKết quảD", LABELS)
    assert (found.words, found.missing) == ({NAME: "A", STEPS: "B", END: "D"}, (PAPERS,))
    assert cut("không có nhãn", LABELS).before == "không có nhãn"
