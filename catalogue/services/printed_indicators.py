"""Values of indicators that sources printed, as reference data keep them, in the shape of the ledger's rows."""

from catalogue.model.indicator import scaled
from catalogue.reference import IndicatorValue, Reference
from catalogue.store.database import Row


def printed_rows(reference: Reference) -> list[Row]:
    """The rows of `indicator_printed`."""
    return [_row(reference, one) for one in reference.indicator_values]


def _row(reference: Reference, one: IndicatorValue) -> Row:
    agency = reference.agency_named(one.name) if one.subject == "agency" and one.name else None
    region = next((row for row in reference.regions if row.code == one.name), None)
    method = reference.indicator(one.indicator).method_on(one.period.end)
    assert method is not None
    return {
        "indicator_code": one.indicator,
        "group_code": one.group,
        "subject": one.subject,
        "agency_code": agency.code if agency else None,
        "unit_code": region.code if region and one.subject == "region" else None,
        "unit_name": region.name_vi if region and one.subject == "region" else None,
        "component": None,
        "period_kind": one.period.kind.value,
        "period_end": one.period.end,
        "measured_to": one.period.end,
        "effective_on": one.announced_on or one.period.end,
        "effective_basis": one.announced_basis or "inferred",
        "method": method.code,
        "state": "value",
        "value": None if one.value is None else scaled(one.value),
        "out_of": None,
        "rank": one.rank,
        "rank_of": one.of,
        "rank_scope": None if one.rank is None else "group",
        "basis": one.basis,
        "source": one.source,
        "publication": one.publication,
        "note": one.note,
    }
