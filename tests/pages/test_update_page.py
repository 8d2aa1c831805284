"""The update page: a file brought in, its errors mended, its evidence assigned, everything sent."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor
from catalogue.model.claim import ClaimState
from catalogue.services import claims
from catalogue.services.installation import Installation
from pages.ui import update_mend
from pages.ui.update_upload import Loaded
from tests.update_files import PDF, Cells, downloaded, issued, uploaded, waiting, written

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def brought(test: AppTest, rows: Sequence[Cells], *files: str) -> AppTest:
    test.file_uploader[0].set_value(("cap-nhat.xlsx", written(rows).content, "application/octet-stream"))
    if files:
        test.file_uploader[1].set_value([(name, PDF, "application/pdf") for name in files])
    return pressed(test, "update-save")


def pressed(test: AppTest, key: str) -> AppTest:
    test.button(key=key).click().run()
    assert not test.exception
    return test


def loaded(test: AppTest) -> Loaded:
    found: Loaded = test.session_state["item_update"]
    return found


def count(demo: Installation, actor: Actor, state: ClaimState) -> int:
    return claims.find(demo, actor, state=state, agency=actor.agency_code, size=2000).height


@pytest.mark.parametrize("account", ["", "lanhdao", "vpcp", "quantri"])
def test_only_a_ministry_s_editor_sees_it(demo: Installation, run: Run, account: str) -> None:
    test = run(demo, "update_items", account)
    assert not test.exception
    assert not test.get("file_uploader")
    assert not test.get("download_button")


def test_a_programme_is_chosen_and_taken_away(demo: Installation, run: Run) -> None:
    test = run(demo, "update_items", "byt", programme="phan-cap-1015")
    assert test.selectbox(key="programme").value == "phan-cap-1015"
    assert len(test.get("download_button")) == 1
    nothing = run(demo, "update_items", "byt", programme="nhiem-vu-giao")
    assert not nothing.get("download_button")
    assert "không còn phương án nào" in shown(nothing)


def test_a_good_file_is_saved_then_sent_at_once(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:3]]
    drafts, sent = count(demo, byt, ClaimState.DRAFT), count(demo, byt, ClaimState.SUBMITTED)
    test = brought(run(demo, "update_items", "byt"), rows, "07-2024-TT-BYT.pdf")
    assert "đã lưu 3; 0 không đổi." in shown(test)
    assert count(demo, byt, ClaimState.DRAFT) == drafts + 3
    test.run()  # what was read survives a rerun
    assert "đã lưu 3; 0 không đổi." in shown(test)
    pressed(test, "update-send")
    assert "Đã gửi 3 báo cáo" in shown(test)
    assert (count(demo, byt, ClaimState.DRAFT), count(demo, byt, ClaimState.SUBMITTED)) == (drafts, sent + 3)


def test_errors_are_mended_on_screen_before_anything_is_sent(
    demo: Installation, run: Run, person: Person
) -> None:
    byt = person(demo, "byt")
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:3]]
    rows[1] |= {"in_force_on": "31/02/2024", "stuck_at": "nhầm cột"}
    rows[2] |= {"kind": None}
    test = brought(run(demo, "update_items", "byt"), rows, "07-2024-TT-BYT.pdf")
    assert "đã lưu 2, trong đó 1 còn lỗi; 0 không đổi; 1 chưa lưu được." in shown(test)
    assert "Chưa gửi được: còn 2 dòng có lỗi" in shown(test)
    assert len(test.get("download_button")) == 2  # the form, and the file with its errors marked
    before = loaded(test)
    wrong = before.outcome.wrong
    assert update_mend.open_columns(wrong) == ["kind", "in_force_on", "stuck_at"]
    t = Translator("vi")
    edits: dict[int, dict[str, Any]] = {
        0: {"in_force_on": "20/03/2024", "stuck_at": None},
        1: {"kind": "Văn bản đã ban hành"},
    }
    test.session_state["item_update"] = replaced(before, update_mend.with_edits(before, wrong, edits, t))
    pressed(test, "update-save")  # the same file again keeps what was mended on screen
    assert "đã lưu 3; 0 không đổi." in shown(test)
    pressed(test, "update-send")
    assert "Đã gửi 3 báo cáo" in shown(test)


def test_filled_in_rows_that_nobody_touched_are_left_out_by_one_button(
    demo: Installation, run: Run, person: Person
) -> None:
    byt = person(demo, "byt")
    first, second = waiting(downloaded(demo, byt))[:2]
    uploaded(demo, byt, [issued(first) | {"in_force_on": None}], ("07-2024-TT-BYT.pdf", PDF))
    drafts = count(demo, byt, ClaimState.DRAFT)
    fresh = downloaded(demo, byt)
    kept = next(row for row in fresh if row["claim"] and row["item_id"] == first["item_id"])
    added = next(row for row in waiting(fresh) if row["item_id"] == second["item_id"])
    test = brought(run(demo, "update_items", "byt"), [kept, issued(added)], "07-2024-TT-BYT.pdf")
    assert "đã lưu 1; 1 không đổi, trong đó 1 còn lỗi." in shown(test)
    assert "(Dòng điền sẵn, bạn chưa sửa)" in shown(test)
    assert "Chưa gửi được: còn 1 dòng có lỗi" in shown(test)
    assert test.button(key="update-leave-out").label == "Bỏ qua 1 dòng chưa sửa"
    pressed(test, "update-leave-out")
    assert "đã lưu 1; 0 không đổi." in shown(test)
    pressed(test, "update-send")
    assert "Đã gửi 1 báo cáo" in shown(test)
    assert count(demo, byt, ClaimState.DRAFT) == drafts  # the unfinished one is still there


def replaced(before: Loaded, rows: Sequence[Any]) -> Loaded:
    return replace(before, rows=tuple(rows))


def test_a_row_can_be_left_out_or_written_over(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    rows = [issued(row) | {"kind": None} for row in waiting(downloaded(demo, byt))[:2]]
    test = brought(run(demo, "update_items", "byt"), rows)
    t, before = Translator("vi"), loaded(test)
    edits = {0: {"handle": "Bỏ qua dòng"}, 1: {"handle": "Ghi đè"}}
    kept = update_mend.with_edits(before, before.outcome.wrong, edits, t)
    assert [(row.number, row.seen) for row in kept] == [(6, before.revision)]


def test_a_file_without_a_number_is_assigned_on_screen(demo: Installation, run: Run, person: Person) -> None:
    byt = person(demo, "byt")
    rows = [issued(row) for row in waiting(downloaded(demo, byt))[:2]]
    test = brought(run(demo, "update_items", "byt"), rows, "ban-chup.pdf")
    assert "đã lưu 2, trong đó 2 còn lỗi; 0 không đổi." in shown(
        test
    ) and "Tệp chưa rõ thuộc văn bản nào" in shown(test)
    test.selectbox(key="loose-ban-chup.pdf").select("07/2024/TT-BYT")
    pressed(test, "update-attach")
    assert "đã lưu 2; 0 không đổi." in shown(test)
    assert not test.error


def test_a_file_that_cannot_be_read_is_refused_in_words(demo: Installation, run: Run) -> None:
    test = run(demo, "update_items", "byt")
    pressed(test, "update-save")
    assert "Hãy chọn tệp Excel trước" in shown(test)
    test.file_uploader[0].set_value(("x.xlsx", b"hello", "application/octet-stream"))
    pressed(test, "update-save")
    assert test.error and "x.xlsx" in test.error[0].value


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages(demo: Installation, run: Run, person: Person, language: str) -> None:
    byt = person(demo, "byt")
    rows = [issued(row) | {"issued_on": "mai"} for row in waiting(downloaded(demo, byt))[:1]]
    test = brought(run(demo, "update_items", "byt", lang=language), rows)
    assert not test.exception
    assert ("1 of them with errors" if language == "en" else "1 còn lỗi") in shown(test)
