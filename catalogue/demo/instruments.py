"""The instruments that carry a programme out: kinds, titles, days of issue and of force, days of confirmation."""

import random
from collections.abc import Mapping
from datetime import date, timedelta

from catalogue.demo.commitments import Instrument
from catalogue.demo.names import lower_first
from catalogue.demo.office import some_working_day, working_day
from catalogue.working_days import add_working_days

LAST_DAY = date(2024, 3, 20)  # the last day on which anything of the past is confirmed
_LEAD_DAYS = {"law": 190, "decree": 55, "circular": 46, "decision": 12}
_ISSUERS = {"law": "quoc-hoi", "decree": "chinh-phu", "decision": "thu-tuong-chinh-phu"}
Titles = Mapping[str, tuple[str, ...]]
SIMPLIFYING: Titles = {
    "law": (
        "Luật sửa đổi, bổ sung một số điều của luật trong lĩnh vực {}",
        "Luật {} (sửa đổi)",
    ),
    "decree": (
        "Nghị định sửa đổi, bổ sung một số điều của các nghị định trong lĩnh vực {}",
        "Nghị định quy định chi tiết một số điều của luật về {}",
        "Nghị định sửa đổi, bổ sung quy định liên quan đến thủ tục hành chính trong lĩnh vực {}",
    ),
    "circular": (
        "Thông tư sửa đổi, bổ sung một số điều của các thông tư trong lĩnh vực {}",
        "Thông tư quy định biểu mẫu, thành phần hồ sơ trong lĩnh vực {}",
        "Thông tư bãi bỏ, thay thế quy định về giấy tờ công dân trong lĩnh vực {}",
    ),
    "decision": (
        "Quyết định sửa đổi, bổ sung một số quy định về {}",
        "Quyết định bãi bỏ một số quy định về hồ sơ trong lĩnh vực {}",
    ),
}
DECENTRALISING: Titles = {
    "law": ("Luật sửa đổi, bổ sung một số điều của luật để phân cấp, phân quyền trong lĩnh vực {}",),
    "decree": (
        "Nghị định về phân cấp giải quyết thủ tục hành chính trong lĩnh vực {}",
        "Nghị định sửa đổi, bổ sung các nghị định để phân cấp trong lĩnh vực {}",
    ),
    "circular": (
        "Thông tư phân cấp thẩm quyền giải quyết thủ tục hành chính trong lĩnh vực {}",
        "Thông tư sửa đổi, bổ sung các thông tư để thực hiện phân cấp trong lĩnh vực {}",
    ),
    "decision": ("Quyết định phân cấp thẩm quyền quản lý trong lĩnh vực {}",),
}


def new_instrument(agency: str, fields: list[str], titles: Titles, rng: random.Random) -> Instrument:
    """An instrument still to be dated, for procedures of these fields: the more of them, the higher its rank."""
    weights = (2, 70, 24, 4) if len(fields) >= 12 else (0, 34, 59, 7)
    kind = rng.choices(("law", "decree", "circular", "decision"), weights=weights)[0]
    field = max(sorted(set(fields)), key=fields.count)
    return Instrument(
        type=kind,
        title=rng.choice(titles[kind]).format(lower_first(field)),
        issuer=_ISSUERS.get(kind, agency),
        drafting_agency=agency,
    )


def broaden(instrument: Instrument, title: str, agency_name: str) -> None:
    """A draft for many fields is one decree of the Government for all of an agency's work."""
    instrument.type, instrument.issuer = "decree", _ISSUERS["decree"]
    instrument.title = f"Nghị định {title} thuộc phạm vi quản lý nhà nước của {agency_name}"


def enact(instrument: Instrument, in_force_on: date, earliest: date, rng: random.Random) -> None:
    """Issued so long before it came into force as its kind asks, but not before the earliest day."""
    lead = _LEAD_DAYS[instrument.type] + rng.randint(0, 9)
    instrument.in_force_on = in_force_on
    instrument.issued_on = max(working_day(in_force_on - timedelta(days=lead)), earliest)
    instrument.planned_on = instrument.issued_on - timedelta(days=rng.choice((0, 0, 10, 30, 60)))
    instrument.progress = "issued"


def confirm_by(instrument: Instrument, last: date, rng: random.Random) -> None:
    """Reported and confirmed some working days after it was issued, at the latest on the given day."""
    assert instrument.issued_on is not None
    day = add_working_days(instrument.issued_on, rng.randint(6, 32))
    instrument.confirmed_on = max(min(day, working_day(last)), add_working_days(instrument.issued_on, 2))


def confirm_late(
    instruments: list[Instrument], wanted: int, first: date, last: date, rng: random.Random
) -> None:
    """Instruments with about so many items in all were reported only after the day the figure was first asked for."""
    found = 0
    for instrument in sorted(
        instruments, key=lambda one: (one.in_force_on or date.max, one.title), reverse=True
    ):
        size = sum(item.instruments[0] is instrument for item in instrument.items)
        if found < wanted and found + size <= wanted + 3:
            found += size
            instrument.confirmed_on = some_working_day(first, last, rng)


def stay_open(instrument: Instrument, rng: random.Random, working_date: date) -> None:
    """Not issued yet: where it stands, and the day it was planned for (passed for some)."""
    instrument.progress = rng.choices(("planned", "drafting", "submitted"), weights=(20, 48, 32))[0]
    shift = {"planned": (60, 560), "drafting": (-90, 280), "submitted": (-150, 60)}[instrument.progress]
    instrument.planned_on = working_day(working_date + timedelta(days=rng.randint(*shift)))
