"""The dossier statistics of the demonstration keep to the identities and are marked as invented."""

from catalogue.demo.statistics import PERIODS
from catalogue.model.report_table import row_faults
from catalogue.services import report_forms, statistics
from catalogue.services.installation import Installation


def test_two_quarters_hold_and_go_on(demo: Installation) -> None:
    form = demo.reference.report_form("II.06a")
    counts = []
    for name in PERIODS:
        span = statistics.period(demo, name)
        found = statistics.filed(demo.database, form, span, demo.moment().revision)
        counts.append(len(found))
        for one in found.values():
            assert not list(row_faults(form, one.rows, span.ends_on))
            assert one.recorded_at.date() <= demo.working_date
        report = report_forms.build(demo, "II.06a", name)
        assert not report.broken
        assert report.notes[-1] == "Dữ liệu trình diễn: số liệu hồ sơ là giả định."
    assert counts == [31, 25]
    carry = next(check for check in report_forms.build(demo, "II.06a", PERIODS[1]).checks if check.before)
    assert (carry.tested, len(carry.faults)) == (25, 1)


def test_what_provinces_report_fits_the_catalogue(demo: Installation) -> None:
    report = report_forms.build(demo, "II.07b", PERIODS[0])
    assert (report.coverage.sent, report.broken) == (9, 0)
    for row in report.rows[:-1]:
        if isinstance(row.values["one_stop"], int) and isinstance(row.values["local"], int):
            assert row.values["one_stop"] <= row.values["local"]
