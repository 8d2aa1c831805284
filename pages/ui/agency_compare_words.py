"""A comparison of agencies in words: what a line asks, what a cell says, where it opens, and what stands on top."""

from fractions import Fraction
from typing import Any

from catalogue.i18n import Translator
from catalogue.model.figure import share
from catalogue.services import agency_comparison, figures
from catalogue.services.agency_comparison import Cell, Line, State
from catalogue.services.installation import Installation
from pages.ui import figure_links
from pages.ui import indicator_words as words

_WORK: dict[str, tuple[str, dict[str, Any]]] = {
    "returns": ("agency", {}),
    "instruments": ("instruments", {"planned": "passed"}),
    "complete": ("quality", {"view": "completeness"}),
    "flagged": ("quality", {}),
}


def question(installation: Installation, line: Line, t: Translator) -> str:
    """What a line asks."""
    if line.about is not None:
        name = words.name(installation.reference.indicator(line.name), t)
        when = words.period(line.about["period_end"], line.about["period_kind"], t, line.about["measured_to"])
        return t("agency_compare.line_indicator", name=name, period=when)
    key = f"agency_compare.line_{line.name}"
    if t.has(key):
        return t(key, periods=agency_comparison.PERIODS)
    return t(f"agencies.rate_{line.name}")


def said(installation: Installation, line: Line, cell: Cell, t: Translator) -> str:
    """What a cell says: a rate with both its numbers, a count, a value with its rank, or why there is none."""
    if cell.state is State.NONE_YET:
        return t(f"agencies.nothing_{figures.item_measure(f'{line.section}.{line.name}').over}")
    if cell.state is State.NOT_ASKED:
        key = f"agency_compare.state_none_of_{line.section}"
        return t(key) if t.has(key) else t("agency_compare.state_not_asked")
    if cell.state is not State.VALUE:
        return t(f"agency_compare.state_{cell.state}")
    if cell.row is not None:
        definition = installation.reference.indicator(line.name)
        method = next(one for one in definition.methods if one.code == cell.row["method"])
        parts = [words.rank(cell.row, t)]
        if cell.row["value"] is not None:
            maximum = cell.row["out_of"] or float(method.maximum)
            parts.insert(0, words.value(definition, cell.row["value"], maximum, t))
        return " · ".join(part for part in parts if part)
    if cell.denominator is None:
        return t.number(cell.numerator or 0)
    return t(
        "agency_compare.rate",
        numerator=cell.numerator,
        denominator=cell.denominator,
        percent=t.percent(share(cell.numerator or 0, cell.denominator, 1)),
    )


def opens(line: Line, code: str) -> tuple[str, dict[str, Any]]:
    """The page, and its parameters, that lists what a cell counts."""
    if line.about is not None:
        return "indicators", {"indicator": line.name, "group": line.about["group"], "agency": code}
    if line.name in _WORK:
        page, params = _WORK[line.name]
        return page, params | {"code" if page == "agency" else "agency": code}
    page, params = figure_links.behind(f"{line.section}.{line.name}")
    return page, params | {"agency": code}


def gap(installation: Installation, line: Line, t: Translator) -> str:
    """How far the highest and the lowest are apart; nothing where fewer than two have a number."""
    if line.gap is None:
        return ""
    if not line.gap:
        return t("agency_compare.equal")
    if line.is_rate:
        return t("agency_compare.gap_rate", gap=_points(line.gap, t))
    if line.about is None:
        return t("agency_compare.gap_count", gap=int(line.gap))
    key = "gap_rate" if installation.reference.indicator(line.name).unit == "percent" else "gap_points"
    return t(f"agency_compare.{key}", gap=words.number(float(line.gap), t))


def answer(installation: Installation, lines: list[Line], names: list[str], t: Translator) -> list[str]:
    """A sentence a programme: who is highest and lowest and how far apart, who has most overdue."""
    found = {(line.section, line.name): line for line in lines}
    told = []
    for kind in figures.PROGRAMMES:
        line = found.get((kind, "done"))
        if line is None:
            continue
        texts = [said(installation, line, cell, t) for cell in line.cells]
        told_rates = [
            (cell.size, name, text)
            for cell, name, text in zip(line.cells, names, texts, strict=True)
            if cell.size is not None
        ]
        programme = t(f"agency_compare.section_{kind}")
        best, best_rate = _end(told_rates, max(size for size, _, _ in told_rates), t)
        worst, worst_rate = _end(told_rates, min(size for size, _, _ in told_rates), t)
        if len(told_rates) == 1:
            text = t("agency_compare.answer_one", programme=programme, name=best, rate=best_rate)
        elif not line.gap:
            text = t("agency_compare.answer_equal", programme=programme, rate=best_rate)
        else:
            text = t(
                "agency_compare.answer",
                programme=programme,
                best=best,
                best_rate=best_rate,
                worst=worst,
                worst_rate=worst_rate,
                gap=_points(line.gap, t),
            )
        told.append(f"{text} {_overdue(found.get((kind, 'overdue')), names, t)}".strip())
    return told


def _end(rates: list[tuple[Fraction, str, str]], size: Fraction, t: Translator) -> tuple[str, str]:
    """Everybody with the highest, or lowest, rate, and what each of them is written with."""
    same = [(name, text) for own, name, text in rates if own == size]
    return ", ".join(name for name, _ in same), t("agency_compare.and").join(
        dict.fromkeys(text for _, text in same)
    )


def _overdue(line: Line | None, names: list[str], t: Translator) -> str:
    if line is None:
        return ""
    counts = [(cell.numerator or 0, name) for cell, name in zip(line.cells, names, strict=True)]
    most = max(count for count, _ in counts)
    if not most:
        return t("agency_compare.overdue_none")
    who = ", ".join(name for count, name in counts if count == most)
    return t("agency_compare.overdue_most", name=who, count=most)


def _points(gap: Fraction | None, t: Translator) -> str:
    """A difference of two rates in percentage points, to one decimal."""
    assert gap is not None
    return t.number(share(gap.numerator, gap.denominator, 1), 1)
