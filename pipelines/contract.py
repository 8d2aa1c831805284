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
        "cell_is_error",
        "long_text_missing",
        "value_not_in_list",
        "value_not_a_number",
        "value_not_a_date",
        "value_not_of_shape",
        "key_not_of_shape",
        "key_missing",
        "child_row_wrong",
        "row_not_readable",
    }
)


@dataclass(frozen=True)
class TransformResult:
    """The records, everything wrong with the source, and how many data rows it had.

    `parts`: what the file says of each procedure; `headers`: what it calls each part; `sheet`: where the rows are.
    """

    listed: tuple[Listed, ...]
    issues: tuple[Issue, ...]
    rows_read: int
    parts: frozenset[str]
    headers: Mapping[str, str]
    sheet: str | None = None
