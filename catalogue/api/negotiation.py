"""In which form an answer is given: what `?format=` says, else what the Accept header likes best."""

from collections.abc import Collection
from enum import StrEnum

import mimeparse

from catalogue.errors import CatalogueError


class Format(StrEnum):
    """The forms of an answer; only lists have others than JSON."""

    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.PARQUET: "application/vnd.apache.parquet",
}
TABULAR = (Format.JSON, Format.CSV, Format.PARQUET)


class NotAcceptable(CatalogueError):
    """The client accepts no form that there is of this answer."""

    code = "api_not_acceptable"


def choose(asked: Format | None, accept: str | None, offered: Collection[Format]) -> Format:
    """The form to answer in; of forms that are liked equally well the first one offered, JSON.

    Raises: NotAcceptable.
    """
    if asked is not None:
        return asked
    if not accept:
        return Format.JSON
    by_media_type = {MEDIA_TYPES[one]: one for one in reversed(list(offered))}
    try:
        found = mimeparse.best_match(list(by_media_type), accept)
    except mimeparse.MimeTypeParseException:  # no media type: as good as nothing
        return Format.JSON
    if not found:
        raise NotAcceptable(offered=", ".join(MEDIA_TYPES[one] for one in offered))
    return by_media_type[found]
