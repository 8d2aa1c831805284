"""The month's progress report as plain data, for `report --json`."""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from catalogue.model.progress_report import ProgressReport, ProgressRow


def numbers(report: ProgressReport) -> dict[str, Any]:
    """Everything the report says, ready for JSON; people's names are left out."""
    data = asdict(report)
    data["rows"] = [_row(row) for row in report.rows]
    data["total"] = _row(report.total)
    for one in (*data["late_corrections"], *data["carried_corrections"]):
        del one["recorded_by"]
    for period in (data["period"], data["previous"]):
        if period:
            del period["closed_by"]
    plain: dict[str, Any] = _plain(data)
    return plain


def _row(row: ProgressRow) -> dict[str, Any]:
    return asdict(row) | {
        "done_change": row.done_change,
        "percent_of_all": row.percent_of_all,
        "percent_of_due": row.percent_of_due,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value.value if isinstance(value, Enum) else value
