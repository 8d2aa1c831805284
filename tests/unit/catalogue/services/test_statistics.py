"""Figures that agencies send: who may, what is refused, what must be explained, and that the same again changes nothing."""

from collections.abc import Callable

import pytest

from catalogue.correspondence import form_file
from catalogue.errors import Forbidden, Invalid, NotSignedIn
from catalogue.i18n import Translator
from catalogue.model.actor import NOBODY, Actor, Role
from catalogue.model.report_form import ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.services import accounts, audit, form_templates, report_forms, statistics
from catalogue.services.installation import Installation
from catalogue.services.statistics import Brought, Filed
from tests.form_files import Change, brought, changed, put, sent

pytestmark = pytest.mark.reads_only

Person = Callable[[Installation, str], Actor]
WORK = "Dược phẩm"
REASON = "Rà soát lại hồ sơ tồn, loại hai hồ sơ ghi trùng ở kỳ trước."
SECTION = "TTHC thuộc thẩm quyền của bộ, cơ quan"


def without_sums(*labels: str) -> list[Change]:
    return [put(label, column, None) for label in labels for column in range(3, 14)]


def moved(demo: Installation, agency: str, less: int, label: str = WORK) -> Brought:
    """The figures of an agency with fewer dossiers carried in, and so received, resolved and resolved early."""
    content = sent(demo, agency)
    row = next(row for row in brought(demo, content).rows if row.label == label)
    columns = {3: "received", 6: "carried_in", 7: "resolved", 8: "resolved_early"}
    changes = [put(label, column, row.values[code] - less) for column, code in columns.items()]
    return brought(demo, changed(content, *without_sums("Tổng số", SECTION), *changes))


def filed(demo: Installation, agency: str = "bo-y-te", period: str = "2024-Q1") -> Filed:
    form, span = demo.reference.report_form("II.06a"), statistics.period(demo, period)
    return statistics.filed(demo.database, form, span, demo.moment().revision)[agency]


def test_the_same_file_twice_changes_nothing(demo: Installation, byt: Actor) -> None:
    before = demo.moment().revision
    found = brought(demo, sent(demo, "bo-y-te"))
    look = statistics.look(demo, byt, found)
    assert look.is_unchanged
    assert not look.changes
    assert statistics.file(demo, byt, found) is None
    assert demo.moment().revision == before


@pytest.mark.writes
def test_a_correction_takes_the_place_of_what_was_sent_and_is_shown_before(
    demo: Installation, byt: Actor
) -> None:
    content = sent(demo, "bo-y-te")
    row = brought(demo, content).rows[-1]
    values = row.values
    found = brought(
        demo,
        changed(
            content, *without_sums("Tổng số", SECTION),
            put(WORK, 8, values["resolved_early"] - 1), put(WORK, 10, values["resolved_late"] + 1),
        ),
    )  # fmt: skip
    look = statistics.look(demo, byt, found)
    assert {(one.column, one.becomes - one.was) for one in look.changes if one.was is not None and one.becomes is not None} == {
        ("resolved_early", -1), ("resolved_late", 1),
    }  # fmt: skip
    assert statistics.file(demo, byt, found) is not None
    now = filed(demo)
    assert (now.versions, now.actor_name) == (2, byt.full_name)
    assert now.rows[-1].values["resolved_late"] == values["resolved_late"] + 1
    total = report_forms.build(demo, "II.06a", "2024-Q1", "bo-y-te").total
    assert total is not None
    assert statistics.file(demo, byt, found) is None
    assert audit.check(demo).is_empty()


def test_nothing_is_written_where_one_row_is_wrong(demo: Installation, byt: Actor) -> None:
    before = demo.moment().revision
    found = brought(demo, changed(sent(demo, "bo-y-te"), put(WORK, 4, 1)))
    assert statistics.look(demo, byt, found).faults
    with pytest.raises(Invalid, match="statistics_refused"):
        statistics.file(demo, byt, found)
    assert demo.moment().revision == before


@pytest.mark.writes
def test_a_break_to_the_period_before_must_be_explained_and_is_printed(
    demo: Installation, byt: Actor
) -> None:
    found = moved(demo, "bo-y-te", 2)
    look = statistics.look(demo, byt, found)
    assert not look.faults
    (fault,) = look.carry
    t = Translator("vi")
    ended = filed(demo, period="2023-Q4").rows[-1].values["pending"]
    assert statistics.sentence(t, fault) == (
        f"Dòng {fault.row} ({WORK}): cột (6) kỳ này = {t.number(ended - 2)} nhưng cột (11) kỳ trước = {t.number(ended)}."
    )
    with pytest.raises(Invalid, match="statistics_unexplained"):
        statistics.file(demo, byt, found)
    with pytest.raises(Invalid, match="statistics_explanation_short"):
        statistics.file(demo, byt, found, "sai sót")
    with pytest.raises(Invalid, match="statistics_explanation_long"):
        statistics.file(demo, byt, found, "x" * 5000)
    assert statistics.file(demo, byt, found, f"  {REASON} ") is not None
    assert filed(demo).explanation == REASON
    report = report_forms.build(demo, "II.06a", "2024-Q1", "bo-y-te")
    assert any(REASON in note for note in report.notes)
    carry = next(check for check in report.checks if check.before)
    assert [one.label for one in carry.faults] == [f"Bộ Y tế, {WORK}"]
    assert statistics.file(demo, byt, found, REASON) is None
    assert statistics.file(demo, byt, found, REASON + " Đã có biên bản.") is not None


def test_an_explanation_without_a_break_is_not_kept(demo: Installation, byt: Actor) -> None:
    assert statistics.file(demo, byt, brought(demo, sent(demo, "bo-y-te")), REASON) is None
    assert filed(demo).explanation is None


def test_an_editor_sends_figures_of_its_own_agency_only(demo: Installation, byt: Actor, vpcp: Actor) -> None:
    other = moved(demo, "bo-tu-phap", 0, filed(demo, "bo-tu-phap").rows[0].label)
    with pytest.raises(Forbidden):
        statistics.look(demo, byt, other)
    with pytest.raises(Forbidden):
        statistics.file(demo, byt, other)
    assert statistics.look(demo, vpcp, other).is_unchanged


@pytest.mark.parametrize("account", ["lanhdao", "quantri"])
def test_who_only_reads_or_administers_sends_nothing(
    demo: Installation, person: Person, account: str
) -> None:
    with pytest.raises(Forbidden):
        statistics.file(demo, person(demo, account), brought(demo, sent(demo, "bo-y-te")))
    assert not statistics.may_file(demo, person(demo, account), "bo-y-te")
    with pytest.raises(NotSignedIn):
        statistics.look(demo, NOBODY, brought(demo, sent(demo, "bo-y-te")))
    with pytest.raises(Forbidden):
        form_file.template(demo, "II.06a", "2024-Q1", "bo-y-te", by=person(demo, account))


def test_a_period_that_has_not_ended_and_an_agency_that_does_not_report_are_refused(
    demo: Installation, vpcp: Actor
) -> None:
    content = form_file.template(demo, "II.06a", "2024-Q2", "bo-y-te")
    with pytest.raises(Invalid, match="statistics_period_open"):
        statistics.look(demo, vpcp, brought(demo, content))
    with pytest.raises(Invalid, match="statistics_not_owed"):
        form_file.template(demo, "II.07b", "2024-Q1", "bo-y-te")
    with pytest.raises(Invalid, match="statistics_not_owed"):
        report_forms.build(demo, "II.07b", "2024-Q1", "bo-y-te")


def real_vpcp(installation: Installation) -> Actor:
    """A reviewer of a real installation, whose working date is 20/11/2026."""
    accounts.add_account(
        installation, account="vpcp", full_name="Người rà soát", role="reviewer", agency_code=None,
        password="mot mat khau rat dai", by=None, email=None,
    )  # fmt: skip
    row = accounts.list_accounts(installation, by=None).to_dicts()[0]
    return Actor(row["actor_id"], "vpcp", "Người rà soát", Role.REVIEWER)


def test_after_the_district_level_its_columns_are_dashes_and_take_no_figure(empty: Installation) -> None:
    vpcp = real_vpcp(empty)
    name = "Ủy ban nhân dân thành phố Hà Nội"
    figures = [put(name, 7, 900), put(name, 8, 880), put(name, 10, 40)]
    content = form_file.template(empty, "II.07b", "2025-Q4", "ubnd-ha-noi")
    wrong = statistics.look(empty, vpcp, brought(empty, changed(content, *figures, put(name, 9, 0))))
    assert [statistics.sentence(Translator("vi"), one) for one in wrong.faults] == [
        f"Dòng {wrong.faults[0].row} ({name}), cột (9): cột chỉ áp dụng đến hết 30/06/2025, phải để trống hoặc ghi “–”."
    ]
    assert statistics.file(empty, vpcp, brought(empty, changed(content, *figures))) is not None
    report = report_forms.build(empty, "II.07b", "2025-Q4", "ubnd-ha-noi")
    (row,) = report.rows
    assert row.values["one_stop"] == 900
    assert row.values["one_stop_district"] == row.values["local_district"] == "not_applicable"
    assert row.values["process"] == row.values["local"] == "missing"  # an empty catalogue does not know


def test_a_section_that_ended_takes_no_rows(empty: Installation) -> None:
    old = form_file.template(empty, "II.06a", "2025-Q2", "ubnd-ha-noi")
    new = form_file.template(empty, "II.06a", "2025-Q4", "ubnd-ha-noi")
    district = "TTHC thuộc thẩm quyền cấp huyện"
    labels = [row.label for row in form_templates.rows(empty, *_form(empty, "2025-Q2"), "ubnd-ha-noi")]
    assert district in labels
    assert district not in [
        row.label for row in form_templates.rows(empty, *_form(empty, "2025-Q4"), "ubnd-ha-noi")
    ]
    put_back = changed(new, put("TTHC thuộc thẩm quyền cấp xã", 2, district))
    assert any(fault.rule == "section_ended" for fault in brought(empty, put_back).faults)
    assert not any(fault.rule == "section_ended" for fault in brought(empty, old).faults)


def _form(installation: Installation, period: str) -> tuple[ReportForm, ReportPeriod]:
    return installation.reference.report_form("II.06a"), statistics.period(installation, period)
