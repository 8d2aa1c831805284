"""The page of periodic forms: the table with its checks, a file brought and filed or refused, issues beside today."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.model.actor import Actor
from catalogue.services import report_issues, statistics
from catalogue.services.installation import Installation
from pages.ui import form_downloads
from tests.form_files import changed, put, sent

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
WORK, SECTION = "Dược phẩm", "TTHC thuộc thẩm quyền của bộ, cơ quan"
SUMS = [put(label, column, None) for label in ("Tổng số", SECTION) for column in range(3, 14)]


def shown(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    texts = [element.value for kind in kinds for element in getattr(test, kind)]
    return "\n".join([*texts, *(element.proto.body for element in test.get("html"))])


def bring(test: AppTest, content: bytes) -> AppTest:
    test.file_uploader[0].set_value(("bieu.xlsx", content, "application/octet-stream"))
    return press(test, "forms-look")


def press(test: AppTest, key: str) -> AppTest:
    test.button(key=key).click().run()
    assert not test.exception
    return test


def keys(test: AppTest) -> set[str]:
    return {button.key for button in test.button if button.key}


def corrected(demo: Installation) -> bytes:
    """Bộ Y tế moves five dossiers from early to late."""
    form, span = demo.reference.report_form("II.06a"), statistics.period(demo, "2024-Q1")
    filed = statistics.filed(demo.database, form, span, demo.moment().revision)["bo-y-te"]
    values = next(row for row in filed.rows if row.label == WORK).values
    moved = [put(WORK, 8, values["resolved_early"] - 5), put(WORK, 10, values["resolved_late"] + 5)]
    return changed(sent(demo, "bo-y-te"), *SUMS, *moved)


def test_the_country_is_shown_with_coverage_and_checks(demo: Installation, run: Run) -> None:
    text = shown(run(demo, "forms", "lanhdao"))
    assert "Cả nước, quý I năm 2024 (15/12/2023–14/03/2024)" in text
    assert "25/85 đơn vị đã gửi" in text
    assert "(3) = (4) + (5) + (6)" in text
    assert "đúng ở cả" in text
    assert "lệch ở 1 dòng, 1 đơn vị có giải trình" in text
    assert '<th scope="col" colspan="4">Số hồ sơ nhận giải quyết</th>' in text


def test_who_only_reads_cannot_send_or_issue(demo: Installation, run: Run) -> None:
    test = run(demo, "forms", "lanhdao", view="send")
    assert not test.get("file_uploader")
    assert not keys(test) & {"forms-issue", "forms-file", "forms-look"}


def test_an_editor_begins_with_its_own_agency_and_may_issue_it_only(demo: Installation, run: Run) -> None:
    test = run(demo, "forms", "byt")
    assert "Bộ Y tế, quý I năm 2024" in shown(test)
    assert "forms-issue" in keys(test)
    assert "forms-issue" not in keys(run(demo, "forms", "byt", agency="all"))
    assert "forms-issue" not in keys(run(demo, "forms", "byt", agency="bo-tu-phap"))
    assert not run(demo, "forms", "byt", form="II.07b", view="send").get("file_uploader")


def test_districts_are_a_dash_after_their_end(demo: Installation, run: Run) -> None:
    text = shown(run(demo, "forms", "vpcp", form="II.07b", as_of="2025-12-20", agency="ubnd-ha-noi"))
    assert "quý IV năm 2025" in text
    assert '<td class="gap">–</td>' in text
    assert "không có số liệu" in text
    before = shown(run(demo, "forms", "vpcp", form="II.07b", agency="ubnd-ha-noi"))
    assert '<td class="gap">–</td>' not in before


@pytest.mark.writes
def test_a_good_file_is_looked_at_then_filed(demo: Installation, run: Run, person: Person) -> None:
    content = corrected(demo)
    before = demo.moment().revision
    test = bring(run(demo, "forms", "byt", view="send"), content)
    assert "6 số khác lần gửi" not in shown(test)
    assert "2 số khác lần gửi lúc" in shown(test)
    assert demo.moment().revision == before
    press(test, "forms-file")
    assert demo.moment().revision == before + 1
    assert "lần gửi thứ 2" in shown(run(demo, "forms", "byt"))
    again = bring(run(demo, "forms", "byt", view="send"), content)
    assert "giống hệt lần gửi trước" in shown(again)
    assert "forms-file" not in keys(again)


def test_a_bad_file_names_its_faults_and_cannot_be_filed(demo: Installation, run: Run) -> None:
    test = bring(run(demo, "forms", "byt", view="send"), changed(sent(demo, "bo-y-te"), put(WORK, 4, 99999)))
    text = shown(test)
    assert "Không nhận tệp" in text
    assert "nhưng (4) + (5) + (6) = " in text.replace("\\", "")
    assert "forms-file" not in keys(test)


def test_another_agencys_file_is_refused(demo: Installation, run: Run) -> None:
    test = bring(run(demo, "forms", "byt", view="send"), sent(demo, "bo-tu-phap"))
    assert test.error
    assert "forms-file" not in keys(test)


@pytest.mark.writes
def test_a_break_is_filed_with_an_explanation_only(demo: Installation, run: Run) -> None:
    form, span = demo.reference.report_form("II.06a"), statistics.period(demo, "2024-Q1")
    filed = statistics.filed(demo.database, form, span, demo.moment().revision)["bo-y-te"]
    values = next(row for row in filed.rows if row.label == WORK).values
    columns = {3: "received", 6: "carried_in", 7: "resolved", 8: "resolved_early"}
    moved = [put(WORK, column, values[code] - 2) for column, code in columns.items()]
    test = bring(run(demo, "forms", "byt", view="send"), changed(sent(demo, "bo-y-te"), *SUMS, *moved))
    assert "1 chỗ không khớp với số cuối Quý IV năm 2023" in shown(test)
    press(test, "forms-file")
    assert "hoặc ghi giải trình" in shown(test)
    test.text_area(key="forms_explanation").set_value("Loại hai hồ sơ ghi trùng ở kỳ trước sau rà soát.")
    press(test, "forms-file")
    assert "Loại hai hồ sơ ghi trùng" in shown(run(demo, "forms", "byt"))


def test_a_page_of_the_past_does_not_issue_what_is_known_now(demo: Installation, run: Run) -> None:
    assert "forms-issue" in keys(run(demo, "forms", "vpcp", report_period="2023-Q4"))
    assert "forms-issue" not in keys(
        run(demo, "forms", "vpcp", report_period="2023-Q4", known_at="2024-03-20")
    )


@pytest.mark.writes
def test_an_issue_is_made_and_shown_beside_today(demo: Installation, run: Run, person: Person) -> None:
    vpcp = person(demo, "vpcp")
    test = press(run(demo, "forms", "vpcp"), "forms-issue")
    assert report_issues.issues(demo, vpcp, demo.moment(), "II.06a", "2024-Q1").height == 1
    assert "giống bản đã phát hành" in "\n".join(link.proto.label for link in test.get("page_link"))
    press(bring(run(demo, "forms", "byt", view="send"), corrected(demo)), "forms-file")
    text = shown(run(demo, "forms", "vpcp", view="issued"))
    assert "6 ô nay khác bản đã phát hành" in text
    assert "Bộ Y tế (20/11/2026)" in text
    assert '<td class="changed">' in text
    repeated = press(press(run(demo, "forms", "vpcp"), "forms-issue"), "forms-issue")
    assert "không phát hành lại" in shown(repeated)


def test_the_demonstrations_issue_is_known_with_its_late_figures(demo: Installation, run: Run) -> None:
    text = shown(run(demo, "forms", "lanhdao", report_period="2023-Q4", view="issued"))
    assert "số liệu của 29/85 đơn vị khi đó" in text
    assert "Gửi hoặc sửa sau khi phát hành" in text


def test_nothing_issued_and_nothing_sent_are_said(demo: Installation, run: Run) -> None:
    assert "Chưa phát hành báo cáo nào" in shown(run(demo, "forms", "vpcp", view="issued"))
    text = shown(run(demo, "forms", "vpcp", agency="bo-quoc-phong"))
    assert "Bộ Quốc phòng: chưa có số liệu gửi cho kỳ này" in text


def test_an_empty_installation_shows_the_page(
    empty: Installation, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not run(empty, "forms").exception


def test_a_long_report_is_prepared_first(
    demo: Installation, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_downloads, "LONG", 5)
    test = run(demo, "forms", "lanhdao", form="II.06a", agency="bo-y-te")
    assert not test.get("download_button")
    (key,) = [key for key in keys(test) if key.startswith("prepare-")]
    press(test, key)
    assert len(test.get("download_button")) == 2


def test_an_unknown_place_in_the_address_is_dropped(demo: Installation, run: Run) -> None:
    test = run(
        demo, "forms", "vpcp", form="II.99", report_period="2024-Q9", agency="khong-co", view="x", issue="abc"
    )
    assert not test.exception
    assert "Cả nước, quý I năm 2024" in shown(test)
