"""What every source must deliver, whatever its own columns are called."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalogue.errors import Issue
from catalogue.model.listing import Listed

# The rules that leave a data row out; `checks` holds every source to this list.
ROW_LEFT_OUT = frozenset(
    {
        "code_is_number",
        "code_missing",
        "name_missing",
        "duplicate_code",
        "duplicate_row",
        "page_of_another_procedure",
        "formula_without_value",
        "row_not_readable",
    }
)


@dataclass(frozen=True)
class TransformResult:
    """The records, everything wrong with the source, and how many data rows it had.

    `parts`: what the file says of each procedure; `headers`: what it calls each part.
    """

    listed: tuple[Listed, ...]
    issues: tuple[Issue, ...]
    rows_read: int
    parts: frozenset[str]
    headers: Mapping[str, str]
