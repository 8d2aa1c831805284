"""A programme as a whole: what made its base, the documents that assigned it, the items without a procedure."""

from typing import Any

import polars as pl

from catalogue.model.period import Moment
from catalogue.services.installation import Installation


def base_changes(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """change_id, effective_date, recorded_at, document_id, document_number, document_issued_on, document_title, reason,
    added, withdrawn, base_after, is_initial: what made the base, the oldest first.

    The last `base_after` is the base of the moment; `is_initial` marks what the programme began with.
    """
    return _known(installation, "programmes/base_changes", programme, moment)


def documents(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """document_id, type, number, issued_on, title, items, done, standing, withdrawn: what assigned the items, the oldest first."""
    return _known(installation, "programmes/documents", programme, moment)


def changed_items(
    installation: Installation, programme: str, moment: Moment, change_id: int, *, is_added: bool
) -> pl.DataFrame:
    """The items that one base change brought in, or took out."""
    return _known(
        installation,
        "programmes/changed_items",
        programme,
        moment,
        change_id=change_id,
        is_added=is_added,
        organised_on=moment.organised_on,
    )


def unmatched(installation: Installation, programme: str, moment: Moment) -> pl.DataFrame:
    """Items on the base for which no procedure of the catalogue is known, as loaded or found since."""
    return _known(installation, "programmes/unmatched", programme, moment, organised_on=moment.organised_on)


def open_documents(installation: Installation, moment: Moment, item_id: int) -> pl.DataFrame:
    """document_id, type, title, agency_name: documents to be issued that an item does not need yet."""
    return installation.database.known(
        "programmes/open_documents", item_id=item_id, as_of=moment.as_of, revision=moment.revision
    )


def _known(
    installation: Installation, query: str, programme: str, moment: Moment, **params: Any
) -> pl.DataFrame:
    return installation.database.known(
        query, programme=programme, as_of=moment.as_of, revision=moment.revision, **params
    )
