"""What every source of procedure lists must deliver, whatever its own columns are called."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from catalogue.errors import Issue

SCHEMA = pl.Schema(
    [
        ("row", pl.Int64()),
        ("procedure_code", pl.String()),
        ("national_code", pl.String()),
        ("agency_suffix", pl.String()),
        ("name", pl.String()),
        ("issuing_agency_text", pl.String()),
        ("implementing_agencies", pl.List(pl.String)),
        ("field_text", pl.String()),
        ("raw", pl.String()),
    ]
)

# What a source maps its columns to; the rest of the contract is derived.
SOURCE_COLUMNS = frozenset(
    {"procedure_code", "name", "issuing_agency_text", "implementing_agencies", "field_text"}
)

# The rules that leave a data row out of the frame; `checks` holds every source to this list.
ROW_LEFT_OUT = frozenset(
    {"code_is_number", "code_missing", "name_missing", "duplicate_code", "duplicate_row"}
)


@dataclass(frozen=True)
class Record:
    """One procedure as one source lists it; the field order is the contract's."""

    row: int
    procedure_code: str
    national_code: str
    agency_suffix: str | None
    name: str
    issuing_agency_text: str
    implementing_agencies: tuple[str, ...]
    field_text: str
    raw: str

    @property
    def content(self) -> tuple[object, ...]:
        """What two rows must share to say the same thing."""
        return (
            self.procedure_code,
            self.name,
            self.issuing_agency_text,
            self.implementing_agencies,
            self.field_text,
        )


@dataclass(frozen=True)
class TransformResult:
    """The contract frame, everything wrong with the source, and how many data rows it had."""

    frame: pl.DataFrame
    issues: tuple[Issue, ...]
    rows_read: int


def frame_of(records: Iterable[Record]) -> pl.DataFrame:
    """Records as a frame in the contract's columns and types, also when there are none."""
    kept = tuple(records)
    return pl.DataFrame(
        {
            name: [list(value) if isinstance(value, tuple) else value for value in column]
            for name, column in ((name, [getattr(record, name) for record in kept]) for name in SCHEMA)
        },
        schema=SCHEMA,
    )
