"""Stalled items, and whether their four questions (when, cut or not, why not, stuck where) are answered."""

from datetime import timedelta

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
    since = moment.as_of - timedelta(days=QUESTIONS_WITHIN + 1)
    # In a demonstration the working date stands still while people go on answering.
    until = (
        max(moment.as_of, installation.today) if moment.as_of == installation.working_date else moment.as_of
    )
    return installation.database.read(
        "items/stalled",
        as_of=moment.as_of,
        revision=moment.revision,
        agency=agency,
        answered_since=next_midnight(since),
        answered_until=next_midnight(until),
    )


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
