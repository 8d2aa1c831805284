"""What an hour of a person is worth when the cost of a procedure is reckoned, year by year, each with its document."""

from datetime import date
from typing import Annotated

from pydantic import Field

from catalogue.reference.entries import Entry, LegalBasis, Text
from catalogue.reference.sections import Section

HOURS_A_YEAR = 12 * 22 * 8

Dong = Annotated[int, Field(gt=0, le=10**12)]


class HourlyIncome(Entry):
    """Đồng an hour from GDP per head of a year; used for sheets made from a day on, until the next one."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    valid_from: date = Field(alias="from")
    gdp_vnd: Dong
    value_vnd: Dong
    document: Text | None
    basis: LegalBasis
    note: Text | None = None


def check_incomes(incomes: Section[HourlyIncome]) -> None:
    """Years and days go up, each after its year, and each value is its quotient. Raises BadReferenceData."""
    before: HourlyIncome | None = None
    for index, row in incomes:
        if row.value_vnd != (2 * row.gdp_vnd + HOURS_A_YEAR) // (2 * HOURS_A_YEAR):
            raise incomes.refuse(
                f"{row.gdp_vnd} over {HOURS_A_YEAR} hours is another value", index, "value_vnd"
            )
        if row.valid_from.year <= row.year:
            raise incomes.refuse("a year's income is known after that year only", index, "from")
        if before is not None and row.year <= before.year:
            raise incomes.refuse("years go up, each once", index, "year")
        if before is not None and row.valid_from <= before.valid_from:
            raise incomes.refuse("days go up, each once", index, "from")
        before = row
