"""Claims still under way on 2024-03-21: submitted, returned and drafted, and the obstacles that ministries reported."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from catalogue.demo.claims import RETURN_COMMENTS, Claim, Desk
from catalogue.demo.commitments import Commitments, Instrument, Item
from catalogue.demo.ministries import MINISTRIES
from catalogue.demo.numbering import Numbering
from catalogue.demo.office import some_working_day, working_day
from catalogue.working_days import add_working_days

_MARCH = date(2024, 3, 1)
_SUBMITTED = {
    "don-gian-hoa-giay-to-cong-dan": {
        "bo-y-te": 3,
        "bo-tu-phap": 3,
        "bo-cong-an": 3,
        "bo-lao-dong-thuong-binh-va-xa-hoi": 2,
        "bo-giao-duc-va-dao-tao": 2,
        "bo-tai-chinh": 1,
        "bo-noi-vu": 1,
        "bo-tai-nguyen-va-moi-truong": 1,
        "bo-giao-thong-van-tai": 1,
    },
    "phan-cap-1015": {
        "bo-nong-nghiep-va-phat-trien-nong-thon": 1,
        "bo-xay-dung": 1,
        "bo-cong-thuong": 1,
        "bo-thong-tin-va-truyen-thong": 1,
    },
}
_RETURNED = {
    "bo-y-te": 2,
    "bo-tu-phap": 1,
    "bo-cong-an": 1,
    "bo-lao-dong-thuong-binh-va-xa-hoi": 1,
    "bo-giao-duc-va-dao-tao": 1,
    "bo-noi-vu": 1,
    "bo-tai-nguyen-va-moi-truong": 1,
}
_DRAFTS = {
    "bo-y-te": 2,
    "bo-tu-phap": 1,
    "bo-lao-dong-thuong-binh-va-xa-hoi": 1,
    "bo-giao-duc-va-dao-tao": 1,
    "bo-tai-chinh": 1,
    "bo-van-hoa-the-thao-va-du-lich": 1,
    "bo-quoc-phong": 1,
}
_EXTENSIONS = ("bo-y-te", "bo-tu-phap", "bo-quoc-phong", "bo-xay-dung", "bo-tai-nguyen-va-moi-truong")
_OBSTACLES = {
    "bo-y-te": (False, True),
    "bo-tu-phap": (False,),
    "bo-noi-vu": (False,),
    "bo-lao-dong-thuong-binh-va-xa-hoi": (True,),
    "bo-quoc-phong": (True,),
}


def write_pending(
    desk: Desk, programmes: Iterable[Commitments], numbering: Numbering, rng: random.Random
) -> None:
    """Claims about instruments that small numbers of open items wait for, so that confirming one moves a figure."""
    simplification, decentralisation = programmes
    free = {
        commitments.programme: _by_agency(_ready(commitments))
        for commitments in (simplification, decentralisation)
    }
    for programme, counts in _SUBMITTED.items():
        for agency, count in counts.items():
            for _ in range(count):
                instrument = free[programme][agency].pop(0)
                claim = _enacted(desk, instrument, numbering, rng)
                _submit(desk, claim, rng)
    for agency, count in _RETURNED.items():
        for _ in range(count):
            claim = _enacted(desk, free[simplification.programme][agency].pop(0), numbering, rng)
            submitted = some_working_day(date(2024, 2, 19), date(2024, 3, 8), rng)
            desk.step(claim, submitted, "draft", "submit")
            returned = add_working_days(submitted, rng.randint(2, 5))
            desk.step(claim, returned, "return", comment=rng.choice(RETURN_COMMENTS))
    for agency, count in _DRAFTS.items():
        for _ in range(count):
            claim = _enacted(desk, free[simplification.programme][agency].pop(0), numbering, rng)
            desk.step(claim, some_working_day(date(2024, 3, 6), date(2024, 3, 20), rng), "draft")
    _write_publications(desk, simplification, rng)
    _write_requests(desk, simplification, rng)


def _ready(commitments: Commitments) -> list[Instrument]:
    """Open instruments of few items, none of which waits for another document."""
    return [
        one
        for one in commitments.instruments
        if one.progress != "issued"
        and len(one.items) <= 6
        and all(_only_waits_for(item, one) for item in one.items)
    ]


def _only_waits_for(item: Item, instrument: Instrument) -> bool:
    return all(one is instrument or one.progress == "issued" for one in item.instruments)


def _by_agency(instruments: list[Instrument]) -> dict[str, list[Instrument]]:
    groups: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        groups.setdefault(instrument.items[0].lead, []).append(instrument)
    return groups


def _enacted(desk: Desk, instrument: Instrument, numbering: Numbering, rng: random.Random) -> Claim:
    """The ministry says that it was issued in winter and is in force since March; nobody has checked it yet."""
    if instrument.progress == "planned":
        instrument.progress = "drafting"
    in_force_on = some_working_day(_MARCH, date(2024, 3, 18), rng)
    issued_on = working_day(in_force_on - timedelta(days=rng.choice((15, 45, 46, 48))))
    instrument.planned_on = min(instrument.planned_on or issued_on, issued_on)
    content = {
        "number": numbering.next(instrument.type, instrument.issuer, issued_on),
        "issued_on": issued_on,
        "in_force_on": in_force_on,
        "note": None,
    }
    claim = desk.open("enacted", instrument.items[0], instrument, content)
    claim.files = [f"{content['number']}.pdf".replace("/", "-")]
    return claim


def _submit(desk: Desk, claim: Claim, rng: random.Random) -> None:
    day = some_working_day(_MARCH, date(2024, 3, 20), rng)
    if rng.random() < 0.5:
        desk.step(claim, day, "draft", "submit")
    else:
        desk.step(claim, add_working_days(day, -1), "draft")
        desk.step(claim, day, "submit")


def _write_publications(desk: Desk, simplification: Commitments, rng: random.Random) -> None:
    for item in simplification.items:
        if item.unreported and item.unreported.issued_on:
            number, issued_on = item.unreported.number, item.unreported.issued_on
            claim = desk.open(
                "published", item, None, {"number": number, "issued_on": issued_on, "note": None}
            )
            claim.files = [f"{number}.pdf".replace("/", "-")]
            desk.step(claim, some_working_day(date(2024, 3, 15), date(2024, 3, 20), rng), "draft", "submit")


def _write_requests(desk: Desk, simplification: Commitments, rng: random.Random) -> None:
    """Requests for more time, and obstacles, about items of the large drafts."""
    waiting: dict[str, list[Item]] = {}
    claimed = {claim.item for claim in desk.claims}
    for item in simplification.items:
        if item.enacted_on is None and item not in claimed and item.current_deadline < date(2024, 7, 1):
            waiting.setdefault(item.lead, []).append(item)
    for agency in _EXTENSIONS:
        item = waiting[agency].pop(0)
        day = some_working_day(_MARCH, date(2024, 3, 18), rng)
        issued_on = add_working_days(day, -rng.randint(1, 4))
        content = {
            "new_deadline": rng.choice((date(2024, 9, 30), date(2024, 12, 31))),
            "number": f"{rng.randint(900, 1900)}/{MINISTRIES[agency].symbol}-VP",
            "issued_on": issued_on,
            "reason": "Dự thảo đang lấy ý kiến thẩm định, cần thêm thời gian tiếp thu, giải trình",
        }
        claim = desk.open("extension", item, None, content)
        claim.files = [f"{content['number']}.pdf".replace("/", "-")]
        desk.step(claim, day, "draft", "submit")
    for agency, answered in _OBSTACLES.items():
        for is_confirmed in answered:
            claim = desk.open("obstacle", waiting[agency].pop(0), None, _obstacle(rng))
            if is_confirmed:
                day = some_working_day(date(2024, 2, 5), date(2024, 2, 27), rng)
                desk.step(claim, day, "draft", "submit")
                desk.step(claim, add_working_days(day, rng.randint(2, 6)), "confirm")
            else:
                desk.step(claim, some_working_day(_MARCH, date(2024, 3, 19), rng), "draft", "submit")


def _obstacle(rng: random.Random) -> dict[str, Any]:
    return {
        "expected_on": rng.choice((date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))),
        "decision": "Vẫn cắt giảm theo phương án đã được phê duyệt",
        "reason": rng.choice(
            (
                "Nội dung cắt giảm nằm trong luật đang trình Quốc hội, chưa thể sửa ở văn bản dưới luật",
                "Các địa phương chưa thống nhất về cách tiếp nhận kết quả điện tử thay giấy tờ bản sao",
            )
        ),
        "stuck_at": rng.choice(
            (
                "Thẩm định dự thảo nghị định tại Bộ Tư pháp",
                "Kết nối dữ liệu chuyên ngành với Cơ sở dữ liệu quốc gia về dân cư",
            )
        ),
    }
