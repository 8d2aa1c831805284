"""The page of a period and a ministry's return: what they say to whom, and that closing and sending work from them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.i18n import Translator
from catalogue.model.actor import Actor, Role
from catalogue.model.reporting import ReturnKind, ReturnState
from catalogue.services import figures, periods, progress, returns
from catalogue.services.installation import Installation
from pages.ui import session

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]
PDF = ("bao-cao.pdf", b"%PDF-1.4 bao cao thang")


def texts(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error")
    return "\n".join(element.value for kind in kinds for element in getattr(test, kind))


def html(test: AppTest) -> str:
    bodies = (element.proto.body for element in test.get("html"))
    return "\n".join(body for body in bodies if "<style>" not in body)


def button(test: AppTest, label: str) -> Any:
    return next(one for one in test.button if one.label == label)


def test_a_closed_period_says_what_was_frozen_and_what_came_later(demo: Installation, run: Run) -> None:
    test = run(demo, "period", "lanhdao", period="2024-02")
    assert not test.exception
    frozen = progress.report(demo, figures.SIMPLIFICATION, periods.get(demo, "2024-02")).total
    said = texts(test)
    assert test.title[0].value == "Kỳ báo cáo tháng 02/2024"
    assert f"{frozen.done}/1.086 đã hoàn thành" in said
    assert "Chốt lúc" in said
    assert f"tại 29/02/2024 là 658 (+{658 - frozen.done} ghi nhận sau khi chốt)" in said
    assert f"Ghi nhận muộn ({frozen.late_corrections} phương án)" in said
    assert "Chưa gửi" in html(test)
    assert "/return_file/" in html(test)
    assert "Mở kỳ, chốt kỳ" not in said


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_period_and_programme_reads_in_both_languages(
    demo: Installation, run: Run, language: str
) -> None:
    for period in periods.all_periods(demo):
        for kind in figures.PROGRAMMES:
            test = run(demo, "period", "vpcp", period=period.name, programme=kind, lang=language)
            assert not test.exception, period.name
            assert "{" not in texts(test) + html(test)


def test_as_known_before_the_close_the_period_is_open(demo: Installation, run: Run) -> None:
    test = run(demo, "period", "vpcp", period="2024-02", known_at="2024-03-08")
    assert not test.exception
    assert "Đang mở" in texts(test)
    assert "Về ngày làm việc 21/03/2024" in texts(test)


def test_without_a_period_it_says_who_opens_one(
    empty: Installation, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role, may_open in ((Role.VIEWER, False), (Role.REVIEWER, True)):
        test = run(empty, "period")
        actor = Actor(1, "ai-do", "Ai đó", role)
        monkeypatch.setattr(session, "actor", lambda actor=actor: actor)
        test.run()
        assert not test.exception
        assert "Chưa có kỳ báo cáo nào" in texts(test)
        assert ("Mở kỳ tháng 11/2026" in [one.label for one in test.button]) is may_open
    button(test, "Mở kỳ tháng 11/2026").click().run()
    assert not test.exception
    assert "Chương trình chưa có phương án nào" in texts(test)
    assert "Không cơ quan nào có phương án trong kỳ này." in texts(test)


def test_a_stranger_is_asked_to_sign_in(demo: Installation, run: Run) -> None:
    test = run(demo, "period")
    assert not test.title
    assert "Cần đăng nhập" in texts(test)


@pytest.mark.writes
def test_a_reviewer_closes_after_a_look_and_opens_the_next(demo: Installation, run: Run) -> None:
    test = run(demo, "period", "vpcp", period="2024-03")
    said = texts(test)
    assert "đơn giản hóa 658/1.086" in said
    assert "21 cơ quan chưa gửi báo cáo" in said
    button(test, "Chốt số liệu").click().run()
    assert "đánh dấu xác nhận" in texts(test)
    test.checkbox[0].check()
    button(test, "Chốt số liệu").click().run()
    assert "phải ghi lý do" in texts(test)
    assert not periods.get(demo, "2024-03").is_closed
    test.text_input[0].input("Báo cáo phiên họp tháng 3")
    test.checkbox[0].check()
    button(test, "Chốt số liệu").click().run()
    assert not test.exception
    assert periods.get(demo, "2024-03").close_note == "Báo cáo phiên họp tháng 3"
    assert "Chốt lúc" in texts(test)
    button(test, "Mở kỳ tháng 04/2024").click().run()
    assert not test.exception
    assert periods.get(demo, "2024-04").ends_on == date(2024, 4, 30)


@pytest.mark.writes
def test_hostile_words_of_a_return_are_shown_as_they_are(
    demo: Installation, run: Run, person: Person
) -> None:
    returns.file_return(
        demo,
        person(demo, "byt"),
        periods.get(demo, "2024-02"),
        "bo-y-te",
        ReturnKind.REPORT,
        number="<b>1</b>/BC",
        issued_on=date(2024, 3, 20),
        note="<img src=x onerror=alert(1)>",
        files=[('a"><script>.pdf', PDF[1])],
    )
    shown = html(run(demo, "period", "vpcp", period="2024-02"))
    assert "&lt;b&gt;1&lt;/b&gt;/BC" in shown
    assert "<script>" not in shown
    assert "<img" not in shown


SCRIPT = """
from pages.ui import feedback, period_return, session
feedback.say_remembered()
period_return.show(session.installation(), session.actor(), session.translator())
"""


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch, person: Person) -> Callable[[Installation, str], AppTest]:
    """The part of "my work" that is about the return, as an account."""

    def run_part(installation: Installation, account: str) -> AppTest:
        actor = person(installation, account) if account else None
        monkeypatch.setattr(session, "installation", lambda: installation)
        monkeypatch.setattr(session, "actor", lambda: actor)
        monkeypatch.setattr(session, "translator", lambda: Translator("vi"))
        return AppTest.from_string(SCRIPT, default_timeout=30).run()

    return run_part


@pytest.mark.writes
def test_a_ministry_sends_its_return(
    demo: Installation, part: Callable[[Installation, str], AppTest]
) -> None:
    test = part(demo, "byt")
    assert not test.exception
    assert "Chưa gửi. Hạn 05/04/2024, còn 15 ngày." in texts(test)
    test.text_input[0].input("812/BC-BYT")
    button(test, "Gửi báo cáo").click().run()
    said = texts(test)
    assert "Ngày ban hành: chưa điền" in said
    assert "Tệp văn bản báo cáo: chưa điền" in said
    test.segmented_control[0].set_value(ReturnKind.NIL).run()
    assert "trong kỳ không có phương án nào thay đổi" in texts(test)
    button(test, "Gửi: không phát sinh").click().run()
    assert not test.exception
    sent = returns.of_agency(demo, periods.get(demo, "2024-03"), "bo-y-te")
    assert sent is not None
    assert sent.state is ReturnState.NIL
    assert "Không phát sinh: không phát sinh, gửi 21/03/2024" in texts(test)


@pytest.mark.writes
def test_a_period_closed_early_stays_on_the_desk(
    demo: Installation, person: Person, part: Callable[[Installation, str], AppTest]
) -> None:
    seen, march = demo.moment().revision, "2024-03"
    periods.close(demo, person(demo, "vpcp"), march, seen=seen, reason="Họp Chính phủ")
    test = part(demo, "byt")
    assert "vẫn còn hạn đến hết 05/04/2024" in texts(test)
    test.segmented_control[0].set_value(ReturnKind.NIL).run()
    button(test, "Gửi: không phát sinh").click().run()
    assert not test.exception
    assert "Không phát sinh: không phát sinh, gửi 21/03/2024" in texts(test)
    assert not [one for one in test.button if one.label.startswith("Gửi")]
    periods.open_period(demo, person(demo, "vpcp"))
    test = part(demo, "byt")
    assert "gửi 21/03/2024" not in texts(test)
    assert "Báo cáo kỳ tháng 04/2024" in texts(test)


def test_others_have_no_return_to_send(
    demo: Installation, part: Callable[[Installation, str], AppTest]
) -> None:
    for account in ("vpcp", "lanhdao", "quantri"):
        test = part(demo, account)
        assert not test.exception
        assert not test.subheader
