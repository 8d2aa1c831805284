"""What the work of a demonstration procedure takes: hours, đồng and people, each as invented sources give it."""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from catalogue.demo.content import ONLINE
from catalogue.model.cost import Activity, Line
from catalogue.model.cost_sheet import MOST, Collected, Draft, DraftLine, Figures, Kind, Method
from catalogue.model.version import Version
from catalogue.services.cost_sheets import begun
from catalogue.text import spelling_key

MARK = "(số liệu giả định)"  # closes every source: nobody was asked
_QUARTER, _MOST_MINUTES = 15, 16 * 60
_MOST_PEOPLE, _FEWEST_PEOPLE = 100_000, 30
# Minutes of one's own and đồng paid for copies, certification, fares: of an ordinary paper, then of each activity.
_PAPERS = {
    "Đơn đề nghị theo mẫu": (75, 0),
    "Bản sao sổ hộ khẩu": (150, 30_000),
    "Bản sao giấy chứng minh nhân dân hoặc thẻ căn cước công dân": (90, 0),
    "Bản sao giấy khai sinh": (120, 20_000),
    "Giấy xác nhận nơi cư trú": (270, 60_000),
    "Giấy xác nhận tình trạng hôn nhân": (330, 70_000),
    "Bản sao văn bằng, chứng chỉ chuyên môn": (60, 25_000),
    "Bản sao giấy chứng nhận đăng ký doanh nghiệp": (45, 0),
    "Sơ yếu lý lịch": (120, 0),
    "Giấy khám sức khỏe": (240, 200_000),
    "Báo cáo tình hình thực hiện trong năm gần nhất": (420, 0),
    "Bản thuyết minh cơ sở vật chất, trang thiết bị": (480, 60_000),
    "Hợp đồng thuê địa điểm hoặc giấy tờ về quyền sử dụng đất": (90, 50_000),
    "Phiếu lý lịch tư pháp": (180, 200_000),
    "Văn bản ủy quyền": (60, 50_000),
    "Danh sách nhân sự kèm theo quyết định bổ nhiệm": (180, 0),
    "Ảnh 4x6 cm": (30, 40_000),
    "Tài liệu chứng minh năng lực tài chính": (300, 100_000),
}
_OTHER_WORK = {
    Activity.PREPARE: (90, 0),
    Activity.SUBMIT: (120, 50_000),
    Activity.PAY: (15, 0),
    Activity.INSPECT: (360, 150_000),
    Activity.RECEIVE: (75, 40_000),
}
_CONSULTED = {
    "Bản thuyết minh cơ sở vật chất, trang thiết bị",
    "Tài liệu chứng minh năng lực tài chính",
}
_CONSULTANTS = (3_000_000, 5_000_000, 8_000_000, 12_000_000, 20_000_000)
_INSPECTION = "Chuẩn bị, làm việc với đoàn kiểm tra thực tế"
# People a year, the middle one, by the lowest level that handles the procedure.
_PEOPLE = {"communal": 7_000, "district": 3_500, "provincial": 1_200, "ministry": 160}
_ASKED = (
    ("Phiếu khảo sát {number} {whom} tại {place}, {month}", Method.SURVEY),
    ("Phỏng vấn {number} {whom} đã thực hiện thủ tục tại {place}, {month}", Method.INTERVIEW),
    ("Tham vấn công chức Bộ phận Một cửa {place}, {month}", Method.EXPERT),
    ("Cán bộ rà soát tự thực hiện thử thủ tục tại {place}, {month}", Method.TRIAL),
)
_WHOM = {
    "Công dân Việt Nam": "người dân",
    "Doanh nghiệp": "doanh nghiệp",
    "Hợp tác xã": "hợp tác xã",
}
_FEW_ASKED, _MANY_ASKED = (5, 6, 8, 10, 12), (20, 30, 40, 50, 60, 100)


@dataclass(frozen=True)
class Survey:
    """Where the figures of one sheet come from: one to three sources about the work, one or two about the cases."""

    work: tuple[tuple[str, Method], ...]
    cases: tuple[tuple[str, Method], ...]


def asked(version: Version, agency_name: str, places: Sequence[str], day: date, rng: random.Random) -> Survey:
    """Who was asked in the two months before a day, and whose statistics are used."""
    asked_on = day.replace(day=1) - timedelta(days=rng.choice((1, 1, 40)))
    month = f"tháng {asked_on.month}/{asked_on.year}"
    addressees = version.details.addressees or ()
    whom = next((word for one, word in _WHOM.items() if one in addressees), "tổ chức, cá nhân")
    start, work = rng.choice((0, 0, 0, 0, 1, 2, 3)), []
    for place in range(rng.choice((1, 1, 1, 1, 2, 3))):
        text, method = _ASKED[(start + place) % len(_ASKED)]
        number = rng.choice(_MANY_ASKED if method is Method.SURVEY else _FEW_ASKED)
        said = text.format(number=number, whom=whom, place=rng.choice(places), month=month)
        work.append((f"{said} {MARK}", method))
    year = day.year - 1
    cases = [(f"Thống kê hồ sơ tiếp nhận năm {year} của {agency_name} {MARK}", Method.STATISTICS)]
    if rng.random() < 0.25:
        said = f"Ước tính của {agency_name} theo hồ sơ sáu tháng đầu năm {year}"
        cases.append((f"{said} {MARK}", Method.ESTIMATE))
    return Survey(tuple(work), tuple(cases))


def first(version: Version, levels: Collection[str], found: Survey, rng: random.Random) -> Draft:
    """The sheet of a version that nobody has reckoned before."""
    scale = rng.lognormvariate(0, 0.3)
    is_consulted = "ministry" in levels and rng.random() < 0.12
    is_inspected = any("kiểm tra thực tế" in step for step in version.details.steps or ()) and (
        rng.random() < 0.5
    )
    draft, lines = begun(version), []
    for line in _asked_for(draft, is_inspected=is_inspected):
        minutes, hired = _PAPERS.get(line.label, _OTHER_WORK[line.activity])
        if is_consulted and line.label in _CONSULTED:
            hired = rng.choice(_CONSULTANTS)
        lines.append(_filled(line, minutes * scale, hired * scale, found, rng))
    level = next(one for one in _PEOPLE if one in levels)
    people = _PEOPLE[level] * rng.lognormvariate(0, 0.9)
    times = rng.choice((1, 1, 1, 1, 1, 1, 1, 1, 2, 4))
    return replace(draft, lines=tuple(lines), whole=_whole(times, people, found, rng))


def later(version: Version, before: Draft, found: Survey, rng: random.Random) -> Draft:
    """The sheet of a version that follows one with a sheet: mostly less work, sometimes other people."""
    known = {(one.activity, spelling_key(one.label)): one.line for one in before.lines}
    less = rng.uniform(0.45, 0.8) if rng.random() < 0.88 else rng.uniform(1.05, 1.25)
    is_online = any(channel.way == ONLINE for channel in version.details.channels or ())
    is_inspected = any(one.activity is Activity.INSPECT for one in before.lines)
    draft, lines = begun(version), []
    for line in _asked_for(draft, is_inspected=is_inspected):
        minutes, hired = _of(known.get((line.activity, spelling_key(line.label))), line)
        eased = less * (0.7 if is_online and line.activity in (Activity.SUBMIT, Activity.RECEIVE) else 1)
        lines.append(_filled(line, minutes * eased, hired * eased, found, rng))
    sheet = before.reckoned(1)
    people = sheet.people.chosen * (rng.uniform(0.9, 1.35) if rng.random() < 0.6 else 1)
    whole = _whole(sheet.times.chosen, people, found, rng)
    return replace(draft, lines=tuple(lines), whole=whole)


def again(draft: Draft, found: Survey, rng: random.Random) -> Draft:
    """A sheet made anew: the first line and the people as another survey found them."""
    one, *others = draft.lines
    sheet = draft.reckoned(1)
    line = sheet.lines[0]
    filled = _filled(one, line.minutes.chosen * rng.uniform(0.7, 1.2), line.hired.chosen, found, rng)
    people = sheet.people.chosen * rng.uniform(0.7, 1.3)
    return replace(draft, lines=(filled, *others), whole=_whole(sheet.times.chosen, people, found, rng))


def _asked_for(draft: Draft, *, is_inspected: bool) -> Iterator[DraftLine]:
    """The lines that were begun, and an inspection where there is one."""
    for line in draft.lines:
        if line.activity is Activity.RECEIVE and is_inspected:
            yield DraftLine(Activity.INSPECT, _INSPECTION, {})
        yield line


def _of(known: Line | None, line: DraftLine) -> tuple[float, float]:
    if known is None:
        return _PAPERS.get(line.label, _OTHER_WORK[line.activity])
    return known.minutes.chosen, known.hired.chosen


def _filled(line: DraftLine, minutes: float, hired: float, found: Survey, rng: random.Random) -> DraftLine:
    """A line with the time that some sources give, what is paid by the first of them, and its fee by law."""
    figures: dict[Kind, tuple[Collected, ...]] = {
        Kind.MINUTES: tuple(
            Collected(
                _rounded(minutes * (rng.uniform(0.85, 1.25) if place else 1), _QUARTER, _MOST_MINUTES),
                *source,
            )
            for place, source in enumerate(found.work[: rng.randint(1, len(found.work))])
        )
    }
    if hired:
        step = 100_000 if hired > 1_000_000 else 1_000
        figures[Kind.HIRED] = (Collected(_rounded(hired, step, MOST[Kind.HIRED]), *found.work[0]),)
    if Kind.FEES in line.figures:
        figures[Kind.FEES] = tuple(
            replace(one, source=f"{one.source} {MARK}") for one in line.figures[Kind.FEES]
        )
    return DraftLine(line.activity, line.label, figures)


def _whole(times: int, people: float, found: Survey, rng: random.Random) -> Figures:
    counts = tuple(
        Collected(max(_FEWEST_PEOPLE, min(_MOST_PEOPLE, round(people * share))), source, method)
        for share, (source, method) in zip((1, rng.uniform(0.9, 1.3)), found.cases, strict=False)
    )
    return {Kind.TIMES: (Collected(times, *found.cases[0]),), Kind.PEOPLE: counts}


def _rounded(value: float, step: int, most: int) -> int:
    return min(most, max(step, round(value / step) * step))
