"""A procedure in words: levels, ways of filing, time limits, fees, legal bases."""

from collections.abc import Iterable
from decimal import Decimal

from catalogue.i18n import Translator
from catalogue.model.level_sets import LEVELS
from catalogue.model.version import Details, Duration, Fee, LegalBasis

_CLIPPED = 160
_LEAST_FEE = 1000  # đồng; no fee is smaller, so its figure is short of zeros or in another currency
# Words of the closed lists as records hold them -> our keys, so that a reader of English reads English.
_WAYS = {"Trực tiếp": "direct", "Trực tuyến": "online", "Dịch vụ bưu chính": "postal"}
_UNITS = {
    "giờ": "hour",
    "ngày": "day",
    "ngày làm việc": "working_day",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
}


def levels(found: Iterable[str], t: Translator) -> str | None:
    """The levels from the centre down; None where the source gives none."""
    given = set(found)
    return ", ".join(t(f"procedure.level_{level}") for level in LEVELS if level in given) or None


def way(name: str | None, t: Translator) -> str:
    """A way of filing: ours by its word, else as the source writes it."""
    return _word("way", _WAYS.get(name or "", name), t) or t("procedure.unknown")


def duration(time: Duration, t: Translator) -> str:
    """7 ngày làm việc; without a number the source's own words, without a unit that it is missing."""
    if time.value is None:
        return time.text or t("procedure.unknown")
    if not time.unit:
        return t("procedure.no_unit", value=number(time.value, t))
    return f"{number(time.value, t)} {_word('unit', _UNITS.get(time.unit, time.unit), t)}"


def times(details: Details, t: Translator) -> str | None:
    """The time limits of all channels; None where none is given."""
    return " / ".join(duration(time, t) for time in details.times) or None


def fee(one: Fee, t: Translator) -> str:
    """An amount, free of charge, or the source's own words; an amount that cannot be is never shown without them."""
    if one.amount_vnd == 0:
        return t("procedure.free")
    if one.amount_vnd is not None and one.amount_vnd < _LEAST_FEE and one.text:
        return one.text
    if one.amount_vnd is not None:
        return t("procedure.dong", amount=one.amount_vnd)
    if one.amount is not None:
        return f"{number(one.amount, t)} {one.currency or ''}".strip()
    return one.text or t("procedure.unknown")


def fee_in_full(one: Fee, t: Translator) -> str:
    """A fee with the source's words behind it, where they say more than the amount."""
    amount = fee(one, t)
    return f"{amount} ({one.text})" if one.text and one.text.strip() not in ("", amount) else amount


def fees(found: tuple[Fee, ...] | None, t: Translator) -> str | None:
    """Several fees in one line; None where none is given."""
    return "; ".join(dict.fromkeys(fee(one, t) for one in found)) if found else None


def legal_basis(basis: LegalBasis, t: Translator) -> str:
    """A document by its number and date before what it is about; number or date may be in the words already."""
    number_of = basis.number if basis.number and basis.number not in basis.text else None
    day = t.day(basis.issued_on) if basis.issued_on else None
    dated = day if day and day not in basis.text else None
    cited = " ".join(filter(None, (number_of, dated and f"({dated})")))
    return f"{cited} · {basis.text}" if cited else basis.text


def part(name: str, t: Translator) -> str:
    """The name of a part of the record within a sentence."""
    return t(f"procedure.part_{name}")


def entry(text: str) -> str:
    """An entry of a list without the dash before it and the semicolon behind it."""
    return text.strip().lstrip("-+• ").rstrip("; ") or text


def clipped(text: str, most: int = _CLIPPED) -> str:
    """A text that fits a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most].rstrip()}…"


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]


def number(value: Decimal, t: Translator) -> str:
    """A number with the decimals that it has."""
    return t.number(value, max(0, -int(value.normalize().as_tuple().exponent)))


def _word(kind: str, value: str | None, t: Translator) -> str | None:
    key = f"procedure.{kind}_{value}"
    return t(key) if t.has(key) else value
