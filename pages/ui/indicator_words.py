"""Indicators in words: values with their unit, changes in points, periods, ranks, coverage, sources."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from catalogue.i18n import Translator
from catalogue.model.indicator import Coverage
from catalogue.reference import Indicator, IndicatorGroup
from catalogue.services.indicators import Standing
from catalogue.services.installation import Installation
from catalogue.store.database import Row

_QUARTERS = ("I", "II", "III", "IV")


def name(one: Indicator, t: Translator) -> str:
    """The name of an indicator."""
    return one.name_vi if t.language == "vi" else one.name_en


def group_name(one: IndicatorGroup, t: Translator) -> str:
    """The name of a ranked group."""
    return one.name_vi if t.language == "vi" else one.name_en


def within_sentence(one: IndicatorGroup, t: Translator) -> str:
    """The name of a ranked group inside a sentence: các bộ, cơ quan ngang bộ."""
    text = group_name(one, t)
    text = text[:1].lower() + text[1:]
    return t("indicators.all_of", group=text) if one.kinds or one.within else text


def period(end: date, kind: str, t: Translator, measured_to: date | None = None) -> str:
    """`Tháng 02/2024`, `Quý IV/2025 (đến 31/10/2025)`."""
    quarter = (end.month + 2) // 3
    text = t(
        f"indicators.in_{kind}",
        year=str(end.year),
        month=f"{end.month:02}",
        quarter=_QUARTERS[quarter - 1] if t.language == "vi" else str(quarter),
        day=end,
    )
    if measured_to is not None and measured_to < end:
        return t("indicators.to_day", period=text, day=measured_to)
    return text


def number(amount: float | Decimal, t: Translator, digits: int | None = None) -> str:
    """A value with the decimals it has, two at most; `digits`: with as many as its neighbours."""
    if digits is not None:
        return t.number(amount, digits)
    exact = Decimal(str(amount)).normalize()
    exponent = exact.as_tuple().exponent
    return t.number(exact, min(2, max(0, -exponent if isinstance(exponent, int) else 0)))


def value(
    one: Indicator,
    amount: float | Decimal,
    maximum: float | None,
    t: Translator,
    digits: int | None = None,
) -> str:
    """`82,66 %`, `74,16/100 điểm`."""
    text = number(amount, t, digits)
    if one.unit == "percent":
        return f"{text} %" if t.language == "vi" else f"{text}%"
    if maximum is None:
        return t("indicators.points_short", value=text)
    return t("indicators.points", value=text, maximum=number(maximum, t))


def change(one: Indicator, amount: float | Decimal, t: Translator, digits: int | None = None) -> str:
    """`+2,58 điểm phần trăm`, `−0,4 điểm`, `0 điểm`: percent move by points, never by percent; `digits` as in `number`."""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return t(f"indicators.change_{one.unit}", change=f"{sign}{number(abs(amount), t, digits)}")


def rank(row: Row, t: Translator) -> str:
    """`hạng 4 trong 59 có số liệu`, `hạng 1/63`; nothing where there is no rank."""
    if row["rank"] is None:
        return ""
    if row["rank_of"] is None:
        return f"{t('indicators.col_rank')} {row['rank']}"
    key = "rank_computed" if row["rank_basis"] == "computed" else "ranked"
    return t(f"indicators.{key}", rank=row["rank"], of=row["rank_of"])


def state(row: Row, t: Translator) -> str:
    """Whether there is a value, and if not, why."""
    kind = row["state"]
    if kind == "value" and row["value"] is None:
        kind = "rank_only"
    elif row["out_of"] is not None:
        kind = "partial"
    return t(f"indicators.state_{kind}")


def coverage(found: Coverage, group: IndicatorGroup, t: Translator) -> str:
    """`Có giá trị: 59/63 tỉnh · không áp dụng: 1 · chưa có số liệu: 2`."""
    one = group.one_vi if t.language == "vi" else group.one_en
    if found.of is None and not found.valued:
        return t("indicators.coverage_nation")
    key = "coverage" if found.of is not None else "coverage_open"
    parts = [t(f"indicators.{key}", valued=found.valued, of=found.of, one=one)]
    for name_, count in (
        ("partial", found.partial),
        ("not_applicable", found.not_applicable),
        ("rank_only", found.rank_only),
        ("missing", found.missing),
    ):
        if count:
            parts.append(t(f"indicators.coverage_{name_}", count=count))
    return " · ".join(parts)


def source(installation: Installation, row: Row, t: Translator) -> str:
    """Where a value comes from: the article or file, else the source's title; with its basis where it is not printed."""
    text = row["publication"]
    if row["source"] == "demo":
        text = t("indicators.source_demo")
    elif text is not None and row["source"] not in {one.id for one in installation.reference.sources}:
        text = t("indicators.source_file", file=Path(text).name)
    elif text is None:
        found = installation.reference.source(row["source"])
        text = found.title_vi if t.language == "vi" else found.title_en
    if row["basis"] == "printed":
        return str(text)
    return f"{text} ({t('indicators.basis_' + row['basis'])})"


def sources(installation: Installation, found: Standing, t: Translator) -> str:
    """The sources of everything in one standing, each once; the first three where there are many."""
    rows = [
        *found.agencies.filter(found.agencies["source"].is_not_null()).iter_rows(named=True),
        *found.regions.iter_rows(named=True),
        *found.mean_rows.iter_rows(named=True),
    ]
    texts = list(dict.fromkeys(source(installation, row, t) for row in rows))
    return "; ".join(texts[:3]) + ("; …" if len(texts) > 3 else "")


def about(installation: Installation, found: Standing, t: Translator) -> str:
    """Publisher, method, announcement and sources of a standing in one line."""
    method = next(one for one in found.indicator.methods if one.code == found.method)
    document = ""
    if method.document:
        document = f", {method.document}"
        if method.basis == "memory":
            document = f", {t('indicators.method_memory', document=method.document)}"
    return t(
        "indicators.said",
        publisher=found.indicator.publisher,
        method=method.name_vi if t.language == "vi" else method.name_en,
        document=document,
        announced=t(f"indicators.announced_{found.announced_basis}", day=found.announced_on),
        source=sources(installation, found, t),
    )


def when(found: Standing, t: Translator) -> str:
    """The period of a standing, and up to when it was measured."""
    return period(found.period.end, found.period.kind.value, t, found.measured_to)


def maximum(found: Standing) -> float:
    """The most that the method of a standing can give."""
    method = next(one for one in found.indicator.methods if one.code == found.method)
    return float(method.maximum)


def key_of(row: Row) -> str:
    """What stands for an agency or unit in the address."""
    return str(row["unit_code"] or row["agency_code"])
