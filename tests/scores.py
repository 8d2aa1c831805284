"""Small workbooks of Decision 766 scores, in the shape of the national portal's export, that tests write themselves."""

from collections.abc import Sequence
from functools import cache

import sheets

HEADER = (
    "ID",
    "TEN",
    "TEN_COQUAN",
    "MA_COQUAN",
    "LOAI_COQUAN",
    "CAPDONVIID",
    "ID_COQUAN",
    "TDGQ",
    "MDHL",
    "MDSH",
    "TTTT",
    "CLGQ",
    "CKMB",
    "TONG_SCORE",
    "ROW_STT",
)
MONTHS, QUARTERS = ("month", "year", "score"), ("quarter", "year", "score")
Cells = tuple[object, ...]


def row(name: str, code: str, parts: str, total: str, rank: str, kind: str = "1", level: str = "1") -> Cells:
    """A row of scores; `parts`: TDGQ MDHL MDSH TTTT CLGQ CKMB, parted by spaces, `_` for an empty cell."""
    scores = tuple(None if part == "_" else part for part in parts.split())
    return ("1", name, name, code, kind, level, "1", *scores, total or None, rank)


HA_NOI = row("UBND Thành phố Hà Nội", "H26", "19 17 20 10 8 16", "90", "1")
AN_GIANG = row("UBND tỉnh An Giang", "000.00.00.H01", "18.2 18 15.86 8.59 8.09 18", "86.74", "2")
SO = (
    row("Sở Nội vụ - tỉnh An Giang", "H01.01", "20 18 17.75 10 10 18", "93.75", "1", "2"),
    row("Sở Y tế - tỉnh An Giang", "H01.10", "18.31 18 8.95 10 10 18", "83.26", "4", "2"),
)
XA = (
    row("UBND xã Đông Thái - tỉnh An Giang", "H01.187", "19.81 18 20.75 8.55 8.1 18", "93.21", "2", "3", "2"),
    row("UBND xã Tân Hội - tỉnh An Giang", "H01.174", "19.94 18 20.59 8.6 8.06 18", "93.19", "3", "3", "2"),
)


@cache
def workbook(
    month: Sequence[Cells] = (HA_NOI, AN_GIANG),
    year: Sequence[Cells] = (HA_NOI, AN_GIANG),
    departments: Sequence[Cells] = SO,
    communes: Sequence[Cells] = XA,
    months: Sequence[Cells] = ((9, "2025", 80.8), (10, "2025", 86.7)),
    quarters: Sequence[Cells] = ((2, "2025", 52), (3, "2025", 84.2), (4, "2025", 86.7)),
    header: Cells = HEADER,
) -> bytes:
    """The six sheets of an export; the same bytes for the same rows."""
    return sheets.workbook(
        {
            "Điểm năm": [header, *year],
            "Điểm tháng": [header, *month],
            "Xu hướng tháng": [MONTHS, *months],
            "Xu hướng quý": [QUARTERS, *quarters],
            "Sở Ban": [header, *departments],
            "Xã Phường": [header, *communes],
        }
    )
