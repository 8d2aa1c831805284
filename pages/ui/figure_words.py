"""Published figures in words: what was printed, for which day, and how it relates to its numbers."""

from datetime import date
from decimal import Decimal

from catalogue.i18n import Translator
from catalogue.model.figure import FOLLOWS, Figure, Kind, Relation
from catalogue.model.published import Published
from catalogue.reference import PublishedFigure
from catalogue.services.published import Comparison, Sum
from pages.ui import plain

ICONS = {
    Relation.EXACT: ":material/check_circle:",
    Relation.ROUNDED: ":material/decimal_decrease:",
    Relation.TRUNCATED: ":material/content_cut:",
    Relation.MISMATCH: ":material/error:",
    Relation.COMPLEMENT_INCONSISTENT: ":material/rule:",
    Relation.OTHER_DENOMINATOR: ":material/call_split:",
    Relation.NO_DENOMINATOR: ":material/help:",
    Relation.BASE_CHANGED: ":material/vertical_split:",
    Relation.NOT_PRINTED: ":material/remove:",
    Relation.CLOSES: ":material/check_circle:",
    Relation.DOES_NOT_CLOSE: ":material/error:",
    Relation.OVERLAP: ":material/join_inner:",
    Relation.PARTIAL_LIST: ":material/playlist_remove:",
}


def number(value: int | Decimal | None, t: Translator) -> str:
    """A printed number with the decimals it has; a dash where there is none."""
    if value is None:
        return "–"
    return t.number(value, decimals(Decimal(value)))


def decimals(value: Decimal) -> int:
    """How many decimals a number was printed with."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def percent(value: Decimal, t: Translator) -> str:
    """A printed percentage with the decimals it has."""
    return t.percent(value, decimals(value))


def counts(numerator: int | Decimal | None, denominator: int | Decimal | None, t: Translator) -> str:
    """658/1.086, or the number alone."""
    if denominator is None:
        return number(numerator, t)
    return f"{number(numerator, t)}/{number(denominator, t)}"


def value(figure: Figure, t: Translator, digits: int = 1) -> str:
    """A computed figure: 658/1.086 (60,6 %), or the count."""
    if figure.kind is Kind.COUNT or figure.denominator is None:
        return t.number(figure.numerator)
    shown = f"{t.number(figure.numerator)}/{t.number(figure.denominator)}"
    return shown if figure.percent is None else f"{shown} ({t.percent(figure.percent, digits)})"


def printed(published: Published, row: PublishedFigure | None, t: Translator) -> str:
    """What was printed, in figures: 658/1.086 · 61 %."""
    parts = []
    if published.numerator is not None:
        parts.append(counts(published.numerator, published.denominator, t))
    elif published.value is not None:
        parts.append(t.signed(published.value) if published.kind == "change" else number(published.value, t))
    if published.unit and parts:
        parts[-1] += f" {t(f'figure.unit_{published.unit}')}"
    if published.printed_percent is not None:
        shown = percent(published.printed_percent, t)
        if row is not None and row.from_percent is not None:
            shown = t("figure.from_to", old=percent(row.from_percent, t), new=shown)
        parts.append(shown)
    if row is not None:
        parts += _other(row, t)
    return f"{_bound(published, t)} {' · '.join(parts)}".strip() or "–"


def _bound(published: Published, t: Translator) -> str:
    """The word before a number that is a bound, of two that say the same the one that the source prints."""
    if published.comparator == "eq":
        return ""
    prints_more = "hơn " in (published.printed or "").lower()
    return t(
        f"figures.comparator_{'more' if published.comparator == 'gt' and prints_more else published.comparator}"
    )


def _other(row: PublishedFigure, t: Translator) -> list[str]:
    """Ranks, days, lists, parts: what figures of other kinds say."""
    found = []
    if row.rank is not None:
        rank = t("figure.rank_of", rank=row.rank, of=row.of) if row.of else t("figure.rank", rank=row.rank)
        if row.change_ranks and row.base_year:
            rank = t("figure.rank_up", rank=rank, change=row.change_ranks, year=str(row.base_year))
        found.append(rank)
    if row.on is not None:
        found.append(t("figure.event", day=row.on))
    if row.agencies:
        key = "figure.list_open" if row.open_ended else "figure.list"
        found.append(t(key, names=", ".join(row.agencies)))
    if row.parts_percent:
        found += [f"{t(f'figure.part_{name}')} {percent(one, t)}" for name, one in row.parts_percent.items()]
    if row.parts:
        found += [f"{t(f'figure.part_{name}')} {t.number(one)}" for name, one in row.parts.items()]
    if row.growth_times is not None:
        found.append(t("figure.times", times=number(row.growth_times, t)))
    if row.from_value is not None and row.to_value is not None:
        found.append(f"{t.number(row.from_value)} → {t.number(row.to_value)}")
    if row.kind == "target" and row.deadline is not None:
        return [t("figure.target_by", value=" · ".join(found), day=row.deadline).strip(" ,")]
    return found


def day(as_of: date | None, basis: str | None, precision: str | None, t: Translator) -> str:
    """For which day a figure is, as precisely as its source says."""
    if as_of is None:
        return t("figure.no_day")
    if precision == "year":
        return t("figure.year", year=str(as_of.year))
    if precision == "month":
        return t("figure.month", month=f"{as_of:%m/%Y}")
    return t("figure.day_inferred", day=as_of) if basis == "inferred" else t.day(as_of)


def day_of(published: Published, t: Translator) -> str:
    """For which day a published figure is."""
    return day(published.as_of, published.as_of_basis, published.as_of_precision, t)


def as_of_line(as_of: date | None, shown: str, t: Translator) -> str:
    """“Tính đến 29/02/2024”; where no source gives a day, that."""
    return t("figure.of_day", day=shown) if as_of else shown[0].upper() + shown[1:]


def relation(found: Relation | None, t: Translator) -> str:
    """The relation with its icon: never by colour or sign alone."""
    if found is None:
        return f":material/remove: {t('figures.relation_none')}"
    return f"{ICONS[found]} {t(f'figures.relation_{found}')}"


def sentence(published: Published, found: Comparison | None, t: Translator) -> str | None:
    """The relation in words: “in 27,8 %, tính 27,897 %: nguồn cắt bỏ chữ số, không làm tròn”; None where nothing relates."""
    if found is not None and found.computed.kind is Kind.COUNT:
        key = "mismatch" if found.relation is Relation.MISMATCH else "exact"
        computed = t.number(found.computed.numerator)
        return t(f"figure.told_count_{key}", printed=number(published.told, t), computed=computed)
    named = found.relation if found is not None else published.own_relation
    if named is None:
        return None
    said = {
        "counts": counts(published.numerator, published.denominator, t),
        "printed": percent(published.printed_percent, t) if published.printed_percent is not None else "–",
        "computed": "–",
        "target": percent(published.of_target, t) if published.of_target is not None else "–",
    }
    exact = found.computed.percent if found is not None else published.percent
    if exact is not None:
        said["computed"] = t.percent(exact, 3)
    if named is Relation.MISMATCH and found is not None and published.told != found.computed.numerator:
        said |= {"printed": said["counts"], "computed": value(found.computed, t, 3)}
    if named is Relation.NO_DENOMINATOR and published.numerator and published.printed_percent:
        implied = t.number(Decimal(published.numerator) * 100 / published.printed_percent)
        return t(
            "figure.told_no_denominator_implied",
            printed=said["printed"], numerator=number(published.numerator, t), implied=implied,
        )  # fmt: skip
    return t(f"figure.told_{named}", **said)


def total(one: Sum, t: Translator) -> str:
    """A total with its parts in one sentence that closes, or says by how much it does not."""
    parts = " + ".join(t.number(part.value) for part in one.entry.parts)
    return t(
        f"figure.sum_{one.relation}",
        total=one.entry.total,
        unit=one.entry.unit_vi if t.language == "vi" else one.entry.unit_en,
        parts=parts,
        together=one.together,
        gap=abs(one.gap),
    )


def pair(published: Published, other: Published, found: Relation, t: Translator) -> str:
    """Two shares of one whole: how the printed ones agree with each other and with their numbers."""
    shown = percent(other.printed_percent or Decimal(0), t)
    if found is not Relation.COMPLEMENT_INCONSISTENT:
        key = "closes" if found is Relation.CLOSES else "open"
        return t(f"figure.complement_{key}", label=plain.markdown(other.label(t.language)), other=shown)
    wrong = published if published.own_relation not in FOLLOWS else other
    return t(
        "figure.complement",
        one=percent(published.printed_percent or Decimal(0), t),
        other=shown,
        counts=counts(wrong.numerator, wrong.denominator, t),
        computed=t.percent(wrong.percent or Decimal(0), 3),
        wrong=percent(wrong.printed_percent or Decimal(0), t),
    )


def source(published: Published, t: Translator) -> str:
    """Where it was printed: source, article or page."""
    parts = [published.source(t.language), published.publication]
    if published.snapshot is not None and published.snapshot.page:
        parts.append(t("figure.page", page=published.snapshot.page))
    return " · ".join(part for part in parts if part)
