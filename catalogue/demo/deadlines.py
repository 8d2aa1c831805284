"""Deadlines of items, original and current, and the letters that moved them."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from catalogue.demo.commitments import UNSET, Commitments, Document, Extension, Instrument, Item
from catalogue.demo.office import some_working_day
from catalogue.working_days import add_working_days

_WORKING_DATE = date(2024, 3, 21)
_HALF_YEARS = tuple(
    date(year, month, day) for year in (2022, 2023, 2024, 2025) for month, day in ((6, 30), (12, 31))
)
_ITEMS_A_LETTER = 10
_LAST_LETTER = date(2024, 2, 20)


@dataclass(frozen=True)
class OpenDeadlines:
    """How the deadlines of what is still open lie on 2024-03-21; counts by agency, the rest by share."""

    overdue: Mapping[str, int]
    overdue_since: tuple[date, ...]
    due_soon: Mapping[str, int]
    moved_share: float
    moved_from: tuple[date, ...]
    moved_to: tuple[date, ...]
    others: tuple[date, ...]


SIMPLIFICATION = OpenDeadlines(
    overdue={
        "bo-y-te": 18,
        "bo-tu-phap": 10,
        "bo-lao-dong-thuong-binh-va-xa-hoi": 8,
        "bo-cong-an": 6,
        "bo-noi-vu": 6,
        "bo-tai-nguyen-va-moi-truong": 5,
        "bo-xay-dung": 4,
        "bo-quoc-phong": 3,
    },
    overdue_since=(date(2023, 6, 30), date(2023, 12, 31), date(2023, 12, 31), date(2024, 2, 29)),
    due_soon={
        "bo-y-te": 4,
        "bo-giao-duc-va-dao-tao": 3,
        "bo-tai-chinh": 3,
        "bo-giao-thong-van-tai": 2,
        "bo-nong-nghiep-va-phat-trien-nong-thon": 2,
        "bo-van-hoa-the-thao-va-du-lich": 1,
    },
    moved_share=0.33,
    moved_from=(date(2022, 12, 31), date(2023, 6, 30), date(2023, 12, 31)),
    moved_to=(date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30)),
    others=(date(2024, 6, 30), date(2024, 12, 31), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)),
)
DECENTRALISATION = OpenDeadlines(
    overdue={
        "bo-cong-thuong": 9,
        "bo-giao-thong-van-tai": 8,
        "bo-thong-tin-va-truyen-thong": 6,
        "bo-nong-nghiep-va-phat-trien-nong-thon": 6,
        "bo-khoa-hoc-va-cong-nghe": 3,
    },
    overdue_since=(date(2023, 12, 31),),
    due_soon={"bo-y-te": 3, "bo-tai-nguyen-va-moi-truong": 4, "bo-giao-thong-van-tai": 5},
    moved_share=0.18,
    moved_from=(date(2023, 6, 30), date(2023, 12, 31)),
    moved_to=(date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30)),
    others=(date(2024, 6, 30), date(2024, 12, 31), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31)),
)


def set_done(
    commitments: Commitments,
    rng: random.Random,
    *,
    start: date = date(2022, 6, 30),
    moved_share: float = 0.09,
) -> None:
    """Of what is done a fifth was late, some after an extension; one deadline for the items of one instrument."""
    for instrument, items in _by_instrument(_done(commitments)).items():
        assert instrument.in_force_on is not None
        day = instrument.in_force_on
        before = [half for half in _HALF_YEARS if start <= half < day]
        after = [half for half in _HALF_YEARS if half >= max(day, start)]
        chance = rng.random()
        if before and chance < 0.22:
            _set(items, before[-1])
        elif (
            before
            and chance < 0.22 + moved_share
            and _latest_letter(before[-1], day) > before[-1] - timedelta(days=20)
        ):
            _set(items, before[-1])
            _move(commitments, items, after[0], _latest_letter(before[-1], day), rng)
        else:
            _set(items, after[rng.random() < 0.3])


def set_open(commitments: Commitments, shape: OpenDeadlines, rng: random.Random) -> None:
    """Deadlines of what is open on 2024-03-21; items of one instrument stay together where the counts allow."""
    done = set(map(id, _done(commitments)))
    waiting = [item for item in commitments.items if id(item) not in done and item.deadline == UNSET]
    by_agency: dict[str, list[Item]] = defaultdict(list)
    for items in _by_instrument(waiting).values():
        by_agency[items[0].lead].extend(items)
    rest: list[Item] = []
    for agency, items in by_agency.items():
        coming = [item for item in items if item.enacted_on]
        others = [item for item in items if not item.enacted_on]
        overdue, due_soon = shape.overdue.get(agency, 0), shape.due_soon.get(agency, 0)
        for item in others[:overdue]:
            _set([item], rng.choice(shape.overdue_since))
        for item in others[overdue : overdue + due_soon]:
            _set([item], rng.choice((date(2024, 3, 31), date(2024, 4, 15))))
        rest.extend(others[overdue + due_soon :])
        _set(coming, date(2024, 12, 31))
    for items in _by_instrument(rest).values():
        if rng.random() < shape.moved_share:
            _set(items, rng.choice(shape.moved_from))
            new = rng.choice(shape.moved_to)
            if items[0].deadline.year == 2022 and rng.random() < 0.4:
                _move(commitments, items, date(2023, 12, 31), items[0].deadline + timedelta(days=10), rng)
            _move(commitments, items, new, items[0].current_deadline + timedelta(days=12), rng)
        else:
            _set(items, rng.choice(shape.others))


def extend(
    commitments: Commitments, items: list[Item], new: date, first: date, last: date, rng: random.Random
) -> None:
    """Letters of the Government Office between two days that give these items of one agency a new deadline."""
    for start in range(0, len(items), _ITEMS_A_LETTER):
        members = items[start : start + _ITEMS_A_LETTER]
        issued_on = some_working_day(first, last, rng)
        letter = Document(
            type="letter",
            title="Công văn về việc lùi thời hạn hoàn thành thực thi phương án",
            issuer="van-phong-chinh-phu",
            issued_on=issued_on,
            in_force_on=issued_on,
        )
        confirmed_on = add_working_days(issued_on, rng.randint(3, 8))
        commitments.extensions.append(Extension(letter, new, confirmed_on, members))
        for item in members:
            item.current_deadline = new


def _move(commitments: Commitments, items: list[Item], new: date, last: date, rng: random.Random) -> None:
    last = min(last, _LAST_LETTER)
    extend(commitments, items, new, last - timedelta(days=24), last, rng)


def _latest_letter(deadline: date, enacted_on: date) -> date:
    return min(deadline + timedelta(days=10), enacted_on - timedelta(days=20))


def _set(items: list[Item], deadline: date) -> None:
    for item in items:
        item.deadline = item.current_deadline = deadline


def _done(commitments: Commitments) -> list[Item]:
    return [item for item in commitments.items if item.enacted_on and item.enacted_on <= _WORKING_DATE]


def _by_instrument(items: list[Item]) -> dict[Instrument, list[Item]]:
    groups: dict[Instrument, list[Item]] = {}
    for item in items:
        groups.setdefault(item.instruments[0], []).append(item)
    return groups
