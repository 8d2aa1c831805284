"""What a demonstration procedure asks and gives: time limit, fee, dossier, channels; and how it is stored."""

import json
import random
from dataclasses import dataclass
from typing import Any

IN_PERSON, ONLINE, BY_POST = "Trực tiếp", "Trực tuyến", "Dịch vụ bưu chính"
CITIZEN_PAPERS = (
    "Bản sao sổ hộ khẩu",
    "Bản sao giấy chứng minh nhân dân hoặc thẻ căn cước công dân",
    "Bản sao giấy khai sinh",
    "Giấy xác nhận nơi cư trú",
    "Giấy xác nhận tình trạng hôn nhân",
)
_PAPERS = (
    "Bản sao văn bằng, chứng chỉ chuyên môn",
    "Bản sao giấy chứng nhận đăng ký doanh nghiệp",
    "Sơ yếu lý lịch",
    "Giấy khám sức khỏe",
    "Báo cáo tình hình thực hiện trong năm gần nhất",
    "Bản thuyết minh cơ sở vật chất, trang thiết bị",
    "Hợp đồng thuê địa điểm hoặc giấy tờ về quyền sử dụng đất",
    "Phiếu lý lịch tư pháp",
    "Văn bản ủy quyền",
    "Danh sách nhân sự kèm theo quyết định bổ nhiệm",
    "Ảnh 4x6 cm",
    "Tài liệu chứng minh năng lực tài chính",
)
_STEPS = (
    "Tổ chức, cá nhân nộp hồ sơ tại bộ phận một cửa",
    "Cơ quan tiếp nhận kiểm tra hồ sơ, hẹn ngày trả kết quả",
    "Hồ sơ chưa đầy đủ thì hướng dẫn bổ sung một lần bằng văn bản",
    "Cơ quan chuyên môn thẩm định, kiểm tra thực tế khi cần thiết",
    "Người có thẩm quyền quyết định; từ chối thì nêu rõ lý do",
    "Trả kết quả trực tiếp, qua bưu chính hoặc trên Cổng Dịch vụ công",
)
_CONDITIONS = (
    "Có địa điểm hoạt động hợp pháp, ổn định.",
    "Người chịu trách nhiệm chuyên môn có ít nhất 03 năm kinh nghiệm.",
    "Có đủ cơ sở vật chất, trang thiết bị theo quy định.",
    "Không đang trong thời gian bị cấm hành nghề.",
)
_CASES = (
    "Hồ sơ đề nghị giải quyết lần đầu",
    "Hồ sơ đề nghị điều chỉnh",
    "Hồ sơ nộp qua người được ủy quyền",
)
_ADDRESSEES = (
    "Công dân Việt Nam",
    "Doanh nghiệp",
    "Hợp tác xã",
    "Người nước ngoài",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Cán bộ, công chức, viên chức",
)
_TIMES = (
    (1, "ngày"),
    (3, "ngày làm việc"),
    (5, "ngày làm việc"),
    (7, "ngày làm việc"),
    (10, "ngày làm việc"),
)
_LONGER_TIMES = (
    (15, "ngày làm việc"),
    (20, "ngày làm việc"),
    (30, "ngày"),
    (45, "ngày"),
    (2, "tháng"),
    (8, "giờ"),
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_FEES = (10_000, 20_000, 50_000, 100_000, 150_000, 200_000, 500_000, 1_000_000, 2_500_000)


@dataclass(frozen=True)
class Content:
    """One procedure's record at one time."""

    time_value: int
    time_unit: str
    fee: int | None  # None: not stated; 0: free of charge
    ways: tuple[str, ...]
    papers: tuple[str, ...]  # beside the form
    form: str
    case: str
    steps: tuple[str, ...]
    conditions: tuple[str, ...]
    addressees: tuple[str, ...]
    result: str

    @property
    def time_text(self) -> str:
        """The time limit in words: 7 ngày làm việc."""
        return f"{self.time_value} {self.time_unit}"

    @property
    def paper_count(self) -> int:
        """Papers of the dossier, the form included."""
        return len(self.papers) + 1


def new_content(rng: random.Random, *, for_citizens: bool = False) -> Content:
    """A plausible record; one for citizens asks for the papers that the simplification programme is about."""
    citizen = rng.sample(CITIZEN_PAPERS, rng.choice((2, 2, 3)) if for_citizens else rng.choice((0, 0, 1)))
    papers = citizen + rng.sample(_PAPERS, rng.randint(1 + for_citizens, 4))
    time_value, time_unit = rng.choice(_TIMES if rng.random() < 0.65 else _LONGER_TIMES)
    ways = [IN_PERSON, *(way for way, share in ((ONLINE, 0.7), (BY_POST, 0.45)) if rng.random() < share)]
    return Content(
        time_value=time_value,
        time_unit=time_unit,
        fee=rng.choice((None, None, 0, 0, rng.choice(_FEES), rng.choice(_FEES))),
        ways=tuple(ways),
        papers=tuple(papers),
        form=f"Mẫu số {rng.randint(1, 24):02d}",
        case=_CASES[0] if rng.random() < 0.8 else rng.choice(_CASES),
        steps=_steps(rng.choice(((0, 1, 5), (0, 1, 2, 5), (0, 1, 3, 4, 5), (0, 1, 2, 3, 4, 5)))),
        conditions=tuple(rng.sample(_CONDITIONS, rng.choice((0, 0, 0, 1, 2, 2)))),
        addressees=tuple(rng.sample(_ADDRESSEES, rng.choice((1, 1, 2, 3)))),
        result=rng.choice(
            ("Quyết định", "Giấy phép", "Giấy chứng nhận", "Văn bản chấp thuận", "Giấy xác nhận")
        ),
    )


def stored(content: Content) -> str:
    """The record as the catalogue keeps it: compact JSON."""
    if content.fee is None:
        fees: list[dict[str, Any]] = []
    elif content.fee == 0:
        fees = [{"amount_vnd": 0, "text": "Miễn phí"}]
    else:
        fees = [{"amount_vnd": content.fee, "text": f"{dong(content.fee)} đồng/lần"}]
    channels = [
        {
            "way": way,
            "time_value": content.time_value,
            "time_unit": content.time_unit,
            "time_text": content.time_text,
            "fees": fees,
        }
        for way in content.ways
    ]
    form = {"name": "Đơn đề nghị theo mẫu", "form": content.form, "originals": 1, "copies": 0}
    papers = [
        {"name": name, "form": None, "originals": 0, "copies": 1}
        if name.startswith("Bản sao")
        else {"name": name, "form": None, "originals": 1, "copies": 0}
        for name in content.papers
    ]
    record = {
        "steps": content.steps,
        "channels": channels,
        "dossier": [{"case": content.case, "papers": [form, *papers]}],
        "addressees": content.addressees,
        "results": [content.result],
        "requirements": "\n".join(content.conditions) or None,
    }
    return _ENCODER.encode(record)


def dong(amount: int) -> str:
    """An amount as Vietnamese texts print it: 100.000."""
    return f"{amount:,}".replace(",", ".")


def _steps(places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"Bước {number}: {_STEPS[place]}." for number, place in enumerate(places, start=1))
