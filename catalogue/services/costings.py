"""What versions of procedures cost: by their own sheet, or by an earlier one carried on by what changed since."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from catalogue.model.cost import Activity, Reading
from catalogue.model.cost_change import Carried, carried
from catalogue.model.diff import diff
from catalogue.model.period import Moment
from catalogue.services import cost_sheets, versions
from catalogue.services.cost_sheets import Recorded
from catalogue.services.installation import Installation
from catalogue.services.procedures import version_from
from catalogue.store.database import Database


@dataclass(frozen=True)
class Costing:
    """The cost of one version; not known while changes since the sheet's version are open."""

    version_id: int
    recorded: Recorded
    carried: Carried

    @property
    def is_own(self) -> bool:
        """Whether the sheet is of this very version."""
        return self.recorded.draft.version_id == self.version_id

    @property
    def is_known(self) -> bool:
        return self.carried.is_known

    @cached_property
    def amounts(self) -> Mapping[str, int]:
        """case_vnd, cases, year_vnd with low_vnd and high_vnd, time_vnd of it for time, and a sum an activity, in đồng."""
        sheet = self.carried.sheet
        cases = sheet.cases()
        by_activity = dict.fromkeys(Activity, 0)
        for line in sheet.lines:
            by_activity[line.activity] += cases * line.cost(sheet.wage)
        return {
            "case_vnd": sheet.case(),
            "cases": cases,
            "year_vnd": sheet.year(),
            "low_vnd": sheet.year(Reading.LOW),
            "high_vnd": sheet.year(Reading.HIGH),
            "time_vnd": cases * sum(line.time_cost(sheet.wage) for line in sheet.lines),
            **{f"{activity}_vnd": amount for activity, amount in by_activity.items()},
        }


# Neither sheets nor versions change: what one becomes for another version is worked out once.
_kept: WeakKeyDictionary[Database, dict[tuple[int, int], Costing]] = WeakKeyDictionary()


def of_versions(
    installation: Installation, moment: Moment, version_ids: Collection[int]
) -> Mapping[int, Costing]:
    """The costing of some versions, as known at a moment; one without a sheet, or an earlier one, is left out."""
    frame = installation.database.known(
        "costs/standing", versions=sorted(set(version_ids)), revision=moment.revision
    )
    wanted = {row["version_id"]: row["sheet_id"] for row in frame.iter_rows(named=True) if row["sheet_id"]}
    return by_sheet(installation, wanted)


def by_sheet(installation: Installation, wanted: Mapping[int, int]) -> Mapping[int, Costing]:
    """The costing of versions whose sheets are known: sheet id by version id."""
    database = installation.database
    kept = _kept.setdefault(database, {})
    missing = {version: sheet for version, sheet in wanted.items() if (sheet, version) not in kept}
    if missing:
        sheets = cost_sheets.load(database, set(missing.values()))
        own = {sheet_id: one.draft.version_id for sheet_id, one in sheets.items()}
        moved = {version for version, sheet in missing.items() if own[sheet] != version}
        read = versions.written(database, moved | {own[missing[version]] for version in moved})
        for version, sheet_id in missing.items():
            recorded = sheets[sheet_id]
            if version in moved:
                old, new = version_from(read[own[sheet_id]]), version_from(read[version])
                found = carried(recorded.sheet, diff(old, new), new.details)
            else:
                found = Carried(recorded.sheet)
            kept[sheet_id, version] = Costing(version, recorded, found)
    return {version: kept[sheet, version] for version, sheet in wanted.items()}
