"""Published figures beside what the ledger computes at the same as_of and known_at."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from catalogue.i18n import Translator
from catalogue.model.figure import Figure, Kind, Relation, relation
from catalogue.reference import PublishedFigure
from catalogue.services import figures
from catalogue.services.installation import Installation

_SCHEMA = {"id": pl.String, "label": pl.String, "as_of": pl.String, "printed": pl.String, "computed": pl.String,
           "relation": pl.String, "source": pl.String}  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """A published figure beside what the ledger computes for the same day, by what was known then."""

    published: PublishedFigure
    as_of: date
    computed: Figure
    relation: Relation


def last(installation: Installation, measure: str, as_of: date) -> Comparison | None:
    """What was published last of a measure for a day up to `as_of`; None where nothing was."""
    told = [
        (one.as_of, one)
        for one in installation.reference.published_figures
        if (one.measure or one.id) == measure and one.as_of is not None and one.as_of <= as_of
    ]
    if not told:
        return None
    day, published = max(told, key=lambda one: one[0])
    return _comparison(installation, published, day)


def compared(installation: Installation, language: str) -> pl.DataFrame:
    """id, label, as_of, printed, computed, relation, source: one row a published figure, in the reader's words."""
    t = Translator(language)
    rows = [_row(installation, figure, t) for figure in installation.reference.published_figures]
    return pl.DataFrame(rows, schema=_SCHEMA)


def _row(installation: Installation, published: PublishedFigure, t: Translator) -> dict[str, str | None]:
    computed, relation_text = _computed(installation, published, t)
    as_of = t.day(published.as_of) + (
        " " + t("figures.inferred") if published.as_of_basis == "inferred" else ""
    )
    source = installation.reference.source(published.source) if published.source else None
    return {
        "id": published.id,
        "label": published.label_vi if t.language == "vi" else published.label_en,
        "as_of": as_of if published.as_of else "–",
        "printed": _printed(published, t),
        "computed": computed,
        "relation": relation_text,
        "source": (source.title_vi if t.language == "vi" else source.title_en) if source else "–",
    }


def _printed(published: PublishedFigure, t: Translator) -> str:
    bound = t(f"figures.comparator_{published.comparator}") if published.comparator != "eq" else ""
    parts = []
    if published.numerator is not None and published.denominator is not None:
        parts.append(f"{t.number(published.numerator)}/{t.number(published.denominator)}")
    elif published.value is not None:
        parts.append(t.number(published.value))
    percent = published.printed_percent if published.printed_percent is not None else published.percent
    if percent is not None:
        parts.append(t.percent(percent, _decimals(percent)))
    return (bound + " " + " · ".join(parts)).strip() or "–"


def _computed(
    installation: Installation, published: PublishedFigure, t: Translator
) -> tuple[str | None, str]:
    measure = published.measure or published.id
    known = {definition.measure for definition in figures.MEASURES}
    if measure not in known or published.as_of is None:
        found = relation(published.printed_percent, published.numerator, published.denominator)
        return None, t("figures.not_in_ledger") if published.denominator is None else t(
            f"figures.relation_{found}"
        )
    compared = _comparison(installation, published, published.as_of)
    figure = compared.computed
    text = t.number(figure.numerator)
    if figure.kind is Kind.SHARE and figure.denominator:
        text += f"/{t.number(figure.denominator)} · {t.percent(figure.percent or Decimal(0), 3)}"
    if figure.kind is Kind.COUNT and compared.relation is not Relation.MISMATCH:
        return text, t("figures.relation_same_count")
    return text, t(f"figures.relation_{compared.relation}")


def _comparison(installation: Installation, published: PublishedFigure, as_of: date) -> Comparison:
    figure = figures.compute(
        installation,
        published.measure or published.id,
        installation.moment(as_of, published.known_at),
        since=published.period_from,
    )
    told = published.numerator if published.numerator is not None else published.value
    differs = told != figure.numerator or (
        published.denominator is not None and published.denominator != figure.denominator
    )
    named = relation(published.printed_percent, figure.numerator, figure.denominator)
    return Comparison(published, as_of, figure, Relation.MISMATCH if differs else named)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
