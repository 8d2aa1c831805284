"""The simplification programme: 1,086 items under 19 resolutions, 437 enacted by 2023-10-31 and 658 by 2024-02-29."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.demo import deadlines, instruments
from catalogue.demo.commitments import Commitments, Document, Instrument, Item
from catalogue.demo.cuts import ABOLITION, choose
from catalogue.demo.office import some_working_day, working_day
from catalogue.demo.procedures import Procedure
from catalogue.demo.shares import cut
from catalogue.reference import Reference
from catalogue.working_days import add_working_days

PROGRAMME = "don-gian-hoa-giay-to-cong-dan"
LOADED_ON = date(2021, 12, 31)
_WORKING_DATE = date(2024, 3, 21)
_AUTUMN, _WINTER = date(2023, 10, 31), date(2024, 2, 29)
_EARLIEST = add_working_days(LOADED_ON, 3)
_LATE_IN_AUTUMN, _LATE_IN_WINTER = 27, 43  # items whose instrument was reported after the day itself
_BROAD_TITLE = "sửa đổi, bổ sung một số nghị định liên quan đến thủ tục hành chính, giấy tờ công dân"


@dataclass(frozen=True)
class Task:
    """One agency's share: enacted by 2023-10-31, by 2024-02-29, issued but in force later, and held by one draft."""

    items: int
    autumn: int
    winter: int
    coming: int = 0
    biggest_draft: int = 0
    small_drafts: int = 0  # at least so many others, so that claims can wait for them


TASKS: dict[str, Task] = {
    "bo-cong-an": Task(150, 76, 110, coming=5, biggest_draft=26, small_drafts=5),
    "bo-tu-phap": Task(125, 45, 71, coming=5, biggest_draft=36, small_drafts=6),
    "bo-lao-dong-thuong-binh-va-xa-hoi": Task(110, 42, 66, biggest_draft=30, small_drafts=5),
    "bo-y-te": Task(105, 22, 40, biggest_draft=46, small_drafts=8),
    "bo-giao-duc-va-dao-tao": Task(95, 39, 62, coming=5, small_drafts=5),
    "bo-tai-chinh": Task(90, 40, 60, small_drafts=3),
    "bo-noi-vu": Task(65, 15, 33, biggest_draft=25, small_drafts=3),
    "bo-giao-thong-van-tai": Task(60, 27, 38, coming=4, small_drafts=2),
    "bo-nong-nghiep-va-phat-trien-nong-thon": Task(52, 22, 33),
    "bo-quoc-phong": Task(45, 11, 20, small_drafts=2),
    "bo-tai-nguyen-va-moi-truong": Task(42, 10, 17, small_drafts=3),
    "bo-xay-dung": Task(30, 4, 7),
    "bo-van-hoa-the-thao-va-du-lich": Task(28, 6, 12, small_drafts=2),
    "bo-ke-hoach-va-dau-tu": Task(25, 14, 25),
    "ngan-hang-nha-nuoc-viet-nam": Task(20, 20, 20),
    "bo-thong-tin-va-truyen-thong": Task(16, 16, 16),
    "bo-cong-thuong": Task(14, 14, 14),
    "bo-ngoai-giao": Task(8, 8, 8),
    "bo-khoa-hoc-va-cong-nghe": Task(6, 6, 6),
}

_CROSS_CUTTING = (
    "Nghị định quy định về khai thác Cơ sở dữ liệu quốc gia về dân cư để giải quyết thủ tục hành chính"
)
_CROSS_CUTTING_ITEMS = 36
# Months of entry into force, weighted: a slow start, two good autumns.
_MONTHS = {
    (2022, 2): 3, (2022, 3): 5, (2022, 4): 6, (2022, 5): 8, (2022, 6): 9, (2022, 7): 14, (2022, 8): 13, (2022, 9): 14,
    (2022, 10): 17, (2022, 11): 19, (2022, 12): 22, (2023, 1): 26, (2023, 2): 18, (2023, 3): 22, (2023, 4): 24,
    (2023, 5): 27, (2023, 6): 30, (2023, 7): 37, (2023, 8): 34, (2023, 9): 36, (2023, 10): 44,
}  # fmt: skip
_WINTER_MONTHS = {(2023, 11): 32, (2023, 12): 56, (2024, 1): 68, (2024, 2): 62}
_COMING_DAYS = (date(2024, 4, 15), date(2024, 7, 1))


def plan(reference: Reference, procedures: list[Procedure], rng: random.Random) -> Commitments:
    """Items, instruments, deadlines and days of confirmation; publication is planned by `publications`."""
    commitments = Commitments(PROGRAMME, [], [], [], [], LOADED_ON)
    days = sorted(rng.sample(_resolution_days(), len(TASKS)))
    for (agency, task), day in zip(sorted(TASKS.items(), key=lambda _: rng.random()), days, strict=True):
        resolution = _resolution(reference.agency(agency).name_on(day), day)
        commitments.assigning.append(resolution)
        commitments.items.extend(_agency_items(agency, task, resolution, procedures, rng))
    commitments.instruments = list(
        dict.fromkeys(instrument for item in commitments.items for instrument in item.instruments)
    )
    for instrument in commitments.instruments:
        if len(instrument.items) >= 20:
            lead = reference.agency(instrument.items[0].lead)
            instruments.broaden(instrument, _BROAD_TITLE, lead.name_on(LOADED_ON))
    _confirm(commitments.instruments, rng)
    _need_second_instruments(commitments, rng)
    deadlines.set_done(commitments, rng)
    deadlines.set_open(commitments, deadlines.SIMPLIFICATION, rng)
    return commitments


def _resolution_days() -> list[date]:
    days = (date(2021, 8, 4) + timedelta(days=offset) for offset in range(0, 138, 2))
    return sorted({working_day(day) for day in days})


def _resolution(agency_name: str, day: date) -> Document:
    return Document(
        type="resolution",
        title="Nghị quyết về việc đơn giản hóa thủ tục hành chính, giấy tờ công dân liên quan đến quản lý dân cư "
        f"thuộc phạm vi chức năng quản lý nhà nước của {agency_name}",
        issuer="chinh-phu",
        issued_on=day,
        in_force_on=day,
    )


def _agency_items(
    agency: str, task: Task, resolution: Document, procedures: list[Procedure], rng: random.Random
) -> list[Item]:
    own = [one for one in procedures if one.agency == agency and not one.taken]
    abolished = [one for one in own if one.fate == "abolition_promised"]
    open_items = task.items - task.winter - task.coming
    groups: list[tuple[str, int]] = []
    for kind, total, sizes in (
        ("autumn", task.autumn - len(abolished), (1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 11)),
        ("winter", task.winter - task.autumn, (2, 3, 4, 5, 7, 9, 14)),
        ("coming", task.coming, (4, 5)),
        ("open", task.biggest_draft, (task.biggest_draft,)),
    ):
        groups.extend((kind, size) for size in cut(total, sizes, rng))
    small = cut(open_items - task.biggest_draft, (1, 2, 2, 3, 4, 6), rng, at_least=task.small_drafts)
    groups.extend(("open", size) for size in small)
    rng.shuffle(groups)
    kept = [one for one in own if one.fate == "kept"]
    citizens = sorted(kept, key=lambda one: (len(one.levels) == 1 and "ministry" in one.levels, rng.random()))
    chosen = sorted(citizens[: task.items - len(abolished)], key=lambda one: one.code)
    items: list[Item] = []
    for kind, size in groups:
        members, chosen = chosen[:size], chosen[size:]
        instrument = _instrument(agency, kind, members, rng)
        items.extend(_item(resolution, one, instrument, rng) for one in members)
    in_force = [item.instruments[0] for item in items if item.instruments[0].progress == "issued"]
    autumn = [one for one in dict.fromkeys(in_force) if one.in_force_on and one.in_force_on <= _AUTUMN]
    items.extend(_item(resolution, one, rng.choice(autumn), rng) for one in abolished)
    return items


def _instrument(agency: str, kind: str, members: list[Procedure], rng: random.Random) -> Instrument:
    fields = [one.field.name for one in members]
    instrument = instruments.new_instrument(agency, fields, instruments.SIMPLIFYING, rng)
    if kind == "open":
        instruments.stay_open(instrument, rng, _WORKING_DATE)
    elif kind == "coming":
        instruments.enact(instrument, rng.choice(_COMING_DAYS), _EARLIEST, rng)
        assert instrument.issued_on is not None
        instrument.issued_on = min(
            instrument.issued_on, some_working_day(date(2024, 2, 1), date(2024, 3, 1), rng)
        )
    else:
        months = _MONTHS if kind == "autumn" else _WINTER_MONTHS
        year, month = rng.choices(list(months), weights=list(months.values()))[0]
        day = date(year, month, rng.choice((1, 5, 10, 15, 15, 20, 25, 28)))
        instruments.enact(instrument, day, _EARLIEST, rng)
    return instrument


def _item(resolution: Document, procedure: Procedure, instrument: Instrument, rng: random.Random) -> Item:
    procedure.taken = True
    cuts, after = choose(procedure.content, rng.choice((1, 1, 1, 2)), rng)
    if procedure.fate == "abolition_promised" or rng.random() < 0.02:
        cuts, after = [ABOLITION], procedure.content
    item = Item(PROGRAMME, resolution, procedure, cuts, after)
    item.need(instrument)
    return item


def _confirm(all_instruments: list[Instrument], rng: random.Random) -> None:
    issued = [one for one in all_instruments if one.in_force_on]
    autumn = [one for one in issued if one.in_force_on and one.in_force_on <= _AUTUMN]
    winter = [one for one in issued if one.in_force_on and _AUTUMN < one.in_force_on <= _WINTER]
    for group, last in ((autumn, _AUTUMN), (winter, _WINTER), (issued, instruments.LAST_DAY)):
        for instrument in group:
            if instrument.confirmed_on is None:
                instruments.confirm_by(instrument, last, rng)
    instruments.confirm_late(autumn, _LATE_IN_AUTUMN, date(2023, 11, 2), date(2023, 11, 17), rng)
    instruments.confirm_late(winter, _LATE_IN_WINTER, date(2024, 3, 1), date(2024, 3, 19), rng)


def _need_second_instruments(commitments: Commitments, rng: random.Random) -> None:
    """About one item in seven waits for two documents; the second one never moves the day of a done item."""
    decree = _cross_cutting_decree(commitments)
    waiting = [
        item
        for item in commitments.items
        if item.enacted_on is None and item.lead != "bo-cong-an" and len(item.instruments[0].items) >= 20
    ]
    for item in rng.sample(waiting, _CROSS_CUTTING_ITEMS):
        item.need(decree)
    by_agency: dict[str, list[Instrument]] = {}
    for instrument in commitments.instruments:
        if instrument.confirmed_on:
            by_agency.setdefault(instrument.drafting_agency or "", []).append(instrument)
    for item in commitments.items:
        first = item.instruments[0]
        earlier = [one for one in by_agency.get(item.lead, []) if _is_before(one, first)]
        if len(item.instruments) == 1 and earlier and rng.random() < 0.13:
            item.need(rng.choice(earlier))


def _is_before(one: Instrument, other: Instrument) -> bool:
    assert one.in_force_on is not None and one.confirmed_on is not None
    if other.in_force_on is None or other.confirmed_on is None:
        return one.in_force_on <= _WINTER and one.confirmed_on <= _WINTER
    return one.in_force_on <= other.in_force_on and one.confirmed_on < other.confirmed_on


def _cross_cutting_decree(commitments: Commitments) -> Instrument:
    """The draft that holds the most: a decree of Bộ Công an that other agencies' items need too."""
    drafts = [one for one in commitments.instruments if one.progress != "issued"]
    decree = max(
        (one for one in drafts if one.drafting_agency == "bo-cong-an"), key=lambda one: len(one.items)
    )
    decree.type, decree.issuer, decree.title = "decree", "chinh-phu", _CROSS_CUTTING
    decree.progress, decree.planned_on = "submitted", date(2024, 2, 15)
    return decree
