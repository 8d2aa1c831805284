"""Papers by case from tables without borders."""

import pytest

from pipelines.parse.dossier import dossier, name_and_form, sets

TABLE = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"


def test_one_dossier_for_all() -> None:
    found = dossier(
        f"--{TABLE}Đơn đề nghị theo mẫu;Mẫu số 05.docx1 bản chínhBản sao giấy phép.0 bản chính,1 bản sao"
    )
    assert found.value == [
        {
            "papers": [
                {"name": "Đơn đề nghị theo mẫu;", "form": "Mẫu số 05.docx", "originals": 1},
                {"name": "Bản sao giấy phép.", "originals": 0, "copies": 1},
            ]
        }
    ]
    assert found.problems == ()


def test_the_case_stands_between_the_last_paper_and_the_next_headings() -> None:
    found = dossier(
        f"a) Cấp mới:{TABLE}Tờ khai1 bản chínhb) Cấp lại:{TABLE}Giấy phép cũ2 bản chính,1 bản sao--{TABLE}Ảnh1 bản chính"
    )
    assert [case.get("case") for case in found.value] == ["a) Cấp mới:", "b) Cấp lại:", None]
    assert found.value[1]["papers"] == [{"name": "Giấy phép cũ", "originals": 2, "copies": 1}]
    assert found.problems == ()


def test_numbers_in_the_name_of_a_paper_do_not_end_it() -> None:
    found = dossier(
        f"--{TABLE}Hợp đồng: 01 bản chính;1 bản chínhnộp 1 bản chính của tờ khai (1 bản chính)0 bản chínhĐơn 02 bản chính2 bản chính"
    )
    assert [(paper["name"], paper["originals"]) for paper in found.value[0]["papers"]] == [
        ("Hợp đồng: 01 bản chính;", 1),
        ("nộp 1 bản chính của tờ khai (1 bản chính)", 0),
        ("Đơn 02 bản chính", 2),
    ]
    assert found.problems == ()


def test_a_year_before_the_number_is_told_apart_and_another_number_is_not() -> None:
    found = dossier(
        f"--{TABLE}Biểu theo Nghị định ngày 28/8/20201 bản chínhĐơn theo Mẫu số 081 bản chínhẢnh1 bản chính"
    )
    assert found.value[0]["papers"] == [
        {"name": "Biểu theo Nghị định ngày 28/8/2020", "originals": 1},
        {"name": "Đơn theo Mẫu số 081 bản chính"},
        {"name": "Ảnh", "originals": 1},
    ]
    assert [problem.rule for problem in found.problems] == ["dossier_unclear"]


def test_what_is_no_paper_with_numbers_is_kept_and_said() -> None:
    rest = dossier(f"--{TABLE}Ảnh1 bản chínhLưu ý: nộp đủ")
    assert rest.value[0]["papers"][-1] == {"name": "Lưu ý: nộp đủ"}
    alone = dossier("Theo hướng dẫn của cơ quan")
    assert alone.value == [{"case": "Theo hướng dẫn của cơ quan"}]
    nameless = dossier(f"--{TABLE}Ảnh1 bản chính1 bản chính")
    assert nameless.value[0]["papers"][-1] == {"name": "1 bản chính"}
    for found in (rest, alone, nameless):
        assert [problem.rule for problem in found.problems] == ["dossier_unclear"]


@pytest.mark.parametrize("text", ["", "--", "----", "Không có thông tin", f"--{TABLE}"])
def test_a_dossier_that_says_nothing_is_unknown(text: str) -> None:
    assert (dossier(text).value, dossier(text).problems) == ([], ())


@pytest.mark.parametrize(
    ("words", "name", "form"),
    [
        ("Đơn theo mẫuMẫu đơn.docx", "Đơn theo mẫu", "Mẫu đơn.docx"),
        ("Đơn (theo mẫu)02 TNDN.doc", "Đơn (theo mẫu)", "02 TNDN.doc"),
        ("Tờ khai.MauToKhai.docxMauDanhSach (1).pdf", "Tờ khai.", "MauToKhai.docx; MauDanhSach (1).pdf"),
        (
            "Tờ khai theo Nghị định số 05/2025/NĐ-CPMẫu 1.docx",
            "Tờ khai theo Nghị định số 05/2025/NĐ-CP",
            "Mẫu 1.docx",
        ),
        ("Đơn (Mẫu số 05A)Mẫu 05.docx", "Đơn (Mẫu số 05A)", "Mẫu 05.docx"),
    ],
)
def test_the_files_of_a_form_begin_where_words_touch(words: str, name: str, form: str) -> None:
    assert name_and_form(words).value == (name, form)


@pytest.mark.parametrize(
    "words", ["Đơn theo mẫuđơn đề nghị.docx", "Cộng HòaHồ sơ; mẫuMẫu 1.docx", "Đơn.docx"]
)
def test_files_whose_beginning_is_not_certain_stay_in_the_name(words: str) -> None:
    found = name_and_form(words)
    assert found.value == (words, "")
    assert [problem.rule for problem in found.problems] == ["form_unclear"]


def test_the_number_of_sets_is_known_where_the_text_says_one() -> None:
    assert sets("* Số lượng hồ sơ: 01 (một) bộ.") == 1
    assert sets("Số lượng: 02 bộ; Số lượng hồ sơ: 2 bộ") == 2
    assert sets("Số lượng hồ sơ: 01 bộ, hoặc Số lượng hồ sơ: 02 bộ") is None
    assert sets("Số lượng hồ sơ: 12 bộ") is None
