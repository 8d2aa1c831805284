"""How much of a decentralisation programme is done: from where to where, by which instrument, what remains of whom."""

from dataclasses import dataclass

import polars as pl

from catalogue.model.authority import Level
from catalogue.model.period import Moment
from catalogue.services import figures
from catalogue.services.installation import Installation

UNKNOWN = "unknown"  # an item whose assignment names no level
ALL = "all"  # overtaken assignments, whatever became of them
LEVELS = (*(level.value for level in Level), UNKNOWN)  # from the centre down


@dataclass(frozen=True)
class Answer:
    """The programme in one equation: base = done + in_time + overdue, against the current deadlines.

    `in_time`: every open item that is not overdue; `due_soon` and `no_deadline` are among them.
    """

    base: int
    done: int
    overdue: int
    due_soon: int
    no_deadline: int

    @property
    def open(self) -> int:
        return self.base - self.done

    @property
    def in_time(self) -> int:
        return self.open - self.overdue


def answer(installation: Installation, moment: Moment, programme: str) -> Answer:
    """The counts of a programme; all 0 where it has no item on the day."""
    stages = figures.stages(installation, programme, moment)
    return Answer(
        base=stages["assigned"],
        done=stages["done"],
        overdue=stages["overdue"],
        due_soon=stages["due_soon"],
        no_deadline=stages["no_deadline"],
    )


def flows(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """from_level, to_level, form on the day and first_to_level as assigned: items, done, overdue, overtaken."""
    return installation.database.known(
        "decentralisation/flows", programme=programme, as_of=moment.as_of, revision=moment.revision
    )


def overtaken(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """first_to_level, to_level, answered_by (changed, rule, heir, open), is_void, items, done, overdue: the assignments whose level
    or agency is no more on the day, by what became of them."""
    return installation.database.known(
        "decentralisation/overtaken", programme=programme, as_of=moment.as_of, revision=moment.revision
    )


def by_agency(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """agency_code, agency_short_name, to_level, items, done, overdue."""
    return _summed(_cells(installation, moment, programme), ["agency_code", "agency_short_name", "to_level"])


def by_field(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """field_name (null: none named), to_level, items, done, overdue."""
    return _summed(_cells(installation, moment, programme), ["field_name", "to_level"])


def remaining(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """One row an agency: base, done, remaining, overdue, due_soon, in_time, next_deadline, is_complete; the most overdue
    first."""
    return installation.database.known(
        "decentralisation/remaining",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )


def by_instrument(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    """One row a document that open items wait for (null: none is named), with how many, how many wait for it alone, and
    by deadline state; the most overdue first. An item that waits for several documents is in several rows."""
    return installation.database.known(
        "decentralisation/by_instrument",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )


def _cells(installation: Installation, moment: Moment, programme: str) -> pl.DataFrame:
    return installation.database.known(
        "decentralisation/cells",
        programme=programme,
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
    )


def _summed(frame: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return frame.group_by(by).agg(pl.col("items", "done", "overdue").sum()).sort(by, nulls_last=True)
