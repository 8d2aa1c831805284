"""Sums of đồng in words, as people say them: whole below a million, then millions and billions with one decimal."""

from decimal import Decimal

from catalogue.i18n import Translator

_MILLION, _BILLION = 10**6, 10**9


def money(t: Translator, vnd: int) -> str:
    """`275.620 đồng`, `330,7 triệu đồng`, `1.652,0 tỷ đồng`; a minus sign where it is less than nothing."""
    sign, amount = ("−" if vnd < 0 else ""), abs(vnd)
    if amount < _MILLION:
        return sign + t("cost.dong", amount=amount)
    unit, name = (_BILLION, "billion") if amount >= _BILLION else (_MILLION, "million")
    return sign + t(f"cost.{name}", amount=t.number(Decimal(amount) / unit, 1))


def change(t: Translator, vnd: int) -> str:
    """The same with a plus sign where it is more than nothing."""
    return f"{'+' if vnd > 0 else ''}{money(t, vnd)}"
