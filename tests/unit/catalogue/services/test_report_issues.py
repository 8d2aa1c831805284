"""Periodic reports: sums with their coverage, counts of the catalogue, and issues that never change."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import catalogue.reference
from catalogue.correspondence import form_book, form_file, form_paper
from catalogue.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from catalogue.model.actor import NOBODY, Actor
from catalogue.model.period import Moment
from catalogue.model.report_table import Gap, RowKind
from catalogue.reference import load_reference
from catalogue.services import audit, levels, report_forms, report_issues, statistics
from catalogue.services.installation import Installation
from tests.form_files import brought, changed, put, sent

pytestmark = pytest.mark.reads_only

Person = Callable[[Installation, str], Actor]
WORK = "Dược phẩm"
SECTION = "TTHC thuộc thẩm quyền của bộ, cơ quan"


def correct(demo: Installation, actor: Actor) -> None:
    """Bộ Y tế mends one row: 5 dossiers that were early were late."""
    content = sent(demo, "bo-y-te")
    values = next(row for row in brought(demo, content).rows if row.label == WORK).values
    sums = [put(label, column, None) for label in ("Tổng số", SECTION) for column in range(3, 14)]
    moved = [put(WORK, 8, values["resolved_early"] - 5), put(WORK, 10, values["resolved_late"] + 5)]
    assert statistics.file(demo, actor, brought(demo, changed(content, *sums, *moved))) is not None


def test_the_country_is_the_sum_of_those_who_sent(demo: Installation) -> None:
    report = report_forms.build(demo, "II.06a", "2023-Q4")
    assert (report.coverage.sent, report.coverage.expected) == (31, 85)
    assert (report.coverage.ministries, report.coverage.provinces) == ((8, 22), (23, 63))
    assert report.notes[0] == "Số liệu của 31/85 đơn vị đã gửi (8/22 bộ, cơ quan; 23/63 tỉnh, thành phố)."
    assert len(report.coverage.missing) == 54
    single = [report_forms.build(demo, "II.06a", "2023-Q4", code).total for code in report.filings]
    assert report.total is not None
    for column in report.form.figures:
        parts = [one.values[column.code] for one in single if one is not None]
        assert report.total.values[column.code] == sum(part for part in parts if not isinstance(part, Gap))
    assert not report.broken


def test_who_sent_nothing_has_no_rows_and_is_not_zero(demo: Installation) -> None:
    report = report_forms.build(demo, "II.06a", "2023-Q4", "bo-quoc-phong")
    assert report.rows == ()
    assert report.notes[0] == "Đơn vị chưa gửi số liệu kỳ này."


def test_procedures_are_counted_in_the_catalogue_once_each(demo: Installation) -> None:
    report = report_forms.build(demo, "II.07b", "2023-Q4")
    moment = Moment(report.as_of, None, report.revision)
    by_level, by_group = levels.sets(demo, moment)
    assert report.total is not None
    local = sum(count for groups, count in by_group.counts.items() if "local" in groups)
    assert report.total.values["local"] == local
    parts = [report.total.values[f"local_{level}"] for level in ("provincial", "district", "communal")]
    assert sum(part for part in parts if isinstance(part, int)) > local  # some are at several levels
    assert by_level.total >= local
    sent_by = [
        row for row in report.rows if row.kind is RowKind.AGENCY and row.values["one_stop"] is not Gap.MISSING
    ]
    assert len(sent_by) == report.coverage.sent == 9
    assert len(report.rows) == 64
    assert report.total.values["one_stop"] == sum(
        row.values["one_stop"] for row in sent_by if isinstance(row.values["one_stop"], int)
    )


def test_procedures_of_no_known_sector_are_told_and_not_counted(empty: Installation) -> None:
    assert not any(
        "ngành dọc hay không" in note for note in report_forms.build(empty, "II.07b", "2025-Q3").notes
    )
    with empty.database.transaction("test") as transaction:
        version = transaction.new_id()
        common = {"procedure_code": "1.000001", "version_id": version, "effective_date": date(2025, 1, 1)}
        transaction.append(
            "procedure", [{"procedure_code": "1.000001", "national_code": "1.000001", "origin": "test"}]
        )
        transaction.append(
            "procedure_version",
            [
                common
                | {
                    "name": "Cấp giấy",
                    "in_force": True,
                    "source": "test",
                    "content_hash": "",
                    "search_text": "",
                    "details": "{}",
                }
            ],
        )
        transaction.append("procedure_version_level", [{"version_id": version, "level": "provincial"}])
    notes = report_forms.build(empty, "II.07b", "2025-Q3").notes
    assert any(note.startswith("Không tính 1 TTHC có cấp thực hiện ở địa phương") for note in notes)


def test_after_the_district_level_its_procedures_count_where_they_went(demo: Installation) -> None:
    before = report_forms.build(demo, "II.07b", "2025-Q2", "ubnd-ha-noi").rows[0].values
    report = report_forms.build(demo, "II.07b", "2025-Q4", "ubnd-ha-noi")
    after = report.rows[0].values
    assert isinstance(before["local_district"], int)
    assert after["local_district"] is Gap.NOT_APPLICABLE
    assert after["local"] == before["local"]
    assert after["local_communal"] > before["local_communal"]  # type: ignore[operator]
    assert not report.broken
    assert any("cấp không còn tồn tại" in note for note in report.notes)
    assert len(report_forms.build(demo, "II.07b", "2025-Q4").rows) == 35


@pytest.mark.writes
def test_an_issue_prints_the_same_after_later_figures(demo: Installation, vpcp: Actor, byt: Actor) -> None:
    issue_id = report_issues.issue(demo, vpcp, "II.06a", "2024-Q1")
    was = report_issues.issued(demo, vpcp, issue_id)
    pages = [
        form_book.write(form_file.page_of_issue(demo, was)),
        form_paper.write(form_file.page_of_issue(demo, was)),
    ]
    correct(demo, byt)
    again = report_issues.issued(demo, vpcp, issue_id)
    assert again == was
    assert form_book.write(form_file.page_of_issue(demo, again)) == pages[0]
    found = report_issues.difference(demo, again)
    assert {(one.row.label, one.column, one.change) for one in found} == {
        (label, column, change)
        for label in (WORK, SECTION, "Tổng số")
        for column, change in (("resolved_early", -5), ("resolved_late", 5))
    }
    assert [one.agency_code for one in report_issues.since(demo, again)] == ["bo-y-te"]
    assert audit.check(demo).is_empty()


def test_what_was_known_then_is_what_was_printed(demo: Installation, vpcp: Actor) -> None:
    history = report_issues.issues(demo, vpcp, demo.moment(), "II.06a", "2023-Q4")
    was = report_issues.issued(demo, vpcp, history["issue_id"][0])
    assert (was.sent, was.expected) == (29, 85)
    known = report_forms.build(demo, "II.06a", "2023-Q4", moment=Moment(was.as_of, None, was.revision))
    assert known.rows == was.rows
    assert known.notes == was.notes
    assert len(report_issues.since(demo, was)) == 2
    assert report_issues.difference(demo, was)


@pytest.mark.writes
def test_an_issue_keeps_its_form_when_staff_change_it(
    demo: Installation, vpcp: Actor, tmp_path: Path
) -> None:
    issue_id = report_issues.issue(demo, vpcp, "II.06a", "2024-Q1", "bo-y-te")
    was = report_issues.issued(demo, vpcp, issue_id)
    for path in Path(catalogue.reference.__file__).parent.glob("*.yml"):
        shutil.copy(path, tmp_path)
    file = tmp_path / "report_forms.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('vi: "Trước hạn"', 'vi: "Sớm hạn"')
        .replace('      - "3 = 7 + 11"\n', "")
        .replace("closes_on_day: 14\n", "closes_on_day: 20\n"),
        encoding="utf-8",
    )
    other = replace(demo, reference=load_reference(tmp_path))
    assert report_issues.issued(other, vpcp, issue_id) == was
    assert report_forms.build(other, "II.06a", "2023-Q4").period.ends_on == date(2023, 12, 20)
    assert report_forms.build(other, "II.06a", "2024-Q1").form.column("resolved_early").title.vi == "Sớm hạn"
    assert report_issues.difference(other, was) == ()


@pytest.mark.writes
def test_the_same_report_is_not_issued_twice(demo: Installation, vpcp: Actor, byt: Actor) -> None:
    report_issues.issue(demo, vpcp, "II.06a", "2024-Q1", "bo-y-te")
    before = demo.moment().revision
    with pytest.raises(Conflict, match="report_issue_unchanged"):
        report_issues.issue(demo, vpcp, "II.06a", "2024-Q1", "bo-y-te")
    assert demo.moment().revision == before
    correct(demo, byt)
    report_issues.issue(demo, byt, "II.06a", "2024-Q1", "bo-y-te")
    assert report_issues.issues(demo, byt, demo.moment(), "II.06a", "2024-Q1").height == 2


@pytest.mark.writes
def test_a_report_without_notes_is_not_issued_twice_either(demo: Installation, vpcp: Actor) -> None:
    real = replace(demo, is_demo=False)
    issue_id = report_issues.issue(real, vpcp, "II.06a", "2024-Q1", "bo-y-te")
    assert report_issues.issued(real, vpcp, issue_id).notes == ()
    with pytest.raises(Conflict, match="report_issue_unchanged"):
        report_issues.issue(real, vpcp, "II.06a", "2024-Q1", "bo-y-te")


def test_who_may_issue(demo: Installation, byt: Actor, person: Person) -> None:
    with pytest.raises(Forbidden):
        report_issues.issue(demo, byt, "II.06a", "2024-Q1")
    with pytest.raises(Forbidden):
        report_issues.issue(demo, byt, "II.06a", "2024-Q1", "bo-tu-phap")
    for account in ("lanhdao", "quantri"):
        with pytest.raises(Forbidden):
            report_issues.issue(demo, person(demo, account), "II.06a", "2024-Q1")
    with pytest.raises(NotSignedIn):
        report_issues.issues(demo, NOBODY, demo.moment())
    assert report_issues.may_issue(demo, byt, "bo-y-te")
    assert not report_issues.may_issue(demo, byt, None)


@pytest.mark.writes
def test_there_must_be_something_to_issue_of_a_period_that_ended(demo: Installation, vpcp: Actor) -> None:
    with pytest.raises(Invalid, match="report_issue_empty"):
        report_issues.issue(demo, vpcp, "II.06a", "2024-Q1", "bo-quoc-phong")
    with pytest.raises(Invalid, match="report_issue_empty"):
        report_issues.issue(demo, vpcp, "II.07b", "2024-Q1")
    with pytest.raises(Invalid, match="statistics_period_open"):
        report_issues.issue(demo, vpcp, "II.06a", "2024-Q2")
    with pytest.raises(NotFound):
        report_issues.issued(demo, vpcp, 1)


@pytest.mark.writes
def test_an_identity_that_staff_add_later_keeps_a_broken_report_back(
    demo: Installation, vpcp: Actor, tmp_path: Path
) -> None:
    for path in Path(catalogue.reference.__file__).parent.glob("*.yml"):
        shutil.copy(path, tmp_path)
    file = tmp_path / "report_forms.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('      - "3 = 7 + 11"\n', '      - "3 = 7 + 11"\n      - "4 <= 13"\n', 1),
        encoding="utf-8",
    )
    other = replace(demo, reference=load_reference(tmp_path))
    assert report_forms.build(other, "II.06a", "2024-Q1").broken
    with pytest.raises(Invalid, match="report_identity_broken"):
        report_issues.issue(other, vpcp, "II.06a", "2024-Q1")


@pytest.mark.writes
def test_progress_is_told_outside_the_transaction(demo: Installation, vpcp: Actor) -> None:
    told: list[tuple[str, float]] = []
    report_issues.issue(
        demo, vpcp, "II.06a", "2024-Q1", progress=lambda step, share: told.append((step, share))
    )
    assert [step for step, _ in told] == ["collect", "count", "freeze", "done"]
    assert [share for _, share in told] == sorted(share for _, share in told)
