"""A periodic report as data."""

from typing import Any

from catalogue.model.report_table import Gap
from catalogue.services.report_forms import Report


def numbers(report: Report) -> dict[str, Any]:
    """The report's rows by column code; a missing figure is null, a column that does not apply is left out."""
    return {
        "form": report.form.number,
        "period": {
            "name": report.period.name,
            "from": report.period.starts_on.isoformat(),
            "to": report.period.ends_on.isoformat(),
        },
        "agency": report.agency_code,
        "as_of": report.as_of.isoformat(),
        "revision": report.revision,
        "coverage": {
            "sent": report.coverage.sent,
            "expected": report.coverage.expected,
            "missing": [agency.code for agency in report.coverage.missing],
        },
        "checks": [
            {
                "identity": check.text,
                "carried_from": check.before.name if check.before else None,
                "tested": check.tested,
                "untested": check.untested,
                "broken": len(check.faults),
            }
            for check in report.checks
        ],
        "rows": [
            {
                "kind": row.kind.value,
                "section": row.section,
                "agency": row.agency_code,
                "label": row.label,
                "values": {
                    code: None if value is Gap.MISSING else value
                    for code, value in row.values.items()
                    if value is not Gap.NOT_APPLICABLE
                },
            }
            for row in report.rows
        ],
        "notes": list(report.notes),
    }
