"""A measure at every month end, as known at one revision."""

from dataclasses import replace
from datetime import date

from catalogue.model.figure import Figure
from catalogue.model.period import Moment, month_end_before
from catalogue.services import figures
from catalogue.services.figure_members import measure
from catalogue.services.installation import Installation

MONTHS = 24


def month_ends(
    installation: Installation,
    name: str,
    moment: Moment,
    *,
    months: int = MONTHS,
    since: date | None = None,
) -> list[Figure]:
    """The figure at each month end up to as_of and on as_of, oldest first, from the first one that counts anything.

    A measure that counts over a period is told from its begin on: `since`, else 1 January of as_of's year. Raises: NotFound.
    """
    definition = measure(name)
    days = [moment.as_of]
    while len(days) <= months:
        day = month_end_before(days[-1])
        if definition.has_period and day < (since or moment.as_of.replace(month=1, day=1)):
            break
        days.append(day)
    found = [
        figures.compute(installation, name, replace(moment, as_of=day), since=since) for day in reversed(days)
    ]
    first = next(
        (place for place, one in enumerate(found) if one.numerator or one.denominator), len(found) - 1
    )
    return found[first:]
