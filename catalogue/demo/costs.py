"""Compliance cost of the demonstration: sheets for some procedures of the simplification programme, well covered by some
ministries and not at all by others, and for a few that no item touches; before their cut, and of some after it.
"""

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from catalogue.demo import cost_figures, flaws
from catalogue.demo.commitments import Item
from catalogue.demo.ledger import Ledger
from catalogue.demo.ministries import MINISTRIES
from catalogue.demo.office import Office, some_working_day
from catalogue.demo.people import People
from catalogue.demo.procedures import Procedure
from catalogue.demo.recorded_versions import RecordedVersions
from catalogue.demo.shares import cut
from catalogue.model.cost_change import carried
from catalogue.model.cost_sheet import Draft
from catalogue.model.diff import diff
from catalogue.model.version import Version
from catalogue.reference import Reference
from catalogue.services import cost_recording
from catalogue.working_days import add_working_days

# Of each agency's items in the simplification programme; agencies that are not here have none.
COVERED = {
    "bo-cong-an": 0.3, "bo-tu-phap": 0.96, "bo-lao-dong-thuong-binh-va-xa-hoi": 0.5, "bo-y-te": 0.7,
    "bo-giao-duc-va-dao-tao": 0.4, "bo-tai-chinh": 0.35, "bo-giao-thong-van-tai": 0.75,
    "bo-nong-nghiep-va-phat-trien-nong-thon": 0.1, "bo-tai-nguyen-va-moi-truong": 0.6, "bo-xay-dung": 1.0,
    "bo-van-hoa-the-thao-va-du-lich": 0.2, "bo-thong-tin-va-truyen-thong": 0.9, "bo-cong-thuong": 0.5,
    "bo-khoa-hoc-va-cong-nghe": 1.0,
}  # fmt: skip
_OTHERS = 0.05  # of the procedures in force that no item touches
# Own sheets after the cut: of the items that are done, and of those whose cost the sheet from before cannot tell.
_LATER, _LATER_OPEN = 1 / 3, 0.75
_FIRST_DAY, _EARLY = date(2023, 2, 6), date(2023, 4, 14)
_AUTUMN, _LAST_BEFORE = date(2023, 10, 31), date(2023, 12, 20)
_FIRST_LATER, _LAST_DAY, _WORKING_DATE = date(2024, 1, 8), date(2024, 3, 19), date(2024, 3, 21)
_BATCHES = (1, 1, 2, 3, 4, 6, 9, 14)  # sheets that are entered at once
_BOOK = 3  # so many are read from a workbook
_OFFICE_SHARE = 0.15  # batches that the Office enters itself
_AGAIN = 4
_WHY_AGAIN = (
    "Bổ sung kết quả khảo sát tại hai tỉnh nữa; số đối tượng lấy theo thống kê cả năm.",
    "Rà soát lại thời gian chuẩn bị hồ sơ sau khi đối chiếu với phiếu khảo sát gốc.",
    "Văn phòng Chính phủ đề nghị lập lại do số đối tượng chưa khớp với báo cáo thống kê.",
)
_WHY_WITHDRAWN = "Lập nhầm cho thủ tục cùng lĩnh vực ở cấp khác; số đối tượng không phải của thủ tục này."


@dataclass(frozen=True)
class _Sheet:
    procedure: Procedure
    version: Version
    draft: Draft
    reason: str | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class _Batch:
    """What one person enters at once; many sheets are read from a workbook."""

    day: date
    agency: str
    sheets: Sequence[_Sheet]
    by_office: bool = False


def record(
    reference: Reference,
    ledger: Ledger,
    staff: People,
    items: Sequence[Item],
    procedures: Sequence[Procedure],
    rng: random.Random,
) -> None:
    """Sheets as facts, a revision a batch; `items`: of the simplification programme. The versions must be recorded."""
    chosen = _chosen(items, rng)
    free = [one for one in procedures if not one.taken and one.fate == "kept"]
    others = [
        one
        for one in rng.sample(free, round(_OTHERS * len(free)))
        if not flaws.is_flawed(one.code, is_tracked=False)
    ]
    plan = _Plan(reference, RecordedVersions(ledger, [*(item.procedure for item in chosen), *others]), rng)
    firsts = plan.before(chosen)
    sheets = {sheet.procedure: sheet for batch in firsts for sheet in batch.sheets}
    untouched = plan.untouched(others)
    entered = [*firsts, *untouched, *plan.redone([*firsts, *untouched]), plan.withdrawn(untouched)]
    entered += plan.later([item for item in chosen if _is_done(item)], sheets)
    _write(reference, ledger, staff, Office(rng), entered)


def _chosen(items: Sequence[Item], rng: random.Random) -> list[Item]:
    chosen: list[Item] = []
    for agency, share in COVERED.items():
        own = [item for item in items if item.lead == agency]
        chosen += rng.sample(own, round(share * len(own)))
    return chosen


def _is_done(item: Item) -> bool:
    return item.enacted_on is not None and item.enacted_on <= _WORKING_DATE


class _Plan:
    """Batches of sheets, each on its day."""

    def __init__(self, reference: Reference, known: RecordedVersions, rng: random.Random) -> None:
        self._reference, self._known, self._rng = reference, known, rng
        self._seed = rng.getrandbits(64)
        self._places = [one.short_name for one in reference.agencies_on(_WORKING_DATE, "province")]

    def before(self, items: Iterable[Item]) -> list[_Batch]:
        """What each item's procedure cost before its cut; reckoned before the cut where that came late in 2023."""
        batches = []
        for agency, group in self._batches((item.procedure, _latest_day(item)) for item in items):
            day = some_working_day(_FIRST_DAY, min(last for _, last in group), self._rng)
            batches.append(
                self._batch(day, agency, [self._first(one, self._known.first(one), day) for one, _ in group])
            )
        return batches

    def later(self, done: Sequence[Item], sheets: dict[Procedure, _Sheet]) -> list[_Batch]:
        """What some cost afterwards, most of them those of which the sheet before cannot tell it."""
        rng, found = self._rng, []
        for item in done:
            recorded_on, last = self._known.last(item.procedure)
            before = sheets[item.procedure]
            if last.version_id != before.version.version_id and last.in_force:
                changes = diff(before.version, last)
                after = carried(before.draft.reckoned(1), changes, last.details)
                found.append((item.procedure, last, recorded_on, after.is_known))
        unknown = [one for one in found if not one[3]]
        known = [one for one in found if one[3]]
        picked = rng.sample(unknown, round(_LATER_OPEN * len(unknown)))
        picked += rng.sample(known, round(_LATER * len(done)) - len(picked))
        versions = {one: version for one, version, _, _ in picked}
        batches = []
        for agency, group in self._batches((one, recorded_on) for one, _, recorded_on, _ in picked):
            first = max(_FIRST_LATER, *(add_working_days(recorded_on, 1) for _, recorded_on in group))
            day = some_working_day(first, _LAST_DAY, rng)
            made = []
            for one, _ in group:
                own = self._own(versions[one])
                survey = self._survey(versions[one], agency, day, own)
                draft = cost_figures.later(versions[one], sheets[one].draft, survey, own)
                made.append(_Sheet(one, versions[one], draft))
            batches.append(self._batch(day, agency, made))
        return batches

    def untouched(self, others: Sequence[Procedure]) -> list[_Batch]:
        """What some procedures cost that no item touches, by the version that stood on the day."""
        rng = self._rng
        batches = []
        for agency, group in self._batches((one, _LAST_BEFORE) for one in others):
            day = some_working_day(_FIRST_DAY, _LAST_BEFORE, rng)
            stood = [(one, self._known.on(one, day)) for one, _ in group]
            made = [self._first(one, version, day) for one, version in stood if version]
            if made:
                batches.append(self._batch(day, agency, made))
        return batches

    def redone(self, batches: Sequence[_Batch]) -> list[_Batch]:
        """Sheets that take the place of others, because the figures were collected again."""
        rng, found = self._rng, []
        for place, batch in enumerate(rng.sample(batches, _AGAIN)):
            before, day = batch.sheets[0], add_working_days(batch.day, rng.randint(15, 40))
            survey = self._survey(before.version, batch.agency, day, rng)
            draft = cost_figures.again(before.draft, survey, rng)
            why = _WHY_AGAIN[place % len(_WHY_AGAIN)]
            found.append(_Batch(day, batch.agency, [_Sheet(before.procedure, before.version, draft, why)]))
        return found

    def withdrawn(self, batches: Sequence[_Batch]) -> _Batch:
        """The withdrawal of one sheet that was entered with others."""
        early = [one for one in batches if one.day < _AUTUMN and len(one.sheets) > 1]  # at the same income
        batch = self._rng.choice(early)
        sheet = replace(batch.sheets[-1], reason=_WHY_WITHDRAWN, is_withdrawn=True)
        return _Batch(add_working_days(batch.day, 9), batch.agency, [sheet])

    def _batches(
        self, dated: Iterable[tuple[Procedure, date]]
    ) -> list[tuple[str, list[tuple[Procedure, date]]]]:
        """Procedures of one agency together, those of near days first."""
        by_agency: dict[str, list[tuple[Procedure, date]]] = defaultdict(list)
        for one, day in dated:
            by_agency[one.agency].append((one, day))
        found = []
        for agency, own in by_agency.items():
            own.sort(key=lambda pair: (pair[1], pair[0].code))
            for size in cut(len(own), _BATCHES, self._rng):
                found.append((agency, own[:size]))
                own = own[size:]
        return found

    def _batch(self, day: date, agency: str, sheets: Sequence[_Sheet]) -> _Batch:
        return _Batch(day, agency, sheets, by_office=self._rng.random() < _OFFICE_SHARE)

    def _first(self, one: Procedure, version: Version, day: date) -> _Sheet:
        own = self._own(version)
        survey = self._survey(version, one.agency, day, own)
        return _Sheet(one, version, cost_figures.first(version, one.levels, survey, own))

    def _own(self, version: Version) -> random.Random:
        """Chance of a version's own: which others have a sheet moves no figure of its."""
        return random.Random(f"{self._seed} {version.version_id}")

    def _survey(self, version: Version, agency: str, day: date, rng: random.Random) -> cost_figures.Survey:
        name = self._reference.agency(agency).name_on(day)
        return cost_figures.asked(version, name, self._places, day, rng)


def _latest_day(item: Item) -> date:
    done_on = item.enacted_on
    return done_on if done_on and _EARLY <= done_on < _LAST_BEFORE else _LAST_BEFORE


def _write(
    reference: Reference, ledger: Ledger, staff: People, office: Office, batches: Iterable[_Batch]
) -> None:
    ids, books = count(1), Counter[str]()
    for batch in sorted(batches, key=lambda one: one.day):
        income = reference.hourly_income(batch.day)
        assert income is not None
        own_editor = None if batch.by_office else staff.editor_of.get(batch.agency)
        actor_id = own_editor or staff.reviewers[0]
        book = None
        if len(batch.sheets) >= _BOOK:
            books[batch.agency] += 1
            account = MINISTRIES[batch.agency].account.upper()
            book = f"Chi-phi-tuan-thu-{account}-{books[batch.agency]:02d}.xlsx"
        command = "cost.withdraw" if batch.sheets[0].is_withdrawn else "cost.save"
        revision = ledger.at(office.moment(batch.day), command, actor_id)
        for sheet in batch.sheets:
            sheet_id = next(ids)
            head = {
                "sheet_id": sheet_id,
                "procedure_code": sheet.procedure.code,
                "version_id": sheet.version.version_id,
                "made_on": batch.day,
                "income_year": income.year,
                "income_vnd": income.value_vnd,
                "is_withdrawn": sheet.is_withdrawn,
                "reason": sheet.reason,
                "file_name": book,
                "sha256": hashlib.sha256(book.encode()).hexdigest() if book else None,
                "actor_id": actor_id,
            }
            revision.add("cost_sheet", head)
            if sheet.is_withdrawn:
                continue
            lines, figures = cost_recording.facts(sheet_id, sheet.draft)
            for row in lines:
                revision.add("cost_line", row)
            for row in figures:
                revision.add("cost_figure", row)
