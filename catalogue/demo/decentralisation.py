"""The decentralisation programme: 699 items of 100 fields under Decision 1015, 81 enacted by 2023-06-30 and 195 by 2024-02-29."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.demo import deadlines, instruments
from catalogue.demo.commitments import Commitments, Document, Instrument, Item
from catalogue.demo.cuts import Cut
from catalogue.demo.ministries import LINE_OFFICES, MINISTRIES
from catalogue.demo.procedures import Procedure
from catalogue.demo.shares import apportion, cut
from catalogue.model.authority import authority_named
from catalogue.reference import Reference
from catalogue.text import fold
from catalogue.working_days import add_working_days

PROGRAMME = "phan-cap-1015"
ASSIGNED_ON = date(2022, 8, 30)
LOADED_ON = date(2022, 9, 7)
_SUMMER, _WINTER = date(2023, 6, 30), date(2024, 2, 29)
_WORKING_DATE = date(2024, 3, 21)
_LATE_IN_WINTER = 15
_BROAD_TITLE = "sửa đổi các nghị định để phân cấp giải quyết thủ tục hành chính"


@dataclass(frozen=True)
class Task:
    """One agency's share: items and fields; enacted by 2023-06-30 (with how many instruments) and by 2024-02-29."""

    items: int
    fields: int
    summer: tuple[int, ...] = ()
    winter: int = 0
    overdue_in_summer: int = 0


TASKS: dict[str, Task] = {
    "bo-nong-nghiep-va-phat-trien-nong-thon": Task(98, 11, summer=(12, 10, 7, 5), winter=48),
    "bo-giao-thong-van-tai": Task(75, 8, summer=(3, 2), winter=19),
    "bo-cong-thuong": Task(70, 10, summer=(2, 2), winter=16),
    "bo-y-te": Task(66, 8, winter=8, overdue_in_summer=28),
    "bo-tai-nguyen-va-moi-truong": Task(58, 7, summer=(8, 5), winter=20),
    "bo-tai-chinh": Task(50, 9, winter=8, overdue_in_summer=4),
    "bo-xay-dung": Task(42, 7, winter=6, overdue_in_summer=12),
    "bo-thong-tin-va-truyen-thong": Task(40, 6, summer=(2,), winter=10),
    "bo-van-hoa-the-thao-va-du-lich": Task(36, 7, winter=9, overdue_in_summer=3),
    "bo-lao-dong-thuong-binh-va-xa-hoi": Task(34, 6, winter=10, overdue_in_summer=3),
    "ngan-hang-nha-nuoc-viet-nam": Task(33, 4, summer=(9, 7, 4), winter=22),
    "bo-ke-hoach-va-dau-tu": Task(22, 3, winter=5),
    "bo-giao-duc-va-dao-tao": Task(18, 3, winter=4),
    "bo-khoa-hoc-va-cong-nghe": Task(16, 2, winter=2),
    "bo-tu-phap": Task(12, 2, summer=(3,), winter=5),
    "bo-noi-vu": Task(10, 1, winter=2),
    "bo-cong-an": Task(8, 1, winter=1),
    "bo-quoc-phong": Task(4, 1),
    "bo-ngoai-giao": Task(3, 1),
    "thanh-tra-chinh-phu": Task(2, 1),
    "uy-ban-dan-toc": Task(2, 2),
}

_PUBLISHED_SHARE = 0.6
_SUMMER_MONTHS = {
    (2022, 11): 4,
    (2022, 12): 9,
    (2023, 1): 10,
    (2023, 3): 16,
    (2023, 4): 14,
    (2023, 5): 18,
    (2023, 6): 24,
}
_WINTER_MONTHS = {(2023, 7): 8, (2023, 8): 12, (2023, 9): 14, (2023, 10): 15, (2023, 11): 14, (2023, 12): 22, (2024, 1): 20, (2024, 2): 15}  # fmt: skip


def plan(reference: Reference, procedures: list[Procedure], rng: random.Random) -> Commitments:
    """Items, instruments, deadlines and days of confirmation; publication is planned by `publications`."""
    decision = Document(
        type="decision",
        title="Quyết định phê duyệt Phương án phân cấp trong giải quyết thủ tục hành chính thuộc phạm vi quản lý "
        "của các bộ, cơ quan ngang bộ",
        issuer="thu-tuong-chinh-phu",
        issued_on=ASSIGNED_ON,
        in_force_on=ASSIGNED_ON,
        number="1015/QĐ-TTg",
    )
    commitments = Commitments(PROGRAMME, [decision], [], [], [], LOADED_ON)
    taken_names: set[str] = set()
    for agency, task in sorted(TASKS.items(), key=lambda pair: (pair[1].fields, pair[0])):
        chosen = _choose(agency, task, procedures, taken_names, rng)
        commitments.items.extend(_agency_items(reference, agency, task, decision, chosen, rng))
    commitments.instruments = list(dict.fromkeys(item.instruments[0] for item in commitments.items))
    for instrument in commitments.instruments:
        if len(instrument.items) >= 20:
            lead = reference.agency(instrument.items[0].lead)
            instruments.broaden(instrument, _BROAD_TITLE, lead.name_on(LOADED_ON))
    _confirm(commitments.instruments, rng)
    _set_summer_overdue(commitments, rng)
    deadlines.set_done(commitments, rng, start=_SUMMER, moved_share=0.06)
    deadlines.set_open(commitments, deadlines.DECENTRALISATION, rng)
    return commitments


def _choose(
    agency: str, task: Task, procedures: list[Procedure], taken_names: set[str], rng: random.Random
) -> list[tuple[Procedure, bool]]:
    """Procedures of so many fields that no other agency has taken; True where the catalogue will show the change."""
    own = [one for one in procedures if one.agency == agency and one.fate == "kept" and not one.taken]
    central: dict[str, list[Procedure]] = {}
    for one in own:
        if one.levels == ("ministry",) and fold(one.field.name) not in taken_names:
            central.setdefault(one.field.name, []).append(one)
    fields = sorted(central, key=lambda name: (-len(central[name]), name))[: task.fields]
    taken_names.update(map(fold, fields))
    below = [one for one in own if one.field.name in fields and "provincial" in one.levels]
    published = rng.sample(below, min(len(below), round(task.winter * _PUBLISHED_SHARE)))
    count = task.items - len(published)
    shares = apportion(count - task.fields, {name: len(central[name]) - 1 or 0.01 for name in fields})
    chosen = [(one, False) for name in fields for one in rng.sample(central[name], 1 + shares[name])]
    return [(one, True) for one in published] + chosen


def _agency_items(
    reference: Reference,
    agency: str,
    task: Task,
    decision: Document,
    chosen: list[tuple[Procedure, bool]],
    rng: random.Random,
) -> list[Item]:
    groups = [("summer", size) for size in task.summer]
    groups += [("winter", size) for size in cut(task.winter - sum(task.summer), (2, 3, 4, 6, 8), rng)]
    left = task.items - task.winter
    biggest = left // 2 if left >= 45 else 0
    groups += [
        ("open", size)
        for size in ([biggest] if biggest else []) + cut(left - biggest, (1, 2, 3, 4, 6, 9), rng)
    ]
    items: list[Item] = []
    enacted = chosen[: task.winter]
    rng.shuffle(enacted)
    chosen = enacted + sorted(chosen[task.winter :], key=lambda pair: pair[0].code)
    for kind, size in groups:
        members, chosen = chosen[:size], chosen[size:]
        instrument = _instrument(agency, kind, [one for one, _ in members], rng)
        for procedure, shows in members:
            item = _item(reference, decision, procedure, shows, rng)
            item.need(instrument)
            items.append(item)
    return items


def _instrument(agency: str, kind: str, members: list[Procedure], rng: random.Random) -> Instrument:
    fields = [one.field.name for one in members]
    instrument = instruments.new_instrument(agency, fields, instruments.DECENTRALISING, rng)
    if kind == "open":
        instruments.stay_open(instrument, rng, _WORKING_DATE)
        return instrument
    months: Mapping[tuple[int, int], int] = _SUMMER_MONTHS if kind == "summer" else _WINTER_MONTHS
    year, month = rng.choices(list(months), weights=list(months.values()))[0]
    day = date(year, month, rng.choice((1, 5, 10, 15, 20)))
    instruments.enact(instrument, day, add_working_days(LOADED_ON, 10), rng)
    return instrument


def _item(
    reference: Reference, decision: Document, procedure: Procedure, shows: bool, rng: random.Random
) -> Item:
    below = [level for level in procedure.levels if level != "ministry"] if shows else []
    to_level = (
        below[0] if below else rng.choices(("provincial", "district", "communal"), weights=(90, 7, 3))[0]
    )
    offices = LINE_OFFICES.get(procedure.field.name, MINISTRIES[procedure.agency].below)
    receiver = offices[("provincial", "district", "communal").index(to_level)]
    words = Cut("decentralise", reference.agency(procedure.agency).name_on(ASSIGNED_ON), receiver)
    item = Item(PROGRAMME, decision, procedure, [words], procedure.content)
    item.to_level = to_level
    taker = authority_named(receiver, lambda _: None)
    item.to_body = taker.body if taker and taker.level == to_level else None
    item.form = rng.choices(("phan_cap", "phan_quyen", "uy_quyen"), weights=(80, 14, 6))[0]
    procedure.taken = True
    if shows:
        procedure.levels_before = ("ministry",)
        procedure.is_authorised = item.form == "uy_quyen"
    return item


def _confirm(all_instruments: list[Instrument], rng: random.Random) -> None:
    issued = [one for one in all_instruments if one.in_force_on]
    for instrument in issued:
        in_force_on = instrument.in_force_on
        assert in_force_on is not None
        instruments.confirm_by(instrument, date(2023, 7, 28) if in_force_on <= _SUMMER else _WINTER, rng)
    winter = [one for one in issued if one.in_force_on and one.in_force_on > _SUMMER]
    instruments.confirm_late(winter, _LATE_IN_WINTER, date(2024, 3, 1), date(2024, 3, 19), rng)


def _set_summer_overdue(commitments: Commitments, rng: random.Random) -> None:
    """The fifty that were overdue on 2023-06-30; half of them were given more time afterwards."""
    for agency, task in TASKS.items():
        waiting = [item for item in commitments.items if item.lead == agency and item.enacted_on is None]
        overdue = waiting[: task.overdue_in_summer]
        for item in overdue:
            item.deadline = item.current_deadline = rng.choice((date(2022, 12, 31), date(2023, 3, 31)))
        moved = overdue[: len(overdue) // 2]
        first = date(2023, 8, 1)
        if moved:
            new = rng.choice((date(2024, 6, 30), date(2024, 12, 31)))
            deadlines.extend(commitments, moved, new, first, first + timedelta(days=120), rng)
