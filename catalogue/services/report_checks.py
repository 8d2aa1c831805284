"""The identities of a periodic form over the rows of a report, and over what one period hands to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalogue.model import report_period, report_table
from catalogue.model.report_form import Identity, ReportForm
from catalogue.model.report_period import ReportPeriod
from catalogue.model.report_table import Fault, Row
from catalogue.reference import Reference
from catalogue.services.statistics import Filed


@dataclass(frozen=True)
class Check:
    """An identity over the rows of a report: how many could be tested, and which do not hold; `before`: the period that a
    carried column goes on from."""

    text: str
    tested: int
    untested: int
    faults: tuple[Fault, ...]
    before: ReportPeriod | None = None


def identity_check(form: ReportForm, identity: Identity, rows: Sequence[Row]) -> Check:
    """An identity of the form over its printed rows."""
    tested, faults = 0, []
    for place, row in enumerate(rows, start=1):
        tested += report_table.is_testable(identity, row.values)
        if sides := report_table.broken(identity, row.values):
            details: dict[str, Any] = {
                "left": form.terms(identity.left),
                "left_value": sides[0],
                "right": form.terms(identity.right),
                "right_value": sides[1],
            }
            rule = "identity" if identity.relation == "=" else "bound"
            faults.append(Fault(rule, place, row.label, details))
    return Check(form.equation(identity), tested, len(rows) - tested, tuple(faults))


def carry_checks(
    reference: Reference,
    form: ReportForm,
    span: ReportPeriod,
    filings: Mapping[str, Filed],
    ended: Mapping[str, Filed],
) -> list[Check]:
    """For each carried column, whose figures go on from what the same agency sent for the period before."""
    before = report_period.previous(span, reference.report_periods.closes_on_day)
    found = []
    for carry in form.carried:
        faults: list[Fault] = []
        tested = [code for code in filings if code in ended]
        for code in tested:
            name = reference.agency(code).short_name_on(span.ends_on)
            faults += (
                Fault(one.rule, one.row, f"{name}, {one.label}", one.details)
                for one in report_table.carry_faults(form, filings[code].rows, ended[code].rows)
                if one.details["now"] == form.terms((carry.now,))
            )
        text = f"{form.terms((carry.now,))} = {form.terms((carry.before,))}"
        found.append(Check(text, len(tested), len(filings) - len(tested), tuple(faults), before))
    return found
