"""A target in words and as a bar: what is wanted by when, what there is, and what follows."""

from decimal import Decimal
from html import escape

from catalogue.i18n import Translator
from catalogue.model.target import Status
from catalogue.reference import Target
from catalogue.services.installation import Installation
from catalogue.services.targets import Standing

_PERCENTS = ("percent", "percent_more")


def name(target: Target, t: Translator) -> str:
    """What a target is called."""
    return target.label_vi if t.language == "vi" else target.label_en


def reading_name(line: Standing, t: Translator) -> str | None:
    """Whose value a line is, where a target has several."""
    if line.shown_by is None:
        return None
    return line.shown_by.label_vi if t.language == "vi" else line.shown_by.label_en


def source_name(line: Standing, t: Translator) -> str:
    """Where the target was printed."""
    return line.source.title_vi if t.language == "vi" else line.source.title_en


def titled(installation: Installation, source_id: str, t: Translator) -> str:
    """What a source is called."""
    source = installation.reference.source(source_id)
    return source.title_vi if t.language == "vi" else source.title_en


def goal(target: Target, t: Translator) -> str:
    """`ít nhất 30 %`, `trong 50 vị trí đầu`."""
    return t(f"target.goal_{target.unit}_{target.comparator}", value=_amount(target, target.value, t))


def deadline(target: Target, t: Translator) -> str:
    """By when, and whether the source says so."""
    if target.deadline is None:
        return t("target.no_deadline")
    basis = t(f"target.basis_{target.deadline_basis}")
    return t("target.deadline", day=target.deadline, basis=basis)


def baseline(target: Target, t: Translator) -> str:
    """From where a target begins."""
    if target.baseline is None:
        return t("target.no_baseline")
    about = [t.day(target.baseline_as_of)] if target.baseline_as_of else []
    about.append(t(f"target.basis_{target.baseline_basis}"))
    return t("target.baseline", value=_amount(target, target.baseline, t), about=", ".join(about))


def value(line: Standing, t: Translator) -> str:
    """The value at hand, never without its numbers where they are known; no value is not 0."""
    if line.reading is None:
        return t("target.value_none")
    printed = line.published.percent if line.published else None
    exact = _amount(line.target, line.reading.value, t, None if printed is not None else 1)
    if line.published is not None and line.reading.comparator != "eq":
        exact = f"{t(f'figures.comparator_{line.reading.comparator}')} {exact}"
    return exact


def numbers(line: Standing, t: Translator) -> str | None:
    """Numerator and denominator of the value; None where they are not known."""
    if line.numerator is None or line.denominator is None:
        return None
    return f"{t.number(line.numerator)}/{t.number(line.denominator)}"


def about_value(line: Standing, t: Translator) -> str:
    """By whom the value is and of which day, and what it must not be taken for."""
    if line.reading is None:
        return ""
    day = t.day(line.reading.as_of)
    if line.published is None:
        return t("target.value_ledger", day=day)
    if line.published.as_of_basis == "inferred":
        day = f"{day} {t('figures.inferred')}"
    said = [t("target.value_published", day=day)]
    if line.published.denominator_basis == "inferred":
        said.append(t("target.value_base_inferred"))
    if not line.reading.is_same:
        said.append(t("target.value_other"))
    return "; ".join(said)


def status(line: Standing, t: Translator) -> str:
    """Sign and word of a status as HTML, with why where it cannot be judged."""
    why = f"<small>{escape(t(f'target.doubt_{line.doubt}'))}</small>" if line.doubt else ""
    return (
        f'<span class="target-status {line.status}" title="{escape(t(f"target.means_{line.status}"), quote=True)}">'
        f'<b aria-hidden="true">{t(f"target.icon_{line.status}")}</b>{escape(t(f"target.status_{line.status}"))}{why}</span>'
    )


def bar(line: Standing, t: Translator) -> str:
    """From zero to the target as HTML; of percentages to 100 % everywhere. Ranks have none."""
    target = line.target
    if target.unit not in _PERCENTS:
        return ""
    reached = line.reading.value if line.reading else None
    end = Decimal(100) if target.unit == "percent" else target.value
    end = max(end, reached or end)
    said = t(
        "target.bar_alt",
        end=_amount(target, end, t),
        value=value(line, t) if reached is not None else t("target.bar_without"),
        goal=goal(target, t),
    )
    kind = "none" if line.reading is None else "same" if line.reading.is_same else "other"
    done = " done" if line.status is Status.REACHED else ""
    fill = f'<i style="width:{_share(reached, end)}%"></i>' if reached is not None else ""
    begins = ""
    if target.baseline:
        begins = f'<u style="left:{_share(target.baseline, end)}%"></u>'
    tick = f'<b style="left:{_share(target.value, end)}%"></b>'
    return (
        f'<div class="target-bar {kind}{done}" role="img" aria-label="{escape(said, quote=True)}">'
        f"{fill}{begins}{tick}</div>"
    )


def share(amount: Decimal, t: Translator) -> str:
    """A percentage with the decimals that it was written with."""
    return t.percent(amount, _decimals(amount))


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _share(part: Decimal | None, whole: Decimal) -> str:
    return f"{max(min((part or Decimal(0)) * 100 / whole, Decimal(100)), Decimal(0)):.2f}"


def _amount(target: Target, amount: Decimal, t: Translator, digits: int | None = None) -> str:
    """An amount in the unit of a target, with the decimals that it was written with (or so many)."""
    digits = _decimals(amount) if digits is None else digits
    if target.unit in _PERCENTS:
        return t.percent(amount, digits)
    return t.number(amount, digits if amount != amount.to_integral_value() else 0)
