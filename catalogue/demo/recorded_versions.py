"""Versions of procedures as the ledger holds them already, for what is recorded about them later."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalogue.demo.ledger import Ledger
from catalogue.demo.procedures import Procedure
from catalogue.model.version import Version, details_from
from catalogue.working_days import ZONE


class RecordedVersions:
    """The versions of some procedures as they are recorded, read when they are asked for."""

    def __init__(self, ledger: Ledger, procedures: Iterable[Procedure]) -> None:
        self._rows: dict[str, list[tuple[date, dict[str, Any]]]] = {one.code: [] for one in procedures}
        for recorded_at, row in ledger.facts("procedure_version"):
            if row["procedure_code"] in self._rows:
                on = recorded_at.astimezone(ZONE).date()
                self._rows[row["procedure_code"]].append((on, row))
        for rows in self._rows.values():
            rows.sort(key=lambda one: one[1]["version_id"])
        self._read: dict[int, Version] = {}

    def first(self, one: Procedure) -> Version:
        """The first version of a procedure."""
        return self._version(self._rows[one.code][0][1])

    def last(self, one: Procedure) -> tuple[date, Version]:
        """The last version of a procedure, and the day on which it was recorded."""
        recorded_on, row = self._rows[one.code][-1]
        return recorded_on, self._version(row)

    def on(self, one: Procedure, day: date) -> Version | None:
        """What stood of a procedure on the eve of a day."""
        known = [row for recorded_on, row in self._rows[one.code] if recorded_on < day]
        return self._version(known[-1]) if known else None

    def _version(self, row: dict[str, Any]) -> Version:
        version_id = row["version_id"]
        if version_id not in self._read:
            self._read[version_id] = Version(
                version_id=version_id,
                procedure_code=row["procedure_code"],
                effective_date=row["effective_date"],
                in_force=row["in_force"],
                name=row["name"],
                field_name=row["field_name"],
                agency_name=row["issuing_agency_text"],
                is_vertical=row["is_vertical"],
                levels=frozenset(),
                details=details_from(row["details"]),
            )
        return self._read[version_id]
