"""The demonstration accounts: four that a visitor may take, an editor for every lead agency, a second reviewer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from catalogue.demo.ministries import MINISTRIES

_CREATED_AT = datetime(2022, 1, 4, 1, 30, tzinfo=UTC)
_NO_PASSWORD = "!"  # a hash that no password has
_NAMES = (
    "Nguyễn Thu Hà", "Trần Quốc Bảo", "Lê Minh Tuấn", "Phạm Thị Lan Anh", "Hoàng Văn Đức", "Vũ Ngọc Mai",
    "Đặng Hữu Phúc", "Bùi Thanh Hương", "Đỗ Xuân Trường", "Hồ Thị Kim Chi", "Ngô Gia Khánh", "Dương Mỹ Linh",
    "Lý Quang Vinh", "Phan Thị Hồng Nhung", "Trịnh Công Sơn Hải", "Mai Đình Thắng", "Cao Thị Bích Ngọc", "Đinh Tiến Dũng",
    "Lương Thị Thanh Tâm", "Tạ Hoài Nam", "Võ Thị Diễm My", "Chu Anh Khoa", "Kiều Thị Phương Thảo", "Nông Văn Thành",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """Who acts in the past of the demonstration."""

    actors: list[dict[str, Any]]
    editor_of: dict[str, int]
    reviewers: tuple[int, ...]


def gather(lead_agencies: set[str]) -> People:
    """Rows of the table `actor`; ids in the order of the list."""
    actors: list[dict[str, Any]] = []

    def enter(account: str, full_name: str, role: str, agency_code: str | None = None) -> int:
        actors.append(
            {
                "actor_id": len(actors) + 1,
                "account": account,
                "full_name": full_name,
                "role": role,
                "agency_code": agency_code,
                "password_hash": _NO_PASSWORD,
                "is_active": True,
                "is_demo": True,
                "created_at": _CREATED_AT,
            }
        )
        return len(actors)

    names = iter(_NAMES)
    enter("lanhdao", "Lãnh đạo Văn phòng Chính phủ (trình diễn)", "viewer")
    editors = {"bo-y-te": enter("byt", f"{next(names)} (trình diễn)", "ministry_editor", "bo-y-te")}
    reviewers = [enter("vpcp", f"{next(names)} (trình diễn)", "reviewer")]
    enter("quantri", f"{next(names)} (trình diễn)", "administrator")
    reviewers.append(enter("vpcp2", next(names), "reviewer"))
    for agency in sorted(lead_agencies - editors.keys()):
        editors[agency] = enter(MINISTRIES[agency].account, next(names), "ministry_editor", agency)
    return People(actors, editors, tuple(reviewers))
