"""Amounts in the words of a promised measure: `7 ngày làm việc`, `còn 100.000 đồng`, `giảm 2 giấy tờ`, `miễn phí`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalogue.model.version import Duration
from catalogue.text import clean, fold


class Kind(StrEnum):
    """What an amount counts."""

    TIME = "time"
    MONEY = "money"
    PAPERS = "papers"
    CONDITIONS = "conditions"


@dataclass(frozen=True)
class Amount:
    """A number in one of a few units, so that amounts of one unit can be compared."""

    value: Decimal
    unit: str


@dataclass(frozen=True)
class Told:
    """What a text says: an amount, or by how much something is cut."""

    amount: Amount
    is_cut: bool = False


# Units that are exact multiples of another one are read as that one; days and working days are not.
_TIMES = {
    "gio lam viec": (1, "giờ"),
    "gio": (1, "giờ"),
    "ngay lam viec": (1, "ngày làm việc"),
    "ngay": (1, "ngày"),
    "tuan": (7, "ngày"),
    "thang": (1, "tháng"),
    "nam": (12, "tháng"),
}
_MONEY = {
    f"{scale}{unit}": (factor, "đồng")
    for scale, factor in (("trieu ", 1_000_000), ("nghin ", 1_000), ("ngan ", 1_000), ("", 1))
    for unit in ("dong", "vnd", "d")
}
_UNITS: dict[Kind, dict[str, tuple[int, str]]] = {
    Kind.TIME: _TIMES,
    Kind.MONEY: _MONEY,
    Kind.PAPERS: dict.fromkeys(
        ("thanh phan ho so", "thanh phan", "loai giay to", "giay to", "tai lieu"), (1, "giấy tờ")
    ),
    Kind.CONDITIONS: dict.fromkeys(("yeu cau", "dieu kien"), (1, "điều kiện")),
}
_NUMBER = r"(?<![\d.,/])(\d{1,3}(?:\.\d{3})+|\d+(?:[.,]\d+)?)(?: ?\([^)]*\))? ?"
_PATTERNS = {
    kind: re.compile(_NUMBER + "(" + "|".join(sorted(units, key=len, reverse=True)) + r")\b")
    for kind, units in _UNITS.items()
}
_DOWN_TO = re.compile(r"\b(?:con|xuong)\b")
_CUT = re.compile(r"\b(?:giam|rut ngan|bot|cat|bai bo|bo)\b")
_FREE = re.compile(r"\b(?:mien phi|mien le phi|mien thu|khong thu|bo phi|bo le phi)\b")


def told(text: str | None, kind: Kind) -> Told | None:
    """The one amount of a kind that a text says; None where it says none, or several and not which one is meant."""
    words = fold(clean(text or ""))
    found = list(_PATTERNS[kind].finditer(words))
    if not found:
        free = kind is Kind.MONEY and _FREE.search(words)
        return Told(Amount(Decimal(0), "đồng")) if free else None
    to = [one.end() for one in _DOWN_TO.finditer(words)]
    after = [one for one in found if to and one.start() >= to[-1]]
    if after:
        return Told(_amount(after[0], kind))
    if len({_amount(one, kind) for one in found}) > 1:
        return None
    return Told(_amount(found[0], kind), is_cut=bool(_CUT.search(words[: found[0].start()])))


def target(before: Told | None, after: Told | None) -> Amount | None:
    """What is to be reached: as the promise says, or what was before less what is cut."""
    if after is None or not after.is_cut:
        return after.amount if after else None
    if before is None or before.is_cut or before.amount.unit != after.amount.unit:
        return None
    return Amount(before.amount.value - after.amount.value, after.amount.unit)


def times(durations: Iterable[Duration]) -> dict[str, frozenset[Decimal]]:
    """The time limits of a record by comparable unit; what is said in words only is left out."""
    found: dict[str, set[Decimal]] = {}
    for one in durations:
        if one.value is not None and one.unit and fold(one.unit) in _TIMES:
            factor, unit = _TIMES[fold(one.unit)]
            found.setdefault(unit, set()).add(one.value * factor)
    return {unit: frozenset(values) for unit, values in found.items()}


def _amount(found: re.Match[str], kind: Kind) -> Amount:
    number, word = found[1], found[2]
    grouped = "." in number and len(number.rsplit(".", 1)[1]) == 3
    value = Decimal(number.replace(".", "") if grouped else number.replace(",", "."))
    factor, unit = _UNITS[kind][word]
    return Amount(value * factor, unit)
