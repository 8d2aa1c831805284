"""The page of the progress report: any period or day and agency, files with a bar, issued reports and what differs now."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from catalogue.correspondence import progress_file
from catalogue.model.actor import Actor, Role
from catalogue.services import commitments, figures, items, progress_detail, progress_issues
from catalogue.services.installation import Installation
from catalogue.services.items import ItemFilter
from pages.ui import session

pytestmark = pytest.mark.reads_only

Run = Callable[..., AppTest]
Person = Callable[[Installation, str], Actor]


def texts(test: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    found = [element.value for kind in kinds for element in getattr(test, kind)]
    found += [element.proto.body for element in test.get("html") if "<style>" not in element.proto.body]
    return "\n".join(found)


def button(test: AppTest, label: str) -> Any:
    return next(one for one in test.button if one.label == label)


def downloads(test: AppTest) -> list[str]:
    return [one.proto.label for one in test.get("download_button")]


@pytest.fixture
def vpcp(demo: Installation, person: Person) -> Actor:
    """A reviewer of the Government Office."""
    return person(demo, "vpcp")


@pytest.fixture
def short_papers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Papers in place of the long ones, which have their own tests; which were asked for."""
    asked: list[str] = []

    def write(*args: Any, form: str, told: Any = None, **_: Any) -> bytes:
        asked.append(form)
        if told:
            told("annexes", 0.7)
        return b"PK\x03\x04" + form.encode()

    monkeypatch.setattr(progress_file, "write", write)
    return asked


def issued(demo: Installation, actor: Actor) -> int:
    """A report issued as of 29 February 2024."""
    found = progress_file.report(demo, "2024-02-29", figures.SIMPLIFICATION)
    detail = progress_detail.detail(demo, found)
    content = progress_file.write(demo, found, form="xlsx", detail=detail)
    return progress_issues.issue(demo, actor, found, detail, lambda: {"xlsx": content})


@pytest.mark.parametrize("language", ["vi", "en"])
def test_any_period_or_day_and_agency_reads_in_both_languages(
    demo: Installation, run: Run, language: str
) -> None:
    for params in (
        {"period": "2024-02"},
        {"by": "day", "day": "2024-02-29", "agency": "bo-y-te"},
        {"period": "2024-02", "programme": "directive"},
        {"view": "issued"},
    ):
        test = run(demo, "progress_report", "vpcp", lang=language, **params)
        assert not test.exception, params
        assert "{" not in texts(test)


def test_a_day_counts_as_that_day_and_a_period_as_it_was_closed(demo: Installation, run: Run) -> None:
    assert "631/1.086 đã hoàn thành" in texts(run(demo, "progress_report", "lanhdao", period="2024-02"))
    by_day = {"by": "day", "day": "2024-02-29"}
    assert "658/1.086 đã hoàn thành" in texts(run(demo, "progress_report", "lanhdao", **by_day))
    known = run(demo, "progress_report", "lanhdao", known_at="2024-03-11", **by_day)
    assert "631/1.086 đã hoàn thành" in texts(known)


def test_a_day_that_has_not_come_is_refused(demo: Installation, run: Run) -> None:
    test = run(demo, "progress_report", "vpcp", by="day", day="2024-03-22")
    assert "Ngày 22/03/2024 chưa đến" in texts(test)
    assert downloads(test) == []


def test_files_are_written_on_click_and_stay_at_hand(
    demo: Installation, run: Run, short_papers: list[str]
) -> None:
    test = run(demo, "progress_report", "byt", by="day", day="2024-02-29")
    assert "/105 đã hoàn thành" in texts(test)  # its own agency
    assert not short_papers
    assert "Lập báo cáo của từng cơ quan (.zip)" not in [one.label for one in test.button]
    button(test, "Lập tệp Word, Excel").click().run()
    assert not test.exception
    assert short_papers == ["docx", "xlsx"]
    assert downloads(test) == ["Tải Word (.docx)", "Tải Excel (.xlsx)"]
    test.run()
    assert downloads(test) == ["Tải Word (.docx)", "Tải Excel (.xlsx)"]
    assert short_papers == ["docx", "xlsx"]


def test_the_reports_of_all_agencies_are_one_file(
    demo: Installation, run: Run, short_papers: list[str]
) -> None:
    test = run(demo, "progress_report", "vpcp", period="2024-02")
    button(test, "Lập báo cáo của từng cơ quan (.zip)").click().run()
    assert not test.exception
    assert len(short_papers) == 2 * (1 + 19)


@pytest.mark.writes
def test_issuing_keeps_the_report(demo: Installation, run: Run, vpcp: Actor) -> None:
    test = run(demo, "progress_report", "vpcp", period="2024-03")
    assert "chưa đến nên chưa phát hành được" in texts(test)
    test = run(demo, "progress_report", "vpcp", period="2024-02", agency="bo-y-te")
    assert "chưa phát hành lần nào" in texts(test)
    button(test, "Phát hành báo cáo").click().run()
    assert not test.exception
    (was,) = progress_issues.issues(demo, vpcp, demo.moment())
    assert (was.period_name, was.agency, was.total["done"], set(was.files)) == (
        "2024-02", "bo-y-te", 40, {"docx", "xlsx"},
    )  # fmt: skip
    assert "Phát hành gần nhất lúc" in texts(test)
    button(test, "Phát hành báo cáo").click().run()
    assert "Báo cáo không có gì khác bản đã phát hành" in texts(test)


def test_who_may_not_issue_sees_no_button(demo: Installation, run: Run) -> None:
    for account, params in (("lanhdao", {}), ("byt", {"agency": "bo-tu-phap"})):
        test = run(demo, "progress_report", account, period="2024-02", **params)
        assert not test.exception
        assert "Phát hành báo cáo" not in [one.label for one in test.button]


@pytest.mark.writes
def test_an_issued_report_shows_what_differs_today(demo: Installation, run: Run, vpcp: Actor) -> None:
    issue_id = issued(demo, vpcp)
    shown = run(demo, "progress_report", "lanhdao", view="issued", issue=str(issue_id))
    assert "658/1.086 hoàn thành (60,6 %)" in texts(shown)
    assert "Số liệu hiện nay giống bản đã phát hành" in texts(shown)
    assert downloads(shown) == ["Tải Excel (.xlsx)"]
    wanted = ItemFilter(agency="bo-tu-phap", progress="done")
    row = items.find(demo, demo.moment(), figures.SIMPLIFICATION, wanted).to_dicts()[0]
    lock = items.get(demo, demo.moment(), row["item_id"]).state["lock_revision"]
    commitments.withdraw(
        demo, vpcp, row["item_id"], revision=lock, on=date(2024, 2, 20), reason="Đã bãi bỏ theo luật"
    )
    said = texts(run(demo, "progress_report", "lanhdao", view="issued", issue=str(issue_id)))
    assert "658/1.086 hoàn thành (60,6 %)" in said
    assert "nay khác bản đã phát hành" in said
    assert '<td class="number">1.086</td><td class="number">1.085</td><td class="number">−1</td>' in said
    assert "Vì sao số hoàn thành khác: 1 phương án" in said


def test_without_a_period_a_day_is_offered(
    empty: Installation, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = run(empty, "progress_report")
    assert "Cần đăng nhập" in texts(test)
    actor = Actor(1, "ai-do", "Ai đó", Role.REVIEWER)
    monkeypatch.setattr(session, "actor", lambda: actor)
    test.run()
    assert not test.exception
    assert "Chưa mở kỳ báo cáo nào" in texts(test)
