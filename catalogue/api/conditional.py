"""Whether a client has the answer already: validators from what an answer depends on, before it is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from catalogue.services.installation import Installation
from catalogue.working_days import ZONE


@dataclass(frozen=True)
class Validators:
    """`etag`: weak, for a proxy may compress; `changed_at`: nothing that the answer depends on changed since."""

    etag: str
    changed_at: datetime | None

    @property
    def headers(self) -> dict[str, str]:
        """The validators as headers of an answer."""
        said = {"ETag": self.etag}
        if self.changed_at is not None:
            said["Last-Modified"] = format_datetime(self.changed_at, usegmt=True)
        return said

    def are_held(self, headers: Mapping[str, str]) -> bool:
        """Whether a request says that its client holds this answer (RFC 9110, 13.2.2: the tag decides where one is sent)."""
        tags = headers.get("if-none-match")
        if tags is not None:
            opaque = self.etag.removeprefix("W/")
            return any(tag.strip().removeprefix("W/") == opaque for tag in tags.split(","))
        since = headers.get("if-modified-since")
        if since is None or self.changed_at is None:
            return False
        try:
            day = parsedate_to_datetime(since)
        except ValueError:
            return False
        return day.tzinfo is not None and self.changed_at <= day


def changed_at(installation: Installation, revision: int, served_since: datetime) -> datetime | None:
    """The first whole second from which on an answer at a revision was what it is; None while that is still to come.

    It depends on the ledger up to the revision, on reference data, which change when the process starts only, and on
    the day of the clock.
    """
    now = installation.database.clock()
    midnight = datetime.combine(installation.today, time(), ZONE)
    last = max(served_since, midnight, installation.recorded_at(revision) or served_since)
    whole = (last + timedelta(microseconds=999_999)).astimezone(UTC).replace(microsecond=0)
    return whole if whole <= now else None
