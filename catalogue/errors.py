"""One root of errors. `code` is also the translation key `error.<code>`; `details` fill the message."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Issue:
    """One thing wrong with one place of some input, as a person can find and mend it."""

    rule: str
    severity: str = "error"
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    procedure_code: str | None = None


class CatalogueError(Exception):
    """Anything the product refuses or cannot do."""

    code = "unexpected"

    def __init__(self, code: str | None = None, **details: Any) -> None:
        self.code = code or type(self).code
        self.details = details
        super().__init__(self.code, details)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{key}={value}" for key, value in self.details.items())])


class NotFound(CatalogueError):
    """No such procedure, item, claim or batch."""

    code = "not_found"


class NotSignedIn(CatalogueError):
    """The action needs a signed-in person, and the session is missing, ended or tampered with."""

    code = "not_signed_in"


class BadCredentials(CatalogueError):
    """Account and password do not match an active account."""

    code = "bad_credentials"


class Forbidden(CatalogueError):
    """The signed-in person may not do this, or not for this agency."""

    code = "forbidden"


class Invalid(CatalogueError):
    """The input is incomplete or wrong; `issues` say where."""

    code = "invalid"

    def __init__(self, code: str | None = None, *, issues: tuple[Issue, ...] = (), **details: Any) -> None:
        super().__init__(code, **details)
        self.issues = issues


class InvalidTransition(CatalogueError):
    """The state does not allow the action."""

    code = "invalid_transition"


class StaleVersion(CatalogueError):
    """Somebody else saved the same row first."""

    code = "stale_version"


class Conflict(CatalogueError):
    """The row exists already, or two rows claim one identity."""

    code = "conflict"


class ImportRejected(Invalid):
    """A file or batch cannot be taken in; nothing of it was written."""

    code = "import_rejected"


class BadReferenceData(CatalogueError):
    """A reference YAML file says something it may not; names file and line."""

    code = "bad_reference_data"


class MigrationFailed(CatalogueError):
    """A migration did not apply, or an applied one was edited afterwards."""

    code = "migration_failed"


class StoreError(CatalogueError):
    """The database refused a query; names the query, never its values."""

    code = "store_error"


class StoreUnavailable(StoreError):
    """The database file cannot be opened: held by another process, unwritable, corrupt or newer than the program."""

    code = "store_unavailable"
