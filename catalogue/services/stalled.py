"""Stalled items, and whether their four questions (when, cut or not, why not, stuck where) are answered."""

from datetime import date, datetime, timedelta

import polars as pl

from catalogue.model.actor import Actor, Right
from catalogue.model.period import Moment
from catalogue.model.reminder import QUESTIONS_WITHIN
from catalogue.services.installation import Installation
from catalogue.working_days import next_midnight


def find(installation: Installation, actor: Actor, moment: Moment, agency: str | None = None) -> pl.DataFrame:
    """Open items that are overdue or wait for a document whose planned day has passed; those unanswered first.

    Raises: NotSignedIn, Forbidden.
    """
    actor.require(Right.READ_CLAIMS)
    return installation.database.read(
        "items/stalled",
        as_of=moment.as_of,
        revision=moment.revision,
        organised_on=moment.organised_on,
        agency=agency,
        **answer_window(installation, moment.as_of),
    )


def answer_window(installation: Installation, as_of: date) -> dict[str, datetime]:
    """The instants between which an answer to the four questions counts on a day.

    In a demonstration the working date stands still, so what people send today belongs to it.
    """
    last = max(as_of, installation.today) if as_of == installation.working_date else as_of
    return {
        "answered_since": next_midnight(as_of - timedelta(days=QUESTIONS_WITHIN + 1)),
        "answered_until": next_midnight(last),
    }


def together(
    installation: Installation,
    actor: Actor,
    moment: Moment,
    agency: str,
    programme: str,
    document_id: int | None,
) -> tuple[int, ...]:
    """Unanswered stalled items of a programme that one document holds back; None: those that are overdue alone.

    Raises: NotSignedIn, Forbidden.
    """
    held = find(installation, actor, moment, agency).filter(
        ~pl.col("is_answered")
        & (pl.col("programme_code") == programme)
        & pl.col("document_id").eq_missing(pl.lit(document_id, dtype=pl.Int64))
    )
    return tuple(held["item_id"])
